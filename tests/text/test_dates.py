from __future__ import annotations

import os
import subprocess
import sys
import warnings
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcrawler.text import foreign_dates
from cqcrawler.text.dates import BEIJING, find_dates, parse_date, parse_parts, parse_stated
from cqcrawler.text.relative_dates import find_month_days

BASE = datetime(2025, 7, 9, 2, 30)
DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))


def day_of(text: str, base: datetime | None = None) -> str | None:
    reading = parse_date(text, base)
    return reading.date.isoformat() if reading else None


@pytest.mark.parametrize(
    "text",
    [
        "2025年07月09日",
        "2025年7月9日",
        "2025年7月9号",
        "2025 年 7 月 9 日",
        "2025\xa0年07月\n09 日",
        "２０２５年０７月０９日",
        "２０２５－０７－０９",
        "2025年07月09 10:03",
        "二〇二五年七月九日",
        "二○二五年七月九日",
        "二零二五年七月九日",
        "二О二五年〇七月〇九日",
        "二O二五年七月九日",
        "二0二五年7月9日",
        "2025-07-09",
        "2025-7-9",
        "2025/07/09",
        "2025.07.09",
        "2025．7．9",
        "2025–07–09",
        "2025 - 07 - 09",
        "20250709",
        "202507091003",
        "20250709100345",
        "20250709 10:03",
        "09 2025-07",
        "9\n2025年7月",
        "07-09\n2025",
        "2025-07-09 10:03:45",
        "2025-07-09 10:03:45.0",
        "2025-07-09 10∶03",
        "2025-07-09-23:59:59",
        "2025-07-0910:03",
        "2025-07-09T10:03:45+08:00",
        "2025-07-09T10:03:45",
        "Jul 9, 2025",
        "July 9th, 2025",
        "Jul. 9, 2025",
        "Jul.9, 2025",
        "Jul 09 Wed 2025 22:10",
        "09 Jul 2025",
        "09-Jul-2025",
        "Posted on July 9, 2025 by Admin",
        "Wed, 09 Jul 2025 02:00:00 GMT",
    ],
)
def test_every_form_reads_as_the_same_day(text: str) -> None:
    for value in (text, f"发布日期：{text}", f"[{text}]", f" 时间:{text} 来源：新华社 "):
        assert day_of(value) == "2025-07-09", value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年07月09", "2025-07-09"),
        ("[2025年07月09]", "2025-07-09"),
        ("2025年07月09日 星期三 10:03 来源：2025-07-08", "2025-07-09"),
        ("2025.07.07-2025.08.01", "2025-07-07"),
        ("2025-02-30 更正：2025-03-01", "2025-03-01"),
        ("二〇二五年十月十日", "2025-10-10"),
        ("一九九八年十二月三十一日", "1998-12-31"),
        ("二〇二五年十月廿五日", "2025-10-25"),
        ("二〇二五年十月卅日", "2025-10-30"),
        ("《光明日报》（2024年05月20日\xa003版）", "2024-05-20"),
    ],
)
def test_first_complete_date_wins(text: str, expected: str) -> None:
    assert day_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-07-07T18:30:00Z", "2025-07-08"),
        ("2025-07-07T18:30Z", "2025-07-08"),
        ("2025-07-07T18:30:00.000+0000", "2025-07-08"),
        ("2025-07-07 18:30:00 UTC", "2025-07-08"),
        ("2025-07-07T23:30:00+08:00", "2025-07-07"),
        ("2025-07-07T02:00:00+14:00", "2025-07-06"),
        ("2025-07-07 10:23-11:30", "2025-07-07"),
        ("2025-07-07 10:23:45-11:30:45", "2025-07-07"),
        ("2025-07-07T25:00:00Z", "2025-07-07"),
        ("1751904000", "2025-07-08"),
        ("1751903999", "2025-07-07"),
        ("1751903999999", "2025-07-07"),
        ("时间：1751904000000 ", "2025-07-08"),
        ("Mon, 07 Jul 2025 18:00:00 GMT", "2025-07-08"),
        ("Mon, 07 Jul 2025 18:00:00 +0000", "2025-07-08"),
        ("Mon Jul 07 22:23:45 CST 2025", "2025-07-07"),
        ("Mon Jul 07 2025 22:23:45 GMT+0800 (China Standard Time)", "2025-07-07"),
    ],
)
def test_days_are_beijing_days(text: str, expected: str) -> None:
    assert day_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025年7月",
        "2013 年 6 月",
        "2025-07",
        "2025年7月12家企业签约",
        "2025年7月9号线开通",
        "2025-02-30",
        "2025-13-01",
        "2025年2月30日",
        "二〇二五年十十月七日",
        "20250230",
        "1948-12-31",
        "2101-01-01",
        "25-07-07",
        "2025-2026",
        "1997-2019 网易公司版权所有",
        "010-2025-07-070",
        "010-2025-07-07",
        "1.2025.07.07",
        "12025-07-07",
        "2025-07-07-003",
        "2024-12-05号地块",
        "http://www.example.com/2025/07/07/",
        "农历二〇二五年六月十三日",
        "13800138000",
        "2034567890",
        "50.1亿元",
        "Jul 2025",
        "Jul 7",
        "Jul 2025 07:00",
        "7 Jul 25",
        "Feb 30, 2025",
        "07/08/2025",
        "今日头条",
        "今天的市委常委会会议",
    ],
)
def test_not_a_date(text: str) -> None:
    assert parse_date(text, BASE) is None
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年7月", None),
        ("2013 年 6 月", None),
        ("07-07", "2025-07-07"),
        ("4月20日", "2025-04-20"),
        ("发布日期：2025年07月07日", "2025-07-07"),
        ("二〇二五年七月七日", "2025-07-07"),
        ("２０２５年７月７日", "2025-07-07"),
    ],
)
def test_what_dateparser_gets_wrong(text: str, expected: str | None) -> None:
    assert day_of(text, BASE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刚刚", "2025-07-09"),
        ("今天 01:15", "2025-07-09"),
        ("今天上午", "2025-07-09"),
        ("昨天22:17", "2025-07-08"),
        ("发布于昨日", "2025-07-08"),
        ("前天", "2025-07-07"),
        ("大前天", "2025-07-06"),
        ("30秒前", "2025-07-09"),
        ("10分钟前", "2025-07-09"),
        ("2小时前", "2025-07-09"),
        ("３小时前", "2025-07-08"),
        ("发布时间：5小时前", "2025-07-08"),
        ("3天前", "2025-07-06"),
        ("3 天以前", "2025-07-06"),
        ("2周前", "2025-06-25"),
        ("1个星期前", "2025-07-02"),
        ("1个月前", "2025-06-09"),
        ("7个月前", "2024-12-09"),
        ("07-07", "2025-07-07"),
        ("[07/07]", "2025-07-07"),
        ("07-07 10:23", "2025-07-07"),
        ("7月7日", "2025-07-07"),
        ("发布时间：七月七日", "2025-07-07"),
        ("07-10", "2025-07-10"),
        ("07-11", "2024-07-11"),
        ("12月31日", "2024-12-31"),
        ("02-29", "2024-02-29"),
    ],
)
def test_dates_that_need_a_base(text: str, expected: str) -> None:
    assert day_of(text, BASE) == expected
    assert parse_date(text) is None


def test_base_with_an_offset_is_taken_to_beijing() -> None:
    evening = datetime(2025, 7, 8, 18, 30, tzinfo=UTC)
    assert day_of("今天", evening) == "2025-07-09"
    assert day_of("3小时前", evening) == "2025-07-08"


def test_months_back_end_on_the_last_day_of_a_shorter_month() -> None:
    assert day_of("1个月前", datetime(2025, 3, 31)) == "2025-02-28"


@pytest.mark.parametrize("text", ["1天前", "1个月前", "昨天", "02-29"])
def test_base_at_the_edges_of_the_calendar(text: str) -> None:
    for base in (datetime.min, datetime.max):
        assert parse_date(text, base) is None


@pytest.mark.parametrize(
    ("text", "form", "words"),
    [
        ("发布日期：2025年07月09日 来源", "chinese", "2025年07月09日"),
        ("二〇二五年七月九日", "chinese", "二〇二五年七月九日"),
        ("时间:2025-07-09 10:03", "separated", "2025-07-09"),
        ("T 2025-07-09T01:00:00Z", "zoned", "2025-07-09T01:00:00Z"),
        ("时间：[20250709]", "compact", "20250709"),
        ("1752026400", "epoch", "1752026400"),
        ("（09 2025-07）", "badge", "09 2025-07"),
        ("发布于 5分钟前", "relative", "5分钟前"),
        ("（7月9日）", "yearless", "7月9日"),
        ("Wed, Jul 9, 2025", "english", "Jul 9, 2025"),
    ],
)
def test_reading_says_what_was_read_and_where(text: str, form: str, words: str) -> None:
    reading = parse_date(text, BASE)
    assert reading is not None
    assert (reading.date, reading.form, reading.text) == (date(2025, 7, 9), form, words)
    assert text[reading.start : reading.end] == words


def test_dates_in_running_text() -> None:
    text = (
        "展期2025.07.07-2025.08.01，2025年7月9号至12日布展，详见http://a.example/2025/07/10/x，"
        "电话010-2025-07-11，admin2025-07-12发布于二〇二五年七月十三日，昨天、7月14日、20250715不算。"
    )
    readings = find_dates(text)
    assert [reading.text for reading in readings] == [
        "2025.07.07",
        "2025.08.01",
        "2025年7月9号",
        "2025-07-12",
        "二〇二五年七月十三日",
    ]
    assert all(text[reading.start : reading.end] == reading.text for reading in readings)


def test_only_the_start_of_a_value_is_read_and_no_date_is_cut() -> None:
    days = [day_of("字" * length + "2025-07-12") for length in range(150, 270)]
    assert set(days) == {"2025-07-12", None}
    assert day_of("字" * 1_000_000 + "2025-07-12") is None


CHINESE = "〇一二三四五六七八九"


def in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    leading = "" if tens == 1 else CHINESE[tens]
    return (f"{leading}十" if tens else "") + (CHINESE[ones] if ones else "")


def printed(day: date) -> list[str]:
    year = "".join(CHINESE[int(digit)] for digit in f"{day:%Y}")
    plain = [f"{day.year}{a}{day.month}{b}{day.day}{c}" for a, b, c in ("年月日", "年月号")]
    return [
        *plain,
        *(f"{day:%Y}{mark}{day:%m}{mark}{day:%d}" for mark in "-/.．－"),
        *(f"{day.year}{mark}{day.month}{mark}{day.day}" for mark in "-/."),
        f"{day:%Y年%m月%d日}".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        f"{year}年{in_chinese(day.month)}月{in_chinese(day.day)}日",
        f"{day:%Y} 年 {day:%m} 月 {day:%d} 日",
    ]


@given(DAYS)
def test_every_date_parses_back_from_every_form(day: date) -> None:
    for text in [*printed(day), f"{day:%Y%m%d}", f"{day:%Y%m%d}103000", f"{day:%d} {day:%Y-%m}"]:
        reading = parse_date(text)
        assert reading is not None, text
        assert reading.date == day


@settings(max_examples=20)
@given(DAYS)
def test_every_date_parses_back_from_english(day: date) -> None:
    for text in (f"{day:%b %d, %Y}", f"{day:%d %B %Y}", f"{day:%a, %d %b %Y} 03:04:05 GMT"):
        reading = parse_date(text)
        assert reading is not None, text
        assert reading.date == day


@given(st.lists(DAYS, max_size=4), st.data())
def test_dates_in_running_text_keep_their_spans(days: list[date], data: st.DataObject) -> None:
    words = [data.draw(st.sampled_from(printed(day))) for day in days]
    text = "，".join(["项目于", *words, "签约"])
    readings = find_dates(text)
    assert [reading.date for reading in readings] == days
    assert [text[reading.start : reading.end] for reading in readings] == words


@given(
    st.datetimes(datetime(1992, 1, 1), datetime(2100, 1, 1)),
    st.integers(-14 * 60, 14 * 60),
)
def test_offsets_lead_to_the_beijing_day(moment: datetime, minutes: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert day_of(aware.isoformat()) == f"{aware.astimezone(BEIJING):%Y-%m-%d}"


DATE_LIKE = st.text(
    "0123456789２〇一二十廿年月日号天周个小时前刚昨今-/.:：TZ+ \n[Julay,", max_size=40
)


@given(st.text() | DATE_LIKE, st.none() | st.datetimes() | st.just(BASE.replace(tzinfo=UTC)))
def test_no_text_raises(text: str, base: datetime | None) -> None:
    for reading in [parse_date(text, base), *find_dates(text)]:
        if reading:
            assert text[reading.start : reading.end] == reading.text
            assert 1949 <= reading.date.year <= 2100


def test_usual_forms_leave_dateparser_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign_dates, "_dateparser", lambda words, _: pytest.fail(words))
    for text in [*printed(date(2025, 7, 9)), "20250709", "3天前", "07-09", "无日期", "May 2025"]:
        parse_date(text, BASE)


def test_dateparser_is_imported_only_when_reached() -> None:
    code = "import sys; from cqcrawler.text.dates import parse_date; parse_date('无'); "
    subprocess.run(
        [sys.executable, "-c", f"{code} assert 'dateparser' not in sys.modules"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
    )


def test_errors_and_warnings_of_dateparser_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def warn(*_: object, **__: object) -> datetime:
        warnings.warn("deprecated", DeprecationWarning, stacklevel=1)
        return datetime(2025, 7, 9)

    def fail(*_: object, **__: object) -> datetime:
        raise RuntimeError("a defect of the library")

    monkeypatch.setattr("dateparser.parse", warn)
    assert day_of("Jul 9, 2025") == "2025-07-09"
    monkeypatch.setattr("dateparser.parse", fail)
    assert day_of("Jul 9, 2025") is None


@pytest.mark.parametrize(
    "text",
    [
        "发布时间：[21/05/03 10:03]",
        "发布时间：21.05.03",
        "民國110年5月3日",
        "中華民國 110 年 05 月 03 日",
        "中华民国一百一十年五月三日",
        "110-05-03",
        "110/5/3 10:03",
        "110年5月3日",
        "5/3/2021 10:03:00 AM",
        "2021 May 3",
        "五月 3, 2021",
        "发布于 5 月 03, 2021",
        "3 五月 2021",
    ],
)
def test_uncommon_forms(text: str) -> None:
    assert day_of(text) == "2021-05-03"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("中華民國九十九年十二月二十日", "2010-12-20"),
        ("民國一百零五年元月三日", None),
        ("民國百年三月三日", None),
        ("5/13/2021", "2021-05-13"),
        ("05/05/2021", "2021-05-05"),
        ("05/03/2021", None),
        ("13/05/2021", None),
        ("比分：21-5-3", None),
        ("比分：21-15-21", None),
        ("编号：21-05-03-118", None),
        ("21-05-03 10:03", None),
        ("电话 21-05-03", None),
        ("110-05-03-1", None),
        ("210-05-03", None),
    ],
)
def test_figures_that_may_be_something_else(text: str, day: str | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    "lines",
    [
        ["3", "2021-05"],
        ["03日", "2021年5月"],
        ["05/03", "2021"],
        ["2021年", "5月3日"],
        ["2021", "5.3"],
        ["2021-05", "03"],
        ["3", "5月", "2021"],
        ["2021", "05", "03"],
        ["03", "/2021-05"],
        ["03", "May", "2021"],
        ["05-03", "2021", "128"],
    ],
)
def test_a_date_of_which_each_line_holds_a_part(lines: list[str]) -> None:
    reading = parse_parts(lines)
    assert reading is not None
    assert reading.date == date(2021, 5, 3)


@pytest.mark.parametrize(
    "lines", [["2021"], ["05-03", "首页"], ["2021", "5"], ["10", "29", "2021"], ["第3期", "2021"]]
)
def test_lines_that_make_no_date(lines: list[str]) -> None:
    assert parse_parts(lines) is None


@pytest.mark.parametrize(
    "value",
    [
        "8 mars 2024",
        "Freitag, 8. März 2024 10:20 Uhr",
        "8 марта 2024",
        "2024년 3월 8일",
        "2024-03-08",
    ],
)
def test_stated_values_in_other_languages(value: str) -> None:
    reading = parse_stated(value)
    assert reading is not None
    assert reading.date == date(2024, 3, 8)


@pytest.mark.parametrize(
    "value",
    [
        "8 mars",
        "mars 2024",
        "07/08/2024 Uhr",
        "2024 Report",
        "Sommerfest 2024, Halle 8",
        "vor 3 Tagen",
        "No. 8 of 2024",
        "待定",
        "3月8日 mars 2024",
    ],
)
def test_stated_values_that_are_no_complete_date(value: str) -> None:
    assert parse_stated(value) is None


def test_months_and_days_without_a_year() -> None:
    text = "3月8日 03-08 [3/8] 三月八日 2024年3月9日 2024-03-09 3.8% 3.8亿 1.03.08"
    assert [found[:2] for found in find_month_days(text)] == [(3, 8)] * 4
