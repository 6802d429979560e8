"""An archive whose every text would steer a terminal, as each command shows it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from cqcrawler.commands import main

PLAY = "\x1b]0;owned\x07\x9b31m\u202e\u2066\u200f\x08\r\x85"
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What our own styles and bars consist of.
OURS = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")
COMMANDS = [
    ["search", "重庆"],
    ["show", "1", "--versions", "--removed"],
    ["show", "1", "--cite"],
    ["show", "1", "--diff", "1", "2"],
    ["new"],
    ["runs"],
    ["health"],
    ["verify"],
    ["reextract", "--dry-run"],
]


@pytest.fixture
def hostile(filled: Path, tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    shutil.copy(filled, path)
    shown = ["title", "body", "region", "source", "author", "section", "url", "published"]
    with closing(sqlite3.connect(path)) as db, db:
        for column in shown:
            db.execute(f"UPDATE articles SET {column} = {column} || ?", [PLAY])
        for column in ("title", "body", "region"):
            db.execute(f"UPDATE article_versions SET {column} = {column} || ?", [PLAY])
        db.execute("UPDATE articles SET warnings = ?", [json.dumps([PLAY])])
        db.execute("UPDATE runs SET reason = ?", [PLAY])
        db.execute("UPDATE removed_text SET text = ?, rule = rule || ?", [PLAY, PLAY])
    return path


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_in_a_pipe_steers(hostile: Path, command: list[str], options: list[str]) -> None:
    env = {"CQCRAWLER_ARCHIVE": str(hostile)}
    ran = CliRunner().invoke(main, [*command, *options], env=env, catch_exceptions=False)
    assert ran.output
    assert not HARMFUL.search(ran.output)
    if options:
        json.loads(ran.stdout)


def test_json_has_the_same_text(hostile: Path) -> None:
    ran = CliRunner().invoke(main, ["show", "1", "--json"], env={"CQCRAWLER_ARCHIVE": str(hostile)})
    assert json.loads(ran.stdout)["title"].endswith(PLAY)


@pytest.mark.parametrize("command", COMMANDS[:7], ids=" ".join)
def test_nothing_on_a_terminal_steers(
    terminal: Callable[..., str],
    environment: dict[str, str],
    hostile: Path,
    command: list[str],
) -> None:
    shown = terminal(*command, env={**environment, "CQCRAWLER_ARCHIVE": str(hostile)})
    assert shown.strip()
    assert not HARMFUL.search(OURS.sub("", shown))


def test_a_page_that_is_extracted(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<h1>项目{PLAY}签约</h1><p>三家企业{PLAY}落户。</p>" * 3, encoding="utf-8")
    ran = CliRunner().invoke(main, ["extract", str(page)])
    assert "项目" in ran.stdout
    assert not HARMFUL.search(ran.output)


def test_an_error_that_quotes(tmp_path: Path) -> None:
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "bad.toml").write_text('name = "bad"\ntitle = "\\u202e\\u009b"\nodd = "\\u202e"\n')
    env = {"CQCRAWLER_PORTALS": str(folder)}
    for command in (["portals", "check"], ["portals"], ["extract", f"no{PLAY}.html"]):
        ran = CliRunner().invoke(main, command, env=env)
        assert ran.exit_code
        assert not HARMFUL.search(ran.output)
