"""Rows as files for other programs, written one by one; the name says which kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cqcrawler.archive.export import parquet, text, workbook
from cqcrawler.archive.export.columns import Column, Rows
from cqcrawler.archive.file.files import finish, replacing
from cqcrawler.exceptions import UsageError


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the number of rows and the SHA-256 of the file in hexadecimal."""

    rows: int
    sha256: str


_WRITERS: dict[str, Callable[[Rows, Sequence[Column], BinaryIO], int]] = {
    ".csv": text.write_csv,
    ".jsonl": text.write_jsonl,
    ".xlsx": workbook.write_xlsx,
    ".parquet": parquet.write_parquet,
}


def check_suffix(path: Path) -> None:
    """Raise UsageError unless `path` names a kind of file that can be written here."""
    suffix = path.suffix.lower()
    if suffix not in _WRITERS:
        *kinds, last = _WRITERS
        raise UsageError(
            f"cannot tell from {path.name!r} what to write: end it in {', '.join(kinds)} or {last}"
        )
    if suffix == ".parquet" and not parquet.is_available():
        raise UsageError("Parquet needs pyarrow: pip install pyarrow, or write .csv")


def write(rows: Rows, columns: Sequence[Column], path: Path) -> Exported:
    """Write rows to `path`, which appears whole or not at all.

    Raises UsageError for an unknown suffix or a place that cannot be written.
    """
    check_suffix(path)
    try:
        with replacing(path) as partial:
            with partial.open("wb") as file:
                count = _WRITERS[path.suffix.lower()](rows, columns, file)
            return Exported(count, finish(partial))
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error
