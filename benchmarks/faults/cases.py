"""A fault of a portal, run by run: what the portal does, and what a run has to make of it."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.faults.held import Row, committed
from cqcrawler.models import Outcome
from tests.crawl.conftest import Crawled, Crawler, Site, serving

GOOD = ("ok", "quiet")
# For faults that nobody can tell from an edit for certain: what counts is what is archived.
ANY = tuple(outcome.value for outcome in Outcome if outcome is not Outcome.FAILED)
# Retries wait hardly, as the portals here are not overloaded, and no run goes on for ever.
_SETTINGS = ("-s", "CQCRAWLER_MAX_PAUSE=0.1", "-s", "CLOSESPIDER_TIMEOUT=60")
# Seconds after which a run hangs: what is stopped by its deadline has ended long before.
_HANGS = 150.0


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a case, with what is true of it.

    `holds` are the notices, by number, that the archive has afterwards as the portal wrote them;
    `gone` those that it has as withdrawn. Whatever else it has is a falsehood. `reason` is a
    pattern that the cause shows. A run with `stop_after` gets a SIGTERM after so many requests,
    robots.txt included, and has to end within `patience` seconds of it.
    """

    outcome: str | tuple[str, ...]
    reason: str = ""
    holds: Collection[int] = ()
    gone: Collection[int] = ()
    options: tuple[str, ...] = ()
    stop_after: int | None = None
    patience: float = 30

    @property
    def outcomes(self) -> tuple[str, ...]:
        return (self.outcome,) if isinstance(self.outcome, str) else self.outcome

    @property
    def expected(self) -> str:
        return "any" if self.outcome == ANY else " or ".join(self.outcomes)


Case = Callable[[Site], Iterator[Run]]
CASES: dict[str, Case] = {}


@dataclass(frozen=True, slots=True)
class Result:
    """A row of the report; `untrue` says what is not as it should be."""

    name: str
    expected: str
    outcome: str
    exit: int
    reason: str
    lost: int
    untrue: tuple[str, ...] = field(default=())


def fault(name: str) -> Callable[[Case], Case]:
    """Register a case, which lays out the portal anew before each run that it yields."""

    def register(case: Case) -> Case:
        CASES[name] = case
        return case

    return register


def results(name: str) -> Iterator[Result]:
    """Crawl as the case says, each run into the archive of those before."""
    with serving() as site, TemporaryDirectory() as folder:
        crawler = Crawler(Path(folder))
        for number, run in enumerate(CASES[name](site), 1):
            crawled, seconds = _crawl(crawler, site, run)
            rows = committed(crawler.archive).values()
            yield judge(f"{name}, run {number}", run, crawled, list(rows), seconds)


def _crawl(crawler: Crawler, site: Site, run: Run) -> tuple[Crawled, float]:
    """Return what a run came to, and the seconds that it took to stop it."""
    site.requests.clear()
    process = crawler.begin(site.url, *_SETTINGS, *run.options)
    began = time.monotonic()
    if run.stop_after is not None:
        while len(site.requests) < run.stop_after and process.poll() is None:
            time.sleep(0.005)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
    try:
        printed, told = process.communicate(timeout=_HANGS)
    except TimeoutExpired:  # It has been killed.
        printed, told = "", f"it was still running after {_HANGS:.0f} seconds"
    code = process.returncode if process.returncode is not None else -signal.SIGKILL
    return Crawled(code, printed, told), time.monotonic() - began


def judge(name: str, run: Run, crawled: Crawled, rows: list[Row], seconds: float) -> Result:
    """Compare what a run came to, and the articles after it, with what is true."""
    try:
        report: dict[str, Any] = crawled.portal
    except (AssertionError, ValueError):
        report = {"outcome": "no report", "reason": crawled.stderr.strip()[-200:]}
    outcome, reason = report["outcome"], report["reason"] or ""
    lost = set(run.holds) - {row.number for row in rows if row.true and not row.withdrawn}
    untrue = [
        *([] if outcome in run.outcomes else [f"{outcome}, not {run.expected}"]),
        *_wrong_exit(outcome, crawled.exit),
        *([] if re.search(run.reason, reason) else [f"the reason lacks {run.reason}"]),
        *([f"lost: {_numbers(lost)}"] if lost else []),
        *_falsehoods(run, rows),
    ]
    if run.stop_after is not None and seconds > run.patience:
        untrue.append(f"took {seconds:.0f} seconds to stop")
    return Result(name, run.expected, outcome, crawled.exit, reason, len(lost), tuple(untrue))


def _wrong_exit(outcome: str, code: int) -> Iterator[str]:
    if outcome in set(Outcome) and code != Outcome(outcome).exit_code:
        yield f"exit {code} for {outcome}"


def _falsehoods(run: Run, rows: list[Row]) -> Iterator[str]:
    """Say what the archive has and should not, or has otherwise than it should."""
    numbers = [row.number for row in rows]
    if twice := {number for number in numbers if numbers.count(number) > 1}:
        yield f"archived twice: {_numbers(twice)}"
    if false := {row.number for row in rows if not row.true}:
        yield f"false text: {_numbers(false)}"
    withdrawn = {row.number for row in rows if row.withdrawn}
    if wrong := withdrawn - set(run.gone):
        yield f"withdrawn: {_numbers(wrong)}"
    if missed := set(run.gone) - withdrawn:
        yield f"not withdrawn: {_numbers(missed)}"
    if more := set(numbers) - set(run.holds) - set(run.gone):
        yield f"archived: {_numbers(more)}"


def _numbers(numbers: Collection[int]) -> str:
    shown = ", ".join(map(str, sorted(numbers)[:5]))
    return f"{shown} and {len(numbers) - 5} more" if len(numbers) > 5 else shown
