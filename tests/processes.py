"""Processes for tests: as `subprocess` starts them, but forked from one that is warm.

A start of Python that imports Scrapy takes two seconds of CPU, a fork of one that has done so
nearly none. `subprocess` does it where the start itself is tested: the installed command for the
first command of each page (test_readme.py), `python -m cqcrawler` for the encodings of a locale
(commands/test_output.py), scrapyd and its jobs (crawl/test_scrapyd.py), hash seeds
(quality/test_determinism.py) and imports (text/test_dates.py).
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, CompletedProcess, TimeoutExpired
from threading import Thread
from types import TracebackType
from typing import IO, Any, Self

ROOT = Path(__file__).parents[1]
SERVER = Path(__file__).with_name("fork_server.py")
# Seconds after which a process hangs, and nothing else: many times what the slowest takes at low
# priority on a busy machine.
PATIENCE = 1800


class Process:
    """A process that was forked, with what tests use of `subprocess.Popen`."""

    def __init__(self, report: int, streams: list[IO[Any] | None], arguments: tuple[str, ...]):
        self.args = arguments
        self.stdin, self.stdout, self.stderr = streams
        self.returncode: int | None = None
        self._report = report
        self.pid = self._told()

    def _told(self) -> int:
        message = os.read(self._report, 4)
        assert message, "the fork server has died"
        number: int = struct.unpack("i", message)[0]
        return number

    def poll(self) -> int | None:
        """Return the exit code, or None while the process runs; negative is a signal."""
        return self._look(0)

    def wait(self, timeout: float = PATIENCE) -> int:
        """Return the exit code; what hangs is killed, and TimeoutExpired raised."""
        code = self._look(timeout)
        if code is None:
            self.kill()
            raise TimeoutExpired(self.args, timeout)
        return code

    def _look(self, seconds: float) -> int | None:
        if self.returncode is None and select.select([self._report], [], [], seconds)[0]:
            self.returncode = self._told()
            os.close(self._report)
        return self.returncode

    def communicate(self, timeout: float = PATIENCE) -> tuple[Any, Any]:
        """Return all that it prints, once it has ended; what hangs is killed."""
        if self.stdin:
            self.stdin.close()
        printed: dict[IO[Any], Any] = {}
        streams = [stream for stream in (self.stdout, self.stderr) if stream]
        readers = [Thread(target=_drain, args=(stream, printed)) for stream in streams]
        for reader in readers:
            reader.daemon = True
            reader.start()
        self.wait(timeout)
        for reader in readers:  # A stream ends when all that have it are gone, workers too.
            reader.join(timeout)
            if reader.is_alive():
                raise TimeoutExpired(self.args, timeout)
        for stream in streams:
            stream.close()
        return printed.get(self.stdout), printed.get(self.stderr)  # type: ignore[arg-type]

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error:
            self.kill()
        for stream in (self.stdin, self.stdout, self.stderr):
            if stream:
                stream.close()
        self.wait()


def _drain(stream: IO[Any], printed: dict[IO[Any], Any]) -> None:
    printed[stream] = stream.read()


@cache
def _server() -> socket.socket:
    """Start the server when a test first wants a process; it ends with this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        server = subprocess.Popen(
            [sys.executable, "-W", "error", SERVER, str(theirs.fileno())],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            pass_fds=[theirs.fileno()],
            stdin=DEVNULL,
        )
    atexit.register(server.wait)
    atexit.register(ours.close)
    return ours


def start(
    *arguments: str,
    stdin: int = DEVNULL,
    stdout: int = PIPE,
    stderr: int = PIPE,
    cwd: str | Path | None = None,
    env: Mapping[str, str] | None = None,
    text: bool = True,
) -> Process:
    """Start `python` with `-m MODULE` or `-c CODE` and more arguments.

    Streams are as for `subprocess.Popen`; those that are not piped stay the caller's to close.
    """
    request = {
        "arguments": arguments,
        "folder": str(cwd or Path.cwd()),
        "environment": dict(os.environ if env is None else env),
    }
    with ExitStack() as theirs:
        ours: list[IO[Any] | None] = []
        fds: list[int] = []
        for standard, stream in enumerate((stdin, stdout, stderr)):
            fd, end = _stream(standard, fds[1] if stream == STDOUT else stream, theirs, text=text)
            fds.append(fd)
            ours.append(end)
        report, written = os.pipe()
        theirs.callback(os.close, written)
        socket.send_fds(_server(), [json.dumps(request).encode()], [*fds, written])
    return Process(report, ours, arguments)


def _stream(
    standard: int, stream: int, theirs: ExitStack, *, text: bool
) -> tuple[int, IO[Any] | None]:
    """Return what the process gets for a stream, and our end if that is a pipe."""
    if stream == DEVNULL:
        fd, end = os.open(os.devnull, os.O_RDWR), None
    elif stream == PIPE:
        reading, writing = os.pipe()
        fd, kept, mode = (reading, writing, "w") if standard == 0 else (writing, reading, "r")
        end = os.fdopen(kept, mode, encoding="utf-8") if text else os.fdopen(kept, f"{mode}b")
    else:
        return stream, None
    theirs.callback(os.close, fd)
    return fd, end


def run(*arguments: str, **options: Any) -> CompletedProcess[str]:
    """Run `python` with such arguments to its end."""
    process = start(*arguments, **options)
    stdout, stderr = process.communicate()
    assert process.returncode is not None
    return CompletedProcess(process.args, process.returncode, stdout, stderr)
