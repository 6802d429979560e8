"""Kinds of official pages that are no news: letters with replies, cards of projects."""

from __future__ import annotations

import pytest

from cqcrawler import read_article

SITE = "江城市人民政府"
TITLE = "关于新生儿医保如何办理的咨询"
LETTER = "宝宝刚出生，想咨询新生儿医保怎么办理，需要什么材料？"
REPLY = "您好！新生儿自出生之日起90天内，由监护人到户籍所在地便民服务中心办理参保登记。感谢来信！"
MENU = "".join(f"<li><a href=/{i}>{name}</a>" for i, name in enumerate(["首页", "互动交流"]))


@pytest.mark.parametrize(
    "labels",
    [
        "<p>来信人：张** 来信时间：2022-05-16 回复时间：2022-05-17</p>",
        "<table><tr><td>信件类型<td>咨询<td>来信时间<td>2022-05-16<tr><td>答复单位<td>市医保局"
        "<td>答复时间<td>2022-05-17</table>",
    ],
)
def test_a_letter_is_dated_by_its_reply(labels: str) -> None:
    text = f"<p>{LETTER}</p><p>{REPLY}</p>"
    article = read_article(f"<title>{TITLE}</title>{MENU}<h1>{TITLE}</h1>{labels}<div>{text}</div>")
    assert article.published == "2022-05-17"
    assert article.paragraphs == (LETTER, REPLY)


def test_a_title_that_stands_only_behind_its_label() -> None:
    rows = f"<li>信件标题：{TITLE}<li>来信日期：2022-05-16<li>信件内容：{LETTER}"
    reply = f"<ul><li>答复日期：2022-05-17<li>{REPLY}</ul>"
    html = f"<title>信件内容_{SITE}</title><ul>{MENU}</ul><ul>{rows}</ul><h3>办理结果</h3>{reply}"
    assert read_article(html).title == TITLE


def test_who_posted_and_buttons_beside_a_date() -> None:
    line = "2022-05-17 发布人：县政府办公室信息科 【大 中 小】【打印】【关闭】"
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><div>{line}</div><p>{REPLY}</p>"
    assert read_article(html).published == "2022-05-17"


def test_the_card_of_a_project_is_read_from_its_first_row() -> None:
    project = "白水苹果深加工产业园项目"
    cells = [
        *("项目名称", project, "所属行业", "农副食品加工", "总投资", "5.2亿元", "合作方式", "独资"),
        *("项目单位", "白水县招商服务中心", "联系人", "马主任", "联系电话", "0913-6157788"),
        *("项目内容", "建设年产10万吨苹果浓缩汁生产线，配套建设冷藏库等。", "建设条件"),
        *("项目选址位于苹果产业园区，水、电、路、讯等基础设施完善。", "市场分析"),
        "随着消费升级，苹果汁、苹果酒等深加工产品的市场需求持续增长，前景广阔。",
    ]
    rows = "".join(f"<tr><th>{a}<td>{b}" for a, b in zip(cells[::2], cells[1::2], strict=True))
    others = (
        "<h3>推荐项目</h3><ul><li><a href=/1>康养度假区项目</a><li><a href=/2>光伏项目</a></ul>"
    )
    html = f"<h2>{project}</h2><p>发布时间：2024-03-05</p><table>{rows}</table>{others}"
    assert read_article(f"<title>{project}</title>{MENU}{html}").paragraphs == tuple(cells)


def test_a_cell_that_says_who_published_a_notice_is_no_title() -> None:
    title = "关于国庆节放假安排的通知"
    rows = f"<tr><th colspan=2>{title}<tr><td>发布：县政府办公室<td>日期：2018-09-25"
    html = f"<title>{SITE}</title><ul>{MENU}</ul><table>{rows}<tr><td colspan=2>{REPLY}</table>"
    article = read_article(html)
    assert (article.title, article.published) == (title, "2018-09-25")


def test_an_interview_is_dated_by_its_day() -> None:
    labels = "<ul><li><b>访谈时间：</b>2021-10-14<li><b>访谈嘉宾：</b>市民政局局长 孙涛</ul>"
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1>{labels}<div><p>{LETTER}</p><p>{REPLY}</p></div>"
    assert read_article(html).published == "2021-10-14"
