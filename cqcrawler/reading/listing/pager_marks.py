"""Marks: links that say what pagers say, such as `下一页` or the number of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from lxml import etree

from cqcrawler.reading.addresses import base_url, query_encoding, resolve, target
from cqcrawler.reading.listing.clicks import Clicks, Way, addresses
from cqcrawler.reading.listing.page_series import follows
from cqcrawler.reading.listing.page_sizes import is_page_size
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.scripts.forms import Sent
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.words import any_word, word_list

# How many pages one page may imply: the last ones of a longer listing follow from later pages.
MOST_IMPLIED = 1000
_LONGEST_LABEL = 16
_MOST_INSIDE = 4  # elements


class Role(StrEnum):
    NEXT = "next"
    PREVIOUS = "previous"
    LAST = "last"
    NUMBER = "number"
    # These mean a page only beside others: `首页` is mostly the site's, `>>` often leads to more.
    FIRST = "first"
    WEAK = "weak"
    # How many rows a page shows: of no pager.
    SIZE = "size"


# An arrow, a picture or an icon that leads to the page behind this one is its next.
_ONWARD = (">", ">>", "›", "»", "→")
# Its counterparts lead to the first page or the one before, and are none by themselves.
_BACK = ("<<", "<", "‹", "«", "←")
STRONG = frozenset({Role.NEXT, Role.PREVIOUS, Role.LAST})
_LABELS = {
    **dict.fromkeys(word_list("pager_next"), Role.NEXT),
    **dict.fromkeys(word_list("pager_previous"), Role.PREVIOUS),
    **dict.fromkeys(word_list("pager_last"), Role.LAST),
    **dict.fromkeys(word_list("pager_first"), Role.FIRST),
    **dict.fromkeys((*word_list("pager_weak"), "...", *_ONWARD), Role.WEAK),
    **dict.fromkeys(_BACK, Role.FIRST),
}
_NUMBER = re.compile(rf"(?:{any_word('pager_jump')}|page)?第?(\d{{1,5}})页?")
# Attributes that may say where a link leads to, or what its picture or icon does.
_NAMING = ("title", "rel", "aria-label", "value", "alt")
_NAMING_INSIDE = ("alt", "title", "aria-label")
_CURRENT = re.compile(
    r"(?:^|[\s_-])(?:cur(?:r(?:ent)?)?|act(?:ive)?|on|select(?:ed)?|now|this|focus|checked)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ORNAMENT = "[]()<>«»‹›·|←→"


@dataclass(frozen=True, slots=True, eq=False)
class PagerLink:
    """One link of a pager: what it says, and where it leads if that is evident.

    Some lead by the form that is `sent`, which only this page can send; `refusal` says why we do
    not send one.
    """

    element: etree._Element
    role: Role
    number: int | None
    url: str | None
    sent: Sent | None = None
    refusal: str = ""


def numbered_urls(marks: Iterable[PagerLink]) -> dict[int, str]:
    """Return the addresses of the marks that are numbers of pages, by these."""
    return {mark.number: mark.url for mark in marks if mark.number and mark.url}


def pager_marks(
    document: Document, elements: Iterable[etree._Element], clicks: Clicks
) -> list[PagerLink]:
    """Return what says what pagers say: of the clickable `elements`, and options of a select."""
    base, encoding = base_url(document), query_encoding(document)
    here = document.page.url
    marks = (_mark(element, here, base, encoding, clicks) for element in elements)
    return [*filter(None, marks), *_options(document, base, encoding, clicks)]


def _mark(
    element: etree._Element,
    here: str,
    base: str,
    encoding: str,
    clicks: Clicks,
) -> PagerLink | None:
    role, number = read_label(element)
    pointer = _is_pointer(element)
    if role is None and not pointer:
        return None
    url = target(element, base, encoding)
    if pointer and url and follows(url, here):
        role = Role.NEXT
    if role is None:
        return None
    linked = resolve(element.get("href") or "", base, encoding)
    way = Way() if linked else clicks.on(element)
    if way == Way():
        way = Way(url)
    if number is not None and is_page_size(element, number, way.url):
        return PagerLink(element, Role.SIZE, None, *way)
    return PagerLink(element, role, number, *way)


def _is_pointer(element: etree._Element) -> bool:
    """Whether a link has an arrow for its text, or none: a picture, or an icon of its style."""
    key = comparison_key(_text_start(element))
    return not key or key in _ONWARD


def read_label(element: etree._Element) -> tuple[Role | None, int | None]:
    """Return the role that the text, an attribute or an image of a link gives it."""
    weak = None
    inside = _alternatives(element) if _is_pointer(element) else ()
    for text in (_short_text(element), *map(element.get, _NAMING), *inside):
        if not text or len(text) > _LONGEST_LABEL:
            continue
        key = comparison_key(text)
        bare = key.strip(_ORNAMENT) or key
        role = _LABELS.get(bare)
        if role and role is not Role.WEAK:
            return role, None
        if found := _NUMBER.fullmatch(bare):
            return Role.NUMBER, int(found[1])
        weak = weak or role
    return weak, None


def _alternatives(element: etree._Element) -> Iterator[str | None]:
    inside = islice(element.iterdescendants(), _MOST_INSIDE)
    return (each.get(name) for each in inside for name in _NAMING_INSIDE)


def _short_text(element: etree._Element) -> str:
    text = _text_start(element)
    return text if len(text) <= _LONGEST_LABEL else ""


def _text_start(element: etree._Element) -> str:
    return "".join(map(str, islice(element.itertext(), _LONGEST_LABEL))).strip()


def is_current(element: etree._Element) -> bool:
    """Whether the mark of a page is styled as that of the page that is shown."""
    parent = element.getparent()
    items = (element, parent) if parent is not None and parent.tag == "li" else (element,)
    return any(
        each.get("aria-current") is not None or bool(_CURRENT.search(each.get("class") or ""))
        for each in items
    )


def _options(document: Document, base: str, encoding: str, clicks: Clicks) -> Iterator[PagerLink]:
    """Yield the pages that a `<select>` offers, if its options count from 1."""
    for select in document.root.iter("select"):
        if select in document.unseen:
            continue
        options = list(islice(select.iter("option"), MOST_IMPLIED))
        if len(options) > 1 and all(
            read_label(option)[1] == number for number, option in enumerate(options, 1)
        ):
            values = [option.get("value") or "" for option in options]
            linked = (
                None if value.isdecimal() else resolve(value, base, encoding) for value in values
            )
            ways = [*map(Way, linked)]
            if "onchange" in select.attrib and not any(way.url for way in ways):
                ways = _chosen(clicks, select, values)
            for number, (option, way) in enumerate(zip(options, ways, strict=True), 1):
                yield PagerLink(option, Role.NUMBER, number, *way)


def _chosen(clicks: Clicks, select: etree._Element, values: Sequence[str]) -> list[Way]:
    """Return where it leads to choose each of the options of a select."""

    def turn(page: int) -> Way:
        return clicks.choosing(select, values[page - 1] or str(page))

    further = range(2, len(values) + 1)
    if turn(2).url is None:
        return [*map(turn, (1, *further))]
    urls = dict(addresses(turn, 2, len(values)))
    return [turn(1), *(Way(urls.get(page)) for page in further)]
