"""The raw pages: WARC 1.1 files beside the archive, `warc/<portal>/<date>-<run>-<n>.warc.gz`.

Nothing outside this package touches WARC. The archive names records by file and offset.
"""

from __future__ import annotations

from cqcrawler.warc.files import all_files, check_writable
from cqcrawler.warc.inspection import Inspected, inspect
from cqcrawler.warc.reader import is_readable, read_answer, read_head
from cqcrawler.warc.recovery import cut_torn_tails
from cqcrawler.warc.selecting import Capture, selected
from cqcrawler.warc.writer import WarcSettings, WarcWriter

__all__ = [
    "Capture",
    "Inspected",
    "WarcSettings",
    "WarcWriter",
    "all_files",
    "check_writable",
    "cut_torn_tails",
    "inspect",
    "is_readable",
    "read_answer",
    "read_head",
    "selected",
]
