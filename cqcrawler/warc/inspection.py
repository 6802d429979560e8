"""Going through a whole file: is every record what was written?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cqcrawler.models import Answer
from cqcrawler.warc.members import read_member
from cqcrawler.warc.reader import DAMAGE, answer_of, check_digests, parse


@dataclass(frozen=True, slots=True)
class Inspected:
    """A record at its offset.

    `urls` are, of a response, its address and those that redirected to it; of other records,
    and of damaged ones, there are none. `digest` is the SHA-256 of a response's decoded body.
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
                yield Inspected(at, damage=str(error))
                at = next((offset for offset in ahead if offset > at), size)
                continue
            if answer is None:
                yield Inspected(here)
                continue
            urls = (*redirects, answer.url)
            redirects = urls if _leads_on(answer) else ()
            yield Inspected(here, urls, sha256(answer.body).hexdigest())


def _checked(file: BinaryIO) -> Answer | None:
    """Return the response in the record at the file's position, None if it is another record."""
    named, block = parse(read_member(file))
    if named["WARC-Type"] == "response":
        return answer_of(named, block)
    check_digests(named, block)
    return None


def _leads_on(answer: Answer) -> bool:
    """Whether the response that follows may be where this one sends its reader."""
    return "location" in answer.headers or b"refresh" in answer.body.lower()
