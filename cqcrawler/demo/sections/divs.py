"""招商项目: divs with meaningless class names, as the 010b family prints its pages."""

from __future__ import annotations

from html import escape

from cqcrawler.demo.draw import draw
from cqcrawler.demo.markup import chinese_date, lines, link, neighbour
from cqcrawler.demo.notice import Notice
from cqcrawler.demo.resources import template
from cqcrawler.demo.section import Detail, Row, Section, Sheet
from cqcrawler.models import SectionKind


def _notice_path(notice: Notice) -> str:
    return f"/info/detail/{150000 + notice.number * 7}.html"


def _page_path(number: int) -> str:
    return "/info/list/" if number == 1 else f"/info/list/p{number}.html"


def _detail(page: Detail) -> str:
    notice = page.notice
    return template("divs_detail").substitute(
        title=escape(notice.title),
        summary=escape(notice.paragraphs[0][:80]),
        section_line=_section_line(notice),
        tags=_tags(notice),
        labels=_labels(page),
        body=_body(page),
        previous=f"<p>上一篇:{neighbour(page.previous)}</p>",
        following=f"<p>下一篇:{neighbour(page.following)}</p>",
        twin=_twin(page),
        related=lines(map(_related, page.related)),
    )


def _section_line(notice: Notice) -> str:
    shown = draw(0, 1, notice.number, "section line")
    return f'<div class="q2">{notice.section_line}</div>' if shown else ""


def _tags(notice: Notice) -> str:
    if notice.number % 16 == 0:
        return f'<div class="q3"><span>{"</span><span>".join(notice.tags)}</span></div>'
    return lines(f'<div class="q4">{tag}</div>' for tag in notice.tags)


def _labels(page: Detail) -> str:
    region = f"所属地区:{page.region}" if page.region else ""
    published = f"发布日期:{chinese_date(page.notice.published)}"
    match draw(0, 2, page.notice.number, "labels"):
        case 0:
            return f'<div class="q5">{region}</div>\n<div class="q6">{published}</div>'
        case 1:
            return f'<div class="q5">{region} {published}</div>'
        case _:
            return f'<div class="q7"><span>{region}</span>&emsp;<span>{published}</span></div>'


def _body(page: Detail) -> str:
    if draw(0, 1, page.notice.number, "body"):
        return lines(f"<p>&emsp;&emsp;{escape(text)}</p><p>&nbsp;</p>" for text in page.paragraphs)
    return lines(f"<div>{escape(text)}</div>" for text in page.paragraphs)


def _twin(page: Detail) -> str:
    """A copy for telephones that no browser on a desk shows."""
    if draw(0, 1, page.notice.number, "twin"):
        return ""
    body = lines(f"<p>{escape(text)}</p>" for text in page.notice.paragraphs)
    return (
        f'<div class="r1" style="display: none;"><div class="r2">{escape(page.notice.headline)}'
        f"</div><p>发布日期:2016-01-01</p>{body}</div>"
    )


def _related(row: Row) -> str:
    return (
        f'<div class="r3"><div class="r4">{link(row.path, row.title)}</div>'
        f'<div class="r5">{row.published}</div></div>'
    )


def _sheet(sheet: Sheet) -> str:
    rows = (
        f'<div class="p3"><div class="p4">{link(row.path, row.title)}</div>'
        f'<div class="p5">{row.published}</div></div>'
        for row in sheet.rows
    )
    return template("divs_list").substitute(
        rows=lines(rows),
        pager=_pager(sheet),
        page=sheet.number,
        pages=sheet.pages,
        total=sheet.total,
    )


def _pager(sheet: Sheet) -> str:
    """首页 上一页 下一页 尾页; the last page's 下一页 leads to itself."""
    targets = {
        "首页": 1,
        "上一页": max(1, sheet.number - 1),
        "下一页": min(sheet.pages, sheet.number + 1),
        "尾页": sheet.pages,
    }
    return "".join(link(_page_path(number), text) for text, number in targets.items())


SECTION = Section(
    name="divs",
    title="招商项目",
    kind=SectionKind.NEWS,
    kinds=("签约", "开工"),
    page_size=15,
    notice_path=_notice_path,
    page_path=_page_path,
    print_detail=_detail,
    print_sheet=_sheet,
    prints_source=False,
    prints_tags=True,
)
