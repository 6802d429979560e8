from __future__ import annotations

import gzip
import zlib

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


def test_unpacks_no_more_than_it_may():
    with pytest.raises(TooLarge, match="more than 3999 bytes"):
        inflate(gzip.compress(TEXT[:4000]), max_size=3999)
    assert inflate(gzip.compress(TEXT[:4000]), max_size=4000) == TEXT[:4000]
