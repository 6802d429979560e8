"""Headers and marks by which nothing that is stored in the archive can run in a browser."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

from jinja2.ext import Extension

nonce: ContextVar[str] = ContextVar("nonce", default="")

_OWN_PAGES = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Datasette's editor and menus are scripts of its templates; these are marked, data never is.
# The editor sets styles as it goes.
_DATASETTE_PAGES = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    # Portals need not learn who reads about them.
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class MarkedScripts(Extension):
    """Puts the request's nonce on scripts that stand in the source of a template."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"<script\b", '<script nonce="{{ nonce() }}"', source)


def new_nonce() -> str:
    """Return a nonce for one response."""
    return secrets.token_urlsafe(16)


def headers(*, own_page: bool) -> dict[str, str]:
    """Return the headers for a response, by lower-case name."""
    policy = _OWN_PAGES if own_page else _DATASETTE_PAGES.format(nonce=nonce.get())
    return {**_HEADERS, "content-security-policy": policy}
