"""Bodies that the visible lines of a page do not show.

Some pages hide the text until a script shows it, or hand it to a script in an element or a string
that has no lines. Where the visible lines hold next to no text, the page is read again in each
form that shows more of it, by the same rules; what reads as a body must stand under the title
that readers see. Ordinary pages pay nothing for this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import NamedTuple

from cqcrawler.reading.fallback.cms_markers import is_marked, marked_body
from cqcrawler.reading.fallback.hidden_elements import show_hidden
from cqcrawler.reading.fallback.named_texts import stated_page
from cqcrawler.reading.fallback.unpack import unpack
from cqcrawler.reading.layout import Layout, read_layout
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.title.candidate import WEAK
from cqcrawler.text.normalize import count_han
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.words import any_word

# In characters: a visible body of this length is the text, whatever else the page holds back; one
# that may as well be the site's own introduction needs more.
_SHORT, _DOUBTFUL = 150, 1500
# Hidden lines are mostly dialogues and tips. A hidden text has at least this many characters, at
# most this many between the title and it, and so many times the characters of the visible lines
# that read like a body.
_LEAST = 30
_NEAR = 300
_TIMES = 4
# What stands below one of these is no notice: the foot of a page, the heading of a dialogue.
_OTHER = re.compile(f"{any_word('page_foot')}|{any_word('dialogue')}$")
_INVISIBLE = re.compile(r"visibility\s{0,3}:\s{0,3}hidden")
# Where names rather than places tell what a text is.
_STATED = ("textarea", "script")


class HeldBack(NamedTuple):
    """A page in the form that shows its body: how it was hidden, and how it reads then."""

    origin: str
    document: Document
    layout: Layout


def find_held_back(document: Document, visible: Layout) -> HeldBack | None:
    """Return the page in the form that shows the longest text, or None, mostly at no cost."""
    length = sum(map(len, visible.paragraphs))
    doubtful = _is_doubtful(visible)
    if length >= (_DOUBTFUL if doubtful else _SHORT):
        return None
    prose = sum(map(len, filter(reads_like_prose, visible.paragraphs)))
    least = max(_LEAST, length if doubtful else _TIMES * prose + length - prose)
    best, best_mass = None, least - 1
    for origin, form in _forms(document, visible, least):
        layout = read_layout(form)
        mass = _mass(layout)
        if mass > best_mass and (origin in _STATED or _follows_title(layout, visible)):
            best, best_mass = HeldBack(origin, form, layout), mass
    return best if best or visible.paragraphs else _marked(document, visible)


def _marked(document: Document, visible: Layout) -> HeldBack | None:
    """The element that a page marks as its text and makes invisible, whatever its lines say."""
    tags = enumerate(visible.page.tags)
    shown = frozenset(at for at, tag in tags if tag and _INVISIBLE.search(tag) and is_marked(tag))
    if not shown:
        return None
    form = replace(document, shown=shown)
    layout = read_layout(form)
    layout = layout.with_body(marked_body(form, layout) or range(0))
    return HeldBack("hidden element", form, layout) if layout.paragraphs else None


def _is_doubtful(visible: Layout) -> bool:
    """Whether a body may be what the site says of itself: the title that the head of the page
    states stands nowhere above it, or far above."""
    title = visible.title
    if title is None or title.weight <= WEAK:
        return True
    return sum(map(len, visible.texts[title.end : visible.body.start])) > _NEAR


def _forms(document: Document, visible: Layout, least: int) -> Iterator[tuple[str, Document]]:
    """The forms that may show a text of `least` Chinese characters, and where they have it from."""
    text = "".join(visible.page.pieces)
    any_hidden = count_han(unescape(text)) - count_han("".join(visible.texts)) >= least
    if any_hidden and (shown := show_hidden(document, least)).shown:
        yield "hidden element", shown
    unpacked = replace(document, text=unpack(document.text, least))
    if unpacked.text != document.text:
        if (shown := show_hidden(unpacked, least)).shown:
            yield "template", shown
        yield "template", unpacked
    for origin in _STATED:
        if stated := stated_page(document.text, visible.metadata.title_tag, origin, least):
            yield origin, replace(document, text=stated)


def _follows_title(layout: Layout, visible: Layout) -> bool:
    """Whether a hidden text is that of the notice: below its title, above the page's foot."""
    title = layout.title
    if title is None:
        return visible.title is None
    known = visible.title is None or title.text == visible.title.text
    first = next(i for i in layout.body if reads_like_prose(layout.texts[i]))
    between = layout.texts[title.end : first]
    return (
        (known or title.text in layout.metadata.title_tag)
        and sum(map(len, between)) <= _NEAR
        and not any(map(_OTHER.search, between))
    )


def _mass(layout: Layout) -> int:
    """The Chinese characters in the sentences of a body."""
    return count_han("".join(filter(reads_like_prose, layout.paragraphs)))
