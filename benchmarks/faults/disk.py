"""A disk that is full in the middle of a crawl, and has room again."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults.cases import Result
from benchmarks.faults.held import committed, damage
from benchmarks.faults.kills import Reader
from tests.crawl.conftest import Crawler, serving

_NOTICES = 400
# MiB: of the disk that fills up, and of that which has room.
_SMALL, _LARGE = 3, 64
_NO_RESERVE = ("-s", "CQCRAWLER_LEAST_FREE_MB=0")


def results() -> Iterator[Result]:
    """Crawl until there is no more room, and again with some."""
    with serving() as site, _small_disk() as (name, crawler, make_room):
        site.portal(_NOTICES, rows=50)
        with Reader(crawler.archive) as reader:
            crawled = crawler(site.url, *_NO_RESERVE)
        after = committed(crawler.archive)
        lost = [url for url, row in reader.seen.items() if after.get(url) != row]
        untrue = [*damage(crawler.archive), *(f"{url} is gone or other" for url in lost)]
        untrue += [f"{row.url} is half there" for row in after.values() if not row.true]
        report = crawled.portal
        outcome, reason = report["outcome"], report["reason"] or ""
        if outcome != "failed" or crawled.exit != 4 or not 0 < len(after) < _NOTICES:
            untrue.append(f"{outcome} with {len(after)} articles, not failed with some")
        yield Result(name, "failed", outcome, crawled.exit, reason, len(lost), tuple(untrue))
        make_room()
        crawled = crawler(site.url, *_NO_RESERVE)
        report = crawled.portal
        whole = [row for row in committed(crawler.archive).values() if row.true]
        untrue = damage(crawler.archive)
        if report["outcome"] != "ok":
            untrue.append(f"{report['outcome']}, not ok")
        if lost_count := _NOTICES - len(whole):
            untrue.append(f"{lost_count} of {_NOTICES} notices are missing")
        outcome, reason = report["outcome"], report["reason"] or ""
        yield Result(
            f"{name} and with room again",
            "ok",
            outcome,
            crawled.exit,
            reason,
            lost_count,
            tuple(untrue),
        )


@contextmanager
def _small_disk() -> Iterator[tuple[str, Crawler, Callable[[], None]]]:
    """Give a crawler on a small disk, and what makes room there.

    The disk is a real one for root, elsewhere a limit on the size of files.
    """
    with TemporaryDirectory() as folder:
        crawler = Crawler(Path(folder))
        if _mount(folder, _SMALL):
            try:
                yield "a full disk", crawler, lambda: _remount(folder, _LARGE)
            finally:
                subprocess.run(["umount", folder], check=True)
            return
        crawler.largest_file = _SMALL * 2**20

        def lift() -> None:
            crawler.largest_file = None

        yield "a limit on the size of files", crawler, lift


def _mount(folder: str, size: int) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", folder]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _remount(folder: str, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}m", folder], check=True)
