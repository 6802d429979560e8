"""A text goes on behind what interrupts it, and nothing in its column is lost in silence."""

from __future__ import annotations

from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import PARTS, find_corpus, load
from cqcrawler import read_article
from cqcrawler.cleaning import restore
from cqcrawler.models import Article, Page
from cqcrawler.reading.article import extract_article
from cqcrawler.reading.body.left_out import SENTENCES
from cqcrawler.reading.layout import read_layout
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.text_evidence import SHOWN
from cqcrawler.text.normalize import strip_invisible
from tests.golden.pages import ARTICLES, GoldenPage, pages

TITLE = "柳河县冷链物流园二期动工"
HEAD = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>发布日期：2024-05-16 来源：柳河发布</p>"
FIRST = "柳河县冷链物流园二期工程昨天动工，占地一百二十亩，计划两年内建成。"
SECOND = "二期将新建四座万吨级冷库，并配套分拣、检测和电商用房。"
THIRD = "项目负责人说，建成后每天可以处理果蔬六百吨。"
SIGNATURE = ("柳河县投资促进局", "2024年5月15日")
SIGNED = "".join(f"<p>{line}</p>" for line in SIGNATURE)
LIST = "<li><a href=/1.html>柳河县举办果品产销对接会</a></li>" * 3


def paragraphs(text: str, below: str = "") -> tuple[str, ...]:
    page = f"<body><div>{HEAD}<div class=txt>{text}</div></div>{below}</body>"
    return read_article(page, "http://x.test/1.html").paragraphs


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


INTERRUPTIONS = {
    "a box with a heading": f"<div><b>相关阅读</b><ul>{LIST}</ul></div>",
    "a heading and a list": f"<p>相关阅读：</p><ul>{LIST}</ul>",
    "a heading that no rule knows": f"<div><h4>小编又挑了几篇</h4><ul>{LIST}</ul></div>",
    "links in a row": LIST.replace("li>", "p>"),
    "a box with dates": f"<ul>{LIST.replace('</a>', '</a><i>2024-05-02</i>')}</ul>",
    "a table of links": f"<table><tr><td>推荐</td></tr><tr><td>{LIST}</td></tr></table>",
    "one link": "<p><a href=/join.html>十万平方米冷库等您入驻</a></p>",
    "one link in an element of another kind": "<div><a href=/j.html>缺厂房？找我们</a></div>",
    "a linked image": "<p><a href=/ad.html><img src=a.gif></a></p>",
    "buttons": "<div><a href=#>打印</a> <a href=#>关闭</a></div>",
}


@pytest.mark.parametrize("interruption", INTERRUPTIONS.values(), ids=INTERRUPTIONS)
def test_a_text_goes_on_behind_what_stands_in_it(interruption: str) -> None:
    text = p(FIRST) + interruption + p(SECOND, THIRD) + SIGNED
    assert paragraphs(text) == (FIRST, SECOND, THIRD, *SIGNATURE)


@pytest.mark.parametrize("interruption", INTERRUPTIONS.values(), ids=INTERRUPTIONS)
def test_a_signature_below_what_stands_in_a_text(interruption: str) -> None:
    contacts = ("联系人：沈河", "电话：0435-7200001")
    text = p(FIRST, SECOND) + interruption + p(*contacts) + SIGNED
    assert paragraphs(text) == (FIRST, SECOND, *contacts, *SIGNATURE)


@pytest.mark.parametrize("interruption", INTERRUPTIONS.values(), ids=INTERRUPTIONS)
def test_a_box_in_a_text_of_short_sentences(interruption: str) -> None:
    short = ("昨天，二期工程动工。", "工期两年。", "一期已经满租。")
    text = p(short[0]) + interruption + p(*short[1:])
    assert paragraphs(text) == short


def test_a_table_of_data_stays_whole_with_its_links() -> None:
    cells = ("库号", "面积", "租户", "一号", "8000平方米", "北岭果业", "二号", "6000平方米", "待租")
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells[i : i + 3])}</tr>" for i in (0, 3, 6)
    ).replace("北岭果业", "<a href=/firm.html>北岭果业</a>")
    text = f"{p(FIRST)}<table>{rows}</table><ul>{LIST}</ul>{p(SECOND)}"
    assert paragraphs(text) == (FIRST, *cells, SECOND)


def test_a_text_in_several_elements_of_one_class() -> None:
    part = "<div class=part>{}</div>"
    page = (
        f"<body><div>{HEAD}{part.format(p(FIRST, SECOND))}<div class=ad><a href=/a>招租</a></div>"
        f"{part.format(p('三、配套'))}{part.format(p(THIRD))}</div></body>"
    )
    assert read_article(page).paragraphs == (FIRST, SECOND, "三、配套", THIRD)


def test_a_linked_line_with_a_label_is_text() -> None:
    line = "报名入口：柳河招商服务平台"
    text = p(FIRST, f"<a href=http://x.test/form>{line}</a>", SECOND)
    assert paragraphs(text) == (FIRST, line, SECOND)


@pytest.mark.parametrize(
    "link",
    [
        "电子邮箱：<a href='mailto:lh@example.com'>lh@example.com</a>",
        "附件：<a href='/system/_content/download.jsp?urltype=news&wbfileid=7F'>申报表</a>",
        "<a href='/attach/view?id=3'>冷库租赁意向书</a>",
        "根据<a href=/p.html>《柳河县冷链物流发展三年行动计划》</a>的安排，二期提前一年开工。",
    ],
)
def test_links_that_are_lines_of_a_text(link: str) -> None:
    assert len(paragraphs(p(FIRST, link) + SIGNED)) == 4


def test_heads_of_sections_above_the_first_sentence() -> None:
    assert paragraphs(p("第一章 总则", FIRST, "第二章 附则", SECOND))[0] == "第一章 总则"


def test_the_neighbours_of_a_notice_end_it() -> None:
    below = "<p>上一篇：<a href=/0.html>柳河县召开调度会</a></p><p>下一篇：没有了</p>"
    profile = "<p>柳河招商网由县投资促进局主办，为企业提供项目、土地和政策信息。</p>"
    assert paragraphs(p(FIRST, SECOND) + below + profile) == (FIRST, SECOND)


def test_what_the_page_says_below_a_long_list_is_no_text() -> None:
    rows = "".join(f"<p><a href=/{n}.html>柳河县第{n}批项目集中开工</a></p>" for n in range(12))
    profile = p("柳河在线是本地门户，每天为读者提供及时、准确、权威的资讯。")
    page = f"<body><div>{HEAD}{p(FIRST, SECOND)}{rows}{profile}</div></body>"
    assert read_article(page).paragraphs == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("2024年支出预算表", "我局无财政拨款。"),
        ("机构地址", "地址：柳河镇北环路8号\n电话：0435-7200001"),
    ],
)
def test_a_few_words_in_the_element_of_the_title(title: str, text: str) -> None:
    head = HEAD.replace(TITLE, title)
    foot = "<p>版权所有：柳河县投资促进局</p><p>地址：柳河镇北环路8号 邮编：135300</p>"
    page = f"<body><div>{head}{p(*text.splitlines())}</div><div>{foot}</div></body>"
    assert read_article(page).body == text


def test_a_sentence_that_is_left_out_is_kept_with_a_warning() -> None:
    stray = "记者在现场看到，十二台桩机同时作业，首批桩基已经完成。"
    box = INTERRUPTIONS["a box with a heading"]
    page = f"<body><div>{HEAD}<div class=txt>{p(FIRST, SECOND)}</div>{box}<p>{stray}</p></div>"
    article = read_article(page)
    assert article.paragraphs == (FIRST, SECOND)
    assert [line.text for line in article.removed if line.rule == "aside"] == [stray]
    assert SENTENCES in article.warnings


def test_boxes_and_tools_are_kept_without_a_warning() -> None:
    box = INTERRUPTIONS["a box with a heading"]
    page = f"<body><div>{HEAD}<div>{p(FIRST)}{box}{p(SECOND)}</div>【打印】【关闭】</div></body>"
    article = read_article(page)
    rules = [line.rule for line in article.removed]
    assert rules == ["label line", *["links"] * 4, "page tools"]
    assert SENTENCES not in article.warnings


def column(article: Article, page: bytes | str) -> None:
    """Hold that body, what was left out and the title are the visible lines of the column."""
    document = open_page(Page("", page))
    layout = read_layout(document)
    text = article.provenance.get("body")
    if text and text.origin not in SHOWN:  # read from what the page holds back
        return
    texts = [strip_invisible(text) for text in layout.texts]
    start = layout.title.end if layout.title else layout.body.start
    start = min(start, *layout.text.lines, layout.text.end)
    held = [*restore(article)]
    if held and layout.text.lines:
        last = layout.text.lines[-1] - start  # a link on at its end leads back to the site
        assert texts[start + last].startswith(held[last])
        held[last] = texts[start + last]
    assert held == texts[start : layout.text.end]


PIECES = st.lists(
    st.sampled_from(
        [
            *INTERRUPTIONS.values(),
            *(p(text) for text in (FIRST, SECOND, THIRD, "一、概况", *SIGNATURE, TITLE)),
            f"<div class=part>{p(SECOND)}</div>",
            "<table><tr><td>库号<td>面积<tr><td>一号<td>8000</table>",
            "上一篇：<a href=/0>开工</a><br>声明：本网转载的文章版权归原作者所有。<br>",
            "<div>版权所有：柳河县投资促进局</div>",
            "<b>招商项目</b><br>2024-05-01<br>",
        ]
    ),
    max_size=12,
)


@given(PIECES, PIECES)
def test_body_and_what_was_left_out_are_all_lines_of_the_column(
    inside: list[str], below: list[str]
) -> None:
    page = f"<body><div>{HEAD}<div class=txt>{''.join(inside)}</div>{''.join(below)}</div></body>"
    column(extract_article(open_page(Page("", page))), page)


@pytest.mark.parametrize("page", pages(ARTICLES), ids=attrgetter("name"))
def test_nothing_of_a_golden_page_is_lost(page: GoldenPage) -> None:
    column(read_article(page.body, page.url), page.body)


def test_nothing_of_a_real_page_is_lost() -> None:
    corpus = find_corpus()
    if corpus is None:
        pytest.skip("no corpus")
    for part in PARTS:
        for page in load(corpus, part):
            body = page.path.read_bytes()
            column(read_article(body, page.url), body)


@pytest.mark.parametrize("picture", ["<a href=/v/1><img src=v.jpg></a>", ""])
def test_a_teaser_below_a_linked_picture_is_no_text_of_a_page_of_images(picture: str) -> None:
    teaser = (
        "<h5><a href=/v/1>《走进园区》第七期</a></h5><p>本期走进柳河冷库，听管理员讲故事...</p>"
    )
    head = f"<div>{HEAD}<p><img src=/a.jpg></p></div>"
    page = f"<body>{head}<div>{picture}{teaser}</div><div>柳河县投资促进局</div></body>"
    assert bool(read_article(page).paragraphs) is not bool(picture)


def test_contacts_in_a_second_element_of_the_text() -> None:
    contacts = "<ul><li>联系人：沈河</li><li>电话：0435-7200001</li></ul>"
    part = "<div class=part>{}</div>"
    page = f"<body><div>{HEAD}{part.format(p(FIRST))}{part.format(p(SECOND) + contacts)}</div>"
    assert read_article(page).paragraphs[-2:] == ("联系人：沈河", "电话：0435-7200001")


def test_a_caption_above_the_heading_of_a_list_is_text() -> None:
    box = f"<p>与会领导共同启动项目</p><p>您可能还感兴趣：</p>{LIST.replace('li>', 'p>')}"
    assert paragraphs(p(FIRST) + box + p(SECOND)) == (FIRST, "与会领导共同启动项目", SECOND)


def test_rows_of_one_cell_are_no_table_of_data() -> None:
    rows = (FIRST, "二、配套", f"<ul>{LIST}</ul>", *SIGNATURE)
    table = f"<table>{''.join(f'<tr><td>{row}</td></tr>' for row in rows)}</table>"
    assert paragraphs(table) == (FIRST, "二、配套", *SIGNATURE)


DATED = (
    "<ul><li><a href=/1>园区竣工</a><i>2024-04-19</i></li><li><a href=/2>招商会</a> 05-02</li></ul>"
)


@pytest.mark.parametrize("box", [f"<p>小编精选</p>{DATED}", f"<p>本周最热：</p>{DATED}", DATED])
def test_short_links_with_a_day_are_a_box(box: str) -> None:
    assert paragraphs(p(FIRST) + box + p(SECOND)) == (FIRST, SECOND)


@pytest.mark.parametrize("interruption", INTERRUPTIONS.values(), ids=INTERRUPTIONS)
def test_headings_and_fields_above_what_stands_before_the_first_sentence(interruption: str) -> None:
    if "<a href=#" in interruption:
        pytest.skip("buttons above a text are the page's")
    above = ("一、基本情况", "项目名称：冷链物流园二期")
    assert paragraphs(p(*above) + interruption + p(FIRST, SECOND)) == (*above, FIRST, SECOND)


def test_a_row_for_each_paragraph_in_the_table_of_title_and_labels() -> None:
    rows = (FIRST, "时间：2024年9月16日 9:00", "地点：会展中心", SECOND, *SIGNATURE)
    cells = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
    head = f"<tr><td>{TITLE}</td></tr><tr><td>发布时间：2024-05-16</td></tr>"
    article = read_article(f"<title>{TITLE}</title><table>{head}{cells}</table>")
    assert article.paragraphs == rows


@pytest.mark.parametrize("box", ["", f"<ul>{LIST}</ul>"])
@pytest.mark.parametrize("parts", [((FIRST,), (SECOND, THIRD)), ((FIRST, SECOND), (THIRD,))])
def test_a_text_in_elements_without_names(parts: tuple[tuple[str, ...], ...], box: str) -> None:
    inner = box.join(f"<div>{p(*part)}</div>" for part in parts)
    assert paragraphs(inner) == (FIRST, SECOND, THIRD)


@pytest.mark.parametrize("names", [("con", "con2"), ("part part-1", "part part-2")])
def test_a_text_in_elements_whose_classes_differ_in_a_number(names: tuple[str, str]) -> None:
    parts = (
        f"<div class='{names[0]}'>{p(FIRST)}</div>",
        f"<div class='{names[1]}'>{p(SECOND)}</div>",
    )
    page = f"<body><div>{HEAD}{f'<ul>{LIST}</ul>'.join(parts)}</div></body>"
    assert read_article(page).paragraphs == (FIRST, SECOND)


def test_numbers_of_made_up_classes_tell_nothing() -> None:
    tools = "<div class=k6><div>赞 12</div><div>收藏</div></div>"
    page = f"<body><div>{HEAD}<div class=k5>{p(FIRST, SECOND)}</div>{tools}</div></body>"
    assert read_article(page).paragraphs == (FIRST, SECOND)


def test_a_contact_and_a_signature_are_in_no_box() -> None:
    tail = ("邮箱：lh@example.com", "柳河县人民政府办公室")
    box = f"<div>{p(*tail)}<b>热门文章</b><ul>{LIST}</ul><p>二〇二四年三月五日</p></div>"
    assert paragraphs(p(FIRST) + box) == (FIRST, *tail, "二〇二四年三月五日")


def test_the_next_element_below_a_text_goes_on_with_contacts() -> None:
    tail = ("五、联系方式", "联系人：沈河", "电话：0435-7200001")
    page = (
        f"<body><div>{HEAD}<div class=a>{p(FIRST, SECOND)}</div><div class=b>{p(*tail)}</div></div>"
    )
    assert read_article(page).paragraphs == (FIRST, SECOND, *tail)


def test_readers_in_the_next_element_are_no_text() -> None:
    said = p("网友评论", "希望项目早点投产，家门口能有份工作。")
    page = f"<body><div>{HEAD}<div class=a>{p(FIRST, SECOND)}</div><div class=b>{said}</div></div>"
    assert read_article(page).paragraphs == (FIRST, SECOND)


def test_a_text_that_goes_on_outside_the_element_of_its_title() -> None:
    first = f"<div class=x>{HEAD}<div class=t>{p(FIRST, SECOND)}</div></div>"
    page = f"<body>{first}<div class=y>{p(THIRD, '联系人：沈河')}</div><div>{LIST}</div></body>"
    assert THIRD in read_article(page).paragraphs


def test_a_linked_sentence_is_left_out_with_a_warning() -> None:
    linked = f"<p><a href=/2.html>{THIRD}</a></p>"
    page = f"<body><div>{HEAD}<div class=t>{p(FIRST)}{linked}{p(SECOND)}</div></div></body>"
    article = read_article(page)
    assert article.paragraphs == (FIRST, SECOND)
    assert SENTENCES in article.warnings


def test_a_file_that_is_all_there_is_stays_known() -> None:
    page = f"<body><div>{HEAD}<p><a href=/a.pdf>柳河投资指南.pdf</a></p></div></body>"
    article = read_article(page)
    assert (article.body, article.removed[-1].text) == ("", "柳河投资指南.pdf")


def test_cards_between_an_introduction_and_its_contacts() -> None:
    card = "<div class=card><div>{}</div><ul><li>面积：8000平方米</li><li>层高：9米</li></ul></div>"
    cards = card.format("一、一号冷库") + card.format("二、二号冷库")
    box = f"<div class=hot><b>本周热点</b><ul>{LIST}</ul></div>"
    part = "<div class=para>{}</div>"
    contacts = part.format("联系人：沈河<br>电话：0435-7200001")
    page = f"<body><div>{HEAD}{part.format(FIRST)}{cards}{box}{contacts}</div></body>"
    fields = ("面积：8000平方米", "层高：9米")
    expected = (FIRST, "一、一号冷库", *fields, "二、二号冷库", *fields)
    assert read_article(page).paragraphs == (*expected, "联系人：沈河", "电话：0435-7200001")


def test_titles_that_a_script_links_are_a_box_below_its_heading() -> None:
    titles = "".join(f"<li onclick=open({n})>柳河县第{n}批项目开工</li>" for n in range(3))
    box = f"<div class=tw><h4>推荐项目</h4><ul>{titles}</ul></div>"
    assert paragraphs(p(FIRST) + box + p(SECOND)) == (FIRST, SECOND)
    assert "重点项目" in paragraphs(p(FIRST) + box.replace("推荐", "重点") + p(SECOND))


def test_a_line_of_related_links_is_no_linked_line_of_the_text() -> None:
    line = f"相关阅读：<a href=/1>柳河县考察团到访</a> | <a href=/2>{TITLE}二</a>"
    assert paragraphs(p(FIRST, line, SECOND)) == (FIRST, SECOND)


@pytest.mark.parametrize("mark", ["<span>广告</span>", "<i class=ad>推广</i> "])
def test_a_mark_in_an_element_of_its_own_before_an_advertisement(mark: str) -> None:
    assert paragraphs(p(FIRST, f"{mark}老兵搬家，价格公道", SECOND)) == (FIRST, SECOND)
    assert len(paragraphs(p(FIRST, "广告位招租公告已经发布", SECOND))) == 3


def test_a_table_behind_a_box_in_the_element_of_the_title() -> None:
    table = "<table><tr><td>库号<td>面积<tr><td>一号<td>8000平方米</table>"
    text = f"{p(FIRST)}<div><b>推荐</b><ul>{LIST}</ul></div>{table}{p(SECOND)}"
    article = read_article(f"<body><div>{HEAD}{text}</div></body>")
    assert article.paragraphs == (FIRST, "库号", "面积", "一号", "8000平方米", SECOND)


@pytest.mark.parametrize("address", ["mailto:lh@example.com", "tel:07360000000", "mailto:请来信"])
def test_a_text_that_is_a_link_to_somebody_is_text(address: str) -> None:
    line = f"名额十二人，<a href='{address}'>报名的请在周五之前与我们联系</a>。"
    hidden = (
        "<p style='display:none'>冷库出租，冷链物流园，冷库招租信息大全，投资办厂，柳河招商</p>"
    )
    text = "名额十二人，报名的请在周五之前与我们联系。"
    assert paragraphs(f"{hidden}<p>{line}</p>") == (text,)


def test_comments_below_a_table_of_data_in_its_element() -> None:
    rows = "".join(f"<tr><td>{n}号库</td><td>{n}000平方米</td></tr>" for n in range(1, 6))
    said = "<tr><td>网友评论（共1条）</td></tr><tr><td>安徽网友 2月27日 21:57</td></tr>"
    said += "<tr><td>路过，支持家乡发展！</td></tr>"
    article = read_article(f"<body><div>{HEAD}{p(FIRST)}<table>{rows}{said}</table></div></body>")
    assert "路过，支持家乡发展！" not in article.paragraphs


def test_a_numbered_line_opens_a_text_above_a_box_between_line_breaks() -> None:
    box = f"<div><b>热点</b><ul>{LIST}</ul></div>"
    form = "<div align=right><a href=/f>申报表（点此填写）</a></div>"
    text = f"一、申报要求<br>{box}{FIRST}<br>{SECOND}<br>{form}"
    page = f"<body><table><tr><td>{HEAD}{text}</td></tr></table></body>"
    expected = ("一、申报要求", FIRST, SECOND, "申报表（点此填写）")
    assert read_article(page).paragraphs == expected


def test_a_table_of_data_above_an_advertisement_opens_a_text() -> None:
    table = "<table><tr><td>项目名称<td>冷链基地<tr><td>占地<td>395亩</table>"
    ad = "<div><a href=/ad>叉车出租，随叫随到</a></div>"
    cells = ("项目名称", "冷链基地", "占地", "395亩")
    assert paragraphs(table + ad + p(FIRST, SECOND)) == (*cells, FIRST, SECOND)


def test_a_summary_below_a_link_that_has_its_text_elsewhere() -> None:
    link = "<div><a href=/v/1>走进园区<br>第七期是管理员的一天<a href=/v/2></a></div>"
    page = f"<body>{HEAD}{link}<p>本期走进柳河冷库，听管理员讲故事...</p><p>投资促进局</p></body>"
    assert read_article(page).title == TITLE
