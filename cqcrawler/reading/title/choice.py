"""Which line is the title: the one with the best support, close above the text."""

from __future__ import annotations

from collections.abc import Sequence

from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.title.candidate import (
    ABOVE,
    CLOSE,
    WEAK,
    TitleCandidate,
    may_be_title,
    whole_title,
)

# A candidate this many characters above the body counts half. Each link between them adds so many
# characters: above the menus of a page stands the name of its site.
_GAP = 200.0
_LINK_BETWEEN = 30


def choose_title(
    page: Lines, candidates: Sequence[TitleCandidate], first: int | None
) -> TitleCandidate | None:
    """Return the candidate with the best support that stands closest above the line `first`.

    Without any support it is the next line above that looks like one.
    """
    texts = page.texts
    best, best_score = None, 0.0
    gap, top = 0, first
    for candidate in reversed(candidates):
        score = candidate.weight
        if top is not None:
            if candidate.start >= top:
                continue
            between = range(candidate.end, top)
            gap += sum(len(texts[i]) + _LINK_BETWEEN * page.is_link(i) for i in between)
            top = min(top, candidate.end)
            score /= 1 + gap / _GAP
        if score and score >= best_score:
            best, best_score = candidate, score
    if best and best.weight > WEAK:
        return _first_copy(candidates, best)
    return _line_above(page, first or 0) or best


def _line_above(page: Lines, first: int) -> TitleCandidate | None:
    for i in range(first - 1, max(first - CLOSE, 0) - 1, -1):
        if i not in page.label_lines and may_be_title(page, i):
            start, end = whole_title(page, i)
            text = " ".join(page.texts[start:end])
            return TitleCandidate(text, start, end, 0.0, "above text")
    return None


def _first_copy(candidates: Sequence[TitleCandidate], best: TitleCandidate) -> TitleCandidate:
    """Where a title is printed twice, tags and labels stand between the copies."""
    copies = (h for h in candidates if h.text == best.text and 0 <= best.start - h.end < ABOVE)
    return next(copies, best)
