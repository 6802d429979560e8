"""Where WARC files lie, and how they are called."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cqcrawler.exceptions import ArchiveError
from cqcrawler.private_files import make_folder

FOLDER = "warc"

# Portals that are made up from a URL are named after its host, whatever that is.
_UNFIT = re.compile(r"[^\w.-]")


def check_writable(folder: Path) -> None:
    """Make the folder of raw pages beside an archive; ArchiveError if it cannot be written."""
    warc = folder / FOLDER
    try:
        make_folder(warc)
    except OSError as error:
        raise ArchiveError(f"cannot write to {warc}: {error.strerror}") from error
    if not os.access(warc, os.W_OK):
        raise ArchiveError(f"cannot write to {warc}: make it writable")


def folder_of(portal: str) -> str:
    """Return the folder of a portal's files, relative to that of the archive."""
    name = _UNFIT.sub("_", portal)
    return f"{FOLDER}/{f'_{name}' if name.startswith('.') else name}"


def file_name(run_id: int, at: datetime, number: int) -> str:
    """Return the name of the file that a run begins as its `number`th."""
    return f"{at:%Y-%m-%d}-{run_id}-{number:03}.warc.gz"


def following_name(path: Path) -> str:
    """Return the first name that is free for another file of the run which wrote `path`."""
    begin, _, rest = path.name.removesuffix(".warc.gz").rpartition("-")
    number = int(rest)
    while True:
        number += 1
        name = f"{begin}-{number:03}.warc.gz"
        if not path.with_name(name).exists():
            return name


def files_of_run(folder: Path, portal: str, run_id: int) -> list[Path]:
    """Return the files that a run wrote, in order, below the folder of the archive."""
    return sorted((folder / folder_of(portal)).glob(f"*-*-*-{run_id}-*.warc.gz"))


def _raise(error: OSError) -> None:
    raise error


def all_files(folder: Path, on_error: Callable[[OSError], None] = _raise) -> list[str]:
    """Return the WARC files of an archive, relative to its folder, in order.

    Links to folders are followed. `on_error` is called for each folder that cannot be read.
    """
    found: list[Path] = []
    if os.path.lexists(folder / FOLDER):
        for root, inner, names in os.walk(folder / FOLDER, onerror=on_error, followlinks=True):
            here = Path(root)
            # A link to a folder that it lies in would lead there without end.
            real = here.resolve()
            inner[:] = [name for name in inner if not real.is_relative_to((here / name).resolve())]
            found += [here / name for name in names if name.endswith(".warc.gz")]
    return sorted(path.relative_to(folder).as_posix() for path in found)
