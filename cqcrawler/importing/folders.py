"""Saved pages in files and folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

from cqcrawler.exceptions import UsageError
from cqcrawler.importing.addresses import LISTS, Row, Told, read_list, told_by_page
from cqcrawler.importing.captures import (
    Capture,
    Item,
    Passed,
    Refused,
    address_of,
    problem_of,
)
from cqcrawler.importing.warcs import is_warc
from cqcrawler.importing.warcs import pages_of as pages_of_warc
from cqcrawler.models import Exchange
from cqcrawler.probe.keep import told_beside
from cqcrawler.reading.page.decoding import LARGEST, WIDE_BEGINNINGS
from cqcrawler.text.controls import one_line

FROM_FILE = "its time is that of its file, as nothing says when it was fetched"
_PAGES = (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml")
_TOLD = ".toml"
_NO_ADDRESS = f"has no address: name it in a {LISTS[0]} beside it, with the columns file and url"
_PACKS = (".wacz",)
# How pages begin, whatever their files are called.
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,200}?-->\s*)?<(?:!doctype html|html)", re.I | re.S
)
_HEAD = 512
# How files begin that are taken for pages, and what to do instead.
_OTHERS = {
    b"%PDF": "is a PDF, and no page",
    b"PK\x03\x04": "is packed (ZIP, WACZ): unpack it, and import the folder",
    b"filedesc:": "is an ARC file: `warcio recompress` makes it one of WARC",
    b"From: <Saved by": "is MHTML: save the page as HTML, or in a WARC file",
    b"MIME-Version:": "is MHTML: save the page as HTML, or in a WARC file",
}


def pages_of(path: Path, now: datetime) -> Iterator[Item]:
    """Yield the pages of a file, or of a folder and those in it."""
    if not path.is_dir():
        yield from _listed_alone(path, now) or _pages_of_file(path, now)
        return
    listed: set[Path] = set()
    files = list(_files(path))
    for folder in dict.fromkeys(file.parent for file in files if isinstance(file, Path)):
        yield from _listed_in(folder, listed, now)
    for file in files:
        if isinstance(file, Refused):
            yield file
        elif file not in listed and file.name not in LISTS and file.suffix != _TOLD:
            yield from _pages_of_file(file, now, among=True)


def _listed_in(folder: Path, listed: set[Path], now: datetime) -> Iterator[Item]:
    """Yield the pages that the list of a folder names; their files are `listed`."""
    lists = _lists_of(folder)
    for other in lists[1:]:
        yield Refused(str(other), f"is a second list of addresses, beside {lists[0].name}")
    for row in read_list(lists[0]) if lists else ():
        listed.add(_file_of(folder, row))
        yield _listed(folder, row, now)


def _listed_alone(path: Path, now: datetime) -> list[Item]:
    """Return a file that is named by itself as the list beside it names it."""
    lists = _lists_of(path.parent)
    rows = _rows_by_file(lists[0], lists[0].stat().st_mtime_ns) if lists else {}
    return [_listed(path.parent, row, now) for row in rows.get(path, ())]


@lru_cache(maxsize=1)  # The files of a folder may be named one by one, by the thousand.
def _rows_by_file(path: Path, written: int) -> Mapping[Path, Sequence[Row]]:
    rows: dict[Path, list[Row]] = {}
    for row in read_list(path):
        if row.file:
            rows.setdefault(_file_of(path.parent, row), []).append(row)
    return rows


def _lists_of(folder: Path) -> list[Path]:
    return [folder / name for name in LISTS if (folder / name).is_file()]


def _file_of(folder: Path, row: Row) -> Path:
    """Return the file that a row means; lists that were made on Windows have its slashes."""
    named = Path(os.path.normpath(folder / row.file))
    return named if named.exists() else Path(os.path.normpath(folder / row.file.replace("\\", "/")))


def _pages_of_file(path: Path, now: datetime, *, among: bool = False) -> Iterator[Item]:
    """Yield what a file holds; `among` others, what is named like no page is passed."""
    try:
        if not path.is_file():
            yield Refused(str(path), "is no file that could be read")
        elif is_warc(path):
            yield from pages_of_warc(path, now)
        elif among and not _may_be_page(path):
            yield Passed("file")
        else:
            yield _page(path, now, _told(path))
    except OSError as error:
        yield Refused(str(path), error.strerror or str(error))
    except UsageError as error:
        yield Refused(str(path), str(error))


def _may_be_page(path: Path) -> bool:
    """Whether a file among others is one by its name, by what is beside it, or by its beginning:
    wget names pages as their addresses end, and what holds pages is to be told of."""
    if path.suffix.lower() in (*_PAGES, *_PACKS) or path.with_suffix(_TOLD).exists():
        return True
    with path.open("rb") as file:
        return _MARKUP.match(file.read(_HEAD)) is not None


def _listed(folder: Path, row: Row, now: datetime) -> Item:
    if row.problem:
        return Refused(row.where, row.problem)
    try:
        file = _file_of(folder, row)
        if not file.resolve().is_relative_to(folder.resolve()):
            return Refused(row.where, f"{row.file} leads out of the folder")
        if not file.is_file():
            return Refused(row.where, f"{row.file} is not there")
        return _page(file, now, row.told)
    except (OSError, ValueError) as error:
        return Refused(row.where, f"{row.file}: {error}")


def _files(folder: Path) -> Iterator[Path | Refused]:
    """Yield the files below a folder, in order, without the parts that browsers save of a page."""
    root = folder.resolve()
    failed: list[OSError] = []
    for at, inner, names in os.walk(folder, onerror=failed.append):
        here = Path(at)
        inner[:] = sorted(name for name in inner if not _is_of_page(here / name))
        for linked in (here / name for name in inner if (here / name).is_symlink()):
            yield Refused(str(linked), "is a link to a folder: import that by its own name")
        for file in (here / name for name in sorted(names)):
            if not file.resolve().is_relative_to(root):
                yield Refused(str(file), "is a link that leads out of the folder")
            elif file.is_file():
                yield file
            else:
                yield Refused(str(file), "is no file that could be read")
    yield from (Refused(str(error.filename), error.strerror or "") for error in failed)


def _is_of_page(folder: Path) -> bool:
    """Whether a folder is hidden, or has the images and frames of a page beside it."""
    stem = folder.name.removesuffix("_files").removesuffix(".files")
    beside = (folder.with_name(stem + suffix) for suffix in _PAGES)
    return folder.name.startswith(".") or (stem != folder.name and any(map(Path.exists, beside)))


def _told(path: Path) -> Told:
    """Return what the file beside a page tells, or else the page."""
    told = told_beside(path)
    url, at, content_type = (told.get(key) for key in ("url", "fetched_at", "content_type"))
    if not isinstance(url, str) or not url:
        return Told("")
    known = at if isinstance(at, datetime) and at.tzinfo else None
    return Told(url, known, content_type if isinstance(content_type, str) else "")


def _page(path: Path, now: datetime, told: Told) -> Item:
    body = _read(path)
    if isinstance(body, Refused):
        return body
    if not told.url:
        told = told_by_page(body, told.content_type) or told
    if not told.url:
        return Refused(str(path), _NO_ADDRESS)
    at = told.at or min(_written(path), now)
    if problem := problem_of(told.url, at, now):
        return Refused(str(path), problem)
    said = tuple(filter(None, (told.said, "" if told.at else FROM_FILE)))
    read = partial(_exchange, path, replace(told, at=at))
    return Capture(address_of(told.url), at, str(path), read, said=said)


def _read(path: Path) -> bytes | Refused:
    """Return what a file holds, if that may be a page."""
    if (size := path.stat().st_size) > LARGEST:
        return Refused(str(path), f"has {size:,} bytes: a crawl reads no page of that size")
    body = path.read_bytes()
    if not body.strip():
        return Refused(str(path), "is empty")
    if why := next((why for mark, why in _OTHERS.items() if body.startswith(mark)), ""):
        return Refused(str(path), why)
    if b"\0" in body and not body.startswith(WIDE_BEGINNINGS):
        return Refused(str(path), "is binary, and no page")
    return body


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _exchange(path: Path, told: Told) -> Exchange:
    content_type = one_line(told.content_type).encode()
    headers = ((b"Content-Type", content_type),) if content_type else ()
    at = told.at or _written(path)
    return Exchange(told.url, "", (), 200, headers, path.read_bytes(), at)
