"""CPU of reading a page as a multiple of `lxml.html.fromstring` on the same bytes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import click
from rich.progress import track

from benchmarks import report, venv
from benchmarks.corpus import MISSING, PARTS, GoldPage, find_corpus, load
from benchmarks.isolated import IsolatedReader, read_all, worker_command
from benchmarks.profiling import profile
from benchmarks.readers import ELSEWHERE, OURS, READERS


@dataclass(frozen=True, slots=True)
class PageCost:
    """Medians over interleaved rounds: seconds of CPU, and the ratio of the two of each round."""

    id: str
    seconds: float
    parse_seconds: float
    ratio: float


@click.command()
@click.option("--rounds", default=3, show_default=True, help="Interleaved runs over all pages.")
@click.option("--ours", is_flag=True, help="Only our reader; the docs stay as they are.")
@click.option("--pages", is_flag=True, help="Print our ratio on every page, the worst first.")
@click.option("--profile", "show_profile", is_flag=True, help="Say where our time goes, and stop.")
def main(rounds: int, ours: bool, pages: bool, show_profile: bool) -> None:
    """Measure the CPU of our reader and its peers against a bare parse."""
    if not (corpus := find_corpus()):
        raise click.UsageError(MISSING)
    gold = [page for part in PARTS for page in load(corpus, part)]
    if show_profile:
        click.echo(profile(gold))
        return
    costs = {OURS: measure(OURS, Path(sys.executable), gold, rounds)}
    if pages:
        for cost in sorted(costs[OURS], key=lambda cost: -cost.ratio):
            click.echo(f"{cost.ratio:6.2f}  {cost.seconds * 1000:7.1f} ms  {cost.id}")
    if not ours:
        costs |= _peers(gold, rounds)
        report.write_blocks({"cost": _table(costs), "profile": profile(gold)})
    click.echo(_table(costs))


def measure(name: str, python: Path, gold: list[GoldPage], rounds: int) -> list[PageCost]:
    """Time one reader on all pages that it can read.

    All other pages are read between two readings of one, so that no reader is the quicker for
    what it remembers of a page. The first round fills what it keeps for all.
    """
    answers: dict[str, list[dict[str, Any]]] = {page.id: [] for page in gold}
    with IsolatedReader(worker_command(name, python)) as reader:
        for number in track(range(rounds + 1), report.label(name)):
            for answer in read_all(reader, gold, timed=True):
                if number and "cpu" in answer:
                    answers[answer["id"]].append(answer)
    return [_page_cost(page, timed) for page, timed in answers.items() if timed]


def _page_cost(page: str, timed: list[dict[str, Any]]) -> PageCost:
    cpu, parse_cpu = ([answer[of] for answer in timed] for of in ("cpu", "parse_cpu"))
    ratio = median(c / p for c, p in zip(cpu, parse_cpu, strict=True))
    return PageCost(page, median(cpu), median(parse_cpu), ratio)


def _peers(gold: list[GoldPage], rounds: int) -> dict[str, list[PageCost]]:
    python = venv.peers_python()
    return {
        name: measure(name, python, gold, rounds)
        for name in READERS
        if name != OURS and name not in ELSEWHERE and venv.has(python, name)
    }


def _table(costs: dict[str, list[PageCost]]) -> str:
    rows = [
        [
            f"**{name}**" if name == OURS else report.label(name),
            f"{median(cost.ratio for cost in found):.1f}",
            f"{sum(c.seconds for c in found) / sum(c.parse_seconds for c in found):.1f}",
            f"{median(cost.seconds for cost in found) * 1000:.1f}",
        ]
        for name, found in sorted(costs.items(), key=lambda item: median(c.ratio for c in item[1]))
    ]
    return report.table(
        ["reader", "× bare parse, median page", "× bare parse, all pages", "ms, median page"], rows
    )


if __name__ == "__main__":
    main()
