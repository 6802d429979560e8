"""Rows as files for other programs, written one by one; the name says which kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cqcrawler.archive.articles.stated import SourcedFact, StoredProject
from cqcrawler.archive.articles.stored import ArticleVersion, StoredArticle
from cqcrawler.archive.export import parquet, text, workbook
from cqcrawler.archive.export.columns import ARTICLES, FACTS, PROJECTS, VERSIONS, Column, Rows
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


def write_articles(articles: Iterable[StoredArticle], path: Path) -> Exported:
    """Write articles to `path`, which appears whole or not at all.

    Raises UsageError for an unknown suffix or a place that cannot be written.
    """
    return _write(articles, ARTICLES, path)


def write_versions(versions: Iterable[ArticleVersion], path: Path) -> Exported:
    """Write versions of articles to `path`, like `write_articles`."""
    return _write(versions, VERSIONS, path)


def write_facts(facts: Iterable[SourcedFact], path: Path) -> Exported:
    """Write facts with the notices that state them to `path`, like `write_articles`."""
    return _write(facts, FACTS, path)


def write_projects(projects: Iterable[StoredProject], path: Path) -> Exported:
    """Write projects to `path`, like `write_articles`."""
    return _write(projects, PROJECTS, path)


def _write(rows: Rows, columns: Sequence[Column], path: Path) -> Exported:
    check_suffix(path)
    try:
        with replacing(path) as partial:
            with partial.open("wb") as file:
                count = _WRITERS[path.suffix.lower()](rows, columns, file)
            return Exported(count, finish(partial))
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error
