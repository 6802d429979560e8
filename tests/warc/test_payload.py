"""Decoding is that of the crawl."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest

from cqcrawler.middlewares import BodyMiddleware
from cqcrawler.warc.payload import decode, zstd

TEXT = "".join(random.Random(7).choices("招商引资项目集中签约<p>/", k=100_000)).encode()
RAW_DEFLATE = zlib.compressobj(wbits=-15)
PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:]),
    "deflate": zlib.compress(TEXT),
    "Deflate": RAW_DEFLATE.compress(TEXT) + RAW_DEFLATE.flush(),
    "br": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT),
    "br, gzip": gzip.compress(brotli.compress(TEXT)),
    "": TEXT,
    "identity": TEXT,
}


def crawled(body, encodings):
    middleware = BodyMiddleware.__new__(BodyMiddleware)
    return middleware._handle_encoding(body, [encodings.encode()], 0)[0]


@pytest.mark.parametrize("encodings", PACKED)
def test_whole_bodies(encodings):
    body = PACKED[encodings]
    assert decode(body, encodings) == TEXT == crawled(body, encodings)


@pytest.mark.parametrize("encodings", ["gzip", "deflate", "Deflate", "br", "zstd", "br, gzip"])
@pytest.mark.parametrize("rest", [1, 9, 5_000, 60_000])
def test_bodies_that_break_off(encodings, rest):
    body = PACKED[encodings][:-rest]
    assert_like_the_crawl(body, encodings)


@pytest.mark.parametrize("encodings", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("body", [b"<html>not packed</html>", b"\x00", b""])
def test_bodies_that_are_something_else(encodings, body):
    assert_like_the_crawl(body, encodings)


def assert_like_the_crawl(body, encodings):
    try:
        expected = crawled(body, encodings)
    except Exception:
        with pytest.raises(ValueError, match=f"is no {encodings}"):
            decode(body, encodings)
    else:
        assert decode(body, encodings) == expected


def test_an_unknown_encoding_stays_with_what_comes_before_it():
    inner = gzip.compress(b"x")
    assert decode(inner, "gzip, rot13") == inner
    assert decode(inner, "rot13, gzip") == b"x"
