"""How the numbers of a notice stand to each other: what is said twice, what is part of what, and
whether a sum is of one undertaking, of several, or the tally of a region or period."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cqcrawler.facts.amounts import Reading
from cqcrawler.facts.mentions import Mention
from cqcrawler.facts.model import Basis, Fact, Field, Kind, Role, Scope
from cqcrawler.facts.sentences import Sentence
from cqcrawler.facts.subjects import subject_of
from cqcrawler.facts.vocabulary import any_of


@dataclass(slots=True)
class Told:
    """A number with its kind, before it is known how it stands to the others of its notice."""

    sentence: Sentence
    mention: Mention
    reading: Reading
    role: Role = Role.SINGLE
    scope: Scope | None = None

    @property
    def before(self) -> str:
        """The sentence up to the number."""
        return self.sentence.plain[: self.mention.start]

    @property
    def clause(self) -> str:
        """The clause of the number, up to it."""
        return _CLAUSE.split(self.before)[-1]

    @property
    def value(self) -> float:
        return self.mention.value


_CLAUSE = re.compile("[,;:。、()]")
_REALISED = (Basis.PAID_IN, Basis.SPENT)
_OPENS = re.compile(any_of("contexts", "opens_list"))
_CLOSES = re.compile(any_of("contexts", "closes_list"))
_PHASE = re.compile(any_of("contexts", "phase"))
_REST = re.compile(any_of("contexts", "rest"))
_SUMS_UP = re.compile(any_of("contexts", "sums_up"))
_FLOOR = re.compile(any_of("contexts", "floor_space"))
_TALLY = re.compile(any_of("contexts", "tally"))
_OCCASION = re.compile(any_of("contexts", "occasion"))
_SEVERAL = re.compile(any_of("contexts", "several"))
_ONE = re.compile(any_of("contexts", "one_undertaking"))
_REGION = re.compile(any_of("contexts", "whole_region"))
# 总投资83亿元的动力电池项目.
_OF_IT = re.compile("的[^,;:。、]{2,24}")
_ROUNDED = 1.35
_ALIKE = 0.005
_SENTENCES_ON = 400


def arranged(told: list[Told]) -> list[Fact]:
    """Return the facts of a notice, each once, with their roles and scopes."""
    kept = _each_once(told)
    for one in kept:
        if one.reading.kind is Kind.INVESTMENT:
            one.scope = _scope(one, kept)
    for group in _groups(kept):
        _set_roles(group)
    return [_fact(one) for one in kept]


def _each_once(told: list[Told]) -> list[Told]:
    """Leave out what is said again, and a headline that rounds what the body states."""
    kept: list[Told] = []
    titles = [one for one in told if one.sentence.field is Field.TITLE]
    bodies = [one for one in told if one.sentence.field is Field.BODY]
    for one in bodies:
        if not any(_says_again(one, other) for other in kept):
            kept.append(one)
    heads = [one for one in titles if not any(_heads(one, other) for other in bodies)]
    return [*heads, *kept]


def _says_again(one: Told, other: Told) -> bool:
    if one.reading.kind is not other.reading.kind or one.mention.unit != other.mention.unit:
        return False
    if one.sentence.start == other.sentence.start:
        return False
    if (one.value, one.mention.value_max) != (other.value, other.mention.value_max):
        return False
    if len(f"{one.value:.15g}".rstrip("0").replace(".", "")) >= 3:
        return True
    subjects = [subject_of(each.before, each.sentence, each.mention) for each in (one, other)]
    return subjects[0] == subjects[1] or not all(subjects) or subjects[0] in ("项目", "该项目")


def _heads(title: Told, body: Told) -> bool:
    """Whether a headline says what the body does, rounded or not."""
    if title.reading.kind is not body.reading.kind or title.mention.unit != body.mention.unit:
        return False
    exact, rounded = body.value, title.value
    if exact == rounded:
        return True
    low, high = sorted((exact, rounded))
    return bool(title.mention.qualifier) and high <= low * _ROUNDED


def _groups(told: list[Told]) -> Iterable[list[Told]]:
    """Return the numbers that may be parts of each other, in the order of the text."""
    groups: dict[object, list[Told]] = {}
    for one in told:
        kind, basis = one.reading.kind, one.reading.basis
        key: object = (kind, one.mention.unit, basis)
        if kind is Kind.INVESTMENT:
            key = (kind, one.mention.unit, basis in _REALISED)
        elif kind is Kind.AREA:
            key = (kind, _is_floor(one))
        groups.setdefault(key, []).append(one)
    return groups.values()


def _is_floor(one: Told) -> bool:
    behind = one.sentence.plain[one.mention.stop : one.mention.stop + 8]
    return bool(_FLOOR.search(one.clause) or _FLOOR.search(_CLAUSE.split(behind)[0]))


def _set_roles(group: list[Told]) -> None:
    for i, one in enumerate(group):
        whole = _whole_of(group, i)
        if whole is not None:
            one.role = Role.PART
            if whole.role is Role.SINGLE:
                whole.role = Role.TOTAL
            if whole.scope is Scope.STATISTIC and one.scope is Scope.BATCH:
                one.scope = Scope.STATISTIC
    _set_sums(group)


def _whole_of(group: list[Told], i: int) -> Told | None:
    """Return the number that the text puts this one inside of."""
    one = group[i]
    for whole in reversed(group[:i]):
        if whole.role is Role.PART or whole.sentence.field is not one.sentence.field:
            continue
        if whole.value < one.value:
            continue
        if _contains(whole, one, group):
            return whole
        if whole.sentence.start != one.sentence.start and not _is_near(whole, one):
            return None
    return None


def _is_near(whole: Told, one: Told) -> bool:
    return one.sentence.start - whole.sentence.start <= _SENTENCES_ON


def _contains(whole: Told, one: Told, group: list[Told]) -> bool:
    same_sentence = whole.sentence.start == one.sentence.start
    if same_sentence:
        between = one.sentence.plain[whole.mention.stop : one.mention.start]
        if _is_opened(between):
            return True
    elif _is_opened(one.before) and _is_next(whole, one):
        return True
    if one.reading.kind is Kind.INVESTMENT:
        if _PHASE.search(one.clause) and not _PHASE.search(whole.clause):
            return whole.scope is not Scope.STATISTIC
        if whole.scope is Scope.BATCH and one.scope is Scope.PROJECT and not same_sentence:
            return _fits(whole, one, group) and not _CLOSES.search(one.before)
    elif _PHASE.search(one.clause) and not _PHASE.search(whole.clause):
        return True
    return bool(_REST.search(one.clause)) and whole.scope is not Scope.PROJECT


def _is_opened(between: str) -> bool:
    opened = max((match.end() for match in _OPENS.finditer(between)), default=None)
    return opened is not None and not _CLOSES.search(between, opened)


def _is_next(whole: Told, one: Told) -> bool:
    """Whether only the words that open a list stand before this number's sentence."""
    opened = _OPENS.search(one.before)
    return opened is not None and opened.start() <= 3 and _is_near(whole, one)


def _fits(whole: Told, one: Told, group: list[Told]) -> bool:
    parts = [other.value for other in group if other.role is Role.PART]
    return sum(parts) + one.value <= whole.value * (1 + _ALIKE)


def _set_sums(group: list[Told]) -> None:
    """Numbers beside each other that add up to one before or behind them are its parts, and those
    that a sum at the end of their sentence says it is of."""
    for i, whole in enumerate(group):
        if _SUMS_UP.search(whole.clause) and whole.role is Role.SINGLE:
            for part in group[:i]:
                if _is_summed_up(part, whole):
                    part.role, whole.role = Role.PART, Role.TOTAL
        if whole.role is Role.PART or whole.mention.value_max is not None:
            continue
        for parts in (_adding_up(whole, group[i + 1 :]), _adding_up(whole, group[:i][::-1])):
            for part in parts:
                part.role, whole.role = Role.PART, Role.TOTAL
                if whole.scope is Scope.STATISTIC and part.scope is Scope.BATCH:
                    part.scope = whole.scope


def _is_summed_up(part: Told, whole: Told) -> bool:
    return (
        part.sentence.start == whole.sentence.start
        and part.sentence.field is whole.sentence.field
        and part.role is Role.SINGLE
        and part.value < whole.value
    )


def _adding_up(whole: Told, others: list[Told]) -> list[Told]:
    total = 0.0
    for count, other in enumerate(others, 1):
        if other.role is Role.TOTAL or other.sentence.field is not whole.sentence.field:
            return []
        total += other.value
        if abs(total - whole.value) <= whole.value * _ALIKE / 10 and count > 1:
            return others[:count]
        if total > whole.value:
            return []
    return []


def _scope(one: Told, told: list[Told]) -> Scope:
    """One undertaking, several told of together, or the tally of a region or period."""
    clause = one.clause
    counted = [
        other
        for other in told
        if other.sentence.start == one.sentence.start
        and other.sentence.field is one.sentence.field
        and other.reading.kind in (Kind.PROJECTS, Kind.COMPANIES)
        and other.value != 1
        and other.mention.start < one.mention.start
    ]
    in_clause = [o for o in counted if o.mention.start >= len(one.before) - len(clause)]
    is_several = bool(in_clause) or bool(_SEVERAL.search(clause))
    if not is_several:
        behind = _OF_IT.match(one.sentence.plain, one.mention.stop)
        if _ONE.search(clause) or (behind and not _SEVERAL.search(behind[0])):
            return Scope.PROJECT
        is_several = bool(counted) or bool(_SEVERAL.search(one.before))
        if is_several and _ONE.search(_since_count(one, counted)):
            return Scope.PROJECT
    tally, occasion = _last(_TALLY, one.before), _last(_OCCASION, one.before)
    if is_several:
        return Scope.STATISTIC if tally > occasion else Scope.BATCH
    if one.reading.basis in (Basis.CONTRACT, Basis.PAID_IN):
        return Scope.STATISTIC if not _ONE.search(one.before) else Scope.PROJECT
    if (_REGION.search(one.before) or tally > occasion) and not _ONE.search(one.before):
        return Scope.STATISTIC
    return Scope.PROJECT


def _since_count(one: Told, counted: list[Told]) -> str:
    """The clauses between that of the last count and the number."""
    if not counted:
        return one.before
    return _CLAUSE.split(one.before[counted[-1].mention.stop :], maxsplit=1)[-1]


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _fact(one: Told) -> Fact:
    sentence, mention = one.sentence, one.mention
    assert one.reading.kind is not None
    return Fact(
        one.reading.kind,
        mention.value,
        mention.value_max,
        _unit(one),
        mention.qualifier,
        one.role,
        one.reading.basis,
        one.scope,
        subject_of(one.before, sentence, mention),
        sentence.text[mention.start : mention.stop],
        sentence.text,
        sentence.field,
        sentence.start + mention.start,
        sentence.start + mention.stop,
    )


def _unit(one: Told) -> str:
    if one.reading.kind in (Kind.PROJECTS, Kind.COMPANIES):
        return "count"
    return "person" if one.reading.kind is Kind.JOBS else one.mention.unit
