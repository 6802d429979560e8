"""Pagers: the other pages of a listing, linked or implied by those that are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urljoin

from cqcrawler.reading.addresses import same_host
from cqcrawler.reading.listing.page_series import Series, counted_down, infer_series
from cqcrawler.reading.listing.pager_marks import (
    MOST_IMPLIED,
    STRONG,
    PagerLink,
    Role,
    is_current,
    numbered_urls,
)
from cqcrawler.reading.listing.totals import PageCount

# A page of fewer rows does not tell how many there are on one.
_FULL_PAGE = 5


class Pages(NamedTuple):
    """The other pages of a listing in their order, as far as it is known, and those of them that
    come before this one."""

    urls: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


def other_pages(
    links: Sequence[PagerLink], here: str, count: PageCount, *, fills: tuple[int, int] = (0, 0)
) -> Pages:
    """Return the other pages of the listing at `here`.

    These are the pages that the pager links to on the same host, and those that follow from
    them: between the ones linked, and up to the last one. Other addresses of this page, such as
    those of page 1 on the first one, are left out. `count` is what the page says of its place in
    the listing; where it does not count its pages, `fills` tells how many there are: the notices
    that the listing declares, and those on this page.
    """
    own = [
        link
        for link in links
        if link.url and link.url not in (here, _home(here)) and same_host(link.url, here)
    ]
    return _in_order(own, here, _counted(own, _placed(own, count), *fills)) if own else Pages()


def leads_back(marks: Iterable[PagerLink], count: PageCount) -> bool:
    """Whether a page is not the first of its listing: by its number, or by what leads back."""
    back = (mark.url for mark in marks if mark.role is Role.PREVIOUS or mark.number == 1)
    return (count.current or 1) > 1 or any(back)


def _home(here: str) -> str:
    """Return the site's home page: `首页` in a pager of a section may mean it."""
    return urljoin(here, "/")


def _urls(marks: Iterable[PagerLink], *roles: Role) -> list[str]:
    return [mark.url for mark in marks if mark.url and mark.role in roles]


def _placed(marks: Sequence[PagerLink], count: PageCount) -> PageCount:
    """Say which page this is, where it does not say so itself: the one that is marked as such, or
    before the next, or the only one, where the last page is the first."""
    if count.current is not None:
        return count
    numbered = numbered_urls(marks)
    firsts = {*_urls(marks, Role.FIRST), *filter(None, [numbered.get(1)])}
    if not firsts.isdisjoint(_urls(marks, Role.LAST)):
        return PageCount(1, 1)
    marked = {mark.number for mark in marks if mark.number and is_current(mark.element)}
    if len(marked) == 1:
        return count._replace(current=marked.pop())
    onward = set(_urls(marks, Role.NEXT))
    pages = (page for page, url in numbered.items() if url in onward)
    return count._replace(current=max(pages, default=1) - 1 or None)


def _counted(links: Sequence[PagerLink], count: PageCount, declared: int, shown: int) -> PageCount:
    """Count the pages by the rows on this one, where the page itself does not count them."""
    # A page with a next one is full; and the address of the last page says more than a division.
    roles = {link.role for link in links}
    told = count.total or Role.LAST in roles
    if told or not declared or shown < _FULL_PAGE or Role.NEXT not in roles:
        return count
    current = count.current or (None if Role.PREVIOUS in roles else 1)
    return PageCount(current, -(-declared // shown))


def _in_order(marks: Sequence[PagerLink], here: str, count: PageCount) -> Pages:
    """Return the addresses of the marks, and those that their series implies, by page."""
    numbered = numbered_urls(marks)
    steps = [mark.url for mark in marks if mark.role is not Role.NUMBER and mark.url]
    for mark in marks:
        if (page := _stated_page(mark.role, count)) and mark.url:
            numbered.setdefault(page, mark.url)
    series = _series(marks, numbered, steps, here, count)
    if not any(mark.role in STRONG for mark in marks) and not _is_beside(series, here):
        return Pages()
    pages = dict(numbered)
    if series is not None:
        pages = _implied(series, [*numbered.values(), *steps], here, count, bool(numbered)) | pages
    begin = _urls(marks, Role.FIRST)
    found = dict.fromkeys((*begin, *(url for _, url in sorted(pages.items())), *steps))
    aliases = {here, *_aliases(marks, numbered, count)}
    urls = tuple(url for url in found if url not in aliases)
    return Pages(urls, _earlier(marks, urls, series, numbered, here, count))


def _series(
    marks: Sequence[PagerLink],
    numbered: Mapping[int, str],
    steps: Sequence[str],
    here: str,
    count: PageCount,
) -> Series | None:
    onward, last = _urls(marks, Role.NEXT), _urls(marks, Role.LAST)
    down = counted_down(onward[0], last[0], count.current) if onward and last else None
    if down is not None:
        return down
    known = dict(numbered) if count.current is None else {count.current: here, **numbered}
    return infer_series(known, steps, here, count.current)


def _aliases(marks: Sequence[PagerLink], numbered: Mapping[int, str], count: PageCount) -> set[str]:
    """Return other addresses of this page: page 1 is that of the section, and the pager's own."""
    if count.current is None:
        return set()
    own = set(filter(None, [numbered.get(count.current)]))
    if count.current == 1:
        own.update(_urls(marks, Role.FIRST, Role.PREVIOUS))
    # What leads on wins, but on the last page it leads nowhere.
    return own if count.total == count.current else own.difference(_urls(marks, Role.NEXT))


def _earlier(
    marks: Sequence[PagerLink],
    urls: Sequence[str],
    series: Series | None,
    numbered: Mapping[int, str],
    here: str,
    count: PageCount,
) -> tuple[str, ...]:
    """Return those of `urls` that are of pages up to the one at `here`."""
    back = set(_urls(marks, Role.PREVIOUS, Role.FIRST))
    onward = set(_urls(marks, Role.NEXT))
    place = count.current or (series.page(here) if series else None) or 1
    numbers = {url: number for number, url in numbered.items()}
    if series:
        numbers |= {url: page for url in urls if (page := series.page(url)) is not None}
    return tuple(
        url
        for url in urls
        if url not in onward and (url in back or numbers.get(url, place + 1) <= place)
    )


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
    pages = range(first, min(last, series.end()) + 1)
    return {page: series.url(page) for page in pages}
