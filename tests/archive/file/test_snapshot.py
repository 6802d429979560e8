from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.file import snapshot
from cqcrawler.exceptions import ArchiveError, UsageError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "shared" / "copy.db"


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_copy_holds_what_the_archive_holds(crawl: Any, archive: Archive, copy: Path) -> None:
    crawl.notice("http://h/1", "重庆", "科学城")
    crawl.notice("http://h/1", "重庆", "大学城")
    crawl.notice("http://h/2")
    archive.index_all()
    taken = archive.snapshot(copy)
    assert (taken.articles, taken.versions) == (2, 3)
    assert taken.size == copy.stat().st_size
    assert taken.sha256 == hashlib.sha256(copy.read_bytes()).hexdigest()
    assert _names(copy.parent) == ["copy.db"]
    with Archive(copy, read_only=True) as opened:
        assert [hit.id for hit in opened.search("大学城")] == [1]
        assert opened.runs.latest() == archive.runs.latest()
        assert list(opened) == list(archive)


def test_a_copy_opens_without_writing_beside_it(crawl: Any, archive: Archive, copy: Path) -> None:
    crawl.notice()
    archive.snapshot(copy)
    conn = sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)
    assert conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert conn.execute("SELECT count(*) FROM newest").fetchone() == (1,)
    assert _names(copy.parent) == ["copy.db"]
    conn.close()


def test_what_was_deleted_is_not_in_a_copy(archive: Archive, copy: Path) -> None:
    archive._db.execute("INSERT INTO regions VALUES ('x', '删掉的', 'x', '', '', '', '')")
    archive._db.commit()
    archive._db.execute("DELETE FROM regions WHERE code = 'x'")
    archive._db.commit()
    archive.snapshot(copy)
    assert "删掉的".encode() not in copy.read_bytes()


def test_a_crawl_may_go_on_in_a_copy(make_crawl: Any, archive: Archive, copy: Path) -> None:
    archive.snapshot(copy)
    with Archive(copy) as restored:
        make_crawl(restored).notice()
        mode = restored._db.execute("PRAGMA journal_mode").fetchone()
        assert mode == ("wal",)


def test_a_file_that_exists_is_kept_unless_forced(archive: Archive, copy: Path) -> None:
    copy.parent.mkdir()
    copy.write_text("old")
    with pytest.raises(UsageError, match="exists already: name another file, or give --force"):
        archive.snapshot(copy)
    assert copy.read_text() == "old"
    archive.snapshot(copy, force=True)
    assert copy.read_bytes().startswith(b"SQLite format 3")


def test_what_is_no_file_is_never_replaced(archive: Archive, copy: Path) -> None:
    copy.parent.mkdir()
    os.mkfifo(copy)
    with pytest.raises(UsageError, match="something else than a file"):
        archive.snapshot(copy, force=True)
    assert copy.is_fifo()


def test_an_archive_in_use_is_never_replaced(archive: Archive, copy: Path) -> None:
    archive.snapshot(copy)
    with Archive(copy, must_exist=True) as itself:
        with pytest.raises(UsageError, match="is the archive itself"):
            itself.snapshot(copy, force=True)
        with pytest.raises(UsageError, match="a database in use"):
            itself.snapshot(archive.path, force=True)


def test_a_copy_that_is_not_sound_gets_no_name(
    archive: Archive, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil = snapshot._copy

    def copy_badly(db: Any, partial: Path, watch: Any) -> None:
        spoil(db, partial, watch)
        with partial.open("r+b") as file:
            file.seek(4096 * 3)
            file.write(b"\xff" * 4096 * 20)

    monkeypatch.setattr(snapshot, "_copy", copy_badly)
    with pytest.raises(ArchiveError, match="damaged"):
        archive.snapshot(copy)
    assert _names(copy.parent) == []


def test_ctrl_c_stops_it_and_leaves_nothing(
    archive: Archive, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(stage: str, share: float | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(snapshot, "_STEP", 100)
    with pytest.raises(KeyboardInterrupt):
        archive.snapshot(copy, watch=press)
    assert _names(copy.parent) == []


def test_what_is_done_is_told(
    archive: Archive, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_STEP", 100)
    heard: list[tuple[str, float | None]] = []
    archive.snapshot(copy, watch=lambda stage, share: heard.append((stage, share)))
    assert list(dict.fromkeys(stage for stage, _ in heard)) == ["Copying", "Checking", "Hashing"]
    shares = [share for _, share in heard if share is not None]
    assert all(0 <= share <= 1 for share in shares)


def test_a_place_that_cannot_be_written_is_an_error(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot write"):
        archive.snapshot(tmp_path / "file" / "copy.db")
