"""招商推介: a page for telephones: nested sections, a date without label, labels at the side."""

from __future__ import annotations

from html import escape

from cqcrawler.demo.draw import draw, pick
from cqcrawler.demo.markup import chinese_date, lines, link, suffix
from cqcrawler.demo.notice import Notice
from cqcrawler.demo.resources import template
from cqcrawler.demo.section import Detail, Row, Section, Sheet
from cqcrawler.models import SectionKind


def _notice_path(notice: Notice) -> str:
    return f"/h5/article/{draw(16**7, 16**8 - 1, notice.number, 'path'):x}"


def _page_path(number: int) -> str:
    return "/h5/list" if number == 1 else f"/h5/list?pageNo={number}"


def _region(notice: Notice) -> str:
    return "·".join(notice.levels)


def _detail(page: Detail) -> str:
    notice = page.notice
    published = template("cards_detail").substitute(
        title=escape(notice.title),
        published=_day(notice),
        source=notice.source,
        hits=draw(100, 9000, notice.number, "hits"),
        body=lines(_paragraph(text, notice) for text in page.paragraphs),
        region=page.region,
        industry=notice.industry,
        number=notice.number,
        files=_files(notice),
        related=lines(map(_card, page.related[:6])),
    )
    return published if page.region else published.replace(_EMPTY_REGION, "")


_EMPTY_REGION = "<tr><th>所属地区</th><td></td></tr>"


def _day(notice: Notice) -> str:
    day = notice.published
    return pick([f"{day} 08:40", chinese_date(day)], notice.number, "day")


def _paragraph(text: str, notice: Notice) -> str:
    shape = pick(
        [
            "<section><section><p>{}</p></section></section>",
            '<p style="margin:0"><br></p><p><span style="color:#333">{}</span></p>',
            "<section><h3>{}</h3></section>",
        ],
        notice.number,
        text,
    )
    return shape.format(escape(text))


def _files(notice: Notice) -> str:
    items = "".join(
        f"<p>{link(f'/files/{notice.number}-{i}{suffix(name)}', name)}</p>"
        for i, name in enumerate(notice.attachments)
    )
    return f'<section class="sd-d"><h4>资料下载</h4>{items}</section>' if items else ""


def _card(row: Row) -> str:
    return (
        f'<a class="cd" href="{row.path}"><img data-src="/static/c.png" src="data:image/gif;base64,'
        f'R0lGODlhAQABAAAAACw="><h5>{escape(row.title)}</h5><p>{escape(row.summary)}</p>'
        f"<small>{row.published}</small></a>"
    )


def _sheet(sheet: Sheet) -> str:
    numbers = (
        f'<i class="on">{n}</i>' if n == sheet.number else link(f"/h5/list?pageNo={n}", str(n))
        for n in range(1, sheet.pages + 1)
    )
    return template("cards_list").substitute(
        rows=lines(map(_card, sheet.rows)), pager="".join(numbers)
    )


SECTION = Section(
    name="cards",
    title="招商推介",
    kind=SectionKind.NEWS,
    kinds=("招商推介",),
    page_size=10,
    notice_path=_notice_path,
    page_path=_page_path,
    print_detail=_detail,
    print_sheet=_sheet,
    region=_region,
)
