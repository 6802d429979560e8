"""Which files of notices a run asks for, when all else is read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from cqcrawler.archive.frontier.files import DueFiles
from cqcrawler.archive.frontier.frontier import Frontier
from cqcrawler.models import FrontierPage
from cqcrawler.portals import Portal

_BATCH = 50


class Files:
    """Which files a run asks for: those that `DueFiles` names, `most` of them.

    `waits` says that there may be some still.
    """

    def __init__(self, frontier: Frontier, portal: Portal, due: DueFiles, most: int) -> None:
        self._frontier = frontier
        self._portal = portal
        self._due = due
        self._left = most
        self._ready: deque[FrontierPage] | None = None
        self.waits = portal.attachments

    def next(self, may_ask: Callable[[str], bool]) -> FrontierPage | None:
        """Return a file to ask for, None if there are no more."""
        while self.waits and (page := self._take()):
            if may_ask(page.url):
                self._left -= 1
                return page
        self.waits = False
        return None

    def _take(self) -> FrontierPage | None:
        if self._ready is None:
            self._ready = deque()
            self._frontier.make_files_due(self._portal.name, self._due)
        if not self._ready:
            limit = max(0, min(self._left, _BATCH))
            self._ready.extend(self._frontier.take_files(self._portal.name, limit))
        return self._ready.popleft() if self._ready else None
