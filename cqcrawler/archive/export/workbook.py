"""Excel workbooks with dates that are dates, and text that stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from cqcrawler.archive.articles.stated import SourcedFact, StoredProject
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.archive.export.columns import Column, Kind, Rows, is_formula, text
from cqcrawler.text.clock import BEIJING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Formats = dict[tuple[str, bool], Format]
Value = str | int | float | date | None

# Limits of Excel; the first counts UTF-16 units, the second the header as well.
CELL_LIMIT = 32_767
SHEET_ROWS = 1_048_576

_CUT = "……〔超出单元格上限，全文见 {where}。The cell is full: all of it is in {where}〕"
# Excel knows no days before.
_FIRST_DAY = "1900-01-01"
# Not characters to XML; xlsxwriter escapes the others that are none.
_NONCHARACTERS = re.compile("[\ufffe\uffff]")

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

# What looks like a number, a link or a formula is text all the same.
_AS_TYPED = dict.fromkeys(("strings_to_numbers", "strings_to_formulas", "strings_to_urls"), False)
_FORMATS: dict[str, dict[str, Any]] = {
    "header": {"bold": True, "bottom": 1},
    "text": {},
    "body": {"text_wrap": True},
    "cut": {"text_wrap": True, "bg_color": "#FFF2CC"},
    "date": {"num_format": "yyyy-mm-dd"},
    "time": {"num_format": "yyyy-mm-dd hh:mm"},
}


def write_xlsx(
    rows: Rows, columns: Sequence[Column], file: BinaryIO, *, sheet_rows: int = SHEET_ROWS
) -> int:
    """Write sheets of at most `sheet_rows` rows with header, and return the number of rows.

    Times are those that clocks in China show, as their headings say.
    """
    count = 0
    with _opened(file) as book:
        formats = _add_formats(book)
        sheet = _add_sheet(book, formats, columns)
        for count, row in enumerate(rows, start=1):
            number = (count - 1) % (sheet_rows - 1) + 1
            if number == 1 < count:
                sheet = _add_sheet(book, formats, columns)
            for position, column in enumerate(columns):
                _write_cell(sheet, (number, position), *_cell(row, column), formats)
    return count


class _Sink:
    """The file as zipfile writes it; from a failure on, as on a full disk, to nowhere.

    zipfile tries to end the file once more when it is thrown away, and what fails then is
    printed whatever we do.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError:
            self._file = BytesIO()
            raise

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._file = BytesIO()
            raise

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        self.flush()  # Seeking would do so, and must not be what fails.
        return self._file.seek(offset, whence)


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Workbook]:
    # The sheets are put together beside the file, where there is room if anywhere.
    # Loading it takes a tenth of a second, which other commands need not wait.
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(prefix=".cqcrawler-", dir=Path(file.name).parent) as folder:
        book = Workbook(_Sink(file), {"constant_memory": True, "tmpdir": folder, **_AS_TYPED})
        book.use_zip64()
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error
        finally:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()


def _add_formats(book: Workbook) -> Formats:
    """Return the formats by name, and by whether Excel is told that the cell is no formula."""
    return {
        (name, quoted): book.add_format({"valign": "top", "quote_prefix": quoted} | properties)
        for name, properties in _FORMATS.items()
        for quoted in (False, True)
    }


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


def _write_cell(
    sheet: Worksheet, place: tuple[int, int], value: Value, name: str, formats: Formats
) -> None:
    if isinstance(value, str):
        sheet.write_string(*place, value, formats[name, is_formula(value)])
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, formats[name, False])
    elif value is not None:
        sheet.write_number(*place, value, formats[name, False])


def _cell(row: Any, column: Column) -> tuple[Value, str]:
    """Return what a cell shows and the name of its format."""
    value = getattr(row, column.name)
    if value is None or column.kind in (Kind.INTEGER, Kind.NUMBER):
        return value, "text"
    if column.kind is Kind.FLAG:
        return int(value), "text"
    if column.kind is Kind.DATE and value >= _FIRST_DAY:
        return date.fromisoformat(value), "date"
    if column.kind is Kind.TIME:
        return datetime.fromisoformat(value).astimezone(BEIJING).replace(tzinfo=None), "time"
    whole = text(value) or ""
    fitting = _fit(whole, _CUT.format(where=_where(row)))
    if fitting != whole:
        return _as_xml(fitting), "cut"
    return _as_xml(whole) or None, "body" if column.name == "body" else "text"


def _where(row: Any) -> str:
    """Return where the whole of a text is that does not fit into a cell."""
    if isinstance(row, StoredArticle):
        return f"cqcrawler show {row.id}"
    if isinstance(row, SourcedFact):
        return f"facts (id {row.fact_id})"
    if isinstance(row, StoredProject):
        return f"projects (id {row.project_id})"
    return f"article_versions (article_id {row.article_id}, version {row.version})"


def _as_xml(value: str) -> str:
    # With such a beginning, xlsxwriter takes a text for XML of its own making.
    spaced = f" {value}" if value.startswith("<r>") else value
    return _NONCHARACTERS.sub("\ufffd", spaced)


def _fit(value: str, mark: str) -> str:
    """Return `value` if a cell can hold it, else its beginning and the mark."""
    if len(value) <= CELL_LIMIT // 2:
        return value
    units = value.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return value
    return units[: 2 * (CELL_LIMIT - len(mark))].decode("utf-16-le", "ignore") + mark
