from __future__ import annotations

from pathlib import Path

import pytest

from cqcrawler.archive.file.lock import is_writing, writing
from cqcrawler.exceptions import ArchiveError, ArchiveLocked
from tests import processes

HOLD = """
import sys
from pathlib import Path
from cqcrawler.archive.file.lock import is_writing, writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_writer_at_a_time_and_a_dead_one_never_blocks(path: Path) -> None:
    holder = processes.start("-c", HOLD, str(path), stdin=processes.PIPE)
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        told = rf"\(process {holder.pid} on .+\) is writing to {path}"
        with (
            pytest.raises(ArchiveLocked, match=told),
            writing(path),
        ):
            pass
        holder.kill()
    with writing(path):
        pass


def test_an_archive_has_one_lock_by_whatever_name(path: Path, tmp_path: Path) -> None:
    path.touch()
    link = tmp_path / "other" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    with writing(link):
        assert is_writing(path)
        with pytest.raises(ArchiveLocked), writing(path):
            pass


def test_the_lock_is_given_back(path: Path) -> None:
    for _ in range(2):
        with pytest.raises(KeyError), writing(path):
            raise KeyError
    with writing(path), pytest.raises(ArchiveLocked), writing(path):
        pass


def test_a_lock_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match="cannot write beside"), writing(tmp_path / "file" / "a"):
        pass


def test_looking_whether_somebody_writes_disturbs_nobody(path):
    assert not is_writing(path)
    with writing(path):
        signed = path.with_name("archive.db.lock").read_text()
        assert is_writing(path)
        assert path.with_name("archive.db.lock").read_text() == signed
    assert not is_writing(path)
    with writing(path):
        pass
