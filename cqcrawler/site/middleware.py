"""What is the same for every request: its language, and the headers of its response."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from cqcrawler.site import languages, security

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Any, Send], Awaitable[None]]

_A_YEAR = 365 * 24 * 3600
# Everything else is Datasette's.
OWN_PATHS = ("/articles/", "/search", "/new", "/dashboard", "/questions", "/assets/")


def wrap(app: Application) -> Application:
    """Return `app` with a language for each request and safe headers on each response."""

    async def wrapped(scope: Message, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        asked = _asked_language(scope)
        languages.current.set(languages.choose(asked, *_wishes(scope)))
        security.nonce.set(security.new_nonce())
        own_page = scope["path"] == "/" or scope["path"].startswith(OWN_PATHS)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _headers(message["headers"], own_page, asked)}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped


def _asked_language(scope: Message) -> str | None:
    # Datasette takes `lang` for a column, and nothing that begins with `_`.
    query = parse_qs(scope["query_string"].decode("latin-1"))
    asked = [*query.get("lang", ()), *query.get("_lang", ())]
    return next((wish for wish in asked if wish in languages.LANGUAGES), None)


def _wishes(scope: Message) -> tuple[str | None, str]:
    """Return the language of the cookie and those that the browser accepts."""
    found = {name: value.decode("latin-1") for name, value in scope["headers"]}
    try:
        cookie = SimpleCookie(found.get(b"cookie", "")).get(languages.COOKIE)
    except CookieError:
        cookie = None
    return cookie.value if cookie else None, found.get(b"accept-language", "")


def _headers(
    present: list[tuple[bytes, bytes]], own_page: bool, asked: str | None
) -> list[tuple[bytes, bytes]]:
    names = {name.lower() for name, _ in present}
    added = [
        (name.encode(), value.encode())
        for name, value in security.headers(own_page=own_page).items()
        if name.encode() not in names
    ]
    if b"vary" not in names:
        added.append((b"vary", b"accept-language, cookie"))
    if asked:
        cookie = f"{languages.COOKIE}={asked}; Path=/; Max-Age={_A_YEAR}; SameSite=Lax"
        added.append((b"set-cookie", cookie.encode()))
    return [*map(tuple, present), *added]  # type: ignore[list-item]
