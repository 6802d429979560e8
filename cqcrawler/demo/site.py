"""Every page of the portal as bytes, by the path at which it is served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from cqcrawler.demo.compose import notices
from cqcrawler.demo.draw import draw
from cqcrawler.demo.markup import lines, link
from cqcrawler.demo.notice import Notice
from cqcrawler.demo.repeats import printed
from cqcrawler.demo.resources import material, template
from cqcrawler.demo.section import Detail, Row, Section, Sheet
from cqcrawler.demo.sections import SECTIONS, section_of

HTML = "text/html; charset=utf-8"
ROBOTS = "User-agent: *\nDisallow: /internal/\nDisallow: /search.asp\n"
_RELATED = 12


@dataclass(frozen=True, slots=True)
class Resource:
    """What the server sends for one path."""

    body: bytes
    content_type: str = HTML

    @property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:16]}"'


def canonical(target: str) -> str:
    """Return the key of a request target: first pages have many names, as on any server."""
    parts = urlsplit(target)
    path = parts.path.removesuffix("index.html") or "/"
    query = urlencode(sorted(set(parse_qsl(parts.query)) - {("page", "1"), ("pageNo", "1")}))
    return f"{path}?{query}" if query else path


@cache
def site(revision: int) -> dict[str, Resource]:
    """Return the resources of the portal in its `revision`, 1 or 2, by canonical target."""
    resources = {"/robots.txt": Resource(ROBOTS.encode(), "text/plain; charset=utf-8")}
    resources |= _standing_pages()
    resources["/"] = Resource(_home(revision).encode())
    for section in SECTIONS:
        for path, page in _section_pages(section, revision):
            resources[canonical(path)] = Resource(
                page.encode(section.encoding), section.content_type
            )
    return resources


def _section_pages(section: Section, revision: int) -> Iterator[tuple[str, str]]:
    mine = [notice for notice in notices(revision) if notice.kind in section.kinds]
    for place, notice in enumerate(mine):
        yield (
            section.notice_path(notice),
            section.print_detail(
                Detail(
                    notice=notice,
                    region=section.region(notice),
                    paragraphs=tuple(printed(notice)),
                    related=_related(notice, revision),
                    previous=_row(mine[place - 1]) if place else None,
                    following=_row(mine[place + 1]) if place + 1 < len(mine) else None,
                )
            ),
        )
    yield from _sheets(section, mine)


def _sheets(section: Section, mine: list[Notice]) -> Iterator[tuple[str, str]]:
    rows = [_row(notice) for notice in reversed(mine)]
    starts = range(0, len(rows), section.page_size)
    for number, start in enumerate(starts, 1):
        sheet = Sheet(
            number=number,
            pages=len(starts),
            total=len(rows),
            rows=tuple(rows[start : start + section.page_size]),
            pinned=rows[-1],
        )
        yield section.page_path(number), section.print_sheet(sheet)


def _row(notice: Notice) -> Row:
    return Row(
        title=notice.title,
        path=section_of(notice.kind).notice_path(notice),
        published=notice.published,
        summary=notice.paragraphs[0][:90],
    )


def _related(notice: Notice, revision: int) -> tuple[Row, ...]:
    """A dozen other notices from all over the portal."""
    others = notices(revision)
    chosen = {draw(0, 310, notice.number, "related", turn) for turn in range(_RELATED)}
    return tuple(_row(other) for other in others if other.number in chosen - {notice.number})


def _home(revision: int) -> str:
    columns = []
    for section in filter(lambda section: section.prints_date, SECTIONS):
        newest = [n for n in reversed(notices(revision)) if n.kind in section.kinds][:5]
        items = lines(
            f"<li>{link(row.path, row.title)} <i>{row.published}</i></li>"
            for row in map(_row, newest)
        )
        more = link(section.page_path(1), "更多>>")
        columns.append(f"<h3>{section.title}</h3><ul>{items}</ul><p>{more}</p>")
    return template("home").substitute(columns=lines(columns))


def _standing_pages() -> dict[str, Resource]:
    """The pages that are no notices."""
    return {
        page["path"]: Resource(
            template("page")
            .substitute(title=escape(page["title"]), content=page["content"])
            .encode()
        )
        for page in material("pages")["page"]
    }
