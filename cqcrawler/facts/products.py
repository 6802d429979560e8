"""What an undertaking is to make, as its names say it: 负极材料 of 碳源湘阴负极材料生产基地."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from enum import IntEnum
from functools import lru_cache

from cqcrawler.facts.firms import firm_stem
from cqcrawler.facts.project_names import core_of, is_generic, likeness
from cqcrawler.facts.sentences import narrowed
from cqcrawler.facts.shingles import letters_of
from cqcrawler.facts.vocabulary import any_of


class Naming(IntEnum):
    """How the names of two undertakings stand to each other, from least to most alike.

    UNLIKE have nothing in common; of DIFFERING ones each says something that the other does not;
    BARE is a name of firm, place and noun only; of LIKE ones the longer has all of the shorter.
    """

    UNLIKE = 0
    DIFFERING = 1
    BARE = 2
    LIKE = 3
    EQUAL = 4


_FORM = re.compile(rf"{any_of('firms', 'legal_form')}+")
_BEGIN = re.compile("[一县区市州旗省]")
# Of the pairs of letters of the shorter name.
_ALIKE = 0.5
# In letters: what is shorter is no name of a product.
_SHORTEST = 2
_MOST_PRODUCTS = 6


@lru_cache(maxsize=1024)
def products_of(
    names: tuple[str, ...], firms: tuple[str, ...], places: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what names say beside firms, places and nouns, each once, without those that others
    of them hold; `places` are short names of units."""
    found = dict.fromkeys(_product(core_of(narrowed(name)), firms, places) for name in names)
    products = sorted(filter(None, found), key=len, reverse=True)
    kept: list[str] = []
    for product in products:
        if not any(_holds(longer, product) for longer in kept):
            kept.append(product)
    return tuple(kept[:_MOST_PRODUCTS])


def _product(core: str, firms: Sequence[str], places: Iterable[str]) -> str:
    """Return what is left of a core; nothing where that is generic, or part of the firm's name."""
    whole = [letters_of(narrowed(firm)) for firm in firms]
    for place in places:
        before, found, after = core.partition(place)
        core = (
            before + _BEGIN.sub("", after, count=1)
            if found and _BEGIN.match(after)
            else (before + after)
        )
    is_firm = False
    for firm, letters in zip(firms, whole, strict=True):
        for form in (letters, firm_stem(firm)):
            if form and form in core:
                core, is_firm = core.replace(form, "", 1), True
                break
    core = core.removeprefix("一")
    if is_firm:
        if match := _FORM.match(core):
            core = core[match.end() :]
        if any(core in letters for letters in whole):
            return ""
    return "" if len(core) < _SHORTEST or is_generic(core) else core


def naming(ours: Collection[str], theirs: Collection[str]) -> Naming:
    """Return how the products of two undertakings stand to each other. Symmetric."""
    if not (ours and theirs):
        return Naming.BARE
    pairs = [(one, other) for one in ours for other in theirs]
    if any(one == other for one, other in pairs):
        return Naming.EQUAL
    if any(_holds(one, other) or _holds(other, one) for one, other in pairs):
        return Naming.LIKE
    if max(likeness(one, other) for one, other in pairs) >= _ALIKE:
        return Naming.DIFFERING
    return Naming.UNLIKE


def _holds(longer: str, shorter: str) -> bool:
    """Whether a name has all letters of another, in order: 车规级压力传感器 those of
    车规级传感器."""
    if len(shorter) > len(longer):
        return False
    if shorter in longer:
        return True
    letters = iter(longer)
    return len(shorter) > _SHORTEST and all(letter in letters for letter in shorter)
