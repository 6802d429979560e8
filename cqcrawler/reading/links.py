"""The links of a notice: files that it offers, notices that it points to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import zip_longest
from operator import itemgetter
from urllib.parse import unquote, urlsplit

from lxml import etree

from cqcrawler.models import Attachment, Link
from cqcrawler.reading.blocks import Anchor
from cqcrawler.reading.layout import Layout
from cqcrawler.reading.urls import resolve
from cqcrawler.text.dates import find_dates
from cqcrawler.text.normalize import collapse

_FILE = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|rtf|txt|csv|zip|rar|7z|ceb)(?=$|[?&#])",
    re.IGNORECASE,
)
# Attachments are often listed a little below the last line of the text.
_BELOW = 24
_SHORTEST_TITLE = 8
# A list of related notices stands close below the text; further down are other columns.
_RELATED_WITHIN = 80
_DATE_LINE = 24
# A card of a related notice has a title, a summary and a date.
_CARD = 4


def attachments(layout: Layout, base: str) -> tuple[Attachment, ...]:
    """Return the files linked between the title and a little below the body."""
    found: dict[str, Attachment] = {}
    for element, _ in _anchors(layout, layout.head.start, layout.foot.start + _BELOW):
        href = element.get("href")
        match = _FILE.search(href) if href else None
        url = resolve(href, base) if href and match else None
        if url and match:
            name = text_of(element) or unquote(urlsplit(url).path.rsplit("/", 1)[-1])
            found.setdefault(url, Attachment(url, name, match[1].lower()))
    return tuple(found.values())


def related_links(layout: Layout, base: str) -> tuple[Link, ...]:
    """Return the dated links below the body: the portal's list of further notices."""
    start = layout.foot.start
    anchors = _anchors(layout, start, start + _RELATED_WITHIN)
    related: dict[str, Link] = {}
    for (element, line), following in zip_longest(anchors, anchors[1:]):
        end = min(following[1] if following else line + _CARD, line + _CARD)
        published = _date_of(layout.texts[line : max(end, line + 1)])
        href = element.get("href") if published else None
        title = _title_of(element, layout.texts[line]) if href else ""
        url = resolve(href, base) if href and len(title) >= _SHORTEST_TITLE else None
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


def text_of(element: etree._Element) -> str:
    return collapse("".join(map(str, element.itertext())))


def _title_of(element: etree._Element, line: str) -> str:
    """The text of a link, or its `title` attribute where that is longer; a link round a whole
    card has the title in its first line."""
    text, full = text_of(element), collapse(element.get("title") or "")
    if not text.startswith(line):
        text = line if line in text else text
    elif len(text) > len(line):
        text = line
    cut = text.rstrip(".…")
    return full if full and (not text or (cut != text and full.startswith(cut))) else text
