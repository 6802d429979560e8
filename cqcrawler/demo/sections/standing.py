"""What the portal keeps without dates: land, buildings, procedures, companies, services.

One system prints them all, and each section tells in a way of its own which one it is: by a label,
a meta tag, the path to the page, over its rows alone, or only by its folder.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import NamedTuple

from cqcrawler.demo.markup import lines, link, neighbour
from cqcrawler.demo.notice import Notice
from cqcrawler.demo.resources import template
from cqcrawler.demo.section import Detail, Row, Section, Sheet
from cqcrawler.models import SectionKind

_META = '<meta name="ColumnName" content="厂房租赁">\n'
_PATH = '<p>您的位置：<a href="/">首页</a> &gt; 投资指南 &gt; 投资流程 &gt; 正文</p>\n'


class _Stated(NamedTuple):
    """How the pages of a section tell which one it is."""

    head: str = ""
    path: str = ""
    label: str = ""


def _detail(page: Detail, stated: _Stated) -> str:
    notice = page.notice
    labels = {"所属栏目": stated.label, "所属地区": page.region, "来源": notice.source}
    return template("standing_detail").substitute(
        title=escape(notice.title),
        head=stated.head,
        path=stated.path,
        labels=" ".join(f"{name}：{value}" for name, value in labels.items() if value),
        body=lines(f"<p>{escape(text)}</p>" for text in page.paragraphs),
        previous=neighbour(page.previous),
        following=neighbour(page.following),
    )


_NOTHING = _Stated()


def _row(row: Row) -> str:
    return f"<li>{link(row.path, row.title)}</li>"


def _sheet(sheet: Sheet, heading: str, page_path: Callable[[int], str]) -> str:
    numbers = range(1, sheet.pages + 1)
    return template("standing_list").substitute(
        heading=heading,
        rows=lines(map(_row, sheet.rows)),
        pager=" ".join(
            f"<b>{n}</b>" if n == sheet.number else link(page_path(n), f"[{n}]") for n in numbers
        ),
        total=sheet.total,
    )


def _notice_path(folder: str, notice: Notice) -> str:
    return f"/{folder}/{notice.number}.html"


def _page_path(folder: str, number: int) -> str:
    return f"/{folder}/" if number == 1 else f"/{folder}/list_{number}.html"


def _section(
    folder: str,
    title: str,
    kind: SectionKind,
    event: str,
    stated: _Stated = _NOTHING,
    heading: str = "",
) -> Section:
    """A section in its folder; `heading` is what stands over its rows if not its title."""
    page_path = partial(_page_path, folder)
    return Section(
        name=folder,
        title=title,
        kind=kind,
        kinds=(event,),
        page_size=5,
        notice_path=partial(_notice_path, folder),
        page_path=page_path,
        print_detail=partial(_detail, stated=stated),
        print_sheet=partial(_sheet, heading=heading or title, page_path=page_path),
        prints_date=False,
        is_named=not heading,
    )


LAND = _section("crxx", "土地招拍挂", SectionKind.LAND, "土地", _Stated(label="土地招拍挂"))
SPACE = _section("wyxx", "厂房租赁", SectionKind.SPACE, "厂房", _Stated(head=_META))
FLOW = _section("zn", "投资流程", SectionKind.FLOW, "流程", _Stated(path=_PATH))
COMPANY = _section("ml", "企业名录", SectionKind.COMPANY, "企业")
SERVICE = _section("fuwu", "企业服务", SectionKind.SERVICE, "服务", heading="全部内容")
