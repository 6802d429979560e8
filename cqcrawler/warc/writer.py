"""Appending what came over the network to WARC files: whole records or nothing."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from types import MappingProxyType

from cqcrawler.exceptions import ArchiveError, RecordError
from cqcrawler.models import Exchange, Record
from cqcrawler.private_files import make_folder, opener
from cqcrawler.warc.files import file_name, folder_of
from cqcrawler.warc.reader import read_head
from cqcrawler.warc.records import NOT_MODIFIED, Builder, Head

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WarcSettings:
    """`most_bytes` is the size from which on a new file is begun; `about` has fields for the
    record that describes each file, such as `operator` and `robots`. `offline` are files that
    were moved away on purpose."""

    most_bytes: int = 10**9
    about: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    offline: frozenset[str] = frozenset()


class WarcWriter:
    """Writes the files of one run below the folder of its archive, each when it is needed."""

    def __init__(self, folder: Path, portal: str, run_id: int, settings: WarcSettings) -> None:
        self._folder = folder
        self._portal = portal
        self._run_id = run_id
        self._settings = settings
        self._file: _File | None = None
        self._number = 0

    def write(self, exchanges: Sequence[Exchange], original: Record | None) -> Record | None:
        """Append the exchanges of one page and return where the body of the last one lies.

        That is `original`, the last one of the page, where the new response has nothing to
        add to it; None for a 304 without one. What is returned has been handed to the system.
        Raises ArchiveError where the file cannot be begun, OSError where it cannot be written;
        then nothing of the page is in it.
        """
        file = self._current()
        *redirects, last = exchanges
        before = b"".join(map(file.builder.response, redirects))
        head = self._head(original)
        if last.status == NOT_MODIFIED or (head and head.is_of(last)):
            file.append(before + file.builder.revisit(last, head))
            return original
        at = file.append(before + file.builder.response(last)) + len(before)
        return Record(file.name, at)

    def close(self) -> None:
        """Close the file, once the disk has it."""
        if self._file:
            self._file.close()
            self._file = None

    def _head(self, original: Record | None) -> Head | None:
        if original is None or original.file in self._settings.offline:
            return None
        try:
            return read_head(self._folder, original)
        except RecordError as error:
            logger.warning("%s", error)
            return None

    def _current(self) -> _File:
        if self._file and self._file.size >= self._settings.most_bytes:
            self.close()
        if self._file is None:
            self._file = self._begin()
        return self._file

    def _begin(self) -> _File:
        folder, at = folder_of(self._portal), datetime.now(UTC)
        try:
            make_folder(self._folder / folder)
            while True:
                self._number += 1
                name = file_name(self._run_id, at, self._number)
                # An archive that was restored from a copy counts its runs from there again.
                if not (self._folder / folder / name).exists():
                    about = {"isPartOf": self._portal, **self._settings.about}
                    return _File(self._folder, f"{folder}/{name}", Builder(name, at, about))
        except OSError as error:
            raise ArchiveError(
                f"cannot write to {self._folder / folder}: {error.strerror}"
            ) from error


class _File:
    """A WARC file that grows by whole records. `name` is relative to the archive's folder."""

    def __init__(self, folder: Path, name: str, builder: Builder) -> None:
        self.name = name
        self.builder = builder
        self.size = 0
        self._raw = FileIO(folder / name, "xb", opener=opener)
        try:
            self.append(builder.info())
        except OSError:
            self._raw.close()
            (folder / name).unlink()
            raise

    def append(self, records: bytes) -> int:
        """Write records and return the offset of the first; on an error, none is there."""
        at, left = self.size, memoryview(records)
        try:
            # One call, unless the disk is full: then the next one says so.
            while left:
                left = left[self._raw.write(left) :]
        except OSError:
            self._raw.truncate(at)
            self._raw.seek(at)
            raise
        self.size += len(records)
        return at

    def close(self) -> None:
        try:
            os.fsync(self._raw.fileno())
        finally:
            self._raw.close()
