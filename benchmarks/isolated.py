"""Readers in processes of their own: one that crashes or hangs costs its page only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any

from benchmarks.corpus import ROOT, GoldPage

PAGE_TIMEOUT = 120.0


class IsolatedReader:
    """A worker process that is started when needed, and again after it died."""

    def __init__(
        self, command: Sequence[str], source: Path = ROOT, timeout: float = PAGE_TIMEOUT
    ) -> None:
        self._command = command
        self._env = os.environ | {"PYTHONPATH": f"{source}{os.pathsep}{ROOT}"}
        self.timeout = timeout
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> IsolatedReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the worker's answer, or `{error}` when it died or took longer than allowed."""
        process = self._process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        timer = Timer(self.timeout, process.kill)
        timer.start()
        try:
            print(json.dumps(request), file=process.stdin, flush=True)
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        return {"error": f"the process ended with {self._stop()}"}

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=self._env,
        )

    def _stop(self) -> int | None:
        if not (process := self._process):
            return None
        self._process = None
        with process:
            process.kill()
        return process.returncode


def worker_command(name: str, python: Path | str = sys.executable) -> list[str]:
    """Return the command of a worker; `-P` lets PYTHONPATH alone say which source is read."""
    return [str(python), "-P", "-m", "benchmarks.worker", name]


def read_all(
    reader: IsolatedReader, pages: Iterable[GoldPage], *, timed: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield a prediction for each page, or how many CPU seconds it took."""
    for page in pages:
        request = {"path": str(page.path), "url": page.url, "timed": timed}
        yield {"id": page.id, **reader.ask(request)}
