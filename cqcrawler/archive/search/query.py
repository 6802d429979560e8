"""What a search typed by a person means; nothing typed is a syntax error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from cqcrawler.text.grams import LETTER, fold, required_tokens

# Keyboards for Chinese write “…”.
_QUOTES = str.maketrans("“”＂", '"""')
_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase, folded, as a pattern for folded text."""

    text: str
    pattern: re.Pattern[str]
    tokens: tuple[str, ...]

    @classmethod
    def of(cls, text: str, *, substring: bool) -> Self:
        """Make a term; unless `substring`, letters and digits at its ends are whole words."""
        folded = fold(" ".join(text.split()))
        before = f"(?<!{LETTER})" if not substring and re.match(LETTER, folded) else ""
        after = f"(?!{LETTER})" if not substring and re.search(rf"{LETTER}\Z", folded) else ""
        pattern = re.compile(before + re.escape(folded) + after)
        return cls(folded, pattern, tuple(required_tokens(folded, whole_words=not substring)))


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted` and none of `unwanted`, each in title or body; both empty means any."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def tokens(self) -> list[str]:
        """The index tokens that every match has."""
        return list(dict.fromkeys(token for term in self.wanted for token in term.tokens))

    def matches(self, title: str, body: str) -> bool:
        """Whether a text, not yet folded, is meant."""
        texts = (fold(title), fold(body))
        return all(_occurs(term, texts) for term in self.wanted) and not any(
            _occurs(term, texts) for term in self.unwanted
        )

    def matches_title(self, title: str) -> bool:
        """Whether every wanted term stands in the title."""
        return all(_occurs(term, (fold(title),)) for term in self.wanted)


def parse(typed: str, *, substring: bool = False) -> Query:
    """Read terms, `"phrases"` and `-exclusions` as a person types them."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for part in _PART.finditer(typed.translate(_QUOTES)):
        text = part["word"] if part["phrase"] is None else part["phrase"]
        # What folds to nothing, an empty phrase or a lone minus, asks for nothing.
        if not fold(text).strip() or part[0] == "-":
            continue
        terms = unwanted if part["minus"] else wanted
        terms.append(Term.of(text, substring=substring))
    return Query(tuple(wanted), tuple(unwanted))


def _occurs(term: Term, texts: tuple[str, ...]) -> bool:
    return any(term.pattern.search(text) for text in texts)
