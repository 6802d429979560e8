"""What of an article, as it was read, is doubtful: its title, its date or its text, and why.

A person looks at these first. What only disagrees with the page is no doubt: a meta tag that was
rewritten when its site moved says nothing against the date that readers see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cqcrawler.models import Evidence

# Of the fields that are read with this confidence or more, ninety-nine in a hundred are right.
CERTAIN = 0.9

# How the warnings about each field begin.
_ABOUT = {
    "published": re.compile("no publication date|the date .* is to come|.* without a year"),
    "title": re.compile("no title|the title"),
    "body": re.compile(
        "no body|the page does not show its body|the page is empty|the page breaks off"
        "|only the first|.*could not be decoded|sentences in the column"
    ),
}
# A text without evidence is none, which a warning says, or was read before there was any.
_ALWAYS_EVIDENT = frozenset({"published", "title"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to doubt a field: `published`, `title` or `body`.

    `confidence` is that of the field's evidence, None where there is none.
    """

    field: str
    confidence: float | None
    why: str


def find_doubts(provenance: Mapping[str, Evidence], warnings: Sequence[str]) -> list[Doubt]:
    """Return what is doubtful of an article with this evidence and these warnings."""
    return [
        Doubt(field, provenance[field].confidence if field in provenance else None, why)
        for field in _ABOUT
        for why in _reasons(field, provenance.get(field), warnings)
    ]


def _reasons(field: str, evidence: Evidence | None, warnings: Sequence[str]) -> Iterator[str]:
    said = [warning for warning in warnings if _ABOUT[field].match(warning)]
    yield from said
    if evidence and evidence.confidence < CERTAIN:
        yield f"not sure: {evidence.origin}"
    elif evidence is None and field in _ALWAYS_EVIDENT and not said:
        yield "nothing shows where it comes from"
