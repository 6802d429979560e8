"""The further pages of a listing to which no address leads: by a state that goes back to the
server, by a pager that a script draws, by a box for the number of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from cqcrawler.models import Postback
from cqcrawler.reading.addresses import (
    form_data,
    is_posted,
    postback_address,
    postback_number,
    same_host,
)
from cqcrawler.reading.listing.clicks import Clicks, addresses, turns
from cqcrawler.reading.listing.drawn_pagers import Drawn, drawn_pager
from cqcrawler.reading.listing.jump_boxes import jump_box
from cqcrawler.reading.listing.onward import called_number, current_page, is_live, leads_on
from cqcrawler.reading.listing.pager_marks import MOST_IMPLIED, PagerLink, Role
from cqcrawler.reading.listing.totals import PageCount
from cqcrawler.reading.scripts.forms import Sent


class UnlinkedPages(NamedTuple):
    """Pages by their addresses, `earlier` those up to this one, and how the one behind it is asked
    for that has no address of its own.

    `is_known` says that the pager is one that we can follow, though it may lead no further, and
    `declared_total` how many notices it says that there are.
    """

    urls: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    postback: Postback | None = None
    is_known: bool = False
    declared_total: int | None = None


class Shown(NamedTuple):
    """A page of a listing: its address, its place among the pages as far as it says, and how many
    rows it has."""

    here: str
    place: PageCount
    rows: int


def unlinked_pages(
    clicks: Clicks,
    marks: Sequence[PagerLink],
    elements: Sequence[etree._Element],
    scripts: Sequence[str],
    shown: Shown,
) -> UnlinkedPages:
    """Return the pages that only scripts and forms lead to; none where an address leads on.

    `marks` are the links of the pager, `elements` all that can be clicked.
    """
    here, count = shown.here, shown.place
    current = current_page(marks, here, count)
    onward = [mark for mark in marks if leads_on(mark, current) and _is_own(mark, here)]
    if onward:
        drawn = _posted(clicks, onward, current, count)
        return _drawn(clicks, drawn, here, count) if drawn else UnlinkedPages()
    place = current or 1
    if count.total is not None and place >= count.total:
        return UnlinkedPages()
    if sent := _sent_onward(marks, place):
        return _posted_back(clicks, sent, here)
    if any(mark.sent for mark in marks):
        return UnlinkedPages(is_known=True)
    drawn = drawn_pager(clicks, scripts, shown.rows)
    if drawn is None and count.total and (turn := jump_box(clicks, elements)):
        drawn = Drawn(turn, count.total)
    return _drawn(clicks, drawn, here, count) if drawn else UnlinkedPages()


def _posted(
    clicks: Clicks, onward: Sequence[PagerLink], current: int | None, count: PageCount
) -> Drawn | None:
    """Return the way to any page by the form that marks send, if what they run counts pages."""
    pages = {mark: page for mark in onward if (page := _page_of(mark, current, count))}
    for mark, page in pages.items():
        if not is_posted(mark.url or "") or mark.element.tag == "option":
            continue
        turn = clicks.counting(mark.element, page)
        if turn and turns(turn) and all(turn(n).url == each.url for each, n in pages.items()):
            return Drawn(turn, count.total or max(pages.values()))
    return None


def _page_of(mark: PagerLink, current: int | None, count: PageCount) -> int | None:
    if mark.role is Role.NEXT:
        return current and current + 1
    return (count.total or called_number(mark)) if mark.role is Role.LAST else mark.number


def _is_own(mark: PagerLink, here: str) -> bool:
    return mark.url is not None and mark.url != here and same_host(mark.url, here)


def _sent_onward(marks: Sequence[PagerLink], current: int) -> Sent | None:
    """Return the form that leads to the next page: by its number, by `next`, by the dots that
    stand for its number."""
    live = [mark for mark in marks if mark.sent and is_live(mark, current)]
    found = [
        *(mark for mark in live if mark.number == current + 1),
        *(mark for mark in live if mark.role is Role.NEXT),
        *(m for m in live if m.role is Role.WEAK and called_number(m) == current + 1),
    ]
    return found[0].sent if found else None


def _posted_back(clicks: Clicks, sent: Sent, here: str) -> UnlinkedPages:
    page = postback_address(here, (postback_number(here) or 1) + 1)
    form = form_data(sent.fields, clicks.browser.encoding)
    return UnlinkedPages((page,), (), Postback(page, sent.url, form), is_known=True)


def _drawn(clicks: Clicks, drawn: Drawn, here: str, count: PageCount) -> UnlinkedPages:
    current = count.current or drawn.current or 1
    found = UnlinkedPages(is_known=True, declared_total=drawn.notices)
    if sent := drawn.turn(current + 1).sent:
        if current >= drawn.pages:
            return found
        return _posted_back(clicks, sent, here)._replace(declared_total=drawn.notices)
    first = 2 if drawn.pages <= MOST_IMPLIED else max(2, current)
    last = min(drawn.pages, first + MOST_IMPLIED - 1)
    urls = {page: url for page, url in addresses(drawn.turn, first, last) if same_host(url, here)}
    if not urls:
        return UnlinkedPages()
    place = next((page for page, url in urls.items() if url == here), current)
    others = {page: url for page, url in urls.items() if url != here}
    earlier = tuple(url for page, url in others.items() if page <= place)
    return found._replace(urls=tuple(others.values()), earlier=earlier)
