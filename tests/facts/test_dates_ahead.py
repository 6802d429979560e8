"""Days that a reader acts on."""

from __future__ import annotations

from datetime import date

import pytest

from cqcrawler.facts import dates_ahead
from cqcrawler.facts.dates_ahead import read_dates_ahead
from cqcrawler.facts.model import Field
from cqcrawler.facts.periods import Period, read_periods

PUBLISHED = date(2025, 7, 15)


def read(body: str, title: str = "", published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    return [(each.kind, each.day) for each in read_dates_ahead(title, body, published)]


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("请有意参会的企业于8月5日前将回执发送至邮箱。", "2025-08-05"),
        ("申报截止时间为2025年8月31日17:00，逾期不予受理。", "2025-08-31"),
        ("报名截止日期：8月20日。", "2025-08-20"),
        ("报名时间：即日起至8月10日。", "2025-08-10"),
        ("公示期为2025年7月14日至7月18日，如有异议请书面反映。", "2025-07-18"),
        ("公示时间：7月14日—20日", "2025-07-20"),
        ("四、申报时间\n2025年7月20日至8月31日。", "2025-08-31"),
        ("申报材料请于8月15日（星期五）下午17:30前报送市商务局。", "2025-08-15"),
        ("请各单位于7月底前反馈意见。", "2025-07-31"),
        ("投标文件递交的截止时间：2025年8月6日9时30分。", "2025-08-06"),
        ("征集自即日起，至2025年9月30日止。", "2025-09-30"),
        ("活动报名8月1日截止。", "2025-08-01"),
        ("报名截止8月1日。", "2025-08-01"),
        ("申报期限延长至8月20日。", "2025-08-20"),
        ("须在1月10日之前提交申请。", "2026-01-10"),
    ],
)
def test_a_deadline(body: str, day: str) -> None:
    assert read(body) == [("deadline", day)]


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("本政策有效期至2027年12月31日。", "2027-12-31"),
        ("本细则有效期至2027年底。", "2027-12-31"),
        ("有效期自2025年1月1日至2027年12月31日。", "2027-12-31"),
        ("本办法自2025年8月1日起施行，有效期三年。", "2028-07-31"),
        ("本措施自2025年9月1日起执行，试行期为两年。", "2027-08-31"),
        ("本措施自2025年2月28日起施行。\n本措施有效期18个月。", "2026-08-27"),
    ],
)
def test_an_end_of_validity(body: str, day: str) -> None:
    assert read(body) == [("valid_until", day)]


@pytest.mark.parametrize(
    "body",
    [
        "本办法自2025年8月1日起施行。",
        "本通知自印发之日起施行，有效期5年。",
        "该项目力争8月5日前完工，年底前投产。",
        "截止7月中旬，全市对应届毕业生发放补贴2亿元。",
        "截至7月10日，累计受理申报312件。",
        "8月5日，项目开工。",
        "项目预计12月31日前竣工，请各部门做好服务。",
        "有效期零年，自2025年8月1日起施行。",
        "自2025年8月1日起施行，有效期十十年。",
        "公示期为5个工作日。",
        "",
        "前" * 500,
    ],
)
def test_what_nobody_has_to_act_on(body: str) -> None:
    assert read(body) == []


def test_words_stand_where_they_say() -> None:
    body = "各镇：\n　　请于８月５日前报名。"
    (found,) = read_dates_ahead("", body, PUBLISHED)
    assert found.text == "８月５日" == body[found.start : found.stop]
    assert found.field is Field.BODY
    assert found.sentence == "　　请于８月５日前报名。"


def test_each_day_once_and_in_the_order_of_the_text() -> None:
    body = "报名截止时间为8月20日。\n请于8月1日前提交申请。\n报名截止时间为8月20日。"
    assert read(body, "关于报名的通知（8月20日截止）") == [
        ("deadline", "2025-08-20"),
        ("deadline", "2025-08-01"),
    ]


def test_without_a_day_of_publication_full_dates_are_read() -> None:
    body = "请于2025年8月5日前提交申请。请于8月9日前报名。"
    assert read(body, published=None) == [("deadline", "2025-08-05")]


def test_a_huge_line_says_a_day_once() -> None:
    assert read("请于8月5日前报送，" * 20000) == [("deadline", "2025-08-05")]


def test_only_sentences_with_a_sign_or_behind_a_heading_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []

    def noted(plain: str, *rest: object, **named: object) -> list[Period]:
        seen.append(plain)
        return read_periods(plain, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(dates_ahead, "read_periods", noted)
    body = "8月2日，项目开工。\n申请期：\n8月3日至8月9日\n8月4日，签约。\n请于8月8日前报名。"
    assert read(body) == [("deadline", "2025-08-09"), ("deadline", "2025-08-08")]
    assert seen == ["8月3日至8月9日", "请于8月8日前报名。"]
