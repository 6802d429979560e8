"""Asking the archive from asynchronous code, and remembering answers while it stays as it is."""

from __future__ import annotations

import asyncio
import io
import logging
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, TypeVar

from cqcrawler.archive import Archive
from cqcrawler.archive.file.files import beside

T = TypeVar("T")

logger = logging.getLogger(__name__)

_THREADS = 4
_REMEMBERED = 256
# While a crawl writes, the archive is another every second; counts may lag behind by so much.
_FRESH_SECONDS = 15
# What takes long to count may be so much older, so that only its first reader waits.
_LATE_SECONDS = 300
_CHUNK = 2**18
_WAITING_CHUNKS = 8


class Desk:
    """The archive for the pages of one site. Nothing asked here can write to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = Renewable(path)
        self._pool = _new_pool()
        self._local = threading.local()
        self._answers: OrderedDict[Hashable, tuple[float, object, Any]] = OrderedDict()
        # What is being asked: whoever asks the same meanwhile gets the same answer.
        self._asked: dict[Hashable, asyncio.Future[Any]] = {}
        self._renewed: dict[Hashable, asyncio.Task[Any]] = {}

    async def ask(self, question: Callable[[Archive], T]) -> T:
        """Return what `question` answers in a thread of ours."""
        if self._file.is_another():
            self._pool.shutdown(wait=False)
            self._pool = _new_pool()
        return await asyncio.get_running_loop().run_in_executor(
            self._pool, lambda: question(self._archive())
        )

    async def recall(self, key: Hashable, question: Callable[[Archive], T]) -> T:
        """Return what `question` answers, asked again only once the file has changed."""
        state = self._state()
        asked_at, seen, answer = self._answers.get(key, (0.0, None, None))
        if seen is None or (seen != state and monotonic() - asked_at > _FRESH_SECONDS):
            if key not in self._asked:
                self._asked[key] = asyncio.ensure_future(self._answer(key, question, state))
            # Who goes away leaves the others their answer.
            return await asyncio.shield(self._asked[key])
        self._answers.move_to_end(key)
        return answer  # type: ignore[no-any-return]

    async def _answer(self, key: Hashable, question: Callable[[Archive], T], state: object) -> T:
        try:
            answer = await self.ask(question)
        finally:
            del self._asked[key]
        self._answers[key] = (monotonic(), state, answer)
        self._answers.move_to_end(key)
        if len(self._answers) > _REMEMBERED:
            self._answers.popitem(last=False)
        return answer

    async def recall_late(self, key: Hashable, question: Callable[[Archive], T]) -> T:
        """Return what `recall` does, or at once an answer that is some minutes old, while it is
        asked again for who comes next."""
        asked_at, seen, answer = self._answers.get(key, (0.0, None, None))
        if seen is None or monotonic() - asked_at > _LATE_SECONDS or seen == self._state():
            return await self.recall(key, question)
        if key not in self._renewed:
            task = asyncio.ensure_future(self.recall(key, question))
            self._renewed[key] = task
            task.add_done_callback(lambda done: self._note_renewed(key, done))
        return answer  # type: ignore[no-any-return]

    def _note_renewed(self, key: Hashable, task: asyncio.Task[Any]) -> None:
        del self._renewed[key]
        if not task.cancelled() and (error := task.exception()):
            logger.error("%s", key, exc_info=error)

    async def pour(self, write: Callable[[Archive, BinaryIO], object]) -> AsyncIterator[bytes]:
        """Yield what `write` writes, as it comes; it ends when nobody takes any more."""
        pipe = _Pipe(asyncio.get_running_loop())
        thread = threading.Thread(target=self._write, args=(write, pipe), daemon=True)
        thread.start()
        chunk: bytes | None = b""
        try:
            while (chunk := await pipe.chunks.get()) is not None:
                yield chunk
        finally:
            pipe.broken = True
            while chunk is not None:  # so that the writer does not wait for us
                chunk = await pipe.chunks.get()

    def _write(self, write: Callable[[Archive, BinaryIO], object], pipe: _Pipe) -> None:
        try:
            with self._open() as archive, io.BufferedWriter(pipe, _CHUNK) as file:
                write(archive, file)
        except BrokenPipeError:
            pass
        finally:
            pipe.put(None)

    def _archive(self) -> Archive:
        if not hasattr(self._local, "archive"):
            self._local.archive = self._open()
        archive: Archive = self._local.archive
        return archive

    def _open(self) -> Archive:
        return Archive(self.path, read_only=True)

    def _state(self) -> object:
        """Return what is another whenever somebody has written to the archive."""
        files = (self.path, beside(self.path, "-wal"))
        stats = [file.stat() for file in files if file.exists()]
        return [(stat.st_mtime_ns, stat.st_size, stat.st_ino) for stat in stats]


class Renewable:
    """A file that another may take the place of, as `snapshot --force` renews a copy.

    Connections stay with the file that they opened, and belong to threads: new threads see the
    new one. While anything holds the old file open, no other has its number.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number = self._look()

    def is_another(self) -> bool:
        """Whether the file is another than when this was last asked."""
        before, self._number = self._number, self._look() or self._number
        return self._number != before

    def _look(self) -> int:
        return self._path.stat().st_ino if self._path.exists() else 0


def _new_pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="desk")


class _Pipe(io.RawIOBase):
    """A file whose content is taken by asynchronous code; a writer waits when it is full."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.chunks: asyncio.Queue[bytes | None] = asyncio.Queue(_WAITING_CHUNKS)
        self.broken = False
        self._loop = loop

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if self.broken:
            raise BrokenPipeError
        self.put(bytes(data))
        return len(data)

    def put(self, chunk: bytes | None) -> None:
        asyncio.run_coroutine_threadsafe(self.chunks.put(chunk), self._loop).result()
