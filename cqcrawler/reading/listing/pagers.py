"""Pagers: the other pages of a listing, linked or implied by those that are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, takewhile
from urllib.parse import urljoin

from lxml import etree

from cqcrawler.reading.addresses import base_url, query_encoding, resolve, same_host, target
from cqcrawler.reading.listing.clicks import Clicks, Way, addresses
from cqcrawler.reading.listing.page_series import Series, follows, infer_series
from cqcrawler.reading.listing.totals import PageCount
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.scripts.forms import Sent
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.words import word_list

# How many pages one page may imply: the last ones of a longer listing follow from later pages.
MOST_IMPLIED = 1000
_LONGEST_LABEL = 16
# A page of fewer rows does not tell how many there are on one.
_FULL_PAGE = 5
# A pager's links share a wrapper: an `li` each, then the list, then a block around it.
_WRAPPERS = 3


class Role(StrEnum):
    NEXT = "next"
    PREVIOUS = "previous"
    LAST = "last"
    NUMBER = "number"
    # These mean a page only beside others: `首页` is mostly the site's, `>>` often leads to more.
    FIRST = "first"
    WEAK = "weak"


# An arrow, a picture or an icon that leads to the page behind this one is its next.
_ONWARD = (">", ">>", "›", "»", "→")
_STRONG = frozenset({Role.NEXT, Role.PREVIOUS, Role.LAST})
_LABELS = {
    **dict.fromkeys(word_list("pager_next"), Role.NEXT),
    **dict.fromkeys(word_list("pager_previous"), Role.PREVIOUS),
    **dict.fromkeys(word_list("pager_last"), Role.LAST),
    **dict.fromkeys(word_list("pager_first"), Role.FIRST),
    **dict.fromkeys((*word_list("pager_weak"), "..."), Role.WEAK),
    **dict.fromkeys(("<<", "<", "‹", "«", "←", *_ONWARD), Role.WEAK),
}
_NUMBER = re.compile(r"第?(\d{1,5})页?")
# Attributes that may say where a link leads to.
_NAMING = ("title", "rel", "aria-label", "value")
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


def pager_marks(
    document: Document, elements: Iterable[etree._Element], clicks: Clicks
) -> list[PagerLink]:
    """Return what says what pagers say: of the clickable `elements`, and options of a select."""
    base, encoding = base_url(document), query_encoding(document)
    here = document.page.url
    marks = (_mark(element, here, base, encoding, clicks) for element in elements)
    return [*filter(None, marks), *_options(document, base, encoding, clicks)]


def page_urls(
    links: Sequence[PagerLink], here: str, count: PageCount, *, fills: tuple[int, int] = (0, 0)
) -> tuple[str, ...]:
    """Return the other pages of the listing at `here`, in their order where it is known.

    These are the pages that the pager links to on the same host, and those that follow from
    them: between the ones linked, and up to the last one. `count` is what the page says of its
    place in the listing; where it does not count its pages, `fills` tells how many there are:
    the notices that the listing declares, and those on this page.
    """
    own = [
        link
        for link in links
        if link.url and link.url not in (here, _home(here)) and same_host(link.url, here)
    ]
    return tuple(_in_order(own, here, _counted(own, count, *fills))) if own else ()


def leads_back(marks: Iterable[PagerLink], count: PageCount) -> bool:
    """Whether a page is not the first of its listing: by its number, or by what leads back."""
    back = (mark.url for mark in marks if mark.role is Role.PREVIOUS or mark.number == 1)
    return (count.current or 1) > 1 or any(back)


def earlier_urls(
    links: Sequence[PagerLink], here: str, count: PageCount, urls: Sequence[str]
) -> tuple[str, ...]:
    """Return those of `urls` that are of pages up to the one at `here`.

    Page 1 mostly has two addresses: the one that leads to the section, and the pager's own.
    """
    own = [link for link in links if link.url in urls]
    back = {link.url for link in own if link.role in (Role.PREVIOUS, Role.FIRST)}
    numbered = {link.number: link.url for link in own if link.number and link.url}
    series = infer_series(
        numbered, [url for url in urls if url not in numbered.values()], here, count.current
    )
    place = count.current or (series.page(here) if series else None) or 1
    numbers = {url: number for number, url in numbered.items()}
    if series:
        numbers |= {url: page for url in urls if (page := series.page(url)) is not None}
    onward = {link.url for link in own if link.role is Role.NEXT}
    return tuple(
        url
        for url in urls
        if url not in onward and (url in back or numbers.get(url, place + 1) <= place)
    )


def _counted(links: Sequence[PagerLink], count: PageCount, declared: int, shown: int) -> PageCount:
    """Count the pages by the rows on this one, where the page itself does not count them."""
    # A page with a next one is full; and the address of the last page says more than a division.
    roles = {link.role for link in links}
    told = count.total or Role.LAST in roles
    if told or not declared or shown < _FULL_PAGE or Role.NEXT not in roles:
        return count
    current = count.current or (None if Role.PREVIOUS in roles else 1)
    return PageCount(current, -(-declared // shown))


def _home(here: str) -> str:
    """Return the site's home page: `首页` in a pager of a section may mean it."""
    return urljoin(here, "/")


def _mark(
    element: etree._Element,
    here: str,
    base: str,
    encoding: str,
    clicks: Clicks,
) -> PagerLink | None:
    role, number = _read_label(element)
    pointer = _is_pointer(element)
    if role is None and not pointer:
        return None
    url = target(element, base, encoding)
    if pointer and url and follows(url, here):
        role = Role.NEXT
    if role is None:
        return None
    if not resolve(element.get("href") or "", base, encoding):
        way = clicks.on(element)
        if way != Way():
            return PagerLink(element, role, number, *way)
    return PagerLink(element, role, number, url)


def _is_pointer(element: etree._Element) -> bool:
    """Whether a link has an arrow for its text, or none: a picture, or an icon of its style."""
    key = comparison_key(_text_start(element))
    return not key or key in _ONWARD


def _read_label(element: etree._Element) -> tuple[Role | None, int | None]:
    """Return the role that the text, an attribute or an image of a link gives it."""
    weak = None
    for text in (_short_text(element), *map(element.get, _NAMING), *_alternatives(element)):
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
    return (image.get("alt") for image in element.iter("img"))


def _short_text(element: etree._Element) -> str:
    text = _text_start(element)
    return text if len(text) <= _LONGEST_LABEL else ""


def _text_start(element: etree._Element) -> str:
    return "".join(map(str, islice(element.itertext(), _LONGEST_LABEL))).strip()


def pager_links(marks: Sequence[PagerLink]) -> list[PagerLink]:
    """Keep the marks that stand in a pager: near next, last or previous, or several numbers."""
    strong = Counter(w for mark in marks if mark.role in _STRONG for w in _wrappers(mark.element))
    numbers = Counter(
        w for mark in marks if mark.role is Role.NUMBER for w in _wrappers(mark.element)
    )
    return [
        mark
        for mark in marks
        if mark.role in _STRONG
        or mark.element.tag == "option"
        or any(strong[wrapper] or numbers[wrapper] > 1 for wrapper in _wrappers(mark.element))
        or (mark.number is not None and _beside_number(mark.element, mark.number))
    ]


def _beside_number(element: etree._Element, number: int) -> bool:
    """Whether the page number before or after this link is printed beside it, without a link."""
    places = (element, next(_wrappers(element), element))
    beside = [(each.getprevious(), number - 1) for each in places]
    beside += [(each.getnext(), number + 1) for each in places]
    return any(
        each is not None and _read_label(each) == (Role.NUMBER, page) for each, page in beside
    )


def _wrappers(element: etree._Element) -> Iterator[etree._Element]:
    near = islice(element.iterancestors(), _WRAPPERS)
    return takewhile(lambda ancestor: ancestor.tag not in ("body", "html"), near)


def _options(document: Document, base: str, encoding: str, clicks: Clicks) -> Iterator[PagerLink]:
    """Yield the pages that a `<select>` offers, if its options count from 1."""
    for select in document.root.iter("select"):
        if select in document.unseen:
            continue
        options = list(islice(select.iter("option"), MOST_IMPLIED))
        if len(options) > 1 and all(
            _read_label(option)[1] == number for number, option in enumerate(options, 1)
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


def _in_order(marks: Sequence[PagerLink], here: str, count: PageCount) -> list[str]:
    """Return the addresses of the marks, and those that their series implies, by page."""
    numbered = {mark.number: mark.url for mark in marks if mark.number and mark.url}
    steps = [mark.url for mark in marks if mark.role is not Role.NUMBER and mark.url]
    for mark in marks:
        if (page := _stated_page(mark.role, count)) and mark.url:
            numbered.setdefault(page, mark.url)
    series = infer_series(numbered, steps, here, count.current)
    if not any(mark.role in _STRONG for mark in marks) and not _is_beside(series, here):
        return []
    if series is None:
        found = [*numbered.values(), *steps]
    else:
        pages = _implied(series, [*numbered.values(), *steps], here, count, bool(numbered))
        found = [url for _, url in sorted((pages | numbered).items())] + steps
    return [url for url in dict.fromkeys(found) if url != here]


def _is_beside(series: Series | None, here: str) -> bool:
    """Whether a series is in the folder of this page: bare numbers elsewhere are no pager."""
    return series is not None and series.prefix.startswith(urljoin(here, "."))


def _stated_page(role: Role, count: PageCount) -> int | None:
    """Return the number of the page that a mark leads to, where the page counts its pages."""
    if role is Role.LAST:
        return count.total
    if count.current is None or role not in (Role.NEXT, Role.PREVIOUS):
        return None
    return count.current + (1 if role is Role.NEXT else -1)


def _implied(
    series: Series, urls: Sequence[str], here: str, count: PageCount, from_start: bool
) -> dict[int, str]:
    """Return the pages of a series up to the last one known, the first page excepted: its
    address is often not of the series."""
    known = [page for url in (*urls, here) if (page := series.page(url)) is not None]
    first = 2 if from_start else min(known)
    last = max([*known, count.total or 0])
    if last - first >= MOST_IMPLIED:
        first = max(first, series.page(here) or first)
        last = min(last, first + MOST_IMPLIED - 1)
    return {page: series.url(page) for page in range(first, last + 1)}
