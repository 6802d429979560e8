"""Copying out of WARC files what belongs to some pages, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

from warcio.statusandheaders import StatusAndHeaders

from cqcrawler.warc.members import read_member
from cqcrawler.warc.reader import DAMAGE, headers_of, parse
from cqcrawler.warc.records import NOT_MODIFIED, replayable

logger = logging.getLogger(__name__)

_RESPONSES = ("response", "revisit")
_REVISIT_TYPE = "warc/revisit"  # As indexes call it.


@dataclass(frozen=True, slots=True)
class Capture:
    """What an index says of a response or revisit; `status` and `mime` are empty if unknown."""

    url: str
    date: str
    mime: str
    status: str
    digest: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A record to be written: a gzip member, and what it is a capture of, if of anything.

    `offset` is where it was in its file.
    """

    data: bytes
    offset: int
    capture: Capture | None = None


@dataclass(slots=True)
class _Walk:
    """Where the reading of a file is: redirects that may lead to a page which is wanted."""

    info: Copied | None = None
    held: list[Copied] = field(default_factory=list)
    leads_to: str = ""
    taken: bool = False


def selected(
    path: Path, is_wanted: Callable[[str], bool], named: Collection[int]
) -> Iterator[Copied]:
    """Yield the captures of a file whose address is wanted or whose offset is named.

    With each come its request and the redirects that led to it, and with the first of them the
    record that describes the file. A 304 comes as replay tools take it; one of a page that is not
    in the archive shows nothing, and does not come. Damaged records are left out. Raises OSError.
    """
    walk = _Walk()
    ahead = sorted(named)
    with path.open("rb") as file:
        size, at = path.stat().st_size, 0
        while at < size:
            file.seek(at)
            try:
                fields, block = parse(read_member(file))
                end = file.tell()
            except DAMAGE as error:
                logger.warning("%s at %d: %s", path, at, error)
                at = next((offset for offset in ahead if offset > at), size)
                continue
            at, here = end, at
            yield from _step(walk, file, (here, end), (fields, block), is_wanted, ahead)


def _step(
    walk: _Walk,
    file: BinaryIO,
    span: tuple[int, int],
    record: tuple[StatusAndHeaders, bytes],
    is_wanted: Callable[[str], bool],
    named: Collection[int],
) -> Iterator[Copied]:
    """Take one record, and yield what can be said of now."""
    kind = record[0]["WARC-Type"]
    if kind == "warcinfo":
        walk.info = Copied(_bytes(file, span), span[0])
    elif kind in _RESPONSES:
        yield from _answer(walk, file, span, record, is_wanted, named)
    elif kind == "request":  # It stands behind its response.
        copied = Copied(_bytes(file, span), span[0])
        if walk.taken:
            yield copied
        elif walk.held:
            walk.held.append(copied)


def _answer(
    walk: _Walk,
    file: BinaryIO,
    span: tuple[int, int],
    record: tuple[StatusAndHeaders, bytes],
    is_wanted: Callable[[str], bool],
    named: Collection[int],
) -> Iterator[Copied]:
    fields, block = record
    url = fields["WARC-Target-URI"]
    if url != walk.leads_to:
        walk.held = []
    walk.leads_to = _target(url, block)
    walk.taken = False
    mended = replayable(fields, block)
    capture = _capture(fields, block, mended)
    if capture.status == str(NOT_MODIFIED):
        walk.held = []
        return
    copied = Copied(mended or _bytes(file, span), span[0], capture)
    if is_wanted(url) or span[0] in named:
        if walk.info:
            yield walk.info
        yield from walk.held
        yield copied
        walk.info, walk.held, walk.taken = None, [], True
    elif walk.leads_to:
        walk.held.append(copied)


def _capture(fields: StatusAndHeaders, block: bytes, mended: bytes | None) -> Capture:
    has_head = bool(block) and mended is None
    status = block.split(b" ", 2)[1][:3].decode("latin-1") if has_head else ""
    media = headers_of(block).get("content-type", "") if has_head else ""
    revisit = fields["WARC-Type"] == "revisit"
    return Capture(
        url=fields["WARC-Target-URI"],
        date=fields["WARC-Date"],
        mime=_REVISIT_TYPE if revisit else media.partition(";")[0].strip(),
        status=status,
        digest=fields.get_header("WARC-Payload-Digest") or "",
    )


def _target(url: str, block: bytes) -> str:
    """Return where a response sends its reader, empty if nowhere."""
    location = headers_of(block).get("location", "") if block else ""
    try:
        return urljoin(url, location) if location else ""
    except ValueError:
        return ""


def _bytes(file: BinaryIO, span: tuple[int, int]) -> bytes:
    file.seek(span[0])
    return file.read(span[1] - span[0])
