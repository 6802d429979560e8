"""What of a firm's name stays the same however a notice shortens it."""

from __future__ import annotations

import re
from functools import lru_cache

from cqcrawler.facts.sentences import narrowed
from cqcrawler.facts.shingles import letters_of
from cqcrawler.facts.vocabulary import any_of
from cqcrawler.text.gazetteer import by_name

_BRACKETS = re.compile(r"\([^()]*\)")
_FORM = re.compile(rf"{any_of('firms', 'legal_form')}\Z")
_TRADE = re.compile(rf"{any_of('firms', 'trade')}\Z")
# In letters: a stem of one is no name.
_SHORTEST_STEM = 2
_LONGEST_PLACE = 6


@lru_cache(maxsize=4096)
def firm_stem(name: str) -> str:
    """Return what short forms of a firm's name keep: 博远 of 重庆博远储能科技有限公司.

    Places before it, its legal form and its trade go, as long as two letters are left.
    """
    stem = letters_of(_BRACKETS.sub("", narrowed(name)))
    stem = _shortened(stem, _FORM)
    stem = _without_places(stem)
    return _shortened(stem, _TRADE)


def _shortened(stem: str, ending: re.Pattern[str]) -> str:
    while (match := ending.search(stem)) and match.start() >= _SHORTEST_STEM:
        stem = stem[: match.start()]
    return stem


def _without_places(stem: str) -> str:
    for length in range(min(_LONGEST_PLACE, len(stem) - _SHORTEST_STEM), 1, -1):
        if by_name(stem[:length]):
            return _without_places(stem[length:])
    return stem
