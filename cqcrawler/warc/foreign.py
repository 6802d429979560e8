"""Pages out of WARC files that anybody may have written: wget, browsers, Heritrix, or we."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.bufferedreaders import ChunkedDataReader

from cqcrawler.models import Exchange
from cqcrawler.warc.streams import LONGEST_HEAD, Damaged, StoredRecord, record_at, records

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"(HTTP/\d(?:\.\d)?) +(\d{3})\b")
_KINDS = ("response", "resource", "revisit")
_OK = 200
_LONGEST_FORM = 2**16
_Fields = tuple[tuple[bytes, bytes], ...]


class Unusable(ValueError):
    """Raised for a record that cannot be taken for a page; says why."""


@dataclass(frozen=True, slots=True)
class Found:
    """A response in a file: where it lies and what it is, without its body.

    `media` is its content type in small letters, `location` where it sends its reader. `request`
    is the offset of the request for it, None where there is none; `form` is what that sent, None
    if it sent nothing. A `revisit` has no body of its own. `problem` says why it cannot be taken.
    """

    offset: int
    kind: str = ""
    url: str = ""
    at: datetime | None = None
    status: int = _OK
    media: str = ""
    location: str = ""
    request: int | None = None
    form: str | None = None
    problem: str = ""


def responses_of(path: Path, most: int) -> Iterator[Found]:
    """Yield the responses, resources and revisits of a file, those of more than `most` bytes as a
    problem. Raises Damaged at the place where it is, after what is before it; OSError."""
    found = _Pairs()
    try:
        for record in records(path):
            yield from found.add(record, most)
    except Damaged:
        yield from found.rest()
        raise
    yield from found.rest()


class _Pairs:
    """Responses with their requests: either may stand before the other, and name it."""

    def __init__(self) -> None:
        self._answer: tuple[str, Found] | None = None
        self._request: tuple[str, Found] | None = None

    def add(self, record: StoredRecord, most: int) -> Iterator[Found]:
        """Take a record, and yield what is complete."""
        kind, name = record.field("WARC-Type"), record.field("WARC-Record-ID")
        other = record.field("WARC-Concurrent-To")
        if kind == "request":
            request = Found(record.offset, form=_form(record))
            if self._answer and self._answer[0] == other:
                yield _asked(self._answer[1], request)
                self._answer = None
            else:
                self._request = (name, request)
        elif kind in _KINDS:
            answer = _described(record, kind, most)
            record.skip()  # One that is cut off is none.
            yield from self.rest()
            if self._request and self._request[0] == other:
                yield _asked(answer, self._request[1])
            else:
                self._answer = (name, answer)

    def rest(self) -> Iterator[Found]:
        """Yield a response that nothing else belongs to."""
        if self._answer:
            yield self._answer[1]
            self._answer = None


def read_exchange(path: Path, found: Found, most: int) -> Exchange:
    """Return a response with the request for it, as they went over the network.

    Parts that it was sent in are put together. Raises Damaged, Unusable, OSError.
    """
    with record_at(path, found.offset) as record:
        plain = record.read(most + LONGEST_HEAD)
        server = record.field("WARC-IP-Address")
        content_type = record.field("Content-Type").encode()
    if found.kind == "response":
        protocol, headers, body = _response(plain)
    else:
        told: _Fields = ((b"Content-Type", content_type),) if content_type else ()
        protocol, headers, body = "HTTP/1.1", told, plain
    method, asked, form = _request(path, found)
    return Exchange(
        url=found.url,
        method=method,
        request_headers=asked,
        status=found.status,
        headers=headers,
        body=body,
        at=found.at or datetime.min.replace(tzinfo=UTC),
        protocol=protocol,
        server=server or None,
        request_body=form,
    )


def _asked(answer: Found, asked: Found) -> Found:
    return replace(answer, request=asked.offset, form=asked.form)


def _described(record: StoredRecord, kind: str, most: int) -> Found:
    # wget writes addresses in the brackets that the grammar of WARC 1.0 shows around them.
    url = record.field("WARC-Target-URI").removeprefix("<").removesuffix(">")
    found = Found(record.offset, kind, url)
    try:
        found = replace(found, at=_time(record.field("WARC-Date")))
        if not url:
            raise Unusable("has no address")
        if cut := record.field("WARC-Truncated"):
            raise Unusable(f"was cut off when it was written ({cut})")
        if record.length > most + LONGEST_HEAD:
            raise Unusable(f"has {record.length:,} bytes: a crawl reads no page of that size")
        if kind == "resource":
            return replace(found, media=_media(record.field("Content-Type")))
        return found if kind == "revisit" else _with_head(found, record.read(LONGEST_HEAD))
    except Unusable as error:
        return replace(found, problem=str(error))


def _with_head(found: Found, plain: bytes) -> Found:
    status, headers = _head(plain)[1:3]
    told = {name.lower(): value.decode("latin-1") for name, value in headers}
    media, location = told.get(b"content-type", ""), told.get(b"location", "")
    return replace(found, status=status, media=_media(media), location=location.strip())


def _time(date: str) -> datetime:
    try:
        at = datetime.fromisoformat(date)
    except ValueError:
        raise Unusable(f"has no date that can be read ({date or 'none'})") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _media(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _head(plain: bytes) -> tuple[str, int, _Fields, bytes]:
    """Return protocol, status, headers and body of a message of HTTP."""
    line = _STATUS_LINE.match(plain)
    if line is None:
        raise Unusable("holds no answer of HTTP")
    end = _HEAD_END.search(plain)
    head, body = (plain[: end.start()], plain[end.end() :]) if end else (plain, b"")
    return line[1].decode(), int(line[2]), _fields(head), body


def _fields(head: bytes) -> _Fields:
    pairs = (line.partition(b":") for line in head.splitlines()[1:])
    return tuple((name.strip(), value.strip()) for name, mark, value in pairs if mark)


def _response(plain: bytes) -> tuple[str, _Fields, bytes]:
    protocol, _, headers, body = _head(plain)
    names = {name.lower(): value.lower() for name, value in headers}
    if names.get(b"transfer-encoding") == b"chunked":
        # Some programs put the parts together and leave the header; then nothing is done.
        body = ChunkedDataReader(BytesIO(body), decomp_type=None).read()
        headers = tuple(pair for pair in headers if pair[0].lower() != b"transfer-encoding")
    return protocol, headers, body


def _form(record: StoredRecord) -> str | None:
    plain = record.read(LONGEST_HEAD)
    end = _HEAD_END.search(plain)
    if not plain.startswith(b"POST ") or end is None:
        return None
    return (plain[end.end() :] + record.read(_LONGEST_FORM)).decode("latin-1")


def _request(path: Path, found: Found) -> tuple[str, _Fields, bytes]:
    """Return method, headers and form of the request; an empty method where it was not kept."""
    if found.request is None:
        return "", (), b""
    with record_at(path, found.request) as record:
        plain = record.read(LONGEST_HEAD)
    end = _HEAD_END.search(plain)
    head = plain[: end.start()] if end else plain
    form = (found.form or "").encode("latin-1")
    return head.partition(b" ")[0].decode("latin-1"), _fields(head), form


__all__ = ["Damaged", "Found", "Unusable", "read_exchange", "responses_of"]
