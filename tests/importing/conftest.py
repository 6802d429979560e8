"""Kept pages of an invented portal, and a short way to bring them into an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cqcrawler.archive import Archive
from cqcrawler.archive.articles import statements
from cqcrawler.importing import Imported, import_pages
from cqcrawler.importing.importing import Report
from cqcrawler.warc import WarcSettings
from tests.crawl.conftest import listing, notice, notice_path

HOST = "http://invest.yunling.example"
AT = datetime(2025, 10, 7, 8, 0, tzinfo=UTC)
_HTML = (("Content-Type", "text/html; charset=utf-8"),)
# What differs between two archives with the same pages: numbers, and where raw pages lie.
_OWN = {"id", "article_id", "run_id", "listing_id", "page_id", "warc_file", "warc_offset"}
_OWN |= {"gram_version"}


@dataclass
class Kept:
    """WARC files as wget writes them: each record has the seconds of its time, and its address
    stands in brackets."""

    folder: Path

    def warc(self, name: str, *pages: Mapping[str, Any], gzip: bool = True) -> Path:
        path = self.folder / name
        with path.open("wb") as file:
            writer = WARCWriter(file, gzip=gzip)
            writer.write_record(writer.create_warcinfo_record(name, {"software": "Wget/1.21"}))
            for page in pages:
                writer.write_record(_record(writer, **page))
        return path


def _record(
    writer: WARCWriter,
    url: str,
    body: str | bytes = "",
    at: datetime = AT,
    status: str = "200 OK",
    headers: Sequence[tuple[str, str]] = _HTML,
    kind: str = "response",
    fields: Mapping[str, str] | None = None,
) -> Any:
    payload = body.encode() if isinstance(body, str) else body
    head = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
    return writer.create_warc_record(
        f"<{url}>",
        kind,
        payload=BytesIO(payload),
        length=len(payload),
        http_headers=None if kind == "resource" else head,
        warc_content_type=dict(headers).get("Content-Type", "") if kind == "resource" else "",
        warc_headers_dict={"WARC-Date": f"{at:%Y-%m-%dT%H:%M:%SZ}", **(fields or {})},
    )


def page(number: int, at: datetime = AT, **fields: Any) -> dict[str, Any]:
    """A notice of the portal, as `Kept.warc` takes it."""
    body = fields.pop("body", None) or notice(number, text=fields.pop("text", ""))
    return {"url": HOST + notice_path(number), "body": body, "at": at, **fields}


def rows(*numbers: int, at: datetime = AT, **fields: Any) -> dict[str, Any]:
    """The listing of the portal, with these notices."""
    return {"url": f"{HOST}/", "body": listing(numbers, **fields), "at": at}


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive" / "archive.db"


@pytest.fixture
def bring(path: Path) -> Callable[..., Imported]:
    """Import files into the archive."""

    def bring(*files: Path, **options: Any) -> Imported:
        return import_pages(files, path, raw=WarcSettings(), **options)

    return bring


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    """The archive, opened to write, as a crawl would."""
    with Archive(path) as archive:
        yield archive


def only(imported: Imported) -> Report:
    (report,) = imported.portals
    return report


def later(days: float) -> datetime:
    return AT + timedelta(days=days)


def tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    """What an archive says of notices and pages, table by table, whatever numbers it gives them."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return {name: _dump(db, sql) for name, sql in _TABLES.items()}


def _dump(db: sqlite3.Connection, sql: str) -> list[dict[str, Any]]:
    found = [{n: row[n] for n in set(row.keys()) - _OWN} for row in db.execute(sql)]
    return sorted(found, key=lambda row: [f"{name} {row[name]}" for name in sorted(row)])


_OF = "JOIN articles ON articles.id = article_id"
_TABLES = {
    "articles": "SELECT * FROM articles",
    "versions": f"SELECT v.*, url FROM article_versions AS v {_OF}",
    **{
        name: f"SELECT {name}.*, articles.url AS of FROM {name} {_OF}"
        for name in (
            *("article_tags", "related_links", "attachments", "removed_text", "doubts"),
            *statements.TABLES,
        )
    },
    "pages": "SELECT * FROM pages WHERE state IN ('done', 'rejected')",
    "listed": """SELECT listed.*, first.url AS listing, notice.url FROM listed
        JOIN pages AS first ON first.id = listing_id JOIN pages AS notice ON notice.id = page_id""",
    "rejects": "SELECT * FROM rejects",
}
