"""Excel workbooks with dates that are dates, and text that stays text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from cqcrawler.archive.articles.stated import SourcedFact, StoredProject
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.archive.export.cells import (
    SHEET_ROWS,
    Formats,
    Value,
    add_formats,
    as_day,
    as_xml,
    check_size,
    fit,
    opened,
    write_cell,
)
from cqcrawler.archive.export.columns import Column, Kind, Rows, text
from cqcrawler.text.clock import BEIJING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_CUT = "……〔超出单元格上限，全文见 {where}。The cell is full: all of it is in {where}〕"
_WIDTHS = {"url": 40, "title": 50, "region": 20, "source": 20, "body": 80, "tags": 24} | {
    "industries": 24,
    "places": 24,
    "sentence": 60,
}
_KIND_WIDTHS = {
    **{Kind.TEXT: 13, Kind.INTEGER: 9, Kind.DATE: 11, Kind.TIME: 17},
    **{Kind.NUMBER: 15, Kind.FLAG: 7},
}
# Three lines: Excel would make a row as high as its longest cell, up to a page.
_ROW_HEIGHT, _HEADER_HEIGHT = 45, 18


def write_xlsx(
    rows: Rows,
    columns: Sequence[Column],
    file: BinaryIO,
    *,
    sheet_rows: int = SHEET_ROWS,
    most_bytes: int | None = None,
) -> int:
    """Write sheets of at most `sheet_rows` rows with header, and return the number of rows.

    Raises UsageError once the sheets take more than `most_bytes` on the disk. Times are those that
    clocks in China show, as their headings say.
    """
    count = 0
    with opened(file) as book:
        formats = add_formats(book)
        sheet = _add_sheet(book, formats, columns)
        for count, row in enumerate(rows, start=1):
            number = (count - 1) % (sheet_rows - 1) + 1
            check_size(book, count, most_bytes)
            if number == 1 < count:
                sheet = _add_sheet(book, formats, columns)
            for position, column in enumerate(columns):
                write_cell(sheet, (number, position), *_cell(row, column), formats)
    return count


def _add_sheet(book: Workbook, formats: Formats, columns: Sequence[Column]) -> Worksheet:
    sheet = book.add_worksheet()
    sheet.set_default_row(_ROW_HEIGHT)
    sheet.set_row(0, _HEADER_HEIGHT)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, SHEET_ROWS - 1, len(columns) - 1)
    for position, column in enumerate(columns):
        heading = f"{column.heading} (UTC+8)" if column.kind is Kind.TIME else column.heading
        width = _WIDTHS.get(column.name, _KIND_WIDTHS[column.kind])
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, heading, formats["header", False])
    return sheet


def _cell(row: Any, column: Column) -> tuple[Value, str]:
    """Return what a cell shows and the name of its format."""
    value = getattr(row, column.name)
    if value is None or column.kind in (Kind.INTEGER, Kind.NUMBER):
        return value, "text"
    if column.kind is Kind.FLAG:
        return int(value), "text"
    if column.kind is Kind.DATE:
        return as_day(value), "date"
    if column.kind is Kind.TIME:
        return datetime.fromisoformat(value).astimezone(BEIJING).replace(tzinfo=None), "time"
    whole = text(value) or ""
    fitting = fit(whole, _CUT.format(where=_where(row)))
    if fitting != whole:
        return as_xml(fitting), "cut"
    return as_xml(whole) or None, "body" if column.name == "body" else "text"


def _where(row: Any) -> str:
    """Return where the whole of a text is that does not fit into a cell."""
    if isinstance(row, StoredArticle):
        return f"cqcrawler show {row.id}"
    if isinstance(row, SourcedFact):
        return f"facts (id {row.fact_id})"
    if isinstance(row, StoredProject):
        return f"projects (id {row.project_id})"
    return f"article_versions (article_id {row.article_id}, version {row.version})"
