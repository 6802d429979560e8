"""What a digest says of an archive, and that it is one safe, bounded page or mail."""

from __future__ import annotations

import email
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cqcrawler.archive import Archive
from cqcrawler.archive.search.asked import Search
from cqcrawler.commands import main
from cqcrawler.digest import gather, message, month, since_day, to_html, week
from cqcrawler.exceptions import UsageError
from cqcrawler.models import Article, Gone, Outcome, PageKind, Place, ReadNotice, Visit

NOW = datetime(2025, 7, 7, 1, 0, tzinfo=UTC)  # Monday, 9:00 in Beijing
YUBEI = Place("500112", "重庆市", None, "渝北区")
CHENGDU = Place("510100", "四川省", "成都市")
SCRIPT = "<script>alert(1)</script>"
# Elements of a page that would fetch or run something.
_ACTIVE = {"script", "link", "img", "iframe", "object", "style", "form", "input", "image", "use"}


class Reader(HTMLParser):
    """The text of a page, where it leads to, and what it would fetch or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.active: list[str] = []
        self.feed(page)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "href":
                self.links.append(value or "")
            if name.startswith("on") or name in ("src", "srcset", "background"):
                self.active.append(name)
            if name == "style" and "url(" in (value or ""):
                self.active.append("url")
        if tag in _ACTIVE:
            self.active.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


class Desk:
    """An archive that is crawled on days of 2025-07."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def crawl(self, at: datetime, *articles: Article, gone: str = "") -> None:
        with Archive(self.path) as archive:
            run = archive.runs.begin("cq", scope="full", version="1", at=at)
            for article in articles:
                visit = Visit(article.url, "cq", PageKind.NOTICE, at)
                archive.save(ReadNotice(visit, article), run)
            if gone:
                archive.save(Gone(Visit(gone, "cq", PageKind.NOTICE, at), "HTTP 404"), run)
                archive.withdraw_gone("cq", run, begun=at, looked_at=99)
            archive.runs.end(run, at=at, outcome=Outcome.OK, counts={}, stats={})
            archive.index_all()

    def digest(self, named: Any = None) -> Any:
        with Archive(self.path, read_only=True) as archive:
            return gather(archive, named or week(NOW), [])

    def page(self, site: str = "") -> Reader:
        return Reader(to_html(self.digest(), site))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "archive.db")


def signing(url: str, place: Place, amount: str, name: str, day: str, **fields: Any) -> Article:
    where = place.district or place.city
    told = (
        f"7月1日，{where}与{name}公司签约，{name}智能终端生产基地项目落户{where}，总投资{amount}。"
    )
    return Article(
        url,
        f"{name}智能终端生产基地项目签约落户{where}",
        region=where,
        place=place,
        published=day,
        paragraphs=(told, f"{name}项目将建设{url[-1]}条生产线。"),
        **fields,
    )


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A month ago two notices came; last week three more, of which one is old at its portal, and
    one of the first two was edited, the other withdrawn."""
    before, lately = NOW - timedelta(days=30), NOW - timedelta(days=3)
    early = Article("http://h/1", "早先公告", published="2025-06-01", paragraphs=("原文一段。",))
    other = Article("http://h/2", "要撤下的公告", published="2025-06-02")
    desk.crawl(before, early, other)
    desk.crawl(
        lately,
        signing("http://h/3", YUBEI, "12亿元", "云岭", "2025-07-02"),
        signing("http://h/4", CHENGDU, "30亿元", "青山", "2025-07-03"),
        signing("http://h/5", CHENGDU, "99亿元", "旧川", "2024-05-03"),
        Article("http://h/1", "早先公告", published="2025-06-01", paragraphs=("改后一段。",)),
        gone="http://h/2",
    )
    with Archive(desk.path) as archive:
        archive.watches.add("签约", Search("签约"), before)
    return desk


def test_the_week_in_figures(filled: Desk) -> None:
    digest = filled.digest()
    assert {source.url for source in digest.news.items} == {"http://h/3", "http://h/4"}
    assert digest.late == 1
    (promised,) = digest.promised
    assert (promised.promised, promised.notices, promised.unit) == (42e8, 2, "CNY")
    places = [(one.name, one.promised) for one in digest.by_place]
    assert places == [("四川省成都市", 30e8), ("重庆市渝北区", 12e8)]
    assert [one.invested for one in digest.projects.items] == [30e8, 12e8]
    assert [event.source.url for event in digest.changed.items] == ["http://h/1"]
    assert [event.source.url for event in digest.withdrawn.items] == ["http://h/2"]
    (watched,) = digest.watched
    assert {source.url for source in watched.sources} >= {"http://h/3", "http://h/4"}


def test_the_page_says_it_and_leads_to_its_notices(filled: Desk) -> None:
    page = filled.page()
    assert page.text.startswith("招商动态 2025年第27周")
    for words in (
        "2025-06-30 00:00 至 2025-07-07 09:00",
        "42亿元",
        "30亿元",
        "另有 1 条旧公告首次收录",
    ):
        assert words in page.text
    addresses = {link for link in page.links if not link.startswith("#")}
    assert addresses == {f"http://h/{number}" for number in range(1, 6)}
    assert page.active == []


def test_with_a_site_it_leads_there_too(filled: Desk) -> None:
    page = filled.page("https://archive.example.org/")
    assert "https://archive.example.org/articles/3" in page.links
    assert any(link.startswith("https://archive.example.org/search?place=") for link in page.links)


def test_copies_and_followups_count_once(filled: Desk) -> None:
    copy = signing("http://h/3", YUBEI, "12亿元", "云岭", "2025-07-04")
    at = NOW - timedelta(days=1)
    filled.crawl(at, Article("http://copy/3", copy.title, **_rest(copy)))
    digest = filled.digest()
    assert digest.promised[0].promised == 42e8
    (story,) = digest.retold.items
    assert (story.leader.url, story.count) == ("http://h/3", 1)
    assert [source.url for source in story.copies] == ["http://copy/3"]
    assert "又见 1 次" in filled.page().text
    assert digest.projects.count == 2


def _rest(article: Article) -> dict[str, Any]:
    names = ("region", "place", "published", "paragraphs")
    return {name: getattr(article, name) for name in names}


def test_old_events_are_no_new_projects(desk: Desk) -> None:
    told = "2022年3月，双方签约，云海智能终端生产基地项目总投资50亿元。"
    old = Article("http://h/9", "云海智能终端生产基地项目回顾", published="2025-07-02")
    desk.crawl(NOW - timedelta(days=2), Article(old.url, old.title, published=old.published,
                                                paragraphs=(told,), place=YUBEI))  # fmt: skip
    digest = desk.digest()
    assert [event.source.url for event in digest.stale.items] == ["http://h/9"]
    assert (digest.projects.count, digest.promised) == (0, [])
    assert "所述：2022年3月" in desk.page().text


def test_an_empty_archive_and_an_empty_week(desk: Desk, filled: Desk) -> None:
    page = Reader(to_html(filled.digest(week(NOW + timedelta(days=90)))))
    assert "没有。" in page.text
    empty = Desk(desk.path.with_name("empty.db"))
    empty.crawl(NOW)
    assert "没有。" in empty.page().text


def test_long_lists_are_cut_and_counted(desk: Desk) -> None:
    notices = (Article(f"http://h/{n}", f"公告{n}", published="2025-07-03") for n in range(200))
    desk.crawl(NOW - timedelta(days=2), *notices)
    page = desk.page()
    assert "另有 170 条未列出" in page.text
    assert len(page.links) < 60


def test_nothing_stored_runs(desk: Desk) -> None:
    odd = f"{SCRIPT}\"'><img src=x onerror=alert(1)>\u202e\x1b[31m{{detail}}"
    article = signing("http://h/1", YUBEI, "12亿元", "云岭", "2025-07-02")
    hostile = Article(
        "javascript:alert(1)", odd, **_rest(article) | {"paragraphs": (*article.paragraphs, odd)}
    )
    quoted = Article('http://h/"><script>', odd, published="2025-07-02")
    desk.crawl(NOW - timedelta(days=2), hostile, quoted)
    desk.crawl(NOW - timedelta(days=1), Article(quoted.url, f"{odd}!", published="2025-07-02"))
    with Archive(desk.path) as archive:
        archive.watches.add("全部", Search("招商 OR 签约"), NOW)
    html = to_html(desk.digest(), "https://archive.example.org")
    page = Reader(html)
    assert page.active == []
    assert not [link for link in page.links if re.match("javascript", link)]
    assert not set(html) & {"\u202e", "\x1b"}
    assert SCRIPT in page.text


def test_the_same_moment_gives_the_same_file(filled: Desk) -> None:
    first, second = (to_html(filled.digest()) for _ in range(2))
    assert first == second
    mails = {message(filled.digest(), "", ["team@example.org"]) for _ in range(2)}
    assert len(mails) == 1


def test_a_mail(filled: Desk) -> None:
    made = message(filled.digest(), "", ["a@example.org", "b@example.org"])
    assert max(map(len, made.split(b"\r\n"))) < 998
    mail = email.message_from_bytes(made, policy=default)
    assert not mail.defects
    assert (mail["from"], mail["to"]) == ("a@example.org", "a@example.org, b@example.org")
    assert mail["subject"] == "招商动态 2025年第27周"
    assert mail["date"].datetime == NOW
    plain, html = mail.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert "投资额 42亿元" in plain.get_content()
    assert "http://h/4" in plain.get_content()
    assert html.get_content().splitlines() == to_html(filled.digest()).splitlines()


@pytest.mark.parametrize(
    "address", ["", "x", "a b@h", "a@h\nBcc: x@y", "<a@h>", "a@", "@h", "甲@例.中国"]
)
def test_what_is_no_address(filled: Desk, address: str) -> None:
    with pytest.raises(UsageError, match="is no mail address"):
        message(filled.digest(), "", [address])


@pytest.mark.parametrize(
    ("named", "name", "first"),
    [
        (week(NOW), "2025-W27", "2025-06-30"),
        (week(datetime(2026, 1, 1, tzinfo=UTC)), "2026-W01", "2025-12-25"),
        (month(datetime(2025, 7, 1, 1, tzinfo=UTC)), "2025-06", "2025-06-01"),
        (month(datetime(2025, 3, 31, tzinfo=UTC)), "2025-03", "2025-02-28"),
        (since_day("2025-07", NOW), "since-2025-07-01", "2025-07-01"),
        (since_day("昨天", NOW), "since-2025-07-06", "2025-07-06"),
    ],
)
def test_spans(named: Any, name: str, first: str) -> None:
    assert (named.name, named.span.parameters["day"]) == (name, first)
    assert named.span.since.isoformat() == f"{first}T00:00:00+08:00"


@pytest.fixture
def run(filled: Desk) -> Callable[..., Result]:
    def run(*arguments: str) -> Result:
        env = {"CQCRAWLER_ARCHIVE": str(filled.path)}
        return CliRunner().invoke(main, ["digest", *arguments], env=env, catch_exceptions=False)

    return run


def test_the_command(run: Callable[..., Result], tmp_path: Path) -> None:
    made = run("--since", "2025-06-15", "--json")
    answer = json.loads(made.stdout)
    path = tmp_path / "exports/digest-since-2025-06-15.html"
    assert (answer["file"], answer["notices"], answer["promised"]) == (str(path), 2, {"CNY": 42e8})
    assert "42亿元" in path.read_text("utf-8")
    assert run("--since", "2025-06-15", "--quiet").stderr == ""
    assert run("-").stdout.startswith("<!DOCTYPE html>")
    assert run(str(tmp_path / "x/y.html"), "--month").exit_code == 0
    assert (tmp_path / "x/y.html").exists()
    assert run("--to", "a@example.org").exit_code == 0
    (mail,) = (tmp_path / "exports").glob("digest-*-W*.eml")
    assert b"Subject:" in mail.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--week", "--month"), "give one"),
        (("--since", "gestern"), "is no date"),
        (("--since", "2999"), "lies ahead"),
        (("--site", "archive"), "is no http or https URL"),
        (("/dev/null/x",), "cannot write"),
        (("--to", "x"), "is no mail address"),
    ],
)
def test_what_makes_no_sense(
    run: Callable[..., Result], arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.output
