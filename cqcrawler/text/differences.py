"""What was changed between two versions of a text: paragraphs, and inside them words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

# A word of letters or digits changes as one; of Chinese, each character for itself.
_UNIT = re.compile(r"[0-9A-Za-z]+(?:[.,][0-9]+)*|.", re.DOTALL)
# Below this share of equal text, one paragraph did not become the other.
_ALIKE = 0.4
# The time to compare grows with the square of the length.
_LONGEST = 5_000


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of either version or both: its pieces, in the order to read them in."""

    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing in it was changed."""
        return all(piece.kind is Kind.SAME for piece in self.pieces)

    def text(self, without: Kind) -> str:
        """Return the text without the pieces of a kind: of the new version without REMOVED."""
        return "".join(piece.text for piece in self.pieces if piece.kind is not without)


def compare(old: str, new: str) -> list[Paragraph]:
    """Return the paragraphs (lines) of both texts, with what was removed and added."""
    before, after = old.split("\n"), new.split("\n")
    paragraphs: list[Paragraph] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            paragraphs += [_whole(Kind.SAME, text) for text in after[c:d]]
        else:
            paragraphs += _replaced(before[a:b], after[c:d])
    return paragraphs


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    for old, new in zip_longest(before, after):
        pieces = _pieces(old, new) if old is not None and new is not None else ()
        if pieces:
            yield Paragraph(pieces)
            continue
        if old is not None:
            yield _whole(Kind.REMOVED, old)
        if new is not None:
            yield _whole(Kind.ADDED, new)


def _whole(kind: Kind, text: str) -> Paragraph:
    return Paragraph((Piece(kind, text),))


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return what became of the words of a paragraph; nothing if it is another one."""
    before, after = _UNIT.findall(old), _UNIT.findall(new)
    if max(len(before), len(after)) > _LONGEST:
        return ()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ()
    pieces: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, "".join(after[c:d])))
            continue
        changed = ((Kind.REMOVED, before[a:b]), (Kind.ADDED, after[c:d]))
        pieces += [Piece(kind, "".join(words)) for kind, words in changed if words]
    return tuple(pieces)
