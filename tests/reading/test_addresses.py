"""Addresses have one spelling, and their kinds are told by their form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler import read_article, read_listing
from cqcrawler.reading.addresses import (
    goes_in_circles,
    is_file,
    leads_to_detail,
    leads_to_section,
    normalise,
    resolve,
    same_host,
    url_shape,
    without_userinfo,
)
from cqcrawler.text.words import word_list


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://CQ.Example.CN:80/A/b.html#top", "http://cq.example.cn/A/b.html"),
        ("https://x.cn:443", "https://x.cn/"),
        ("https://x.cn:8443/a?b=1&a=2", "https://x.cn:8443/a?b=1&a=2"),
        ("http://x.cn/新闻?q=招商", "http://x.cn/%E6%96%B0%E9%97%BB?q=%E6%8B%9B%E5%95%86"),
        ("http://x.cn/%e6%96%b0", "http://x.cn/%e6%96%b0"),
        ("http://x.cn:99999/", None),
        ("ftp://x.cn/", None),
        ("/a.html", None),
        ("", None),
    ],
)
def test_one_spelling(url: str, expected: str | None) -> None:
    assert normalise(url) == expected


@given(st.text(max_size=60))
def test_spelling_is_stable(tail: str) -> None:
    once = normalise("http://x.cn/" + tail)
    assert once is None or normalise(once) == once


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("b.html", "http://x.cn/a/b.html"),
        ("/b.html", "http://x.cn/b.html"),
        ("/../b.html", "http://x.cn/b.html"),
        ("../../../b.html", "http://x.cn/b.html"),
        ("//y.cn/b", "http://y.cn/b"),
        ("?page=2", "http://x.cn/a/?page=2"),
        ("javascript:void(0)", None),
        ("#a", None),
    ],
)
def test_addresses_on_a_page(href: str, expected: str | None) -> None:
    assert resolve(href, "http://x.cn/a/") == expected


def test_relative_addresses_stay_without_a_base() -> None:
    assert resolve("a/b.html#c", "") == "a/b.html"


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("http://x.cn/info/detail/1.html", "http://x.cn/info/detail/29.html"),
        ("http://x.cn/a/202501/t20250101_12.html", "http://x.cn/b/202412/t20241231_9.html"),
        ("http://x.cn/details?id=9e287fdec96946ec", "http://x.cn/details?id=b1f52d20f4544949"),
        ("http://x.cn/news/abc.html", "http://x.cn/news/defg.html"),
    ],
)
def test_pages_of_one_kind_share_a_shape(url: str, other: str) -> None:
    assert url_shape(url) == url_shape(other)


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("http://x.cn/info/1.html", "http://x.cn/about/1.html"),
        ("http://x.cn/details?id=1", "http://x.cn/news?id=1"),
        ("http://x.cn/show.asp?id=1", "http://x.cn/show.asp?cid=1"),
    ],
)
def test_pages_of_two_kinds_do_not(url: str, other: str) -> None:
    assert url_shape(url) != url_shape(other)


@pytest.mark.parametrize(
    ("path", "detail", "section"),
    [
        ("/info/detail/9132.html", True, False),
        ("/a/t20250101_12.shtml", True, False),
        ("/show.asp?id=3", True, False),
        ("/article/1234/", True, False),
        ("/park/", False, True),
        ("/index_2.html", False, True),
        ("/list/3.html", False, True),
        ("/col/col123/index.html", False, True),
        ("/about.html", False, False),
    ],
)
def test_what_an_address_leads_to(path: str, detail: bool, section: bool) -> None:
    url = "http://x.cn" + path
    assert (leads_to_detail(url), leads_to_section(url)) == (detail, section)


def test_hosts_are_compared_with_ports_and_without_www() -> None:
    assert same_host("http://www.x.cn/a", "https://x.cn/b")
    assert not same_host("http://x.cn/a", "http://x.cn:8080/a")
    assert not same_host("http://sc.x.cn/", "http://js.x.cn/")


@pytest.mark.parametrize("suffix", word_list("document", "other_file"))
def test_files_are_no_pages(suffix: str) -> None:
    assert is_file(f"http://x.cn/upload/2025/07.{suffix}?id=1")
    assert is_file(f"http://x.cn/upload/2025/07.{suffix.upper()}")
    assert not is_file(f"http://x.cn/{suffix}/")
    assert not is_file(f"http://x.cn/2025.{suffix}.html")
    section = f"<a href=/2025/a.{suffix}>招商手册</a><a href=/2025/>招商项目</a>"
    assert [link.title for link in read_listing(section, "http://x.cn/").sections] == ["招商项目"]


@pytest.mark.parametrize("suffix", word_list("document"))
def test_documents_are_attachments_and_lines_of_a_text(suffix: str) -> None:
    article = read_article(
        "<h1>关于开展企业技术中心认定工作的通知</h1><p>发布时间：2015-04-17</p>"
        "<div><p>请各县区按照要求认真组织申报，于5月20日前将申报材料报送市经信委。</p>"
        f"<p><a href=/f/1.{suffix}>企业申报表</a></p><p>江城市经济和信息化委员会</p></div>",
        "http://x.cn/a.html",
    )
    assert [(a.url, a.name, a.kind) for a in article.attachments] == [
        (f"http://x.cn/f/1.{suffix}", "企业申报表", suffix)
    ]
    assert article.paragraphs[1:] == ("企业申报表", "江城市经济和信息化委员会")


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://user:secret@h/a", "http://h/a"),
        ("HTTPS://user@h:8080/a?b#c", "HTTPS://h:8080/a?b#c"),
        ("http://user:p@ss@h", "http://h"),
        ("//user:secret@h/a", "//h/a"),
        ("http:\\\\user:secret@h\\a", "http:\\\\h\\a"),
        ("http://user:secret@[::1/", "http://[::1/"),
        ("http://h/a@b", "http://h/a@b"),
        ("http://h?a=b@c", "http://h?a=b@c"),
        ("http://h#a@b", "http://h#a@b"),
        ("mailto:a@b.cn", "mailto:a@b.cn"),
        ("/a//b@c", "/a//b@c"),
        ("", ""),
    ],
)
def test_names_and_passwords_go(url, plain):
    assert without_userinfo(url) == plain


def test_no_identity_has_a_name_or_password():
    assert normalise("http://user:secret@H:80/a") == "http://h/a"
    assert resolve("//user:secret@h/a", "https://h/") == "https://h/a"
    page = '<h1>渝北区项目签约</h1><p>三家企业落户。</p><a href="b.pdf">附件</a>'
    assert "secret" not in str(read_article(page, "http://user:secret@h/a"))


@pytest.mark.parametrize(
    ("path", "circles"),
    [
        ("/x/x/x/x/", True),
        ("/x/list/x/list/x/list/x/1.html", True),
        ("/x/x/x/x", False),
        ("/x/x/x/?a=/x/x/x/x/", False),
        ("/2011/11/11/11/11/t1.html", False),
        ("////", False),
    ],
)
def test_addresses_that_go_in_circles(path, circles):
    assert goes_in_circles(f"http://x.cn{path}") is circles


@pytest.mark.parametrize(
    ("url", "one"),
    [
        ("http://x.test/a/../b.html?a=%41", "http://x.test/a/../b.html?a=%41"),
        ("http://x.test/a?", "http://x.test/a"),
        ("http://x.test/a#b", "http://x.test/a"),
        ("http://x.test", "http://x.test/"),
        ("http://x.test/a\n", "http://x.test/a"),
        ("http://X.test/a", "http://x.test/a"),
        ("http://x.test:80/a", "http://x.test/a"),
        ("http://u:p@x.test/a", "http://x.test/a"),
        ("http://x.test/甲", "http://x.test/%E7%94%B2"),
    ],
)
def test_what_is_written_as_it_is_normalised_stays(url, one):
    assert normalise(url) == one


def test_a_host_is_no_file_and_relative_folders_go_in_circles_too():
    assert not is_file("http://x.doc")
    assert goes_in_circles("/a/a/a/a/x")
    assert not goes_in_circles("/a/a/a/x")
