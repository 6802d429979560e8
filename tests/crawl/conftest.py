"""A portal on 127.0.0.1 that each test shapes to its needs, and crawls of it in processes."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import inf
from pathlib import Path
from struct import pack
from subprocess import CompletedProcess
from threading import Event, Thread
from typing import Any

import pytest

from tests import processes
from tests.processes import PATIENCE, ROOT, Process

HTML = "text/html; charset=utf-8"
QUICK = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False")


@dataclass(frozen=True)
class Reply:
    """What the server answers, after some seconds.

    `drop` closes the connection without a word, `cut` when so many bytes are still missing;
    `reset` makes that a reset. `raw` is sent as it is in place of status, headers and body,
    piece by piece with `pause` seconds after each, until the connection is closed.
    """

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False
    cut: int = 0
    reset: bool = False
    raw: Iterable[bytes] = ()
    pause: float = 0.0
    seconds: float = 0.0


Page = Reply | Callable[["Request"], Reply]


@dataclass(frozen=True)
class Request:
    """A request that the server had, with how often its path was asked for before."""

    path: str
    headers: Mapping[str, str]
    earlier: int
    at: float


class Site:
    """Pages by path, and the requests for them in order of arrival."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[Request] = []
        self.url = ""
        self._answered = inf
        self._released = Event()

    @property
    def name(self) -> str:
        """The name of the portal that is made up for it."""
        return self.url.removeprefix("http://").replace(":", "-")

    @property
    def hits(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def answer(self, path: str, headers: Mapping[str, str]) -> Reply:
        earlier = sum(request.path == path for request in self.requests)
        request = Request(path, headers, earlier, time.monotonic())
        self.requests.append(request)
        if len(self.hits) > self._answered:
            self._released.wait()
        page = self.pages.get(path, Reply("<p>404 not found</p>", 404))
        return page if isinstance(page, Reply) else page(request)

    def hold(self, after: int) -> None:
        """Answer so many requests from now on, and no other before `release`."""
        self.requests.clear()
        self._answered = after
        self._released.clear()

    def release(self) -> None:
        self._answered = inf
        self._released.set()

    def wait_for_hits(self, count: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while len(self.hits) < count:
            assert time.monotonic() < deadline, self.hits
            time.sleep(0.001)

    def portal(self, notices: int, rows: int = 10) -> None:
        """Lay out a listing at `/` with a pager, and its notices, the newest first."""
        pages = range(1, (notices + rows - 1) // rows + 1)
        for page in pages:
            first = (page - 1) * rows + 1
            shown = range(first, min(first + rows, notices + 1))
            self.pages[listing_path(page)] = Reply(listing(shown, page, len(pages)))
        for number in range(1, notices + 1):
            self.pages[notice_path(number)] = Reply(notice(number))


def listing_path(page: int) -> str:
    return "/" if page == 1 else f"/list_{page}.html"


def notice_path(number: int) -> str:
    return f"/info/detail/{number}.html"


def published(number: int) -> str:
    """Notices are a day apart; number 1 is the newest."""
    return (date(2025, 9, 30) - timedelta(days=number)).isoformat()


def title(number: int) -> str:
    return f"【渝北区招商】渝北区第{number}批智能制造项目集中签约落地"


def notice(number: int, *, text: str = "") -> str:
    body = text or (
        f"第{number}批项目涵盖智能网联汽车和集成电路，总投资{number * 3}亿元，由多家企业共同建设。"
        "园区为企业提供从注册到投产的全程服务，并协调用地、用能和人才政策。"
    )
    return f"""<html><head><title>{title(number)}</title></head><body><h1>{title(number)}</h1>
<div>所属地区:重庆-渝北区 发布日期:{published(number)}</div>
<div><p>{body}</p><p>(一)第{number}个项目将于年内开工，建成后可以带动上下游配套企业落户。</p>
<p>(二)有关部门表示，将继续做好第{number}批项目的跟踪服务，推动早日投产达效。</p></div>
</body></html>"""


def listing(
    numbers: Sequence[int],
    page: int = 1,
    pages: int = 1,
    *,
    dates: bool = True,
    total: int | None = None,
    pinned: Sequence[int] = (),
) -> str:
    """Return a listing page with a full pager; `pinned` rows stand above the others."""
    rows = "".join(
        f'<li><a href="{notice_path(n)}">{title(n)}</a>'
        + (f"<span>{published(n)}</span>" if dates else "")
        + "</li>"
        for n in (*pinned, *numbers)
    )
    pager = "".join(
        f"<b>{n}</b> " if n == page else f'<a href="{listing_path(n)}">{n}</a> '
        for n in range(1, pages + 1)
    )
    if page < pages:
        pager += f'<a href="{listing_path(page + 1)}">下一页</a>'
    count = f"<p>共{total}条</p>" if total is not None else ""
    return f"""<html><head><title>招商动态</title></head><body><h2>招商动态</h2>
<ul>{rows}</ul>{count}<div>{pager if pages > 1 else ""}</div></body></html>"""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        reply = self.server.site.answer(self.path, self.headers)  # type: ignore[attr-defined]
        time.sleep(reply.seconds)
        self.close_connection = bool(reply.drop or reply.reset or reply.cut or reply.raw)
        if reply.reset:
            # With this a close is a reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, pack("ii", 1, 0))
        if reply.raw:
            self._send_raw(reply)
        elif not reply.drop and not reply.reset:
            self._send(reply)

    def _send_raw(self, reply: Reply) -> None:
        with suppress(ConnectionError):  # The other side may have heard enough.
            for piece in reply.raw:
                self.wfile.write(piece)
                time.sleep(reply.pause)

    def _send(self, reply: Reply) -> None:
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        for name, value in {"Content-Type": HTML, **reply.headers}.items():
            if value:
                self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if reply.status != 304:
            self.wfile.write(body[: len(body) - reply.cut])

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a crawl that was killed in the middle of a request."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[Site]:
    site = Site()
    with _Server((address, 0), _Handler) as server:
        server.daemon_threads = True
        server.site = site  # type: ignore[attr-defined]
        site.url = f"http://{address}:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            site.release()
            server.shutdown()
            thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def other_site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def far_site() -> Iterator[Site]:
    """A site on another server."""
    with serving("127.0.0.2") as site:
        yield site


@dataclass(frozen=True)
class Crawled:
    """A crawl that has ended: its exit code and what it printed."""

    exit: int
    stdout: str
    stderr: str

    @property
    def json(self) -> dict[str, Any]:
        assert self.stdout, self.stderr
        result: dict[str, Any] = json.loads(self.stdout)
        assert result["exit"] == self.exit
        return result

    @property
    def portals(self) -> dict[str, dict[str, Any]]:
        """The reports by the name of the portal."""
        return {portal["portal"]: portal for portal in self.json["portals"]}

    @property
    def portal(self) -> dict[str, Any]:
        """The report of the only portal."""
        (portal,) = self.json["portals"]
        return portal


class Crawler:
    """Runs `cqcrawler crawl` in a process of its own, without delays unless told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive = folder / "archive.db"
        # Processes find the package even where it is not installed.
        self.env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
        # Code that the process runs before anything else, and the largest file that it may write.
        self.prelude = ""
        self.largest_file: int | None = None

    def start(self, *arguments: str) -> Process:
        run = ["-c", self._prepared()] if self.prelude or self.largest_file else ["-m", "cqcrawler"]
        return processes.start(*run, "crawl", *arguments, cwd=self.folder, env=self.env)

    def _prepared(self) -> str:
        limit = (
            f"import resource; most = {self.largest_file}\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))\n"
        )
        start = "import runpy\nrunpy.run_module('cqcrawler', run_name='__main__')"
        return self.prelude + (limit if self.largest_file else "") + start

    def wait(self, process: Process) -> Crawled:
        stdout, stderr = process.communicate()
        assert process.returncode is not None
        return Crawled(process.returncode, stdout, stderr)

    def run(self, *arguments: str) -> CompletedProcess[str]:
        """Run another command on the archive."""
        archive = ("--archive", str(self.archive))
        return processes.run("-m", "cqcrawler", *arguments, *archive, cwd=self.folder, env=self.env)

    def begin(self, *urls_and_options: str) -> Process:
        """Start a crawl of URLs, with options after them, and return at once."""
        urls = [f"--url={word}" if word.startswith("http") else word for word in urls_and_options]
        return self.start(*QUICK, *urls, "--archive", str(self.archive), "--json")

    def __call__(self, *urls_and_options: str) -> Crawled:
        return self.wait(self.begin(*urls_and_options))


@pytest.fixture
def crawl(tmp_path: Path) -> Crawler:
    return Crawler(tmp_path)


@pytest.fixture(scope="session")
def pages() -> Any:
    """This module: the makers of pages."""
    return sys.modules[__name__]
