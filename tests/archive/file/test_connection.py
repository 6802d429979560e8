from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.file import connection
from cqcrawler.archive.file.version import SCHEMA_VERSION
from cqcrawler.exceptions import ArchiveError
from tests import processes


def test_an_archive_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "data" / "new" / "archive.db"
    Archive(path).close()
    conn = sqlite3.connect(path)
    assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert conn.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    conn.close()


def test_a_missing_archive_is_an_error_for_readers(path: Path) -> None:
    with pytest.raises(ArchiveError, match=rf"{path}: name it with --archive, or run "):
        Archive(path, must_exist=True)
    assert not path.exists()


@pytest.mark.parametrize("options", [{"must_exist": True}, {"read_only": True}])
def test_readers_make_nothing(tmp_path: Path, options: dict[str, bool]) -> None:
    (tmp_path / "empty.db").touch()
    (tmp_path / "led astray.db").symlink_to(tmp_path / "none.db")
    for name in ("none.db", "new folder/none.db", "led astray.db", "empty.db"):
        with pytest.raises(ArchiveError, match="run cqcrawler crawl or demo first"):
            Archive(tmp_path / name, **options)
    assert {file.name for file in tmp_path.iterdir()} == {"empty.db", "led astray.db"}
    assert (tmp_path / "empty.db").stat().st_size == 0


def test_an_empty_file_is_made_an_archive_only_by_writers(path: Path) -> None:
    path.touch()
    with pytest.raises(ArchiveError, match="is empty: run cqcrawler crawl or demo first"):
        Archive(path, must_exist=True)
    Archive(path).close()
    Archive(path, must_exist=True).close()


@pytest.mark.parametrize("must_exist", [True, False])
def test_other_files_are_refused_and_left_alone(path: Path, must_exist: bool) -> None:
    path.write_text("no database at all, but of some length" * 100)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="file is not a database"):
        Archive(path, must_exist=must_exist)
    assert path.read_bytes() == before


def test_databases_of_others_are_refused_and_left_alone(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE notes (text)")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="is a database of another program"):
        Archive(path)
    assert path.read_bytes() == before


def test_a_newer_archive_is_refused(archive: Archive, path: Path) -> None:
    archive._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(ArchiveError, match=r"newer cqcrawler .*: upgrade cqcrawler"):
        Archive(path)


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be opened"):
        Archive(tmp_path)


def test_a_path_through_a_file_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match="cannot be opened"):
        Archive(tmp_path / "file" / "archive.db")


def _deny_writing(monkeypatch: pytest.MonkeyPatch, denied: Path) -> None:
    """As chmod would, were the tests not run by root."""
    real = os.access

    def access(path: Any, mode: int) -> bool:
        return real(path, mode) and not (mode == os.W_OK and Path(path) == denied)

    monkeypatch.setattr(connection.os, "access", access)


@pytest.mark.parametrize("denied", [".", "archive.db"])
@pytest.mark.parametrize("must_exist", [True, False])
def test_what_cannot_be_written_can_be_read(
    crawl: Any,
    archive: Archive,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    denied: str,
    must_exist: bool,
) -> None:
    crawl.notice(body="重庆")
    archive.close()
    _deny_writing(monkeypatch, path.parent / denied)
    before = path.read_bytes()
    with Archive(path, must_exist=must_exist) as readonly:
        assert [hit.id for hit in readonly.search("重庆")] == [1]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            readonly.index_all()
    assert path.read_bytes() == before


UNPRIVILEGED = """
import os, sys
from cqcrawler.archive import Archive
from cqcrawler.exceptions import ArchiveError
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    with Archive(sys.argv[1], must_exist=True) as archive:
        print([hit.id for hit in archive.search("重庆")])
except ArchiveError as error:
    print(error)
"""


def _read_unprivileged(path: Path) -> str:
    """What a reader prints who cannot write to the folder."""
    path.parent.chmod(0o555)
    for file in path.parent.glob("archive.db*"):
        file.chmod(0o644)
    done = processes.run("-c", UNPRIVILEGED, str(path))
    assert done.returncode == 0, done.stderr
    path.parent.chmod(0o755)
    return done.stdout.strip()


def test_readers_of_a_folder_that_they_cannot_write(make_crawl: Any) -> None:
    # Not in pytest's own folder, which is closed to other users.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        with Archive(path) as archive:
            make_crawl(archive).notice(body="重庆")
            assert _read_unprivileged(path) == "[1]"
            for suffix in ("", "-wal"):
                shutil.copy(f"{path}{suffix}", f"{path}.copy{suffix}")
        assert _read_unprivileged(path) == "[1]"
        left_behind = Path(f"{path}.copy")
        assert f"copy it and {left_behind.name}-wal to a folder" in _read_unprivileged(left_behind)


def test_an_old_archive_that_cannot_be_written_is_an_error(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive._db.execute("PRAGMA user_version = 0")
    archive.close()
    _deny_writing(monkeypatch, path)
    with pytest.raises(ArchiveError, match="needs an update of its tables"):
        Archive(path, must_exist=True)


def test_processes_may_make_the_same_archive_at_once(path: Path) -> None:
    code = f"from cqcrawler.archive import Archive; Archive({str(path)!r}).close()"
    started = [processes.start("-c", code) for _ in range(3)]
    ended = [(process.communicate(), process.returncode) for process in started]
    assert ended == [(("", ""), 0)] * 3
    with Archive(path, must_exist=True) as archive:
        done = archive._db.execute("SELECT * FROM _sqlite_migrations").fetchall()
        assert len(done) == SCHEMA_VERSION


def test_a_write_waits_for_another_process(archive: Archive) -> None:
    assert archive._db.execute("PRAGMA busy_timeout").fetchone() == (30_000,)


def test_the_schema_of_a_file_is_not_trusted(archive: Archive) -> None:
    archive._db.create_function("ours", 0, lambda: 1)
    archive._db.execute("CREATE VIEW theirs AS SELECT ours()")
    with pytest.raises(sqlite3.OperationalError, match="unsafe use of ours"):
        archive._db.execute("SELECT * FROM theirs")
