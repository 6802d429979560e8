from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import Result


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
    ]


@pytest.mark.parametrize("day", ["yesterday", "2025-02-30", "0001-01-01"])
def test_what_is_no_date(cq: Callable[..., Result], day: str) -> None:
    result = cq("new", "--since", day)
    assert result.exit_code == 2
    assert f"'{day}' is no date: write it like 2025-07-07" in result.stderr


def test_a_terminal_shows_groups(terminal: Callable[..., str]) -> None:
    lines = terminal("new").splitlines()
    headings = [line for line in lines if "\x1b" in line]
    assert headings == ["\x1b[1mnew\x1b[0m", "\x1b[1mchanged\x1b[0m", "\x1b[1mwithdrawn\x1b[0m"]
    assert lines[1].endswith("四川-成都     成都生物医药")
