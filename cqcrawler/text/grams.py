"""The words that full-text search knows: 1- to 4-grams of Chinese, whole Latin words, numbers.

Chinese has no spaces, and two-character words are the commonest: an index of short grams finds
them with a bare `MATCH` in any SQLite, where word lists and trigrams miss some or all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

# Goes up whenever `tokens` gives something else for some text: the index is then rebuilt.
GRAM_VERSION = 1

LONGEST_GRAM = 4

# The ideographs (with 々 and 〇) of the Basic Multilingual Plane, then those beyond it.
_IDEOGRAPHS = "々〇㐀-䶿一-鿿豈-\ufaff\U00020000-\U000323af"
# One letter or digit that is no ideograph.
LETTER = rf"[^\W_{_IDEOGRAPHS}]"

_RUN = re.compile(r"[^\W_]+")
# A letter-and-digit word counts as one character of its run, so that 5G基站 and A股 have grams.
_UNIT = re.compile(rf"[{_IDEOGRAPHS}]|{LETTER}+")
_ONLY_IDEOGRAPHS = re.compile(rf"[{_IDEOGRAPHS}]+")
_OUTER_LETTERS = re.compile(rf"\A{LETTER}+|{LETTER}+\Z")

# What keeps most Chinese text from being in normal form already.
_COMMON_WIDE = {wide: unicodedata.normalize("NFKC", wide) for wide in "，：；（）！？％～…\u3000"}


def fold(text: str) -> str:
    """Return `text` without differences of width and case (Unicode NFKC, then case folding)."""
    # Normalising is some five times as fast where it finds nothing to do.
    for wide, narrow in _COMMON_WIDE.items():
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> str:
    """Return the distinct tokens of `text`, folded and joined by spaces."""
    runs = _RUN.findall(fold(text))
    return " ".join(dict.fromkeys(chain.from_iterable(map(_grams, runs))))


def required_tokens(term: str, *, whole_words: bool) -> list[str]:
    """Return tokens that every text with `term` in it has; none where grams cannot tell.

    `term` is folded. Without `whole_words`, letters and digits at either end of it may be part
    of a longer word in the text, and require nothing.
    """
    inner = term if whole_words else _OUTER_LETTERS.sub(" ", term)
    longest = map(_longest_grams, _RUN.findall(inner))
    return list(dict.fromkeys(chain.from_iterable(longest)))


def answers_exactly(term: str) -> bool:
    """Whether the tokens of a folded term say of every text whether the term stands in it: a term
    of ideographs that is no longer than the longest gram is a token itself."""
    return len(term) <= LONGEST_GRAM and bool(_ONLY_IDEOGRAPHS.fullmatch(term))


def _grams(run: str) -> Iterator[str]:
    if _ONLY_IDEOGRAPHS.fullmatch(run):  # Nearly all are, and slices are quick.
        for size in range(1, LONGEST_GRAM + 1):
            for start in range(len(run) - size + 1):
                yield run[start : start + size]
        return
    units = _UNIT.findall(run)
    for size in range(1, LONGEST_GRAM + 1):
        yield from _grams_of_size(units, size)


def _longest_grams(run: str) -> Iterator[str]:
    units = _UNIT.findall(run)
    return _grams_of_size(units, min(len(units), LONGEST_GRAM))


def _grams_of_size(units: list[str], size: int) -> Iterator[str]:
    return map("".join, zip(*(units[start:] for start in range(size)), strict=False))
