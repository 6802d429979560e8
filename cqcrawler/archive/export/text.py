"""CSV and JSON lines, in UTF-8."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from typing import Any, BinaryIO, TextIO

from cqcrawler.archive.export.columns import LONG_TEXTS, Column, Kind, Rows, is_formula, text


def write_csv(rows: Rows, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write a table that Excel opens right, and return the number of rows."""
    count = 0
    # Without a byte order mark, Excel reads Chinese in the code page of the machine.
    with _encoded(file, "utf-8-sig") as lines:
        writer = csv.writer(lines)
        writer.writerow(as_text(column.heading) for column in columns)
        for row in rows:
            writer.writerow(_cell(getattr(row, column.name), column) for column in columns)
            count += 1
    return count


def write_jsonl(rows: Rows, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write an object a line, with lists and objects in it, and return the number of rows."""
    count = 0
    with _encoded(file, "utf-8") as lines:
        for row in rows:
            known = asdict(row)
            # Some columns are told from others, which no field has.
            told = {c.name: known.get(c.name, getattr(row, c.name)) for c in columns}
            chosen = {c.name: _bare(told[c.name]) if c.bare else told[c.name] for c in columns}
            lines.write(json.dumps(chosen, ensure_ascii=False) + "\n")
            count += 1
    return count


def as_text(value: str) -> str:
    """Return a cell of CSV that every spreadsheet takes for text."""
    return f"'{value}" if is_formula(value) else value


def _bare(value: Any) -> Any:
    """Return what is left of a value without the texts of notices in it, at any depth."""
    if isinstance(value, dict):
        return {name: _bare(part) for name, part in value.items() if name not in LONG_TEXTS}
    if isinstance(value, list | tuple):
        return [_bare(part) for part in value]
    return value


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
