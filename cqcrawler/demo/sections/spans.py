"""企业资讯: text cut up into spans in nested divs, and false labels in scripts and templates."""

from __future__ import annotations

from html import escape

from cqcrawler.demo.draw import draw, pick
from cqcrawler.demo.markup import cut_up, lines, link, neighbour
from cqcrawler.demo.notice import Notice
from cqcrawler.demo.resources import material, template
from cqcrawler.demo.section import Detail, Row, Section, Sheet
from cqcrawler.models import SectionKind


def _notice_path(notice: Notice) -> str:
    return f"/company/{notice.published:%Y-%m}/content_{notice.number}.htm"


def _page_path(number: int) -> str:
    return "/company/index.html" if number == 1 else f"/company/index_{number}.html"


def _detail(page: Detail) -> str:
    notice = page.notice
    return template("spans_detail").substitute(
        title=escape(notice.title),
        heading=_spans(cut_up(notice.title, "title")),
        labels=_labels(page),
        body=lines(_paragraph(text, notice) for text in page.paragraphs),
        editor=pick(material("common")["contacts"], notice.number, "editor"),
        twin=_twin(page),
        previous=neighbour(page.previous),
        following=neighbour(page.following),
        related=_related(page),
    )


def _spans(pieces: list[str]) -> str:
    return "".join(f"<span>{escape(piece)}</span>" for piece in pieces)


def _paragraph(text: str, notice: Notice) -> str:
    return f"<div><div>{_spans(cut_up(text, notice.number))}</div></div>"


def _labels(page: Detail) -> str:
    """A definition list, spans side by side, or labels that are cut up themselves."""
    forms = (_defined, _side_by_side, _cut_up)
    return forms[draw(0, 2, page.notice.number, "labels")](page)


def _region(page: Detail) -> str:
    return _spans(cut_up(page.region, "region"))


def _defined(page: Detail) -> str:
    stated = f"<dt>所属地区</dt><dd>{_region(page)}</dd>" if page.region else ""
    published = f"<dt>发布时间</dt><dd>{page.notice.published} 09:30</dd>"
    return f"<dl>{stated}{published}<dt>来源</dt><dd>{page.notice.source}</dd></dl>"


def _side_by_side(page: Detail) -> str:
    day = page.notice.published
    stated = f"<div><span>所属地区</span>{_region(page)}</div>" if page.region else ""
    return (
        f"<div><div><span>来源</span><span>{page.notice.source}</span></div>{stated}"
        f"<div><span>发布日期</span><span>{day.year}年{day.month}月{day.day}日</span></div></div>"
    )


def _cut_up(page: Detail) -> str:
    day = page.notice.published
    stated = f"<span>所属</span><span>地区</span>：{_region(page)}&emsp;" if page.region else ""
    return (
        f"<div>{stated}<span>发布</span><span>日期：</span><span>{day.year}</span>-"
        f"<span>{day:%m}</span>-<span>{day:%d}</span>&emsp;"
        f"<span>来源：{page.notice.source}</span></div>"
    )


def _twin(page: Detail) -> str:
    """A copy for the printer, hidden by the style sheet or by an attribute."""
    hidden = pick(['class="zz-print"', "hidden", ""], page.notice.number, "twin")
    if not hidden:
        return ""
    body = lines(f"<p>{escape(text)}</p>" for text in page.notice.paragraphs)
    head = f"<p>{escape(page.notice.title)}</p><p>打印日期：2025年12月31日</p>"
    return f"<div {hidden}>{head}{body}</div>"


def _related(page: Detail) -> str:
    """Titles with dates, on every other page with the beginnings of the texts as well."""
    told = draw(0, 1, page.notice.number, "summaries")
    return lines(
        f"<div><span>{link(row.path, row.title)}</span><span>{row.published}</span>"
        + (f"<div>{escape(row.summary)}...</div>" if told else "")
        + "</div>"
        for row in page.related
    )


def _sheet(sheet: Sheet) -> str:
    pinned = f"<dt><span>[置顶]</span>{link(sheet.pinned.path, sheet.pinned.title)}</dt><dd></dd>"
    return template("spans_list").substitute(
        rows=lines([pinned, *map(_row, sheet.rows)]), pager=_pager(sheet)
    )


def _row(row: Row) -> str:
    return (
        f"<dt>{link(row.path, row.title)}</dt><dd>{row.published.month}月{row.published.day}日</dd>"
    )


def _pager(sheet: Sheet) -> str:
    current = f"<span>第{sheet.number}页</span>"
    if sheet.number == sheet.pages:
        return current
    return current + link(f"index_{sheet.number + 1}.html", "下一页")


SECTION = Section(
    name="spans",
    title="企业资讯",
    kind=SectionKind.NEWS,
    kinds=("投产",),
    page_size=12,
    notice_path=_notice_path,
    page_path=_page_path,
    print_detail=_detail,
    print_sheet=_sheet,
)
