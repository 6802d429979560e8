"""Bodies as the portal meant them: decoded, and whole or known not to be."""

from __future__ import annotations

import zlib

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from cqcrawler.warc.payload import TooLarge, inflate, is_plain

# The flags of a response whose body is not all there, and of one that may not be.
CUT_OFF = "cut off"
PERHAPS_CUT_OFF = "perhaps cut off"
# Scrapy's flag for a body that ends with its connection: nothing said how long it would be.
_OPEN_END = "partial"
_END_OF_PAGE = b"</html"
_LAST_BYTES = 1024

_ENCODINGS = (b"gzip", b"x-gzip", b"deflate")


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
        if isinstance(decoded, TextResponse) and not _has_text(decoded):
            decoded = decoded.replace(encoding="utf-8")
        if isinstance(decoded, Response) and _breaks_off(decoded):
            return decoded.replace(flags=[*decoded.flags, PERHAPS_CUT_OFF])
        return decoded

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in _ENCODINGS:
            try:
                return inflate(body, raw=encoding == b"deflate", max_size=max_size)
            except TooLarge as error:
                raise IgnoreRequest(f"{error} (DOWNLOAD_MAXSIZE)") from error
        if is_plain(body):
            return body
        decoded: bytes = HttpCompressionMiddleware._decode(body, encoding, max_size)
        return decoded


def _has_text(response: TextResponse) -> bool:
    """Whether Scrapy, too, can decode the page: it takes any codec of Python for an encoding.

    We decode pages ourselves, but it looks for redirects in them.
    """
    try:
        return bool(response.text) or not response.body
    except (LookupError, ValueError):
        return False


def _breaks_off(response: Response) -> bool:
    """Whether a page that ends with its connection also ends in the middle."""
    if _OPEN_END not in response.flags or response.status != 200:
        return False
    return _END_OF_PAGE not in response.body[-_LAST_BYTES:].lower()
