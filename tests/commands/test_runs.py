from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from click.testing import Result

CAUSE = "1 pages failed, such as http://h/5: HTTP 500"


def test_the_history(cq: Callable[..., Result]) -> None:
    headings, running, ended = (line.split("\t") for line in cq("runs").stdout.splitlines())
    assert headings == ["started", "portal", "pages", "new", "changed", "failed", "outcome"]
    started = datetime.now(UTC) + timedelta(hours=8, days=-30)
    assert ended[0][:10] == f"{started:%Y-%m-%d}"
    assert ended[1:] == ["chongqing", "6", "3", "1", "5", f"partial: {CAUSE}"]
    assert running[1:] == ["sc", "0", "0", "0", "0", "running"]


def test_of_one_portal(cq: Callable[..., Result]) -> None:
    assert len(cq("runs", "--portal", "sc").stdout.splitlines()) == 2
    assert len(cq("runs", "--limit", "1").stdout.splitlines()) == 2
    result = cq("runs", "--portal", "js")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("no runs of js in ")


def test_of_a_portal_that_nobody_knows(cq: Callable[..., Result]) -> None:
    result = cq("runs", "--portal", "chongqinq")
    assert result.exit_code == 2
    assert "did you mean chongqing?" in result.stderr


def test_json(cq: Callable[..., Result]) -> None:
    running, ended = json.loads(cq("runs", "--json").stdout)
    assert (running["outcome"], running["ended_at"]) == (None, None)
    assert (ended["outcome"], ended["reason"]) == ("partial", CAUSE)
    assert ended["counts"]["detail_pages"] == 4
    assert ended["started_at"].endswith("Z")
    assert json.loads(cq("runs", "--portal", "js", "--json").stdout) == []


def test_a_terminal_shows_a_table(terminal: Callable[..., str]) -> None:
    shown = terminal("runs")
    assert "───" in shown
    assert max(map(len, shown.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines())) == 80
    assert "partial: 1 page" in shown
