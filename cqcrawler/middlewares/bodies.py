"""Bodies as the portal meant them: decoded, and whole or known not to be."""

from __future__ import annotations

import zlib

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

# The flags of a response whose body is not all there, and of one that may not be.
CUT_OFF = "cut off"
PERHAPS_CUT_OFF = "perhaps cut off"
# Scrapy's flag for a body that ends with its connection: nothing said how long it would be.
_OPEN_END = "partial"
_END_OF_PAGE = b"</html"
_LAST_BYTES = 1024

_ENCODINGS = (b"gzip", b"x-gzip", b"deflate")
_GZIP, _ZLIB, _RAW = 31, 15, -15  # `wbits` of zlib
_CHUNK = 64 * 1024


class BodyMiddleware(HttpCompressionMiddleware):
    """Decodes bodies, and flags those that end too early.

    Scrapy hands on as much of a broken gzip stream as can be had, and takes a connection that
    closes for the end of a page. Half a notice must not pass for a notice. A body that says
    it is compressed and is not comes through as it is.
    """

    # Scrapy is about to drop the spider argument of these methods.
    def process_request(self, request: Request) -> None:  # type: ignore[override]
        # Only what we can tell the end of.
        request.headers.setdefault("Accept-Encoding", b"gzip, deflate")

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        try:
            decoded = super().process_response(request, response)
        except zlib.error:
            return response.replace(flags=[*response.flags, CUT_OFF])
        if isinstance(decoded, Response) and _breaks_off(decoded):
            return decoded.replace(flags=[*decoded.flags, PERHAPS_CUT_OFF])
        return decoded

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in _ENCODINGS:
            return inflate(body, raw=encoding == b"deflate", max_size=max_size)
        decoded: bytes = HttpCompressionMiddleware._decode(body, encoding, max_size)
        return decoded


def _breaks_off(response: Response) -> bool:
    """Whether a page that ends with its connection also ends in the middle."""
    if _OPEN_END not in response.flags or response.status != 200:
        return False
    return _END_OF_PAGE not in response.body[-_LAST_BYTES:].lower()


def inflate(body: bytes, *, raw: bool = False, max_size: int = 0) -> bytes:
    """Return a body as it was before gzip or deflate, itself if it is neither.

    `raw` admits deflate without its header, which some servers send. Raises zlib.error for a
    body that is damaged or ends too early, IgnoreRequest for one of more than `max_size` bytes
    (0: any size).
    """
    window = _window(body, raw=raw)
    whole = bytearray()
    while window:
        stream = zlib.decompressobj(window)
        rest = body
        while not stream.eof:
            chunk = stream.decompress(rest, _CHUNK)
            rest = stream.unconsumed_tail
            if not chunk and not rest and not stream.eof:
                raise zlib.error("the stream ends too early")
            whole += chunk
            if max_size and len(whole) > max_size:
                raise IgnoreRequest(f"unpacks to more than {max_size} bytes (DOWNLOAD_MAXSIZE)")
        body = stream.unused_data
        window = _window(body) if window == _GZIP else 0  # gzip has parts
    return bytes(whole) or body


def _window(body: bytes, *, raw: bool = False) -> int:
    """Return what zlib calls the window of a body: how it is packed, 0 if it is not."""
    if body.startswith(b"\x1f\x8b"):
        return _GZIP
    if not raw:
        return 0
    return next((window for window in (_ZLIB, _RAW) if _opens(body, window)), 0)


def _opens(body: bytes, window: int) -> bool:
    try:
        return bool(zlib.decompressobj(window).decompress(body, 1))
    except zlib.error:
        return False
