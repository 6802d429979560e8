"""Leaving records out of a file: what is left is written to another, byte for byte."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urljoin

from cqcrawler.warc.files import following_name
from cqcrawler.warc.members import read_beginning, read_member
from cqcrawler.warc.reader import DAMAGE, answer_of, parse

_LOCATION = re.compile(r"^location: (.*)$", re.IGNORECASE | re.MULTILINE)
_REFRESH = re.compile(rb"""http-equiv[^>]*refresh[^>]*url=\s*['"]?([^'">\s]+)""", re.IGNORECASE)
_MAGIC = b"\x1f\x8b\x08"  # of gzip
_PIECE = 2**20
_LONGEST_HEAD = 2**14


@dataclass(slots=True)
class _Member:
    """A record: where it lies, and what of it decides whether it stays.

    `kind` is empty where not even its head can be read; `location` is where a response sends
    its reader.
    """

    start: int
    end: int
    kind: str = ""
    name: str = ""
    target: str | None = None
    location: str | None = None
    answers: str | None = None


def records_of(
    path: Path, urls: Collection[str], offsets: Collection[int], canonical: Callable[[str], str]
) -> tuple[list[tuple[int, int, bool]], int]:
    """Return where every record of a file begins and ends, and whether it is of some pages.

    Beside them, of how many others nobody can say what they are of, as they are damaged.

    Of the pages at `urls` are what was exchanged with these addresses, what was exchanged on the
    way to and from there by redirects, and what begins at one of the `offsets`. An address is one
    of them if `canonical` writes both alike.
    """
    members = list(_members(path))
    addresses = {*urls, *map(canonical, urls)}
    gone = {
        member.start
        for member in members
        if member.start in offsets
        or (member.target and {member.target, canonical(member.target)} & addresses)
    }
    gone = _with_redirects(path, members, gone)
    unread = sum(not member.kind and member.start not in gone for member in members)
    return [(member.start, member.end, member.start in gone) for member in members], unread


def write_rest(
    folder: Path, file: str, records: Collection[tuple[int, int, bool]], new: str
) -> dict[int, int]:
    """Write the records that stay to a new file, bring that to the disk, and return their places.

    They are given by their old offsets.
    """
    offsets: dict[int, int] = {}
    with (folder / file).open("rb") as source, (folder / new).open("xb") as target:
        os.fchmod(target.fileno(), os.fstat(source.fileno()).st_mode & 0o777)
        for start, end, gone in records:
            if not gone:
                offsets[start] = target.tell()
                source.seek(start)
                while left := end - source.tell():
                    target.write(source.read(min(left, _PIECE)))
        target.flush()
        os.fsync(target.fileno())
    return offsets


def name_beside(folder: Path, file: str) -> str:
    """Return the name that a file gets which takes the place of another."""
    path = folder / file
    return path.with_name(following_name(path)).relative_to(folder).as_posix()


def _members(path: Path) -> Iterator[_Member]:
    size, at = path.stat().st_size, 0
    with path.open("rb") as file:
        while at < size:
            file.seek(at)
            try:
                plain = read_member(file)
                end = file.tell()
            except DAMAGE:
                end = _next_beginning(file, at, size)
                file.seek(at)
                yield _described(_Member(at, end), read_beginning(file, _LONGEST_HEAD))
            else:
                yield _described(_Member(at, end), plain)
            at = end


def _next_beginning(file: BinaryIO, at: int, size: int) -> int:
    """Return where something begins, behind a record that is damaged, that may be the next one."""
    file.seek(at + 1)
    before, start = b"", at + 1
    while piece := file.read(_PIECE):
        found = (before + piece).find(_MAGIC)
        if found >= 0:
            return start - len(before) + found
        start += len(piece)
        before = piece[1 - len(_MAGIC) :]
    return size


def _described(member: _Member, plain: bytes) -> _Member:
    try:
        named, block = parse(plain)
        member.kind, member.name = named["WARC-Type"], named["WARC-Record-ID"]
        member.target, member.answers = named["WARC-Target-URI"], named["WARC-Concurrent-To"]
        if member.kind in ("response", "revisit"):
            head = block.partition(b"\r\n\r\n")[0].decode("latin-1")
            location = _LOCATION.search(head)
            member.location = location and urljoin(member.target, location[1].strip())
    except DAMAGE:
        pass
    return member


def _leads_to(path: Path, member: _Member) -> str | None:
    """Return where a response sends its reader, by its head or by its page."""
    if member.location or member.kind != "response" or member.target is None:
        return member.location
    with path.open("rb") as file:
        file.seek(member.start)
        try:
            refresh = _REFRESH.search(answer_of(*parse(read_member(file))).body)
        except DAMAGE:
            return None
    return refresh and urljoin(member.target, refresh[1].decode("utf-8", "replace"))


def _with_redirects(path: Path, members: list[_Member], gone: set[int]) -> set[int]:
    """Return what goes with some records: answers that led to or from them, and requests."""
    answers = [member for member in members if member.kind in ("response", "revisit")]
    for steps in (answers, answers[::-1]):  # Where it led, and what led there.
        for one, other in pairwise(steps):
            before, after = (one, other) if steps is answers else (other, one)
            if one.start in gone and _same(_leads_to(path, before), after.target):
                gone.add(other.start)
    names = {member.name for member in answers if member.start in gone}
    return gone | {member.start for member in members if member.answers in names}


def _same(url: str | None, other: str | None) -> bool:
    if url is None or other is None:
        return False
    return unquote(url).partition("#")[0] == unquote(other).partition("#")[0]
