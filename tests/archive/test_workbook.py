"""Workbooks as a reader of them sees them, and as the XML that Excel gets."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cqcrawler.archive import Archive
from cqcrawler.archive.export import write
from cqcrawler.archive.export.cells import CELL_LIMIT
from cqcrawler.archive.export.columns import COLUMNS, Table
from cqcrawler.archive.export.workbook import write_xlsx


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "all.xlsx"


def _sheet(path: Path) -> Worksheet:
    (sheet,) = load_workbook(path).worksheets
    return sheet


def _cells(sheet: Worksheet, row: int = 2) -> dict[str, Any]:
    return {heading.value: cell for heading, cell in zip(sheet[1], sheet[row], strict=True)}


def test_dates_are_dates_and_times_are_those_of_china(
    crawl: Any, archive: Archive, file: Path
) -> None:
    crawl.notice(published="2025-07-01", tags=("甲", "乙"), body="一\n二")
    assert archive.export(file).rows == 1
    sheet = _sheet(file)
    cells = _cells(sheet)
    assert cells["published"].value == datetime(2025, 7, 1)
    assert cells["published"].number_format == "yyyy-mm-dd"
    assert cells["first_seen (UTC+8)"].value == datetime(2025, 7, 7, 16)
    assert cells["first_seen (UTC+8)"].number_format == "yyyy-mm-dd hh:mm"
    assert (cells["id"].value, cells["version"].value) == (1, 1)
    assert (cells["tags"].value, cells["body"].value) == ("甲;乙", "一\n二")
    assert cells["region"].value is None
    assert cells["body"].alignment.wrap_text
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref is not None
    assert sheet.column_dimensions["P"].width > 60
    assert sheet.row_dimensions[2].height == 45


def test_a_day_before_excel_knows_any_is_text(crawl: Any, archive: Archive, file: Path) -> None:
    crawl.notice(published="1899-12-31")
    archive.export(file)
    assert _cells(_sheet(file))["published"].value == "1899-12-31"


@pytest.mark.parametrize(
    "typed",
    [
        *("=1+1", "+86", "@SUM(A1)", "{=1}", "-5", "500112", "1e5", "2025-07-07", "TRUE"),
        *("http://h/1", "mailto:a@h", "internal:Sheet1!A1", "<b>&amp;", "_x0041_", "#REF!"),
    ],
)
def test_text_stays_text(crawl: Any, archive: Archive, file: Path, typed: str) -> None:
    crawl.notice(title=typed, body=typed, source=typed)
    archive.export(file)
    sheet = _sheet(file)
    for name in ("title", "body", "source"):
        cell = _cells(sheet)[name]
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        assert cell.value == typed.replace("_x", "_x005F_x")  # openpyxl leaves the escape
        assert cell.quotePrefix == typed.startswith(tuple("=+-@"))
    with zipfile.ZipFile(file) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in parts.namelist()


def test_characters_that_are_none_to_xml(crawl: Any, archive: Archive, file: Path) -> None:
    crawl.notice(title="甲\x00\x1b[31m\x0b乙\ufffe\uffff", body="<r><t>重庆</t></r>")
    archive.export(file)
    cells = _cells(_sheet(file))
    assert cells["title"].value.startswith("甲")
    assert cells["title"].value.endswith("乙\ufffd\ufffd")
    assert cells["body"].value == " <r><t>重庆</t></r>"


@pytest.mark.parametrize("character", ["长", "𠮷"])
def test_a_text_that_no_cell_can_hold(
    crawl: Any, archive: Archive, file: Path, character: str
) -> None:
    fitting = character * (2 * CELL_LIMIT // len(character.encode("utf-16-le")))
    crawl.notice("http://h/1", body=fitting, published="2025-07-02")
    crawl.notice("http://h/2", body=f"{fitting}完毕", published="2025-07-01")
    archive.export(file)
    sheet = _sheet(file)
    whole, cut = _cells(sheet, 2)["body"], _cells(sheet, 3)["body"]
    assert whole.value == fitting
    assert cut.value.startswith(character * 10_000)
    assert "cqcrawler show 2" in cut.value
    assert len(cut.value.encode("utf-16-le")) <= 2 * CELL_LIMIT
    assert cut.fill.fgColor.rgb != whole.fill.fgColor.rgb


def test_versions_say_where_the_whole_text_is(crawl: Any, archive: Archive, file: Path) -> None:
    crawl.notice(body="长" * 40_000)
    write(archive.all_versions([1]), COLUMNS[Table.VERSIONS], file)
    assert "article_versions (article_id 1, version 1)" in _cells(_sheet(file))["body"].value


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(
    crawl: Any, archive: Archive, file: Path
) -> None:
    for number in range(5):
        crawl.notice(f"http://h/{number}", published=f"2025-07-0{9 - number}")
    columns = COLUMNS[Table.ARTICLES]
    with file.open("w+b") as opened:
        assert write_xlsx(archive.articles(), columns, opened, sheet_rows=3) == 5
    sheets = load_workbook(file).worksheets
    assert [[row[0] for row in sheet.values] for sheet in sheets] == [
        ["id", 1, 2],
        ["id", 3, 4],
        ["id", 5],
    ]
    assert all(sheet.freeze_panes == "A2" for sheet in sheets)


def test_nothing_gives_a_sheet_with_a_header(archive: Archive, file: Path) -> None:
    assert archive.export(file).rows == 0
    assert _sheet(file)["A1"].value == "id"
    assert _sheet(file).max_row == 1
