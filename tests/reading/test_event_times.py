"""When something begins, ends, takes place or takes effect dates no notice, and is text."""

from __future__ import annotations

from datetime import datetime

import pytest

from cqcrawler import read_article
from cqcrawler.models import Article

TITLE = "江城区装备产业招商推介会预告"
TEXT = (
    "<p>推介会由区投资促进局主办，将介绍全区装备产业的布局、政策和可供用地情况。</p>"
    "<p>请有意参会的企业提前报名，名额有限，先到先得，会务组负责安排交通。</p>"
)
MENU = "<ul><li><a href=/>首页</a><li><a href=/a>政务公开</a><li><a href=/b>招商引资</a></ul>"
LABELLED = "<p>发布时间：2024-03-01 来源：区投资促进局</p>"
PLAIN = "<p>2024-03-01</p>"
PLACE = "<p>地点：区政务中心二楼报告厅</p>"
EVENTS = [
    "时间：2024年3月15日下午14:30",
    "时间：2024-03-15 14:30",
    "时 间：2024年3月15日14:30",
    "会 议 时 间：2024年3月15日14:30",
    "活动时间：2024年3月15日 9:00—11:30",
    "会议时间：2024-03-15 09:00",
    "日期：2024年3月15日（星期五）",
    "举办日期：2024.3.15-3.17",
    "报名截止时间：2024-03-14 17:00",
    "开标时间：2024年03月15日09时30分",
    "公示期：2024年3月1日至2024年3月7日",
    "起止时间：2024-03-15至2024-03-20",
    "截止日期：2024-03-15",
    "展览时间 2024-03-15",
    "竞价开始时间：2024-03-15 10:00:00",
    "会期：2024年3月15日",
    "（时间：2024年3月15日）",
    "一、时间：2024年3月15日（星期五）上午9:00",
    "公示期：自2024年3月11日起5个工作日",
    "截止到2024年3月31日",
    "会议时间定于2024年3月11日",
    "递交文件截止时间为2024年3月28日09:30",
    "公告日期：2024年3月11日至3月18日",
    "申报时间：即日起至2024年3月31日",
    "2024年3月28日（星期四）上午9:30",
    "自2024年3月11日起",
]
IN_FORCE = [
    "施行日期：2024年3月15日",
    "生效日期：2024-03-15",
    "有效期至：2026年3月15日",
    "有效期：2024-03-15至2026-03-15",
    "本办法自2024年3月15日起施行",
]


def read(top: str, inside: str = "", head: str = "") -> Article:
    html = (
        f"<title>{TITLE}_江城区人民政府</title>{head}{MENU}<div><div><h1>{TITLE}</h1>{top}</div>"
        f"<div>{inside}{TEXT}</div></div><p>版权所有：江城区人民政府</p>"
    )
    return read_article(html, fetched_at=datetime(2024, 4, 1))


@pytest.mark.parametrize("event", [*EVENTS, *IN_FORCE])
@pytest.mark.parametrize("published", [LABELLED, PLAIN], ids=["labelled", "plain"])
@pytest.mark.parametrize("place", [PLACE, ""], ids=["with place", "alone"])
def test_an_event_in_the_text(event: str, published: str, place: str) -> None:
    article = read(published, f"<p>{event}</p>{place}")
    assert article.published == "2024-03-01"
    assert article.paragraphs[0] == event
    assert event not in [each.text for each in article.removed]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("published", [LABELLED, PLAIN], ids=["labelled", "plain"])
def test_an_event_beside_the_day_of_the_notice(event: str, published: str) -> None:
    article = read(f"{published}<p>{event}</p>{PLACE}")
    assert article.published == "2024-03-01"
    assert article.paragraphs[0] == event


@pytest.mark.parametrize("event", [*EVENTS[:-9], *IN_FORCE[:4]])
@pytest.mark.parametrize("markup", ["<p><b>{}：</b><i>{}</i></p>", "<tr><td>{}<td>{}</tr>"])
def test_labels_and_values_of_events_in_elements_of_their_own(event: str, markup: str) -> None:
    label, _, value = event.partition("：" if "：" in event else " ")
    place = PLACE if "<p>" in markup else "<tr><td>地点<td>区政务中心二楼报告厅</tr>"
    article = read(PLAIN, f"<table>{markup.format(label, value)}{place}</table>")
    assert article.published == "2024-03-01"
    assert value.strip("（）") in article.body


@pytest.mark.parametrize("event", [event for event in EVENTS if not event.startswith("日期")])
def test_an_event_alone_dates_no_notice(event: str) -> None:
    article = read("", f"<p>{event}</p>{PLACE}")
    assert article.published is None
    assert article.paragraphs[0] == event


@pytest.mark.parametrize("event", ["时间：待定", "时间：3月28日下午2点"])
def test_the_time_of_an_event_that_is_no_complete_date(event: str) -> None:
    article = read(PLAIN, f"<p>{event}</p>")
    assert (article.published, article.paragraphs[0]) == ("2024-03-01", event)


@pytest.mark.parametrize("day", ["2024年2月25日", "二〇二四年三月五日"])
def test_a_day_alone_where_the_text_begins(day: str) -> None:
    article = read(LABELLED, f"<p>{day}</p>")
    assert (article.published, article.paragraphs[0]) == ("2024-03-01", day)


@pytest.mark.parametrize(
    "heading",
    [("时间", "内容"), ("日期", "活动内容", "地点"), ("时间", "地点"), ("序号", "时间", "事项")],
)
@pytest.mark.parametrize("day", ["2024年3月{}日", "2024-03-{}"])
@pytest.mark.parametrize("published", [LABELLED, PLAIN, ""])
def test_a_table_of_times(heading: tuple[str, ...], day: str, published: str) -> None:
    rows = [
        [day.format(15 + i) if cell in ("时间", "日期") else f"{cell}{i}" for cell in heading]
        for i in range(3)
    ]
    table = "".join(f"<tr><td>{'<td>'.join(row)}</tr>" for row in [heading, *rows])
    article = read(published, f"<table>{table}</table>")
    assert article.published == ("2024-03-01" if published else None)
    cells = [*heading, *(cell for row in rows for cell in row)]
    assert list(article.paragraphs[: len(cells)]) == cells


@pytest.mark.parametrize(
    "labels",
    [
        "修改时间：2024-03-10 创建时间：2024-03-01",
        "更新时间：2024-03-10</p><p>发布时间：2024-03-01",
        "2024-03-01　最后更新：2024-03-10",
        "2024-03-01 更新时间：2024-03-10",
    ],
)
def test_a_change_is_not_the_publication(labels: str) -> None:
    assert read(f"<p>{labels}</p>").published == "2024-03-01"


def test_the_value_of_a_deadline_is_no_signature() -> None:
    rows = "<table><tr><td>项目编号<td>JC2024-018<tr><td>报名截止时间<td>2024-03-20</table>"
    html = f"<title>{TITLE}</title>{MENU}<div><h1>{TITLE}</h1><div>{TEXT}{rows}</div></div>"
    assert read_article(html).published is None


def test_a_day_in_the_text_with_its_hour_in_words() -> None:
    event = "2024年3月15日下午2:30"
    article = read(LABELLED, f"<p>{event}</p>{PLACE}")
    assert article.paragraphs[0] == event


@pytest.mark.parametrize(
    "label",
    [
        "时间：2024-03-01 14:30",
        "日期：2024年3月1日 星期五",
        "时间：2024/3/1 下午2:30:10",
        "时间：2024-03-01 来源：区投资促进局",
        "挂网时间：2024-03-01",
        "公告日期：2024-03-01",
        "报名截止：2024-03-15 发布时间：2024-03-01",
    ],
)
def test_labels_that_date_the_notice(label: str) -> None:
    article = read(f"<p>{label}</p>")
    assert article.published == "2024-03-01"
    assert article.paragraphs[0].startswith("推介会")


def test_validity_among_the_particulars_of_a_document_is_no_text() -> None:
    rows = (
        "<tr><td>索引号<td>0001/2024-03<td>发文机关<td>江城区政府</tr>"
        "<tr><td>成文日期<td>2024年2月20日<td>发布日期<td>2024年3月1日</tr>"
        "<tr><td>施行日期<td>2024年3月15日<td>有效期至<td>2029年3月14日</tr>"
    )
    article = read(f"<table>{rows}</table>")
    assert article.published == "2024-03-01"
    assert article.paragraphs[0].startswith("推介会")


def test_comments_below_a_text_are_dated_by_themselves() -> None:
    comment = "<p>读者甲 时间：2024-03-09 10:20:30</p><p>希望多办这样的推介会，我们都来。</p>"
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1>{PLAIN}<div>{TEXT}</div><h3>网友评论</h3>"
    article = read_article(html + comment * 2)
    assert article.published == "2024-03-01"
    assert "读者甲" not in article.body
