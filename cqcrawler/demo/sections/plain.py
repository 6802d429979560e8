"""会展活动: pages typed by hand, everything straight in the body, no encoding declared at all."""

from __future__ import annotations

from html import escape

from cqcrawler.demo.draw import draw
from cqcrawler.demo.markup import chinese_date, lines, link, neighbour
from cqcrawler.demo.notice import Notice
from cqcrawler.demo.resources import template
from cqcrawler.demo.section import Detail, Row, Section, Sheet
from cqcrawler.models import SectionKind


def _notice_path(notice: Notice) -> str:
    return f"/exhibit/{notice.published.year}/{notice.number}.htm"


def _page_path(number: int) -> str:
    return f"/exhibit/{number}.htm"


def _detail(page: Detail) -> str:
    return template("plain_detail").substitute(
        title=escape(page.notice.title),
        labels=_labels(page),
        body=_body(page),
        neighbours=(
            f"<p>上一篇：{neighbour(page.previous)}</p>\n<p>下一篇：{neighbour(page.following)}</p>"
        ),
        related=lines(map(_related, page.related)),
    )


def _labels(page: Detail) -> str:
    """Label and value in two elements of a list item, or in two lines."""
    labelled = {"发布日期": chinese_date(page.notice.published)}
    if page.region:
        labelled = {"所属地区": page.region, **labelled}
    if draw(0, 1, page.notice.number, "labels"):
        items = (f"<li><i>{label}</i><em>{value}</em></li>" for label, value in labelled.items())
        return f"<ul>{''.join(items)}</ul>"
    return lines(f"<p><b>{label}</b>：{value}</p>" for label, value in labelled.items())


def _body(page: Detail) -> str:
    shapes = ("<p>　　{}</p>", "<blockquote>{}</blockquote>", "<h4>{}</h4>", "<div>　　{}</div>")
    shape = shapes[draw(0, len(shapes) - 1, page.notice.number, "shape")]
    return lines(shape.format(escape(text)) for text in page.paragraphs)


def _related(row: Row) -> str:
    return (
        f"<p>{link(row.path, row.title)}</p><p>{escape(row.summary)}...</p><p>{row.published}</p>"
    )


def _sheet(sheet: Sheet) -> str:
    rows = (f"<p>{row.published} {link(row.path, row.title)}</p>" for row in sheet.rows)
    pager = (
        f"[{n}]" if n == sheet.number else link(f"{n}.htm", f"[{n}]")
        for n in range(1, sheet.pages + 1)
    )
    return template("plain_list").substitute(rows=lines(rows), pager=" ".join(pager))


SECTION = Section(
    name="plain",
    title="会展活动",
    kind=SectionKind.NEWS,
    kinds=("闭幕",),
    page_size=10,
    notice_path=_notice_path,
    page_path=_page_path,
    print_detail=_detail,
    print_sheet=_sheet,
    content_type="text/html",
    prints_source=False,
)
