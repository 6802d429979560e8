"""How the numbers of a notice stand to each other: what is said twice, what is part of what, and
whether a sum is of one undertaking, of several, or the tally of a region or period."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from cqcrawler.facts.context import Context, context_of
from cqcrawler.facts.mentions import Measure, Mention
from cqcrawler.facts.model import REALISED, Basis, Fact, Field, Kind, Role, Scope
from cqcrawler.facts.readings import THINGS, Reading
from cqcrawler.facts.sentences import CLAUSES, PARTS, Sentence, start_behind
from cqcrawler.facts.subjects import subject_of
from cqcrawler.facts.vocabulary import any_of


@dataclass
class Told:
    """A number with its kind, before it is known how it stands to the others of its notice;
    `again` are the places that say the same once more."""

    sentence: Sentence
    mention: Mention
    reading: Reading
    role: Role = Role.SINGLE
    scope: Scope | None = None
    again: list[Told] = field(default_factory=list)

    @property
    def value(self) -> float:
        return self.mention.value

    @property
    def start(self) -> int:
        return self.mention.start

    @cached_property
    def clause(self) -> int:
        """Where the clause of the number begins."""
        return start_behind(PARTS, self.sentence.plain, self.start)

    @property
    def words(self) -> tuple[str, str, Field, int, int]:
        """Its words, their sentence, and where in title or body they are."""
        sentence, start, stop = self.sentence, self.mention.start, self.mention.stop
        first = sentence.start
        return sentence.text[start:stop], sentence.text, sentence.field, first + start, first + stop

    @property
    def context(self) -> Context:
        return context_of(self.sentence.plain)

    @cached_property
    def subject(self) -> str:
        return subject_of(self.sentence, self.mention)

    def in_clause(self, group: str) -> bool:
        """Whether a word of a group stands in the clause of the number, before it."""
        return self.context.has(group, self.clause, self.start)

    def in_phrase(self, group: str) -> bool:
        """The same, where 、 ends no clause: 一期占地310亩、投资7亿元."""
        first = start_behind(CLAUSES, self.sentence.plain, self.start)
        return self.context.has(group, first, self.start)

    def in_clause_or_before(self, group: str) -> bool:
        """The same, or a few letters before the clause: 合计:4个项目,5亿元."""
        return self.context.has(group, max(self.clause - _LEAD, 0), self.start)

    def follows_in_sentence(self, other: Told) -> bool:
        return (
            self.sentence.start == other.sentence.start
            and self.sentence.field is other.sentence.field
        )


_CLAUSE_END = re.compile(f"[{PARTS}]")
# 签约总额67亿元: what a ceremony was of.
_SIGNED = ("签约总", "签约金额", "总签约")
# 总投资83亿元的动力电池项目.
_OF_IT = re.compile("的[^,;:。、]{2,24}")
_BACK = re.compile(any_of("beside", "back_reference"))
# A headline may round by so much; sums add up to within so much; so far above a number, in
# characters and in numbers, stands what it is part of.
_ROUNDED, _EXACT = 1.35, 0.0005
_NEAR, _NUMBERS, _LEAD = 400, 40, 12
_TELLING_DIGITS = 3
# Fewer numbers add up to another by chance.
_FEWEST_ITEMS = 3


def arranged(told: list[Told]) -> list[Fact]:
    """Return the facts of a notice, each once, with their roles and scopes."""
    _settle_lists(told)
    _settle_sums(told)
    kept = _each_once([one for one in told if one.reading.kind])
    _set_scopes(kept)
    for group in _groups(kept):
        _set_roles(group)
    return [_fact(one) for one in kept]


def _settle_lists(told: list[Told]) -> None:
    """Items without a noun are of what was counted before, if they add up to it: 共核查项目132个.
    …已建成投产74个，在建21个，终止19个，其余18个正在处置."""
    sentences = [list(items) for _, items in groupby(told, key=_sentence_of)]
    for above, items in zip([[], *sentences], sentences, strict=False):
        counted = [one for one in (*above, *items) if one.reading.kind in THINGS]
        pieces = [one for one in items if one.mention.measure is Measure.PIECES]
        for first in range(len(pieces) if counted else 0):
            _settle(pieces[first : first + _NUMBERS], counted)


def _sentence_of(one: Told) -> tuple[Field, int]:
    return one.sentence.field, one.sentence.start


def _settle(items: list[Told], counted: list[Told]) -> None:
    total = 0.0
    for count, item in enumerate(items, 1):
        if item.mention.unit != items[0].mention.unit or item.reading.kind is Kind.JOBS:
            return
        total += item.value
        whole = next((one for one in counted if one.value == total), None)
        if whole and count >= _FEWEST_ITEMS and whole.mention.unit == item.mention.unit:
            for each in items[:count]:
                each.reading = whole.reading
            return


def _settle_sums(told: list[Told]) -> None:
    """An amount of which is said only that it sums up is of what it adds up: 两项合计8亿元."""
    amounts: list[Told] = []
    for one in told:
        if one.mention.measure is not Measure.MONEY:
            continue
        if one.reading.reason == "unstated" and one.in_clause_or_before("sums_up"):
            parts = _adding_up(one, amounts[-_NUMBERS:][::-1])
            if parts:
                one.reading = parts[0].reading
        if one.reading.kind is Kind.INVESTMENT:
            amounts.append(one)


def _each_once(told: list[Told]) -> list[Told]:
    """Leave out what is said again, and a headline that rounds what the body states."""
    titles = [one for one in told if one.sentence.field is Field.TITLE]
    bodies = [one for one in told if one.sentence.field is Field.BODY]
    earlier: dict[object, Told] = {}
    kept = []
    for one in bodies:
        mention = one.mention
        key = (one.reading.kind, mention.unit, mention.value, mention.value_max)
        other = earlier.setdefault(key, one)
        if other is not one and _says_again(one, other):
            other.again.append(one)
        else:
            kept.append(one)
    return [*(one for one in titles if not any(_heads(one, each) for each in bodies)), *kept]


def _says_again(one: Told, other: Told) -> bool:
    if one.follows_in_sentence(other):
        return False
    printed = one.sentence.plain[one.start : one.mention.stop]
    digits = len(f"{one.value:.15g}".rstrip("0").replace(".", ""))
    if digits >= _TELLING_DIGITS or (digits > 1 and "." in printed):
        return True
    return one.subject == other.subject or _is_general(one.subject) or _is_general(other.subject)


def _is_general(subject: str) -> bool:
    return not subject or _BACK.fullmatch(subject) is not None


def _heads(title: Told, body: Told) -> bool:
    """Whether a headline says what the body does, rounded or not."""
    if title.reading.kind is not body.reading.kind or title.mention.unit != body.mention.unit:
        return False
    low, high = sorted((body.value, title.value))
    return low == high or (bool(title.mention.qualifier) and high <= low * _ROUNDED)


def _set_scopes(told: list[Told]) -> None:
    counted: list[Told] = []
    for one in told:
        if counted and not one.follows_in_sentence(counted[-1]):
            counted = []
        if one.reading.kind is Kind.INVESTMENT:
            one.scope = _scope(one, counted)
        elif one.reading.kind in THINGS and one.value != 1:
            counted.append(one)


def _scope(one: Told, counted: list[Told]) -> Scope:
    """One undertaking, several told of together, or the tally of a region or period.

    `counted` are the numbers of projects and companies before it in its sentence.
    """
    context, start = one.context, one.start
    if one.in_clause("foreign_capital") and not one.in_clause("one_undertaking"):
        return Scope.STATISTIC
    is_several = _is_of_several(one, counted)
    if is_several is None:
        return Scope.PROJECT
    is_tally = context.last("tally", start) > context.last("occasion", start)
    if is_several:
        return Scope.STATISTIC if is_tally else Scope.BATCH
    if one.sentence.plain.startswith(_SIGNED, one.reading.head) and not is_tally:
        return Scope.BATCH
    since = one.sentence.plain.rfind(";", 0, start) + 1
    if context.has("one_undertaking", since, start):
        return Scope.PROJECT
    is_official = one.reading.basis in (Basis.CONTRACT, Basis.PAID_IN)
    is_period = is_tally and context.has("period", 0, start)
    is_region = context.has("whole_region", since, start)
    if is_official or is_period or (is_region and one.reading.basis is not Basis.PLANNED):
        return Scope.STATISTIC
    return Scope.PROJECT


def _is_of_several(one: Told, counted: list[Told]) -> bool | None:
    """Whether a sum is of several undertakings; None where the words say that it is of one."""
    context, start, length = one.context, one.start, len(one.sentence.plain)
    if (counted and counted[-1].start >= one.clause) or one.in_clause("several"):
        return True
    listed = context.last_end("opens_list", one.mention.stop, length)
    is_of_one = one.in_clause("one_undertaking")
    if listed > 0 and not is_of_one and context.has("listed_projects", listed, length):
        return True
    if is_of_one or _is_of_one(one):
        return None
    if not counted and not context.has("several", 0, start):
        return False
    after = _next_clause(one, counted[-1]) if counted else 0
    return None if context.has("one_undertaking", after, start) else True


def _is_of_one(one: Told) -> bool:
    behind = _OF_IT.match(one.sentence.plain, one.mention.stop)
    return behind is not None and not one.context.has("several", *behind.span())


def _next_clause(one: Told, counted: Told) -> int:
    """Return where the clause behind that of a count begins."""
    end = _CLAUSE_END.search(one.sentence.plain, counted.mention.stop, one.start)
    return end.end() if end else one.start


def _groups(told: list[Told]) -> Iterable[list[Told]]:
    """Return the numbers that may be parts of each other, in the order of the text."""
    groups: dict[object, list[Told]] = {}
    is_floor = True
    for one in told:
        kind, basis = one.reading.kind, one.reading.basis
        key: object = (kind, basis)
        if kind is Kind.INVESTMENT:
            key = (kind, basis in REALISED)
        elif kind is Kind.AREA:
            is_floor = _is_floor(one, is_floor)
            key = (kind, is_floor)
        groups.setdefault(key, []).append(one)
    return groups.values()


def _is_floor(one: Told, was_floor: bool) -> bool:
    """Whether an area is of buildings; without a word of its own it is what the last one was."""
    stop = one.mention.stop
    end = _CLAUSE_END.search(one.sentence.plain, stop, stop + 8)
    behind = end.start() if end else stop + 8
    if one.in_clause("floor_space") or one.context.has("floor_space", stop, behind):
        return True
    is_land = one.in_clause("land") or one.sentence.plain[stop - 1] in "亩顷里"
    return was_floor and not is_land


def _set_roles(group: list[Told]) -> None:
    for i, one in enumerate(group):
        whole = _whole_of(group, i)
        if whole is not None:
            _put_into(one, whole)
    _set_sums(group)


def _put_into(part: Told, whole: Told) -> None:
    part.role = Role.PART
    if whole.role is Role.SINGLE:
        whole.role = Role.TOTAL
    if whole.scope is Scope.STATISTIC and part.scope is Scope.BATCH:
        part.scope = whole.scope


def _whole_of(group: list[Told], i: int) -> Told | None:
    """Return the number that the text puts this one inside of."""
    one = group[i]
    inside = 0.0
    for whole in reversed(group[max(i - _NUMBERS, 0) : i]):
        if whole.sentence.field is not one.sentence.field:
            return None
        is_comparable = whole.mention.unit == one.mention.unit
        if whole.role is Role.PART:
            inside += whole.value if is_comparable else 0.0
        elif (whole.value >= one.value or not is_comparable) and _contains(whole, one, inside):
            return whole
        elif one.sentence.start - whole.sentence.start > _NEAR:
            return None
    return None


def _contains(whole: Told, one: Told, inside: float) -> bool:
    """Whether a number is part of one before it, which has others of the sum `inside` already."""
    here = whole
    for again in whole.again:
        if one.follows_in_sentence(again) and again.start < one.start:
            here = again
    is_same_sentence = one.follows_in_sentence(here)
    if _is_opened(one, here.mention.stop if is_same_sentence else -1):
        return True
    if one.in_clause("rest") and (whole.role is Role.TOTAL or not is_same_sentence):
        return whole.scope is not Scope.PROJECT
    if one.in_clause("yearly") and is_same_sentence and not whole.in_clause("yearly"):
        return True
    if is_same_sentence and _is_status(one) and _may_hold_stages(here, one):
        return one.reading.kind in THINGS
    is_phase = one.reading.kind not in THINGS and one.in_phrase("phase")
    if is_phase and not whole.in_phrase("phase"):
        return whole.scope is not Scope.STATISTIC
    if one.reading.kind is not Kind.INVESTMENT or is_same_sentence:
        return False
    is_item = whole.scope is Scope.BATCH and one.scope is Scope.PROJECT
    is_intended = whole.reading.basis is Basis.INTENDED
    is_item = is_item and (whole.reading.basis is one.reading.basis or not is_intended)
    fits = inside + one.value <= whole.value * (1 + _EXACT)
    return is_item and fits and not one.context.has("closes_list", 0, one.start)


def _is_status(one: Told) -> bool:
    """47个新签约项目已注册41个、开工23个: how far some are, right before their number."""
    return one.context.last_end("status", one.clause, one.start) == one.start


def _may_hold_stages(whole: Told, one: Told) -> bool:
    """入驻企业62家，投产48家, but not 新开工项目41个，竣工19个: what came to one stage."""
    if _is_status(whole):
        return False
    is_of_stage = whole.in_clause("status")
    return not is_of_stage or "," not in one.sentence.plain[whole.mention.stop : one.start]


def _is_opened(one: Told, since: int) -> bool:
    """Whether 其中 or the like stands before a number: behind what it is part of, which ends at
    `since`, or, where that is in a sentence before (-1), at the beginning of its own."""
    context = one.context
    opened = context.last_end("opens_list", max(since, 0), one.start)
    if opened < 0 or context.has("closes_list", opened, one.start):
        return False
    if one.reading.kind is Kind.AREA and ";" in one.sentence.plain[opened : one.start]:
        return False
    return since >= 0 or 0 <= context.first("opens_list") <= 3


def _set_sums(group: list[Told]) -> None:
    """Numbers beside each other that add up to one before or behind them are its parts, and those
    that a sum at the end of their sentence says it is of."""
    for i, whole in enumerate(group):
        if whole.role is Role.PART or whole.mention.value_max is not None:
            continue
        before, behind = group[max(i - _NUMBERS, 0) : i][::-1], group[i + 1 : i + 1 + _NUMBERS]
        if whole.role is Role.SINGLE and whole.in_clause("sums_up"):
            for part in before:
                if part.follows_in_sentence(whole) and _is_smaller_single(part, whole):
                    _put_into(part, whole)
        for others in (behind, before):
            outer = [other for other in others if other.role is not Role.PART]
            for part in _adding_up(whole, outer) or _adding_up(whole, others):
                _put_into(part, whole)


def _is_smaller_single(part: Told, whole: Told) -> bool:
    return part.role is Role.SINGLE and part.value < whole.value


def _adding_up(whole: Told, others: list[Told]) -> list[Told]:
    """Return the first of the others, two or more, that are together as much as the whole."""
    total = 0.0
    items: list[Told] = []
    for other in others:
        if other.sentence.field is not whole.sentence.field is not Field.TITLE:
            return []
        if other.mention.unit != whole.mention.unit:
            return []
        items.append(other)
        total += other.value
        if total > whole.value * (1 + _EXACT):
            return []
        if len(items) > 1 and total >= whole.value * (1 - _EXACT):
            return items
    return []


def _fact(one: Told) -> Fact:
    mention, reading = one.mention, one.reading
    assert reading.kind is not None
    return Fact(
        reading.kind,
        mention.value,
        mention.value_max,
        _unit(one),
        mention.qualifier,
        one.role,
        reading.basis,
        one.scope,
        one.subject,
        *one.words,
    )


def _unit(one: Told) -> str:
    if one.reading.kind in THINGS:
        return "count"
    return "person" if one.reading.kind is Kind.JOBS else one.mention.unit
