"""When what a notice tells of happened, by section 4 of the annotation guide."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from cqcrawler.facts import periods
from cqcrawler.facts.events import is_stale, read_event
from cqcrawler.facts.model import Event, Field

PUBLISHED = date(2025, 8, 15)

# Written in the manner of county newspapers, with answers by the guide, before they were read.
SENTENCES = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("event_sentences.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def read(body: str, title: str = "工作动态", published: date | None = PUBLISHED) -> Event | None:
    return read_event(title, body, published)


def words(body: str, title: str = "工作动态") -> str | None:
    event = read(body, title)
    return event.text if event else None


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda each: each["body"][:24])
def test_sentences_in_the_manner_of_county_newspapers(sentence: dict[str, str]) -> None:
    event = read(sentence["body"], published=date.fromisoformat(sentence["published"]))
    found = (event.first, event.last) if event else (None, None)
    assert found == (sentence["first"], sentence["last"])


@pytest.mark.parametrize(
    "body",
    [
        "截至7月底，全镇入驻企业31家。",
        "截止到2025年6月，已建成厂房9万平方米。",
        "到2027年，力争引进企业50家。",
        "项目预计今年10月投产。",
        "今年，全县计划新建标准厂房12万平方米。",
        "今年要新增规上企业8家。",
        "公司成立于2011年，占地120亩。",
        "企业2013年成立，现有员工260人。",
        "园区始建于2005年，2013年获批省级开发区。",
        "近年来，引进项目41个。",
        "国庆前夕，园区走访企业12家。",
        "2025年9月底前完成主体施工。",
        "产量比去年增长12%。",
        "与2023年相比，企业数量翻了一番。",
        "去年同期仅有企业4家。",
        "按照《2025年招商引资工作方案》，成立专班4个。",
        "自2023年起，全面推行容缺受理。",
        "每年3月举办茶叶节。",
        "发布时间：2025-08-12 来源：本站\n",
        "现公布入选名单。\n\n2025年8月12日\n",
        "近日，去年11月签约的家纺项目投产。",
        "近日，锂电项目开工。2024年，全区产值突破百亿元。",
        "9月10日至12日将举办推介会。",
        "9月10日，区里将为获奖企业授牌。",
        "培训时间：9月10日。",
        "自9月1日起，窗口延时服务。",
        "公示期：5天，2025年8月11日至8月15日。",
        "报名时间为8月1日至8月20日。",
        "自1998年创办以来，茶博会已办二十七届。",
        "印发《2025年\n招商工作要点》。",
        "统计公报\n（2025年8月）\n",
        "",
        "\n\n",
    ],
)
def test_none_where_none_is_stated(body: str) -> None:
    assert read(body) is None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("今年以来引进项目31个。7月下旬，签约6个。", "7月下旬"),
        ("一季度签约12个，3月开工4个。", "3月"),
        ("去年签约39个，上半年开工17个。", "上半年"),
        ("6月签约4个，7月签约5个。", "6月"),
        ("2022年以来引进项目99个，去年引进31个。", "去年"),
    ],
)
def test_the_most_exact_counts_then_the_first(body: str, text: str) -> None:
    assert words(body) == text


def test_the_day_of_a_report_counts_only_alone() -> None:
    assert words("8月12日，记者从区投促局获悉，7月新签项目5个。") == "7月"
    assert words("8月12日，记者从区投促局获悉，园区污水厂建成。") == "8月12日"
    assert words("新华社武汉8月12日电（记者 王五）上半年，湖北新设外企312家。") == "上半年"
    assert words("本报8月12日讯 去年，全市引资120亿元。") == "去年"
    assert words("8月12日，项目开工，据了解，去年该企业纳税2000万元。") == "8月12日"


def test_an_opening_without_a_date_has_none_but_its_own() -> None:
    assert words("日前获悉，上月全市新设外企12家。") == "上月"
    assert words("记者近日从统计局了解到，前7个月投资增长9%。") == "前7个月"
    assert words("日前，统计局公布数据，上半年投资增长9%。") == "上半年"
    assert words("近期，在8月6日举行的推介会上，6个项目签约。") == "8月6日"
    assert words("上半年，签约19个。近日，又有3个项目落户。") == "上半年"


def test_a_later_step_counts_before_the_past_of_its_project() -> None:
    assert words("7月，光伏支架项目投产。该项目于2024年3月5日签约。") == "7月"
    assert words("该项目于2024年3月5日签约。") == "2024年3月5日"


def test_the_title_tells_what_the_body_does_not() -> None:
    event = read("全区新签项目19个，总投资46亿元。", "上半年新签项目19个")
    assert event
    assert (event.text, event.field, event.start, event.stop) == ("上半年", Field.TITLE, 0, 3)
    both = read("上半年，全区新签项目19个。", "上半年新签项目19个")
    assert both
    assert both.field is Field.BODY


def test_a_day_in_brackets_says_which_today_is() -> None:
    assert words("今天（8月14日），项目开工。") == "8月14日"
    assert words("昨日（8月13日）下午，项目开工。") == "8月13日"
    assert words("在崇尚创新的今天，产业园签约项目9个。") is None


def test_nothing_ends_after_publication() -> None:
    event = read("8月，县里邀请客商44名。")
    assert event
    assert (event.first, event.last) == ("2025-08-01", "2025-08-15")
    assert read("2026年，园区投用。") is None


def test_words_are_a_slice_of_the_text_as_it_is_stored() -> None:
    body = "　　２０２５年８月６日，项目签约。"
    event = read(body)
    assert event
    assert event.text == "２０２５年８月６日" == body[event.start : event.stop]


def test_without_a_day_of_publication_only_full_dates_are_read() -> None:
    event = read("8月6日，签约。2024年5月8日，开工。", published=None)
    assert event
    assert event.text == "2024年5月8日"
    assert not is_stale(event, None)


def test_stale_is_what_was_over_half_a_year_before() -> None:
    event = read("2月16日，项目签约。")
    assert event
    assert not is_stale(event, date(2025, 8, 15)), "180 days"
    assert is_stale(event, date(2025, 8, 16))
    assert not is_stale(None, PUBLISHED)


@pytest.mark.parametrize(
    "text", ["2012年升级，" * 9000, "《2024年" * 9000, "近日" * 20000, " " * 90000, "8月" * 20000]
)
def test_hostile_texts_are_read_to_their_end(text: str) -> None:
    read("公司成立于2008年，" + text)
    read(text, text)


def looked_at(body: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the places of a notice at which a date is looked for."""
    count = 0
    original = periods.stamp_at

    def counted(*arguments: object) -> object:
        nonlocal count
        count += 1
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(periods, "stamp_at", counted)
    read(body)
    monkeypatch.setattr(periods, "stamp_at", original)
    return count


LATER = "园区去年引进企业30家，6月5日投产，上半年产值5亿元，8月9日又签约。" * 200


@pytest.mark.parametrize(
    "opening", ["8月6日，园区举行奠基仪式。", "昨日，项目签约。", "近日，该项目开工。"]
)
def test_nothing_is_read_behind_what_decides(opening: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert looked_at(opening + LATER, monkeypatch) <= 4
    assert read(opening + LATER) == read(opening)


def test_a_day_further_on_comes_before_a_vaguer_opening() -> None:
    assert words("去年，全县招商成效明显。其中，7月3日签约12个项目。") == "7月3日"
    assert words("今年，园区计划于8月20日开工。上月，项目签约。") == "上月"


def test_titles_of_texts_are_told_from_what_stands_behind_them() -> None:
    assert words("《8月5日通知》印发，8月6日，项目开工。") == "8月6日"
    assert words("《" + "长" * 130 + "8月5日，项目》开工。") == "8月5日", "too long for a title"
    assert words("《" + "长" * 112 + "8月5日，会》，7月9日项目开工。") == "7月9日"
    assert words("《未完，8月5日，项目开工。") == "8月5日"
