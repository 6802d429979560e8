"""What tests of several parts share."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_server
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Messages are in English, whatever the language of who runs the tests.
for _name in ("LANG", "LANGUAGE", "LC_MESSAGES"):
    os.environ.pop(_name, None)
os.environ["LC_ALL"] = "C.UTF-8"

# The same examples on every run: what fails fails again, and by no chance elsewhere. And all the
# time that a busy machine takes for them.
settings.register_profile(
    "tests", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")


class Receiver:
    """A chat on 127.0.0.1: keeps the messages that are posted, and answers as it is told."""

    def __init__(self) -> None:
        self.status = 200
        self.answer: Any = {"errcode": 0, "errmsg": "ok"}
        self.headers: dict[str, str] = {}
        self.messages: list[Any] = []
        self.url = ""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]
        assert self.headers["Content-Type"] == "application/json; charset=utf-8"
        receiver.messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(receiver.status)
        for name, value in receiver.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(json.dumps(receiver.answer).encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def dripping() -> Iterator[Callable[[bytes], str]]:
    """A chat that takes messages, and whose answer never ends; called with how it begins.

    `asked` is set once somebody waits for it.
    """
    with ExitStack() as stack:
        ended, asked = Event(), Event()
        stack.callback(ended.set)

        def drip(head: bytes) -> None:
            connection = stack.enter_context(server.accept()[0])
            asked.set()
            with suppress(OSError):
                connection.sendall(head)
                while not ended.wait(0.05):
                    connection.sendall(b" ")

        def start(head: bytes) -> str:
            Thread(target=drip, args=(head,), daemon=True).start()
            return f"http://127.0.0.1:{server.getsockname()[1]}/send?key=SECRET"

        server = stack.enter_context(create_server(("127.0.0.1", 0)))
        start.asked = asked  # type: ignore[attr-defined]
        yield start


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.receiver = receiver  # type: ignore[attr-defined]
        receiver.url = f"http://127.0.0.1:{server.server_port}/send?key=SECRET"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
