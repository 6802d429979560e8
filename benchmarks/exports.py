"""Memory and speed of an export to each kind of file, each in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import click

from benchmarks.corpus import ROOT
from benchmarks.report import table
from cqcrawler.archive import Archive

KINDS = ("csv", "jsonl", "xlsx", "parquet")


@dataclass(frozen=True, slots=True)
class Measured:
    """One export; `peak_mib` is the largest resident size of its process."""

    rows: int
    seconds: float
    peak_mib: float
    file_mib: float


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--rounds", default=1, show_default=True, help="Runs of each kind, interleaved.")
@click.option("--kind", type=click.Choice(KINDS), hidden=True, help="Measure this one, here.")
def main(archive: Path, rounds: int, kind: str | None) -> None:
    """Export all of ARCHIVE to each kind of file; benchmarks.synthetic makes a large one."""
    if kind:
        click.echo(json.dumps(asdict(measure(archive, kind))))
        return
    found: dict[str, list[Measured]] = {name: [] for name in KINDS}
    for _ in range(rounds):
        for name in KINDS:
            found[name].append(_measure_apart(archive, name))
    click.echo(_table(found))


def measure(archive: Path, kind: str) -> Measured:
    """Export in this process, which should have done nothing before."""
    with TemporaryDirectory(dir=archive.parent) as folder:
        file = Path(folder) / f"all.{kind}"
        start = perf_counter()
        with Archive(archive, must_exist=True) as opened:
            rows = opened.export(file).rows
        seconds = perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KiB on Linux
        return Measured(rows, seconds, peak / 1024, file.stat().st_size / 2**20)


def _measure_apart(archive: Path, kind: str) -> Measured:
    command = [sys.executable, "-m", "benchmarks.exports", str(archive.resolve()), "--kind", kind]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout))


def _table(found: dict[str, list[Measured]]) -> str:
    seconds = {kind: median(m.seconds for m in measured) for kind, measured in found.items()}
    rows = [
        [
            kind,
            str(measured[0].rows),
            f"{max(m.peak_mib for m in measured):.0f}",
            f"{seconds['csv'] / seconds[kind]:.2f}",
            f"{measured[0].rows / seconds[kind]:,.0f}",
            f"{measured[0].file_mib:.0f}",
        ]
        for kind, measured in found.items()
    ]
    headings = ["kind", "rows", "peak MiB", "speed, CSV = 1", "rows/s here", "file MiB"]
    return table(headings, rows)


if __name__ == "__main__":
    main()
