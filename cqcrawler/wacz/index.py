"""The index of a WACZ file: lines of CDXJ, by which replay tools find a capture."""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from cqcrawler.warc import Capture

# So many lines are sorted at once: some 40 MB.
_PART = 100_000
# What readers of an index fetch and unpack to find one capture.
_BLOCK = 3000
_WWW = re.compile(r"^www\d*\.")
_DIGITS = re.compile(r"\D")
_PORTS = {"http": 80, "https": 443}


def surt(url: str) -> str:
    """Return the key of an address, which sorts pages of a host together: `cn,gov,cq)/a?b=1`.

    It is what pywb and ReplayWeb.page look up: without scheme and `www.`, in small letters, with
    the parameters in order.
    """
    parts = urlsplit(url)
    host = ",".join(reversed(_WWW.sub("", parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port and parts.port != _PORTS.get(parts.scheme) else ""
    path = parts.path.lower()
    path = path.rstrip("/") if path.strip("/") else "/"
    query = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return f"{host}{port}){path}" + (f"?{query}" if query else "")


def day_time(date: str) -> str:
    """Return a date of WARC as indexes write it, in fourteen digits."""
    return _DIGITS.sub("", date)[:14]


def _batches(lines: Iterator[bytes], size: int) -> Iterator[list[bytes]]:
    while batch := list(islice(lines, size)):
        yield batch


def _line(begins: str, said: Mapping[str, object]) -> bytes:
    return f"{begins} {json.dumps(said)}\n".encode()


class Index:
    """Lines in any order, which are written in theirs. Parts that are sorted lie in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: list[str] = []
        self._parts: list[Path] = []

    def add(self, capture: Capture, file: str, offset: int, length: int) -> None:
        """Add a capture, with where its record lies."""
        known = {
            "url": capture.url,
            "mime": capture.mime,
            "status": capture.status,
            "digest": capture.digest,
            "length": str(length),
            "offset": str(offset),
            "filename": file,
        }
        said = json.dumps({name: value for name, value in known.items() if value})
        self._lines.append(f"{surt(capture.url)} {day_time(capture.date)} {said}\n")
        if len(self._lines) >= _PART:
            self._put_by()

    def write(self, path: Path, name: str) -> Iterator[bytes]:
        """Write all lines in order to `path`, which is to be called `name`, as blocks that are
        compressed each by itself. Yield the lines that say where each block begins."""
        yield _line("!meta 0", {"format": "cdxj-gzip-1.0", "filename": name})
        with path.open("wb") as file:
            for block in _batches(self._lines_in_order(), _BLOCK):
                packed = gzip.compress(b"".join(block), mtime=0)
                begins = block[0].partition(b" {")[0].decode()
                digest = f"sha256:{hashlib.sha256(packed).hexdigest()}"
                where = {"offset": file.tell(), "length": len(packed), "digest": digest}
                file.write(packed)
                yield _line(begins, where)

    def _lines_in_order(self) -> Iterator[bytes]:
        self._put_by()
        with ExitStack() as stack:
            files = [stack.enter_context(part.open("rb")) for part in self._parts]
            yield from heapq.merge(*files)

    def _put_by(self) -> None:
        part = self._folder / f"index-{len(self._parts)}"
        part.write_bytes(b"".join(sorted(line.encode() for line in self._lines)))
        self._parts.append(part)
        self._lines.clear()
