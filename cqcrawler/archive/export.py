"""Rows as files for other programs, written one by one; the name says which kind."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import BinaryIO

from cqcrawler.archive.records import PLAIN_COLUMNS, ArticleVersion, StoredArticle
from cqcrawler.exceptions import UsageError

Rows = Iterable[StoredArticle] | Iterable[ArticleVersion]

# What a spreadsheet takes for the beginning of a formula, in either width
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the number of rows and the SHA-256 of the file in hexadecimal."""

    rows: int
    sha256: str


class _HashedFile:
    """Writes text as UTF-8 and keeps count of its hash."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def write(self, text: str) -> int:
        data = text.encode()
        self.hash.update(data)
        return self._file.write(data)


def check_suffix(path: Path) -> None:
    """Raise UsageError unless `path` names a kind of file that can be written."""
    if path.suffix.lower() not in _WRITERS:
        kinds = " or ".join(_WRITERS)
        raise UsageError(f"cannot tell from {path.name!r} what to write: end it in {kinds}")


def write_articles(articles: Iterable[StoredArticle], path: Path) -> Exported:
    """Write articles to `path`, which appears whole or not at all.

    Raises UsageError for an unknown suffix or a place that cannot be written.
    """
    return _write(articles, [*PLAIN_COLUMNS, "tags"], path)


def write_versions(versions: Iterable[ArticleVersion], path: Path) -> Exported:
    """Write versions of articles to `path`, like `write_articles`."""
    return _write(versions, [field.name for field in fields(ArticleVersion)], path)


def _write(rows: Rows, columns: Sequence[str], path: Path) -> Exported:
    check_suffix(path)
    try:
        with _replacing(path) as file:
            hashed = _HashedFile(file)
            count = _WRITERS[path.suffix.lower()](rows, columns, hashed)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    return Exported(count, hashed.hash.hexdigest())


def _write_csv(rows: Rows, columns: Sequence[str], file: _HashedFile) -> int:
    file.write("\ufeff")  # Without it, Excel reads Chinese in the code page of the machine.
    writer = csv.writer(file)
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow(_cell(getattr(row, name)) for name in columns)
        count += 1
    return count


def _write_jsonl(rows: Rows, columns: Sequence[str], file: _HashedFile) -> int:
    count = 0
    for row in rows:
        # Everything, as lists and objects have a place here.
        file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
        count += 1
    return count


_WRITERS: dict[str, Callable[[Rows, Sequence[str], _HashedFile], int]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
}


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        value = ";".join(value)
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
