"""The path to a page, `当前位置：首页 > 政务公开 > 招商政策`: the columns in which it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cqcrawler.text.words import any_word

_ARROWS = r"(?:\s*+[-–—]*+[>＞»›→]++)++"
_SEPARATOR = re.compile(rf"{_ARROWS}\s*|\s[/-]\s|/\s*")
_SIGN = re.compile("[>＞»›→]")
_ARROW = re.compile(rf"{_ARROWS}\s*")
_HYPHEN = re.compile(r"\s*[-–—]+\s*")
_LABEL = re.compile(rf"{any_word('place_label', 'navigation')}\s*[:：]")
_HOME = re.compile(rf"{any_word('home')}(?=\s*(?:[-–—]*[>＞»›→]|/))")
_IS_HOME = re.compile(rf"\w{{0,8}}{any_word('home')}$")
# A path may have a line for each step.
_GOES_ON = re.compile(r"[-–—]*[>＞»›→/]")
_IS_OPEN = re.compile(r"[:：>＞»›→/]$")
_NO_COLUMN = re.compile(rf"(?:{any_word('no_section')}|^(?:19|20)\d\d年?度?|^\d*)$")
_TWICE = re.compile(r"(.{2,12})\s\1")
_MOST_LINES, _LONGEST_LINE = 8, 120
# In characters: the longest name of a column, that of one alone, and one in a path without a label.
_LONGEST, _LONGEST_ALONE, _LONGEST_BARE = 30, 12, 12


class Path(NamedTuple):
    """The names of the columns on the way to a page, the innermost first, and what stood there."""

    names: tuple[str, ...]
    text: str


def read_path(texts: Sequence[str], first: int, stop: int, title: str = "") -> Path | None:
    """Read the path that begins in a line, and goes on in lines before `stop`.

    None where there is none that names a column; `title` is that of the page, which may end it.
    """
    if len(texts[first]) > _LONGEST_LINE:
        return None
    label = _LABEL.search(texts[first])
    if not label and not _HOME.search(texts[first]) and not _IS_HOME.match(texts[first]):
        return None
    text = _joined(texts, first, stop)
    begin = label.end() if label else home.end() if (home := _HOME.search(text)) else None
    steps = _SEPARATOR.split(text[begin:]) if begin is not None else []
    if label and len(steps) == 1:
        steps = _HYPHEN.split(text[begin:])
    names = _columns(steps, title)
    if len(names) > 1 or (names and len(names[0]) <= _LONGEST_ALONE):
        return Path(names, text)
    return None


def read_bare_path(text: str, title: str = "") -> Path | None:
    """Read a path that says neither where it begins nor what it is: `资讯 > 社会 > 正文`."""
    if len(text) > _LONGEST_LINE or not _SIGN.search(text):
        return None
    parts = _ARROW.split(text)
    if len(parts) < 2 or any(len(part) > _LONGEST_BARE for part in parts):
        return None
    names = _columns(parts, title)
    return Path(names, text) if len(names) > 1 else None


def names_column(text: str) -> bool:
    """Whether a text may name a column: 首页, 正文 and 2024年 do not."""
    return len(text) <= _LONGEST and not _NO_COLUMN.search(text)


def _joined(texts: Sequence[str], first: int, stop: int) -> str:
    steps = [texts[first]]
    for text in texts[first + 1 : min(stop, first + _MOST_LINES)]:
        if len(text) > _LONGEST or not (_IS_OPEN.search(steps[-1]) or _GOES_ON.match(text)):
            break
        steps.append(text)
    return " ".join(steps)


def _columns(steps: Sequence[str], title: str) -> tuple[str, ...]:
    """The steps that name columns, each once, the innermost first."""
    named = (_TWICE.sub(r"\1", step.strip()) for step in reversed(steps))
    return tuple(dict.fromkeys(name for name in named if names_column(name) and name != title))
