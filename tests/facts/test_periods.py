"""Dates and periods in running text."""

from __future__ import annotations

from datetime import date

import pytest

from cqcrawler.facts import periods
from cqcrawler.facts.holidays import first_lunar_month, holiday
from cqcrawler.facts.periods import Period, iter_periods, read_periods
from cqcrawler.facts.sentences import narrowed

PUBLISHED = date(2025, 8, 15)  # a Friday

Read = list[tuple[str, str, str, str]]


def read(text: str, published: date | None = PUBLISHED, ahead: bool = False) -> Read:
    return [
        (
            each.first.isoformat(),
            each.last.isoformat(),
            each.precision,
            text[each.start : each.stop],
        )
        for each in read_periods(narrowed(text), published, ahead=ahead)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024年3月5日", "2024-03-05", "2024-03-05", "day"),
        ("２０２４年３月５日", "2024-03-05", "2024-03-05", "day"),
        ("2024 年 3 月 5 日", "2024-03-05", "2024-03-05", "day"),
        ("二〇二四年三月五日", "2024-03-05", "2024-03-05", "day"),
        ("2024.3.5", "2024-03-05", "2024-03-05", "day"),
        ("2024-03-05", "2024-03-05", "2024-03-05", "day"),
        ("24年3月5日", "2024-03-05", "2024-03-05", "day"),
        ("3月5日", "2025-03-05", "2025-03-05", "day"),
        ("8月16日", "2024-08-16", "2024-08-16", "day"),
        ("2月29日", "2024-02-29", "2024-02-29", "day"),
        ("去年3月5日", "2024-03-05", "2024-03-05", "day"),
        ("本月5日", "2025-08-05", "2025-08-05", "day"),
        ("上月5日", "2025-07-05", "2025-07-05", "day"),
        ("昨日", "2025-08-14", "2025-08-14", "day"),
        ("前天", "2025-08-13", "2025-08-13", "day"),
        ("今晨", "2025-08-15", "2025-08-15", "day"),
        ("上周五", "2025-08-08", "2025-08-08", "day"),
        ("本周一", "2025-08-11", "2025-08-11", "day"),
        ("正月初八", "2025-02-05", "2025-02-05", "day"),
        ("国庆节当天", "2024-10-01", "2024-10-01", "day"),
        ("上周", "2025-08-04", "2025-08-10", "week"),
        ("上周末", "2025-08-09", "2025-08-10", "week"),
        ("7月下旬", "2025-07-21", "2025-07-31", "week"),
        ("2024年2月下旬", "2024-02-21", "2024-02-29", "week"),
        ("6月中下旬", "2025-06-11", "2025-06-30", "week"),
        ("国庆期间", "2024-10-01", "2024-10-07", "week"),
        ("今年“五一”假期", "2025-05-01", "2025-05-05", "week"),
        ("春节黄金周", "2025-01-28", "2025-02-04", "week"),
        ("7月", "2025-07-01", "2025-07-31", "month"),
        ("8月", "2025-08-01", "2025-08-31", "month"),
        ("9月份", "2024-09-01", "2024-09-30", "month"),
        ("上个月", "2025-07-01", "2025-07-31", "month"),
        ("去年12月底", "2024-12-01", "2024-12-31", "month"),
        ("元月", "2025-01-01", "2025-01-31", "month"),
        ("上季度", "2025-04-01", "2025-06-30", "quarter"),
        ("本季度", "2025-07-01", "2025-09-30", "quarter"),
        ("二季度", "2025-04-01", "2025-06-30", "quarter"),
        ("三季度", "2024-07-01", "2024-09-30", "quarter"),
        ("今年三季度", "2025-07-01", "2025-09-30", "quarter"),
        ("2024年第四季度", "2024-10-01", "2024-12-31", "quarter"),
        ("上半年", "2025-01-01", "2025-06-30", "half"),
        ("下半年", "2024-07-01", "2024-12-31", "half"),
        ("2024年的上半年", "2024-01-01", "2024-06-30", "half"),
        ("2024年", "2024-01-01", "2024-12-31", "year"),
        ("2024年全年", "2024-01-01", "2024-12-31", "year"),
        ("上年度", "2024-01-01", "2024-12-31", "year"),
        ("前年", "2023-01-01", "2023-12-31", "year"),
        ("去年年底", "2024-01-01", "2024-12-31", "year"),
        ("今年以来", "2025-01-01", "2025-08-15", "year"),
        ("年初以来", "2025-01-01", "2025-08-15", "year"),
        ("8月以来", "2025-08-01", "2025-08-15", "span"),
        ("9月以来", "2024-09-01", "2025-08-15", "span"),
        ("三季度以来", "2025-07-01", "2025-08-15", "span"),
        ("2021年以来", "2021-01-01", "2025-08-15", "span"),
        ("2023年3月至今", "2023-03-01", "2025-08-15", "span"),
        ("“十四五”以来", "2021-01-01", "2025-08-15", "span"),
        ("“十三五”期间", "2016-01-01", "2020-12-31", "span"),
        ("十五五时期", "2026-01-01", "2030-12-31", "span"),
        ("前三季度", "2025-01-01", "2025-09-30", "span"),
        ("前7个月", "2025-01-01", "2025-07-31", "span"),
        ("今年1至7月", "2025-01-01", "2025-07-31", "span"),
        ("7—10月份", "2024-07-01", "2024-10-31", "span"),
    ],
)
def test_a_period_is_read(text: str, first: str, last: str, precision: str) -> None:
    assert read(text) == [(first, last, precision, text)]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("7月1日—3日", "2025-07-01", "2025-07-03", "day"),
        ("3月5日至8日", "2025-03-05", "2025-03-08", "day"),
        ("3月30日到4月2日", "2025-03-30", "2025-04-02", "day"),
        ("12月30日至1月2日", "2024-12-30", "2025-01-02", "day"),
        ("2024年12月30日至1月2日", "2024-12-30", "2025-01-02", "day"),
        ("7月1日（星期二）9时至7月3日", "2025-07-01", "2025-07-03", "day"),
        ("7月1日起至7月10日", "2025-07-01", "2025-07-10", "day"),
        ("2024.3.5—3.8", "2024-03-05", "2024-03-08", "day"),
        ("2024-12-30至01-02", "2024-12-30", "2025-01-02", "day"),
        ("2024年3月5日-2024年3月8日", "2024-03-05", "2024-03-08", "day"),
        ("2024/3/5-2024/3/8", "2024-03-05", "2024-03-08", "day"),
        ("2024年3月至6月", "2024-03-01", "2024-06-30", "span"),
        ("2024年3—6月", "2024-03-01", "2024-06-30", "span"),
        ("去年10月至今年3月", "2024-10-01", "2025-03-31", "span"),
        ("一至二季度", "2025-01-01", "2025-06-30", "span"),
        ("2020—2024年", "2020-01-01", "2024-12-31", "span"),
        ("2021年至2023年", "2021-01-01", "2023-12-31", "span"),
    ],
)
def test_a_range_is_read(text: str, first: str, last: str, precision: str) -> None:
    assert read(text) == [(first, last, precision, text)]


@pytest.mark.parametrize(
    "text",
    [
        "此前年产5万吨",
        "提前半年完成",
        "以上季度",
        "以上年产值",
        "目前天然气管网",
        "以上周边配套",
        "本周期内",
        "近三年",
        "三年来",
        "5个月",
        "用时5日，",
        "第5日，",
        "满30日后",
        "24年",
        "13月5日",
        "2月30日",
        "1357年6月10日",
        "康熙三年五月",
        "农历八月十五",
        "三月初三",
        "三月三歌圩",
        "轨道交通2号线",
        "12亿元",
        "2.5月",
        "相当年产",
        "今日头条",
        "近日",
        "十四五规划",
        "",
        "\n",
    ],
)
def test_what_looks_like_a_period_is_left(text: str) -> None:
    assert read(text) == []


def test_a_lone_day_is_the_latest_as_newspapers_begin() -> None:
    assert [each[0] for each in read("5日，县里举行签约仪式。")] == ["2025-08-05"]
    assert [each[0] for each in read("20日，县里举行签约仪式。")] == ["2025-07-20"]
    assert [each[0] for each in read("记者12日从市商务局获悉")] == ["2025-08-12"]
    assert read("5日至8日，展会在昆明举行")[0][:2] == ("2025-08-05", "2025-08-08")
    assert [each[0] for each in read("31日，大会闭幕", date(2025, 7, 2))] == ["2025-05-31"]


def test_words_count_from_what_was_named_before() -> None:
    text = "2023年11月6日，双方签约。当日，公司注册；次日，团队进场。同年12月开工，次年9月投产。"
    assert [each[:2] for each in read(text)] == [
        ("2023-11-06", "2023-11-06"),
        ("2023-11-06", "2023-11-06"),
        ("2023-11-07", "2023-11-07"),
        ("2023-12-01", "2023-12-31"),
        ("2024-09-01", "2024-09-30"),
    ]
    assert read("当日，同月，次年") == []


def test_a_month_after_one_with_its_year_is_of_that_year() -> None:
    assert [each[0] for each in read("2022年3月签约，8月开工")] == ["2022-03-01", "2022-08-01"]
    assert [each[0] for each in read("2022年9月签约、3月开工")] == ["2022-09-01", "2023-03-01"]
    assert [each[0] for each in read("2022年3月签约。8月开工")] == ["2022-03-01", "2025-08-01"]


def test_what_goes_on_since_an_event() -> None:
    text = "自2017年启动建设以来，从2021年3月开园至今"
    assert read(text) == [
        ("2017-01-01", "2025-08-15", "span", "2017年启动建设以来"),
        ("2021-03-01", "2025-08-15", "span", "2021年3月开园至今"),
    ]
    assert read("2026年以来") == []


def test_without_a_day_of_publication_only_what_prints_its_year_is_read() -> None:
    text = "2024年3月5日，2023年，5月6日，昨日，上月，去年，国庆期间，三季度，今年以来，2021年以来"
    assert [each[3] for each in read(text, None)] == ["2024年3月5日", "2023年"]


@pytest.mark.parametrize("published", [date.min, date.max])
def test_no_day_of_publication_is_out_of_reach(published: date) -> None:
    assert read("上周，上月，前年，明年，后年，次日，2024年", published)[-1][3] == "2024年"


def test_ahead_a_day_without_its_year_is_the_next() -> None:
    assert read("8月31日", ahead=True)[0][0] == "2025-08-31"
    assert read("1月10日", ahead=True)[0][0] == "2026-01-10"
    assert read("7月20日", ahead=True)[0][0] == "2025-07-20", "lately over: the notice is a reprint"


def test_holidays_are_those_that_were_published() -> None:
    assert holiday("国庆", 2025) == (date(2025, 10, 1), date(2025, 10, 8))
    assert holiday("国庆", 2035) is None
    assert read("国庆期间", date(2035, 11, 1)) == []
    assert first_lunar_month(2024, 0) == date(2024, 2, 9)
    assert first_lunar_month(1900, 1) is None


def test_no_holiday_is_without_its_name_or_out_of_its_season() -> None:
    seasons = {"元旦": (12, 1), "春节": (1, 2), "清明": (4,), "五一": (4, 5), "端午": (5, 6)}
    seasons |= {"中秋": (9, 10), "国庆": (9, 10)}
    for year in range(2016, 2027):
        for name, months in seasons.items():
            days = holiday(name, year)
            assert days, (name, year)
            assert all(day.month in months for day in days), (name, year)
            assert 0 <= (days[1] - days[0]).days < 10, (name, year)


def test_stretches_are_in_order_and_apart() -> None:
    text = "去年底、今年一季度、3月5日—8日、2024.3.5、“十四五”期间、昨日、国庆期间、1-7月" * 5
    found = read_periods(text, PUBLISHED)
    assert len(found) == 40
    ends = 0
    for each in found:
        assert ends <= each.start < each.stop
        assert each.first <= each.last
        ends = each.stop


@pytest.mark.parametrize(
    "unit",
    ["2012年", "8月5日，", "1-", "5日至", "上上", "一", "自2020年", "十四五期间", "2024.3.5-"],
)
def test_what_is_looked_at_grows_with_the_text(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def looks(text: str) -> int:
        count = 0
        original = periods.stamp_at

        def counted(*arguments: object) -> object:
            nonlocal count
            count += 1
            return original(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(periods, "stamp_at", counted)
        read_periods(text, PUBLISHED)
        monkeypatch.setattr(periods, "stamp_at", original)
        return count

    assert looks(unit * 2000) <= 11 * looks(unit * 200) + 20


def test_a_period_says_whether_it_goes_on_or_has_both_ends() -> None:
    since, joined = read_periods("2021年以来，3月至6月", PUBLISHED)
    assert (since.since, since.joined) == (True, False)
    assert (joined.since, joined.joined) == (False, True)
    assert isinstance(since, Period)


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("2024年3月15日", "二〇二四年三月十五日"),
        ("8月5日", "八月五日"),
        ("08月05日", "８月５号，"),
        ("2025年2月29日", "二〇二五年二月二十九日"),
        ("13月5日", "十三月五日"),
        ("3月32日", "三月三十二日"),
        ("农历8月5日", "农历八月五日"),
        ("8月5日至9日", "八月五日至九日"),
        ("2022年3月1日签约，8月5日", "二〇二二年三月一日签约，八月五日"),
    ],
)
def test_the_commonest_form_is_read_like_all_others(common: str, rare: str) -> None:
    assert [each[:3] for each in read(common)] == [each[:3] for each in read(rare)]


@pytest.mark.parametrize(
    "text",
    [
        "下一步，",
        "三年内投产",
        "第二批项目",
        "33618体系",
        "96.5亿元",
        "1.5万",
        "上12个",
        "本级",
        "123年",
    ],
)
def test_what_begins_no_date_is_not_looked_at(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periods, "stamp_at", lambda *_: pytest.fail(f"looked at {text}"))
    assert read(text) == []


def test_who_needs_the_first_has_no_more_read() -> None:
    text = "8月5日，签约。" * 3
    assert (
        next(iter_periods(narrowed(text), PUBLISHED)) == read_periods(narrowed(text), PUBLISHED)[0]
    )
    assert list(iter_periods(text, PUBLISHED)) == read_periods(text, PUBLISHED)
