"""The records of a WARC file that anybody may have written, one after the other."""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from io import SEEK_CUR, BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from cqcrawler.warc.members import GZIP

_PARSER = StatusAndHeadersParser([], verify=False)
_MARK, _GZIP_MARK = b"WARC/", b"\x1f\x8b"
_PIECE = 2**18
_PACKED_PIECE = 2**14  # A record takes little more, and what is behind it is read again.
_MOST_DIGITS = 18  # of a length in bytes
CUT_OFF = "is cut off in the middle of a record"
# Bytes that a record's head may have, as many as that of the response in it.
LONGEST_HEAD = 2**16


class Damaged(ValueError):
    """Raised for a file that is no WARC file, or not from here on; says why."""


class StoredRecord:
    """A record at its offset: `named` are its own fields, `read` gives what it holds."""

    def __init__(self, offset: int, named: StatusAndHeaders, length: int, stream: BinaryIO) -> None:
        self.offset = offset
        self.length = length
        self._named = named
        self._stream = stream
        self._left = length

    def field(self, name: str) -> str:
        """Return a field of the record; empty if it has none."""
        return str(self._named.get_header(name) or "").strip()

    def read(self, most: int) -> bytes:
        """Return at most so many bytes of what is left; Damaged where the file ends before."""
        wanted = min(most, self._left)
        found = self._stream.read(wanted)
        if len(found) < wanted:
            raise Damaged(CUT_OFF)
        self._left -= wanted
        return found

    def skip(self) -> None:
        """Go behind what the record holds."""
        while self._left:
            self.read(_PIECE)


def records(path: Path, at: int = 0) -> Generator[StoredRecord, None, None]:
    """Yield the records of a file from an offset on; each can be read until the next is asked for.

    Raises Damaged where it is none of WARC, or is cut off or damaged; OSError.
    """
    with path.open("rb") as file:
        mark = file.read(len(_MARK))
        if not mark.startswith((_GZIP_MARK, _MARK)):
            raise Damaged("is no WARC file")
        file.seek(at)
        yield from (_packed if mark.startswith(_GZIP_MARK) else _plain)(file)


@contextmanager
def record_at(path: Path, offset: int) -> Iterator[StoredRecord]:
    """Open the record at an offset; raises as `records` does."""
    with closing(records(path, offset)) as found:
        record = next(found, None)
        if record is None:
            raise Damaged(CUT_OFF)
        yield record


def _plain(file: BufferedReader) -> Iterator[StoredRecord]:
    while _skip_line_ends(file):
        record = _begin(file.tell(), file)
        yield record
        record.skip()


def _packed(file: BufferedReader) -> Iterator[StoredRecord]:
    """Yield the records of a file in which each is a gzip member of its own."""
    while _skip_line_ends(file):
        offset = file.tell()
        inflated = _Inflated(file)
        stream = BufferedReader(inflated)
        try:
            record = _begin(offset, stream)
            yield record
            record.skip()
            _end(stream)
        except zlib.error as error:
            raise Damaged(f"is damaged: {error}") from error
        file.seek(inflated.end)


def _begin(offset: int, stream: BinaryIO) -> StoredRecord:
    head = _head(stream)
    if not head.startswith(_MARK):
        found = "is no WARC file" if not offset else "no record begins where one should"
        raise Damaged(found)
    named = _PARSER.parse(BytesIO(head))
    length = named.get_header("Content-Length") or ""
    if not (length.isdecimal() and len(length) <= _MOST_DIGITS):
        raise Damaged("a record does not say how long it is")
    return StoredRecord(offset, named, int(length), stream)


def _head(stream: BinaryIO) -> bytes:
    """Read the lines of a record's head, as many as it may have."""
    head = b""
    while line := stream.readline(LONGEST_HEAD - len(head)):
        head += line
        if not line.strip():
            return head
    return head[: len(_MARK)]


def _end(stream: BinaryIO) -> None:
    """Read to the end of a member, which has one record only."""
    while piece := stream.read(_PIECE):
        if piece.strip(b"\r\n"):
            raise Damaged(
                "is packed as a whole, and not record by record: unpack it (gunzip) and import that"
            )


def _skip_line_ends(file: BufferedReader) -> bool:
    """Go to the next record; return whether there is one."""
    while (piece := file.read(1)) and piece in b"\r\n":
        pass
    if piece:
        file.seek(-1, SEEK_CUR)
    return bool(piece)


class _Inflated(RawIOBase):
    """What a gzip member of a file holds; `end` is where the member ends, once it was read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._inflator = zlib.decompressobj(GZIP)
        self.end = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._inflator.eof:
            piece = self._inflator.unconsumed_tail or self._file.read(_PACKED_PIECE)
            plain = self._inflator.decompress(piece, len(buffer))
            if plain:
                buffer[: len(plain)] = plain
                return self._note_end(len(plain))
            if not piece and not self._inflator.eof:
                raise Damaged(CUT_OFF)
        return self._note_end(0)

    def _note_end(self, size: int) -> int:
        if self._inflator.eof:
            self.end = self._file.tell() - len(self._inflator.unused_data)
        return size
