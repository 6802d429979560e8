"""Workbooks as all of ours are: opened, with their formats, cell by cell."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from cqcrawler.archive.export.columns import is_formula, is_web_address
from cqcrawler.exceptions import UsageError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Formats = dict[tuple[str, bool], "Format"]
Value = str | int | float | date | None

# Limits of Excel; the first counts UTF-16 units, the second the header as well.
CELL_LIMIT = 32_767
SHEET_ROWS = 1_048_576
_MOST_LINKS = 65_530
# Rows, between two looks at how large the sheets are.
_LOOK_EVERY = 100
# What is escaped in an address makes it up to three times as long, of at most 2,079.
_LONGEST_LINK = 690

# Excel knows no days before.
_FIRST_DAY = "1900-01-01"
# Not characters to XML; xlsxwriter escapes the others that are none.
_NONCHARACTERS = re.compile("[\ufffe\uffff]")

# What looks like a number, a link or a formula is text all the same.
_AS_TYPED = dict.fromkeys(("strings_to_numbers", "strings_to_formulas", "strings_to_urls"), False)
_FORMATS: dict[str, dict[str, Any]] = {
    "header": {"bold": True, "bottom": 1},
    "text": {},
    "body": {"text_wrap": True},
    "cut": {"text_wrap": True, "bg_color": "#FFF2CC"},
    "date": {"num_format": "yyyy-mm-dd"},
    "month": {"num_format": "yyyy-mm"},
    "time": {"num_format": "yyyy-mm-dd hh:mm"},
    "money": {"num_format": "#,##0.00"},
    "link": {"font_color": "#0563C1", "underline": 1},
}


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
def opened(file: BinaryIO) -> Iterator[Workbook]:
    """Give a workbook to write sheets into, row by row, of which few are in memory.

    The sheets are put together beside the file, where there is room if anywhere; what has no
    place of its own has them among the temporary files.
    """
    # Loading it takes a tenth of a second, which other commands need not wait.
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(prefix=".cqcrawler-", dir=_folder(file)) as folder:
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


def check_size(book: Workbook, row: int, most: int | None) -> None:
    """Raise UsageError if the sheets have become too large, which is looked at now and then."""
    if most is None or row % _LOOK_EVERY:
        return
    size = sum(os.fstat(sheet.row_data_fh.fileno()).st_size for sheet in book.worksheets())
    if size > most:
        raise UsageError(
            f"a workbook of more than {most // 2**20} MB: narrow the search, leave texts out, or "
            "take CSV"
        )


def _folder(file: BinaryIO) -> Path | None:
    name = getattr(file, "name", None)
    return Path(name).parent if isinstance(name, str) else None


def add_formats(book: Workbook) -> Formats:
    """Return the formats by name, and by whether Excel is told that the cell is no formula."""
    return {
        (name, quoted): book.add_format({"valign": "top", "quote_prefix": quoted} | properties)
        for name, properties in _FORMATS.items()
        for quoted in (False, True)
    }


def write_cell(
    sheet: Worksheet, place: tuple[int, int], value: Value, name: str, formats: Formats
) -> None:
    """Write a value in the format of that name; text is never a formula, and a link only as
    `link`, where it is a web address."""
    if isinstance(value, str):
        if name == "link" and _write_link(sheet, place, value, formats):
            return
        name = "text" if name == "link" else name
        sheet.write_string(*place, value, formats[name, is_formula(value)])
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, formats[name, False])
    elif value is not None:
        sheet.write_number(*place, value, formats[name, False])


def as_xml(value: str) -> str:
    """Return text without what a workbook cannot have."""
    # With such a beginning, xlsxwriter takes a text for XML of its own making.
    spaced = f" {value}" if value.startswith("<r>") else value
    return _NONCHARACTERS.sub("\ufffd", spaced)


def _write_link(sheet: Worksheet, place: tuple[int, int], url: str, formats: Formats) -> bool:
    # Where links are written, nothing escapes what is no character to XML.
    if not (is_web_address(url) and url.isprintable() and len(url) <= _LONGEST_LINK):
        return False
    if sheet.hlink_count >= _MOST_LINKS:
        return False
    sheet.write_url(*place, url, formats["link", False], url)
    return True


def as_day(value: str) -> Value:
    """Return an ISO date as Excel has it, as text where it knows no such day."""
    return date.fromisoformat(value) if value >= _FIRST_DAY else value


def fit(value: str, mark: str) -> str:
    """Return `value` if a cell can hold it, else its beginning and the mark."""
    if len(value) <= CELL_LIMIT // 2:
        return value
    units = value.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return value
    return units[: 2 * (CELL_LIMIT - len(mark))].decode("utf-16-le", "ignore") + mark
