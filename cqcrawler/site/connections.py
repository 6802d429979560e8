"""Connections: what is no request, and those on which nothing goes on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from cqcrawler.site import security


class Protocol(H11Protocol):
    """HTTP as h11 reads it, which bounds the head of a request; other parsers do not."""

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, with our headers as everything else."""
        headers = {
            "content-type": "text/plain; charset=utf-8",
            "content-length": str(len(msg)),
            "connection": "close",
            **security.headers(own_page=True),
        }
        lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
        self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{''.join(lines)}\r\n{msg}".encode())
        self.transport.close()


class Idle:
    """Ends connections of uvicorn whose other end has done nothing for `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._seen: dict[Any, tuple[object, float]] = {}

    def end(self, connections: Iterable[Any], now: float) -> None:
        """Look at all connections that there are at the time `now`, and end those that idle."""
        states = {connection: _waiting_for(connection) for connection in connections}
        known = {}
        for connection, state in states.items():
            before, since = self._seen.get(connection, (None, now))
            if state is None or state != before:
                known[connection] = (state, now)
            elif now - since < self._seconds:
                known[connection] = (state, since)
            else:
                connection.transport.abort()
        self._seen = known


def _waiting_for(connection: Any) -> object:
    """Return what stays the same as long as the other end does nothing; None if we are to act.

    A request that comes a little at a time is none until it is whole.
    """
    cycle, untaken = connection.cycle, connection.transport.get_write_buffer_size()
    if cycle is None or cycle.response_complete or untaken:
        return id(cycle), untaken
    return None
