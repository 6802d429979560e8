"""The dates and periods of Recognizers-Text, read in place: what we read as it does, and why not.

Its assistants answer questions, so it reads what nobody prints in a notice, and what lies ahead.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from cqcrawler.facts.periods import Period, read_periods
from cqcrawler.facts.sentences import narrowed
from tests.shared import shared

# Differences of convention, by what is in the input.
DIFFERENCES = {
    "a bare day counts only where a newspaper's sentence begins with it": {
        "29日你去吃饭吗",
        "29日你去看电影吗",
        "29日你上班吗",
        "12号",
    },
    "a bare day of the week is office hours as often as a day": {"星期一", "礼拜日"},
    "notices are read in simplified characters": {
        "任務是在上上個週三完成的",
        "禮拜一",
        "後天你有空吗？",
        "週三",
        "你上上個週末干嘛了",
    },
    "days of the lunar calendar are not those of the solar one": {
        "农历2015年十月初一",
        "2015年农历正月初一",
        "三月初一",
        "正月三十",
        "大年初一",
        "大年三十",
        "两千零四年八月十五",
        "两千年八月十五",
        "二零零四年八月十五",
        "一月二十三",
    },
    "no notice tells of emperors, of the republic or of years before 1900": {
        "1789-01-29",
        "1357年6月10日",
        "三六七年一月一日",
        "神龙二年正月初一",
        "雍正四年大年三十",
        "在789年",
        "神龙元年十一月，武则天去世",
        "康熙三年五月",
        "康熙二十年9月",
        "康熙20年9月",
        "民国三年",
        "雍正十六年",
        "雍正二十三年十二月",
    },
    "figures without units, or with the day first, are sums and numbers as often as dates": {
        "2010 01 29",
        "你13.5.2015有时间吗？",
        "我会在 3-7-2017 回来",
        "你3-7-07有时间吗",
        "你3-7-27有时间吗",
        "你05/05/89有时间吗",
        "你05/05/71有时间吗",
        "12/1",
        "1/2/2020",
        "你27-7-3有时间吗",
        "你12-11-10有时间吗",
        "时间从2016到2018",
        "时间从2016-2018",
        "2018 看起来是一个年份",
        "10/1/2018-10/7/2018",
    },
    "a year of two figures is a span of years (历时24年) unless a month follows": {
        "他07年以后就没再来过学校",
        "他07 年以前就毕业了",
        "08年奥运会在北京举办",
        "零八年奥运会在北京举办",
    },
    "近日 and the last so many days, months or years are no period (guide, 4)": {
        "最近",
        "前1周",
        "上2个月",
        "近三年销量最高的品牌是什么？",
        "近 三 年，犯罪数量逐步下降",
        "过去十年中国有了巨大的变化",
        "后1年",
        "在未来两天",
    },
    "decades are no time of an event": {
        "上世纪90年代",
        "本世纪20年代",
        "20世纪80年代",
        "在50年代的时候",
        "19世纪70年代，他出生了",
        "十九世纪七十年代",
        "九十年代",
    },
    "a range has its last year in it": {
        "时间从二零一六年至二零一八年",
        "2009 年 到 2010 年，小麦产量翻了一番",
        "2007年与2009年间",
        "在2007年与2009年之间",
        "帮我统计一下2010年之后2018年之前的销量",
    },
    "a day that the calendar does not have is none": {"2月30日", "2019年2月29日"},
    "a season, and a week counted within its month, mean the whole unit": {
        "今年夏天",
        "十月的第一周是国庆节",
        "我从四月的最后一个星期一到十月一日不在",
        "我从8月的最后一个星期一到十月一日不在",
    },
}
DIFFER = {text for texts in DIFFERENCES.values() for text in texts}


def cases(file: str) -> list[dict[str, Any]]:
    source = shared(f"peers/recognizers-zh/{file}.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(source)
    return found


def reading(case: dict[str, Any]) -> Period | None:
    published = date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
    return next(iter(read_periods(narrowed(case["Input"]), published)), None)


def agrees(case: dict[str, Any]) -> bool:
    """Tell whether the days are the same; the peer's periods end with the day behind them."""
    found = reading(case)
    past = case["Results"][0]["Value"]["PastResolution"]
    first, last = past.get("date") or past.get("startDate"), past.get("date") or past.get("endDate")
    if found is None:
        return False
    ends = {found.last.isoformat(), (found.last + timedelta(days=1)).isoformat()}
    return found.first.isoformat() == first and last in ends


@pytest.mark.parametrize(("file", "floor"), [("DateParser", 25), ("DatePeriodParser", 32)])
def test_days_are_those_of_the_peer(file: str, floor: int) -> None:
    same = [case["Input"] for case in cases(file) if agrees(case)]
    others = {case["Input"] for case in cases(file)} - set(same) - DIFFER
    assert not others, "neither as the peer reads it, nor a listed difference"
    assert len(same) >= floor


def test_every_difference_is_one() -> None:
    every = [case for file in ("DateParser", "DatePeriodParser") for case in cases(file)]
    assert {case["Input"] for case in every} >= DIFFER
    assert not [case["Input"] for case in every if case["Input"] in DIFFER and agrees(case)]
