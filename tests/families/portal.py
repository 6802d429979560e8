"""What the portals of the families share: notices, requests, and a server on 127.0.0.1.

A family's module is written from what is publicly known of its systems, never from our reading
of them, and has `PORTALS`: one `Portal` for each form in which the family's lists are met.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

_PLACES = ("渝北区", "江津区", "两江新区", "璧山区", "万州区", "涪陵区", "永川区", "南岸区")
_TRADES = ("智能网联汽车", "集成电路", "生物医药", "新型储能", "预制菜", "轻合金材料", "软件外包")
_ENDS = ("项目签约落地", "生产基地开工", "二期工程投产", "招商推介会在沪举行", "产业园揭牌")


@dataclass(frozen=True)
class Notice:
    """A notice of an invented portal; number 1 is the newest, and none has the title of another."""

    number: int
    title: str
    published: date

    @property
    def html(self) -> str:
        """The paragraphs of its text."""
        return (
            f"<p>近日，{self.title}。该项目由第{self.number}号企业投资建设，总投资"
            f"{self.number * 3 + 1}亿元，达产后预计年产值{self.number * 5 + 2}亿元。</p>\n"
            f"<p>项目所在园区提供从注册到投产的全程服务，协调用地、用能和人才政策，第"
            f"{self.number}个专班将跟踪到底。</p>"
        )


def notices(count: int, newest: date = date(2026, 9, 30), start: int = 0) -> tuple[Notice, ...]:
    """Return `count` notices, the newest first, two days apart; `start` gives other titles."""
    return tuple(
        Notice(
            number,
            f"{_PLACES[(number + start) % 8]}第{number + start}个"
            f"{_TRADES[number % 7]}{_ENDS[number % 5]}",
            newest - timedelta(days=2 * (number - 1)),
        )
        for number in range(1, count + 1)
    )


@dataclass(frozen=True)
class Request:
    """What a crawler asks for: `target` is path and query as they were sent."""

    method: str
    target: str
    headers: dict[str, str]  # names in lower case
    body: str = ""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @cached_property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @cached_property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body, keep_blank_values=True))


@dataclass(frozen=True)
class Reply:
    body: str
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


NOT_FOUND = Reply("<html><title>404</title><p>404 Not Found</p></html>", 404)


@dataclass(frozen=True)
class Portal:
    """An invented portal with one list.

    `family` is the name of what it runs on, `start` the address of the list that an operator
    would give, `notices` all that the list holds, newest first. `path_of` gives a notice's
    address, `answer` what the server says. `part_of` says which further part of the list (2 is
    the first: a page, or a group of pages where the system fetches groups) a request asks for,
    None for everything else; a test lets such a part fail. `declares` is whether the pages print
    the number of notices.
    """

    family: str
    form: str
    start: str
    notices: tuple[Notice, ...]
    path_of: Callable[[Notice], str]
    answer: Callable[[Request], Reply]
    part_of: Callable[[Request], int | None]
    declares: bool = True

    @property
    def id(self) -> str:
        return f"{self.family}-{self.form}"


class Server:
    """A portal that is served: what was asked of it, and the part of its list that fails."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.requests: list[Request] = []
        self.failing: int | None = None
        self.failures = 0  # answers of 503 that are still to be given for `failing`
        self.url = ""

    def answer(self, request: Request) -> Reply:
        self.requests.append(request)
        if request.path == "/robots.txt":
            return NOT_FOUND
        part = self.portal.part_of(request)
        if part is not None and part == self.failing and self.failures > 0:
            self.failures -= 1
            return Reply("<p>503</p>", 503)
        return self.portal.answer(request)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length).decode() if length else ""
        headers = {name.lower(): value for name, value in self.headers.items()}
        server: Server = self.server.portal  # type: ignore[attr-defined]
        reply = server.answer(Request(self.command, self.path, headers, body))
        content = reply.body.encode("gb18030" if "gb" in reply.content_type else "utf-8")
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.content_type, **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(portal: Portal) -> Iterator[Server]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as http:
        http.daemon_threads = True
        server = Server(portal)
        http.portal = server  # type: ignore[attr-defined]
        server.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
