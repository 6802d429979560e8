"""What a text has in common with others: its shingles, and keys under which copies find each other.

Keys are kept in archives, so they must never change silently: whoever changes what a text's keys
are raises KEYS_VERSION, which is part of every key, and has the archives' keys made again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain, combinations
from struct import pack, unpack_from

KEYS_VERSION = 2

# In letters. Four tell sentences apart, and survive what an editor leaves of them.
SHINGLE = 4
# In characters. What follows of a very long text does not say which text it is.
LONGEST_TEXT = 50_000
BANDS, ROWS = 16, 2
_BINS = BANDS * ROWS
# Less than 2 ** 30, so that what is left of a division is quick to sort.
_PRIME = 998_244_353
_BIN = -(-_PRIME // _BINS)
# Odd, so that no two sums of products become one (of xxHash).
_FIRST, _SECOND, _THIRD = 0xC2B2AE3D27D4EB4F, 0x9E3779B185EBCA87, 0x165667B19E3779F9
_MASK, _SIGN = (1 << 64) - 1, 1 << 63

_NO_LETTER = re.compile(r"[\W_]+")
_BYTES = 2  # of a letter in UTF-16, so that four are an integer of 64 bits

# Sentences long enough to be nobody else's, of which those with the least hashes are kept, so that
# a cut keeps the same ones as the whole.
_SENTENCE_END = re.compile(r"[。！？；!?;\n]")
_LONG_SENTENCE, _KEPT_SENTENCES, _KEPT_VALUES = 16, 8, 12
_LONG_TITLE = 8
# Values of so many figures are hardly another notice's. Years and parts of dates and codes are no
# values.
_EXACT, _PAIRED = 3, 5
_VALUE = re.compile(r"(?<![\d.,A-Za-z-])(\d[\d,]{0,12}(?:\.\d{1,4})?)(?=[^\W\d_]|%)([^年月日号])")


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, which is what is compared."""
    return _NO_LETTER.sub("", text[:LONGEST_TEXT]).casefold()


def hashes(letters: str) -> list[int]:
    """Return all runs of four letters as integers (64 bits), in any order; of less, the whole."""
    data = letters.encode("utf-16-le", "surrogatepass")
    size = SHINGLE * _BYTES
    if len(data) < size:
        return [int.from_bytes(data, "little")]
    starts = range(0, min(size, len(data) - size + 1), _BYTES)
    return list(
        chain.from_iterable(
            unpack_from(f"<{(len(data) - start) // size}Q", data, start) for start in starts
        )
    )


def shingles(letters: str) -> frozenset[int]:
    """Return all runs of four letters as integers, each once."""
    return frozenset(hashes(letters))


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of all shingles that both texts have (Jaccard)."""
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the shorter text's shingles that the other has too."""
    return len(one & other) / min(len(one), len(other))


def band_keys(grams: frozenset[int]) -> tuple[int, ...]:
    """Return BANDS keys; two texts share each with a chance of their resemblance to the power of
    ROWS. One-permutation MinHash: the least hash in each of the bins, and in place of an empty
    bin the next full one's, changed by how far it was."""
    spread = sorted([gram % _PRIME for gram in grams])
    filled = _filled(spread)
    return tuple(
        _signed(filled[at] * _FIRST + filled[at + 1] * _SECOND + (at + KEYS_VERSION) * _THIRD)
        for at in range(0, _BINS, ROWS)
    )


def _filled(spread: Sequence[int]) -> list[int]:
    """Return what stands for each bin, of the hashes of a text in order."""
    least: list[int] = []
    for at in range(_BINS):
        start = at * _BIN
        place = bisect_left(spread, start)
        value = spread[place] if place < len(spread) else spread[0]
        away = (value // _BIN - at) % _BINS
        least.append(value + away * _PRIME)
    return least


def _signed(value: int) -> int:
    """Return 64 bits of a sum of products, signed as SQLite keeps them."""
    value &= _MASK
    return value - (1 << 64) if value >= _SIGN else value


def sentence_keys(text: str) -> tuple[int, ...]:
    """Return keys of a few long sentences, the same ones in whatever copy has them."""
    parts = _SENTENCE_END.split(text[:LONGEST_TEXT])
    sentences = (letters_of(part) for part in parts if len(part) >= _LONG_SENTENCE)
    long = (sentence for sentence in sentences if len(sentence) >= _LONG_SENTENCE)
    return _least((stable_key(b"sentence", one.encode()) for one in long), _KEPT_SENTENCES)


def value_keys(text: str) -> tuple[int, ...]:
    """Return keys of a few values of a text in half width, with their units: of exact ones (three
    figures or more) each, of those of two figures or more by pairs, for a notice that was
    written anew keeps little else."""
    values: dict[str, int] = {}
    for figures, unit in _VALUE.findall(text):
        digits = figures.replace(",", "")
        values[digits + unit] = len(digits.replace(".", "").strip("0"))
    exact = (_value_key(value) for value, length in values.items() if length >= _EXACT)
    some = _least((_value_key(value) for value, length in values.items() if length > 1), _PAIRED)
    pairs = (stable_key(b"pair", pack("<qq", *pair)) for pair in combinations(some, 2))
    return (*_least(exact, _KEPT_VALUES), *pairs)


def _value_key(value: str) -> int:
    return stable_key(b"value", value.encode())


def title_key(title: str) -> tuple[int, ...]:
    """Return the key of a title that is long enough to be somebody's own."""
    letters = letters_of(title)
    return (stable_key(b"title", letters.encode()),) if len(letters) >= _LONG_TITLE else ()


def _least(keys: Iterable[int], count: int) -> tuple[int, ...]:
    return tuple(sorted(set(keys))[:count])


def stable_key(*parts: bytes) -> int:
    """Return a hash of 64 bits that is the same on every machine, signed as SQLite keeps it."""
    whole = blake2b(pack("<I", KEYS_VERSION) + b"\0".join(parts), digest_size=8).digest()
    return int.from_bytes(whole, "little", signed=True)
