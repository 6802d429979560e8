"""The text of an article with the words that state something, and those searched for, marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from cqcrawler.archive.articles.around import Statement

Spans = Sequence[tuple[int, int]]


def anchor(statement: Statement) -> str:
    """Return the id of the words of a statement on the page of its article."""
    return f"{statement.kind}-{statement.number}"


def annotated(text: str, statements: Sequence[Statement], marks: Spans) -> list[Markup]:
    """Return the paragraphs of a text as HTML: the words of each statement have its id, numbers a
    class of their kind, and what was searched for stands in `<mark>`."""
    ends = [place for span in marks for place in span]
    for statement in statements:
        ends += [statement.start, statement.stop]
    breaks = [place for place, character in enumerate(text) if character == "\n"]
    cuts = sorted({0, len(text), *ends, *breaks, *(place + 1 for place in breaks)})
    paragraphs = [Markup("")]
    for start, stop in pairwise(cuts):
        if text[start:stop] == "\n":
            paragraphs.append(Markup(""))
        else:
            paragraphs[-1] += _piece(text[start:stop], start, statements, marks)
    return paragraphs if text else []


def _piece(words: str, start: int, statements: Sequence[Statement], marks: Spans) -> Markup:
    """Return words that nothing begins or ends within."""
    shown = escape(words)
    if any(first <= start < last for first, last in marks):
        shown = Markup("<mark>{}</mark>").format(shown)
    for statement in _at(start, statements):
        begins = Markup(' id="{}"').format(anchor(statement)) if statement.start == start else ""
        shown = Markup('<span class="said {}"{}>{}</span>').format(statement.kind, begins, shown)
    return shown


def _at(start: int, statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the statements whose words are at a place, those with the fewest words first."""
    here = (one for one in statements if one.start <= start < one.stop)
    return iter(sorted(here, key=lambda one: one.stop - one.start))
