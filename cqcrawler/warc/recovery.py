"""What a killed run may leave behind: a file that ends inside a record."""

from __future__ import annotations

import logging
import os
import zlib
from collections.abc import Iterable
from pathlib import Path

from cqcrawler.warc.files import files_of_run
from cqcrawler.warc.members import read_member

logger = logging.getLogger(__name__)


def cut_torn_tails(folder: Path, portal: str, run_ids: Iterable[int]) -> None:
    """Cut the last file of each of these runs, which are dead, back to whole records.

    Only what is behind the last whole record goes, and only if it is the beginning of one or
    nothing but zeros, which a loss of power may leave. What is damaged otherwise stays as it
    is, for `verify` to report.
    """
    for run_id in run_ids:
        for path in files_of_run(folder, portal, run_id)[-1:]:
            size, whole = path.stat().st_size, whole_length(path)
            if whole < size:
                logger.warning("%s: cut back by %d bytes of a torn record", path, size - whole)
                os.truncate(path, whole)
            if not whole:
                path.unlink()


def whole_length(path: Path) -> int:
    """Return the length of a file without a torn tail."""
    size = path.stat().st_size
    with path.open("rb") as file:
        while (at := file.tell()) < size:
            try:
                read_member(file)
            except EOFError:
                return at
            except zlib.error:
                file.seek(at)
                return at if _only_zeros(file.read()) else size
    return size


def _only_zeros(rest: bytes) -> bool:
    return not rest.strip(b"\0")
