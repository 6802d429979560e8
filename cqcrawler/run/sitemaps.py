"""Which pages that a sitemap names are asked for: those that look like notices of the portal.

A sitemap may name every page of a large site, with nothing but addresses. To ask for all would
cost the site more than its listings ever do, and most would be no notices. So a row is taken that
the extension for news gives a title or a date, or whose address looks like those of notices that
listings name: the same folders, and the same name but for its numbers. A sitemap that `start_urls`
name where no listing names a notice is all that there is to go by: of it all is taken, pages that a
number tells apart as notices, the others as what may be a section. Once a listing does, what looks
like notices that were read is taken, too: nobody but that sitemap may name them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Protocol
from urllib.parse import urlsplit

from cqcrawler.models import Candidate, FeedKind, Link, PageKind, PageResult, ReadListing
from cqcrawler.reading.addresses import leads_to_detail
from cqcrawler.run.scope import Scope

# Folders of years, months and days: `2026`, `202609`, `20260930`, `09`.
_DATE_FOLDER = re.compile(r"(?:19|20)\d\d(?:[-_]?[01]?\d(?:[-_]?[0-3]?\d)?)?|[01]?\d|[0-3]\d")
_NUMBER = re.compile(r"[0-9a-f]{16,}|\d+", re.IGNORECASE)


class Notices(Protocol):
    """What this wants of the archive's frontier."""

    def listed_notices(self, portal: str, other_than: Collection[str]) -> Iterable[str]: ...
    def read_notices(self, portal: str) -> Iterable[str]: ...


def notice_shape(url: str) -> str:
    """Return what the address of a notice shares with those of others in its section.

    Numbers in its name and parameters count as one, and so do folders of dates; any other folder
    tells sections apart, a number too.
    """
    parts = urlsplit(url)
    *folders, name = parts.path.split("/")
    dated = "/".join("0" if _DATE_FOLDER.fullmatch(folder) else folder for folder in folders)
    return f"{parts.netloc}{dated}/{_NUMBER.sub('0', name)}?{_NUMBER.sub('0', parts.query)}"


class Sitemaps:
    """What the feeds and sitemaps of a run are good for.

    `starts` are the first pages of those that `start_urls` name; they are never all of a portal.
    `left_out` counts the addresses that were not asked for, `strange` those of them that are of
    other sites, `named` all, by sitemap.
    """

    def __init__(self, notices: Notices, portal: str, scope: Scope) -> None:
        self._notices = notices
        self._portal = portal
        self._scope = scope
        self._shapes: dict[bool, frozenset[str]] = {}
        self.starts: set[str] = set()
        self.named: dict[str, int] = {}
        self.left_out: dict[str, int] = {}
        self.strange: dict[str, int] = {}

    def select(self, result: PageResult) -> PageResult:
        """Return a sitemap with those of its rows that are asked for, anything else as it is."""
        if not isinstance(result, ReadListing):
            return result
        if result.listing.feed is None:
            self._shapes.clear()  # It may name notices of other shapes.
            return result
        visit, strange = result.visit, len(result.elsewhere)
        if not visit.is_beside:
            self.starts.add(visit.continues or visit.url)
        rows = [page for page in result.candidates if page.kind is PageKind.NOTICE]
        if result.listing.feed is not FeedKind.SITEMAP or not (rows or strange):
            return result
        others = [page for page in result.candidates if page.kind is not PageKind.NOTICE]
        taken = list(self._taken(rows, beside=visit.is_beside))
        self.named[visit.url] = len(rows) + strange
        self.left_out[visit.url] = len(rows) + strange - len(taken)
        self.strange[visit.url] = strange
        notices = (page for page in taken if page.kind is PageKind.NOTICE)
        shown = tuple(Link(page.url, page.title, page.published) for page in notices)
        listing = replace(result.listing, rows=shown)
        return replace(result, listing=listing, candidates=(*taken, *others))

    def notes(self) -> Iterator[str]:
        """Say which sitemaps name pages that were not asked for."""
        unlike = "no date since then" if self._scope.since else "not like notices of listings"
        for url, count in self.left_out.items():
            strange, where = self.strange[url], url.partition("#")[0]
            for some, why in ((count - strange, unlike), (strange, "of other sites")):
                if some:
                    yield f"{some} of {self.named[url]} addresses in {where} left out ({why})"

    def _taken(self, rows: Iterable[Candidate], *, beside: bool) -> Iterator[Candidate]:
        shapes = self._known_shapes(beside=beside)
        for row in rows:
            if self._is_too_old(row):
                continue
            if row.title or row.published or notice_shape(row.url) in shapes:
                yield row
            elif not (shapes or beside):
                kind = PageKind.NOTICE if leads_to_detail(row.url) else PageKind.UNKNOWN
                yield replace(row, kind=kind)

    def _is_too_old(self, row: Candidate) -> bool:
        """Whether a page cannot have been published since the first date of the run: nothing that
        has not changed since then was. One without any date is left out, too: there may be very
        many, and they stand in no order."""
        if self._scope.since is None:
            return False
        latest = row.published or (row.changed or "")[:10]
        return latest < self._scope.since.isoformat()

    def _known_shapes(self, *, beside: bool) -> frozenset[str]:
        """Return the shapes of the notices that listings name, until another listing is read."""
        if beside not in self._shapes:
            known = [*self._notices.listed_notices(self._portal, self.starts)]
            if known and not beside:
                known += self._notices.read_notices(self._portal)
            self._shapes[beside] = frozenset(map(notice_shape, known))
        return self._shapes[beside]
