"""Elements that a page hides by style until its script shows them."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.elements import hides
from cqcrawler.reading.page.lines import ALL, read_lines
from cqcrawler.text.prose import reads_like_prose


def show_hidden(document: Document, least: int) -> Document:
    """Return a page with the hidden element shown that holds the most sentences, `least` characters
    of them, and with those around it; what is hidden inside of it, or elsewhere, stays so."""
    page = read_lines(document.text, ALL)
    masses = (
        len(text) if reads_like_prose(text) and not page.is_link(i) else 0
        for i, text in enumerate(page.texts)
    )
    sums = [0, *accumulate(masses)]
    held = {
        at: (sums[lines.stop] - sums[lines.start], -len(lines), lines)
        for at, lines in page.elements_where(hides)
    }
    best = max(held.values(), key=lambda item: item[:2], default=None)
    if not best or best[0] < least:
        return document
    around = (at for at, (*_, lines) in held.items() if _holds(lines, best[2]))
    return replace(document, shown=frozenset(around))


def _holds(lines: range, others: range) -> bool:
    return lines.start <= others.start and others.stop <= lines.stop
