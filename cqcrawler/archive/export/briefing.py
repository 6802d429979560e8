"""A workbook in Chinese for a meeting: what was asked, projects, sums, stages and sources."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cqcrawler import __version__
from cqcrawler.archive.articles.citation import Citation, cite_all, clock
from cqcrawler.archive.articles.investments import (
    Amount,
    Step,
    Sums,
    amounts_of,
    steps_of,
    sums_by,
)
from cqcrawler.archive.articles.stated import StoredProject, all_projects
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
from cqcrawler.archive.export.words import word
from cqcrawler.archive.search.asked import Search
from cqcrawler.text.clock import BEIJING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_YI = 1e8
_YUAN = "CNY"
_STAGES = ("洽谈", "签约", "开工", "在建", "竣工", "投产")
_CUT = "……〔超出单元格上限〕"
_WIDTHS = {
    **{"text": 14, "body": 60, "date": 11, "month": 9, "money": 14, "number": 9, "link": 40},
    "name": 36,
}
# A column: its heading, and how it looks.
Field = tuple[str, str]
Row = Sequence[Value]

_CAVEATS = (
    "金额、日期、阶段由程序按规则从公告原文读取，未经人工逐条核对；引用前请对照“来源”中的原文。",
    "“承诺”（计划、协议、合同）与“到位”（到位、完成）是同一笔资金在不同时点的说法，不可相加。",
    "金额以亿元人民币计；其他货币单列，不折算，不与人民币合计。",
    "同一报道的转载、同一项目的后续公告在检索结果之内只计一次：承诺计最早的公告，到位计最近的公告。"
    "地区或时期的统计数不计入合计。",
    "一条公告提到几个产业的，金额在每个产业各计一次，所以“按产业”各行不可相加。",
    "做数据透视表请用“投资明细”（每笔一行）；只有按产业时用“产业明细”（每笔每个产业一行）。",
    "“项目”和“按阶段”的投资额是项目总投资，以最早说法为准，与“投资明细”口径不同。",
    "“旧闻”是发布时早已结束的事件；已从网站撤下的公告照样计入，并已注明。",
)


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the workbook is made of. `about` are names and values of the first sheet; all else is
    read when its sheet is written, `amounts` for two of them."""

    about: Sequence[tuple[str, Value]]
    projects: Iterable[StoredProject]
    steps: Iterable[Step]
    amounts: Callable[[], Iterable[Amount]]
    by_region: Iterable[Sums]
    by_industry: Iterable[Sums]
    by_month: Iterable[Sums]
    sources: Iterable[Citation]


def gather(
    db: sqlite3.Connection, search: Search, ids: Sequence[int], title_of: Callable[[str], str]
) -> Briefing:
    """Return the briefing on what a search found, `ids`; `title_of` gives the title of a portal
    by its name."""
    return Briefing(
        about=[*_described(search), ("找到公告（条）", len(ids)), *_origin(db)],
        projects=all_projects(db, ids, largest_first=True),
        steps=steps_of(db, ids),
        amounts=partial(amounts_of, db, ids),
        by_region=sums_by(db, "region", ids),
        by_industry=sums_by(db, "industry", ids),
        by_month=sums_by(db, "month", ids),
        sources=cite_all(db, ids, title_of),
    )


def _described(search: Search) -> Iterator[tuple[str, Value]]:
    terms = search.terms.strip()
    yield "检索词", f"{terms}（含词内字母数字）" if search.substring else terms or "（无）"
    for field in fields(search.filters):
        if value := getattr(search.filters, field.name):
            yield word("filters", field.name) or field.name, value
    yield "排序", word("orders", search.order)


def _origin(db: sqlite3.Connection) -> Iterator[tuple[str, Value]]:
    (last,) = db.execute("SELECT max(ended_at) FROM runs").fetchone()
    yield "最近一次抓取（北京时间）", clock(last) if last else None
    yield "导出时间（北京时间）", f"{datetime.now(BEIJING):%Y-%m-%d %H:%M}"
    (file,) = (row[2] for row in db.execute("PRAGMA database_list") if row[1] == "main")
    yield "数据库", Path(file).name
    yield "程序", f"cqcrawler {__version__}"


def write_briefing(
    briefing: Briefing,
    file: BinaryIO,
    *,
    sheet_rows: int = SHEET_ROWS,
    most_bytes: int | None = None,
) -> int:
    """Write the workbook, and return how many sources it has.

    Raises UsageError once its sheets take more than `most_bytes` on the disk.
    """
    stages: Counter[str] = Counter()
    yuan: defaultdict[str, float] = defaultdict(float)

    def projects() -> Iterator[Row]:
        for project in briefing.projects:
            stages[project.stage or ""] += 1
            if project.unit == _YUAN:
                yuan[project.stage or ""] += project.invested or 0
            yield _project(project)

    with opened(file) as book:
        sheets = _Sheets(book, sheet_rows, most_bytes)
        sheets.add("说明", [("说明", "name"), ("内容", "body")], _explanation(briefing.about))
        sheets.add("项目", _PROJECTS, projects())
        sheets.add("进展", _STEPS, map(_step, briefing.steps))
        sheets.add("投资明细", _AMOUNTS, map(_amount, briefing.amounts()))
        sheets.add("产业明细", _AMOUNTS, _by_each_industry(briefing.amounts()))
        sheets.add("按地区", [*_REGION, *_SUMS], map(_sums, briefing.by_region))
        sheets.add("按产业", [("产业", "name"), *_SUMS], map(_sums, briefing.by_industry))
        sheets.add(
            "按月", [("月份", "month"), ("旧闻", "text"), *_SUMS], map(_monthly, briefing.by_month)
        )
        sheets.add("按阶段", _BY_STAGE, _by_stage(stages, yuan))
        return sheets.add("来源", _SOURCES, map(_source, briefing.sources))


class _Sheets:
    """Tables with headings that stay in view and can be filtered, each on a sheet of its own, or
    on several if one is full."""

    def __init__(self, book: Workbook, rows: int, most_bytes: int | None) -> None:
        self._book, self._rows, self._most_bytes = book, rows, most_bytes
        self._formats: Formats = add_formats(book)

    def add(self, name: str, columns: Sequence[Field], rows: Iterable[Row]) -> int:
        """Write a table, and return the number of rows."""
        sheet, count = self._begin(name, columns), 0
        for count, row in enumerate(rows, start=1):
            number = (count - 1) % (self._rows - 1) + 1
            check_size(self._book, count, self._most_bytes)
            if number == 1 < count:
                sheet = self._begin(f"{name}{(count - 1) // (self._rows - 1) + 1}", columns)
            for position, ((_, look), value) in enumerate(zip(columns, row, strict=True)):
                self._write(sheet, (number, position), look, value)
        return count

    def _begin(self, name: str, columns: Sequence[Field]) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, SHEET_ROWS - 1, len(columns) - 1)
        for position, (title, look) in enumerate(columns):
            sheet.set_column(position, position, _WIDTHS[look])
            sheet.write_string(0, position, title, self._formats["header", False])
        return sheet

    def _write(self, sheet: Worksheet, place: tuple[int, int], look: str, value: Value) -> None:
        if isinstance(value, str):
            if look in ("date", "month"):
                value = as_day(value if look == "date" else f"{value}-01")
            else:
                value = as_xml(fit(value, _CUT))
        plain = look in ("name", "number")
        write_cell(sheet, place, value, "text" if plain else look, self._formats)


def _explanation(about: Iterable[tuple[str, Value]]) -> Iterator[Row]:
    yield from about
    yield from ((f"注意 {number}", text) for number, text in enumerate(_CAVEATS, start=1))


_PROJECTS: list[Field] = [
    *[("项目名称", "name"), ("投资方", "name"), ("地点", "name"), ("开发区", "text")],
    *[
        ("产业", "text"),
        ("投资额（亿元）", "money"),
        ("外币投资额（亿）", "money"),
        ("币种", "text"),
    ],
    *[("口径", "text"), ("阶段", "text"), ("最早日期", "date")],
    *[("最近日期", "date"), ("公告数", "number"), ("首条公告", "name"), ("链接", "link")],
]


def _project(project: StoredProject) -> Row:
    return (
        *(project.name, project.investor, project.place, project.zone, project.industry),
        *_in_yuan(project.unit, project.invested),
        *(_foreign(project.unit), word("bases", project.basis), project.stage),
        *(project.first_at, project.last_at, project.notices, project.title, project.url),
    )


_STEPS: list[Field] = [
    *[("项目名称", "name"), ("投资方", "name"), ("阶段", "text"), ("日期", "date")],
    *[("期次", "text"), ("公告", "name"), ("发布日期", "date"), ("链接", "link")],
]


def _step(step: Step) -> Row:
    return (
        *(step.project, step.investor, step.stage, step.at, step.phase or None),
        *(step.title, step.published, step.url),
    )


_REGION: list[Field] = [("省级", "text"), ("地级", "text"), ("县级", "text"), ("开发区", "text")]
_MONTH: list[Field] = [("月份", "month"), ("旧闻", "text")]
_MONEY: list[Field] = [
    *[("承诺投资（亿元）", "money"), ("到位投资（亿元）", "money")],
    *[("外币承诺（亿）", "money"), ("外币到位（亿）", "money"), ("币种", "text")],
]
_SUMS: list[Field] = [("公告数", "number"), *_MONEY, ("其中已撤下", "number")]
_AMOUNTS: list[Field] = [
    *[("月份", "month"), *_REGION, ("产业", "text"), ("阶段", "text"), *_MONEY],
    *[("口径", "text"), ("范围", "text"), ("项目名称", "name"), ("投资方", "name")],
    *[("旧闻", "text"), ("已撤下", "text"), ("原文金额", "text"), ("公告", "name")],
    *[("发布日期", "date"), ("公告编号", "number"), ("链接", "link")],
]


def _amount(amount: Amount) -> Row:
    """Return the row of an amount, which has but the first of several industries."""
    return (
        *(amount.month, amount.province, amount.city, amount.district, amount.zone),
        *(next(iter(amount.industries), None), amount.stage),
        *_money(amount.unit, amount.promised, amount.realised),
        *(word("bases", amount.basis), word("scopes", amount.scope)),
        *(amount.project, amount.investor, _mark(amount.stale), _mark(amount.withdrawn)),
        *(amount.text, amount.title, amount.published, amount.article_id, amount.url),
    )


def _by_each_industry(amounts: Iterable[Amount]) -> Iterator[Row]:
    for amount in amounts:
        yield _amount(amount)
        for name in amount.industries[1:]:
            yield _amount(replace(amount, industries=(name,)))


def _sums(sums: Sums) -> Row:
    money = _money(sums.unit, sums.promised, sums.realised)
    return (*sums.group, sums.notices, *money, sums.withdrawn)


def _monthly(sums: Sums) -> Row:
    month, stale = sums.group
    _, _, *rest = _sums(sums)
    return (month, _mark(stale), *rest)


_BY_STAGE: list[Field] = [("阶段", "text"), ("项目数", "number"), ("项目投资额（亿元）", "money")]


def _by_stage(stages: Mapping[str, int], yuan: Mapping[str, float]) -> Iterator[Row]:
    for stage in (*_STAGES, ""):
        if stages[stage]:
            yield stage or "（未说明）", stages[stage], yuan[stage] / _YI


_SOURCES: list[Field] = [
    *[("标题", "name"), ("发布日期", "date"), ("来源", "text"), ("门户", "text"), ("地区", "text")],
    *[("版本", "number"), ("已撤下", "text"), ("引文（GB/T 7714）", "body"), ("链接", "link")],
]


def _source(citation: Citation) -> Row:
    return (
        *(citation.title, citation.published, citation.author, citation.publisher),
        *(citation.place or None, citation.version, _mark(citation.withdrawn_at)),
        *(citation.line, citation.url),
    )


def _money(unit: str, promised: float | None, realised: float | None) -> Row:
    """Return what is promised and realised, in yuan or in another currency, and that."""
    yuan, foreign = zip(_in_yuan(unit, promised), _in_yuan(unit, realised), strict=True)
    return (*yuan, *foreign, _foreign(unit))


def _in_yuan(unit: str | None, value: float | None) -> tuple[Value, Value]:
    """Return an amount in hundred millions, in the place for yuan or in that for all others."""
    shown = None if value is None else value / _YI
    return (shown, None) if unit == _YUAN else (None, shown)


def _foreign(unit: str | None) -> str | None:
    return None if unit == _YUAN else unit


def _mark(value: object) -> str | None:
    return "是" if value else None
