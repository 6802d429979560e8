"""What holds names and telephone numbers is closed to other users, unless a group was chosen."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests import processes


def modes(folder: Path) -> dict[str, str]:
    """The modes of all below a folder, by a name with digits left out."""
    return {
        "".join(c for c in path.name if not c.isdigit()): oct(stat.S_IMODE(path.stat().st_mode))
        for path in folder.rglob("*")
    }


def cq(folder: Path, *arguments: str, umask: int = 0o022) -> int:
    """Run a command with a umask and return its exit code."""
    code = f"""
import os, runpy
os.umask({umask})
runpy.run_module("cqcrawler", run_name="__main__")
"""
    return processes.run(
        "-c", code, *arguments, "--archive", f"{folder}/data/archive.db"
    ).returncode


def crawl(folder: Path, umask: int = 0o022) -> None:
    options = ["--url", "http://127.0.0.1:9/", "-s", "RETRY_TIMES=0"]
    assert cq(folder, "crawl", *options, "--log-file", f"{folder}/crawl.log", umask=umask) == 1


def test_others_see_nothing(tmp_path: Path) -> None:
    crawl(tmp_path)
    assert cq(tmp_path, "snapshot", str(tmp_path / "copy.db")) == 0
    assert cq(tmp_path, "recover", str(tmp_path / "new.db")) == 0
    found = modes(tmp_path)
    assert found.keys() >= {
        *("data", "archive.db", "archive.db.lock", "warc", "crawl.log", "copy.db", "new.db"),
    }
    assert set(found.values()) == {"0o700", "0o600"}
    assert {name for name, mode in found.items() if mode == "0o700"} <= {"data", "warc", "...-"}


@pytest.mark.parametrize(
    ("umask", "file", "folder"), [(0o022, "0o640", "0o2750"), (0o007, "0o660", "0o2770")]
)
def test_a_group_that_was_chosen_may_read(
    tmp_path: Path, umask: int, file: str, folder: str
) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o2770)
    crawl(tmp_path / "shared", umask)
    found = modes(tmp_path / "shared")
    assert (found["archive.db"], found["crawl.log"]) == (file, file)
    assert (found["data"], found["warc"]) == (folder, folder)


def test_what_exists_keeps_its_mode(tmp_path: Path) -> None:
    crawl(tmp_path)
    archive, copy = tmp_path / "data/archive.db", tmp_path / "copy.db"
    archive.chmod(0o644)
    copy.touch()
    copy.chmod(0o640)
    crawl(tmp_path)
    assert cq(tmp_path, "snapshot", str(copy), "--force") == 0
    found = modes(tmp_path)
    assert (found["archive.db"], found["copy.db"]) == ("0o644", "0o640")


def test_raw_pages_are_closed_too(tmp_path: Path) -> None:
    done = processes.run(
        "-c",
        """
import os, sys
os.umask(0o022)
from datetime import UTC, datetime
from pathlib import Path
from cqcrawler.models import Exchange
from cqcrawler.warc import WarcSettings, WarcWriter
writer = WarcWriter(Path(sys.argv[1]), "cq", 1, WarcSettings())
writer.write([Exchange("http://h/", "GET", (), 200, (), b"", datetime.now(UTC))], None)
""",
        str(tmp_path),
    )
    assert done.returncode == 0, done.stderr
    assert modes(tmp_path) == {"warc": "0o700", "cq": "0o700", "----.warc.gz": "0o600"}
