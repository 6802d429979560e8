from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cqcrawler.archive import Archive
from cqcrawler.archive.search.asked import Search
from cqcrawler.commands import main
from cqcrawler.models import Article
from cqcrawler.text.clock import BEIJING


def changes(result: Result) -> list[tuple[str, int]]:
    assert result.exit_code == 0, result.output
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    return [(row[0], int(row[2])) for row in rows]


def test_the_last_seven_days(cq: Callable[..., Result]) -> None:
    result = cq("new")
    assert changes(result) == [("new", 4), ("changed", 1), ("withdrawn", 3)]
    assert result.stderr.startswith("1 new, 1 changed, 1 withdrawn since 20")
    assert cq("new", "--quiet").stderr == ""


def test_since(cq: Callable[..., Result]) -> None:
    assert changes(cq("new", "--since", "2025-01-01")) == [
        *(("new", 4), ("new", 2), ("new", 1)),
        ("withdrawn", 3),
    ]
    assert changes(cq("new", "--since", "2999-01-01")) == []


def test_a_day_begins_at_midnight_in_beijing(cq: Callable[..., Result]) -> None:
    assert cq("new", "--since", "2025-01-01").stderr.endswith("since 2025-01-01 00:00\n")
    utc = cq("new", "--since", "2025-01-01T00:00:00Z")
    assert utc.stderr.endswith("since 2025-01-01 08:00\n")


def test_a_line_says_when_and_where(cq: Callable[..., Result]) -> None:
    line = cq("new").stdout.splitlines()[1]
    change, at, _, published, region, title, url = line.split("\t")
    yesterday = datetime.now(UTC) + timedelta(hours=8, days=-1)
    assert at[:10] == f"{yesterday:%Y-%m-%d}"
    assert (change, published, region, url) == (
        "changed",
        "2025-07-07",
        "重庆-渝北区",
        "http://h/1",
    )
    assert title.endswith("(更新)")


def test_json(cq: Callable[..., Result]) -> None:
    answer = json.loads(cq("new", "--json").stdout)
    assert {item["id"]: item["change"] for item in answer} == {
        4: "new",
        1: "changed",
        3: "withdrawn",
    }
    assert list(answer[0]) == [
        "change",
        "at",
        "id",
        "title",
        "published",
        "region",
        "portal",
        "url",
        "first_archived",
    ]


@pytest.mark.parametrize("day", ["gestern", "2025-02-30", "0001-01-01"])
def test_what_is_no_date(cq: Callable[..., Result], day: str) -> None:
    result = cq("new", "--since", day)
    assert result.exit_code == 2
    assert f"'{day}' is no date: write it like 2025-07-07" in result.stderr


@pytest.fixture
def just_archived(archive_of: Callable[..., Path]) -> Callable[..., Result]:
    """Run `new` where four notices came a month ago: old, of that day, and without a day."""
    came = datetime.now(UTC) - timedelta(days=30)
    lately = f"{came - timedelta(days=5):%Y-%m-%d}"
    path = archive_of(
        Article("http://h/old", "旧签约", published="2019-05-01"),
        Article("http://h/new", "新签约", published=lately, paragraphs=("渝北区项目。",)),
        Article("http://h/undated", "无日期"),
    )
    with Archive(path) as archive:
        archive.watches.add("签约", Search("签约"), came)

    def run(*arguments: str) -> Result:
        env = {"CQCRAWLER_ARCHIVE": str(path)}
        return CliRunner().invoke(main, ["new", *arguments], env=env, catch_exceptions=False)

    return run


def test_what_is_old_at_its_portal_stands_apart(just_archived: Callable[..., Result]) -> None:
    result = just_archived("--since", "60d")
    assert changes(result) == [("new", 3), ("new", 2), ("archived", 1)]
    told = "2 new, 1 first archived, published earlier, 0 changed, 0 withdrawn since"
    assert result.stderr.startswith(told)
    answer = json.loads(just_archived("--since", "60d", "--json").stdout)
    assert [item["first_archived"] for item in answer] == [False, False, True]
    assert {item["change"] for item in answer} == {"new"}
    # Of all those years it is news.
    assert changes(just_archived("--since", "2019")) == [("new", 3), ("new", 2), ("new", 1)]


def test_of_a_watch_or_what_filters_let_through(just_archived: Callable[..., Result]) -> None:
    watched = just_archived("--since", "2m", "--watch", "签约", "--json")
    assert [item["id"] for item in json.loads(watched.stdout)] == [2, 1]
    assert changes(just_archived("--since", "2m", "--event-since", "1990")) == []
    assert changes(just_archived("--watch", "签约")) == []
    both = just_archived("--watch", "签约", "--place", "渝北")
    assert (both.exit_code, both.stdout) == (2, "")
    assert "签约 has filters of its own" in both.stderr
    assert "did you mean 签约?" in just_archived("--watch", "签").stderr
    assert just_archived("--tag", "没有").exit_code == 2


def test_short_days(cq: Callable[..., Result]) -> None:
    yesterday = datetime.now(BEIJING) - timedelta(days=1)
    for typed in ("1d", "昨天", "yesterday", f"{yesterday:%Y%m%d}"):
        assert cq("new", "--since", typed).stderr.endswith(f"since {yesterday:%Y-%m-%d} 00:00\n")


def test_a_terminal_shows_groups(terminal: Callable[..., str]) -> None:
    lines = terminal("new").splitlines()
    headings = [line for line in lines if "\x1b" in line]
    assert headings == ["\x1b[1mnew\x1b[0m", "\x1b[1mchanged\x1b[0m", "\x1b[1mwithdrawn\x1b[0m"]
    assert lines[1].endswith("四川-成都     成都生物医药")
