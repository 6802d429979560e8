"""Which marks of a pager lead on to later pages, and which only look so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from cqcrawler.reading.addresses import same_host
from cqcrawler.reading.listing.carousels import in_carousel
from cqcrawler.reading.listing.pager_marks import PagerLink, Role
from cqcrawler.reading.listing.totals import PageCount

# The number in a call: `turn(2)`, `__doPostBack('pager','2')`, `…('grid','Page$2')`.
_CALLED_NUMBER = re.compile(r"[(,]\s*['\"]?(?:Page\$)?(\d{1,6})['\"]?\s*[,)]")
# A handler that does nothing by itself: a script may have bound the element, or may not.
_IDLE = re.compile(r"\s*(?:#.*|javascript:\s*(?:void\s*\(?\s*0?\s*\)?|return\b.*)?)?[\s;]*", re.I)
_DISABLED = re.compile(
    r"(?:^|[\s_-])(?:(?:un|dis)abled?|no-?(?:next|link|more)|forbid\w*|gr[ae]y)(?:$|[\s_-])", re.I
)


def current_page(marks: Sequence[PagerLink], here: str, count: PageCount) -> int | None:
    """Return the number of this page: 1 where nothing leads back, None where that is not said."""
    begins = not any(_leads_back(mark, here) for mark in marks)
    return count.current or (1 if begins else None)


def _leads_back(mark: PagerLink, here: str) -> bool:
    back = mark.role is Role.PREVIOUS or mark.number == 1
    return back and mark.url is not None and mark.url != here and same_host(mark.url, here)


def leads_on(mark: PagerLink, current: int | None) -> bool:
    """Whether a mark says that it leads to a later page."""
    if mark.role is Role.NUMBER:
        return current is not None and mark.number is not None and mark.number > current
    return mark.role in (Role.NEXT, Role.LAST)


def is_live(mark: PagerLink, current: int | None) -> bool:
    """Whether a mark is one to click on: that it is there proves little."""
    if _is_disabled(mark.element) or in_carousel(mark.element):
        return False
    called = called_number(mark)
    return mark.role is Role.NUMBER or called is None or current is None or called > current


def called_number(mark: PagerLink) -> int | None:
    """Return the number in the call behind a mark, None if there is none."""
    found = None if is_idle(mark) else _CALLED_NUMBER.search(action(mark))
    return int(found[1]) if found else None


def is_idle(mark: PagerLink) -> bool:
    """Whether a click on a mark does nothing that the page says."""
    return _IDLE.fullmatch(action(mark)) is not None


def action(mark: PagerLink) -> str:
    """Return what a click on a mark runs or opens."""
    return mark.element.get("onclick") or mark.element.get("href") or ""


def _is_disabled(element: etree._Element) -> bool:
    parent = element.getparent()
    return any(
        each.get("disabled") is not None
        or each.get("aria-disabled") == "true"
        or bool(_DISABLED.search(each.get("class") or ""))
        for each in (element, parent)
        if each is not None
    )
