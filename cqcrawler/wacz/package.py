"""A WACZ file as a package: its parts, and the hashes by which nobody can change them unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_VERSION = "1.1.1"
_PIECE = 2**20
_MODE = 0o644 << 16


class Package:
    """A WACZ file that is being written, part by part; see `finish`."""

    def __init__(self, file: BinaryIO, date: tuple[int, int, int, int, int, int]) -> None:
        self._zip = ZipFile(file, "w")
        self._date = date
        self._resources: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def add_file(self, name: str, path: Path) -> None:
        """Add a part that is packed already, so that readers can go to any place in it."""
        with path.open("rb") as file:
            self._write(name, iter(lambda: file.read(_PIECE), b""), ZIP_STORED)

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Add a part from pieces, packed."""
        self._write(name, pieces, ZIP_DEFLATED)

    def finish(self, about: Mapping[str, Any]) -> None:
        """Add the list of all parts with their hashes, and the hash of that."""
        known = {"profile": "data-package", "wacz_version": _VERSION, **about}
        listed = json.dumps(
            {**known, "resources": self._resources}, ensure_ascii=False, indent=2
        ).encode()
        self._write("datapackage.json", [listed], ZIP_DEFLATED)
        digest = {"path": "datapackage.json", "hash": _hash(hashlib.sha256(listed).hexdigest())}
        self._write("datapackage-digest.json", [json.dumps(digest).encode()], ZIP_DEFLATED)

    def _write(self, name: str, pieces: Iterable[bytes], packing: int) -> None:
        info = ZipInfo(name, self._date)
        info.compress_type, info.external_attr = packing, _MODE
        sha256, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)
                sha256.update(piece)
                size += len(piece)
        resource = {"name": Path(name).name, "path": name, "hash": _hash(sha256.hexdigest())}
        self._resources.append({**resource, "bytes": size})


def _hash(sha256: str) -> str:
    return f"sha256:{sha256}"
