"""Copies of a notice are told from look-alikes by what contradicts, not by how alike they are."""

from __future__ import annotations

import json
from itertools import combinations
from random import Random

import pytest

from benchmarks.retold import (
    FRAMES,
    Retold,
    cut,
    edited,
    followed,
    invented,
    look_alike,
    other_numbers,
    rounded,
)
from cqcrawler.facts.stories import Telling, candidate_keys, contradiction, same_story
from tests.shared import shared

SEEDS = range(12)
FLOOR_OF_COPIES, FLOOR_OF_LOOK_ALIKES = 0.99, 0.97


def telling(notice: Retold) -> Telling:
    return Telling(notice.title, notice.body, notice.firms)


def is_joined(one: Retold, other: Retold) -> bool:
    """Whether two notices find each other and are told to be the same, in either order."""
    first, second = telling(one), telling(other)
    verdict = same_story(first, second)
    assert verdict.same == same_story(second, first).same
    return verdict.same and not set(candidate_keys(first)).isdisjoint(candidate_keys(second))


def test_the_annotated_groups_are_told_apart() -> None:
    lines = shared("facts/stories.jsonl").read_text("utf-8").splitlines()
    notices = [json.loads(line) for line in lines]
    wrong = []
    for one, other in combinations(notices, 2):
        pair = [Retold(each["title"], each["body"], each["story"], "") for each in (one, other)]
        if is_joined(*pair) != (one["story"] == other["story"]):
            wrong.append((one["id"], other["id"]))
    assert wrong == []


@pytest.mark.parametrize("frame", FRAMES)
def test_copies_are_joined_however_they_are_edited(frame: str) -> None:
    joined = []
    for seed in SEEDS:
        random, first = Random(seed), invented(Random(seed), frame)
        copies = [edited(random, first, share) for share in (0.1, 0.2, 0.3)]
        copies += [rounded(first), cut(random, first), edited(random, rounded(first), 0.2)]
        joined += [is_joined(first, copy) for copy in copies]
    assert sum(joined) >= FLOOR_OF_COPIES * len(joined)


@pytest.mark.parametrize("frame", FRAMES)
def test_look_alikes_are_not(frame: str) -> None:
    apart = []
    for seed in SEEDS:
        random, first = Random(seed), invented(Random(seed), frame)
        others = [look_alike(random, frame, seed, kept) for kept in (0.5, 0.8, 1.0)]
        if frame not in ("visit", "policy"):
            others.append(other_numbers(random, first, 0.6))
        apart += [not is_joined(first, other) for other in others]
    assert sum(apart) >= FLOOR_OF_LOOK_ALIKES * len(apart)


def test_a_notice_written_anew_is_joined_by_its_numbers() -> None:
    first = Retold(
        "总投资36亿元 岚川县签下制氢装备项目",
        "4月18日下午，岚川县与国曜动力股份有限公司举行制氢装备产业园签约仪式，县主要领导出席。\n"
        "项目总投资36亿元，规划用地720亩，分三期建设电解槽、储氢瓶、整车生产线，其中一期投资16亿元、"
        "用地210亩。达产后年产值可达130亿元，年纳税6.5亿元，提供就业岗位3500个。\n"
        "国曜动力董事长表示，当地产业基础好、服务效率高，企业对发展充满信心。",
        "",
        "",
    )
    anew = Retold(
        "国曜动力落户岚川",
        "国曜动力股份有限公司18日与岚川县签约，拟投资36亿元建设制氢装备产业园。\n"
        "产业园用地720亩，主要建设电解槽、储氢瓶、整车生产线，一期投资16亿元、用地210亩。项目建成后年产值"
        "130亿元，年纳税6.5亿元，可带动3500人就业。",
        "",
        "",
    )
    assert is_joined(first, anew)


def test_later_stages_are_other_stories() -> None:
    for seed in SEEDS:
        for one, other in combinations(followed(Random(seed)), 2):
            assert not is_joined(one, other)


LEAD = "岚川县与锐嘉光学公司签署协议，投资12.5亿元建设光学镜头产线，用地210亩，提供岗位900个。"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("3月2日，" + LEAD, "5月9日，" + LEAD, "day"),
        ("8月4日至10日，" + LEAD, "8月11日至17日，" + LEAD, "day"),
        ("2023年，" + LEAD, "2024年，" + LEAD, "year"),
        ("上半年，" + LEAD, "前三季度，" + LEAD, "months"),
        ("第三届恳谈会上，" + LEAD, "第四届恳谈会上，" + LEAD, "serial 届"),
        ("二期，" + LEAD, "三期，" + LEAD, "phase 期"),
        (LEAD + "地块编号：GY2025-03。", LEAD + "地块编号：GY2025-04。", "code AA9-9"),
        (LEAD + "文号：岚府〔2024〕12号。", LEAD + "文号：岚府〔2024〕15号。", "document"),
        ("A区。" + LEAD, "B区。" + LEAD, "letter 区"),
        (LEAD, LEAD.replace("签署协议", "开工仪式举行"), "stage"),
        (LEAD.replace("岚川县", "忠县"), LEAD.replace("岚川县", "奉节县"), "place"),
    ],
)
def test_what_tells_a_notice_from_others_of_its_series(one: str, other: str, why: str) -> None:
    assert contradiction(Telling("", one), Telling("", other)) == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3月2日，" + LEAD, LEAD),
        ("3月2日，" + LEAD, "近日，" + LEAD),
        ("3月2日，" + LEAD, "2024年，" + LEAD),
        ("上半年，" + LEAD, "1至6月，" + LEAD),
        ("一季度，" + LEAD, "1—3月，" + LEAD),
        ("8月4日至10日，" + LEAD, "8月5日，" + LEAD),
        ("第三届恳谈会上，" + LEAD, LEAD),
        (LEAD + "力争到2027年投产。", LEAD + "力争到2028年投产。"),
        ("重庆市忠县，" + LEAD, "忠县，" + LEAD),
    ],
)
def test_what_is_left_out_or_said_otherwise_contradicts_nothing(one: str, other: str) -> None:
    assert contradiction(Telling("", one), Telling("", other)) is None


def test_another_firm_contradicts_and_a_shorter_name_does_not() -> None:
    one = Telling("", LEAD, ("锐嘉光学公司",))
    assert contradiction(one, Telling("", LEAD, ("重庆锐嘉光学科技有限公司",))) is None
    other = Telling("", LEAD.replace("锐嘉光学", "远盛精密"), ("远盛精密公司",))
    assert contradiction(one, other) == "firm"


def test_an_item_of_a_list_is_not_the_list() -> None:
    items = (
        "甲县：3日，镜头产线项目集中签约，投资3.5亿元，用地60亩。",
        "乙县：在长沙举办家居产业恳谈会，邀请到客商四十余名参加。",
        "丙县：锂电回收基地竣工，首批设备已经进场，下月试生产。",
        "丁县：5日，与远盛集团签署协议，建设面料印染中心，投资7.2亿元，用工400人。",
        "戊县：出台支持民宿发展十条措施，对新建民宿给予补助。",
    )
    item = Telling("面料印染中心落户丁县", items[3])
    assert same_story(Telling("一周要闻", "\n".join(items)), item).why == "an item of a list"


@pytest.mark.parametrize("text", ["", "岚川", "。" * 100, "公告\n公告"])
def test_what_says_too_little_is_nobodys_copy(text: str) -> None:
    assert not same_story(Telling("", text), Telling("", text)).same


@pytest.mark.parametrize(
    "text", ["1" * 60_000, "年" * 60_000, "3月" * 30_000, "（一）" * 20_000, "A-1" * 9000]
)
def test_hostile_texts_are_compared(text: str) -> None:
    one, other = Telling(text[:200], text), Telling("", text[:-7])
    assert candidate_keys(one)
    same_story(one, other)
    contradiction(one, other)
