"""Reading records back by file and offset."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from textwrap import shorten

from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from cqcrawler.exceptions import RecordError
from cqcrawler.models import Answer, Record, is_raw_file
from cqcrawler.warc.members import read_member
from cqcrawler.warc.payload import decode
from cqcrawler.warc.records import Head, digest

# Room for the heads of a record and of the response in it.
_LONGEST_HEADS = 2**18
_PARSER = StatusAndHeadersParser(["WARC/1.1"])
_END = b"\r\n\r\n"
_LONGEST_REASON = 200  # characters; the parser of heads cites what it found

# What reading a record that is no longer as it was written may raise.
DAMAGE = (EOFError, ValueError, TypeError, zlib.error, StatusAndHeadersParserException)


def read_head(folder: Path, record: Record) -> Head:
    """Return what a response record says of itself, without reading its body.

    Raises RecordError for one that is missing, damaged or no response.
    """
    with _explained(folder, record):
        named, block = _open(folder, record, _LONGEST_HEADS)
        return _head(named, block)


def is_readable(folder: Path, record: Record) -> bool:
    """Whether a record is there and begins as a response; its body is not looked at."""
    try:
        read_head(folder, record)
    except RecordError:
        return False
    return True


def read_answer(folder: Path, record: Record) -> Answer:
    """Return the response that a record holds, as the crawl read it.

    Raises RecordError for one that is missing, no response, or not as its digests say.
    """
    with _explained(folder, record):
        return answer_of(*_open(folder, record))


def answer_of(named: StatusAndHeaders, block: bytes) -> Answer:
    """Return the response in a record; ValueError if it is not as its digests say."""
    check_digests(named, block)
    head, headers = _head(named, block), headers_of(block)
    body = block.partition(_END)[2]
    return Answer(
        url=head.url,
        status=head.status,
        body=decode(body, headers.pop("content-encoding", "")),
        headers=headers,
        at=datetime.fromisoformat(head.date),
    )


def check_digests(named: StatusAndHeaders, block: bytes) -> None:
    """Raise ValueError for a record that does not match its digests."""
    right = digest(block) == named["WARC-Block-Digest"]
    if named["WARC-Type"] in ("response", "request"):
        right &= digest(block.partition(_END)[2]) == named["WARC-Payload-Digest"]
    if not right:
        raise ValueError("it does not match its digests")


def parse(plain: bytes) -> tuple[StatusAndHeaders, bytes]:
    """Return the head of a record and its block, or the beginning of that."""
    stream = BytesIO(plain)
    named = _PARSER.parse(stream)
    return named, stream.read(int(named["Content-Length"]))


@contextmanager
def _explained(folder: Path, record: Record) -> Iterator[None]:
    where = f"{folder / record.file} at {record.offset}"
    try:
        yield
    except OSError as error:
        raise RecordError(f"{where}: {error.strerror or error}") from error
    except DAMAGE as error:
        raise RecordError(f"{where}: {shorten(str(error), _LONGEST_REASON)}") from error


def _open(folder: Path, record: Record, most: int | None = None) -> tuple[StatusAndHeaders, bytes]:
    """Return the head of a response record, and its block or the beginning of that."""
    if not is_raw_file(record.file):
        raise ValueError("this is no file of raw pages of the archive")
    with (folder / record.file).open("rb") as file:
        file.seek(record.offset)
        named, block = parse(read_member(file, most))
    if named["WARC-Type"] != "response":
        raise ValueError("there is no response")
    return named, block


def _head(named: StatusAndHeaders, block: bytes) -> Head:
    headers = headers_of(block)
    return Head(
        record_id=named["WARC-Record-ID"],
        url=named["WARC-Target-URI"],
        date=named["WARC-Date"],
        payload_digest=named["WARC-Payload-Digest"],
        status=int(block.split(b" ", 2)[1]),
        content_type=headers.get("content-type", ""),
        content_encoding=headers.get("content-encoding", ""),
    )


def headers_of(block: bytes) -> dict[str, str]:
    """Return the headers of a response by lower-case name, repeated ones joined.

    warcio's own parser would guess at the encoding of values.
    """
    joined: dict[str, str] = {}
    for line in block.partition(_END)[0].decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(": ")
        name = name.lower()
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined
