"""Pagers that a script draws: the pages behind them have no addresses in the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from cqcrawler.reading.addresses import resolve
from cqcrawler.reading.listing.carousels import in_carousel
from cqcrawler.reading.listing.row_text import visible_text
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.scripts.comments import without_comments

# In rows: a shorter list is hardly a full page of a longer one.
FULL_PAGE = 5

# Calls that draw a pager: of well-known libraries, and of whatever is named so and given options.
DRAWS_PAGER = re.compile(
    r"\b(laypage(?:\.render)?|(?:jq|whj|bootstrap|simple|twbs)?pagi(?:nator|nation)|kkpager"
    r"(?:\.\w{1,20})?|flow\.load|dropload|infinite_?scroll|\w{0,20}pag(?:e|er|ing))\s*\(\s*"
    r"(?:['\"][^'\"]{0,40}['\"]\s*,\s*)?\{",
    re.IGNORECASE,
)
# `pagination(45, {`: the number of notices, or a variable that has it. Its pages count from 0.
DRAWS_COUNTED = re.compile(r"\b(pagination)\s*\(\s*([\w.]{1,40})\s*,\s*\{", re.IGNORECASE)
# `createPage(12, 0, "index", "html")`: how many pages, or notices, and more.
_DRAWS_BY_NUMBER = re.compile(
    r"\b(\w{0,20}pag(?:e|er|ing|ination)\w{0,10})\s*\(\s*(?:['\"][^'\"]{0,40}['\"]\s*,\s*)?"
    r"(\d{1,6})\s*,[^()]{0,200},",
    re.IGNORECASE,
)
_FETCHES_PAGES = re.compile(r"\b(ShowAjaxNewPage|getPageInfoListNew\w{0,10})\b")
# A script of one's own that fetches the next page once the reader has scrolled to the end.
_SCROLLS = re.compile(r"\b(?:on)?scroll\b|\bIntersectionObserver\b", re.IGNORECASE)
_COUNTS_PAGES = re.compile(
    r"\b\w{0,20}page\w{0,10}\s*(?:\+\+|\+=\s*1\b)|\+\+\s*[\w.]{0,20}page", re.IGNORECASE
)
_FETCHES = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\b|\b(?:fetch|axios(?:\.\w{1,10})?|XMLHttpRequest)\b|\.load\s*\("
)
_LONGEST_OPTIONS = 1500
_PAGES = r"(?:total_?pages?|page_?counts?|pages|page_?total)"
_NOTICES = r"(?:total_?(?:counts?|records?|rows?|num|items?)?|counts?|items|row_?count)"
_SAYS = r"\b{}['\"]?\s*[:=]\s*['\"]?(\d{{1,9}})\b"
_SAYS_PAGES = re.compile(_SAYS.format(_PAGES), re.IGNORECASE)
_SAYS_NOTICES = re.compile(_SAYS.format(_NOTICES), re.IGNORECASE)

_PLACE_NAME = re.compile(
    r"(?:^|[\s_-])(?:pager|pagination|paginator|paging|page-?(?:bar|box|nav|info)?|pages|fenye"
    r"|lay-?page)\d{0,2}(?:$|[\s_-])",
    re.IGNORECASE,
)
_PLACES = ("div", "ul", "ol", "p", "span", "nav", "td")
_PAGES_ATTRIBUTE = re.compile(rf"(?:data-)?{_PAGES}", re.IGNORECASE)
_NOTICES_ATTRIBUTE = re.compile(rf"(?:data-)?{_NOTICES}", re.IGNORECASE)


def script_pager(document: Document, scripts: Iterable[str], rows: int) -> str:
    """Say which script pages through a list that shows so many `rows` and names no other page;
    empty where none does, or its options say that these are all."""
    told = False
    for script in scripts:
        code = without_comments(script)
        if found := _FETCHES_PAGES.search(code):
            return f"its pages are fetched by a script ({found[1]})"
        for call in DRAWS_PAGER.finditer(code):
            options = code[call.end() : call.end() + _LONGEST_OPTIONS].partition("function")[0]
            if _option_says_more(options, rows) is not False:
                return f"its pager is drawn by a script ({call[1]})"
            told = True
        for call in DRAWS_COUNTED.finditer(code):
            if not call[2].isdecimal() or int(call[2]) > rows:
                return f"its pager is drawn by a script ({call[1]})"
            told = True
        for call in _DRAWS_BY_NUMBER.finditer(code):
            if int(call[2]) > 1:
                return f"its pager is drawn by a script ({call[1]})"
        if all(part.search(code) for part in (_SCROLLS, _COUNTS_PAGES, _FETCHES)):
            return "its further rows are fetched by a script as one scrolls"
    return "" if told else _waiting_place(document, rows)


def _waiting_place(document: Document, rows: int) -> str:
    """Say which place for a pager waits for a script, or has pages that a script turns to."""
    # Where there is no script at all, none will fill it.
    scripted = next(document.root.iter("script"), None) is not None
    for place in _pager_places(document):
        says = [_attribute_says_more(name, value, rows) for name, value in place.attrib.items()]
        unsaid = scripted and False not in says
        waits = unsaid and rows >= FULL_PAGE and not visible_text(place, 1)
        if True in says or waits or _shows_numbers(place):
            name = place.get("id") or place.get("class")
            return f"its pager is drawn by a script ({place.tag} {name})"
    return ""


def _pager_places(document: Document) -> Iterator[etree._Element]:
    for element in document.root.iter(*_PLACES):
        names = f"{element.get('id') or ''} {element.get('class') or ''}"
        if (
            _PLACE_NAME.search(names)
            and element not in document.unseen
            and not in_carousel(element)
        ):
            yield element


def _shows_numbers(place: etree._Element) -> bool:
    """Whether there are numbers of pages, none of which leads to an address."""
    leaves = [element for element in place.iter() if not len(element)]
    numbers = {element.text.strip() for element in leaves if element.text}
    return {"1", "2"} <= numbers and not any(
        (link.text or "").strip().isdecimal() and resolve(link.get("href") or "", "")
        for link in place.iter("a")
    )


def _option_says_more(options: str, rows: int) -> bool | None:
    """Whether the options of a call say that there is more than this page; None if nothing."""
    if pages := _SAYS_PAGES.search(options):
        return int(pages[1]) > 1
    if notices := _SAYS_NOTICES.search(options):
        return int(notices[1]) > rows
    return None


def _attribute_says_more(name: object, value: object, rows: int) -> bool | None:
    name, value = str(name), str(value)
    if not value.isdecimal() or len(value) > 9:
        return None
    if _PAGES_ATTRIBUTE.fullmatch(name):
        return int(value) > 1
    return int(value) > rows if _NOTICES_ATTRIBUTE.fullmatch(name) else None
