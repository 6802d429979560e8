"""CSV and JSON lines, in UTF-8."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from typing import BinaryIO, TextIO

from cqcrawler.archive.export.columns import Column, Kind, Rows, is_formula, text


def write_csv(rows: Rows, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write a table that Excel opens right, and return the number of rows."""
    count = 0
    # Without a byte order mark, Excel reads Chinese in the code page of the machine.
    with _encoded(file, "utf-8-sig") as lines:
        writer = csv.writer(lines)
        writer.writerow(column.name for column in columns)
        for row in rows:
            writer.writerow(_cell(getattr(row, column.name), column) for column in columns)
            count += 1
    return count


def write_jsonl(rows: Rows, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write every field, as lists and objects have a place here, and return the number of rows."""
    count = 0
    with _encoded(file, "utf-8") as lines:
        for row in rows:
            lines.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            count += 1
    return count


def as_text(value: str) -> str:
    """Return a cell of CSV that every spreadsheet takes for text."""
    return f"'{value}" if is_formula(value) else value


@contextmanager
def _encoded(file: BinaryIO, encoding: str) -> Iterator[TextIO]:
    wrapped = TextIOWrapper(file, encoding, newline="")
    try:
        yield wrapped
    finally:
        wrapped.detach()


def _cell(value: object, column: Column) -> object:
    if column.kind is Kind.FLAG and value is not None:
        return int(bool(value))
    if column.kind is not Kind.TEXT:
        return value
    shown = text(value)
    return shown and as_text(shown)
