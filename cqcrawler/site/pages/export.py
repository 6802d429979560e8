"""What a search found, all of it, as a file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

from datasette.utils.asgi import Response

from cqcrawler.archive import Archive, Search
from cqcrawler.archive.export import briefing, references, text, workbook
from cqcrawler.archive.export.choice import Choice, chosen
from cqcrawler.archive.export.columns import Column, Rows, Table
from cqcrawler.archive.search.asked import FILTER_NAMES
from cqcrawler.exceptions import QueryError, UsageError
from cqcrawler.site import languages
from cqcrawler.site.middleware import GoneError
from cqcrawler.site.pages.common import clean, portal_title

_BRIEFING = "briefing"
# Sheets are put together on the disk, twice over, for as many readers as may download at once.
_MOST_IN_SHEETS = 2**28
# So long somebody may be gone before the making of a workbook ends.
_LOOK_EVERY = 1.0


def _write_xlsx(rows: Rows, columns: Sequence[Column], file: BinaryIO) -> int:
    return workbook.write_xlsx(rows, columns, file, most_bytes=_MOST_IN_SHEETS)


_WRITERS: Mapping[str, Callable[[Rows, Sequence[Column], BinaryIO], int]] = {
    "csv": text.write_csv,
    "jsonl": text.write_jsonl,
    "xlsx": _write_xlsx,
}
_REFERENCES = {"bib": references.write_bib, "ris": references.write_ris}
_CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}

# Writes what is asked for of these articles, as `Archive.found` returns them.
_Writer = Callable[[Archive, Sequence[int], BinaryIO], int]


@dataclass(frozen=True, slots=True)
class _Download:
    """What an address asks for: what is found, how it is written, and the name of the file."""

    search: Search
    write: _Writer
    name: str
    content_type: str


async def page(datasette: Any, request: Any, send: Any) -> Response | None:
    """Answer /search.csv and its like, row by row as the articles are read."""
    failures: list[Exception] = []
    try:
        asked = _read(request)
        search = asked.search
        await datasette.desk.ask(lambda archive: archive.find(search.terms, search.filters, most=1))
        async with aclosing(datasette.desk.pour(_pourer(asked, failures))) as chunks:
            # Until something is written, what is wrong can be said.
            first = await _first(chunks, request)
            _check(failures)
            await _send_start(asked, send)
            await send({"type": "http.response.body", "body": first, "more_body": True})
            async for chunk in chunks:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except (QueryError, UsageError) as error:
        return Response.text(languages.in_words(str(error)), status=400)
    _check(failures)  # An answer that breaks off does not look like a whole one.
    await send({"type": "http.response.body", "body": b""})
    return None


def _read(request: Any) -> _Download:
    """Return what a request asks for; UsageError and QueryError for what makes no sense."""
    kind = request.url_vars["format"]
    asked = {name: clean(request.args.get(name)) for name in (*_SEARCH, *_OTHERS)}
    if asked["rank"] == "1" and not asked["sort"]:
        asked["sort"] = "relevance"
    search = Search.of({name: asked[name] for name in _SEARCH})
    table = asked["table"] or Table.ARTICLES.value
    name = "notices" if table == Table.ARTICLES else table
    write = _writer(kind, table, asked, search)
    return _Download(search, write, f"{name}.{kind}", _CONTENT_TYPES[kind])


_SEARCH = ("q", "sort", "substring", *FILTER_NAMES.values())
_OTHERS = ("rank", "table", "columns", "text")


def _writer(kind: str, name: str, asked: Mapping[str, str], search: Search) -> _Writer:
    if name == _BRIEFING and kind == "xlsx":
        return lambda archive, ids, file: briefing.write_briefing(
            archive.briefing(search, ids, portal_title), file, most_bytes=_MOST_IN_SHEETS
        )
    if name not in set(Table):
        raise UsageError(f"no table {name!r} as {kind}: it is one of {', '.join(Table)}")
    table = Table(name)
    if kind in _REFERENCES:
        if table is not Table.ARTICLES:
            raise UsageError("references are to articles: leave out the table")
        return lambda archive, ids, file: _REFERENCES[kind](
            archive.citations(_while_taken(ids, file), portal_title), file
        )
    names = [each.strip() for each in asked["columns"].split(",")] if asked["columns"] else None
    # People open workbooks; programs that ask for the others go by the names of columns.
    in_chinese = kind == "xlsx" and languages.current.get() == "zh"
    columns = chosen(table, f".{kind}", Choice(names, asked["text"] != "0", in_chinese))
    return lambda archive, ids, file: _WRITERS[kind](
        archive.rows(table, _while_taken(ids, file), search.order), columns, file
    )


def _pourer(asked: _Download, failures: list[Exception]) -> Callable[[Archive, BinaryIO], None]:
    def write(archive: Archive, file: BinaryIO) -> None:
        # Article by article, each as it is now: as long as somebody reads the archive as it
        # was, its log grows, and who takes this may be slow.
        try:
            asked.write(archive, archive.found(asked.search), file)
        except BrokenPipeError:
            raise
        except Exception as error:
            failures.append(error)

    return write


def _while_taken(ids: Iterable[int], file: Any) -> Iterator[int]:
    """Yield ids as long as somebody waits for what is written, if only at the end."""
    for each in ids:
        if file.raw.broken:
            raise BrokenPipeError
        yield each


def _check(failures: Sequence[Exception]) -> None:
    if failures:
        raise failures[0]


async def _first(chunks: AsyncIterator[bytes], request: Any) -> bytes:
    """Return the first chunk, empty if there is none; GoneError once nobody waits for it."""
    coming = asyncio.ensure_future(_next(chunks))
    try:
        while not (await asyncio.wait([coming], timeout=_LOOK_EVERY))[0]:
            if (await request.receive())["type"] == "http.disconnect":
                raise GoneError
        return await coming
    finally:
        coming.cancel()
        with suppress(asyncio.CancelledError):
            await coming


async def _next(chunks: AsyncIterator[bytes]) -> bytes:
    return await anext(chunks, b"")


async def _send_start(asked: _Download, send: Any) -> None:
    headers = {
        "content-type": asked.content_type,
        "content-disposition": f'attachment; filename="{asked.name}"',
    }
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": pairs})
