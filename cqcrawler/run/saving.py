"""Bringing what pages came to into the archive: raw page, article, index."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from cqcrawler.archive import Archive, Change
from cqcrawler.archive.frontier.frontier import Source
from cqcrawler.exceptions import RecordError
from cqcrawler.models import Article, Failed, PageResult, ReadNotice, Visit
from cqcrawler.portals import Portal
from cqcrawler.run.reader import notice_page, read_again, reader_version
from cqcrawler.warc import WarcWriter

logger = logging.getLogger(__name__)

# Articles. Indexing them takes a tenth of a second, in which the crawl stands still; larger
# batches save nothing.
_INDEX_BATCH = 25


class Saving:
    """Saves the pages of one run, whatever they come from.

    `failed` is told of our own errors in reading a page again.
    """

    def __init__(
        self,
        archive: Archive,
        portal: Portal,
        run_id: int,
        warc: WarcWriter,
        failed: Callable[[Visit, Exception], Failed],
    ) -> None:
        self._archive = archive
        self._portal = portal
        self._run_id = run_id
        self._warc = warc
        self._failed = failed
        self._written = 0

    def read_before(self, result: PageResult, source: Source | None) -> Article | None:
        """Return what today's rules make of the page as it was, if older rules read it then.

        So a difference that comes from a changed rule is not taken for an edit of the portal.
        """
        visit = result.visit
        if not isinstance(result, ReadNotice) or source is None or source.digest == visit.digest:
            return None
        if source.reader_version in (None, reader_version(self._portal)):
            return None
        page = notice_page(visit.url, source.listed, source.titled, source.sections)
        try:
            again = read_again(self._archive.path.parent, source.record, page, self._portal)
        except RecordError as error:
            logger.warning("%s: cannot tell an edit from a changed rule: %s", visit.url, error)
            return None
        except Exception as error:
            self._failed(visit, error)
            return None
        return again.article if isinstance(again, ReadNotice) else None

    def keep(self, result: PageResult, source: Source | None) -> PageResult:
        """Write what came over the network, and return the result with where that lies."""
        visit = result.visit
        if not visit.exchanges:
            return result
        record = self._warc.write(visit.exchanges, source.record if source else None)
        return replace(result, visit=replace(visit, exchanges=(), record=record))

    def save(self, result: PageResult, before: Article | None = None) -> Change:
        """Save what a page came to, and index some of what was written."""
        change = self._archive.save(result, self._run_id, before)
        if change in (Change.NEW, Change.CHANGED):
            self._written += 1
            if self._written % _INDEX_BATCH == 0:
                self._archive.index_pending(_INDEX_BATCH)
        return change
