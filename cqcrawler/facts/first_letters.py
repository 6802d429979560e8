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
_SET = re.compile(r"\[((?!-)(?:[^\]\\^]|\\d)+(?<!-))\]")
_PLAIN = re.compile(r"[^\\.^$*+?{}\[\]|()]")
_DIGIT = "\\d"


def any_pattern(words: Sequence[str]) -> str:
    """Return a pattern for any of the words, which may be patterns, as one element of another."""
    choice = f"(?:{'|'.join(words)})"
    if all(_PLAIN.match(word) for word in words):
        return choice
    letters = {letter for word in words for letter in first_letters(word) or ("",)}
    return choice if "" in letters else f"(?:(?=[{''.join(sorted(letters))}]){choice})"


def first_letters(pattern: str) -> frozenset[str]:
    r"""Return what a pattern can begin with, as parts of a set (`启`, `\d`); nothing if unknown."""
    while match := _ZERO_WIDTH.match(pattern):
        pattern = pattern[match.end() :]
    if pattern.startswith(_CHOICE):
        return _of_choice(pattern)
    if match := _SET.match(pattern):
        found = frozenset([match[1]])
    elif pattern.startswith(_DIGIT):
        match, found = re.match(r"\\d", pattern), frozenset([_DIGIT])
    elif match := _PLAIN.match(pattern):
        found = frozenset([_escaped(match[0])])
    else:
        return frozenset()
    return _with_what_follows(found, pattern[match.end() :])


def _of_choice(pattern: str) -> frozenset[str]:
    depth, starts = 0, [len(_CHOICE)]
    for i, letter in enumerate(pattern):
        if letter == "\\":
            return frozenset()
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 1:
            starts.append(i + 1)
        if depth == 0:
            break
    else:
        return frozenset()
    stops = [start - 1 for start in starts[1:]] + [i]
    choices = [first_letters(pattern[a:b]) for a, b in zip(starts, stops, strict=True)]
    if not all(choices):
        return frozenset()
    return _with_what_follows(frozenset().union(*choices), pattern[i + 1 :])


def _with_what_follows(found: frozenset[str], rest: str) -> frozenset[str]:
    """Return what is found, with what may come first where that may be left out."""
    if not (match := _MAY_BE_NOTHING.match(rest)):
        return found
    if match[0] != "?":
        return frozenset()
    following = first_letters(rest[1:])
    return found | following if following else frozenset()


def _escaped(letter: str) -> str:
    return "\\" + letter if letter in "-^]\\" else letter
