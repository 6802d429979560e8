"""产业园区: title, labels, body and links in one table cell, parted by <br> alone."""

from __future__ import annotations

from html import escape

from cqcrawler.demo.draw import draw
from cqcrawler.demo.markup import chinese_date, lines, link, neighbour
from cqcrawler.demo.notice import Notice
from cqcrawler.demo.resources import template
from cqcrawler.demo.section import Detail, Row, Section, Sheet
from cqcrawler.models import SectionKind


def _notice_path(notice: Notice) -> str:
    day = notice.published
    return f"/art/{day.year}/{day.month}/{day.day}/art_12_{notice.number}.html"


def _page_path(number: int) -> str:
    return "/park/" if number == 1 else f"/park/?page={number}"


def _wide(notice: Notice) -> bool:
    return draw(0, 1, notice.number, "wide") == 1


def _region(notice: Notice) -> str:
    return ("－" if _wide(notice) else "-").join(notice.levels)


def _detail(page: Detail) -> str:
    return template("breaks_detail").substitute(
        title=escape(page.notice.title),
        title_tag=_title_tag(page.notice),
        labels=_labels(page),
        body=_body(page),
        neighbours=(
            f"上一篇：{neighbour(page.previous)}<br />\n下一篇：{neighbour(page.following)}"
        ),
        related=_related(page),
    )


def _title_tag(notice: Notice) -> str:
    """Half of the pages carry the name of the section alone."""
    own = f"{escape(notice.title)} - " if draw(0, 1, notice.number, "title tag") else ""
    return f"{own}产业园区 - 川江招商信息网"


def _labels(page: Detail) -> str:
    day = page.notice.published
    if _wide(page.notice):
        region = f"所属地区：{page.region}　" if page.region else ""
        return f"{region}发布日期：{day.year}.{day.month:02}.{day.day:02}"
    region = f"所属地区:{page.region} " if page.region else ""
    return f"{region}发布日期:{chinese_date(day)}"


def _body(page: Detail) -> str:
    between = "<br /><br />\n" if draw(0, 1, page.notice.number, "breaks") else "<br>\n"
    return between.join(f"　　{escape(text)}" for text in page.paragraphs) + "<br />"


def _related(page: Detail) -> str:
    """Titles with dates, on every other page with the beginnings of the texts as well."""
    told = draw(0, 1, page.notice.number, "summaries")
    return lines(
        f"{link(row.path, row.title)} ({row.published})<br />"
        + (f"{escape(row.summary)}...<br />" if told else "")
        for row in page.related
    )


def _sheet(sheet: Sheet) -> str:
    return template("breaks_list").substitute(
        rows=lines(map(_row, sheet.rows)),
        pager=_pager(sheet),
    )


def _row(row: Row) -> str:
    return (
        f"<tr><td><b>{link(row.path, row.title)}</b> {row.published:%Y.%m.%d}<br />"
        f"{escape(row.summary)}… {link(row.path, '[详细]')}</td></tr>"
    )


def _pager(sheet: Sheet) -> str:
    numbers = [
        str(n) if n == sheet.number else link(f"?page={n}", str(n))
        for n in range(1, sheet.pages + 1)
    ]
    further = [link(f"?page={sheet.number + 1}", "»")] if sheet.number < sheet.pages else []
    return " ".join(numbers + further)


SECTION = Section(
    name="breaks",
    title="产业园区",
    kind=SectionKind.PARK,
    kinds=("园区",),
    page_size=8,
    notice_path=_notice_path,
    page_path=_page_path,
    print_detail=_detail,
    print_sheet=_sheet,
    region=_region,
    content_type="text/html; charset=ISO-8859-1",
    prints_source=False,
)
