"""`python -m benchmarks.faults`: kills, a full disk and every fault of a portal in one run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from random import randrange

import click

from benchmarks import report
from benchmarks.faults import access, cases, disk, kills, listings, notices
from benchmarks.faults.cases import Result

# Each registers its cases when it is imported.
GROUPS = (listings, notices, access)
_HEAD = ["name", "expected", "outcome", "exit", "reason", "pages lost"]
_LONGEST_REASON = 90


@click.command()
@click.option("--kills", "count", default=20, show_default=True, help="How often to kill -9.")
@click.option("--seed", type=int, help="Repeat the kills of a run that printed it.")
@click.option("--only", default="", metavar="PATTERN", help="Leave out what is called otherwise.")
def main(count: int, seed: int | None, only: str) -> None:
    """Put crawls of portals on 127.0.0.1 through every trouble; exit 1 if anything is untrue.

    Kills print no outcome: what they must not do is lose a committed article, or leave one by
    halves. Pages are lost that the portal showed, or that were committed, and that the archive
    has not as they are. What is untrue stands below the table.
    """
    seed = randrange(1_000_000) if seed is None else seed
    found = []
    for result in _all(count, seed, re.compile(only)):
        found.append(result)
        sign = "WRONG" if result.untrue else "ok"
        click.echo(f"{sign:5} {result.name}", err=True)
    click.echo(report.table(_HEAD, [_cells(result) for result in found]))
    untrue = [result for result in found if result.untrue]
    click.echo(f"\n{len(found)} runs, {len(untrue)} untrue, kills by --seed {seed}")
    for result in untrue:
        click.echo(f"{result.name}: {'; '.join(result.untrue)}")
    sys.exit(1 if untrue else 0)


def _all(count: int, seed: int, only: re.Pattern[str]) -> Iterator[Result]:
    if count and only.search("kill -9"):
        yield from kills.results(count, seed)
    if only.search("a full disk"):
        yield from disk.results()
    for name in cases.CASES:
        if only.search(name):
            yield from cases.results(name)


def _cells(result: Result) -> list[str]:
    reason = result.reason.replace("|", "/").replace("\n", " ")
    if len(reason) > _LONGEST_REASON:
        reason = f"{reason[: _LONGEST_REASON - 1]}…"
    told = [result.expected, result.outcome, str(result.exit), reason, str(result.lost)]
    return [result.name, *told]


if __name__ == "__main__":
    main()
