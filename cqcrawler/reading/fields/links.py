"""The links of a notice: files that it offers, notices that it points to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from urllib.parse import unquote, urlsplit

from cqcrawler.models import Attachment, Link
from cqcrawler.reading.addresses import resolve
from cqcrawler.reading.layout import Layout
from cqcrawler.reading.page.link_lines import file_anchors, file_suffix
from cqcrawler.reading.page.tokens import read_attributes
from cqcrawler.text.dates import find_dates, first_date

# In lines: attachments are often listed a little below the last line of the text.
_BELOW = 24
_SHORTEST_TITLE = 8
# In lines: a list of related notices stands close below the text; further down are other columns.
_RELATED_WITHIN = 80
_DATE_LINE = 24
# In lines: a card of a related notice has a title, a summary and a date.
_CARD = 4


def attachments(layouts: Iterable[Layout], base: str) -> tuple[Attachment, ...]:
    """Return the files linked between the title and a little below the body."""
    found: dict[str, Attachment] = {}
    for layout in layouts:
        page = layout.page
        for anchor in file_anchors(page, layout.head.start, layout.foot.start + _BELOW):
            stated, name = read_attributes(page.tag_of(anchor)), page.text_of(anchor)
            href = stated.get("href", "")
            kind = file_suffix(href, stated.get("download", ""), name)
            url = resolve(href, base) if kind else None
            if url and kind:
                found.setdefault(url, Attachment(url, name or _file_name(url), kind))
    return tuple(found.values())


def _file_name(url: str) -> str:
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1])


def related_links(layout: Layout, base: str) -> tuple[Link, ...]:
    """Return the dated links below the body: the portal's list of further notices."""
    start = layout.foot.start
    if not first_date("\n".join(layout.texts[start : start + _RELATED_WITHIN + _CARD])):
        return ()
    related: dict[str, Link] = {}
    anchors = layout.page.anchors_in(start, start + _RELATED_WITHIN)
    for anchor, following in zip_longest(anchors, anchors[1:]):
        line = anchor[1]
        end = min(following[1] if following else line + _CARD, line + _CARD)
        published = _date_of(layout.texts[line : max(end, line + 1)])
        if not published:
            continue
        stated = read_attributes(layout.page.tag_of(anchor))
        text = layout.page.text_of(anchor)
        title = _title_of(text, stated.get("title", ""), layout.texts[line])
        href = stated.get("href") if len(title) >= _SHORTEST_TITLE else None
        url = resolve(href, base) if href else None
        if url:
            related.setdefault(url, Link(url, title, published))
    return tuple(related.values())


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
