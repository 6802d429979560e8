"""Parquet, typed, for pandas, DuckDB and R; it takes the optional pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from cqcrawler.archive.export.columns import Column, Kind, Rows, text

if TYPE_CHECKING:
    import pyarrow

# Some 10 MB of text: enough to compress well, and little to hold.
_GROUP_ROWS = 2_000


def is_available() -> bool:
    """Whether pyarrow is installed."""
    return find_spec("pyarrow") is not None


def write_parquet(rows: Rows, columns: Sequence[Column], file: BinaryIO) -> int:
    """Write a table of dates, times in UTC, numbers, flags and text; return the number of rows."""
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    schema = pyarrow.schema([(column.name, _type(pyarrow, column.kind)) for column in columns])
    count = 0
    with ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(rows):
            arrays = [
                pyarrow.array([_value(getattr(row, c.name), c.kind) for row in group], field.type)
                for c, field in zip(columns, schema, strict=True)
            ]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
            count += len(group)
    return count


def _groups(rows: Rows) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while group := list(islice(remaining, _GROUP_ROWS)):
        yield group


def _type(arrow: Any, kind: Kind) -> pyarrow.DataType:
    types = {
        Kind.TEXT: arrow.string(),
        Kind.INTEGER: arrow.int64(),
        Kind.NUMBER: arrow.float64(),
        Kind.FLAG: arrow.bool_(),
        Kind.DATE: arrow.date32(),
        Kind.TIME: arrow.timestamp("ms", tz="UTC"),
    }
    return types[kind]


def _value(value: Any, kind: Kind) -> object:
    if kind is Kind.TEXT:
        return text(value)
    if value is None or kind in (Kind.INTEGER, Kind.NUMBER, Kind.FLAG):
        return value
    return date.fromisoformat(value) if kind is Kind.DATE else datetime.fromisoformat(value)
