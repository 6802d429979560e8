"""Gzip members: a WARC file is a row of them, one for each record."""

from __future__ import annotations

import zlib
from io import SEEK_CUR, BytesIO
from typing import BinaryIO

GZIP = 16 + zlib.MAX_WBITS
# The default, 9, takes several times the CPU for a few per cent of space.
_LEVEL = 1
_PIECE = 2**18


def compress(record: bytes | memoryview) -> bytes:
    """Return a member that holds `record`."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, GZIP)
    return compressor.compress(record) + compressor.flush()


def read_member(file: BinaryIO, most: int | None = None) -> bytes:
    """Return what the member at the file's position holds, or its first `most` bytes.

    A member that was read whole leaves the position behind it. Raises EOFError where the file
    ends inside it, zlib.error where it is damaged.
    """
    decompressor = zlib.decompressobj(GZIP)
    plain = BytesIO()
    while not decompressor.eof and (most is None or plain.tell() < most):
        piece = decompressor.unconsumed_tail or file.read(_PIECE)
        if not piece:
            raise EOFError("the file ends inside the record")
        plain.write(decompressor.decompress(piece, 0 if most is None else most - plain.tell()))
    file.seek(-len(decompressor.unused_data), SEEK_CUR)
    return plain.getvalue()
