"""招商政策: a government template with meta tags, an index table and TRS editor markup."""

from __future__ import annotations

from datetime import timedelta
from html import escape

from cqcrawler.demo.draw import draw
from cqcrawler.demo.markup import lines, link, suffix
from cqcrawler.demo.notice import Notice
from cqcrawler.demo.resources import template
from cqcrawler.demo.section import Detail, Row, Section, Sheet
from cqcrawler.models import SectionKind


def _notice_path(notice: Notice) -> str:
    return f"/zcwj/{notice.published:%Y%m}/t{notice.published:%Y%m%d}_{notice.number}.html"


def _page_path(number: int) -> str:
    return "/zcwj/" if number == 1 else f"/zcwj/index_{number - 1}.html"


def _detail(page: Detail) -> str:
    notice = page.notice
    return template("official_detail").substitute(
        title=escape(notice.title),
        headline=escape(notice.headline),
        number=f"{notice.number:04}",
        source=notice.source,
        region=page.region,
        pub_date=_pub_date(notice),
        written=f"{notice.event:%Y-%m-%d}",
        published=f"{notice.published:%Y-%m-%d} 10:21",
        hits=draw(20, 3000, notice.number, "hits"),
        editors=_editors(page),
        files=_files(notice),
        related=lines(map(_row, page.related)),
    )


def _pub_date(notice: Notice) -> str:
    """The meta tag is three days late on one page in four, as on real sites."""
    late = timedelta(days=3 if draw(0, 3, notice.number, "late") == 0 else 0)
    return f"{notice.published + late:%Y-%m-%d} 10:21"


def _editors(page: Detail) -> str:
    """The editor's box; a body that is there twice has two of them."""
    half, odd = divmod(len(page.paragraphs), 2)
    if not odd and page.paragraphs[:half] == page.paragraphs[half:]:
        return _editor(page.paragraphs[:half]) + "\n" + _editor(page.paragraphs[half:])
    return _editor(page.paragraphs)


def _editor(paragraphs: tuple[str, ...]) -> str:
    body = lines(
        f'<p style="text-indent:2em;"><span style="font-family:宋体">{escape(text)}'
        "<o:p></o:p></span></p>"
        for text in paragraphs
    )
    style = '<style type="text/css">.TRS_Editor P{margin-top:1em;line-height:1.5}</style>'
    return f'<div class="TRS_Editor">{style}<div class="Custom_UnionStyle">\n{body}\n</div></div>'


def _files(notice: Notice) -> str:
    if not notice.attachments:
        return ""
    stem = f"./P0{notice.published:%Y%m%d}{notice.number:04}"
    items = lines(
        f"<li>{link(f'{stem}{i}{suffix(name)}', name)}</li>"
        for i, name in enumerate(notice.attachments)
    )
    return f"<p>附件下载：</p><ul>{items}</ul>"


def _row(row: Row) -> str:
    return f"<li>{link(row.path, row.title)}<span>{row.published}</span></li>"


def _sheet(sheet: Sheet) -> str:
    return template("official_list").substitute(
        rows=lines(map(_row, sheet.rows)), pages=sheet.pages, index=sheet.number - 1
    )


SECTION = Section(
    name="official",
    title="招商政策",
    kind=SectionKind.POLICY,
    kinds=("政策",),
    page_size=10,
    notice_path=_notice_path,
    page_path=_page_path,
    print_detail=_detail,
    print_sheet=_sheet,
)
