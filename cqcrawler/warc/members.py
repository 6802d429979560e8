"""Gzip members: a WARC file is a row of them, one for each record."""

from __future__ import annotations

import zlib
from contextlib import suppress
from io import SEEK_CUR, BytesIO
from typing import BinaryIO

GZIP = 16 + zlib.MAX_WBITS
# The default, 9, takes several times the CPU for a few per cent of space.
_LEVEL = 1
_PIECE = 2**18
_HEAD = 10  # Bytes in front of what is compressed.
# Bytes: several times what a crawl takes of a page (DOWNLOAD_MAXSIZE).
_LARGEST = 2**26


def compress(record: bytes | memoryview) -> bytes:
    """Return a member that holds `record`."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, GZIP)
    return compressor.compress(record) + compressor.flush()


def read_beginning(file: BinaryIO, most: int) -> bytes:
    """Return what can be read of a damaged member, to `most` bytes or a few more."""
    start = file.tell()
    for skipped, window in ((0, GZIP), (_HEAD, -zlib.MAX_WBITS)):
        file.seek(start + skipped)
        decompressor, plain = zlib.decompressobj(window), b""
        # In small pieces: what is in front of the damage in one of them is lost.
        with suppress(zlib.error):
            while len(plain) < most and not decompressor.eof and (piece := file.read(8)):
                plain += decompressor.decompress(piece)
        if plain:
            return plain
    return b""


def read_member(file: BinaryIO, most: int | None = None) -> bytes:
    """Return what the member at the file's position holds, or its first `most` bytes.

    A member that was read whole leaves the position behind it. Raises EOFError where the file
    ends inside it, zlib.error where it is damaged, ValueError where it is larger than any record.
    """
    decompressor = zlib.decompressobj(GZIP)
    plain, bound = BytesIO(), _LARGEST if most is None else most
    while not decompressor.eof and plain.tell() < bound:
        piece = decompressor.unconsumed_tail or file.read(_PIECE)
        if not piece:
            raise EOFError("the file ends inside the record")
        plain.write(decompressor.decompress(piece, bound - plain.tell()))
    if most is None and not decompressor.eof:
        raise ValueError(f"unpacks to more than {_LARGEST} bytes, as no record does")
    file.seek(-len(decompressor.unused_data), SEEK_CUR)
    return plain.getvalue()
