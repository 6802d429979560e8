"""Bodies that are packed, cut off or not what they say: whole notices or none."""

from __future__ import annotations

import gzip
import zlib
from itertools import repeat
from typing import Any

import pytest

from cqcrawler.archive import Archive

CLOSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
CHUNKED = CLOSE + b"Transfer-Encoding: chunked\r\n\r\n"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + bytes(range(256)) * 20
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20


def chunks(body: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    return CHUNKED + b"%x\r\n%s\r\n" % (len(body), body) + end


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def packed(body: bytes, encoding: str, **fields: Any) -> dict[str, Any]:
    return {"body": body, "headers": {"Content-Encoding": encoding}, **fields}


# How a notice that is the argument is sent; all of these are whole.
WHOLE = {
    "gzip": lambda body: packed(gzip.compress(body), "gzip"),
    "gzip in parts": lambda body: packed(
        gzip.compress(body[:500]) + gzip.compress(body[500:]), "x-gzip"
    ),
    "deflate": lambda body: packed(zlib.compress(body), "deflate"),
    "deflate without a header": lambda body: packed(raw_deflate(body), "deflate"),
    "said to be gzip": lambda body: packed(body, "gzip"),
    "said to be deflate": lambda body: packed(body, "deflate"),
    "said to be br": lambda body: packed(body, "br"),
    "said to be zstd": lambda body: packed(b"\n" + body, "zstd"),
    "an encoding that is none": lambda body: packed(body, "utf-8"),
    "text/plain": lambda body: {"body": body, "headers": {"Content-Type": "text/plain"}},
    "octet-stream": lambda body: {
        "body": body,
        "headers": {"Content-Type": "application/octet-stream"},
    },
    "no content type": lambda body: {"body": body, "headers": {"Content-Type": ""}},
    "a content type that is none": lambda body: {"body": body, "headers": {"Content-Type": "html"}},
    "chunks": lambda body: {"raw": [chunks(body)]},
    "until the connection closes": lambda body: {"raw": [CLOSE + b"\r\n" + body]},
    "the same without its end tag": lambda body: {
        "raw": [CLOSE + b"\r\n" + body.replace(b"</html>", b"")]
    },
}
# What the first answer does to a notice; the next one brings it whole.
AT_FIRST = {
    "cut off": lambda body: {"body": body, "cut": 200},
    "chunks cut off": lambda body: {"raw": [chunks(body[:-200], end=b"")]},
    "a chunk cut off": lambda body: {"raw": [CHUNKED + b"fff\r\n" + body[:500]]},
    "gzip cut off": lambda body: packed(gzip.compress(body)[:-20], "gzip"),
    "gzip damaged": lambda body: packed(gzip.compress(body)[:-8] + b"12345678", "gzip"),
    "closed too early": lambda body: {"raw": [CLOSE + b"\r\n" + body[:-300]]},
    "headers cut off": lambda body: {"raw": [CLOSE]},
    "no HTTP": lambda body: {"raw": [b"SSH-2.0-OpenSSH_9.2\r\n"]},
    "a reset": lambda body: {"reset": True},
}
# What never becomes an article, with what the ledger says of it.
NEVER = {
    "always cut off": (lambda body: {"body": body, "cut": 200}, "failed", "the body is cut off"),
    "chunks always cut off": (
        lambda body: {"raw": [chunks(body[:-200], end=b"")]},
        "failed",
        "the body is cut off",
    ),
    "gzip always cut off": (
        lambda body: packed(gzip.compress(body)[:-20], "gzip"),
        "failed",
        "the body is cut off",
    ),
    "a bomb": (lambda body: packed(bomb(), "gzip"), "failed", "unpacks to more than 1000000"),
    "100 MB": (
        lambda body: {"raw": [CLOSE + b"Content-Length: 100000000\r\n\r\n", body]},
        "failed",
        "larger than download max size",
    ),
    "without end": (
        lambda body: {"raw": repeat(CHUNKED + b"fffffff\r\n" + b"<p>" * 20_000)},
        "failed",
        "larger than DOWNLOAD_MAXSIZE",
    ),
    "a PDF": (lambda body: {"body": PDF}, "rejected", None),
    "a picture": (lambda body: {"body": PNG}, "rejected", None),
    "nothing": (lambda body: {"body": b""}, "rejected", None),
}


# Notes the most memory that the process ever had, in kB.
PEAK = """
import atexit, resource
from pathlib import Path

@atexit.register
def note(peak=Path("peak").resolve()):
    peak.write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))

"""


def bomb() -> bytes:
    """300 MB of spaces in 300 kB."""
    return gzip.compress(b" " * 1_000_000) * 300


@pytest.fixture(scope="module")
def crawled(pages, tmp_path_factory):
    """One crawl of a portal whose notices come in every way above, and the numbers by name."""
    names = [*WHOLE, *AT_FIRST, *NEVER]
    numbers = {name: number for number, name in enumerate(names, 1)}
    with pages.serving() as site:
        site.portal(len(names), rows=50)
        for name, number in numbers.items():
            site.pages[pages.notice_path(number)] = page_of(pages, name, number)
        crawl = pages.Crawler(tmp_path_factory.mktemp("crawl"))
        limits = ("-s", "DOWNLOAD_MAXSIZE=1000000", "-s", "CQCRAWLER_MAX_PAUSE=0.1")
        crawl.prelude = PEAK
        done = crawl(site.url, *limits, "-s", "RETRY_TIMES=2")
        yield (
            done,
            crawl.archive,
            {name: site.url + pages.notice_path(number) for name, number in numbers.items()},
        )


def page_of(pages, name, number):
    body = pages.notice(number).encode()
    if name in NEVER:
        return pages.Reply(**NEVER[name][0](body))
    if name in WHOLE:
        return pages.Reply(**WHOLE[name](body))
    replies = pages.Reply(**AT_FIRST[name](body)), pages.Reply(body)
    return lambda request: replies[min(request.earlier, 1)]


@pytest.mark.parametrize("name", [*WHOLE, *AT_FIRST])
def test_comes_through_whole(crawled, pages, name):
    done, path, urls = crawled
    number = [*urls].index(name) + 1
    with Archive(path, must_exist=True) as archive:
        article = archive.article(urls[name])
    assert article is not None, done.stderr
    assert (article.title, article.published) == (pages.title(number), pages.published(number))
    assert article.body.count("\n") == 2
    assert article.body.endswith("推动早日投产达效。")


@pytest.mark.parametrize("name", NEVER)
def test_never_passes_for_a_notice(crawled, name):
    done, path, urls = crawled
    _, state, error = NEVER[name]
    with Archive(path, must_exist=True) as archive:
        assert archive.article(urls[name]) is None
        page = archive._db.execute(
            "SELECT state, error FROM pages WHERE url = ?", [urls[name]]
        ).fetchone()
    assert page[0] == state, (page, done.stderr)
    assert error is None or error in page[1]


def test_what_is_too_large_is_never_held_in_memory(crawled):
    done, path, _ = crawled
    assert done.exit == 1
    assert 50_000 < int(path.with_name("peak").read_text()) < 400_000
