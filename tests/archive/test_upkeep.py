"""What an archive remembers of files, and that it may be somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.file.connection import transaction
from cqcrawler.models import is_raw_file


@pytest.mark.parametrize("file", ["warc/cq/2025-07-07-1-1.warc.gz", "a.warc.gz"])
def test_a_raw_file(file: str) -> None:
    assert is_raw_file(file)


@pytest.mark.parametrize(
    "file",
    [
        "/home/me/a.warc.gz",
        "../a.warc.gz",
        "warc/../../a.warc.gz",
        "C:\\a.warc.gz",
        "warc/cq/a.txt",
        "archive.db",
        "",
    ],
)
def test_no_raw_file(file: str) -> None:
    assert not is_raw_file(file)


def test_only_raw_pages_are_deleted(archive: Archive, path: Path) -> None:
    own, other = path.with_name("own.warc.gz"), path.with_name("letter.txt")
    beside = path.parent.parent / "other.warc.gz"
    for file in (own, other, beside):
        file.write_bytes(b"")
    with transaction(archive._db):
        for name in ("own.warc.gz", "letter.txt", "../other.warc.gz", str(other)):
            archive._db.execute("INSERT INTO doomed_files VALUES (?)", [name])
    archive.upkeep.delete_doomed()
    assert (own.exists(), other.exists(), beside.exists()) == (False, True, True)
    assert archive._db.execute("SELECT count(*) FROM doomed_files").fetchone() == (0,)
