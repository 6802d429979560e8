"""Crawls and rereadings that are killed at any moment: nothing that was committed is lost."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread

from benchmarks.faults.cases import Result
from benchmarks.faults.held import Row, committed, damage
from cqcrawler import read_article
from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.articles.readings import Reading
from cqcrawler.models import Article
from cqcrawler.warc import read_answer
from tests import processes
from tests.crawl.conftest import Crawler, Site, serving
from tests.processes import Process

_NOTICES, _ROWS = 300, 50
# How often the other reader looks what is committed, in seconds.
_GLANCE = 0.02
# Within this time of its last answer, in seconds, a crawl of so many notices has ended.
_ENDING = 0.6
_OLD = "older rules: "


@dataclass(frozen=True, slots=True)
class Lost:
    """What a kill did to an archive: how many rows that a reader had seen committed are gone or
    changed, and all that is wrong. `exit` is not negative where the process had ended before."""

    exit: int
    rows: int
    faults: tuple[str, ...]


class Reader:
    """Another process's view of an archive: what was committed when it last looked."""

    def __init__(self, path: Path) -> None:
        self.seen: dict[str, Row] = {}
        self._path = path
        self._stop = Event()
        self._thread = Thread(target=self._look)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.is_set():
            with suppress(sqlite3.OperationalError):  # The file is just being made.
                self.seen = committed(self._path)
            time.sleep(_GLANCE)


def results(kills: int, seed: int) -> Iterator[Result]:
    """Kill crawls, one in four of them at the end of its run, and then rereadings."""
    moments = Random(seed)
    with serving() as site:
        site.portal(_NOTICES, rows=_ROWS)
        left = kills - kills // 4
        while left:
            with TemporaryDirectory() as folder:
                crawler = Crawler(Path(folder))
                count = min(left, moments.randint(2, 6))
                left -= count
                yield from _killed_crawls(crawler, site, count, moments)
                if not left:
                    yield from _killed_rereadings(crawler, kills // 4, moments)


def _killed_crawls(crawler: Crawler, site: Site, count: int, moments: Random) -> Iterator[Result]:
    """Kill runs of one archive, the last of them as it ends, and let another finish."""
    for number in range(1, count + 1):
        ending = number == count
        hits = 0 if ending else moments.randrange(_NOTICES // count)

        def moment(process: Process, ending: bool = ending, hits: int = hits) -> None:
            _wait_for(process, site, _left(crawler, site) if ending else hits)
            time.sleep(moments.uniform(0, _ENDING if ending else _GLANCE * 5))

        site.requests.clear()
        lost = _kill(crawler, crawler.begin(site.url), moment)
        where = "at its end" if ending else f"after {len(site.requests)} requests"
        yield _judged(f"kill -9 of a crawl {where}", lost)
    crawled = crawler(site.url)
    report = crawled.portal
    untrue = [*damage(crawler.archive), *_differences(crawler.archive)]
    if report["outcome"] not in ("ok", "quiet") or crawled.exit:
        untrue.append(f"{report['outcome']}, not ok or quiet")
    lost_rows = _NOTICES - len(committed(crawler.archive))
    outcome, reason = report["outcome"], report["reason"] or ""
    name = f"the run after {count} kills"
    yield Result(name, "ok or quiet", outcome, crawled.exit, reason, lost_rows, tuple(untrue))


def _killed_rereadings(crawler: Crawler, count: int, moments: Random) -> Iterator[Result]:
    """Kill `reextract` where it has something to put right in every article."""
    arguments = ("reextract", "--workers", "1", "--quiet", "--archive", str(crawler.archive))
    _age(crawler.archive)
    began = time.monotonic()
    crawler.wait(_reread(crawler, arguments))
    longest = time.monotonic() - began
    for _ in range(count):
        _age(crawler.archive)

        def moment(process: Process) -> None:
            deadline = time.monotonic() + moments.uniform(0, longest)
            while time.monotonic() < deadline and process.poll() is None:
                time.sleep(0.005)

        lost = _kill(crawler, _reread(crawler, arguments), moment)
        yield _judged("kill -9 of reextract", lost)
    done = crawler.wait(_reread(crawler, arguments))
    untrue = [*damage(crawler.archive), *_differences(crawler.archive)]
    if done.exit:
        untrue.append(f"exit {done.exit}: {done.stderr.strip()[-100:]}")
    yield Result("reextract after kills", "", "", done.exit, "", 0, tuple(untrue))


def _reread(crawler: Crawler, arguments: tuple[str, ...]) -> Process:
    return processes.start("-m", "cqcrawler", *arguments, cwd=crawler.folder, env=crawler.env)


def _kill(crawler: Crawler, process: Process, moment: Callable[[Process], None]) -> Lost:
    """Kill the process at its moment, and compare what is there with what a reader had seen."""
    with Reader(crawler.archive) as reader:
        moment(process)
        process.kill()
    ended = crawler.wait(process)
    after = committed(crawler.archive)
    missing = [row for url, row in reader.seen.items() if url not in after]
    changed = [
        row for url, row in reader.seen.items() if url in after and not _same(row, after[url])
    ]
    faults = damage(crawler.archive)
    faults += [f"{row.url} had been committed and is gone" for row in missing]
    faults += [f"{row.url} is not as it was committed" for row in changed]
    faults += [f"{row.url} is half there" for row in after.values() if not _whole(row)]
    return Lost(ended.exit, len(missing) + len(changed), tuple(faults))


def _same(before: Row, after: Row) -> bool:
    return before == after or (before.title.startswith(_OLD) and after.true)


def _whole(row: Row) -> bool:
    aged = row.title.startswith(_OLD), row.body.startswith(_OLD)
    return row.version == 1 and (all(aged) or (not any(aged) and row.true))


def _judged(name: str, lost: Lost) -> Result:
    outcome = "killed" if lost.exit < 0 else "had ended"
    return Result(name, "", outcome, lost.exit, "", lost.rows, lost.faults)


def _wait_for(process: Process, site: Site, hits: int) -> None:
    while len(site.hits) < hits and process.poll() is None:
        time.sleep(0.002)


def _left(crawler: Crawler, site: Site) -> int:
    """Return how many pages a run has to ask for until it has all that is missing."""
    return _NOTICES - len(committed(crawler.archive)) + 1


def _differences(path: Path) -> Iterator[str]:
    """Compare an archive with that of an undisturbed crawl: each notice once, as it is written."""
    rows = committed(path).values()
    numbers = sorted(row.number for row in rows)
    if numbers != list(range(1, _NOTICES + 1)):
        yield f"{len(numbers)} articles, not {_NOTICES}"
    if wrong := [row.url for row in rows if not (row.true and _whole(row)) or row.withdrawn]:
        yield f"{len(wrong)} articles are not as written, such as {wrong[0]}"
    with closing(sqlite3.connect(path)) as db:
        (versions,) = db.execute("SELECT count(*) FROM article_versions").fetchone()
        (unindexed,) = db.execute(
            "SELECT count(*) FROM articles WHERE gram_version IS NULL"
        ).fetchone()
    if versions != _NOTICES:
        yield f"{versions} versions, not {_NOTICES}"
    if unindexed:
        yield f"{unindexed} articles are in no index"


def _age(path: Path) -> None:
    """Have every article as older rules would have read it."""
    with Archive(path) as archive:
        for batch in archive.readings.batches(Filters()):
            read = [(reading, _as_before(path, reading)) for reading in batch]
            archive.readings.replace(read, "0")
        archive.index_all()


def _as_before(path: Path, reading: Reading) -> Article:
    assert reading.record is not None
    article = read_article(read_answer(path.parent, reading.record).body, reading.url)
    paragraphs = (_OLD + article.paragraphs[0], *article.paragraphs[1:])
    return replace(article, title=f"{_OLD}{article.title}", paragraphs=paragraphs)
