"""Pages in every encoding, declared rightly, wrongly or not at all: every field is right."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from cqcrawler.archive import Archive

GB, UTF8, UTF16 = "gb18030", "utf-8", "utf-16"
# The encoding of the bytes, the charset of the header and that of the page.
CASES = {
    "right header": (GB, "gb18030", ""),
    "right header by its older name": (GB, "gb2312", "gb2312"),
    "no header": (GB, "", "gb2312"),
    "nothing at all": (GB, "", ""),
    "header says UTF-8": (GB, "utf-8", ""),
    "header says UTF-8, the page does not": (GB, "utf-8", "gbk"),
    "header says Latin": (GB, "iso-8859-1", ""),
    "header says Big5": (GB, "big5", ""),
    "header says what is none": (GB, "chinese-simplified", ""),
    "header says what only Python knows": (GB, "undefined", ""),
    "the page says what only Python knows": (GB, "", "undefined"),
    "header says what is no text": (UTF8, "base64", ""),
    "the page says what is no text": (UTF8, "", "idna"),
    "the page says UTF-8": (GB, "", "utf-8"),
    "UTF-8": (UTF8, "utf-8", "utf-8"),
    "UTF-8 under a GBK header": (UTF8, "gbk", ""),
    "UTF-8 under a GB18030 header, as the page says": (UTF8, "gb18030", "utf-8"),
    "UTF-8 that the page calls GB2312": (UTF8, "", "gb2312"),
    "UTF-8 and nothing said": (UTF8, "", ""),
    "UTF-16 with its mark": (UTF16, "gbk", ""),
}
# 䶮 is in no older encoding than GB18030; 镕 not in GB2312.
BODY = "第{number}批项目由䶮达公司和镕基材料共建，总投资{number}亿元，带动上下游企业落户。"


def notice(pages, number, charset):
    meta = f'<meta charset="{charset}">' if charset else ""
    title = pages.title(number)
    return f"""<html><head>{meta}<title>{title}</title></head><body><h1>{title}</h1>
<div>所属地区:重庆-渝北区 发布日期:{pages.published(number)} 来源:渝北区招商投资局 作者:王䶮</div>
<div><p>{BODY.format(number=number)}</p><p>有关部门表示，将继续做好项目的跟踪服务工作。</p></div>
<div>标签：<a>智能制造</a> <a>新材料</a></div></body></html>"""


def encoded(pages, text, encoding, charset):
    header = f"text/html; charset={charset}" if charset else "text/html"
    return pages.Reply(text.encode(encoding), headers={"Content-Type": header})


@pytest.fixture(scope="module")
def crawled(pages, tmp_path_factory):
    """One crawl; the listing is in GB18030 under a wrong header. Archive and URLs by case."""
    numbers = {name: number for number, name in enumerate(CASES, 1)}
    with pages.serving() as site:
        site.pages["/"] = encoded(pages, pages.listing(range(1, len(CASES) + 1)), GB, "utf-8")
        for name, (encoding, header, meta) in CASES.items():
            page = notice(pages, numbers[name], meta)
            site.pages[pages.notice_path(numbers[name])] = encoded(pages, page, encoding, header)
        crawl = pages.Crawler(tmp_path_factory.mktemp("crawl"))
        done = crawl(site.url)
        assert (done.exit, done.portal["new"]) == (0, len(CASES)), done.stderr
        yield (
            crawl.archive,
            {
                name: (number, site.url + pages.notice_path(number))
                for name, number in numbers.items()
            },
        )


@pytest.mark.parametrize("name", CASES)
def test_every_field_is_right(crawled, pages, name):
    path, urls = crawled
    number, url = urls[name]
    with Archive(path, must_exist=True) as archive:
        article = archive.article(url)
        assert [hit.id for hit in archive.search(f'"第{number}批项目由䶮达"')] == [article.id]
    assert article.title == pages.title(number)
    assert article.published == pages.published(number)
    assert (article.region, article.region_code) == ("重庆-渝北区", "500112")
    assert (article.province, article.district) == ("重庆市", "渝北区")
    assert (article.source, article.author) == ("渝北区招商投资局", "王䶮")
    assert article.tags == ("智能制造", "新材料")
    assert article.body.splitlines()[0] == BODY.format(number=number)
    with closing(sqlite3.connect(path)) as db:
        listed = db.execute("SELECT title, published FROM pages WHERE url = ?", [url]).fetchone()
    assert listed == (pages.title(number), pages.published(number))
