"""A record is judged by what was archived, and looking at it takes no more memory than a page."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest

from cqcrawler.models import Exchange
from cqcrawler.warc import inspect
from cqcrawler.warc.payload import MOST_BYTES, TooLarge, decode, zstd
from cqcrawler.warc.writer import WarcWriter

LENGTH = 3 * MOST_BYTES


def brotli_of_zeros() -> bytes:
    compressor = brotli.Compressor(quality=3)
    pieces = [compressor.process(bytes(2**20)) for _ in range(LENGTH // 2**20)]
    return b"".join(pieces) + compressor.finish()


def zlib_of_zeros(window: int) -> bytes:
    compressor = zlib.compressobj(wbits=window)
    pieces = [compressor.compress(bytes(2**20)) for _ in range(LENGTH // 2**20)]
    return b"".join(pieces) + compressor.flush()


def zstd_of_zeros() -> bytes:
    compressor = zstd.ZstdCompressor()
    pieces = [compressor.compress(bytes(2**20)) for _ in range(LENGTH // 2**20)]
    return b"".join(pieces) + compressor.flush()


BOMBS: dict[str, Callable[[], bytes]] = {
    "br": brotli_of_zeros,
    "gzip": lambda: zlib_of_zeros(31),
    "deflate": lambda: zlib_of_zeros(15),
    "zstd": zstd_of_zeros,
    "br, gzip": lambda: gzip.compress(brotli_of_zeros()),
}


@pytest.mark.parametrize("encodings", BOMBS)
def test_no_body_unpacks_to_more_than_a_bound(
    writer: Callable[..., WarcWriter],
    make: Callable[..., Exchange],
    tmp_path: Path,
    encodings: str,
) -> None:
    body = BOMBS[encodings]()
    headers = ((b"Content-Encoding", encodings.encode()),)
    record = writer().write([make(body, headers=headers)], None)
    assert record
    tracemalloc.start()
    with pytest.raises(TooLarge, match="unpacks to more than"):
        decode(body, encodings)
    found = {one.offset: one for one in inspect(tmp_path / record.file, [record.offset])}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < LENGTH
    one = found[record.offset]
    assert (one.urls, one.digest, one.damage) == (("http://h/1",), None, "")


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)],
)
def test_a_stream_that_the_portal_cut_off_is_no_damage(
    writer: Callable[..., WarcWriter],
    make: Callable[..., Exchange],
    tmp_path: Path,
    encoding: str,
    pack: Callable[[bytes], Any],
) -> None:
    body = pack(bytes(range(256)) * 50)[:-20]
    headers = ((b"Content-Encoding", encoding.encode()),)
    record = writer().write([make(body, headers=headers)], None)
    assert record
    assert [one.damage for one in inspect(tmp_path / record.file, [])] == ["", "", ""]
