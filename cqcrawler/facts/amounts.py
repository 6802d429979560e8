"""What an amount of money is: the kind and basis that the words beside it give, or the reason why
it is no fact."""

from __future__ import annotations

import re

from cqcrawler.facts.context import context_of
from cqcrawler.facts.cues import first_after, last_before, money_cues
from cqcrawler.facts.mentions import Measure, Mention
from cqcrawler.facts.model import REALISED, Basis, Kind
from cqcrawler.facts.readings import (
    OF_CLASS,
    Above,
    Reading,
    expectation,
    in_policy,
    is_starting_point,
    opens_with_list,
    refused,
)
from cqcrawler.facts.sentences import PARTS, start_behind
from cqcrawler.facts.vocabulary import Cue, any_of

_KINDS = {
    "investment": Kind.INVESTMENT,
    "output": Kind.OUTPUT,
    "revenue": Kind.REVENUE,
    "tax": Kind.TAX,
}
# In characters: how far before a number its cue may stand, and how far behind one.
_REACH, _REACH_AFTER, _REACH_INSIDE = 60, 6, 18
# A label of one item in a list: 一期, 其中农业项目.
_LONGEST_LABEL, _LONGEST_NAME = 22, 14
_CLAUSE = re.compile(f"[{PARTS}]")
_PER = re.compile(
    r"\s?[/每]\s?(?:亩|人|户|年|平方|吨|公顷|台|套|㎡|m|月|天|家|名|度|股|立方|件|kWh|千瓦)"
)
_BUILT = re.compile(any_of("beside", "built_with"))
_SIGNED_FOR = re.compile("(?:签约|(?<!计划)(?<!拟)(?<!预计)引资)$")
_AFTER = ("以上", "及以上", "之上", "左右", "上下", "以内", "以下", "之内")
_OF_COUNTED = re.compile(
    r"的(?:仅|有)?\d+[家个]|的?[^,。;、建投打扩新]{0,6}(?:企业|公司|项目)(?:总数|数)?[达到为共有约超近]{0,2}[\d一二三四五六七八九十两百]+"
)
# 1.68亿元中标: what an amount was paid for stands right behind it.
_DEALS = ("order", "land_price", "financing")
_USED_FOR = re.compile("(?:将|拟|全部)?用于[^,。;]{0,24}(?:项目|建设|扩产|基地|生产线)")
_THINGS = re.compile("项目|企业")
_IS_GOAL = re.compile("(?:目标|任务|计划)(?:任务|数|值|总?额)?(?:为|是)?$")
_GOAL = re.compile("计划|目标|任务|预算")


def read_amount(
    plain: str, mentions: tuple[Mention, ...], i: int, earlier: list[Reading], above: Above
) -> Reading:
    """Return what the amount `mentions[i]` of a sentence is.

    `earlier` are the readings of the mentions before it, `above` those of the sentences before: an
    item of a list takes that of its head.
    """
    mention = mentions[i]
    if mention.is_class or _is_size_of_something(plain, mention):
        return refused("class", mention)
    if _PER.match(plain, mention.stop) or plain[max(mention.start - 1, 0)] == "每":
        return refused("rate", mention)
    if reason := in_policy(plain, mention):
        return refused(reason, mention)
    if _USED_FOR.match(plain, mention.stop):
        return Reading(Kind.INVESTMENT, Basis.PLANNED, "", mention.start)
    if is_starting_point(plain, mention):
        return refused("change_from", mention)
    cue = _cue_of(plain, mentions, i, earlier)
    if cue is None:
        if _THINGS.match(plain, mention.stop):
            return refused("class", mention)
        return _without_cue(plain, mentions, i, earlier, above)
    reading = _by_cue(plain, mention, cue, mentions, i)
    if reading.basis is Basis.PLANNED and i and earlier[i - 1].basis in REALISED:
        # 完成投资16亿元，其中技改投资9亿元.
        is_item = context_of(plain).has("opens_list", mentions[i - 1].stop, mention.start)
        return reading._replace(basis=earlier[i - 1].basis) if is_item else reading
    return reading


def _is_size_of_something(plain: str, mention: Mention) -> bool:
    """亿元以上项目, 投资5000万元以上的工业企业: a class of things rather than a sum."""
    if _OF_COUNTED.match(plain, mention.stop):
        return True
    if mention.qualifier not in _AFTER and not _is_bare_scale(plain, mention):
        return False
    return OF_CLASS.match(plain, mention.stop) is not None


def _is_bare_scale(plain: str, mention: Mention) -> bool:
    """亿元项目."""
    return not mention.qualifier and plain[mention.digits] in "百千万亿"


def _cue_of(
    plain: str, mentions: tuple[Mention, ...], i: int, earlier: list[Reading]
) -> Cue | None:
    """Return the word that says what an amount is: the nearest before it in its clause, else one
    right behind it, else the nearest in the clauses before, as far as the amount before it."""
    mention, cues = mentions[i], money_cues(plain)
    start = max(_after_earlier_money(mentions, i, earlier), mention.start - _REACH, 0)
    clause = start_behind(PARTS, plain, mention.start, start)
    near = last_before(cues, clause, mention.start)
    behind = first_after(cues, mention.stop, mention.stop + _REACH_INSIDE)
    if plain.startswith("来自", mention.stop):
        behind = None  # 其中1.4亿元来自本轮融资.
    if behind and not _stands_behind(plain, mention, behind):
        behind = None
    is_deal = behind and behind.group in _DEALS and behind.start - mention.stop <= 1
    if is_deal and (near is None or near.stop < mention.start):
        return behind
    if near and near.group not in ("weak", "investment_name"):
        return near
    if behind and behind.group not in ("weak", "investment_name", "conversion"):
        return behind
    if near and near.group == "weak":
        explained = last_before(cues, start, near.start)
        while explained and explained.group == "investment_name":
            explained = last_before(cues, start, explained.start)
        if explained and near.start - explained.stop <= _LONGEST_LABEL:
            return explained._replace(stop=near.stop) if explained.group != "weak" else near
        return near
    above = last_before(cues, start, clause)
    if above and above.group != "investment_name" and mention.start - clause <= _LONGEST_NAME:
        return above
    return None


def _stands_behind(plain: str, mention: Mention, cue: Cue) -> bool:
    between = plain[mention.stop : cue.start]
    if _CLAUSE.search(between):
        return False
    return len(between.removeprefix("的")) <= _REACH_AFTER or (
        between.startswith("的") and cue.group == "fund"
    )


def _after_earlier_money(mentions: tuple[Mention, ...], i: int, earlier: list[Reading]) -> int:
    """Return where the amount before this one ends; what it says of that, it says not of this, but
    a figure that a change starts from shares its words with the one it leads to."""
    for j in range(i - 1, -1, -1):
        if mentions[j].measure is Measure.MONEY and earlier[j].reason != "change_from":
            return mentions[j].stop
    return 0


def _by_cue(
    plain: str, mention: Mention, cue: Cue, mentions: tuple[Mention, ...], i: int
) -> Reading:
    group = cue.group
    if group == "conversion":
        before = next((m for m in reversed(mentions[:i]) if m.measure is Measure.MONEY), None)
        if before and before.unit != mention.unit:
            return refused("conversion", mention)
        said = last_before(money_cues(plain), max(cue.start - _REACH_INSIDE, 0), cue.start)
        return _by_cue(plain, mention, said, mentions, i) if said else refused("unstated", mention)
    if group == "weak":
        if _is_signed_sum(plain, cue, mention):
            return Reading(Kind.INVESTMENT, Basis.AGREED, "", cue.start)
        return refused("unstated", mention)
    if group == "investment_name":
        return refused("unstated", mention)
    kind = _KINDS.get(group)
    if kind is None:
        return refused(group, mention)
    head = cue.start
    if _has_rate(plain, cue, mention):
        return refused("rate", mention)
    if kind is Kind.INVESTMENT:
        return Reading(kind, _basis(plain, cue, mention), "", head)
    return Reading(kind, expectation(plain, mention), "", head)


def _has_rate(plain: str, cue: Cue, mention: Mention) -> bool:
    """亩均税收, 每亩投资: what an amount is counted by stands before the cue, or between."""
    clause = start_behind(PARTS, plain, cue.start, max(cue.start - 12, 0))
    rate = last_before(money_cues(plain), clause, mention.start)
    while rate and rate.group != "rate":
        rate = last_before(money_cues(plain), clause, rate.start)
    # 其中微澜半导体单个项目投资3.5亿元: the one project of a name.
    is_of_one = rate is not None and plain.startswith("单", rate.start) and rate.start > clause
    return rate is not None and not (is_of_one and not mention.qualifier)


def _is_signed_sum(plain: str, cue: Cue, mention: Mention) -> bool:
    """签约…，金额164亿元, 签约62.4亿元."""
    word = plain[cue.start : cue.stop]
    if word in ("签约", "签下", "揽金", "吸金") or word.startswith(("签约", "签下")):
        return len(plain[cue.stop : mention.start].strip()) <= _REACH_AFTER
    return context_of(plain).has("signed", 0, mention.start)


def _basis(plain: str, cue: Cue, mention: Mention) -> Basis:
    """How far an investment is, by the words of its clause before the amount."""
    clause = start_behind(PARTS, plain, cue.start, max(cue.start - _REACH, 0))
    if _IS_GOAL.search(plain, clause, mention.start):
        return Basis.PLANNED
    context = context_of(plain)
    for basis in (Basis.PAID_IN, Basis.CONTRACT, Basis.INTENDED, Basis.AGREED, Basis.SPENT):
        if context.has(basis, clause, mention.start):
            is_goal = basis in REALISED and expectation(plain, mention) is Basis.EXPECTED
            return Basis.PLANNED if is_goal else basis
    if _SIGNED_FOR.search(plain, clause, mention.start):
        return Basis.AGREED
    if _BUILT.match(plain, mention.stop) or context.has(
        "invested_so_far", max(clause - _LONGEST_LABEL, 0), clause
    ):
        return Basis.SPENT
    signed = context.last("signed", mention.start)
    for basis in (Basis.OFFERED, Basis.INTENDED):
        if context.last(basis, mention.start) > signed:
            return basis
    return Basis.PLANNED


def _without_cue(
    plain: str, mentions: tuple[Mention, ...], i: int, earlier: list[Reading], above: Above
) -> Reading:
    """An item of a list is what its head is: 计划总投资14亿元，首期5亿元."""
    mention = mentions[i]
    for j in range(i - 1, -1, -1):
        if mentions[j].measure is not Measure.MONEY or earlier[j].reason == "change_from":
            continue
        between = plain[mentions[j].stop : mention.start]
        if len(between) <= _REACH and "。" not in between:
            head = start_behind(PARTS, plain, mention.start, mentions[j].stop)
            reading = earlier[j]._replace(head=head)
            if reading.basis in (Basis.EXPECTED, Basis.ACTUAL):
                return reading._replace(basis=expectation(plain, mention))
            if reading.basis in REALISED and _GOAL.search(plain, head, mention.start):
                return reading._replace(basis=Basis.PLANNED)
            return reading
        break
    else:
        if above.amount and opens_with_list(plain, mention):
            return above.amount._replace(head=start_behind(PARTS, plain, mention.start, 0))
    if plain[max(mention.start - 1, 0)] == "(" and context_of(plain).has(
        "undertaking", 0, mention.start
    ):
        return Reading(Kind.INVESTMENT, Basis.PLANNED, "", mention.start)
    return refused("unstated", mention)
