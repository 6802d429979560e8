"""Which investment of a notice is for which of its undertakings, and for which phase of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from cqcrawler.facts.model import Fact, Facts, Field, Kind, Role, Scope
from cqcrawler.facts.project_groups import Group
from cqcrawler.facts.project_names import core_of, is_generic, likeness
from cqcrawler.facts.sentences import narrowed


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of an undertaking: `phase` (一期; empty for all of it), the fact that states it."""

    phase: str
    fact: Fact


_PHASE = re.compile("[一二三四五六首]期")
_PHASE_REACH = 8
_MARK, _PHASE_BEHIND = re.compile("[,;:。，；：、]"), re.compile("的[一二三四五六首]期")
# What states more is a register.
_MOST_AMOUNTS = 200


def amounts_of(groups: list[Group], facts: Facts, tag: int) -> list[tuple[Amount, ...]]:
    """Return the amounts of each group: those that are said to be its, or follow its name; one of
    all of it, and one of each phase. `tag` is the length of the tag before the headline."""
    found: list[dict[str, Amount]] = [{} for _ in groups]
    investments = (
        fact
        for fact in facts.numbers
        if fact.kind is Kind.INVESTMENT and fact.scope is Scope.PROJECT
    )
    for fact in islice(investments, _MOST_AMOUNTS):
        at = _owner(groups, fact, tag)
        if at is not None:
            phase = _phase_of(fact)
            found[at].setdefault(phase, Amount(phase, fact))
    return [tuple(amounts.values()) for amounts in found]


def _owner(groups: list[Group], fact: Fact, tag: int) -> int | None:
    """Return the group that an amount is of: by its subject, else the last one named before."""
    names = [(one, at) for at, group in enumerate(groups) for one in group]
    stop = fact.stop - (tag if fact.field is Field.TITLE else 0)
    before = sorted(
        (one.start, at, one.core)
        for one, at in names
        if one.sentence.field is fact.field and one.start <= stop
    )
    core = core_of(narrowed(fact.subject))
    if core:
        ordered = [*reversed(before), *((one.start, at, one.core) for one, at in names)]
        named = (at for _, at, name in ordered if likeness(core, name) == 1)
        if (at := next(named, None)) is not None:
            return at
        if not is_generic(core):
            return None
    if fact.role is Role.PART and not _phase_of(fact):
        return None
    if before:
        return before[-1][1]
    return 0 if len(groups) == 1 else None


def _phase_of(fact: Fact) -> str:
    """Return the phase that an amount is of: 一期投资15亿元, 总投资15亿元的一期项目."""
    at = fact.sentence.find(fact.text)
    before = _MARK.split(fact.sentence[max(at - _PHASE_REACH, 0) : at])[-1]
    phase = (
        _PHASE.search(fact.subject)
        or _PHASE.search(before)
        or _PHASE_BEHIND.match(fact.sentence, at + len(fact.text))
    )
    return phase[0].lstrip("的") if phase else ""
