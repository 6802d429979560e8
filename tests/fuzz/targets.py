"""What is fuzzed: each takes any bytes, and fails by an exception that it is not allowed."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from math import isfinite
from pathlib import Path

from cqcrawler import read_article, read_facts, read_listing
from cqcrawler.archive.search import index
from cqcrawler.archive.search.query import parse
from cqcrawler.exceptions import PortalError
from cqcrawler.portals.portal import read_portal
from cqcrawler.reading.page.decoding import decode
from cqcrawler.reading.page.tokens import escape_raw_text, split_markup, tag_places
from cqcrawler.text.dates import find_dates, parse_date
from cqcrawler.text.typed_amounts import amount_in, parse_amount
from cqcrawler.text.typed_dates import parse_period
from cqcrawler.warc.foreign import read_exchange, responses_of
from cqcrawler.warc.streams import Damaged

GOLDEN = Path(__file__).parent.parent / "golden"
PORTALS = Path(__file__).parent.parent.parent / "cqcrawler" / "portals"
_MIB = 2**20


def decoding(data: bytes) -> None:
    """What comes out of a page's bytes is text that can be stored."""
    content_type, _, body = data.partition(b"\n")
    for stated in ("", content_type.decode("latin-1")):
        text = decode(body, stated).text
        assert text.encode("utf-8").decode("utf-8") == text


def tokens(data: bytes) -> None:
    """A page is cut where its tags are, and nothing between them is lost."""
    markup = _text(data)
    texts, tags = split_markup(markup)
    assert len(texts) == len(tags) + 1
    whole, places = tag_places(markup)
    ends = [0, *(place.end for place in places)]
    assert all(place.start >= end for place, end in zip(places, ends, strict=False))
    assert ends[-1] <= len(whole)
    split_markup(escape_raw_text(markup))


def article(data: bytes) -> None:
    """A notice is read the same twice, and its columns can be stored."""
    read = read_article(data, "http://h.test/a/202507/t20250707_1.html")
    assert read == read_article(data, "http://h.test/a/202507/t20250707_1.html")
    "\n".join([read.title or "", *read.paragraphs, read.source or ""]).encode("utf-8")
    assert all(read.paragraphs)
    if read.published:
        date.fromisoformat(read.published)


def listing(data: bytes) -> None:
    """A listing's links are addresses, and read the same twice."""
    read = read_listing(data, "http://h.test/list/")
    assert read == read_listing(data, "http://h.test/list/")
    for row in read.rows:
        row.url.encode("utf-8")
        assert row.url.startswith(("http://", "https://"))


def dates(data: bytes) -> None:
    """What is printed or typed is a day or is none."""
    text = _text(data)
    parse_date(text)
    for found in find_dates(text):
        assert 0 <= found.start <= found.end <= len(text)
    with suppress(ValueError):
        period = parse_period(text, date(2025, 7, 7))
        assert period.first <= period.last


def amounts(data: bytes) -> None:
    """A typed amount is a number or an error that says so."""
    text = _text(data)
    amount_in(text)
    with suppress(ValueError):
        assert parse_amount(text) >= 0


def facts(data: bytes) -> None:
    """What a notice states stands where it is said to stand."""
    title, _, body = _text(data).partition("\n")
    read = read_facts(title, body, published="2025-07-07")
    texts = {"title": title, "body": body}
    for fact in (*read.numbers, *read.other_numbers):
        assert texts[fact.field][fact.start : fact.stop] == fact.text
        assert isfinite(fact.value)
        assert fact.value_max is None or fact.value_max >= fact.value


def query(data: bytes) -> None:
    """What is typed finds by the index at least what it finds in the text itself."""
    typed, _, text = _text(data).partition("\n")
    for substring in (False, True):
        wanted = parse(typed, substring=substring)
        expression = index.match_expression(wanted)
        if expression:
            with closing(_indexed(text)) as db:
                found = bool(db.execute(_MATCH, [expression]).fetchall())
            assert found or not wanted.matches("", text)
            assert not found or not index.is_exact(wanted) or wanted.matches("", text)


def portal(data: bytes) -> None:
    """A portal's file describes a portal or says what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chongqing.toml"
        path.write_bytes(data)
        with suppress(PortalError):
            assert read_portal(path).name == "chongqing"


def warc(data: bytes) -> None:
    """A file of WARC gives its records up to the place where it is damaged."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.warc"
        path.write_bytes(data)
        with suppress(Damaged):
            for found in responses_of(path, _MIB):
                with suppress(ValueError):
                    read_exchange(path, found, _MIB)


_MATCH = "SELECT rowid FROM t WHERE t MATCH ?"


def _indexed(text: str) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(grams, detail=none)")
    db.execute("INSERT INTO t VALUES (?)", [index.document("", text)])
    return db


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _pages(folder: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((GOLDEN / folder).glob("*.html"))]


def _written(*texts: str) -> list[bytes]:
    return [text.encode() for text in texts]


_NOTICE = (
    "渝北区储能项目签约\n7月2日，渝北区与甲公司签约，总投资30亿元（约4亿美元），"
    "年产1—2万吨，占地300亩，年底投产。"
)
_DATES = (
    "2025年7月7日",
    "二〇二五年七月七日",
    "3天前",
    "民國114年7月7日",
    "Jul 7, 2025",
    "2025H1",
    "7d",
)
_AMOUNTS = ("10亿", "5000万元", "1.2e9", "超百亿元", "1,200余亿元", "１０亿")
_QUERIES = ("重庆 储能\n重庆的储能项目", '"a b" -c OR d\nA B d', "5G|６g\n6G 5g", "NEAR(a *\na")
_HTTP = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n<p>"
_WARC = (
    "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
    "WARC-Date: 2025-07-07T00:00:00Z\r\nWARC-Target-URI: http://h.test/\r\n"
    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(_HTTP)}\r\n\r\n"
    f"{_HTTP}\r\n\r\n"
)

# Each with what to begin with.
TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], list[bytes]]]] = {
    "decoding": (
        decoding,
        lambda: [b"text/html; charset=gbk\n" + one for one in _pages("articles")],
    ),
    "tokens": (tokens, lambda: _pages("articles")),
    "article": (article, lambda: _pages("articles")),
    "listing": (listing, lambda: _pages("listings")),
    "dates": (dates, lambda: _written(*_DATES)),
    "amounts": (amounts, lambda: _written(*_AMOUNTS)),
    "facts": (facts, lambda: _written(_NOTICE)),
    "query": (query, lambda: _written(*_QUERIES)),
    "portal": (portal, lambda: [path.read_bytes() for path in sorted(PORTALS.glob("*.toml"))]),
    "warc": (warc, lambda: _written(_WARC, _WARC * 2, _WARC.replace("response", "revisit"))),
}
