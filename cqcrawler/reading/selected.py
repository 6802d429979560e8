"""What a portal's file says of its notices: where a field stands, and what is none of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from cqcrawler.models import RemovedParagraph
from cqcrawler.reading.layout import Layout, read_layout
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.evidence import Found, found
from cqcrawler.reading.page.exclusion import lines_taken_out, with_marked_body, without
from cqcrawler.reading.page.selectors import NoticeSelectors, texts
from cqcrawler.reading.text_evidence import GIVEN
from cqcrawler.text.dates import find_dates, parse_date
from cqcrawler.text.normalize import strip_invisible

_SURE = 0.98


class Selected(NamedTuple):
    """A page without what is taken out of it, its lines, the fields that selectors find, and the
    names of those that find nothing."""

    document: Document
    layout: Layout
    fields: dict[str, Found]
    unmatched: tuple[str, ...]


def read_selected(document: Document, selectors: NoticeSelectors) -> Selected:
    """Read a page by the selectors of its portal; where one finds nothing, as any page."""
    document, missed = without(document, selectors.exclude)
    layout, fields = _layout(document, selectors.body), _fields(document, selectors)
    wanted = {"title": selectors.title, "published": selectors.date}
    names = {"title": "title", "published": "date"}
    unmatched = [f"notice.exclude {selector}" for selector in missed]
    unmatched += ["notice.body"] if selectors.body and not layout.is_given else []
    unmatched += [f"notice.{names[key]}" for key in wanted if wanted[key] and key not in fields]
    return Selected(document, layout, fields, tuple(unmatched))


def _layout(document: Document, body: str) -> Layout:
    marked = with_marked_body(document, body) if body else None
    return read_layout(marked, has_marks=True) if marked else read_layout(document)


def _fields(document: Document, selectors: NoticeSelectors) -> dict[str, Found]:
    fields = {}
    if selectors.title and (text := next(texts(document.root, selectors.title), "")):
        text = strip_invisible(text)
        fields["title"] = found(text, GIVEN, text, _SURE)
    if selectors.date:
        for text in texts(document.root, selectors.date):
            if day := _day(text, document.page.fetched_at):
                fields["published"] = found(day, GIVEN, text, _SURE)
                break
    return fields


def _day(text: str, base: datetime | None) -> str | None:
    """Return the day (ISO) that a text is or begins with, or the first that stands in it."""
    dates = [reading] if (reading := parse_date(text, base)) else find_dates(text)
    return dates[0].date.isoformat() if dates else None


def with_taken_out(
    others: Sequence[RemovedParagraph], selected: Selected, shown: Layout, rule: str
) -> tuple[RemovedParagraph, ...]:
    """Add to the lines of the column that are not in the text, `others`, those that were taken out
    of the page between the title and the end of the column, in their places.

    A page that is `shown` in another form than its own has lost these places: they come last.
    """
    if selected.document.taken_out is None:
        return tuple(others)
    text, title = shown.text, shown.title
    first = text.lines[0] if text.lines else text.end
    column = range(min(title.end, first) if title else first, text.end)
    is_own = shown.page is selected.layout.page
    taken = [
        (above - column.start if is_own else len(column), line)
        for above, lines in lines_taken_out(selected.document)
        if not is_own or column.start <= above <= column.stop
        for line in lines
    ]
    return tuple(_in_order(others, taken, rule))


def _in_order(
    others: Sequence[RemovedParagraph], taken: Sequence[tuple[int, str]], rule: str
) -> Iterator[RemovedParagraph]:
    """Yield all of them in page order: each moves down by what was taken out above it."""
    done = 0
    for other in others:
        while done < len(taken) and taken[done][0] <= other.position:
            yield RemovedParagraph(taken[done][0] + done, rule, taken[done][1])
            done += 1
        yield RemovedParagraph(other.position + done, other.rule, other.text)
    for above, line in taken[done:]:
        yield RemovedParagraph(above + done, rule, line)
        done += 1


def fallen_back(selected: Selected) -> Iterator[str]:
    """Yield the names of the selectors in whose place the page was read as any page; what is
    taken out need not stand on every page."""
    return (name for name in selected.unmatched if not name.startswith("notice.exclude"))
