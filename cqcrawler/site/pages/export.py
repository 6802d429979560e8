"""What a search found, all of it, as a file."""

from __future__ import annotations

from contextlib import aclosing
from typing import Any, BinaryIO

from datasette.utils.asgi import Response

from cqcrawler.archive import Archive, Search
from cqcrawler.archive.export import text
from cqcrawler.archive.export.choice import Choice, chosen
from cqcrawler.archive.export.columns import Table
from cqcrawler.exceptions import QueryError
from cqcrawler.site.pages.common import Asked, read

_KINDS = {
    "csv": (text.write_csv, "text/csv; charset=utf-8"),
    "jsonl": (text.write_jsonl, "application/jsonl; charset=utf-8"),
}


async def page(datasette: Any, request: Any, send: Any) -> Response | None:
    """Answer /search.csv and /search.jsonl, row by row as the articles are found."""
    kind = request.url_vars["format"]
    asked = read(request)
    try:
        await datasette.desk.ask(lambda archive: archive.find(asked.terms, asked.filters, most=1))
    except QueryError as error:
        return Response.text(str(error), status=400)
    content_type = _KINDS[kind][1]
    headers = {
        "content-type": content_type,
        "content-disposition": f'attachment; filename="notices.{kind}"',
    }
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": pairs})
    async with aclosing(datasette.desk.pour(_writer(kind, asked))) as chunks:
        async for chunk in chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
    return None


def _writer(kind: str, asked: Asked) -> Any:
    def write(archive: Archive, file: BinaryIO) -> int:
        # Article by article, each as it is now: as long as somebody reads the archive as it
        # was, its log grows, and who takes this may be slow.
        articles = archive.these(archive.found(Search(asked.terms, asked.filters)))
        columns = chosen(Table.ARTICLES, f".{kind}", Choice())
        return _KINDS[kind][0](articles, columns, file)

    return write
