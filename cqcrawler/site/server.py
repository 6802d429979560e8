"""Serving the site on this machine."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Collection
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from time import monotonic

import uvicorn

from cqcrawler.archive import Archive
from cqcrawler.exceptions import UsageError
from cqcrawler.site import hosts
from cqcrawler.site.application import build
from cqcrawler.site.connections import Idle, Protocol
from cqcrawler.site.desk import Desk
from cqcrawler.site.pages import dashboard
from cqcrawler.text.controls import PlainRecord

# Seconds, once the site is to end.
_DOWNLOADS_MAY_TAKE = 3
# Seconds without a byte from the other end. Long enough for a train in a tunnel.
_MAY_IDLE = 30
_TICKS_PER_SECOND = 10  # of uvicorn


def serve(
    path: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    *,
    public: bool = False,
    names: Collection[str] = (),
    ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve the archive at `path` until a signal ends it; `ready` gets the address.

    `names` are those by which a proxy asks; see `site/hosts.py` for the others. Port 0 takes any
    free one. Raises ArchiveError for what is no archive, and UsageError for an address that
    cannot be had, or that others can reach without `public`.
    """
    with Archive(path, must_exist=True):  # brings an older archive up to date, or says why not
        pass
    logging.setLogRecordFactory(PlainRecord)  # Addresses that are asked for hold anything.
    with _listen(host, port, public=public) as listener:
        site = build(path, hosts.names(host, names))
        asyncio.run(site.invoke_startup())
        config = uvicorn.Config(
            site.app(),
            http=Protocol,
            ws="none",
            server_header=False,
            log_level="warning",
            lifespan="on",
            timeout_graceful_shutdown=_DOWNLOADS_MAY_TAKE,
        )
        server = _Server(config, site.desk, lambda: ready(_address(host, listener)))
        with suppress(KeyboardInterrupt):  # which is how a person ends it
            server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that says when it answers, and heeds signals, from now on."""

    def __init__(self, config: uvicorn.Config, desk: Desk, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._desk, self._ready = desk, ready
        self._idle = Idle(_MAY_IDLE)

    async def on_tick(self, counter: int) -> bool:
        if counter % _TICKS_PER_SECOND == 0:
            self._idle.end(self.server_state.connections, monotonic())
        return await super().on_tick(counter)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._preparing = asyncio.ensure_future(dashboard.prepare(self._desk))
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Uvicorn would print a traceback of every download that is cut off.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def _listen(host: str, port: int, *, public: bool) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"--host {host!r} is no address of this machine") from error
    family, _, _, _, address = found[0]
    if not public and not ip_address(str(address[0]).partition("%")[0]).is_loopback:
        raise UsageError(
            f"--host {host} can be reached from outside, and the site asks for no password: "
            "put a proxy with one before it (docs/site.md), or say --public"
        )
    try:
        listener = socket.create_server(address, family=family)
        # Connections inherit it; without, each answer waits 40 ms for a delayed acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        raise UsageError(
            f"cannot serve on {host}, port {port} ({error.strerror}): choose another with --port"
        ) from error


def _address(host: str, listener: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}/"
