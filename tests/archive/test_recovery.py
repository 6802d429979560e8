"""What can be read of a damaged archive comes into a new one, and what is lost is said."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cqcrawler.archive import Archive, recovery
from cqcrawler.archive.file.lock import writing
from cqcrawler.archive.recovery import recover
from cqcrawler.commands import main
from cqcrawler.exceptions import ArchiveError
from cqcrawler.models import Candidate, PageKind, Record
from cqcrawler.verify import verify
from tests.archive.conftest import AT, Crawl

NOTICES = 60
PAGE = 4096


def text(number: int) -> str:
    return f"第{number}号公告：" + "标准厂房招商，" * 200


@pytest.fixture
def damaged(path: Path) -> Path:
    """An archive of some pages' length, whose log is in it; the caller does the damage."""
    with Archive(path) as archive:
        crawl = Crawl(archive)
        rows = [Candidate(f"http://h/{n}", PageKind.NOTICE, f"标题{n}") for n in range(NOTICES)]
        crawl.listing("http://h/", *rows)
        for number in range(NOTICES):
            page = {"record": Record("warc/cq/1.warc.gz", number), "etag": '"1"'}
            crawl.notice(f"http://h/{number}", f"标题{number}", text(number), page)
        later = Crawl(archive, at=AT + timedelta(days=1))
        page = {"record": Record("warc/cq/2.warc.gz", 7)}
        later.notice("http://h/7", "标题7", f"{text(7)}改", page)
        archive.index_all()
    return path


def smash(path: Path, pages: list[int], fill: bytes = b"\xff") -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(fill * PAGE)


def root(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return int(db.execute(sql, [name]).fetchone()[0])


def children(path: Path, name: str) -> list[int]:
    """The pages below the first page of a table, in order."""
    data = path.read_bytes()
    at = (root(path, name) - 1) * PAGE
    page = data[at : at + PAGE]
    assert page[0] == 5, "it is one page"
    cells = int.from_bytes(page[3:5])
    starts = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n]) for n in range(cells)]
    return [int.from_bytes(page[start : start + 4]) for start in starts]


def quietly(what: str, share: float | None) -> None:
    pass


def result_of(path: Path) -> tuple[dict[str, Any], Path]:
    new = path.parent / "new.db"
    before = path.read_bytes()
    done = recover(path, new, quietly)
    assert path.read_bytes() == before
    with Archive(new) as archive:
        problems = [p.what for p in verify(archive, lambda part, count: lambda: None).problems]
    assert [p for p in problems if "No such file" not in p] == []  # There are no raw pages.
    return {table.name: table for table in done.tables} | {"notes": done.notes}, new


def held(new: Path) -> dict[str, str]:
    with Archive(new, must_exist=True) as archive:
        return {article.url: article.body for article in archive}


ALL = {f"http://h/{n}": text(n) + ("改" if n == 7 else "") for n in range(NOTICES)}


@pytest.mark.parametrize("fill", [b"\xff", b"\0", b"\x0d"])
def test_rows_behind_damaged_pages_are_brought(damaged: Path, fill: bytes) -> None:
    smash(damaged, children(damaged, "articles")[2:5:2], fill)
    done, new = result_of(damaged)
    lost = done["articles"].lost
    assert 0 < lost < NOTICES / 2
    assert done["articles"].brought >= NOTICES - lost
    # What is lost of them is put together from their versions.
    assert held(new) == ALL


def test_lost_articles_are_fetched_anew(damaged: Path) -> None:
    with closing(sqlite3.connect(damaged)) as db, db:
        db.execute("UPDATE pages SET warc_file = NULL")
    smash(damaged, children(damaged, "articles")[2:3])
    _, new = result_of(damaged)
    missing = ALL.keys() - held(new).keys()
    assert missing
    with Archive(new) as archive:
        archive.frontier.begin("cq", [], AT, revisits=0)
        pages = {page.url: page for page in archive.frontier.take("cq", 1000)}
    assert missing <= pages.keys()
    assert all(pages[url].etag is None for url in missing)


@pytest.mark.parametrize("table", ["articles", "article_versions", "runs", "pages", "listed"])
def test_a_table_that_is_lost_whole(damaged: Path, table: str) -> None:
    smash(damaged, [root(damaged, table)])
    done, new = result_of(damaged)
    assert (done[table].brought, done[table].to_its_end) == (0, False)
    assert held(new) == ALL


def test_a_text_that_is_not_the_one_that_was_written(damaged: Path) -> None:
    with closing(sqlite3.connect(damaged)) as db, db:
        db.execute("UPDATE articles SET body = replace(body, '招商', '找商') WHERE id = 3")
    done, new = result_of(damaged)
    assert done["articles"].lost == 1
    assert held(new) == ALL


def test_a_file_that_was_cut_off(damaged: Path) -> None:
    os.truncate(damaged, damaged.stat().st_size * 4 // 5)
    done, new = result_of(damaged)
    assert not all(table.whole for name, table in done.items() if name != "notes")
    found = held(new)
    assert found
    assert found.items() <= ALL.items() | {("http://h/7", text(7))}


@pytest.mark.parametrize("length", [64, 100, PAGE])
def test_a_beginning_that_is_lost(damaged: Path, length: int) -> None:
    with damaged.open("r+b") as file:
        file.write(b"\xff" * length)
    with pytest.raises(ArchiveError, match="is damaged or is no archive at all"):
        Archive(damaged)
    done, new = result_of(damaged)
    assert len(done["notes"]) == 1
    assert held(new) == ALL


@pytest.mark.parametrize("lost_header", [False, True])
def test_a_log_belongs_to_the_archive(damaged: Path, tmp_path: Path, lost_header: bool) -> None:
    copy = tmp_path / "copy" / "archive.db"
    copy.parent.mkdir()
    with Archive(damaged) as archive:
        Crawl(archive).notice("http://h/new", "新", "在日志里")
        for suffix in ("", "-wal"):
            copy.with_name(f"archive.db{suffix}").write_bytes(
                damaged.with_name(f"archive.db{suffix}").read_bytes()
            )
    if lost_header:
        with copy.open("r+b") as file:
            file.write(bytes(100))
    _, new = result_of(copy)
    assert held(new)["http://h/new"] == "在日志里"


@pytest.mark.parametrize("lost_header", [False, True])
def test_a_log_lies_where_a_link_leads(damaged: Path, tmp_path: Path, lost_header: bool) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(damaged)
    with Archive(link) as archive:
        Crawl(archive).notice("http://h/new", "新", "在日志里")
        assert damaged.with_name(f"{damaged.name}-wal").exists()
        if lost_header:
            with damaged.open("r+b") as file:
                file.write(bytes(100))
        _, new = result_of(link)
    assert held(new)["http://h/new"] == "在日志里"


SCHEMAS = sorted((Path(__file__).parent / "file/schemas").glob("*.db.gz"))


@pytest.mark.parametrize("packed", SCHEMAS, ids=lambda file: file.name)
def test_archives_of_earlier_schemas(path: Path, packed: Path) -> None:
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    with closing(sqlite3.connect(path)) as db:
        count = db.execute("SELECT count(*) FROM articles").fetchone()[0]
    done, new = result_of(path)
    assert all(table.whole for name, table in done.items() if name != "notes")
    assert len(held(new)) == count == 3


def test_no_archive_at_all(path: Path) -> None:
    path.write_text("这不是数据库。" * 2000)
    with pytest.raises(ArchiveError, match=r"can be read.*: put back a copy"):
        recover(path, path.parent / "new.db", quietly)
    assert [file.name for file in path.parent.iterdir()] == ["archive.db"]


def test_what_the_disk_does_not_give_any_more(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk with a bad spot cannot be had here; the call that reads it can fail as its would."""
    spot = (children(damaged, "articles")[2] - 1) * PAGE
    real = recovery._read_at

    def read_at(file: Any, at: int, size: int) -> bytes | None:
        return None if at <= spot < at + size else real(file, at, size)

    monkeypatch.setattr(recovery, "_read_at", read_at)
    done, new = result_of(damaged)
    assert f"4096 bytes of {damaged} cannot be read from its disk" in done["notes"]
    assert held(new) == ALL


# The command


@pytest.fixture
def cq(path: Path) -> Callable[..., Result]:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(
            main, ["recover", *arguments, "--archive", str(path)], catch_exceptions=False
        )

    return run


def test_the_command_says_what_was_brought_and_lost(
    damaged: Path, cq: Callable[..., Result]
) -> None:
    new = damaged.parent / "new.db"
    smash(damaged, children(damaged, "articles")[2:3])
    result = cq(str(new), "--json")
    said = json.loads(result.stdout)
    tables = {table["name"]: table for table in said["tables"]}
    assert (result.exit_code, said["whole"]) == (1, False)
    assert tables["articles"]["lost"] > 0
    assert tables["pages"] == {"name": "pages", "brought": 61, "lost": 0, "to_its_end": True}
    assert "reextract" in said["notes"][0]
    again = cq(str(new))
    assert (again.exit_code, "exists already" in again.stderr) == (2, True)


def test_a_sound_archive_is_brought_whole(damaged: Path, cq: Callable[..., Result]) -> None:
    result = cq(str(damaged.parent / "new.db"))
    assert result.exit_code == 0
    assert "article_versions\t61\tnothing" in result.stdout


def test_nothing_is_read_while_a_run_writes(damaged: Path, cq: Callable[..., Result]) -> None:
    with writing(damaged):
        assert cq(str(damaged.parent / "new.db")).exit_code == 3


def test_a_missing_archive(path: Path, cq: Callable[..., Result]) -> None:
    result = cq(str(path.parent / "new.db"))
    assert (result.exit_code, "there is no archive" in result.stderr) == (2, True)


def test_doubts_follow_from_what_was_brought(damaged: Path) -> None:
    with closing(sqlite3.connect(damaged)) as db, db:
        db.execute("UPDATE articles SET provenance = '{' WHERE id = 2")
        before = db.execute("SELECT * FROM doubts").fetchall()
        db.execute("DELETE FROM doubts")
    _, new = result_of(damaged)
    with closing(sqlite3.connect(new)) as db:
        assert db.execute("SELECT * FROM doubts").fetchall() == before
    assert before
