"""What answers a search best: BM25F over title, first paragraph and text.

The formula is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009), 3.6: how often a term stands in each field is weighed by the field and levelled by
the length of the text, then saturated, and a rare term counts for more than a common one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from cqcrawler.archive.search.query import Alternatives, Query
from cqcrawler.text.grams import fold

# A word of the title says what a notice is about, one of the first paragraph nearly so.
_TITLE, _LEAD, _REST = 5.0, 2.0, 1.0
# The usual values: of how soon more of the same adds no more, and how far long texts are levelled.
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Ranked:
    """A text that matches: its id and, for each of what is wanted, how much of it stands there."""

    id: int
    length: int
    frequencies: tuple[float, ...]


def weigh(article_id: int, title: str, body: str, query: Query) -> Ranked:
    """Return how often, weighed by field, each of what is wanted stands in a text."""
    lead, _, rest = fold(body).partition("\n")
    fields = ((fold(title), _TITLE), (lead, _LEAD), (rest, _REST))
    frequencies = tuple(
        sum(weight * _count(terms, text) for text, weight in fields) for terms in query.wanted
    )
    return Ranked(article_id, len(body), frequencies)


def best_first(texts: Sequence[Ranked], known: Sequence[int], total: int) -> list[int]:
    """Return the ids of texts, the most relevant first, and as they came where they are alike.

    `known` is, for each of what is wanted, how many of all `total` texts have it.
    """
    average = sum(text.length for text in texts) / len(texts) if texts else 1.0
    rarity = [log(1 + max(0.0, total - count + 0.5) / (count + 0.5)) for count in known]

    def score(text: Ranked) -> float:
        level = 1 - _B + _B * text.length / max(average, 1.0)
        return sum(
            rare * found / (_K1 * level + found)
            for rare, found in zip(rarity, text.frequencies, strict=True)
        )

    return [text.id for text in sorted(texts, key=score, reverse=True)]


def _count(terms: Alternatives, text: str) -> int:
    return sum(len(term.pattern.findall(text)) for term in terms)
