"""Exchanges as WARC records, each a gzip member of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import responses
from importlib.metadata import version
from io import BytesIO
from urllib.parse import urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from cqcrawler import __version__
from cqcrawler.models import Exchange
from cqcrawler.warc.members import compress

_STANDARD = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
# What WARC tools have for what the standard has no field for.
_HEAD_FIELD = "WARC-JSON-Metadata"
NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Head:
    """What a response record says of itself, and the headers that decide how it is read."""

    record_id: str
    url: str
    date: str
    payload_digest: str
    status: int
    content_type: str
    content_encoding: str

    def is_of(self, exchange: Exchange) -> bool:
        """Whether the response of `exchange` would read the same, to the byte."""
        return (
            self.payload_digest == digest(exchange.body)
            and (self.url, self.status) == (exchange.url, exchange.status)
            and self.content_type == header(exchange, b"content-type")
            and self.content_encoding == header(exchange, b"content-encoding")
        )


class Builder:
    """Makes the records of one file, as bytes to append.

    `about` has fields for the record that describes the file.
    """

    def __init__(self, name: str, at: datetime, about: Mapping[str, str]) -> None:
        self._writer = WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")
        software = f"cqcrawler/{__version__} warcio/{version('warcio')}"
        known = {"software": software, "format": "WARC File Format 1.1", "conformsTo": _STANDARD}
        self._info = self._writer.create_warcinfo_record(name, {**known, **about})
        self._info.rec_headers.replace_header("WARC-Date", timestamp(at))
        self._info_id = self._info.rec_headers.get_header("WARC-Record-ID")

    def info(self) -> bytes:
        """Return the record that the file begins with."""
        return self._member(self._info)

    def response(self, exchange: Exchange) -> bytes:
        """Return a response with its body, and the request for it."""
        return b"".join(self._pair(exchange, "response", exchange.body, {}))

    def revisit(self, exchange: Exchange, original: Head | None) -> bytes:
        """Return the headers of a response whose body is that of `original`, and the request.

        Without `original`, the server says 304 of a body that is not in the archive. With it, the
        record of a 304 has no block: replay tools give its readers the page that was not modified,
        and would answer with an empty 304 if its head stood there. That is in a field.
        """
        unmodified = exchange.status == NOT_MODIFIED
        profile = "server-not-modified" if unmodified else "identical-payload-digest"
        refers = {"WARC-Profile": _PROFILES + profile}
        if original:
            refers |= {
                "WARC-Payload-Digest": original.payload_digest,
                "WARC-Refers-To": original.record_id,
                "WARC-Refers-To-Target-URI": original.url,
                "WARC-Refers-To-Date": original.date,
            }
        head = _response_head(exchange)
        if unmodified and original:
            head, refers = b"", refers | {_HEAD_FIELD: _head_as_field(head)}
        return b"".join(self._pair(exchange, "revisit", b"", refers, head))

    def _pair(
        self,
        exchange: Exchange,
        kind: str,
        body: bytes,
        extra: Mapping[str, str],
        head: bytes | None = None,
    ) -> Iterator[bytes]:
        head = _response_head(exchange) if head is None else head
        response = self._record(exchange, kind, head, body, extra)
        yield self._member(response)
        if not exchange.method:
            return
        concurrent = {"WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
        yield self._member(
            self._record(
                exchange,
                "request",
                _request_head(exchange),
                exchange.request_body,
                concurrent,
            )
        )

    def _record(
        self, exchange: Exchange, kind: str, head: bytes, body: bytes, extra: Mapping[str, str]
    ) -> ArcWarcRecord:
        known = {"WARC-Date": timestamp(exchange.at), "WARC-Warcinfo-ID": self._info_id}
        if exchange.server:
            known["WARC-IP-Address"] = exchange.server
        return self._writer.create_warc_record(
            exchange.url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            warc_headers_dict={**known, **extra},
            http_headers=_Verbatim(head) if head else None,
        )

    def _member(self, record: ArcWarcRecord) -> bytes:
        plain = BytesIO()
        self._writer.out = plain
        self._writer.write_record(record)
        return compress(plain.getbuffer())


def replayable(named: StatusAndHeaders, block: bytes) -> bytes | None:
    """Return the record of a 304 as we write it today, None of any other that needs no change.

    Until 0.1 the head of the response stood in its block.
    """
    unmodified = str(named.get_header("WARC-Profile") or "").endswith("/server-not-modified")
    if not (unmodified and block and named.get_header("WARC-Refers-To-Target-URI")):
        return None
    for name in ("WARC-Block-Digest", "Content-Length", "Content-Type"):
        named.remove_header(name)
    named.add_header(_HEAD_FIELD, _head_as_field(block))
    writer = WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")
    url = named.get_header("WARC-Target-URI")
    writer.write_record(writer.create_warc_record(url, "revisit", warc_headers=named))
    return compress(writer.out.getbuffer())


def _head_as_field(head: bytes) -> str:
    """Return the head of a response as a field of its record, which takes a line of ASCII."""
    return json.dumps({"httpHead": head.decode("latin-1")})


class _Verbatim(StatusAndHeaders):  # type: ignore[misc]
    """The head of a message as it is: warcio would percent-encode bytes beyond ASCII."""

    def __init__(self, head: bytes) -> None:
        super().__init__("verbatim", [])
        self._head = head

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self._head


def digest(payload: bytes) -> str:
    """Return a payload digest in the form that WARC tools share: `sha1:` and base 32."""
    digester = Digester("sha1")
    digester.update(payload)
    return str(digester)


def timestamp(at: datetime) -> str:
    """Return an aware time in UTC as WARC 1.1 writes it, to the microsecond."""
    return f"{at:%Y-%m-%dT%H:%M:%S.%f}Z"


def header(exchange: Exchange, name: bytes) -> str:
    """Return the values of a response header, joined; empty if there is none."""
    values = (value for known, value in exchange.headers if known.lower() == name)
    return b", ".join(values).decode("latin-1")


def _response_head(exchange: Exchange) -> bytes:
    phrase = responses.get(exchange.status, "")
    return _head(f"{exchange.protocol} {exchange.status} {phrase}", exchange.headers)


def _request_head(exchange: Exchange) -> bytes:
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _head(f"{exchange.method} {target} HTTP/1.1", exchange.request_headers)


def _head(first: str, headers: tuple[tuple[bytes, bytes], ...]) -> bytes:
    lines = [first.encode("ascii"), *(name + b": " + value for name, value in headers)]
    return b"\r\n".join([*lines, b"", b""])
