"""Memory, throughput and stalls of a crawl, on a portal of any size on 127.0.0.1."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, Popen

import click

from benchmarks import report
from benchmarks.large_portal import serving

# What both crawlers are told, so that they differ in what they do with a page only.
EAGER = (
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "CONCURRENT_REQUESTS_PER_DOMAIN=8",
    "LOG_LEVEL=WARNING",
)
BARE = ("ROBOTSTXT_OBEY=True", "TELNETCONSOLE_ENABLED=False")
_SAMPLE_SECONDS = 0.5
_UNKEPT = "benchmarks.unkept_crawl"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: seconds of CPU, seconds by the clock, most memory in MB."""

    cpu: float
    wall: float
    peak: float


@click.group()
def main() -> None:
    """Measure crawls of an invented portal."""


@main.command()
@click.option("--pages", default=50_000, show_default=True, help="Size of the portal.")
@click.option("--every", default=2_000, show_default=True, help="Print a line for so many pages.")
def memory(pages: int, every: int) -> None:
    """Crawl PAGES pages and print the memory of the process on the way."""
    click.echo("  pages  seconds  MB now  MB peak  archive MB")
    with serving(pages) as url, _archive() as archive:
        process = Popen(_crawl(url, archive), stdout=DEVNULL)
        started, shown, peak = time.monotonic(), 0, 0.0
        while process.poll() is None:
            time.sleep(_SAMPLE_SECONDS)
            done, now = _pages_done(archive), _memory(process.pid)
            peak = max(peak, now)
            if done >= shown + every:
                shown = done
                _line(done, time.monotonic() - started, now, peak, archive)
        _line(_pages_done(archive), time.monotonic() - started, 0, peak, archive)
        _check(process.returncode, archive, pages)


@main.command()
@click.option("--pages", default=2_000, show_default=True, help="Size of the portal.")
@click.option("--rounds", default=5, show_default=True, help="Interleaved runs of both.")
def throughput(pages: int, rounds: int) -> None:
    """Crawl PAGES pages beside a bare Scrapy spider; print the ratios of CPU and time."""
    ours: list[Cost] = []
    bare: list[Cost] = []
    with serving(pages) as url:
        _cost(_bare(url))  # The server invents its pages now.
        for _ in range(rounds):
            bare.append(_cost(_bare(url)))
            with _archive() as archive:
                ours.append(_cost(_crawl(url, archive)))
    rows = [
        [name, *(f"{median(getattr(c, field) for c in costs):.1f}" for field in Cost.__slots__)]
        for name, costs in (("bare spider", bare), ("cqcrawler", ours))
    ]
    click.echo(report.table(["crawler", "CPU seconds", "seconds", "MB peak"], rows))
    for name in ("cpu", "wall"):
        ratios = [getattr(b, name) / getattr(o, name) for b, o in zip(bare, ours, strict=True)]
        click.echo(f"throughput by {name}: {median(ratios):.2f} of the bare spider")


@main.command()
@click.option("--pages", default=1_000, show_default=True, help="Size of the portal.")
@click.option("--rounds", default=5, show_default=True, help="Interleaved runs of both.")
def raw(pages: int, rounds: int) -> None:
    """Crawl PAGES pages with raw pages kept and without; print the ratios, and bytes a notice."""
    kept: list[Cost] = []
    unkept: list[Cost] = []
    with serving(pages) as url:
        _cost(_bare(url))
        for _ in range(rounds):
            with _archive() as archive:
                unkept.append(_cost([sys.executable, "-m", _UNKEPT, *_crawl(url, archive)]))
            with _archive() as archive:
                kept.append(_cost(_crawl(url, archive)))
                sizes = _sizes(archive)
    for name in ("cpu", "wall"):
        ratios = [getattr(u, name) / getattr(k, name) for u, k in zip(unkept, kept, strict=True)]
        click.echo(f"throughput by {name}: {median(ratios):.2f} of a crawl without raw pages")
    click.echo("KB a notice: {:.1f} in the archive, {:.1f} in WARC files".format(*sizes))


def _sizes(archive: Path) -> tuple[float, float]:
    """Return the KB that archive and WARC files take for each notice."""
    with closing(sqlite3.connect(archive)) as db:
        (notices,) = db.execute("SELECT count(*) FROM articles").fetchone()
    raw_bytes = sum(file.stat().st_size for file in archive.parent.rglob("*.warc.gz"))
    return archive.stat().st_size / notices / 1000, raw_bytes / notices / 1000


@main.command()
@click.option("--pages", default=2_000, show_default=True, help="Size of the portal.")
def shares(pages: int) -> None:
    """Crawl PAGES pages and print where the time goes, and the longest stalls."""
    with serving(pages) as url, _archive() as archive:
        out = archive.with_name("shares.json")
        command = [sys.executable, "-m", "benchmarks.timed_crawl", str(out), *_crawl(url, archive)]
        cost = _cost(command)
        found = json.loads(out.read_text())
    rows = [
        [name, f"{total / cost.cpu:.1%}", str(calls), f"{longest * 1000:.0f}"]
        for name, (calls, total, longest) in found.items()
    ]
    click.echo(report.table(["step", "share of CPU", "calls", "longest, ms"], rows))


def _crawl(url: str, archive: Path) -> list[str]:
    settings = [word for setting in EAGER for word in ("-s", setting)]
    command = [sys.executable, "-m", "cqcrawler", "crawl", "--url", url, "--quiet"]
    return [*command, "--archive", str(archive), *settings]


def _bare(url: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.bare_spider", url, *EAGER, *BARE]


def _cost(command: Sequence[str]) -> Cost:
    started = time.monotonic()
    process = Popen(command, stdout=DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    if code := os.waitstatus_to_exitcode(status):
        raise click.ClickException(f"{' '.join(command)}: exit code {code}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


@contextmanager
def _archive() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "archive.db"


def _pages_done(archive: Path) -> int:
    if not archive.exists():
        return 0
    with closing(sqlite3.connect(archive)) as db:
        try:
            row = db.execute("SELECT count(*) FROM pages WHERE checked_at IS NOT NULL").fetchone()
        except sqlite3.OperationalError:  # The tables are being made.
            return 0
        return int(row[0])


def _memory(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0.0
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(fields.get("VmRSS", "0 kB").split()[0]) / 1024


def _line(done: int, seconds: float, now: float, peak: float, archive: Path) -> None:
    files = archive.parent.rglob("*")
    size = sum(file.stat().st_size for file in files if file.is_file()) / 1e6
    click.echo(f"{done:7} {seconds:8.0f} {now:7.0f} {peak:8.0f} {size:11.0f}")


def _check(code: int, archive: Path, pages: int) -> None:
    with closing(sqlite3.connect(archive)) as db:
        (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
        outcome, reason = db.execute("SELECT outcome, reason FROM runs").fetchone()
    click.echo(f"{articles} articles; {outcome} {reason}; exit code {code}")
    raise SystemExit(code)


if __name__ == "__main__":
    main()
