"""Why a listing goes on where nobody can follow: pagers without addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf
from urllib.parse import urljoin

from cqcrawler.reading.addresses import resolve, same_host
from cqcrawler.reading.listing.onward import action, current_page, is_idle, is_live, leads_on
from cqcrawler.reading.listing.pager_marks import PagerLink, Role
from cqcrawler.reading.listing.script_pagers import FULL_PAGE, script_pager
from cqcrawler.reading.listing.shells import shell
from cqcrawler.reading.listing.totals import PageCount
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.ending import BREAKS_OFF, breaks_off
from cqcrawler.text.normalize import collapse, comparison_key
from cqcrawler.text.words import any_word

_LONGEST_CITED = 60
_LOAD_MORE = re.compile(any_word("load_more"), re.IGNORECASE)
_ROLE_NAMES = {Role.NEXT: "the next page", Role.LAST: "the last page"}


@dataclass(frozen=True, slots=True)
class Extent:
    """What a page shows of its listing: how many rows, the number of notices and of pages that it
    declares, and whether it names pages that can be asked for, and pages before it; `goes_on` says
    that its scripts and forms lead to the next one."""

    rows: int
    declared: int | None
    count: PageCount
    names_pages: bool
    leads_back: bool
    goes_on: bool = False


def beyond(
    document: Document,
    marks: Sequence[PagerLink],
    texts: Sequence[str],
    scripts: Sequence[str],
    extent: Extent,
) -> str:
    """Say why there is more of the listing than can be asked for; empty if nothing shows it.

    `marks` are the links of its pager, `texts` the visible lines outside its rows, `scripts` the
    texts of the page's own scripts.
    """
    if not extent.rows:
        return shell(document)
    if _is_at_end(extent):
        return ""
    if breaks_off(document):
        return BREAKS_OFF
    if extent.goes_on:
        return ""
    if stuck := _stuck(marks, document.page.url, extent):
        return stuck
    if extent.names_pages:
        return ""
    line = next((text for text in texts if _LOAD_MORE.fullmatch(comparison_key(text))), None)
    # With an address it may as well lead to a section of a home page.
    if line and not _is_linked(document, line):
        return f"{line} is a script"
    return script_pager(document, scripts, extent.rows) or _declares_more(extent)


def _is_linked(document: Document, line: str) -> bool:
    return any(
        resolve(link.get("href") or "", "")
        for link in document.root.iter("a")
        if collapse("".join(map(str, islice(link.itertext(), 8)))) == line
    )


def _is_at_end(extent: Extent) -> bool:
    current, pages = extent.count
    if pages is not None and (current or 1) >= pages:
        return True
    return extent.declared is not None and current in (None, 1) and extent.declared <= extent.rows


def _stuck(marks: Sequence[PagerLink], here: str, extent: Extent) -> str:
    """Say which mark of a pager leads on without an address that we may ask for."""
    own = [mark for mark in marks if mark.url and mark.url != here and same_host(mark.url, here)]
    current = current_page(marks, here, extent.count)
    onward = [mark for mark in marks if leads_on(mark, current)]
    if any(mark in own for mark in onward):
        return ""
    numbers = [mark.number for mark in marks if mark.number is not None]
    at_end = current is not None and max(numbers, default=inf) <= current
    for mark in onward:
        if mark.url and mark.url not in (here, urljoin(here, "/")):
            return f"{_label(mark)} leads to another site, {mark.url}"
        ended = bool(own) or at_end
        if not mark.url and is_live(mark, current) and _does_something(mark, extent, ended=ended):
            return f"{_label(mark)} is a script{_cited(mark)}"
    return ""


def _does_something(mark: PagerLink, extent: Extent, *, ended: bool) -> bool:
    """Whether a mark without an address does more than stand there.

    `ended` is whether the rest of the pager says that this is its last page: other marks have
    addresses, or its numbers go no further.
    """
    if mark.role is Role.NUMBER or not is_idle(mark):
        return True
    # A mere text says nothing.
    bound = bool(action(mark)) or mark.element.tag in ("button", "input")
    return bound and not ended and extent.rows >= FULL_PAGE


def _label(mark: PagerLink) -> str:
    text = collapse("".join(map(str, islice(mark.element.itertext(), 8))))
    return text or _ROLE_NAMES.get(mark.role, "a page")


def _cited(mark: PagerLink) -> str:
    words = mark.refusal or ("" if is_idle(mark) else collapse(action(mark)))
    if not words:
        return ""
    return f", {words if len(words) <= _LONGEST_CITED else words[: _LONGEST_CITED - 1] + '…'}"


def _declares_more(extent: Extent) -> str:
    if extent.leads_back or extent.declared is None or extent.declared <= extent.rows:
        return ""
    return f"it declares {extent.declared} notices, shows {extent.rows} and names no further page"
