from __future__ import annotations

import gzip
import zlib
from random import randbytes

import pytest

from cqcrawler.warc.payload import TooLarge, inflate

TEXT = "招商引资".encode() * 1000


def test_a_body_that_is_not_packed_is_itself():
    for body in (b"", TEXT, b"x\x9c", b"<html>", b"\x1f"):
        assert inflate(body) == body


@pytest.mark.parametrize("body", [b"<html><p>" + TEXT, b"%PDF-1.7", b"\n"])
def test_what_only_says_that_it_is_deflate_is_itself(body):
    assert inflate(body, raw=True) == body


@pytest.mark.parametrize("cut", range(1, 30, 3))
@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_stream_that_ends_too_early_is_an_error(pack, cut):
    packed = pack(TEXT)
    with pytest.raises(zlib.error):
        inflate(packed[:-cut], raw=True)


def test_padding_behind_the_stream_is_no_part_of_it():
    assert inflate(gzip.compress(TEXT) + b"\0\0\0") == TEXT
    assert inflate(gzip.compress(TEXT) + gzip.compress(b"more")) == TEXT + b"more"


def test_a_page_may_be_empty():
    assert inflate(gzip.compress(b"")) == b""


def test_padding_behind_an_empty_page_is_no_page():
    assert inflate(gzip.compress(b"") + b"\0\0\0") == b""


def test_many_parts_cost_no_more_than_one(monkeypatch):
    """Each part hands back what of its input it did not use, and zlib copies that."""
    given = 0

    class Counted:
        def __init__(self, window):
            self._stream = zlib_stream(window)

        def decompress(self, piece, most):
            nonlocal given
            given += len(piece)
            return self._stream.decompress(piece, most)

        def __getattr__(self, name):
            return getattr(self._stream, name)

    zlib_stream = zlib.decompressobj
    for body in (gzip.compress(b"") * 2000 + gzip.compress(TEXT), gzip.compress(randbytes(10**6))):
        plain = inflate(body)
        monkeypatch.setattr(zlib, "decompressobj", Counted)
        given = 0
        assert inflate(body) == plain
        assert given <= 8 * len(body)
        monkeypatch.undo()


def test_unpacks_no_more_than_it_may():
    with pytest.raises(TooLarge, match="more than 3999 bytes"):
        inflate(gzip.compress(TEXT[:4000]), max_size=3999)
    assert inflate(gzip.compress(TEXT[:4000]), max_size=4000) == TEXT[:4000]
