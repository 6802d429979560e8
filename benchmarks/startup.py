"""python -m benchmarks.startup [ARCHIVE]: the CPU of a command beside that of a bare start.

The bare start is Python with the modules that every command needs. Each round starts everything
once, in turn, so that a busy machine slows all of them alike; what is compared is the sum of all
rounds. Without an archive, the bundled portal is crawled for one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

BARE = ("-c", "import click, sqlite3, json")
COMMANDS = {
    "--help": ("--help",),
    "search": ("search", "重庆"),
    "show": ("show", "1"),
    "new": ("new",),
    "runs": ("runs",),
    "portals": ("portals",),
    "health": ("health",),
    "export": ("export", os.devnull + ".csv"),
    "schedule": ("schedule", "--format", "cron"),
    "doctor": ("doctor",),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("archive", nargs="?", type=Path)
    options.add_argument("--runs", type=int, default=10)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = given.archive or _demo(Path(folder) / "demo.db")
        starts = {"bare": BARE, **{name: _start(c, folder) for name, c in COMMANDS.items()}}
        seconds: Counter[str] = Counter()
        for _ in range(given.runs):
            for name, arguments in starts.items():
                seconds[name] += _cpu(arguments, archive)
    for name in starts:
        each, times = seconds[name] / given.runs, seconds[name] / seconds["bare"]
        print(f"{name:10}{1000 * each:7.0f} ms{times:7.1f}")


def _start(arguments: tuple[str, ...], folder: str) -> tuple[str, ...]:
    placed = (a.replace(os.devnull, str(Path(folder) / "out")) for a in arguments)
    return ("-m", "cqcrawler", *placed)


def _demo(archive: Path) -> Path:
    command = [sys.executable, "-m", "cqcrawler", "demo", "--archive", str(archive)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return archive


def _cpu(arguments: tuple[str, ...], archive: Path) -> float:
    """Return the CPU of one start in seconds, in user and system mode."""
    environment = {**os.environ, "CQCRAWLER_ARCHIVE": str(archive)}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
