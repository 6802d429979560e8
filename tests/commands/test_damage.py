"""Every command says of a damaged archive what is lost and what to do, without a traceback."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from cqcrawler.commands import main
from tests import processes

WAY_BACK = "cqcrawler recover NEW_FILE"


@pytest.fixture
def copy(filled: Path, tmp_path: Path) -> Path:
    with closing(sqlite3.connect(filled)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / "archive.db"
    shutil.copy(filled, path)
    return path


def tear(path: Path, *names: str) -> None:
    """Overwrite the first pages of tables."""
    with closing(sqlite3.connect(path)) as db:
        rows = dict(db.execute("SELECT name, rootpage FROM sqlite_master").fetchall())
    with path.open("r+b") as file:
        for name in names:
            file.seek((rows[name] - 1) * 4096)
            file.write(b"\xff" * 4096)


def torn_pages(path: Path) -> None:
    tear(path, "articles", "runs", "pages")


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def other_content(path: Path) -> None:
    path.write_text("no database " * 1000)


def lost_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(100))


def broken_schema(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = 'CREATE' WHERE name = 'articles'")


def no_text(path: Path) -> None:
    """A byte of each title is another, which SQLite does not see."""
    with closing(sqlite3.connect(path)) as db, db:
        for table in ("articles", "runs", "pages"):
            column = "portal" if table == "runs" else "title"
            db.execute(f"UPDATE {table} SET {column} = CAST(x'e9ff' AS TEXT)")


HARM = [torn_pages, cut_off, other_content, lost_header, broken_schema]
COMMANDS = [
    "search 重庆",
    "show 1",
    "new --since 2020-01-01",
    "export x.csv",
    "health",
    "runs",
    "portals",
    "snapshot copy.db",
    "reextract",
    "crawl --url http://127.0.0.1:9/",
]


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("command", COMMANDS)
def test_one_line_says_what_to_do(
    copy: Path, harm: Callable[[Path], None], command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm(copy)
    monkeypatch.chdir(copy.parent)
    result = CliRunner().invoke(
        main, [*command.split(), "--archive", str(copy)], catch_exceptions=False
    )
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"cqcrawler: {copy} is damaged")
    assert WAY_BACK in line
    assert not (copy.parent / "x.csv").exists()


@pytest.mark.parametrize("command", ["search 重庆", "show 1", "runs", "export x.csv", "reextract"])
def test_a_text_that_is_none_any_more(
    copy: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    test_one_line_says_what_to_do(copy, no_text, command, monkeypatch)


def test_verify_finds_a_text_that_is_none(copy: Path) -> None:
    no_text(copy)
    found = CliRunner().invoke(main, ["verify", "--archive", str(copy)], catch_exceptions=False)
    assert found.exit_code == 1
    for table in ("articles", "pages", "runs"):
        assert f"the table {table} has a text that is no UTF-8 any more" in found.stdout


def test_a_repair_fills_what_comes_with_cqcrawler(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("UPDATE regions SET name = CAST(x'e9ff' AS TEXT) WHERE code = '500112'")
        db.execute("UPDATE data_dictionary SET meaning_zh = CAST(x'ff' AS TEXT)")
    repaired = CliRunner().invoke(
        main, ["verify", "--repair", "--archive", str(copy)], catch_exceptions=False
    )
    assert repaired.exit_code == 0, repaired.output
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT name FROM regions WHERE code = '500112'").fetchone()
        assert db.execute("SELECT meaning_zh FROM data_dictionary").fetchone()


def test_a_repair_leaves_tables_with_a_text_that_is_none(copy: Path) -> None:
    no_text(copy)
    refused = CliRunner().invoke(
        main, ["verify", "--repair", "--archive", str(copy)], catch_exceptions=False
    )
    (line,) = refused.stderr.splitlines()
    assert (refused.exit_code, "no repair can mend" in line, WAY_BACK in line) == (2, True, True)


def test_a_run_that_meets_the_damage_says_so(copy: Path) -> None:
    tear(copy, "pages")
    options = ["--archive", str(copy), "--url", "http://127.0.0.1:9/", "-s", "RETRY_TIMES=0"]
    done = processes.run("-m", "cqcrawler", "crawl", *options)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert WAY_BACK in done.stdout


def test_an_empty_file_beside_raw_pages_is_no_new_archive(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.touch()
    (tmp_path / "warc/cq").mkdir(parents=True)
    (tmp_path / "warc/cq/2025-07-07-1-001.warc.gz").touch()
    result = CliRunner().invoke(main, ["search", "重庆", "--archive", str(path)])
    assert (result.exit_code, WAY_BACK in result.stderr) == (2, True)
