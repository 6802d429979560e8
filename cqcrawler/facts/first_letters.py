"""Patterns of many words that fail fast: at most places, no word has the letter that stands there.

The engine looks for the first letters of a choice by itself only where every word begins with a
plain letter; one lookbehind among them, and it tries each word at each place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ZERO_WIDTH = re.compile(r"\(\?(?:<?[!=])[^()]*\)|\^")
_MAY_BE_NOTHING = re.compile(r"[?*]|\{0?,")
_CHOICE = "(?:"
# An escaped letter and a set are one, whatever brackets and bars are in them.
_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_SET = re.compile(r"\[((?!-)(?:[^\]\\^]|\\d)+(?<!-))\]")
_PLAIN = re.compile(r"[^\\.^$*+?{}\[\]|()]")
_IN_SETS = re.compile(r"[\\-]")
_DIGIT, _DIGITS = "\\d", "0123456789"


def any_pattern(words: Sequence[str]) -> str:
    """Return a pattern for any of the words, which may be patterns, as one element of another."""
    choice = f"(?:{'|'.join(words)})"
    if all(_PLAIN.match(word) for word in words):
        return choice
    letters = {letter for word in words for letter in first_letters(word) or ("",)}
    return choice if "" in letters else f"(?:(?=[{''.join(sorted(letters))}]){choice})"


def letters_of(words: Sequence[str]) -> frozenset[str]:
    """Return the letters that words, which may be patterns, begin with: a look before a match.

    Raises ValueError where a word does not say what it begins with.
    """
    parts: set[str] = set()
    for word in words:
        found = first_letters(word)
        if not found or any(part != _DIGIT and _IN_SETS.search(part) for part in found):
            raise ValueError(f"no plain letters begin {word!r}")
        parts |= found
    return frozenset(letter for part in parts for letter in (_DIGITS if part == _DIGIT else part))


def first_letters(pattern: str) -> frozenset[str]:
    r"""Return what a pattern can begin with, as parts of a set (`启`, `\d`); nothing if unknown."""
    found = [_of_alternative(alternative) for alternative in _alternatives(pattern)]
    return frozenset().union(*found) if all(found) else frozenset()


def _of_alternative(pattern: str) -> frozenset[str]:
    while match := _ZERO_WIDTH.match(pattern):
        pattern = pattern[match.end() :]
    if pattern.startswith(_CHOICE):
        inner = _inner(pattern[len(_CHOICE) :])
        rest = pattern[len(_CHOICE) + len(inner) + 1 :]
        return _with_what_follows(first_letters(inner), rest)
    if match := _SET.match(pattern):
        return _with_what_follows(frozenset([match[1]]), pattern[match.end() :])
    if pattern.startswith(_DIGIT):
        return _with_what_follows(frozenset([_DIGIT]), pattern[len(_DIGIT) :])
    if _PLAIN.match(pattern):
        return _with_what_follows(frozenset([_escaped(pattern[0])]), pattern[1:])
    return frozenset()


def _alternatives(pattern: str) -> list[str]:
    """Return what stands between the bars of a pattern that are in no brackets."""
    found, start, depth = [], 0, 0
    for token in _TOKEN.finditer(pattern):
        depth += (token[0] == "(") - (token[0] == ")")
        if token[0] == "|" and depth == 0:
            found.append(pattern[start : token.start()])
            start = token.end()
    return [*found, pattern[start:]]


def _inner(pattern: str) -> str:
    """Return what stands before the bracket that closes one opened before."""
    depth = 1
    for token in _TOKEN.finditer(pattern):
        depth += (token[0] == "(") - (token[0] == ")")
        if depth == 0:
            return pattern[: token.start()]
    return pattern


def _with_what_follows(found: frozenset[str], rest: str) -> frozenset[str]:
    """Return what is found, with what may come first where that may be left out."""
    if not found or not (match := _MAY_BE_NOTHING.match(rest)):
        return found
    if match[0] != "?":
        return frozenset()
    following = first_letters(rest[1:])
    return found | following if following else frozenset()


def _escaped(letter: str) -> str:
    return "\\" + letter if letter in "-^]\\" else letter
