"""Keeping what came over the network, for the raw archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response
from scrapy.http.headers import Headers
from scrapy.utils.httpobj import urlparse_cached

from cqcrawler.models import Exchange
from cqcrawler.spiders import EXCHANGES


class CaptureMiddleware:
    """Notes each request and response on the page that they are for.

    It is the nearest to the network, so that it sees all headers of a request, and a response
    before anything is decoded.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        # Of one request only the last try is kept; what redirected from others is.
        asked = (request.method, request.url)
        tries = request.meta.get(EXCHANGES, ())
        earlier = (one for one in tries if (one.method, one.url) != asked)
        request.meta[EXCHANGES] = (*earlier, _exchange(request, response))
        return response


def _exchange(request: Request, response: Response) -> Exchange:
    # The HTTP client adds this one itself.
    host = (b"Host", urlparse_cached(request).netloc.encode())
    return Exchange(
        url=request.url,
        method=request.method,
        request_headers=(host, *_pairs(request.headers)),
        status=response.status,
        headers=tuple(_pairs(response.headers)),
        body=response.body,
        at=datetime.now(UTC),
        protocol=response.protocol or "HTTP/1.1",
        request_body=request.body,
        server=str(response.ip_address) if response.ip_address else None,
    )


def _pairs(headers: Headers) -> Iterator[tuple[bytes, bytes]]:
    for name, values in headers.items():
        for value in values:
            yield name, value
