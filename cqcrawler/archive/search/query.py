"""What a search typed by a person means; nothing typed is a syntax error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from cqcrawler.text.grams import LETTER, answers_exactly, fold, required_tokens

# Keyboards for Chinese write “…” and ｜.
_TYPED = str.maketrans("“”＂｜", '"""|')
_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<or>\|)|(?P<word>[^\s"|]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase, folded, as a pattern for folded text.

    Every text with it has all its `tokens`; `is_exact` where no other text has them.
    """

    text: str
    pattern: re.Pattern[str]
    tokens: tuple[str, ...]
    is_exact: bool

    @classmethod
    def of(cls, text: str, *, substring: bool) -> Self:
        """Make a term; unless `substring`, letters and digits at its ends are whole words."""
        folded = fold(" ".join(text.split()))
        before = f"(?<!{LETTER})" if not substring and re.match(LETTER, folded) else ""
        after = f"(?!{LETTER})" if not substring and re.search(rf"{LETTER}\Z", folded) else ""
        pattern = re.compile(before + re.escape(folded) + after)
        tokens = tuple(required_tokens(folded, whole_words=not substring))
        return cls(folded, pattern, tokens, answers_exactly(folded))


# Terms of which one is enough.
Alternatives = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """Of each of `wanted` one term at least, and none of `unwanted`, each in title or body; both
    empty means any."""

    wanted: tuple[Alternatives, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def terms(self) -> list[Term]:
        """Every term that may be found, in the order typed."""
        return [term for alternatives in self.wanted for term in alternatives]

    def matches(self, title: str, body: str) -> bool:
        """Whether a text, not yet folded, is meant."""
        texts = (fold(title), fold(body))
        return self._has_wanted(texts) and not any(_occurs(term, texts) for term in self.unwanted)

    def matches_title(self, title: str) -> bool:
        """Whether what is wanted stands in the title."""
        return self._has_wanted((fold(title),))

    def _has_wanted(self, texts: tuple[str, ...]) -> bool:
        return all(any(_occurs(term, texts) for term in terms) for terms in self.wanted)


def parse(typed: str, *, substring: bool = False) -> Query:
    """Read terms, `"phrases"`, `-exclusions` and `OR` or `|` between terms as a person types them.

    `OR` binds the terms beside it, and before what is simply side by side. At an end or before
    an exclusion it is nothing.
    """
    wanted: list[list[Term]] = []
    unwanted: list[Term] = []
    joins = False
    for part in _parts(typed):
        if part is None:
            joins = bool(wanted)
            continue
        text, is_unwanted = part
        term = Term.of(text, substring=substring)
        if is_unwanted:
            unwanted.append(term)
        elif joins:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        joins = False
    return Query(tuple(map(tuple, wanted)), tuple(unwanted))


def _parts(typed: str) -> Iterator[tuple[str, bool] | None]:
    """Yield each term as typed and whether it is excluded; None for `OR`."""
    for part in _PART.finditer(typed.translate(_TYPED)):
        if part["or"] or part[0] == "OR":
            yield None
            continue
        text = part["word"] if part["phrase"] is None else part["phrase"]
        # What folds to nothing, an empty phrase or a lone minus, asks for nothing.
        if fold(text).strip() and part[0] != "-":
            yield text, bool(part["minus"])


def _occurs(term: Term, texts: tuple[str, ...]) -> bool:
    return any(term.pattern.search(text) for text in texts)
