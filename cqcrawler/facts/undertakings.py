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
from cqcrawler.facts.project_names import core_of, likeness
from cqcrawler.facts.projects import Project
from cqcrawler.facts.sentences import narrowed


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
# Of the pairs of letters of the shorter name; and in letters, a name that is hardly two things'.
_ALIKE, _OWN_NAME = 0.5, 6
_MOST_NAMES = 12
# In letters: how long the stem of a firm's name may be, and an end of a name that is a key.
_STEMS, _SHORT_END, _LONG_END = (2, 3, 4), 3, 10
_MOST_UNITS, _MOST_KEYS = 3, 60


def undertaking_of(project: Project) -> Undertaking:
    """Return what a notice tells of an undertaking."""
    amounts = tuple(
        Money(each.phase, each.fact.value, each.fact.unit, each.fact.basis or "")
        for each in project.amounts
    )
    return Undertaking(project.names, project.investor, project.units, amounts)


def joined(known: Undertaking, told: Undertaking) -> Undertaking:
    """Return what is known after one more notice: what was known stays."""
    names = tuple(dict.fromkeys(known.names + told.names))[:_MOST_NAMES]
    phases = {money.phase for money in known.amounts}
    more = tuple(money for money in told.amounts if money.phase not in phases)
    return replace(
        known,
        names=names,
        investor=known.investor or told.investor,
        units=known.units or told.units,
        amounts=known.amounts + more,
    )


def same_project(one: Undertaking, other: Undertaking, *, retold: bool = False) -> Match:
    """Return whether two are one undertaking. Symmetric. `retold`: both notices tell one story."""
    firm, place = _firms(one, other), _places(one, other)
    if Likeness.OTHER in (firm, place):
        return Match.OTHER
    name, money = likeness_of_names(one, other), _amounts(one, other, _CLOSE)
    if name < _ALIKE:
        return _by_firm(firm, place, money)
    if retold:
        return Match.SAME
    if money is Likeness.OTHER:
        is_likely = firm is Likeness.SAME or (place is Likeness.SAME and name == 1)
        return Match.POSSIBLE if is_likely else Match.OTHER
    if firm is Likeness.SAME:
        return Match.SAME
    # Without a firm, two of these three.
    is_equal = _amounts(one, other, _EQUAL) is Likeness.SAME
    alike = (place is Likeness.SAME, is_equal, _is_own_name(one, other))
    if sum(alike) > 1:
        return Match.SAME
    is_likely = place is Likeness.SAME or money is Likeness.SAME
    return Match.POSSIBLE if is_likely else Match.OTHER


def _by_firm(firm: Likeness, place: Likeness, money: Likeness) -> Match:
    """What a firm does in one place under another name."""
    if firm is not Likeness.SAME or money is Likeness.OTHER:
        return Match.OTHER
    if place is Likeness.SAME:
        return Match.SAME if money is Likeness.SAME else Match.POSSIBLE
    return Match.POSSIBLE if money is Likeness.SAME else Match.OTHER


def _firms(one: Undertaking, other: Undertaking) -> Likeness:
    """A firm is known by its stem, which may stand in the other's name only."""
    if any(_is_named(a, b) for a, b in ((one, other), (other, one))):
        return Likeness.SAME
    return Likeness.OTHER if one.investor and other.investor else Likeness.UNKNOWN


def _is_named(one: Undertaking, other: Undertaking) -> bool:
    if not one.investor:
        return False
    stem = firm_stem(one.investor)
    return stem in narrowed(other.investor or "") or any(stem in name for name in other.names)


def _places(one: Undertaking, other: Undertaking) -> Likeness:
    if _is_in_names(one, other) or _is_in_names(other, one):
        return Likeness.SAME
    if not (one.units and other.units):
        return Likeness.UNKNOWN
    pairs = ((a, b) for x in one.units for a in x.codes for y in other.units for b in y.codes)
    return (
        Likeness.SAME
        if any(is_within(a, b) or is_within(b, a) for a, b in pairs)
        else (Likeness.OTHER)
    )


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


def likeness_of_names(one: Undertaking, other: Undertaking) -> float:
    """Return how alike the likest of their names are, from 0 to 1."""
    return max(
        (likeness(a, b) for a in _cores(one) for b in _cores(other) if min(len(a), len(b)) > 1),
        default=0.0,
    )


def _is_own_name(one: Undertaking, other: Undertaking) -> bool:
    return any(len(core) >= _OWN_NAME for core in set(_cores(one)) & set(_cores(other)))


def _amounts(one: Undertaking, other: Undertaking, within: float) -> Likeness:
    """The money of all of it decides, else that of a phase. What one calls the whole may be a phase
    to the other; with nothing of the same, money says nothing."""
    ours, theirs = ({money.phase: money for money in known.amounts} for known in (one, other))
    shared = ours.keys() & theirs.keys()
    decisive = {""} & shared or shared
    if any(_are_close(ours[phase], theirs[phase], within) for phase in decisive):
        return Likeness.SAME
    wholes = ((ours.get(""), theirs), (theirs.get(""), ours))
    if any(
        _are_close(whole, money, _EQUAL)
        for whole, them in wholes
        if whole
        for money in them.values()
    ):
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
            if len(core) > length:
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
