"""Archives and logs that cannot be written: said at once, before anything is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import cqcrawler
from cqcrawler.archive import Archive

# Imports first: Python itself may lie in a folder of root's.
NOBODY = """
import os
import cqcrawler.commands.crawl, cqcrawler.crawling
from cqcrawler.commands import main

if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
main(prog_name="cqcrawler")
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users see, which pytest's own is not."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@pytest.fixture
def unprivileged(pages: Any, folder: Path) -> Any:
    """Crawls into that folder, without the rights of root."""
    above = Path(cqcrawler.__file__).resolve().parents
    if os.getuid() == 0 and not all(parent.stat().st_mode & 0o001 for parent in above):
        pytest.skip("the project lies in a folder that only root may enter")
    crawl = pages.Crawler(folder)
    crawl.prelude = NOBODY
    return crawl


def test_a_folder_that_cannot_be_written(site: Any, unprivileged: Any, folder: Path) -> None:
    folder.chmod(0o555)
    crawled = unprivileged(site.url)
    assert crawled.exit == 2
    assert f"cannot write beside {folder}/archive.db: Permission denied" in crawled.stderr
    assert site.requests == []


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_an_archive_that_cannot_be_written(
    site: Any, unprivileged: Any, folder: Path, suffix: str
) -> None:
    with Archive(folder / "archive.db"):
        for name in ("archive.db", "archive.db-wal", "archive.db-shm"):
            (folder / name).chmod(0o666)
        (folder / f"archive.db{suffix}").chmod(0o444)
        crawled = unprivileged(site.url)
    assert crawled.exit == 2
    assert f"archive.db{suffix} cannot be written: change its owner" in crawled.stderr
    assert site.requests == []


def test_a_log_that_cannot_be_written(site: Any, crawl: Any) -> None:
    (crawl.folder / "file").touch()
    crawled = crawl(site.url, "--log-file", "file/crawl.log")
    assert crawled.exit == 2
    assert crawled.stderr.startswith("cqcrawler: --log-file file/crawl.log: ")
    assert site.requests == []
