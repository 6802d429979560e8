"""The pages of WARC files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from cqcrawler.importing.captures import (
    Capture,
    Item,
    Passed,
    Refused,
    address_of,
    problem_of,
)
from cqcrawler.reading.addresses import is_file
from cqcrawler.reading.page.decoding import LARGEST
from cqcrawler.warc.foreign import Damaged, Found, read_exchange, responses_of

_SUFFIXES = (".warc", ".warc.gz")
_PAGES = ("text/html", "application/xhtml+xml", "")
# What lists are drawn from besides: scripts, data, feeds. A page leads to it.
_DATA = ("json", "xml", "javascript", "ecmascript", "text/plain", "octet-stream")


def is_warc(path: Path) -> bool:
    """Whether a file is to be read as WARC: by its name, or by how it begins."""
    if path.name.lower().endswith(_SUFFIXES):
        return True
    with path.open("rb") as file:
        return file.read(5).startswith((b"WARC/", b"\x1f\x8b"))


def pages_of(path: Path, now: datetime) -> Iterator[Item]:
    """Yield the pages of a file; what is behind a place where it is damaged is refused as one."""
    taken = 0
    try:
        if not path.stat().st_size:
            raise Damaged("is empty")
        for found in responses_of(path, LARGEST):
            item = _item(path, found, now)
            taken += isinstance(item, Capture)
            yield item
    except Damaged as error:
        behind = f"; {taken} pages before that place were read" if taken else ""
        yield Refused(str(path), f"{error}{behind}")
    except OSError as error:
        yield Refused(str(path), error.strerror or str(error))


def _item(path: Path, found: Found, now: datetime) -> Item:
    where = f"{path} at {found.offset}"
    if found.kind == "revisit":
        return Passed("revisit")
    if not found.problem and not _is_of_use(found):
        return Passed("file")
    if found.problem or found.at is None:
        return Refused(where, f"{found.problem}{f': {found.url}' if found.url else ''}")
    if problem := problem_of(found.url, found.at, now):
        return Refused(where, problem)
    return Capture(
        address_of(found.url, found.form),
        found.at,
        where,
        partial(read_exchange, path, found, LARGEST),
        location=found.location if 300 <= found.status < 400 else "",
        may_be_page=found.form is None and found.media in _PAGES and not is_file(found.url),
    )


def _is_of_use(found: Found) -> bool:
    is_data = any(kind in found.media for kind in _DATA)
    return found.media in _PAGES or is_data or bool(found.location)
