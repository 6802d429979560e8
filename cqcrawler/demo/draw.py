"""Choices that depend on their key alone: the same in every process and Python version."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def draw(low: int, high: int, *key: object) -> int:
    """Return a whole number from `low` to `high`, both included."""
    digest = sha256("/".join(map(str, key)).encode()).digest()
    return low + int.from_bytes(digest[:8], "big") % (high - low + 1)


def pick(options: Sequence[T], *key: object) -> T:
    return options[draw(0, len(options) - 1, *key)]


def shuffled(options: Sequence[T], *key: object) -> list[T]:
    order = sorted(range(len(options)), key=lambda i: draw(0, 2**63, i, *key))
    return [options[i] for i in order]


def in_turn(options: Sequence[T], number: int, *key: object) -> T:
    """Return an option so that every run of `len(options)` numbers takes each one once."""
    block, place = divmod(number, len(options))
    return shuffled(options, block, *key)[place]
