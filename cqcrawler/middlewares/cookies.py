"""Cookies, no more of them than a server can be asked to read."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares import cookies

# Many servers refuse headers of 8 KB, which is for all of them; a browser, too, forgets the oldest.
_MOST_BYTES = 4096


class CookiesMiddleware(cookies.CookiesMiddleware):
    """Sends the youngest cookies of a portal that sets new ones with each page."""

    # Scrapy is about to drop the spider argument of this method.
    def process_request(self, request: Request) -> None:  # type: ignore[override]
        super().process_request(request)
        sent: bytes | None = request.headers.get("Cookie")
        if sent and len(sent) > _MOST_BYTES:
            whole = sent[-_MOST_BYTES:].partition(b"; ")[2]
            del request.headers["Cookie"]
            if whole:
                request.headers["Cookie"] = whole
