"""Redirects, without the names and passwords that their addresses may hold."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares import redirect
from scrapy.http import Response

from cqcrawler.reading.addresses import without_userinfo


class _Plain(redirect.BaseRedirectMiddleware):
    """A redirect must not put into logs and reasons what nobody gave us to keep."""

    def _build_redirect_request(
        self, source_request: Request, response: Response, *, url: str, **kwargs: Any
    ) -> Request:
        plain = without_userinfo(url)
        return super()._build_redirect_request(source_request, response, url=plain, **kwargs)


class RedirectMiddleware(_Plain, redirect.RedirectMiddleware):
    """Redirects by HTTP."""


class MetaRefreshMiddleware(_Plain, redirect.MetaRefreshMiddleware):
    """Redirects in the page."""
