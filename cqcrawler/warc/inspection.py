"""Going through a whole file: is every record what was written?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from textwrap import shorten
from typing import BinaryIO

from cqcrawler.warc.members import read_member
from cqcrawler.warc.reader import DAMAGE, answer_of, check_digests, parse

# In characters; the parser of heads cites what it found.
_LONGEST_DAMAGE = 200


@dataclass(frozen=True, slots=True)
class Inspected:
    """A record at its offset.

    It is `damage` if it is not what was written. `urls` are, of a response, its address and
    those that redirected to it; of other records, and of damaged ones, there are none. `digest`
    is the SHA-256 of a response's decoded body, None where that cannot be decoded: a stream that
    the portal cut off is in the record as it came.
    """

    offset: int
    urls: tuple[str, ...] = ()
    digest: str | None = None
    damage: str = ""


def inspect(path: Path, named: Collection[int]) -> Iterator[Inspected]:
    """Yield every record of a file; raises OSError where it cannot be read.

    Where one is damaged, it goes on at the next of the `named` offsets, for the length of a
    damaged record is not known.
    """
    ahead = sorted(named)
    redirects: tuple[str, ...] = ()
    with path.open("rb") as file:
        size, at = path.stat().st_size, 0
        while at < size:
            file.seek(at)
            try:
                answer = _checked(file)
                at, here = file.tell(), at
            except DAMAGE as error:
                yield Inspected(at, damage=shorten(str(error), _LONGEST_DAMAGE))
                at = next((offset for offset in ahead if offset > at), size)
                continue
            if answer is None:
                yield Inspected(here)
                continue
            url, leads_on, digest = answer
            urls = (*redirects, url)
            redirects = urls if leads_on else ()
            yield Inspected(here, urls, digest)


def _checked(file: BinaryIO) -> tuple[str, bool, str | None] | None:
    """Check the record at the file's position.

    Return the address of a response, whether the one that follows may be where it sends its
    reader, and the digest of its body; None of another record.
    """
    named, block = parse(read_member(file))
    check_digests(named, block)
    if named["WARC-Type"] != "response":
        return None
    try:
        answer = answer_of(named, block)
    except ValueError:
        return named["WARC-Target-URI"], b"\nlocation:" in block.lower(), None
    leads_on = "location" in answer.headers or b"refresh" in answer.body.lower()
    return answer.url, leads_on, sha256(answer.body).hexdigest()
