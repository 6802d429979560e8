"""Rows as files for other programs, written one by one; the name says which kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cqcrawler.archive.articles.citation import Citation
from cqcrawler.archive.export import parquet, references, text, workbook
from cqcrawler.archive.export.columns import Column, Rows
from cqcrawler.archive.file.files import finish, replacing
from cqcrawler.exceptions import UsageError

if TYPE_CHECKING:
    from cqcrawler.archive.export.briefing import Briefing


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


_REFERENCES: dict[str, Callable[[Iterable[Citation], BinaryIO], int]] = {
    ".bib": references.write_bib,
    ".ris": references.write_ris,
}


def is_of_references(path: Path) -> bool:
    """Whether such a file has citations in the place of rows with columns."""
    return path.suffix.lower() in _REFERENCES


def check_suffix(path: Path) -> None:
    """Raise UsageError unless `path` names a kind of file that can be written here."""
    suffix = path.suffix.lower()
    if suffix not in (*_WRITERS, *_REFERENCES):
        *kinds, last = (*_WRITERS, *_REFERENCES)
        raise UsageError(
            f"cannot tell from {path.name!r} what to write: end it in {', '.join(kinds)} or {last}"
        )
    if suffix == ".parquet" and not parquet.is_available():
        raise UsageError("Parquet needs pyarrow: pip install pyarrow, or write .csv")


def write(rows: Rows, columns: Sequence[Column], path: Path) -> Exported:
    """Write rows to `path`, which appears whole or not at all.

    Raises UsageError for an unknown suffix, one that is of references, or a place that cannot be
    written.
    """
    check_suffix(path)
    if is_of_references(path):
        raise UsageError(f"{path.name} takes citations: write_references, or cqcrawler export")
    return save(path, lambda file: _WRITERS[path.suffix.lower()](rows, columns, file))


def write_references(citations: Iterable[Citation], path: Path) -> Exported:
    """Write citations to a `.bib` or `.ris` file, like `write`."""
    return save(path, lambda file: _REFERENCES[path.suffix.lower()](citations, file))


def write_briefing(briefing: Briefing, path: Path) -> Exported:
    """Write a briefing to an `.xlsx` file, like `write`; its rows are its sources."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"a briefing is a workbook: end {path.name!r} in .xlsx")
    from cqcrawler.archive.export import briefing as workbooks

    return save(path, lambda file: workbooks.write_briefing(briefing, file))


def save(path: Path, write_to: Callable[[BinaryIO], int]) -> Exported:
    """Have a file written to `path`, which appears whole or not at all; see `write`."""
    try:
        with replacing(path) as partial:
            with partial.open("wb") as file:
                count = write_to(file)
            return Exported(count, finish(partial))
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error
