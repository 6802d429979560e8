"""What a listing calls itself, and the headings over several lists on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from types import MappingProxyType

from lxml import etree

from cqcrawler.models import Link
from cqcrawler.reading.labels.crumbs import read_path
from cqcrawler.reading.listing.row import Row
from cqcrawler.reading.listing.row_text import Piece, is_read_more, pieces, visible_text
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.head import Metadata
from cqcrawler.reading.title.candidate import OWNERS
from cqcrawler.reading.title.from_head import title_parts
from cqcrawler.text.normalize import collapse, count_han
from cqcrawler.text.sections import section_kind
from cqcrawler.text.traditional import fold
from cqcrawler.text.words import word_list

_NAMES = frozenset(word_list("meta_section"))
_PAGE_NUMBER = re.compile(r"[\s_-]*第\s?\d+\s?页.*")
# In characters: 新闻中心 is a section, 投资促进中心 an office.
_LONGEST_OF_TWO = 4
# In characters, pieces of text, elements above the first row, and lines.
_LONGEST, _MOST_PIECES, _WITHIN, _MOST_LINES = 12, 12, 3, 300


def section_name(document: Document, texts: Sequence[str], heading: str = "") -> str:
    """Return the name of the section that a page lists, an empty string if it gives none.

    It is that of the path to the page, of a meta tag, or of its title if a line of the page says
    the same: the first that tells a kind of section if one does. Or else it is the `heading` over
    all of its rows, or in its title, if that tells a kind. `texts` are the lines of the page
    without its rows.
    """
    titles = list(_title(document))
    stated = [*_path(texts), *_metas(document), *(name for name in titles if name in texts)]
    weak = [heading, *titles]
    told = (name for name in (*stated, *weak) if section_kind(name))
    return next(told, "") or next(iter(stated), "")


def list_headings(rows: Sequence[Row]) -> Mapping[str, str]:
    """Return the headings over the lists of a page that tell a kind of section, by the addresses
    of the rows below each."""
    found: dict[str, str] = {}
    for _, members in groupby(rows, key=lambda row: row.record.getparent()):
        below = list(members)
        heading = _heading(below[0].record)
        if section_kind(heading):
            found |= {row.link.url: heading for row in below if row.link.url not in found}
    return MappingProxyType(found)


def only_heading(headings: Mapping[str, str], rows: Sequence[Link]) -> str:
    """Return the heading that stands over all rows of a page, an empty string if none does."""
    shown = {headings.get(row.url, "") for row in rows}
    return shown.pop() if len(shown) == 1 else ""


def _heading(first: etree._Element) -> str:
    """The name right before a row, or before what holds it, if it is one name and no more."""
    for element in (first, *islice(first.iterancestors(), _WITHIN)):
        if element.tag == "body":
            return ""
        for before in element.itersiblings(preceding=True):
            said = [piece for piece in islice(pieces(before), _MOST_PIECES) if _says(piece)]
            if said:
                return _one_name(before, said)
    return ""


def _says(piece: Piece) -> bool:
    return count_han(piece.text) > 0 and not is_read_more(piece.text.strip())


def _one_name(element: etree._Element, said: Sequence[Piece]) -> str:
    """What pieces of text say together if they are cut out of one name; tabs are several."""
    in_heading = all(piece.heading and piece.line == said[0].line for piece in said)
    links = sum(not is_read_more(visible_text(link, _MOST_PIECES)) for link in element.iter("a"))
    name = collapse("".join(piece.text for piece in said))
    is_one = len(said) == 1 or (in_heading and links <= 1)
    return name if is_one and len(name) <= _LONGEST else ""


def _path(texts: Sequence[str]) -> tuple[str, ...]:
    lines = texts[:_MOST_LINES]
    paths = (read_path(lines, first, len(lines)) for first in range(len(lines)))
    path = next(filter(None, paths), None)
    return path.names if path else ()


def _metas(document: Document) -> Iterator[str]:
    for meta in document.root.iter("meta"):
        name = meta.get("name") or meta.get("property") or ""
        content = collapse(meta.get("content") or "")
        if name.lower() in _NAMES and 0 < len(content) <= _LONGEST:
            yield content


def _title(document: Document) -> Iterator[str]:
    title = next(document.root.iter("title"), None)
    for part in title_parts(Metadata(collapse(title.text or ""))) if title is not None else ():
        name = _PAGE_NUMBER.sub("", part)
        is_owner = len(name) > _LONGEST_OF_TWO and fold(name).endswith(OWNERS)
        if 0 < len(name) <= _LONGEST and not is_owner:
            yield name
