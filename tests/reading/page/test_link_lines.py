"""Attachments in a text: links that belong to it."""

from __future__ import annotations

import pytest

from cqcrawler import read_article

TITLE = "关于开展2015年度企业技术中心认定工作的通知"
HEAD = f"<h1>{TITLE}</h1><p>发布时间：2015-04-17</p>"
TEXT = "请各县区按照要求认真组织申报，于5月20日前将申报材料报送市经信委。"
SIGNATURE = ["江城市经济和信息化委员会", "2015年4月16日"]
SIGNED = "".join(f"<p>{line}</p>" for line in SIGNATURE)
LIST = "<ul><li><a href=/1>全市工业经济运行分析会召开</a></ul>"


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (
            "<p><a href=1.doc>1.编写提纲</a></p><p><a href='f.jsp?f=2.xls'>2.汇总表</a>",
            ["1.编写提纲", "2.汇总表"],
        ),
        ("<p>附件【<a href=/f?id=1>申报表.docx</a>】", ["附件【申报表.docx】"]),
        ("<p><a href=/f?id=1>附件1：企业申报表</a>", ["附件1：企业申报表"]),
        ("<p><a href=/upload/file/81630>企业申报表</a>", ["企业申报表"]),
        (
            "<p>附件：</p><p><a href=/s?i=1>1.申报表</a></p><p><a href=/s?i=2>2、清单</a></p>",
            ["附件：", "1.申报表", "2、清单"],
        ),
    ],
)
def test_attachments_above_a_signature(files: str, names: list[str]) -> None:
    article = read_article(f"{HEAD}<div><p>{TEXT}</p>{files}</p>{SIGNED}</div>{LIST}")
    assert list(article.paragraphs) == [TEXT, *names, *SIGNATURE]


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("<a href=/system/download.jsp?wbfileid=5>招商手册.PDF</a>", "pdf"),
        ("<a href='/f?id=1'>申报表.docx（12KB）</a>", "docx"),
        ("<a href=/f/81 download=汇总表.xls>点击下载</a>", "xls"),
        ("<a href=/f/1.zip>全部材料</a>", "zip"),
        ("<a href=/2024/3.html>解读：申报表.docx</a>", None),
        ("<a href=/2024/3.html title=申报表.docx>申报表怎么填</a>", None),
        ("<a href=/download/>下载中心</a>", None),
        ("<a href='javascript:void(0)'>申报表.docx</a>", None),
    ],
)
def test_what_is_a_file_of_the_notice(link: str, kind: str | None) -> None:
    article = read_article(
        f"{HEAD}<div><p>{TEXT}</p><p>附件：{link}</p>{SIGNED}</div>", "http://x/"
    )
    assert [file.kind for file in article.attachments] == ([kind] if kind else [])


def test_a_text_goes_on_behind_a_link_to_another_page() -> None:
    link = "<p><a href=2.html>关于印发企业技术中心管理办法的通知</a></p>"
    article = read_article(f"{HEAD}<div><p>{TEXT}</p>{link}{SIGNED}</div>{LIST}")
    assert list(article.paragraphs) == [TEXT, *SIGNATURE]


def test_files_that_the_page_lists_below_a_text() -> None:
    files = "<p>附件下载：</p><ul><li><a href=1.doc>1.申请报告编写提纲.doc</a></ul>"
    article = read_article(f"{HEAD}<div><p>{TEXT}</p>{SIGNED}{files}</div>{LIST}")
    assert list(article.paragraphs) == [TEXT, *SIGNATURE]


def test_an_address_on_a_line_of_its_own_is_text() -> None:
    address = "报名系统（https://apply.example.test）"
    lines = ["二、报名网址", address, "三、注意事项", "请如实填写信息，因填写错误造成的后果自负。"]
    markup = f"<p>{TEXT}</p>" + "".join(f"<p>{line}</p>" for line in lines)
    markup = markup.replace(address, f"<a href=https://apply.example.test>{address}</a>")
    article = read_article(f"{HEAD}<div>{markup}{SIGNED}</div>{LIST}")
    assert list(article.paragraphs) == [TEXT, *lines, *SIGNATURE]


def test_numbered_files_under_their_heading_below_the_signature() -> None:
    files = (
        "<p>相关附件：</p><p><a href=1.doc>1.申报表.doc</a></p><p><a href=2.doc>2.清单.doc</a></p>"
    )
    article = read_article(f"{HEAD}<div><p>{TEXT}</p>{SIGNED}{files}</div>{LIST}")
    expected = [TEXT, *SIGNATURE, "相关附件：", "1.申报表.doc", "2.清单.doc"]
    assert list(article.paragraphs) == expected


@pytest.mark.parametrize("name", ["进入江城企业服务网办理", "江城市土地网上交易系统"])
def test_a_line_that_leads_to_where_one_applies_is_text(name: str) -> None:
    link = f"<p><a href=http://apply.test/>{name}</a></p>"
    article = read_article(f"{HEAD}<div><p>{TEXT}</p>{link}<p>{TEXT[::-1]}</p>{SIGNED}</div>{LIST}")
    assert article.paragraphs[1] == name
