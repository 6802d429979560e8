"""Redirects, without the names and passwords that their addresses may hold."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares import redirect
from scrapy.http import Response

from cqcrawler.reading.addresses import without_userinfo


class _Plain(redirect.BaseRedirectMiddleware):
    """A redirect must not put into logs and reasons what nobody gave us to keep."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        with suppress(ValueError):  # It leads to what is no address, such as http://[.
            followed: Request | Response = super().process_response(request, response)  # type: ignore[misc]
            return followed
        return response

    def _build_redirect_request(
        self, source_request: Request, response: Response, *, url: str, **kwargs: Any
    ) -> Request:
        plain = without_userinfo(url)
        return super()._build_redirect_request(source_request, response, url=plain, **kwargs)


class RedirectMiddleware(_Plain, redirect.RedirectMiddleware):  # type: ignore[misc]
    """Redirects by HTTP."""


class MetaRefreshMiddleware(_Plain, redirect.MetaRefreshMiddleware):  # type: ignore[misc]
    """Redirects in the page."""
