"""The HTTP server of the bundled portal, on the loopback address and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from cqcrawler.demo.site import Resource, canonical, site

# What the portal is called in archives.
NAME = "demo"
_DEPLOYED = {
    1: datetime(2025, 10, 9, 0, 30, tzinfo=UTC),
    2: datetime(2025, 10, 13, 0, 30, tzinfo=UTC),
}
_NOT_FOUND = Resource("<html><body><p>404 您访问的页面不存在</p></body></html>".encode())


@dataclass(frozen=True, slots=True)
class Request:
    """A request that the portal has answered."""

    path: str
    user_agent: str
    status: int


class DemoPortal:
    """A small investment-promotion portal whose content never varies but by `revision`.

    While it serves, `url` is its address, `requests` what was asked of it in order of arrival,
    and `revision` may be set to 2 to publish the later state of the portal.
    """

    def __init__(self, revision: int = 1, port: int = 0) -> None:
        self.revision = revision
        self.port = port
        self.requests: list[Request] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @contextmanager
    def serving(self) -> Iterator[DemoPortal]:
        """Serve in a thread until the block ends; port 0 is replaced by a free one.

        Raises OSError when the port is taken.
        """
        with _Server(self) as server:
            self.port = server.server_port
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            try:
                yield self
            finally:
                server.shutdown()
                thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, portal: DemoPortal) -> None:
        self.portal = portal
        super().__init__(("127.0.0.1", portal.port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "DemoPortal"
    sys_version = ""
    timeout = 30
    # One packet for head and body, sent at once: otherwise each answer waits some 40 ms.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        portal = self.server.portal
        resource = site(portal.revision).get(canonical(self.path))
        status = 404 if resource is None else 304 if self._is_current(resource) else 200
        portal.requests.append(Request(self.path, self.headers.get("User-Agent", ""), status))
        self._answer(status, resource or _NOT_FOUND)

    do_HEAD = do_GET

    def _is_current(self, resource: Resource) -> bool:
        """RFC 9110, section 13.2.2: If-None-Match outranks If-Modified-Since."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return resource.etag in tags
        return self.headers.get("If-Modified-Since") == self._modified()

    def _modified(self) -> str:
        return format_datetime(_DEPLOYED[self.server.portal.revision], usegmt=True)

    def _answer(self, status: int, resource: Resource) -> None:
        self.send_response(status)
        self.send_header("ETag", resource.etag)
        self.send_header("Last-Modified", self._modified())
        body = b"" if status == 304 else resource.body
        if status != 304:
            self.send_header("Content-Type", resource.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: requests are recorded, not printed."""
