"""Notices that do not show the title of the row that led to them: theirs, or another page's?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from cqcrawler.models import STRANGE, PageKind, PageResult, ReadListing, ReadNotice, Rejected
from cqcrawler.reading.promises import title_key

# Texts kept in memory until the run ends: with so many different ones, a portal just has other
# titles in its rows.
_MOST_HELD = 50

# Returns the address of a notice of the portal with this text that is not at this address, if any.
OtherWith = Callable[[str, str], str | None]


class Strangers:
    """Holds such notices back until the run knows whether their texts are their own.

    The page that a portal shows for every address (a maintenance notice, its latest notice) is a
    notice like others until it comes a second time.
    """

    def __init__(self, other_with: OtherWith) -> None:
        self._other_with = other_with
        self._held: dict[str, ReadNotice] = {}
        # By hashes, as a run may meet many: how often a text was met, and whose title is whose.
        self._met: Counter[int] = Counter()
        self._titles: dict[int, int] = {}
        self._lists: dict[int, str] = {}  # The addresses of lists, by their rows.

    def _learn(self, listing: ReadListing) -> None:
        # A page that shows the title of another row is not its own.
        for row in listing.candidates:
            if row.kind is PageKind.NOTICE and row.title:
                self._titles.setdefault(hash(title_key(row.title)), hash(row.url))

    def _list_of_another(self, result: ReadListing) -> Rejected | None:
        """Reject the page that a row leads to and that shows a list of another address."""
        url, rows = result.visit.url, frozenset(row.url for row in result.listing.rows)
        # A page is no row of its own list.
        other = next(filter(None, map(self._lists.get, map(hash, (rows, rows | {url})))), url)
        if other == url or not result.titled_otherwise:
            self._lists.setdefault(hash(rows), url)
            return None
        visit = replace(result.visit, kind=PageKind.NOTICE)
        return Rejected(visit, STRANGE, f"shows the list of {other}, not the title of its row")

    def judge(self, result: PageResult) -> PageResult | None:
        """Return what a page came to, rejected if its text is another page's; None to hold it."""
        if isinstance(result, ReadListing):
            if strange := self._list_of_another(result):
                return strange
            self._learn(result)
        if not isinstance(result, ReadNotice) or not result.titled_otherwise:
            return result
        self._met[_text(result)] += 1
        if (judged := self._rejected(result)) is not None:
            return judged
        if len(self._held) >= _MOST_HELD:
            return result
        self._held[result.visit.url] = result
        return None

    def rest(self) -> Iterator[PageResult]:
        """Return the notices that were held back, when the run ends."""
        for result in self._held.values():
            yield self._rejected(result) or result
        self._held.clear()

    def _rejected(self, result: ReadNotice) -> Rejected | None:
        url, body = result.visit.url, result.article.body
        other = self._other_with(body, url) if body else None
        titled = self._titles.get(hash(title_key(result.article.title)), hash(url)) != hash(url)
        if other is None and not titled and self._met[_text(result)] < 2:
            return None
        shown = f"the text of {other}" if other else "a text that other pages show"
        if titled:
            shown = f"the title of another row, {result.article.title}"
        return Rejected(result.visit, STRANGE, f"shows {shown}, not the title of its row")


def _text(result: ReadNotice) -> int:
    # A page of images has only its title.
    return hash(result.article.body or result.article.title)
