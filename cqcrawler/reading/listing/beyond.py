"""Why a listing goes on where nobody can follow: pagers without addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf
from urllib.parse import urljoin

from lxml import etree

from cqcrawler.reading.addresses import resolve, same_host
from cqcrawler.reading.listing.carousels import in_carousel
from cqcrawler.reading.listing.pagers import PagerLink, Role
from cqcrawler.reading.listing.script_pagers import FULL_PAGE, script_pager
from cqcrawler.reading.listing.shells import shell
from cqcrawler.reading.listing.totals import PageCount
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.ending import breaks_off
from cqcrawler.text.normalize import collapse, comparison_key
from cqcrawler.text.words import any_word

BREAKS_OFF = "the page breaks off in the middle"

_LONGEST_CITED = 60
# A handler that does nothing by itself: a script may have bound the element, or may not.
_IDLE = re.compile(r"\s*(?:#.*|javascript:\s*(?:void\s*\(?\s*0?\s*\)?|return\b.*)?)?[\s;]*", re.I)
_CALLED_NUMBER = re.compile(r"\(\s*['\"]?(\d{1,6})['\"]?\s*[,)]")
_DISABLED = re.compile(
    r"(?:^|[\s_-])(?:(?:un|dis)abled?|no-?(?:next|link|more)|forbid\w*|gr[ae]y)(?:$|[\s_-])", re.I
)
_LOAD_MORE = re.compile(any_word("load_more"), re.IGNORECASE)
_ROLE_NAMES = {Role.NEXT: "the next page", Role.LAST: "the last page"}


@dataclass(frozen=True, slots=True)
class Extent:
    """What a page shows of its listing: how many rows, the number of notices and of pages that it
    declares, and whether it names pages that can be asked for, and pages before it."""

    rows: int
    declared: int | None
    count: PageCount
    names_pages: bool
    leads_back: bool


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
    begins = not any(_leads_back(mark, here) for mark in marks)
    current = extent.count.current or (1 if begins else None)
    onward = [mark for mark in marks if _leads_on(mark, current)]
    if any(mark in own for mark in onward):
        return ""
    numbers = [mark.number for mark in marks if mark.number is not None]
    at_end = current is not None and max(numbers, default=inf) <= current
    for mark in onward:
        if mark.url and mark.url not in (here, urljoin(here, "/")):
            return f"{_label(mark)} leads to another site, {mark.url}"
        if not mark.url and _is_live(mark, current, extent, ended=bool(own) or at_end):
            return f"{_label(mark)} is a script{_cited(_action(mark.element))}"
    return ""


def _leads_back(mark: PagerLink, here: str) -> bool:
    back = mark.role is Role.PREVIOUS or mark.number == 1
    return back and mark.url is not None and mark.url != here and same_host(mark.url, here)


def _leads_on(mark: PagerLink, current: int | None) -> bool:
    if mark.role is Role.NUMBER:
        return current is not None and mark.number is not None and mark.number > current
    return mark.role in (Role.NEXT, Role.LAST)


def _is_live(mark: PagerLink, current: int | None, extent: Extent, *, ended: bool) -> bool:
    """Whether a mark without an address leads on: that it is there proves little.

    `ended` is whether the rest of the pager says that this is its last page: other marks have
    addresses, or its numbers go no further.
    """
    if _is_disabled(mark.element) or in_carousel(mark.element):
        return False
    if mark.role is Role.NUMBER:
        return True
    action = _action(mark.element)
    if _IDLE.fullmatch(action):
        # A mere text says nothing.
        bound = bool(action) or mark.element.tag in ("button", "input")
        return bound and not ended and extent.rows >= FULL_PAGE
    called = _CALLED_NUMBER.search(action)
    return called is None or current is None or int(called[1]) > current


def _is_disabled(element: etree._Element) -> bool:
    parent = element.getparent()
    return any(
        each.get("disabled") is not None
        or each.get("aria-disabled") == "true"
        or bool(_DISABLED.search(each.get("class") or ""))
        for each in (element, parent)
        if each is not None
    )


def _action(element: etree._Element) -> str:
    return element.get("onclick") or element.get("href") or ""


def _label(mark: PagerLink) -> str:
    text = collapse("".join(map(str, islice(mark.element.itertext(), 8))))
    return text or _ROLE_NAMES.get(mark.role, "a page")


def _cited(action: str) -> str:
    words = collapse(action)
    if _IDLE.fullmatch(words):
        return ""
    return f", {words if len(words) <= _LONGEST_CITED else words[: _LONGEST_CITED - 1] + '…'}"


def _declares_more(extent: Extent) -> str:
    if extent.leads_back or extent.declared is None or extent.declared <= extent.rows:
        return ""
    return f"it declares {extent.declared} notices, shows {extent.rows} and names no further page"
