from __future__ import annotations

import pytest

from cqcrawler.reading.page.lines import Lines, read_lines


def blocks_of(markup: str) -> Lines:
    return read_lines(markup)


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>一</p><p>二</p>", ["一", "二"]),
        ("<div>一<br>二<br/>三</div>", ["一", "二", "三"]),
        ("<div>前<p>中</p>后</div>", ["前", "中", "后"]),
        ("<p>重<span>庆</span><b>市</b>招商</p>", ["重庆市招商"]),
        ("<table><tr><td>一</td><td>二</td></tr></table>", ["一", "二"]),
        ("<p>&nbsp;　　段首缩进 \t 与  空格&#8195;</p>", ["段首缩进 与 空格"]),
        ("<pre>第一行\n第二行</pre>", ["第一行", "第二行"]),
        ("<pre>第一行\r\n<b>第二</b>行\n\n<i>\n</i>第三行</pre>", ["第一行", "第二行", "第三行"]),
        ("<p>源码里\n    换行</p>", ["源码里换行"]),
        ("<p>源码里\nEnglish\nwords</p>", ["源码里 English words"]),
        ("<script>var a='一'</script><style>p{}</style><p>二</p>", ["二"]),
        ("<script type='text/template'><p>一</p></script><p>二</p>", ["二"]),
        ("<div style='color:red; DISPLAY : none'><p>一</p></div><p>二</p>", ["二"]),
        ("<p>显<span style='display:none'>隐</span>示</p>", ["显示"]),
        ("<div hidden>一</div>二", ["二"]),
        ("<select><option>一</option></select><textarea>二</textarea>三", ["三"]),
        ("<!-- 一 -->二", ["二"]),
        ("<!-- <script> -->一<script>'<!--'</script>二", ["一二"]),
        ("一<!-- 二", ["一 二"]),
        ("<SCRIPT>一</Script><Style>二</STYLE>三", ["三"]),
        ("<p>一<script>if (x > 1 && x < 2) {二", ["一"]),
        ("<p>一 < 二", ["一 < 二"]),
        ("<div><DIV Style='display:none'>一</DIV>二</div>三", ["二", "三"]),
        ("<p title='a>b' alt=\"c>d\">一</p>", ["一"]),
        ('<p class="a""><img src="b"">一</p>', ["一"]),
        ("x<5，y>3", ["x<5，y>3"]),
        ("一&lt;p&gt;&amp;&#20108;", ["一<p>&二"]),
        ("<P STYLE='display:none'>一</P><DIV>二</DIV>", ["二"]),
        ("<p style=display:none>一<p>二", ["二"]),
        ("<p STYLE='DISPLAY:NONE'>一</p>二", ["二"]),
        ("<div hidden><div>一</div>二</div>三", ["三"]),
        ("<img style='display:none'>一", ["一"]),
        ("<ul><li hidden>一<li>二</ul>", ["二"]),
        ("<ul><li hidden>一<ul><li>二<li>三</ul><li>四</ul>", ["四"]),
        ("<div><span style='display:none'>一<p>二</p></div>三", ["三"]),
        ("<div><div hidden>一<div>二</div></div>三</div>四", ["三", "四"]),
        ("<title>题<div>一</div>", ["一"]),
        ("<body style='display:none'>一", ["一"]),
        ("<div class=a/>一<div>二</div>", ["一", "二"]),
        ("<title>题</title>一", ["一"]),
        ("<svg><title>一</title></svg>二", ["二"]),
        ("<title>题<!-- 一</title>二<!-- 三 -->", ["二"]),
        ("<xmp>一<title><b>二</b></title></xmp>三", ["一<title><b>二</b></title>", "三"]),
    ],
)
def test_lines_are_those_that_a_reader_sees(markup: str, lines: list[str]) -> None:
    assert blocks_of(markup).texts == lines


def test_links_are_counted_in_characters() -> None:
    page = blocks_of("<p>正文<a href=/1>链接</a></p><p><a href=/2>全是<b>链接</b></a></p><p>无</p>")
    assert page.linked == [2, 4, 0]
    assert [page.is_link(i) for i in range(3)] == [False, True, False]
    assert [(page.tag_of(a), a[1]) for a in page.anchors] == [
        ("a href=/1", 0),
        ("a href=/2", 1),
    ]
    assert [page.text_of(a) for a in page.anchors] == ["链接", "全是链接"]


@pytest.mark.parametrize("tag", ["<a href=/>", '<a href="/"/>', "<a href=/ />"])
def test_a_slash_ends_no_link(tag: str) -> None:
    assert blocks_of(f"<p>{tag}首页</a></p>").linked == [2]


@pytest.mark.parametrize(
    ("tag", "lines"),
    [("<iframe src='/a'/>", ["一"]), ("<select />", ["一"]), ("<select class=a/>", [])],
)
def test_a_slash_keeps_an_element_without_an_end_from_hiding_text(
    tag: str, lines: list[str]
) -> None:
    assert blocks_of(f"<div>{tag}<p>一</p></div>").texts == lines


@pytest.mark.parametrize(
    ("tag", "linked"),
    [
        ("<a name=_Toc7>", 0),
        ("<a id='OLE_LINK3' style='color:red'>", 0),
        ("<a>", 0),
        ("<A NAME=x HREF>", 0),
        ("<a href=''>", 0),
        ('<a href=" ">', 0),
        ("<a href='#top'>", 4),
        ("<A HREF = /1>", 4),
        ("<a href='javascript:void(0)'>", 4),
        ("<a onclick='load(7)'>", 4),
        ("<a @click='load(7)'>", 4),
        ("<a :href='row.url'>", 4),
    ],
)
def test_an_anchor_without_an_address_is_no_link(tag: str, linked: int) -> None:
    page = blocks_of(f"<p>{tag}一、目标</a></p>")
    assert page.texts == ["一、目标"]
    assert page.linked == [linked]
    assert len(page.anchors) == bool(linked)


def test_an_anchor_without_an_address_ends_a_link() -> None:
    assert blocks_of("<p><a href=/1>链接<a name=x>正文").linked == [2]


def test_markup_in_a_title_is_no_part_of_it() -> None:
    page = blocks_of("<title><h1 style='x'>关于 1 <2 &amp; 3</h1></title><p>一</p>")
    assert (page.title_tag, page.texts) == ("关于 1 <2 & 3", ["一"])


GAP = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span>"


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ("<span style='font-family:Wingdings'>l" + GAP + "</span>用地", "用地"),
        ('<span style="font-family: &quot;Wingdings&quot;">&#216;</span>用地', "用地"),
        ("<span lang=EN-US style='color:red;font-family: Symbol, serif'>·</span>用地", "用地"),
        ("<span style='font:9pt Webdings'>\uf06c</span> 用地", "用地"),
        ("&nbsp;<font face=Wingdings>&#61548;</font>用地", "用地"),
        ("<FONT FACE='WINGDINGS'><b>u</b></FONT>用地", "用地"),
        ("<b><span style='mso-list:Ignore'>§" + GAP + "</span></b>用地", "用地"),
        ("<![if !supportLists]><span>·" + GAP + "</span><![endif]>用地", "用地"),
        # numbers of lists, text in the font (Chinese characters are shown in another one), units,
        # boxes of forms and letters in fonts of letters stay
        ("<![if !supportLists]><span>1." + GAP + "</span><![endif]>用地", "1. 用地"),
        ("<![if !supportLists]>一<![endif]>、用地", "一、用地"),
        ("<span style='font-family:Wingdings'>用地</span>", "用地"),
        ("<span style='font-family:Wingdings'>用</span>地", "用地"),
        ("厚50<span style='font-family:Symbol'>m</span>m", "厚50mm"),
        ("<span style='font-family:\"Wingdings 2\"'>R</span>是", "R是"),
        ("<span style='font-family:Wingdings'>þ</span>是", "þ是"),
        ("<span style='font-family:宋体,Symbol'>A</span>座", "A座"),
        ("<span style='font-family:Arial;mso-ascii-font-family:Symbol'>B</span>座", "B座"),
    ],
)
def test_a_letter_that_stands_for_the_mark_of_an_item_is_no_text(item: str, line: str) -> None:
    assert blocks_of(f"<p>{item}</p>").texts == [line]


def test_spans_are_the_lines_of_elements() -> None:
    page = blocks_of("<div><p>一</p><div><p>二</p><p>三</p></div></div>")
    assert page.spans == [(0, 1), (1, 2), (2, 3), (1, 3), (0, 3)]


@pytest.mark.parametrize(
    ("markup", "spans"),
    [
        ("<ul><li>一<li>二</ul>三", [(0, 1), (1, 2), (0, 2)]),
        ("<p>一<p>二<div>三</div>", [(0, 1), (1, 2), (2, 3)]),
        (
            "<table><tr><td>一<td>二<tr><td>三</table>",
            [(0, 1), (1, 2), (0, 2), (2, 3), (2, 3), (0, 3)],
        ),
        ("<dl><dt>一<dd>二</dl>", [(0, 1), (1, 2), (0, 2)]),
        ("<div><table><td>一</div>二</td></table></div>三", [(0, 2), (0, 2), (0, 2)]),
        ("<div>一</body></html>二</div>", [(0, 2)]),
        ("一</div>二", []),
    ],
)
def test_end_tags_may_be_left_out_or_stray(markup: str, spans: list[tuple[int, int]]) -> None:
    assert blocks_of(markup).spans == spans


@pytest.mark.parametrize(
    ("tag", "lines"),
    [
        ("textarea readonly", ["一", "园区<b>", "用地&", "二"]),
        ("TEXTAREA class=a READONLY=''", ["一", "园区<b>", "用地&", "二"]),
        ("textarea name=readonly", ["一", "二"]),
        ("textarea readonly style='display:none'", ["一", "二"]),
        ("textarea readonly hidden", ["一", "二"]),
    ],
)
def test_a_field_that_is_to_be_read_is_text(tag: str, lines: list[str]) -> None:
    assert blocks_of(f"<p>一</p><{tag}>园区<b>\n用地&amp;</textarea><p>二</p>").texts == lines


def test_a_link_ends_with_the_element_around_it() -> None:
    assert blocks_of("<ul><li><a href=/1>一<li>二</ul>三").linked == [1, 0, 0]


def test_headings_are_kept_with_their_lines() -> None:
    page = blocks_of("<h1>一<br>二</h1><h5>三</h5><h2>四</h2>")
    assert page.headings == [("h1", 0, 2), ("h2", 3, 4)]


def test_short_lines_remember_where_inline_elements_end() -> None:
    page = blocks_of("<p><span>招商项目</span><span>制造业</span></p>")
    assert page.texts == ["招商项目制造业"]
    assert page.spaced == {0: "招商项目 制造业"}


def test_a_link_in_a_preformatted_text_makes_links_of_no_other_lines() -> None:
    page = read_lines(
        "<pre>一期厂房封顶\n二期月底动工\n<a href=/1>相关消息</a>\n<a href=/2>更多</a></pre>"
    )
    assert page.texts == ["一期厂房封顶", "二期月底动工", "相关消息", "更多"]
    assert page.linked == [0, 0, 4, 2]
