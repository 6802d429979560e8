"""What a number of things, people or square metres is: projects, companies, jobs, area, or none."""

from __future__ import annotations

import re

from cqcrawler.facts.context import context_of
from cqcrawler.facts.cues import counted_cues, first_after, last_before
from cqcrawler.facts.mentions import Measure, Mention
from cqcrawler.facts.model import Kind
from cqcrawler.facts.readings import (
    THINGS,
    Above,
    Reading,
    expectation,
    in_policy,
    is_starting_point,
    opens_with_list,
    refused,
)
from cqcrawler.facts.sentences import CLAUSES, start_behind
from cqcrawler.facts.vocabulary import Cue, any_of

# In characters: how far behind a number the noun may stand that it counts, and before it a noun of
# which it is the number; how long the label of one item in a list is.
_REACH, _LONGEST_LABEL = 24, 14
_CLAUSE_END = re.compile("[,;:。()]")
_SIGNED = re.compile("(?:新签|签约|签下|引进)$")
_OF_SIZE = re.compile("(?:以上|以下)的?(?:仅|有|达|共|为|只有|仅有)?$")
_STATUS = re.compile(
    "(?:在[^,。;]{0,12})?(?:已|均|实现|全部)?(?:开工|投产|竣工|落地|建成|注册|动工|签约)"
)
_PHRASE_ENDS = re.compile(r"[,;:。()\d“”]")
# 企业达到286家, 项目总数为38个; between a noun and its number nothing else may stand.
_NUMBER_OF = re.compile(any_of("beside", "number_of"))
_NO_PHRASE = re.compile(any_of("beside", "begins_clause"))
_DISTRICT = re.compile(any_of("beside", "district_area"))
_PER_AREA = re.compile(r"\s?[/每]|[,，]?每")
_RATE = re.compile("平均每|年均|人均|户均|亩均|每[年人户家个]")
_HOUSES = re.compile("厂房|建筑|楼|房|仓|库|面积|车间|公寓|竣工|空间|载体")
_COUNTED = ("projects", "companies", "jobs")


def read_count(
    plain: str, mentions: tuple[Mention, ...], i: int, earlier: list[Reading], above: Above
) -> Reading:
    """Return what the number of things, people or square metres `mentions[i]` is."""
    mention = mentions[i]
    if mention.value == 1 and plain[mention.digits] == "一":
        return refused("", mention)  # An article.
    if (reason := in_policy(plain, mention)) and (
        reason == "condition" or plain[start_behind(CLAUSES, plain, mention.start)] in "对凡"
    ):
        return refused("condition", mention)
    if is_starting_point(plain, mention):
        return refused("change_from", mention)
    if mention.measure is Measure.AREA:
        return _area(plain, mention)
    if mention.is_class:
        return refused("class", mention)
    if mention.measure is Measure.PERSONS:
        return _persons(plain, mentions, i, earlier)
    return _pieces(plain, mentions, i, earlier, above)


def _area(plain: str, mention: Mention) -> Reading:
    before = plain[max(mention.start - _REACH, 0) : mention.start]
    if _PER_AREA.match(plain, mention.stop) or before.endswith(("每", "/", "平均")):
        return refused("rate", mention)
    if plain[mention.stop - 1] == "方" and plain[mention.stop - 2] == "万":
        clause = _PHRASE_ENDS.split(before)[-1] + plain[mention.stop : mention.stop + 4]
        if not _HOUSES.search(clause) or "土石" in clause:
            return refused("earthwork", mention)
    if _RATE.search(before):
        return refused("rate", mention)
    if _DISTRICT.search(before):
        return refused("district", mention)
    return Reading(Kind.AREA, None, "", max(mention.start - len(before), 0))


def _persons(plain: str, mentions: tuple[Mention, ...], i: int, earlier: list[Reading]) -> Reading:
    mention = mentions[i]
    cue = _counted_by(plain, mention)
    if cue is None:
        before = mentions[i - 1].stop if i else mention.start
        if i and earlier[i - 1].kind is Kind.JOBS and _opens(plain, before, mention.start):
            return earlier[i - 1]
        return refused("", mention)
    if cue.group == "jobs" and not _is_rate(plain, mention):
        return Reading(Kind.JOBS, expectation(plain, mention), "", cue.start)
    return refused("people" if cue.group != "households" else cue.group, mention)


def _opens(plain: str, start: int, stop: int) -> bool:
    return context_of(plain).has("opens_list", start, stop)


def _is_rate(plain: str, mention: Mention) -> bool:
    return plain[max(mention.start - 4, 0) : mention.start].endswith(
        ("每亩", "户均", "平均", "亩均")
    )


def _counted_by(plain: str, mention: Mention) -> Cue | None:
    """Return the noun that people are counted by: right behind the number, else nearest before."""
    stop = _phrase_stop(plain, mention.stop)
    cues = counted_cues(plain)
    behind = _head(cues, mention.stop, stop)
    start = max(mention.start - _REACH, 0)
    before = last_before(cues, start, mention.start)
    while before and before.group not in ("jobs", "people", "households"):
        before = last_before(cues, start, before.start)
    if before and _NUMBER_OF.fullmatch(plain, before.stop, mention.start):
        return before
    if behind and behind.group == "people":
        # 解决1500余名群众就近务工.
        after = first_after(cues, behind.stop, min(behind.stop + _LONGEST_LABEL, stop))
        return after if after and after.group == "jobs" else behind
    if behind and behind.group in ("jobs", "households"):
        return behind
    if before and _CLAUSE_END.search(plain, before.stop, mention.start):
        return None
    return before


def _pieces(
    plain: str, mentions: tuple[Mention, ...], i: int, earlier: list[Reading], above: Above
) -> Reading:
    mention = mentions[i]
    # 新增就业岗位900个，其中甲项目320个.
    is_of_jobs = bool(i) and earlier[i - 1].kind is Kind.JOBS
    is_of_jobs = is_of_jobs and mentions[i - 1].unit == mention.unit
    if is_of_jobs and _opens(plain, mentions[i - 1].stop, mention.start):
        return earlier[i - 1]
    cues = counted_cues(plain)
    before = last_before(cues, max(mention.start - _REACH, 0), mention.start)
    if plain.endswith("分别为", 0, mention.start) or plain.endswith("分别是", 0, mention.start):
        before = _last_counted(cues, mention)
    elif before and not _NUMBER_OF.fullmatch(plain, before.stop, mention.start):
        before = None
    behind = _head(cues, mention.stop, _phrase_stop(plain, mention.stop))
    is_counted = before is not None and before.group in _COUNTED
    if (
        before
        and before.group in ("institutes", "others")
        and _is_item(plain, mentions, i, earlier)
    ):
        before = None
    if behind and not (is_counted and behind.start - mention.stop > 1):
        cue: Cue | None = behind
    else:
        cue = before
    if cue is None or (cue is behind and cue.group == "others"):
        return _by_list(plain, mentions, i, earlier, above)
    return _of_group(plain, mention, cue)


def _last_counted(cues: tuple[Cue, ...], mention: Mention) -> Cue | None:
    """三大产业签约项目占比六成，分别为17个、11个、7个."""
    counted = (c for c in reversed(cues) if c.stop <= mention.start and c.group in _COUNTED)
    return next(counted, None)


def _is_item(plain: str, mentions: tuple[Mention, ...], i: int, earlier: list[Reading]) -> bool:
    """项目216个，其中电子信息类73个: what stands before the number is a label of its list."""
    for j in range(i - 1, -1, -1):
        if mentions[j].unit == mentions[i].unit:
            is_counted = earlier[j].kind in THINGS
            return is_counted and _opens(plain, mentions[j].stop, mentions[i].start)
    return False


def _phrase_stop(plain: str, start: int) -> int:
    if plain.startswith("、", start):
        return start
    stop = min(start + _REACH, len(plain))
    end = _PHRASE_ENDS.search(plain, start, stop)
    stop = end.start() if end else stop
    clause = _NO_PHRASE.search(plain, start, stop)
    return clause.start() if clause else stop


def _head(cues: tuple[Cue, ...], start: int, stop: int) -> Cue | None:
    """Return the noun that ends the first noun phrase: the last of those that adjoin."""
    cue = first_after(cues, start, stop)
    while cue:
        after = first_after(cues, cue.stop, stop)
        if after is None or after.start > cue.stop:
            if cue.group in ("others", "companies") and after and after.start - cue.stop <= 8:
                # 12个产业链项目, 5个上市公司投资项目: a word that says of what the noun is.
                cue = after if after.group in ("projects", "companies", "jobs") else cue
            return cue
        cue = after
    return None


def _of_group(plain: str, mention: Mention, cue: Cue) -> Reading:
    group = cue.group
    if group == "projects" and mention.unit in "个项宗":
        return Reading(Kind.PROJECTS, None, "", cue.start)
    if group == "companies" or (group == "company_part" and mention.unit == "家"):
        if mention.unit == "项":
            return refused("", mention)
        return Reading(Kind.COMPANIES, None, "", cue.start)
    if group == "jobs" and mention.unit == "个":
        return Reading(Kind.JOBS, expectation(plain, mention), "", cue.start)
    if group in ("agreements", "institutes", "households", "people"):
        return refused(group, mention)
    return refused("", mention)


def _by_list(
    plain: str, mentions: tuple[Mention, ...], i: int, earlier: list[Reading], above: Above
) -> Reading:
    """An item without a noun is what the head of its list is: 项目268个，其中在谈165个."""
    mention = mentions[i]
    for j in range(i - 1, -1, -1):
        if mentions[j].measure is not Measure.PIECES:
            continue
        if mentions[j].unit == mention.unit and earlier[j].kind in THINGS:
            between = plain[mentions[i - 1].stop : mention.start]
            if len(between) <= _LONGEST_LABEL and "。" not in between:
                return earlier[j]._replace(head=mentions[i - 1].stop)
        break
    else:
        if above.counted and opens_with_list(plain, mention):
            return above.counted
    if mention.unit == "家" and "企业" in plain:
        return Reading(Kind.COMPANIES, None, "", mention.start)
    if mention.unit == "个" and _is_signed(plain, mention):
        return Reading(Kind.PROJECTS, None, "", mention.start)
    return refused("", mention)


def _is_signed(plain: str, mention: Mention) -> bool:
    """上半年新签13个，新签约项目中已有13个开工: what is signed or begun is projects."""
    if _SIGNED.search(plain, max(mention.start - 3, 0), mention.start):
        return _CLAUSE_END.match(plain, mention.stop) is not None
    if "项目" not in plain[: mention.start]:
        return False
    # 新建项目中10亿元以上的仅14个.
    is_of_size = _OF_SIZE.search(plain, max(mention.start - 6, 0), mention.start) is not None
    return is_of_size or _STATUS.match(plain, mention.stop) is not None
