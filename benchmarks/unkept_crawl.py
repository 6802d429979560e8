"""A crawl that keeps no raw pages: `python -m benchmarks.unkept_crawl COMMAND...`.

Only to measure what keeping them takes; there is no such option, for an archive without its
raw pages can neither be read again nor be checked.
"""

from __future__ import annotations

import runpy
import sys
from typing import Any

from cqcrawler.warc import WarcWriter


def main() -> None:
    command = sys.argv[1:]
    setattr(WarcWriter, "write", _keep_nothing)  # noqa: B010
    sys.argv = ["cqcrawler", *command[command.index("cqcrawler") + 1 :]]
    runpy.run_module("cqcrawler", run_name="__main__")


def _keep_nothing(*arguments: Any) -> None:
    """Stand for `WarcWriter.write`."""


if __name__ == "__main__":
    main()
