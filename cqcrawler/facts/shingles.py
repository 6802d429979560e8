"""What a text has in common with others: its shingles, and keys under which copies find each other.

Keys are kept in archives, so they must never change silently: whoever changes what a text's keys
are raises KEYS_VERSION, which is part of every key, and has the archives' keys made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import combinations
from struct import pack
from zlib import crc32

KEYS_VERSION = 1

# In letters. Four tell sentences apart, and survive what an editor leaves of them.
SHINGLE = 4
# In characters. What follows of a very long text does not say which text it is.
LONGEST_TEXT = 50_000
BANDS, ROWS = 16, 2
_BINS = BANDS * ROWS
# Spreads CRC-32, which is linear, over 64 bits (Knuth's golden ratio).
_SPREAD, _MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1
_EMPTY = 1 << 64
_BIN_SHIFT = 64 - (_BINS - 1).bit_length()

_NO_LETTER = re.compile(r"[\W_]+")
_BYTES = 4  # of a character in UTF-32

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
    """Return the hashes (32 bits) of all runs of four letters, in order; of less, of the whole."""
    data = letters.encode("utf-32-le", "surrogatepass")
    last = max(len(data) - SHINGLE * _BYTES, 0)
    size = SHINGLE * _BYTES
    return [crc32(data[at : at + size]) for at in range(0, last + 1, _BYTES)]


def shingles(letters: str) -> frozenset[int]:
    """Return the hashes of all runs of four letters, each once."""
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
    least = [_EMPTY] * _BINS
    for gram in grams:
        spread = gram * _SPREAD & _MASK
        at = spread >> _BIN_SHIFT
        if spread < least[at]:
            least[at] = spread
    filled = _filled(least)
    return tuple(
        stable_key(b"band", pack("<B", band), *(pack("<Q", value) for value in rows))
        for band, rows in enumerate(zip(*[iter(filled)] * ROWS, strict=True))
    )


def _filled(least: list[int]) -> Iterator[int]:
    for at in range(len(least)):
        away = 0
        while least[(at + away) % _BINS] == _EMPTY:
            away += 1
        yield (least[(at + away) % _BINS] + away * _SPREAD) & _MASK


def sentence_keys(text: str) -> tuple[int, ...]:
    """Return keys of a few long sentences, the same ones in whatever copy has them."""
    sentences = map(letters_of, _SENTENCE_END.split(text[:LONGEST_TEXT]))
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
