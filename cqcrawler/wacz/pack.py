"""Packing the raw pages of articles, with their index, their list and where they come from."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, TextIO

from cqcrawler import __version__
from cqcrawler.archive import Archive
from cqcrawler.archive.articles.stored import RawPage
from cqcrawler.archive.export import Exported, save
from cqcrawler.archive.export.choice import Choice, chosen
from cqcrawler.archive.export.columns import Table
from cqcrawler.archive.export.text import write_jsonl
from cqcrawler.archive.file.version import SCHEMA_VERSION
from cqcrawler.platforms.canonical import request_of
from cqcrawler.portals import address_of
from cqcrawler.wacz.index import Index
from cqcrawler.wacz.package import Package
from cqcrawler.warc import all_files, selected

_WARC = "archive/pages.warc.gz"
_INDEX = "index.cdx.gz"
_INDEXES = "indexes"
_PAGES = "pages/pages.jsonl"
_ROWS = "provenance/articles.jsonl"
_PROVENANCE = "provenance/provenance.json"
_TEXT = "utf-8"
_NUMBERS = re.compile(r"\d+")

Watch = Callable[[str, float | None], None]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What was asked for: the terms as typed, and the filters and other options by name."""

    terms: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: articles, captures of their pages, and the SHA-256 of the file in
    hexadecimal. `missing` are versions whose raw page is not there."""

    articles: int
    captures: int
    missing: int
    sha256: str


@dataclass(slots=True)
class _Wanted:
    """The pages of a selection: their addresses, and by file and offset what versions name."""

    addresses: set[str] = field(default_factory=set)
    titles: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    folders: set[str] = field(default_factory=set)
    versions: int = 0

    def add(self, page: RawPage) -> None:
        self.addresses.add(request_of(page.url).url)
        self.versions += 1
        if page.record:
            self.titles[page.record.file][page.record.offset] = page.title
            self.folders.add(page.record.file.rpartition("/")[0])

    def has(self, url: str) -> bool:
        return url in self.addresses or address_of(url) in self.addresses


def pack(
    archive: Archive, found: Sequence[int], asked: Provenance, path: Path, watch: Watch
) -> Packed:
    """Write the raw pages of these articles to a WACZ file, which appears whole or not at all.

    All captures of their addresses are in it, also those that showed no change. The records are
    copied as they are; a 304 is written so that replay tools can show the page. Memory grows with
    the addresses and titles, not with pages. Raises UsageError for a place that cannot be written.
    """
    made: list[Packed] = []

    def write(file: BinaryIO) -> int:
        with TemporaryDirectory(prefix=".wacz-", dir=path.absolute().parent) as folder:
            made.append(_Packing(archive, found, Path(folder), watch).write(asked, file))
        return made[-1].articles

    exported: Exported = save(path, write)
    return Packed(made[0].articles, made[0].captures, made[0].missing, exported.sha256)


class _Packing:
    def __init__(self, archive: Archive, found: Sequence[int], folder: Path, watch: Watch) -> None:
        self._archive = archive
        self._found = found
        self._folder = folder
        self._watch = watch
        self._index = Index(folder)
        self._at = datetime.now(UTC)
        self._pages = folder / "pages"
        self._sources: dict[str, int] = {}  # Captures by the file that they are from.

    def write(self, asked: Provenance, file: BinaryIO) -> Packed:
        wanted = _Wanted()
        for page in self._archive.raw_pages(self._found):
            wanted.add(page)
        warc = self._folder / "warc"
        with warc.open("wb") as out, self._pages.open("w", encoding=_TEXT) as pages:
            pages.write(json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "Pages"}))
            pages.write("\n")
            seen = sum(self._copied(name, wanted, out, pages) for name in self._files(wanted))
        self._watch("Finishing", None)
        missing = wanted.versions - seen
        rows = self._folder / "rows"
        with rows.open("wb") as lines:
            columns = chosen(Table.ARTICLES, ".jsonl", Choice())
            count = write_jsonl(self._archive.these(self._found), columns, lines)
        with Package(file, _zip_date(self._at)) as package:
            package.add_file(_WARC, warc)
            index = self._folder / _INDEX
            blocks = list(self._index.write(index, _INDEX))
            package.add_file(f"{_INDEXES}/{_INDEX}", index)
            package.add(f"{_INDEXES}/index.idx", blocks)
            package.add(_PAGES, _pieces(self._pages))
            package.add(_ROWS, _pieces(rows))
            captures = sum(self._sources.values())
            told = self._told(asked, {"articles": count, "captures": captures, "missing": missing})
            package.add(_PROVENANCE, [told])
            package.finish(self._about(asked))
        return Packed(count, captures, missing, "")

    def _files(self, wanted: _Wanted) -> Iterator[str]:
        """Yield the files of the portals that the pages are of, in the order they were written."""
        there = [
            name
            for name in all_files(self._archive.path.parent)
            if name.rpartition("/")[0] in wanted.folders
        ]
        there.sort(key=_written)
        for number, name in enumerate(there):
            self._watch("Writing", number / len(there))
            yield name

    def _copied(self, name: str, wanted: _Wanted, out: BinaryIO, pages: TextIO) -> int:
        """Copy what is wanted of a file; return how many records came that versions name."""
        titles, seen = wanted.titles.get(name, {}), 0
        for copied in selected(self._archive.path.parent / name, wanted.has, titles):
            at = out.tell()
            out.write(copied.data)
            if copied.capture is None:
                continue
            self._index.add(copied.capture, _WARC.rpartition("/")[2], at, len(copied.data))
            self._sources[name] = self._sources.get(name, 0) + 1
            if (title := titles.get(copied.offset)) is not None:
                seen += 1
                # Its later captures may come from where a redirect led.
                wanted.addresses.add(copied.capture.url)
                page = {"url": copied.capture.url, "ts": copied.capture.date, "title": title}
                line = {"id": f"{name}:{copied.offset}", **page}
                pages.write(json.dumps(line, ensure_ascii=False) + "\n")
        return seen

    def _told(self, asked: Provenance, counts: Mapping[str, int]) -> bytes:
        told = {
            **self._software(),
            "archive": self._archive.path.name,
            "schema": SCHEMA_VERSION,
            "terms": asked.terms,
            "options": asked.options,
            **counts,
            "files": self._sources,
        }
        return json.dumps(told, ensure_ascii=False, indent=2).encode()

    def _about(self, asked: Provenance) -> dict[str, Any]:
        title = " ".join([asked.terms, *(f"{k}={v}" for k, v in asked.options.items())]).strip()
        return {"title": title or self._archive.path.name, **self._software()}

    def _software(self) -> dict[str, str]:
        return {
            "software": f"cqcrawler/{__version__}",
            "created": f"{self._at:%Y-%m-%dT%H:%M:%SZ}",
        }


def _written(name: str) -> list[int]:
    """Return the order in which the files of a portal were written: date, run, number."""
    return [int(number) for number in _NUMBERS.findall(name.rpartition("/")[2])]


def _zip_date(at: datetime) -> tuple[int, int, int, int, int, int]:
    return (at.year, at.month, at.day, at.hour, at.minute, at.second)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file
