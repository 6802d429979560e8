"""WARC files that others wrote, whole and broken."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import brotli
import pytest

from cqcrawler.archive import Archive
from cqcrawler.importing import Imported
from cqcrawler.models import Record
from cqcrawler.verify import verify
from cqcrawler.warc import read_answer
from tests.crawl.conftest import notice, notice_path
from tests.importing.conftest import AT, HOST, Kept, later, only, page, rows

Bring = Callable[..., Imported]
HTML = ("Content-Type", "text/html; charset=utf-8")


def body_of(path: Path, number: int = 1) -> bytes:
    """The raw page that the archive names for a notice."""
    with closing(sqlite3.connect(path)) as db:
        find = "SELECT warc_file, warc_offset FROM pages WHERE url = ?"
        record = db.execute(find, [HOST + notice_path(number)]).fetchone()
    return read_answer(path.parent, Record(*record)).body


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    pieces = (body[:half], body[half:], b"")
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)


PAGE = notice(1).encode()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ((HTML,), PAGE),
        ((HTML, ("Content-Encoding", "gzip")), gzip.compress(PAGE)),
        ((HTML, ("Content-Encoding", "br")), brotli.compress(PAGE)),
        ((HTML, ("content-encoding", "gzip")), PAGE),  # unpacked by who kept it
        ((HTML, ("Transfer-Encoding", "chunked")), chunked(PAGE)),
        ((HTML, ("Transfer-Encoding", "chunked")), PAGE),  # put together by who kept it
        (
            (HTML, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")),
            chunked(gzip.compress(PAGE)),
        ),
        ((("Content-Type", "text/html"),), notice(1).encode("gb18030")),
    ],
)
def test_a_body_is_read_however_it_was_sent(
    kept: Kept, bring: Bring, path: Path, headers: tuple[tuple[str, str], ...], body: bytes
) -> None:
    report = only(bring(kept.warc("a.warc.gz", page(1, body=body, headers=headers))))
    assert report.new == 1
    assert any("智能制造".encode(encoding) in body_of(path) for encoding in ("utf-8", "gb18030"))
    with Archive(path) as archive:
        assert verify(archive, lambda what, steps: lambda: None).ok


def test_resources_are_pages_and_revisits_are_counted(kept: Kept, bring: Bring, path: Path) -> None:
    revisit = page(1, later(1), kind="revisit", body=b"")
    style = {"url": f"{HOST}/a.css", "body": "p {}", "headers": [("Content-Type", "text/css")]}
    packed = page(2, headers=[("Content-Type", "application/octet-stream")])
    done = bring(kept.warc("a.warc.gz", page(1, kind="resource"), revisit, style, packed))
    # A style sheet, and what is a page only where a listing says so.
    assert (only(done).new, done.revisits, done.files, done.exit) == (1, 1, 2, 0)
    assert only(bring(kept.warc("b.warc.gz", rows(2), packed))).new == 1


def test_a_redirect_that_was_kept_is_followed(kept: Kept, bring: Bring, path: Path) -> None:
    start = f"{HOST}/old/1.html"
    move = {"url": start, "status": "302 Found", "headers": [("Location", notice_path(1))]}
    done = bring(kept.warc("a.warc.gz", move, page(1)))
    assert (only(done).new, done.exit) == (1, 0)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT url FROM articles").fetchall() == [(start,)]
    away = {**move, "url": f"{HOST}/old/2.html", "headers": [("Location", "http://else.example/")]}
    assert only(bring(kept.warc("b.warc.gz", away))).excluded == 1


def broken(path: Path) -> dict[str, bytes]:
    whole, plain = path.read_bytes(), gzip.decompress(path.read_bytes())
    return {
        "empty": b"",
        "no WARC": b"hello",
        "page": PAGE,
        "cut": whole[:-20],
        "cut plain": plain[:-20],
        "damaged": whole[:-300] + b"\xff" * 40 + whole[-260:],
        "as a whole": gzip.compress(plain),
        "length": plain.replace(b"Content-Length: ", b"Content-Length: " + b"9" * 5000),
        "no length": plain.replace(b"Content-Length", b"Content-Lenght"),
        "junk behind": plain + b"<html>",
    }


@pytest.mark.parametrize(
    ("kind", "why", "new"),
    [
        ("empty", "is empty", 0),
        ("no WARC", "is no WARC file", 0),
        ("page", "is no WARC file", 0),
        ("cut", "is cut off in the middle of a record; 1 pages before", 1),
        ("cut plain", "is cut off in the middle of a record; 1 pages before", 1),
        ("damaged", "is damaged", 1),
        ("as a whole", "unpack it (gunzip)", 0),
        ("length", "does not say how long it is", 0),
        ("no length", "does not say how long it is", 0),
        ("junk behind", "no record begins where one should", 2),
    ],
)
def test_a_broken_file_is_named_and_what_is_before_it_read(
    kept: Kept, bring: Bring, kind: str, why: str, new: int
) -> None:
    file = kept.warc("a.warc.gz", page(1), page(2))
    file.write_bytes(broken(file)[kind])
    good = kept.warc("b.warc.gz", page(3))
    done = bring(file, good)
    assert [why in refused.why for refused in done.refused] == [True], done.refused
    assert (only(done).new, done.exit) == (new + 1, 1)


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({**page(1), "url": ""}, "has no address"),
        ({**page(1), "url": "ftp://h/1"}, "none of the web"),
        (page(1, fields={"WARC-Date": "yesterday"}), "no date that can be read (yesterday)"),
        (page(1, at=AT.replace(year=2999)), "yet to come"),
        (page(1, fields={"WARC-Truncated": "length"}), "was cut off when it was written (length)"),
        (page(1, body="<p>" + "x" * 11_000_000), "a crawl reads no page of that size"),
        (page(1, headers=[HTML, ("Content-Encoding", "gzip")],
              body=gzip.compress(b"x" * 11_000_000)), "unpacks to more than"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_taken_is_named(
    kept: Kept, bring: Bring, record: dict[str, object], why: str
) -> None:
    done = bring(kept.warc("a.warc.gz", record, page(2)))
    assert [why in refused.why for refused in done.refused] == [True], done.refused
    assert (only(done).new, done.exit) == (1, 1)
