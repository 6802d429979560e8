from __future__ import annotations

import importlib
import json
import os
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cqcrawler.archive.file.version import SCHEMA_VERSION

Usage = namedtuple("Usage", "total used free")


def wrong(result: Result) -> list[tuple[str, str]]:
    """The checks that failed, with what was found."""
    rows = [line.split("\t") for line in result.stdout.splitlines()[1:]]
    failed = [(name, found) for state, name, found in rows if state == "WRONG"]
    assert result.exit_code == (1 if failed else 0)
    return failed


def test_all_is_well(cq: Callable[..., Result], filled: Path) -> None:
    result = cq("doctor")
    assert wrong(result) == []
    assert f"ok\tSQLite\t{sqlite3.sqlite_version}, with full-text search\n" in result.stdout
    assert "ok\tscrapy\t2." in result.stdout
    assert f"ok\twriting\tpossible in {filled.parent}\n" in result.stdout
    assert f"ok\tarchive\t{filled} is sound, schema {SCHEMA_VERSION}\n" in result.stdout


def test_no_archive_yet_is_no_fault(cq: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "data" / "archive.db"
    result = cq("doctor", "--archive", str(path))
    assert wrong(result) == []
    assert f"ok\twriting\tpossible in {tmp_path}\n" in result.stdout
    assert f"none at {path} yet: cqcrawler crawl makes it" in result.stdout
    assert not path.parent.exists()


def test_a_damaged_archive(cq: Callable[..., Result], filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with sqlite3.connect(filled) as conn:
        conn.execute("VACUUM INTO ?", [str(path)])
    conn.close()
    with sqlite3.connect(path) as conn:
        (size,) = conn.execute("PRAGMA page_size").fetchone()
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'articles_newest'"
        (page,) = conn.execute(sql).fetchone()
    conn.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    ((name, found),) = wrong(cq("doctor", "--archive", str(path)))
    assert name == "archive"
    assert "put back a copy" in found


def test_what_is_no_archive(cq: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_text("no database" * 100)
    ((name, found),) = wrong(cq("doctor", "--archive", str(path)))
    assert name == "archive"
    assert found.startswith(str(path))


def test_a_folder_that_cannot_be_written(cq: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ((name, found),) = wrong(cq("doctor", "--archive", str(tmp_path / "file" / "archive.db")))
    assert name == "writing"
    assert "name another --archive" in found


def test_a_read_only_archive(
    cq: Callable[..., Result], filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def may(path: Path | str, mode: int) -> bool:
        return mode == os.R_OK or Path(path) != filled

    monkeypatch.setattr(os, "access", may)
    assert ("writing", f"{filled} is read-only: chmod u+w {filled}") in wrong(cq("doctor"))


def test_a_full_disk(cq: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(2**40, 2**40, 2**29))
    advice = "make room, or name an --archive on another disk"
    assert wrong(cq("doctor")) == [("free disk space", f"0.5 GiB: {advice}")]


def test_a_part_that_does_not_load(
    cq: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    load = importlib.import_module

    def fail(name: str) -> object:
        if name == "scrapy":
            raise ImportError("libssl.so.3 is missing")
        return load(name)

    monkeypatch.setattr("cqcrawler.commands.doctor.import_module", fail)
    ((name, found),) = wrong(cq("doctor"))
    assert name == "scrapy"
    assert found.startswith("libssl.so.3 is missing: python -m pip install")


def test_an_sqlite_that_will_not_do(
    cq: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 39, 4))
    ((name, found),) = wrong(cq("doctor"))
    assert name == "SQLite"
    assert "older than 3.40: use a Python built with" in found


def test_json(cq: Callable[..., Result]) -> None:
    checks = json.loads(cq("doctor", "--json").stdout)
    assert all(check["ok"] for check in checks)
    assert list(checks[0]) == ["name", "ok", "found", "advice"]
