"""What is the same for every request: who may ask, its language, the headers of its response."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from cqcrawler.site import hosts, languages, security
from cqcrawler.site.api import problems
from cqcrawler.site.gates import Full, Gate

logger = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Message, Any, Send], Awaitable[None]]

_A_YEAR = 365 * 24 * 3600
# Everything else is Datasette's.
OWN_PATHS = (
    *("/articles/", "/search", "/new", "/dashboard", "/questions", "/watches"),
    *("/projects", "/facts", "/assets/", "/api/"),
)
_METHODS = ("GET", "HEAD")
_CHUNK = 2**16

# Tables and SQL answer with up to 32 MB each, which a slow reader has us hold.
_TABLES = ("/archive",)
_TABLES_AT_ONCE, _TABLES_WAIT = 6, 60.0
# Searching has four threads for all pages; a search may take five seconds.
_SEARCHES = (
    *("/search", "/dashboard", "/watches", "/projects", "/facts"),
    *("/api/v1/search", "/api/v1/projects", "/api/v1/facts"),
)
_SEARCHES_AT_ONCE, _SEARCHES_WAIT = 2, 30.0
# A download has a thread or a process, for as long as it takes.
_DOWNLOADS = (".csv", ".jsonl", ".xlsx", ".bib", ".ris")
_DOWNLOADS_AT_ONCE, _DOWNLOADS_WAIT = 6, 5.0
# No file system has longer names, and asking for one is an error.
_LONGEST_NAME = 255
_FILES = ("/assets/", "/-/static/")


class GoneError(OSError):
    """Raised to what sends, once nobody takes it any more."""


@dataclass(frozen=True, slots=True)
class _Refusal(Exception):
    """A request that is not answered: the status, the words why, and headers."""

    status: int
    word: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


def wrap(app: Application, names: Collection[str]) -> Application:
    """Return `app` for requests to one of `names`, with safe headers on whatever is answered."""
    gates = {
        _TABLES: Gate(_TABLES_AT_ONCE, _TABLES_WAIT),
        _SEARCHES: Gate(_SEARCHES_AT_ONCE, _SEARCHES_WAIT),
        _DOWNLOADS: Gate(_DOWNLOADS_AT_ONCE, _DOWNLOADS_WAIT),
    }

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        response = _Response(scope, receive, send)
        try:
            _check(scope, names)
            async with _gate(scope["path"], gates):
                await app(scope, response.receive, response.send)
        except _Refusal as refusal:
            await response.refuse(refusal)
        except Full:
            busy = _Refusal(503, "refused.busy", ((b"retry-after", b"10"),))
            await response.refuse(busy)
        except GoneError:
            pass
        except Exception:
            if response.started:
                raise
            logger.exception("%s", scope["path"])
            await response.refuse(_Refusal(500, "error.help"))
        finally:
            response.end()

    return wrapped


class _Response:
    """Sends what answers one request: in pieces, with headers, as long as there is a reader."""

    def __init__(self, scope: Message, receive: Receive, send: Send) -> None:
        self.started = False
        self._send = send
        self._asked = _asked_language(scope)
        self._problems = scope["path"].startswith(problems.FOLDER)
        self._own_page = scope["path"] == "/" or scope["path"].startswith(OWN_PATHS)
        self._gone = asyncio.ensure_future(_until_gone(receive))
        languages.current.set(languages.choose(self._asked, *_wishes(scope)))
        security.nonce.set(security.new_nonce())

    async def receive(self) -> Message:
        """Say that there is no body, as no request that is answered needs one."""
        if not self._gone.done() and self.started:
            await asyncio.wait([self._gone])
        if self._gone.done():
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(self, message: Message) -> None:
        if self._gone.done():
            raise GoneError
        if message["type"] == "http.response.start":
            self.started = True
            headers = _headers(message["headers"], self._own_page, self._asked)
            await self._send({**message, "headers": headers})
            return
        # Piece by piece, each waits until the one before was taken.
        body, more = message.get("body", b""), message.get("more_body", False)
        for start in range(0, max(1, len(body)), _CHUNK):
            rest = more or start + _CHUNK < len(body)
            piece = body[start : start + _CHUNK]
            await self._send({"type": message["type"], "body": piece, "more_body": rest})

    async def refuse(self, refusal: _Refusal) -> None:
        said = languages.say(refusal.word)
        text, kind = f"{refusal.status}: {said}\n".encode(), "text/plain; charset=utf-8"
        if self._problems:
            text, kind = problems.problem(refusal.status, said), problems.CONTENT_TYPE
        headers = [(b"content-type", kind.encode()), *refusal.headers]
        start = {"type": "http.response.start", "status": refusal.status, "headers": headers}
        await self.send(start)
        await self.send({"type": "http.response.body", "body": text})

    def end(self) -> None:
        self._gone.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _check(scope: Message, names: Collection[str]) -> None:
    """Raise _Refusal for a request that is not for us, or wants more than to read."""
    headers = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    name = hosts.name_in(headers[0]) if len(headers) == 1 else None
    if name is None:
        raise _Refusal(400, "refused.no_host")
    reached = scope.get("server")
    if not hosts.is_known(name, names, reached[0] if reached else None):
        raise _Refusal(421, "refused.host")
    if scope["method"] not in _METHODS:
        raise _Refusal(405, "refused.method", ((b"allow", ", ".join(_METHODS).encode()),))
    folders = scope["path"].strip("/").split("/")
    too_long = scope["path"].startswith(_FILES) and max(map(len, folders)) > _LONGEST_NAME
    if scope["path"] != "/" and ({"..", ""} & set(folders) or too_long):
        # Datasette would say whether there is such a folder, also outside of its own.
        raise _Refusal(404, "error.missing")


def _gate(path: str, gates: Mapping[tuple[str, ...], Gate]) -> AbstractAsyncContextManager[None]:
    if path.endswith(_DOWNLOADS):
        return gates[_DOWNLOADS].passing()
    found = (gate for begins, gate in gates.items() if path.startswith(begins))
    gate = next(found, None)
    return gate.passing() if gate else nullcontext()


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
    # A second line is as good as a longer one, and Datasette has one of its own.
    added.append((b"vary", b"accept-language, cookie"))
    if asked:
        cookie = f"{languages.COOKIE}={asked}; Path=/; Max-Age={_A_YEAR}; SameSite=Lax"
        added.append((b"set-cookie", cookie.encode()))
    return [*map(tuple, present), *added]  # type: ignore[list-item]
