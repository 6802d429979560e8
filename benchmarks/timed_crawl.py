"""A crawl that says how long its steps took.

`python -m benchmarks.timed_crawl OUT COMMAND...` runs `python -m cqcrawler ...`, which COMMAND
is, in this process, and writes `{step: [calls, seconds of CPU, longest call]}` to OUT.
"""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from time import process_time
from typing import Any

import cqcrawler.pipelines
import cqcrawler.spiders.portal
from cqcrawler.archive import Archive
from cqcrawler.archive.frontier.frontier import Frontier
from cqcrawler.warc import WarcWriter

Times = dict[str, list[float]]

STEPS: dict[str, tuple[Any, str]] = {
    "reading": (cqcrawler.spiders.portal, "interpret"),
    "cleaning": (cqcrawler.pipelines, "clean"),
    "raw pages": (WarcWriter, "write"),
    "saving": (Archive, "save"),
    "indexing": (Archive, "index_pending"),
    "taking pages from the frontier": (Frontier, "take"),
}


def main() -> None:
    out, command = Path(sys.argv[1]), sys.argv[2:]
    times: Times = {name: [0, 0.0, 0.0] for name in STEPS}
    for name, (owner, attribute) in STEPS.items():
        setattr(owner, attribute, _timed(getattr(owner, attribute), times[name]))
    sys.argv = ["cqcrawler", *command[command.index("cqcrawler") + 1 :]]
    try:
        runpy.run_module("cqcrawler", run_name="__main__")
    finally:
        out.write_text(json.dumps(times))


def _timed(call: Callable[..., Any], times: list[float]) -> Callable[..., Any]:
    @wraps(call)
    def timed(*arguments: Any, **named: Any) -> Any:
        start = process_time()
        try:
            return call(*arguments, **named)
        finally:
            seconds = process_time() - start
            times[0] += 1
            times[1] += seconds
            times[2] = max(times[2], seconds)

    return timed


if __name__ == "__main__":
    main()
