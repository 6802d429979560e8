"""The links of a notice: files that it offers, notices that it points to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from operator import itemgetter
from urllib.parse import unquote, urlsplit

from cqcrawler.models import Attachment, Link
from cqcrawler.reading.blocks import Anchor
from cqcrawler.reading.files import FILE
from cqcrawler.reading.layout import Layout
from cqcrawler.reading.markup import read_attributes
from cqcrawler.reading.urls import resolve
from cqcrawler.text.dates import find_dates

# Attachments are often listed a little below the last line of the text.
_BELOW = 24
_SHORTEST_TITLE = 8
# A list of related notices stands close below the text; further down are other columns.
_RELATED_WITHIN = 80
_DATE_LINE = 24
# A card of a related notice has a title, a summary and a date.
_CARD = 4


def attachments(layouts: Iterable[Layout], base: str) -> tuple[Attachment, ...]:
    """Return the files linked between the title and a little below the body."""
    found: dict[str, Attachment] = {}
    for layout in layouts:
        for anchor in _file_anchors(layout, layout.head.start, layout.foot.start + _BELOW):
            href = read_attributes(layout.blocks.tag_of(anchor)).get("href", "")
            match = FILE.search(href.lower())
            url = resolve(href, base) if match else None
            if url and match:
                name = layout.blocks.text_of(anchor) or _file_name(url)
                found.setdefault(url, Attachment(url, name, match[1]))
    return tuple(found.values())


def links_files(layout: Layout, start: int, end: int) -> bool:
    """Say whether a link in the lines `start` to `end` (exclusive) leads to a file."""
    return any(_file_anchors(layout, start, end))


def _file_anchors(layout: Layout, start: int, end: int) -> Sequence[Anchor]:
    """The links in a range of lines whose tags name a file."""
    anchors = _anchors(layout, start, end)
    tags = [layout.blocks.tag_of(anchor).lower() for anchor in anchors]
    if not FILE.search("\n".join(tags)):  # most pages; a search takes less time than each of many
        return ()
    return [anchor for anchor, tag in zip(anchors, tags, strict=True) if FILE.search(tag)]


def _file_name(url: str) -> str:
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1])


def related_links(layout: Layout, base: str) -> tuple[Link, ...]:
    """Return the dated links below the body: the portal's list of further notices."""
    start = layout.foot.start
    anchors = _anchors(layout, start, start + _RELATED_WITHIN)
    if not find_dates("\n".join(layout.texts[start : start + _RELATED_WITHIN + _CARD])):
        return ()
    related: dict[str, Link] = {}
    for anchor, following in zip_longest(anchors, anchors[1:]):
        line = anchor[1]
        end = min(following[1] if following else line + _CARD, line + _CARD)
        published = _date_of(layout.texts[line : max(end, line + 1)])
        if not published:
            continue
        stated = read_attributes(layout.blocks.tag_of(anchor))
        text = layout.blocks.text_of(anchor)
        title = _title_of(text, stated.get("title", ""), layout.texts[line])
        href = stated.get("href") if len(title) >= _SHORTEST_TITLE else None
        url = resolve(href, base) if href else None
        if url:
            related.setdefault(url, Link(url, title, published))
    return tuple(related.values())


def _anchors(layout: Layout, start: int, end: int) -> Sequence[Anchor]:
    """The links that begin in the lines `start` to `end` (exclusive)."""
    anchors = layout.blocks.anchors
    block_of = itemgetter(1)
    return anchors[
        bisect_left(anchors, start, key=block_of) : bisect_left(anchors, end, key=block_of)
    ]


def _date_of(entry: Sequence[str]) -> str | None:
    """The date in the line of a link, or alone in a line below it, over a summary."""
    for i, text in enumerate(entry):
        dates = find_dates(text) if i == 0 or len(text) <= _DATE_LINE else []
        if dates:
            return dates[-1].date.isoformat()
    return None


def _title_of(text: str, full: str, line: str) -> str:
    """The text of a link, or its `title` attribute where that is longer; a link round a whole
    card has the title in its first line."""
    if line in text:
        text = line
    cut = text.rstrip(".…")
    return full if full and (not text or (cut != text and full.startswith(cut))) else text
