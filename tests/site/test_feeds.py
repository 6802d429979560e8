"""Feeds, as an independent parser reads them, and by the words of RFC 4287 and RFC 9110."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.search.asked import Search
from cqcrawler.models import Article, Gone, PageKind, Place, ReadNotice, Visit
from cqcrawler.site.application import ArchiveSite, build

AT = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
SCRIPT = "<script>alert('x')</script>"
ODD = "".join(map(chr, (*range(0x20), 0x7F, 0xFFFE, 0xFFFF, 0x1F600))) + "]]>&amp;"

SIGNED = Article(
    "http://h/1",
    "渝北签约",
    region="重庆-渝北区",
    place=Place("500112", "重庆市", None, "渝北区"),
    published="2025-07-05",
    source="渝北招商",
    tags=("招商",),
    paragraphs=("双方签约，项目总投资12亿元。", "首期明年投产。"),
)
HOSTILE = Article("javascript:alert('x y')", f"签约{SCRIPT}{ODD}", paragraphs=(SCRIPT, ODD))
PLAIN = Article("http://h/3?a=1&b=重庆 <x>", "", paragraphs=("成都签约",))


def fill(path: Path) -> None:
    """Three notices of three hours, then the first is edited, and the third is gone."""
    with Archive(path) as archive:
        run = archive.runs.begin("cq", scope="full", version="1", at=AT)

        def save(article: Article, hours: float) -> None:
            visit = Visit(article.url, "cq", PageKind.NOTICE, AT + timedelta(hours=hours))
            archive.save(ReadNotice(visit, article), run)

        for hour, article in enumerate((SIGNED, HOSTILE, PLAIN)):
            save(article, hour)
        edited = replace(SIGNED, paragraphs=(SIGNED.paragraphs[0], "首期后年投产。"))
        save(edited, 4)
        gone = Visit(PLAIN.url, "cq", PageKind.NOTICE, AT + timedelta(hours=5))
        archive.save(Gone(gone, "HTTP 404"), run)
        archive.withdraw_gone("cq", run, begun=gone.fetched_at, looked_at=30)
        archive.index_all()
        archive.watches.add("渝北·签约", Search("签约", Filters(region="渝北")), AT)
        archive.watches.add("全部", Search("签约"), AT)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveSite]:
    path = tmp_path_factory.mktemp("feeds") / "archive.db"
    fill(path)
    site = build(path)
    asyncio.run(site.invoke_startup())
    yield site
    for database in site.databases.values():
        database.close()


@pytest.fixture
def ask(small: ArchiveSite) -> Callable[..., Any]:
    def ask(path: str, language: str = "zh", **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(small.client.get(path, headers={"accept-language": language, **named}))

    return ask


def entries(answer: Any) -> list[Any]:
    assert answer.status_code == 200, answer.text
    parsed = feedparser.parse(answer.content, response_headers=dict(answer.headers))
    assert not parsed.bozo, parsed.bozo_exception
    assert parsed.version == "atom10"
    return parsed.entries


def test_a_feed_as_a_reader_has_it(ask: Callable[..., Any]) -> None:
    answer = ask("/search.atom?q=签约")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    gone, edited, hostile = entries(answer)
    assert gone.title == "http://h/3?a=1&b=重庆 <x> (已撤下)"
    assert (gone.id, gone.updated) == (quote(PLAIN.url, safe=":/?=&"), "2025-07-07T13:00:00Z")
    assert gone.summary.startswith("2025-07-07 21:00 已撤下")
    assert edited.updated == "2025-07-07T12:00:00Z"
    assert (edited.id, edited.published) == ("http://h/1", "2025-07-05T00:00:00+08:00")
    assert edited.summary == "2025-07-07 20:00 有改动 · 签约 · 12亿元 · 重庆-渝北区"
    assert edited.author == "渝北招商"
    links = {link.rel: link.href for link in edited.links}
    assert links == {"alternate": "http://localhost/articles/1", "via": "http://h/1"}
    assert "招商" in {tag.term for tag in edited.tags}
    (content,) = edited.content
    assert content.type == "text/plain"
    text = "2025-07-07 20:00 有改动\n双方签约，项目总投资12亿元。\n首期后年投产。"
    assert content.value == text
    assert [link.rel for link in hostile.links] == ["alternate"]


def test_in_english(ask: Callable[..., Any]) -> None:
    gone, edited, _ = entries(ask("/search.atom", "en"))
    assert gone.title.endswith("(withdrawn)")
    assert edited.summary.startswith("edited on 2025-07-07 20:00 · ")
    assert entries(ask("/search.atom?lang=zh", "en"))[0].title.endswith("(已撤下)")


@pytest.mark.parametrize("path", ["/search.atom", "/search.atom?q=没有", "/watches/全部.atom"])
def test_what_the_standard_requires(ask: Callable[..., Any], path: str) -> None:
    feed = ET.fromstring(ask(path).content)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated", "author"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert element.findtext(f"{ATOM}author/{ATOM}name")
        identity = element.findtext(f"{ATOM}id", "")
        assert urlsplit(identity).scheme
        assert not set(identity) & set(' <>"{}|\\^`')
        moment = element.findtext(f"{ATOM}updated", "")
        assert datetime.fromisoformat(moment).tzinfo
        alternates = element.findall(f"{ATOM}link[@rel='alternate']")
        assert [link.get("type") for link in alternates] == ["text/html"]
    (own,) = feed.findall(f"{ATOM}link[@rel='self']")
    assert own.get("type") == "application/atom+xml"
    identities = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(identities) == len(set(identities))


def test_no_text_breaks_the_xml_or_runs(ask: Callable[..., Any]) -> None:
    answer = ask("/search.atom")
    texts = list(ET.fromstring(answer.content).itertext())
    assert any(SCRIPT in text for text in texts)
    assert any("\ufffd" in text and "😀" in text and "]]>&amp;" in text for text in texts)
    assert b"<script" not in answer.content


def test_addresses_are_those_of_search(ask: Callable[..., Any]) -> None:
    assert len(entries(ask("/search.atom?q=签约&region=渝北"))) == 1
    assert len(entries(ask("/search.atom?min=10亿&sort=amount&page=3"))) == 1
    assert entries(ask("/search.atom?q=签约&since=7d")) == []
    assert ask("/search.atom?tag=没有").status_code == 400
    assert ask("/search.atom?sort=no").status_code == 400
    parsed = feedparser.parse(ask("/search.atom?q=签约&region=渝北").content).feed
    assert parsed.title == "招商公告档案: 签约 渝北"
    assert {link.rel: link.href for link in parsed.links} == {
        "self": f"http://localhost/search.atom?q={quote('签约')}&region={quote('渝北')}",
        "alternate": f"http://localhost/search?q={quote('签约')}&region={quote('渝北')}",
    }


@pytest.mark.parametrize("typed", ["\x00", "😀", "重" * 999, '"', "%ZZ", "\ud800"])
def test_nothing_typed_is_an_error(ask: Callable[..., Any], typed: str) -> None:
    entries(ask(f"/search.atom?q={quote(typed, errors='surrogatepass')}"))


def test_feeds_of_watches(ask: Callable[..., Any]) -> None:
    assert [entry.id for entry in entries(ask("/watches/渝北·签约.atom"))] == ["http://h/1"]
    assert ask("/watches/none.atom").status_code == 404
    assert ask(f"/watches/{quote('a/b', safe='')}.atom").status_code == 404


def test_two_archives_agree_on_who_is_who(ask: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        run = archive.runs.begin("cq", scope="full", version="1", at=AT)
        for number, article in enumerate((Article("http://h/0", "先来"), PLAIN, SIGNED)):
            visit = Visit(article.url, "cq", PageKind.NOTICE, AT + timedelta(days=number))
            archive.save(ReadNotice(visit, article), run)

    async def visit_other() -> Any:
        site = build(path)
        await site.invoke_startup()
        answer = await site.client.get("/search.atom?q=签约")
        site.databases["archive"].close()
        return answer

    others = {entry.id for entry in entries(asyncio.run(visit_other()))}
    assert others < {entry.id for entry in entries(ask("/search.atom?q=签约"))}


def test_who_has_it_already_gets_nothing(ask: Callable[..., Any]) -> None:
    answer = ask("/search.atom?q=签约")
    tag, modified = answer.headers["etag"], answer.headers["last-modified"]
    assert modified == "Mon, 07 Jul 2025 13:00:00 GMT"
    for known in (tag, f'W/{tag}, "x"', "*"):
        again = ask("/search.atom?q=签约", if_none_match=known)
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["etag"], again.headers["last-modified"]) == (tag, modified)
    assert ask("/search.atom?q=签约", if_modified_since=modified).status_code == 304
    earlier = "Mon, 07 Jul 2025 12:59:59 GMT"
    assert ask("/search.atom?q=签约", if_modified_since=earlier).status_code == 200
    assert ask("/search.atom?q=签约", if_modified_since="yesterday").status_code == 200
    # The tag is the better witness.
    both = {"if_none_match": '"x"', "if_modified_since": modified}
    assert ask("/search.atom?q=签约", **both).status_code == 200
    assert ask("/search.atom?q=签约", "en", if_none_match=tag).status_code == 200


def test_there_are_fifty_entries_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        run = archive.runs.begin("cq", scope="full", version="1", at=AT)
        for number in range(60):
            visit = Visit(f"http://h/{number}", "cq", PageKind.NOTICE, AT)
            archive.save(ReadNotice(visit, Article(visit.url, f"签约{number}")), run)
        found = [article.url for article in archive.latest(Search("签约"))]
    assert found == [f"http://h/{number}" for number in reversed(range(10, 60))]


def test_behind_a_proxy_links_are_those_it_was_asked_by(address: str) -> None:
    headers = {"Host": "archive.example.org", "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(f"{address}/search.atom?q=%E5%8C%BB%E8%8D%AF", headers=headers)
    with urllib.request.urlopen(request) as answer:
        feed = feedparser.parse(answer.read())
    links = [link.href for link in (*feed.feed.links, *feed.entries[0].links)]
    assert links[0] == "https://archive.example.org/search.atom?q=%E5%8C%BB%E8%8D%AF"
    assert links[1] == "https://archive.example.org/search?q=%E5%8C%BB%E8%8D%AF"
    assert links[2].startswith("https://archive.example.org/articles/")


def test_the_page_of_watches(ask: Callable[..., Any]) -> None:
    page = ask("/watches").text
    assert '<a href="/watches" aria-current="page">关注</a>' in page
    assert f'<a href="/search?q={quote("签约")}&amp;region={quote("渝北")}">渝北·签约</a>' in page
    assert f'href="/watches/{quote("渝北·签约")}.atom?lang=zh"' in page
    assert "所属地区 渝北" in page
    assert "Region stated 渝北" in ask("/watches", "en").text


def test_a_page_without_watches_says_how_to_add_one(get: Callable[..., Any]) -> None:
    assert "cqcrawler watch add" in get("/watches").text
