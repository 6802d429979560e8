"""The workbook for a meeting, as openpyxl and LibreOffice read it, against the views."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cqcrawler.archive import Archive, Filters, Order, Search
from cqcrawler.archive.export import briefing, write_briefing
from cqcrawler.exceptions import UsageError
from cqcrawler.models import Place

SOFFICE = shutil.which("soffice")
WANZAI = Place("360922", "江西省", "宜春市", "万载县")
YUBEI = Place("500112", "重庆市", district="渝北区")
SIGNED = (
    "总投资18亿元 光学玻璃项目签约",
    "2024年5月6日，万载县与晶海光学股份有限公司签订投资协议，光学玻璃项目落户万载县。"
    "项目总投资18亿元，用地260亩，分两期建设，其中一期投资8亿元。",
)
PRODUCING = (
    "晶海光学玻璃基地投产",
    "2025年12月20日，万载县晶海光学玻璃基地首批产品下线，总投资18亿元的项目正式投产，走进车间，"
    "自动化设备有序运转。",
)
FOREIGN = (
    "外资锂电池项目签约渝北",
    "2025年3月1日，新能科技有限公司与渝北区签约，新型储能锂电池和动力电池项目总投资5亿美元。",
)
REALISED = (
    "生物医药冷链物流园在渝北建设",
    "2025年4月1日，渝北区生物医药冷链物流园项目加快建设，截至目前已完成投资3亿元。",
)
HOSTILE = '=HYPERLINK("http://evil/","x")'


@pytest.fixture
def held(crawl: Any, archive: Archive) -> Archive:
    def save(number: int, notice: tuple[str, str], published: str, place: Place) -> None:
        crawl.notice(f"http://h/{number}", *notice, published=published, place=place)

    save(1, SIGNED, "2024-05-07", WANZAI)
    save(2, PRODUCING, "2025-12-21", WANZAI)
    save(3, FOREIGN, "2025-03-02", YUBEI)
    save(4, REALISED, "2025-04-02", YUBEI)
    save(5, SIGNED, "2024-05-08", WANZAI)
    crawl.notice(
        "javascript:alert(1)", HOSTILE, f"{SIGNED[1]}", source="+1", published="2026-01-01"
    )
    crawl.withdraw("http://h/4")
    crawl.archive.index_all()
    return archive


def _write(archive: Archive, path: Path, search: Search | None = None) -> Path:
    search = search or Search()
    write_briefing(archive.briefing(search, archive.found(search), lambda name: "重庆招商网"), path)
    return path


def _tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    book = load_workbook(path)
    tables = {}
    for sheet in book.worksheets:
        headings, *rows = sheet.values
        tables[sheet.title] = [dict(zip(headings, row, strict=True)) for row in rows]
    return tables


def _views(archive: Archive, name: str) -> list[tuple[Any, ...]]:
    return archive._db.execute(f"SELECT * FROM investment_by_{name}").fetchall()


def _sums(rows: list[dict[str, Any]], *names: str) -> dict[tuple[Any, ...], tuple[float, float]]:
    """Promised and realised amounts by group and currency, as a pivot table has them."""
    sums: dict[Any, list[float]] = defaultdict(lambda: [0, 0])
    for row in rows:
        unit = row["币种"] or "CNY"
        group = sums[(*(row[name] for name in names), unit)]
        for at, what in enumerate(("承诺", "到位")):
            heading = f"{what}投资（亿元）" if unit == "CNY" else f"外币{what}（亿）"
            group[at] += row[heading] or 0
            assert not row[f"外币{what}（亿）" if unit == "CNY" else f"{what}投资（亿元）"]
    return {key: (round(a, 6), round(b, 6)) for key, (a, b) in sums.items()}


def _expected(rows: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], tuple[float, float]]:
    return {
        tuple(row[:-4]): (round((row[-3] or 0) / 1e8, 6), round((row[-2] or 0) / 1e8, 6))
        for row in rows
    }


def test_sums_are_those_of_the_views(held: Archive, tmp_path: Path) -> None:
    tables = _tables(_write(held, tmp_path / "a.xlsx"))
    place = ("省级", "地级", "县级", "开发区")
    regions = _expected(_views(held, "region"))
    assert _sums(tables["按地区"], *place) == regions
    assert {unit for *_, unit in regions} == {"CNY", "USD"}
    assert sum(promised for promised, _ in regions.values()) == 18 + 5  # once, however often told
    industries = _expected(_views(held, "industry"))
    assert _sums(tables["按产业"], "产业") == industries
    months = {
        (datetime.fromisoformat(f"{month}-01"), "是" if stale else None, unit): sums
        for (month, stale, unit), sums in _expected(_views(held, "month")).items()
    }
    assert _sums(tables["按月"], "月份", "旧闻") == months
    # What Excel makes of one row an amount is the same.
    assert _sums(tables["投资明细"], *place) == regions
    assert _sums(tables["投资明细"], "月份", "旧闻") == months
    assert _sums(tables["产业明细"], "产业") == industries


def test_a_search_narrows_all_of_it(held: Archive, tmp_path: Path) -> None:
    search = Search("渝北", Filters(since="2025-03", until="2025"), Order.AMOUNT, substring=True)
    tables = _tables(_write(held, tmp_path / "a.xlsx", search))
    assert [row["发布日期"] for row in tables["来源"]] == [
        datetime(2025, 4, 2),
        datetime(2025, 3, 2),
    ]
    sums = _sums(tables["投资明细"], "县级")
    assert sums == _sums(tables["按地区"], "县级")
    assert sums == {("渝北区", "USD"): (5, 0), ("渝北区", "CNY"): (0, 3)}
    assert {row["地点"] for row in tables["项目"]} == {"重庆市渝北区"}
    told = {row["说明"]: row["内容"] for row in tables["说明"]}
    assert told["检索词"] == "渝北（含词内字母数字）"
    assert (told["发布不早于"], told["发布不晚于"]) == ("2025-03", "2025")
    assert (told["排序"], told["找到公告（条）"]) == ("投资额（大的在前）", 2)
    assert (told["数据库"], told["程序"][:10]) == ("archive.db", "cqcrawler ")
    assert "不可相加" in told["注意 2"]


def test_projects_and_how_far_they_are(held: Archive, tmp_path: Path) -> None:
    tables = _tables(_write(held, tmp_path / "a.xlsx", Search("光学玻璃")))
    project, *others = tables["项目"]
    assert others == []
    assert project["投资方"] == "晶海光学股份有限公司"
    assert (project["地点"], project["投资额（亿元）"]) == ("江西省宜春市万载县", 18)
    assert (project["口径"], project["阶段"], project["币种"]) == ("计划", "投产", None)
    assert (project["最早日期"], project["最近日期"]) == (
        datetime(2024, 5, 6),
        datetime(2025, 12, 20),
    )
    steps = [(row["阶段"], row["日期"]) for row in tables["进展"]]
    assert steps[0] == ("签约", datetime(2024, 5, 6))
    assert steps[-1] == ("投产", datetime(2025, 12, 20))
    assert [tuple(row.values()) for row in tables["按阶段"]] == [("投产", 1, 18)]
    assert len(tables["来源"]) == len(steps) == project["公告数"]
    assert all(row["引文（GB/T 7714）"].startswith(row["来源"]) for row in tables["来源"])


def test_how_cells_look(held: Archive, tmp_path: Path) -> None:
    book = load_workbook(_write(held, tmp_path / "a.xlsx"))
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref is not None
    amounts = book["投资明细"]
    looks = {
        (str(heading.value), cell.number_format)
        for row in amounts.iter_rows(min_row=2)
        for heading, cell in zip(amounts[1], row, strict=True)
        if cell.value is not None
    }
    assert {look for name, look in looks if "亿" in name} == {"#,##0.00"}
    assert {("月份", "yyyy-mm"), ("发布日期", "yyyy-mm-dd")} <= looks


def test_no_cell_runs_and_links_lead_to_the_web_only(held: Archive, tmp_path: Path) -> None:
    path = _write(held, tmp_path / "a.xlsx")
    targets: list[str] = []
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/"):
                text = parts.read(name).decode()
                assert "<f>" not in text
                targets += re.findall(r'Target="([^"]*)"', text)
    assert len(targets) > 5
    assert {target.partition("h/")[0] for target in targets} == {"http://"}
    sheet = load_workbook(path)["来源"]
    title, link = sheet["A2"], sheet.cell(2, sheet.max_column)
    assert (title.value, title.data_type, title.quotePrefix) == (HOSTILE, "s", True)
    assert (link.value, link.hyperlink) == ("javascript:alert(1)", None)
    assert sheet.cell(3, sheet.max_column).hyperlink.target == "http://h/2"


def test_nothing_found_gives_headings(archive: Archive, tmp_path: Path) -> None:
    tables = _tables(_write(archive, tmp_path / "a.xlsx"))
    assert {name for name, rows in tables.items() if rows} == {"说明"}
    with pytest.raises(UsageError, match=r"end 'a\.csv' in \.xlsx"):
        _write(archive, tmp_path / "a.csv")


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(held: Archive, tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("w+b") as file:
        made = held.briefing(Search(), held.found(), str)
        assert briefing.write_briefing(made, file, sheet_rows=4) == 6
    tables = _tables(tmp_path / "a.xlsx")
    assert (len(tables["来源"]), len(tables["来源2"])) == (3, 3)


@pytest.mark.skipif(not SOFFICE, reason="there is no soffice: apt install libreoffice-calc-nogui")
def test_libreoffice_reads_it(held: Archive, tmp_path: Path) -> None:
    path = _write(held, tmp_path / "a.xlsx")
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [
            *(str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", every_sheet, "--outdir", str(tmp_path), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    tables = _tables(path)
    for name, rows in tables.items():
        read = list(_read_csv(tmp_path / f"a-{name}.csv"))
        assert len(read) == len(rows), name
    amounts = list(_read_csv(tmp_path / "a-投资明细.csv"))
    assert sum(float(row["承诺投资（亿元）"] or 0) for row in amounts) == 18
    assert next(_read_csv(tmp_path / "a-来源.csv"))["标题"] == HOSTILE


def _read_csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
