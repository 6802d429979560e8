"""Pagers: the other pages of a listing, linked or implied by those that are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urljoin

from cqcrawler.reading.addresses import same_host
from cqcrawler.reading.listing.page_series import Series, infer_series
from cqcrawler.reading.listing.pager_marks import MOST_IMPLIED, STRONG, PagerLink, Role
from cqcrawler.reading.listing.totals import PageCount

# A page of fewer rows does not tell how many there are on one.
_FULL_PAGE = 5


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


def _in_order(marks: Sequence[PagerLink], here: str, count: PageCount) -> list[str]:
    """Return the addresses of the marks, and those that their series implies, by page."""
    numbered = {mark.number: mark.url for mark in marks if mark.number and mark.url}
    steps = [mark.url for mark in marks if mark.role is not Role.NUMBER and mark.url]
    for mark in marks:
        if (page := _stated_page(mark.role, count)) and mark.url:
            numbered.setdefault(page, mark.url)
    series = infer_series(numbered, steps, here, count.current)
    if not any(mark.role in STRONG for mark in marks) and not _is_beside(series, here):
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
