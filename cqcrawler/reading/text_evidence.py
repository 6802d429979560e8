"""Where a text was found, and how sure that makes it.

What was measured: of the texts that sentences or the short lines below the labels tell, 99 in 100
are right (bigram F1 .98 and more). Most of the others are short beside what stands below them,
begin right below a line that may be but a part of the title, or lack contacts that stand in their
column.
"""

from __future__ import annotations

from collections.abc import Iterable

from cqcrawler.models import RemovedParagraph
from cqcrawler.reading.body.flow import LINKS, TEASER
from cqcrawler.reading.body.teasers import find_teasers
from cqcrawler.reading.layout import Layout
from cqcrawler.reading.page.evidence import Found, found
from cqcrawler.text.boilerplate import BY_CLAIMS, match_either
from cqcrawler.text.prose import length_of_prose

PROSE, BRIEF = "sentences", "short text"
GIVEN = "portal file"
SHOWN = frozenset((PROSE, BRIEF))
_PROSE, _BRIEF = 0.95, 0.93
_GIVEN = 0.98
_RIGHT_BELOW_DOUBTFUL_TITLE = _WITHOUT_CONTACTS = 0.8
_LITTLE_OF_PAGE = 0.6
# A title is sure from here on.
_SURE = 0.9
# In characters: a longer text is the notice's, whatever else is on the page.
_SHORT = 300
_CONTACT = "field"
# In characters: so much shows a reader of the archive which line is meant.
_OPENING = 40


def find_text(
    layout: Layout, title: Found | None, left_out: Iterable[RemovedParagraph]
) -> Found | None:
    """Return the evidence for the text of a layout, or None where it has none; `left_out` are the
    lines of the column that are not in it."""
    if not layout.paragraphs:
        return None
    if layout.is_given:
        return found("", GIVEN, layout.paragraphs[0][:_OPENING], _GIVEN)
    confidence = _BRIEF if layout.is_brief else _PROSE
    is_sure = title is not None and title.evidence.confidence >= _SURE
    if not is_sure and _above(layout) == 0:
        confidence = _RIGHT_BELOW_DOUBTFUL_TITLE
    if any(line.rule == _CONTACT for line in left_out if line.position > _above(layout)):
        confidence = _WITHOUT_CONTACTS
    if _is_little_of_page(layout):
        confidence = _LITTLE_OF_PAGE
    origin = BRIEF if layout.is_brief else PROSE
    return found("", origin, layout.paragraphs[0][:_OPENING], confidence)


def _above(layout: Layout) -> int:
    """How many lines of the column stand above the text."""
    return layout.body.start - layout.title.end if layout.title else 0


def _is_little_of_page(layout: Layout) -> bool:
    """Whether a text is short, and more sentences stand below it and beside it than in it, but for
    those of other notices and of the site."""
    page, text, start = layout.page, layout.text, layout.body.start
    if sum(len(page.texts[i]) for i in text.lines) > _SHORT:
        return False
    others = {i for i, rule in text.left_out.items() if rule in (LINKS, TEASER)}
    no_text = others.union(find_teasers(page), page.label_lines, text.lines)
    below = [i for i in page.plain if i >= start and i not in no_text]
    rest = (page.texts[i] for i in below if match_either(page.texts[i]) in (None, BY_CLAIMS))
    return length_of_prose(rest) > length_of_prose(page.texts[i] for i in text.lines)
