"""Which of the dates of a page is that of its publication, and how sure it is."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime

import pytest

from cqcrawler import read_article
from cqcrawler.models import Article
from cqcrawler.reading.fields import date_ranks as ranks

TITLE = "江城区装备产业发展三年行动计划"
FIRST = "计划提出，到二〇二六年全区装备产业产值超过八百亿元，建成三个特色园区。"
TEXT = f"<p>{FIRST}</p><p>各镇街要压实责任，按季度报送进展，重大事项及时向区政府报告。</p>"
MENU = "<ul><li><a href=/>首页</a><li><a href=/a>政务公开</a><li><a href=/b>招商引资</a></ul>"
DAY = "2024-03-08"
TRS = "http://x.test/zs/202403/t20240308_1.html"
MOVED = "http://x.test/zs/202501/t20250120_1.html"
META = '<meta name="PubDate" content="{}">'
LATER = datetime(2026, 6, 1)


def page(top: str = "", inside: str = "", head: str = "", below: str = "", above: str = "") -> str:
    return (
        f"<head><title>{TITLE}_江城区人民政府</title>{head}</head><body>{MENU}<div>{above}"
        f"<div><h1>{TITLE}</h1>{top}</div><div>{inside}{TEXT}</div>{below}</div>"
        "<p>版权所有：江城区人民政府</p></body>"
    )


def read(html: str, url: str = "http://x.test/1.html", at: datetime | None = LATER) -> Article:
    article = read_article(html, url, fetched_at=at)
    assert article.title == TITLE
    assert FIRST in article.paragraphs
    return article


def confidence(article: Article) -> float:
    return article.provenance["published"].confidence


# A day in brackets below the title of a speech or a plan.

BRACKETED = [
    "（2024年3月5日）",
    "（二〇二四年三月五日）",
    "(2024.3.5)",
    "（2024-03-05）",
    "（ 2024年3月5日 ）",
    "（2024年3月5日　区长　周明）",
    "(2024年3月5日印发)",
    "（2024年3月5日在区人大会议上）",
]


@pytest.mark.parametrize("day", BRACKETED)
@pytest.mark.parametrize(
    "markup",
    [
        page("<p>{}</p><p>发布时间：2024-03-08</p>"),
        page("<p>发布时间：2024-03-08</p><p>{}</p>"),
        page("<p>{}</p><p>2024-03-08 来源：区政府办</p>"),
        page("<p>2024-03-08 来源：区政府办</p><p>{}</p>"),
        page("<p>{}</p>", head=META.format(DAY)),
        page("<p>{}</p>", below="<div>发布时间：2024-03-08</div>"),
        page("<p>{}</p>", below="<div>分享到</div><div>打印</div><div>发布时间：2024-03-08</div>"),
    ],
)
def test_a_day_in_brackets_is_that_of_the_document(day: str, markup: str) -> None:
    assert read(markup.replace("{}", day)).published == DAY


@pytest.mark.parametrize("day", [day for day in BRACKETED if "　" not in day and "（ " not in day])
def test_a_day_in_brackets_at_the_beginning_of_a_text_belongs_to_it(day: str) -> None:
    article = read(page("<p>发布时间：2024-03-08</p>", f"<p>{day}</p>"))
    assert (article.published, article.paragraphs[0]) == (DAY, day)


@pytest.mark.parametrize("posted", ["March 8, 2024", "8 Mar 2024", "20240308"])
def test_a_day_in_brackets_below_a_date_in_another_form(posted: str) -> None:
    article = read(page(f"<p>{posted}</p>", "<p>（2024年3月5日）</p>"))
    assert (article.published, article.paragraphs[0]) == (DAY, "（2024年3月5日）")


def test_a_day_in_brackets_dates_a_page_that_nothing_else_dates() -> None:
    article = read(page("<p>（2024年3月8日）</p>"))
    assert article.published == DAY
    assert confidence(article) < 0.9


@pytest.mark.parametrize(
    "day", ["（2024-03-08 10:20）", "（2024年3月8日 来源：江城日报）", "[2024-03-08]"]
)
def test_other_brackets_hold_the_publication(day: str) -> None:
    assert confidence(read(page(f"<p>{day}</p>"))) == ranks.NEAR_TITLE


# The document's own date, in a table of particulars.


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


NUMBERS = ("索引号", "0001/2024-03", "文号", "江政发〔2024〕3号")


@pytest.mark.parametrize(
    "label", ["发文日期", "成文日期", "印发日期", "印发时间", "签发日期", "签发时间", "制发日期"]
)
@pytest.mark.parametrize(
    "markup",
    [
        page(table(NUMBERS, ("{}", "2024-02-20", "发布日期", DAY))),
        page(table(NUMBERS, ("发布日期", "2024年03月08日", "{}", "2024年02月20日"))),
        page(table(NUMBERS, ("{}：2024-02-20", "发布时间：2024-03-08"))),
        page(table(("索引号", "{}", "发布日期"), ("0001", "2024-02-20", DAY))),
        page(above=table(NUMBERS, ("{}", "2024-02-20"), ("发布日期", DAY))),
        page("<p>{}：2024-02-20　发布日期：2024-03-08</p>"),
        page(table(NUMBERS, ("{}", "2024-02-20")) + "<p>2024-03-08 来源：区政府办</p>"),
        page(table(NUMBERS, ("{}", "2024-02-20")), head=META.format("2024-03-08 10:20")),
        page(table(NUMBERS, ("{}", "2024-02-20")), below="<div>发布时间：2024-03-08</div>"),
    ],
)
def test_the_day_of_a_document_is_not_that_of_its_publication(label: str, markup: str) -> None:
    assert read(markup.replace("{}", label)).published == DAY


@pytest.mark.parametrize("url", ["http://x.test/1.html", MOVED])
def test_the_day_of_a_document_stands_for_its_publication_above_an_address(url: str) -> None:
    article = read(page(table(NUMBERS, ("成文日期", DAY))), url)
    assert article.published == DAY
    assert confidence(article) < 0.9


# A month and a day.

YEARLESS = [
    "03-08",
    "03-08 10:20",
    "3月8日",
    "3月8日 10:20",
    "03/08",
    "[03-08]",
    "三月八日",
    "发布时间：03-08 10:20",
    "日期：3月8日",
    "03-08 来源：江城日报",
    "发布于 03-08",
    "江城日报 03-08 10:20",
    "时间：03月08日 星期五",
]


@pytest.mark.parametrize("day", [*YEARLESS, "3-8", "03.08"])
@pytest.mark.parametrize(
    ("markup", "url"),
    [
        (page("<p>{}</p>", head=META.format("2024-03-08 10:20")), ""),
        (page("<p>{}</p>", head=META.format(DAY)), MOVED),
        (page("<p>{}</p>"), TRS),
        (page("<p>{}</p>", head=META.format("2025-01-20")), TRS),
        (page("<p>{}</p><script>var publishTime='2024-03-08 10:20:11';</script>"), ""),
        (page("<p>{}</p><i itemprop=datePublished content=2024-03-08T10:20:11+08:00></i>"), ""),
        (page("<p>{}</p>", head='<script>{"datePublished":"2024-03-08T10:20:00"}</script>'), ""),
        (page("<p>{}</p>", below="<p>江城区人民政府</p>", inside="<p>1</p>"), TRS),
    ],
)
def test_a_date_without_its_year_takes_that_of_one_that_agrees(
    day: str, markup: str, url: str
) -> None:
    article = read(markup.replace("{}", day), url)
    assert article.published == DAY
    assert not any("without a year" in warning for warning in article.warnings)
    assert read(markup.replace("{}", day), url, None).published == DAY


@pytest.mark.parametrize("day", YEARLESS)
def test_a_date_without_its_year_alone_is_of_the_year_of_the_fetch(day: str) -> None:
    article = read(page(f"<p>{day}</p>"))
    assert article.published == "2026-03-08"
    assert confidence(article) < 0.9
    assert any("without a year" in warning for warning in article.warnings)
    assert read(page(f"<p>{day}</p>"), at=None).published is None


@pytest.mark.parametrize("event", ["报名时间：3月8日", "活动时间 03-08 14:30", "截止：3月8日"])
def test_the_day_of_an_event_without_its_year_dates_no_page(event: str) -> None:
    assert read(page(f"<p>{event}</p>")).published is None


@pytest.mark.parametrize(
    "day",
    [
        "<div><b>03/08</b></div><div>2024</div>",
        "<div>2024</div><div>03/08</div>",
        "<span>2024年</span><em>3月8日</em>",
        "<span>03/08</span><em>2024</em>",
        "<span>03-08</span> <em>2024年</em>",
        "<p>08</p><p>2024-03</p>",
        "<p>8日</p><p>2024年3月</p>",
        "<div><span>08</span><i>2024.03</i></div>",
        "<p>08</p><p>3月</p><p>2024</p>",
        "<p>2024</p><p>03</p><p>08</p>",
        "<p>2024-03</p><p>08</p>",
        "<b>08</b><span>/2024-03</span>",
        "<b>08</b><i>Mar</i><i>2024</i>",
    ],
)
@pytest.mark.parametrize("markup", [page("{}"), page("<div>{}</div>来源：某报"), page(above="{}")])
def test_a_date_in_several_elements(day: str, markup: str) -> None:
    assert read(markup.replace("{}", day)).published == DAY


def test_how_long_ago_it_was_behind_a_name() -> None:
    article = read(page("<p><b>江城发布</b> <i>3天前</i></p>"))
    assert article.published == "2026-05-29"


# What a script prints.

SCRIPTS = [
    "var pubdata='2024年03月08日';if(pubdata!=''){document.write(pubdata);}",
    "document.write('2024-03-08');",
    'document.writeln("<em>2024-03-08</em>")',
    'document.write("2024-03-08 10:20:30".substring(0,10));',
    'var d = "2024-03-08 10:20:30.0"; document.write(d.substr(0, 16))',
    "var t='2024/03/08 10:20'; var a=t.split(' '); document.write(a[0]);",
    "var d=new Date('2024/03/08'); document.write(d.getFullYear()+'-'+d.getDate());",
    "document.write(format(1709863200000));",
    "<!--\ndocument.write('2024-03-08');\n//-->",
    "var end='2024-05-01';var issued='2024-03-08';document.write(issued);",
    "var a='2024-03-08',b='';document.write(a?a:'暂无');",
]


@pytest.mark.parametrize("code", SCRIPTS)
@pytest.mark.parametrize(
    "top",
    [
        "<p>发布时间：<script>{}</script> 字体：<i>小</i></p>",
        "<p><b>发布日期：</b><i><script>{}</script></i><b>浏览次数：</b></p>",
        "<table><tr><td>发布日期<td><script>{}</script></table>",
        "<div><script type='text/javascript'>{}</script> 来源：区政府办</div>",
    ],
)
def test_what_a_script_prints_counts_like_what_stands_there(code: str, top: str) -> None:
    html = page(top.replace("{}", code), head=META.format("2025-01-20"))
    article = read(html, MOVED)
    assert article.published == DAY
    assert confidence(article) > 0.9


@pytest.mark.parametrize(
    "code",
    [
        "document.getElementById('pt').innerHTML='2024-03-08';",
        "var d='2024-03-08 10:20';document.getElementById(\"pt\").innerText = d;",
        "$('#pt').html('2024-03-08');",
        '$("#pt").text("2024年3月8日")',
        "window.onload=function(){document.querySelector('#pt').textContent='2024-03-08'}",
        "var el=document.getElementById('pt'); el.innerHTML='2024-03-08';",
    ],
)
@pytest.mark.parametrize(
    "top", ["<p>发布时间：<i id='pt'></i></p>", "<p><i class=x id=pt></i></p>"]
)
def test_what_a_script_sets_counts_where_the_element_stands(code: str, top: str) -> None:
    assert read(page(top, below=f"<script>{code}</script>"), MOVED).published == DAY


def test_a_script_may_print_the_label_too() -> None:
    code = "document.write('<b>发布时间：</b>2024-03-08 10:20');"
    assert read(page(f"<p><script>{code}</script></p>"), MOVED).published == DAY


@pytest.mark.parametrize("code", SCRIPTS[1:])
@pytest.mark.parametrize(
    "markup",
    [
        page(inside="<p>开标时间：<script>{}</script></p>"),
        page("<p>来源：<script>{}</script></p>"),
        page("<!-- <p><script>{}</script></p> -->"),
        page(below="<ul><li><a href=/2>区长调研装备企业</a><script>{}</script></ul>"),
    ],
)
def test_other_dates_that_scripts_print(code: str, markup: str) -> None:
    if "<!--" in code and "<!--" in markup:
        pytest.skip("comments do not nest")
    assert read(markup.replace("{}", code), MOVED).published == "2025-01-20"


def test_a_script_that_prints_today_prints_no_date() -> None:
    code = "var d=new Date();document.write(d.getFullYear()+'年');"
    assert read(page(f"<p><script>{code}</script></p>")).published is None


# What the page states for machines.


@pytest.mark.parametrize(
    "value",
    [
        "March 8, 2024",
        "8 mars 2024",
        "8. März 2024",
        "8 марта 2024 г.",
        "2024년 3월 8일",
        "ngày 8 tháng 3 năm 2024",
        "8 de marzo de 2024",
        "8 มีนาคม 2024",
        "8 مارس 2024",
    ],
)
@pytest.mark.parametrize(
    "markup",
    [
        page("<p>发布时间：{}</p>"),
        page(head=META),
        page("<time datetime='{}'>x</time>"),
        page("<time>{}</time>"),
    ],
)
def test_stated_dates_in_other_languages(value: str, markup: str) -> None:
    assert read(markup.replace("{}", value)).published == DAY


def test_other_languages_cost_nothing_where_they_are_not_needed() -> None:
    code = (
        "import sys; from cqcrawler import read_article;"
        "read_article('<h1>关于发布计划的通知</h1><p>发布时间：待定</p><p>发布时间：2024-03-08</p>');"
        "assert 'dateparser' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "address",
    [
        "/jj/2024/0308/33120.html",
        "/n1/2024/0308/c1-2.html",
        "/a/202403/t20240308_12.html",
        "/art/2024/3/8/art_1_2.html",
        "/2024-03/08/content_1.htm",
        "/202403/08/1.html",
        "/item/2024/1388/t20240308_1.html",
    ],
)
def test_dates_of_addresses(address: str) -> None:
    article = read(page(), f"http://x.test{address}")
    assert article.published == DAY
    assert confidence(article) < 0.9


@pytest.mark.parametrize("address", ["/2024/1388/1.html", "/2024/9999/1.html"])
def test_numbers_of_addresses(address: str) -> None:
    assert read(page(), f"http://x.test{address}").published is None


@pytest.mark.parametrize(
    "markup",
    [
        page("<span itemprop='datePublished' content='2024-03-08'>上周五</span>"),
        page("<time itemprop=datePublished datetime=2024-03-08T10:00:00+08:00></time>"),
        page("<time datetime='2024-03-08'>8日</time>", below="<time datetime='2024-03-20'></time>"),
        page("<time datetime='2024-03-08'>8日</time>").replace(
            MENU, "<a href=/o>区政府召开常务会议</a><time datetime='2024-03-20'>20日</time>"
        ),
    ],
)
def test_elements_that_state_the_date(markup: str) -> None:
    assert read(markup).published == DAY


def test_dates_of_different_origins_that_agree_are_surer() -> None:
    assert confidence(read(page(head=META.format(DAY)))) == ranks.META
    assert confidence(read(page(head=META.format(DAY)), TRS)) == ranks.AGREED


# Lines of names.

BYLINES = [
    "2024-03-08 文/《江城观察》记者 周一 吴二 郑三 冯四 实习记者 王五 陈六",
    "2024年3月8日 记者 周一 吴二 通讯员 郑三 冯四 摄影 王五 陈六 编辑 钱七",
    "2024-03-08 10:20 本报记者 周一/吴二/郑三/冯四/王五/陈六/钱七/孙八",
    "2024-03-08 记者：周一、吴二、郑三、冯四、王五、陈六、钱七",
    "江城日报记者 周一 吴二 郑三 冯四 王五 陈六 钱七 孙八 2024-03-08",
    "2024-03-08 | 文：周一 图：吴二 郑三 | 编辑：冯四 | 责编：王五 | 审核：陈六",
]


@pytest.mark.parametrize("line", BYLINES)
@pytest.mark.parametrize("top", ["<p>{}</p>", "<dl><dd>{}</dd></dl>"])
def test_a_date_in_a_line_of_names(line: str, top: str) -> None:
    article = read(page(top.replace("{}", line)))
    assert article.published == DAY
    assert article.paragraphs[0] == FIRST


@pytest.mark.parametrize(
    "line",
    [
        "2024年3月15日 项目签约仪式在区会展中心举行 区领导周一 吴二 郑三出席",
        "2024-03-15 区委常委周一 区长吴二 副区长郑三 冯四 调研园区建设",
        "2024年3月15日，记者周一、吴二、郑三来到江城装备产业园采访并与企业座谈",
    ],
)
def test_a_line_that_says_what_happened_is_text(line: str) -> None:
    article = read(page("<p>2024-03-08</p>", f"<p>{line}</p>"))
    assert (article.published, article.paragraphs[0]) == (DAY, line)


def test_when_a_system_made_the_page_is_a_comment() -> None:
    comment = "<!-- published at x, PublishDate=2024-03-09 10:16:49 -->"
    assert read(page(below=comment)).published is None
    assert read(page(below=comment), TRS).published == DAY


def test_a_label_of_publication_far_above_the_text_is_better_than_none() -> None:
    rows = [("有 效 性", "有效"), ("主题分类", "工业"), ("公开方式", "主动公开")] * 4
    article = read(page(above=table(("发布日期", DAY), *rows)))
    assert article.published == DAY
    assert confidence(article) < 0.9


def test_scripts_that_print_no_date_however_many() -> None:
    names = "".join(f"var a{i}=a{i + 1}+a{i + 2};" for i in range(2000))
    many = "<script>document.write(a)</script>" * 2000
    assert read(page(f"<script>{names}document.write(a0)</script>{many}")).published is None
