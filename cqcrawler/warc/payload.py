"""Content-decoding: from what came over the network to the bytes that reading looks at."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BytesIO

import brotli

from cqcrawler.models import Answer, Exchange

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_FIRST_PIECE, _PIECE = 2**6, 2**16
_GZIP_MARK = b"\x1f\x8b"
# What may stand before the first tag of a page: white space, and the mark of UTF-8.
_BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"
# Bytes that a body may unpack to: several times what a crawl takes (DOWNLOAD_MAXSIZE), and a
# thousandth of what some KB of Brotli can come to.
MOST_BYTES = 2**26
_GZIP, _ZLIB, _RAW = 31, 15, -15  # `wbits` of zlib


def answer_to(exchange: Exchange, *, max_size: int = MOST_BYTES) -> Answer:
    """Return the response of an exchange as reading wants it, its body unpacked.

    A body that is not packed as its headers say is taken as it came. Raises TooLarge.
    """
    headers: dict[str, str] = {}
    for name, value in exchange.headers:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    try:
        body = decode(exchange.body, headers.get("content-encoding", ""), max_size=max_size)
    except TooLarge:
        raise
    except ValueError:
        body = exchange.body
    return Answer(exchange.url, exchange.status, headers, body, exchange.at)


class TooLarge(ValueError):
    """Raised for a body that unpacks to more than it may."""


def decode(body: bytes, encodings: str, *, max_size: int = MOST_BYTES) -> bytes:
    """Undo the encodings that a Content-Encoding header names, as the crawl did.

    They were applied from left to right. What comes before one that is not known stays. Raises
    ValueError for a body that cannot be decoded, TooLarge if it would come to more than
    `max_size` bytes at any step.
    """
    names = [name.strip().lower() for name in encodings.split(",")]
    try:
        while names and names[-1] in _DECODERS:
            body = _DECODERS[names.pop()](body, max_size=max_size)
    except (zlib.error, zstd.ZstdError, brotli.error) as error:
        raise ValueError(f"its body is no {encodings}: {error}") from error
    return body


def inflate(body: bytes, *, raw: bool = False, max_size: int = 0) -> bytes:
    """Return a body as it was before gzip or deflate, itself if it is neither.

    `raw` admits deflate without its header, which some servers send. Raises zlib.error for a
    body that is damaged or ends too early, TooLarge for one of more than `max_size` bytes
    (0: any size).
    """
    window = _window(body, raw=raw)
    if not window:
        return body
    whole = bytearray()
    at = _inflate_part(body, 0, window, whole, max_size)
    while window == _GZIP and body.startswith(_GZIP_MARK, at):  # gzip has parts
        at = _inflate_part(body, at, window, whole, max_size)
    return bytes(whole)


def is_plain(body: bytes) -> bool:
    """Whether a body is markup as it stands, whatever encoding it is said to have."""
    return body.lstrip(_BEFORE_MARKUP).startswith(b"<")


def _inflate_part(body: bytes, at: int, window: int, whole: bytearray, max_size: int) -> int:
    """Append what the stream at `at` unpacks to, and return where it ends.

    zlib copies what it does not use of its input, so it gets little at first: a body may be
    made of parts by the thousand.
    """
    stream = zlib.decompressobj(window)
    piece, size = b"", _FIRST_PIECE
    while not stream.eof:
        if not piece:
            piece = body[at : at + size]
            at += len(piece)
            size = min(2 * size, _PIECE)
        chunk = stream.decompress(piece, _PIECE)
        if not chunk and not piece and not stream.eof:
            raise zlib.error("the stream ends too early")
        whole += chunk
        if max_size and len(whole) > max_size:
            raise TooLarge(f"unpacks to more than {max_size} bytes")
        piece = stream.unconsumed_tail
    return at - len(stream.unused_data)


def _window(body: bytes, *, raw: bool = False) -> int:
    """Return what zlib calls the window of a body: how it is packed, 0 if it is not."""
    if body.startswith(_GZIP_MARK):
        return _GZIP
    if not raw:
        return 0
    return next((window for window in (_ZLIB, _RAW) if _opens(body, window)), 0)


def _opens(body: bytes, window: int) -> bool:
    try:
        return bool(zlib.decompressobj(window).decompress(body, 1))
    except zlib.error:
        return False


def _unbrotli(body: bytes, *, max_size: int) -> bytes:
    if is_plain(body):
        return body
    decompressor, pieces = brotli.Decompressor(), iter((body,))
    # Without a limit, it keeps what it knows of a stream that breaks off to itself.
    return _read_all(
        lambda size: decompressor.process(next(pieces, b""), output_buffer_limit=size), max_size
    )


def _unzstd(body: bytes, *, max_size: int) -> bytes:
    if is_plain(body):
        return body
    return _read_all(zstd.ZstdFile(BytesIO(body)).read, max_size)


def _read_all(read: Callable[[int], bytes], max_size: int) -> bytes:
    """Return what there is of a stream, though it may break off."""
    plain = BytesIO()
    with suppress(EOFError):
        while piece := read(_PIECE):
            plain.write(piece)
            if plain.tell() > max_size:
                raise TooLarge(f"unpacks to more than {max_size} bytes")
    return plain.getvalue()


_DECODERS: dict[str, Callable[..., bytes]] = {
    "gzip": inflate,
    "x-gzip": inflate,
    "deflate": partial(inflate, raw=True),
    "br": _unbrotli,
    "zstd": _unzstd,
}
