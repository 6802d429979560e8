"""One article, made for reading, with where everything in it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup

from cqcrawler.archive import Archive
from cqcrawler.archive.articles.around import Statement, Telling
from cqcrawler.archive.articles.column import stretches
from cqcrawler.archive.articles.files import AttachedFile
from cqcrawler.archive.articles.stored import StoredArticle, Version
from cqcrawler.archive.search.passage import mark
from cqcrawler.archive.search.query import parse
from cqcrawler.exceptions import QueryError
from cqcrawler.models import RemovedParagraph
from cqcrawler.reading.page.decoding import decode
from cqcrawler.site.annotated import anchor, annotated
from cqcrawler.site.metadata import DATABASE
from cqcrawler.site.pages.common import Asked, fill, portal_title, read
from cqcrawler.site.pages.search import PER_PAGE, find
from cqcrawler.warc import read_answer

# What the strip under the title has, in its order.
_STRIP = ("fact", "event", "date", "industry", "place", "actor", "other")
_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
_SUFFIX = re.compile(r"[a-z0-9]{1,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Record:
    """An article with all that the archive knows of it.

    `held` are the related links that the archive has, too, `files` the files that it offers, `raw`
    whether its page was kept, `tellings` other notices of its story, `projects` the undertakings
    that it tells of, and `beside` the articles before and behind it.
    """

    article: StoredArticle
    removed: list[RemovedParagraph]
    versions: list[Version]
    held: dict[str, int]
    citation: str
    raw: bool
    files: list[AttachedFile]
    statements: tuple[Statement, ...]
    tellings: tuple[Telling, ...]
    projects: tuple[tuple[int, str], ...]
    beside: tuple[int | None, int | None]


async def page(datasette: Any, request: Any) -> Response:
    """Answer /articles/ID."""
    record = await _record(datasette, request)
    asked = read(request)
    patterns = [term.pattern for term in parse(asked.terms).terms]
    return await fill(
        datasette,
        request,
        "cq_article.html",
        database=DATABASE,
        asked=asked,
        way=await _way(datasette.desk, asked, record),
        **_texts(record, patterns),
        **_parts(record),
    )


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go on from an article: to the results before and behind it, or else to its
    neighbours by date; `back` leads to the results, of which it is the `place`th."""

    before: str = ""
    behind: str = ""
    back: str = ""
    place: int = 0
    count: int = 0


async def _results(desk: Any, asked: Asked) -> tuple[int, ...]:
    try:
        return (await find(desk, asked.search)).ids
    except QueryError:
        return ()


async def _way(desk: Any, asked: Asked, record: Record) -> Way:
    number = record.article.id
    if not asked.is_empty:
        ids = await _results(desk, asked)
        if number in ids:
            at = ids.index(number)
            return Way(
                asked.link(f"/articles/{ids[at - 1]}") if at else "",
                asked.link(f"/articles/{ids[at + 1]}") if at + 1 < len(ids) else "",
                asked.link(page=at // PER_PAGE + 1),
                at + 1,
                len(ids),
            )
    newer, older = record.beside
    return Way(f"/articles/{newer}" if newer else "", f"/articles/{older}" if older else "")


def _texts(record: Record, patterns: Sequence[re.Pattern[str]]) -> dict[str, Any]:
    """Return title and paragraphs with what they state, and what was searched for, marked."""
    article, statements = record.article, record.statements
    in_title = [one for one in statements if one.field == "title"]
    in_body = [one for one in statements if one.field == "body"]
    title = annotated(article.title, in_title, mark(article.title, patterns).marks)
    return {
        "title": Markup(" ").join(title),
        "paragraphs": annotated(article.body, in_body, mark(article.body, patterns).marks),
        "strip": {kind: [one for one in statements if one.kind == kind] for kind in _STRIP},
        "anchor": anchor,
    }


async def raw_page(datasette: Any, request: Any) -> Response:
    """Answer /articles/ID/raw: the page as the portal sent it, as text and never as a page;
    `plain=1` gives nothing but that text."""
    number, version = _article_number(request), _number(request.args.get("version"))

    def look(archive: Archive) -> tuple[str, str] | None:
        article = archive.article(number)
        record = article and archive.readings.record_of(number, version or article.version)
        if not article or not record:
            return None
        answer = read_answer(archive.path.parent, record)
        content_type = answer.headers.get("content-type", "")
        return article.url, decode(answer.body, content_type).text

    found: tuple[str, str] | None = await datasette.desk.ask(look)
    if found is None:
        raise NotFound(f"the raw page of article {number} was not kept")
    if request.args.get("plain") == "1":
        return Response.text(found[1], headers={"content-security-policy": _SANDBOX})
    url, text = found
    return await fill(
        datasette, request, "cq_raw.html", number=number, version=version, url=url, text=text
    )


async def stored_file(datasette: Any, request: Any) -> Response:
    """Answer /articles/ID/files/N: a file that a notice offers, to be saved and never shown."""
    number, wanted = _article_number(request), _number(request.url_vars["file"])

    def read(archive: Archive) -> tuple[str, bytes] | None:
        files = archive.files(number)
        file = files[wanted - 1] if 0 < wanted <= len(files) else None
        if file is None or file.record is None or not file.is_held:
            return None
        return file.kind, read_answer(archive.path.parent, file.record).body

    found: tuple[str, bytes] | None = await datasette.desk.ask(read)
    if found is None:
        raise NotFound(f"file {wanted} of article {number} is not held")
    suffix = f".{found[0]}" if _SUFFIX.fullmatch(found[0]) else ""
    headers = {
        "content-disposition": f'attachment; filename="{number}-{wanted}{suffix}"',
        "content-security-policy": _SANDBOX,
    }
    return Response(found[1], headers=headers, content_type="application/octet-stream")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


async def _record(datasette: Any, request: Any) -> Record:
    number = _article_number(request)
    record: Record | None = await datasette.desk.ask(lambda archive: _read(archive, number))
    if record is None:
        raise NotFound(f"no article {number}")
    return record


def _article_number(request: Any) -> int:
    return int(request.url_vars["id"])


def _read(archive: Archive, number: int) -> Record | None:
    article = archive.article(number)
    if article is None:
        return None
    links = [link.url for link in article.related]
    return Record(
        article,
        archive.removed(number),
        archive.versions(number),
        archive.ids(links),
        archive.citation(number, portal_title(article.portal)).line,
        archive.readings.record_of(number, article.version) is not None,
        archive.files(number),
        archive.statements(number),
        archive.tellings(number),
        archive.projects_of(number),
        archive.beside(number),
    )


def _parts(record: Record) -> dict[str, Any]:
    article = record.article
    place = (article.province, article.city, article.district, article.zone)
    return {
        "article": article,
        "tellings": record.tellings,
        "projects": record.projects,
        "removed": record.removed,
        "column": stretches(article.body, record.removed),
        "versions": record.versions,
        "held": record.held,
        "citation": record.citation,
        "raw": record.raw,
        "files": record.files,
        "place": [name for name in place if name],
    }
