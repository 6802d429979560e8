"""Whether two notices tell of one undertaking: its signing, its start, its production.

Names are shortened differently in each notice, so firm, place and money decide with them. When in
doubt there are two, and a pair for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from cqcrawler.facts.firms import firm_stem
from cqcrawler.facts.occasions import Unit, is_within
from cqcrawler.facts.products import Naming, naming, products_of
from cqcrawler.facts.project_names import core_of
from cqcrawler.facts.projects import Project
from cqcrawler.facts.sentences import narrowed
from cqcrawler.text.gazetteer import by_code


class Likeness(StrEnum):
    """How one attribute of two undertakings stands to the other's."""

    SAME = "same"
    UNKNOWN = "unknown"
    OTHER = "other"


class Match(StrEnum):
    """Whether two are one undertaking; POSSIBLE is for a person to say."""

    SAME = "same"
    POSSIBLE = "possible"
    OTHER = "other"


class Money(NamedTuple):
    """What an undertaking, or a phase of it, is to cost: `basis` as of a fact."""

    phase: str
    value: float
    unit: str
    basis: str


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What is known of an undertaking from its notices.

    `names` are all forms printed; `investor`, `units` (short name and codes) and `amounts` are what
    the first notice that states them states.
    """

    names: tuple[str, ...]
    investor: str | None
    units: tuple[Unit, ...]
    amounts: tuple[Money, ...]


# How far two amounts may be apart that are one: plans grow a little on the way.
_CLOSE = 0.1
# And how far where no firm says that it is: no more than rounding does.
_EQUAL = 0.03
# An undertaking of one name that is signed again may have grown to so many times what it was.
_GROWN = 2.0
# In letters, a name that is hardly two things'.
_OWN_NAME = 5
_MOST_NAMES, _MOST_AMOUNTS = 12, 12
# In letters: how long the stem of a firm's name may be, and an end of a name that is a key.
_SHORTEST = 2
_STEMS, _SHORT_END, _LONG_END = (2, 3, 4), 3, 10
_MOST_UNITS, _MOST_KEYS = 3, 60
# What the code of a province ends with, and the name of a zone.
_PROVINCE, _ZONE = "0000", "区"


def undertaking_of(project: Project, home: str | None = None) -> Undertaking:
    """Return what a notice tells of an undertaking; `home` is the code of the unit that publishes
    it, where the undertaking is if nothing else is said."""
    amounts = tuple(
        Money(each.phase, each.fact.value, each.fact.unit, each.fact.basis or "")
        for each in project.amounts
    )
    units = project.units
    if not units and home and (unit := by_code(home)):
        units = (Unit(unit.short, (home,)),)
    return Undertaking(project.names, project.investor, units, amounts)


def joined(known: Undertaking, told: Undertaking) -> Undertaking:
    """Return what is known after one more notice: what was known stays, and its county is more
    than its city."""
    names = tuple(dict.fromkeys(known.names + told.names))[:_MOST_NAMES]
    more = tuple(
        money
        for money in told.amounts
        if not any(
            money.phase == other.phase and _are_close(money, other, _CLOSE)
            for other in known.amounts
        )
    )
    return replace(
        known,
        names=names,
        investor=known.investor or told.investor,
        units=told.units if _are_finer(told.units, known.units) else known.units,
        amounts=(known.amounts + more)[:_MOST_AMOUNTS],
    )


def _are_finer(units: Sequence[Unit], known: Sequence[Unit]) -> bool:
    """Whether all of some units lie in those known."""
    wider = [code for unit in known for code in unit.codes]
    return bool(units) and all(
        any(is_within(code, other) for code in unit.codes for other in wider) or not known
        for unit in units
    )


def same_project(one: Undertaking, other: Undertaking, *, retold: bool = False) -> Match:
    """Return whether two are one undertaking. Symmetric. `retold`: both notices tell one story."""
    firm, place = _firms(one, other), _places(one, other)
    if Likeness.OTHER in (firm, place):
        return Match.OTHER
    name = naming_of(one, other)
    # An amount decides against names only where it is the same.
    money = _amounts(one, other, _CLOSE if name > Naming.DIFFERING else _EQUAL)
    if retold and name > Naming.UNLIKE:
        return Match.SAME
    if firm is Likeness.SAME:
        return _of_one_firm(name, place, money, is_grown=_is_grown(one, other))
    return _of_no_firm(name, place, money, one, other)


def _of_one_firm(name: Naming, place: Likeness, money: Likeness, *, is_grown: bool) -> Match:
    """What a firm does: under one name it is one undertaking, and under another another one,
    unless place and money say that it is the same."""
    is_here, is_as_much = place is Likeness.SAME, money is Likeness.SAME
    if money is Likeness.OTHER:
        if name is Naming.EQUAL and is_here and is_grown:
            return Match.SAME
        return Match.POSSIBLE if name > Naming.UNLIKE else Match.OTHER
    if name >= Naming.LIKE or (is_here and is_as_much):
        return Match.SAME
    if name is Naming.BARE:
        return Match.SAME if is_here or is_as_much else Match.POSSIBLE
    if name is Naming.DIFFERING:
        return Match.SAME if is_as_much else Match.POSSIBLE
    return Match.POSSIBLE if is_here or is_as_much else Match.OTHER


def _of_no_firm(
    name: Naming, place: Likeness, money: Likeness, one: Undertaking, other: Undertaking
) -> Match:
    """Without a firm it takes two of these three: place, amount, a name that is its own."""
    is_here = place is Likeness.SAME
    if name is Naming.UNLIKE:
        return Match.OTHER
    if money is Likeness.OTHER:
        return Match.POSSIBLE if is_here and name >= Naming.LIKE else Match.OTHER
    is_equal = _amounts(one, other, _EQUAL) is Likeness.SAME
    if name >= Naming.BARE and sum((is_here, is_equal, _is_own_name(one, other))) > 1:
        return Match.SAME
    return Match.POSSIBLE if is_here or money is Likeness.SAME else Match.OTHER


def _firms(one: Undertaking, other: Undertaking) -> Likeness:
    """A firm is known by its stem, which may stand in the other's name only."""
    if any(_is_named(a, b) for a, b in ((one, other), (other, one))):
        return Likeness.SAME
    return Likeness.OTHER if one.investor and other.investor else Likeness.UNKNOWN


def _is_named(one: Undertaking, other: Undertaking) -> bool:
    if not one.investor:
        return False
    stem = firm_stem(one.investor)
    if other.investor and firm_stem(other.investor).startswith(stem):
        return True
    # 川耀 of 川耀盐边基地 is what 川耀光能 is called.
    places = [unit.short for known in (one, other) for unit in known.units]
    return any(stem in name or _is_short_for(name, stem, places) for name in other.names)


def _is_short_for(name: str, stem: str, places: Iterable[str]) -> bool:
    """Whether a name has no more in it than how a firm's begins, places and a noun."""
    if not name.startswith(stem[:_SHORTEST]):
        return False
    core = core_of(name)
    for place in places:
        core = core.replace(place, "")
    return len(core) >= _SHORTEST and stem.startswith(core)


def _places(one: Undertaking, other: Undertaking) -> Likeness:
    """A unit that lies in the other's is the same place, but that of a province says little."""
    if _is_in_names(one, other) or _is_in_names(other, one):
        return Likeness.SAME
    if not (one.units and other.units):
        return Likeness.UNKNOWN
    found = {_place(a, b) for a in one.units for b in other.units}
    return next(each for each in Likeness if each in found)


def _place(one: Unit, other: Unit) -> Likeness:
    pairs = [(a, b) for a in one.codes for b in other.codes]
    within = [(a, b) for a, b in pairs if is_within(a, b) or is_within(b, a)]
    if not within:
        return Likeness.OTHER
    is_known = any(not a.endswith(_PROVINCE) and not b.endswith(_PROVINCE) for a, b in within)
    return Likeness.SAME if is_known or _is_one_zone(one, other) else Likeness.UNKNOWN


def _is_one_zone(one: Unit, other: Unit) -> bool:
    """Whether two are the same zone of a province, which has no code of its own."""
    return one.short == other.short and one.short.endswith(_ZONE)


def _is_in_names(one: Undertaking, other: Undertaking) -> bool:
    return any(unit.short in name for unit in one.units for name in other.names)


def _cores(known: Undertaking) -> Iterable[str]:
    """Return the names without their nouns, the firm and the places in them."""
    stem = firm_stem(known.investor) if known.investor else ""
    for name in known.names:
        core = core_of(narrowed(name))
        for unit in known.units:
            core = core.replace(unit.short, "")
        yield core.replace(stem, "") or core


def naming_of(one: Undertaking, other: Undertaking) -> Naming:
    """Return how the names of two undertakings stand to each other."""
    return naming(*_products(one, other))


def _products(one: Undertaking, other: Undertaking) -> tuple[tuple[str, ...], tuple[str, ...]]:
    firms = tuple(sorted({firm for firm in (one.investor, other.investor) if firm}))
    places = tuple(sorted({unit.short for known in (one, other) for unit in known.units}))
    return products_of(one.names, firms, places), products_of(other.names, firms, places)


def closeness(one: Undertaking, other: Undertaking) -> tuple[bool, Naming, bool]:
    """Return how much speaks for two being one, to be compared: money, name, place."""
    return (
        _amounts(one, other, _CLOSE) is Likeness.SAME,
        naming_of(one, other),
        _places(one, other) is Likeness.SAME,
    )


def _is_own_name(one: Undertaking, other: Undertaking) -> bool:
    ours, theirs = _products(one, other)
    return any(len(product) >= _OWN_NAME for product in set(ours) & set(theirs))


def _is_grown(one: Undertaking, other: Undertaking) -> bool:
    """Whether the whole of one is of the size of the other, if not the same."""
    wholes = [
        (ours.value, theirs.value)
        for ours in one.amounts
        for theirs in other.amounts
        if not (ours.phase or theirs.phase) and ours.unit == theirs.unit
    ]
    return any(max(pair) <= _GROWN * min(pair) for pair in wholes)


def _amounts(one: Undertaking, other: Undertaking, within: float) -> Likeness:
    """The money of all of it decides, else that of a phase. What one calls the whole may be a phase
    to the other; with nothing of the same, money says nothing."""
    pairs = [(a, b) for a in one.amounts for b in other.amounts]
    shared = [(a, b) for a, b in pairs if a.phase == b.phase]
    decisive = [(a, b) for a, b in shared if not a.phase] or shared
    if any(_are_close(a, b, within) for a, b in decisive):
        return Likeness.SAME
    if any(_are_close(a, b, _EQUAL) for a, b in pairs if not (a.phase and b.phase)):
        return Likeness.SAME
    return Likeness.OTHER if shared else Likeness.UNKNOWN


def _are_close(one: Money, other: Money, within: float) -> bool:
    largest = max(one.value, other.value)
    return one.unit == other.unit and abs(one.value - other.value) <= within * largest


def project_keys(known: Undertaking) -> tuple[str, ...]:
    """Return keys of which two that may be one undertaking share at least one: the stem of the
    firm, which may stand at the beginning of a name only, and what names end with."""
    found: dict[str, None] = {}
    if known.investor:
        found[f"firm {firm_stem(known.investor)}"] = None
    codes = [code for unit in known.units[:_MOST_UNITS] for code in unit.codes[:_MOST_UNITS]]
    for core in dict.fromkeys(_cores(known)):
        for length in _STEMS:
            if len(core) >= length:
                found[f"firm {core[:length]}"] = None
        for length in range(min(len(core), _SHORT_END), min(len(core), _LONG_END) + 1):
            end = core[-length:]
            found[f"name {end}"] = None
            found |= dict.fromkeys(f"name {end} {code}" for code in codes)
    return tuple(found)[:_MOST_KEYS]


def to_plain(known: Undertaking) -> list[Any]:
    """Return what JSON takes; `from_plain` gives the undertaking back."""
    return [known.names, known.investor, known.units, known.amounts]


def from_plain(plain: Sequence[Any]) -> Undertaking:
    """Return the undertaking that `to_plain` made into plain values."""
    names, investor, units, amounts = plain
    return Undertaking(
        tuple(names),
        investor,
        tuple(Unit(short, tuple(codes)) for short, codes in units),
        tuple(Money(*money) for money in amounts),
    )
