"""招商动态: layout tables without a single class, in GB18030 that is declared as gb2312."""

from __future__ import annotations

from html import escape

from cqcrawler.demo.draw import draw, shuffled
from cqcrawler.demo.markup import lines, link, neighbour
from cqcrawler.demo.notice import Notice
from cqcrawler.demo.resources import template
from cqcrawler.demo.section import Detail, Row, Section, Sheet
from cqcrawler.models import SectionKind

_INDENT = "&nbsp;&nbsp;&nbsp;&nbsp;"
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def _notice_path(notice: Notice) -> str:
    return f"/news/show.asp?cid=3&id={2000 + notice.number}"


def _page_path(number: int) -> str:
    return "/news/list.asp?cid=3" if number == 1 else f"/news/list.asp?cid=3&page={number}"


def _detail(page: Detail) -> str:
    return template("tables_detail").substitute(
        title=escape(page.notice.title),
        related=lines(map(_related, page.related)),
        labels=_labels(page),
        body=_body(page),
        neighbours=(f"上一条：{neighbour(page.previous)}<BR>下一条：{neighbour(page.following)}"),
    )


def _labels(page: Detail) -> str:
    """All labels in one line, or a table with the labels above their values."""
    labelled = {"发布日期": _day(page.notice), "来源": page.notice.source}
    if page.region:
        labelled = {"所属地区": page.region, **labelled}
    if draw(0, 3, page.notice.number, "labels") == 0:
        labelled["阅读数"] = str(draw(10, 5000, page.notice.number, "hits"))
        head = "".join(f"<TD><B>{label}</B></TD>" for label in labelled)
        values = "".join(f"<TD>{value}</TD>" for value in labelled.values())
        return f"<TABLE border=1 align=center><TR>{head}</TR><TR>{values}</TR></TABLE>"
    parts = [f"{label}：{value}" for label, value in labelled.items()]
    return "&nbsp;&nbsp;".join(shuffled(parts, page.notice.number, "order"))


def _day(notice: Notice) -> str:
    day = notice.published
    forms = (
        f"{day.year}-{day.month}-{day.day}",
        f"{day:%Y/%m/%d} 9:05:00",
        f"{day.year}年{day.month}月{day.day}日".translate(_WIDE_DIGITS),
    )
    return forms[draw(0, 2, notice.number, "day")]


def _body(page: Detail) -> str:
    """A row for each paragraph; or one cell, with <P> before or between paragraphs."""
    texts = [_INDENT + escape(text) for text in page.paragraphs]
    match draw(0, 2, page.notice.number, "body"):
        case 0:
            return lines(f"<TR><TD><FONT size=3>{text}</FONT></TD></TR>" for text in texts)
        case 1:
            return f"<TR><TD><FONT size=3><P>{'<P>'.join(texts)}</FONT></TD></TR>"
        case _:
            return f"<TR><TD>{'<P>'.join(texts)}</TD></TR>"


def _related(row: Row) -> str:
    return f"<TR><TD>·{_link(row)}<BR><FONT color=#999999>{row.published}</FONT></TD></TR>"


def _link(row: Row) -> str:
    """Long titles are cut, and stand in full in the title attribute."""
    shown = row.title if len(row.title) <= 24 else row.title[:22] + "…"
    return link(row.path, shown, f' title="{escape(row.title)}" target=_blank')


def _sheet(sheet: Sheet) -> str:
    rows = (
        f"<TR><TD width=20>·</TD><TD>{_link(row)}</TD>"
        f"<TD align=right>[{row.published:%m-%d}]</TD></TR>"
        for row in sheet.rows
    )
    numbers = range(1, sheet.pages + 1)
    return template("tables_list").substitute(
        rows=lines(rows),
        pager="&nbsp;".join(
            f"<B>{n}</B>" if n == sheet.number else link(f"list.asp?page={n}&cid=3", f"[{n}]")
            for n in numbers
        ),
        options="".join(f"<OPTION value='list.asp?cid=3&page={n}'>{n}</OPTION>" for n in numbers),
    )


SECTION = Section(
    name="tables",
    title="招商动态",
    kind=SectionKind.NEWS,
    kinds=("考察",),
    page_size=12,
    notice_path=_notice_path,
    page_path=_page_path,
    print_detail=_detail,
    print_sheet=_sheet,
    encoding="gb18030",
    content_type="text/html",
)
