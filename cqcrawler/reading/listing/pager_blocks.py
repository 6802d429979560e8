"""Which marks stand in the pager of a listing, and which elsewhere on its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile

from lxml import etree

from cqcrawler.reading.listing.first_pages import Places, stands_in_pager
from cqcrawler.reading.listing.page_series import infer_series
from cqcrawler.reading.listing.pager_marks import STRONG, PagerLink, Role, numbered_urls, read_label

# A pager's links share a wrapper: an `li` each, then the list, then a block around it.
_WRAPPERS = 3


def pager_links(marks: Sequence[PagerLink], here: str) -> list[PagerLink]:
    """Keep the marks that stand in a pager: near next, last or previous, or several numbers."""
    marks = [mark for mark in marks if mark.role is not Role.SIZE]
    strong = _around(mark for mark in marks if mark.role in STRONG)
    numbers = _around(mark for mark in marks if mark.role is Role.NUMBER)
    kept = [
        mark
        for mark in marks
        if mark.role in STRONG
        or mark.element.tag == "option"
        or any(strong[wrapper] or numbers[wrapper] > 1 for wrapper in _wrappers(mark.element))
        or (mark.number is not None and _beside_number(mark.element, mark.number))
    ]
    return list(_without_homes(_without_other_numbers(kept, numbers, here), here))


def _without_other_numbers(
    marks: Sequence[PagerLink], numbers: Counter[etree._Element], here: str
) -> list[PagerLink]:
    """Leave out the numbers of a calendar, an archive or a carousel beside the pager.

    What leads on stands in one block with the numbers of its pager. Where it stands alone, other
    numbers are of its pager if it leads to one of their pages.
    """
    leading = [m for m in marks if m.role in STRONG and (m.sent or m.url not in (None, here))]
    strong = _around(leading)
    counted = [m for m in marks if m.role is Role.NUMBER and m.element.tag != "option"]
    loose = {mark for mark in counted if not _stands_with(mark.element, strong, numbers)}
    onward = [mark.url for mark in leading if mark.role is Role.NEXT and mark.url]
    has_own = len(loose) < len(counted)
    if has_own or (onward and not _are_pages(loose, onward, here)):
        return [mark for mark in marks if mark not in loose]
    return list(marks)


def _stands_with(
    element: etree._Element, strong: Counter[etree._Element], numbers: Counter[etree._Element]
) -> bool:
    """Whether the innermost block that has other marks than this number has one that leads on."""
    blocks = (block for block in _wrappers(element) if strong[block] or numbers[block] > 1)
    return strong[next(blocks, element)] > 0


def _are_pages(marks: Iterable[PagerLink], urls: Iterable[str], here: str) -> bool:
    """Whether one of the addresses is that of a numbered mark, or of their series."""
    numbered = numbered_urls(marks)
    series = infer_series(numbered, (), here, None)
    known = set(numbered.values())
    return not known or any(
        url in known or (series is not None and series.page(url) is not None) for url in urls
    )


def _without_homes(pager: Sequence[PagerLink], here: str) -> Iterator[PagerLink]:
    """Leave out `首页` where it is no mark of the pager but a link to the site or a column."""
    others = [mark for mark in pager if mark.role is not Role.FIRST]
    elements = {mark.element for mark in others}
    places = Places([here, *(mark.url for mark in others if mark.url)])
    for mark in pager:
        around = list(_wrappers(mark.element)) if mark.role is Role.FIRST else []
        if mark.role is not Role.FIRST or (
            stands_in_pager(mark.element, around, elements)
            and (mark.url is None or places.have(mark.url))
        ):
            yield mark


def _beside_number(element: etree._Element, number: int) -> bool:
    """Whether the page number before or after this link is printed beside it, without a link."""
    places = (element, next(_wrappers(element), element))
    beside = [(each.getprevious(), number - 1) for each in places]
    beside += [(each.getnext(), number + 1) for each in places]
    return any(
        each is not None and read_label(each) == (Role.NUMBER, page) for each, page in beside
    )


def _around(marks: Iterable[PagerLink]) -> Counter[etree._Element]:
    """Count the marks in each of the blocks around them."""
    return Counter(block for mark in marks for block in _wrappers(mark.element))


def _wrappers(element: etree._Element) -> Iterator[etree._Element]:
    near = islice(element.iterancestors(), _WRAPPERS)
    return takewhile(lambda ancestor: ancestor.tag not in ("body", "html"), near)
