"""Whether two notices tell of one undertaking: its signing, its start, its production.

Names are shortened differently in each notice, so firm, place and money decide with them. When in
doubt there are two, and a pair for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What is known of an undertaking from its notices.

    `names` are all forms printed; `investor`, `units` (short name and codes) and `amounts` (phase,
    value, unit of money) are what the first notice that states them states.
    """

    names: tuple[str, ...]
    investor: str | None
    units: tuple[Unit, ...]
    amounts: tuple[tuple[str, float, str], ...]


# How far two amounts may be apart that are one: plans grow a little on the way.
_CLOSE = 0.1
# Of the pairs of letters of the shorter name; and in letters, a name that is hardly two things'.
_ALIKE, _OWN_NAME = 0.5, 6
_MOST_NAMES = 12


def undertaking_of(project: Project) -> Undertaking:
    """Return what a notice tells of an undertaking."""
    amounts = tuple((each.phase, each.fact.value, each.fact.unit) for each in project.amounts)
    return Undertaking(project.names, project.investor, project.units, amounts)


def joined(known: Undertaking, told: Undertaking) -> Undertaking:
    """Return what is known after one more notice: what was known stays."""
    names = tuple(dict.fromkeys(known.names + told.names))[:_MOST_NAMES]
    phases = {phase for phase, _, _ in known.amounts}
    more = tuple(amount for amount in told.amounts if amount[0] not in phases)
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
    name, money = _names(one, other), _amounts(one, other)
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
    alike = (place is Likeness.SAME, money is Likeness.SAME, _is_own_name(one, other))
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


def _names(one: Undertaking, other: Undertaking) -> float:
    return max(
        (likeness(a, b) for a in _cores(one) for b in _cores(other) if min(len(a), len(b)) > 1),
        default=0.0,
    )


def _is_own_name(one: Undertaking, other: Undertaking) -> bool:
    return any(len(core) >= _OWN_NAME for core in set(_cores(one)) & set(_cores(other)))


def _amounts(one: Undertaking, other: Undertaking) -> Likeness:
    """Money of one phase, or of all, decides; with none of the same, no more than a hint."""
    ours = {phase: (value, unit) for phase, value, unit in one.amounts}
    theirs = {phase: (value, unit) for phase, value, unit in other.amounts}
    shared = ours.keys() & theirs.keys()
    if any(_are_close(ours[phase], theirs[phase]) for phase in shared):
        return Likeness.SAME
    return Likeness.OTHER if shared else Likeness.UNKNOWN


def _are_close(one: tuple[float, str], other: tuple[float, str]) -> bool:
    largest = max(one[0], other[0])
    return one[1] == other[1] and abs(one[0] - other[0]) <= _CLOSE * largest
