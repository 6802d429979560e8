"""Recognising a message by the catalogue, and saying it in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from cqcrawler.messages.catalogue import (
    LISTS,
    Template,
    catalogue,
    help_texts,
    is_typed,
    words,
)
from cqcrawler.messages.spacing import joined

# How messages are put together, the widest first.
_JOINED_BY = {"   ": "   ", "; ": "；", ": ": "：", ", ": "，"}
# Whoever types something may have it come back in a message: longer ones, in characters, and those
# of more parts are not looked through.
_LONGEST, _MOST_JOINTS = 2000, 40
_QUOTED = re.compile(r"(['\"])((?:(?!\1).)*)\1", re.DOTALL)
# A list of names, which `or` or `and` may close.
_NEXT_NAME = re.compile(", | or | and ")


def in_chinese(text: str) -> str:
    """Return a message in Chinese, as far as it is one of the catalogue's."""
    core = text.strip()
    if not core or len(core) > _LONGEST or sum(map(core.count, _JOINED_BY)) > _MOST_JOINTS:
        return text
    said = _wholly(core) or _partly(core)
    if said is None:
        return text
    before, _, after = text.partition(core)
    return before + said + after


def help_in_chinese(text: str) -> str:
    """Return a paragraph of help in Chinese; a list of commands has the beginnings of theirs."""
    paragraph = " ".join(text.split())
    if known := help_texts().get(paragraph):
        return known
    begin = paragraph.removesuffix("...")
    whole = next((each for each in help_texts() if each.startswith(begin)), None)
    return f"{help_texts()[whole].partition('。')[0]}。" if whole else in_chinese(paragraph)


@lru_cache(maxsize=4096)
def _wholly(text: str) -> str | None:
    """Return a message in Chinese, None where not all of it is known."""
    return (
        catalogue().whole.get(text)
        or _by_telling(text)
        or _with_added(text, _part)
        or _put_together(text)
        or _by_terse(text)
    )


@lru_cache(maxsize=4096)
def _partly(text: str) -> str | None:
    """Return what is known of a message in Chinese, and the rest as it is."""
    for joint, chinese in _JOINED_BY.items():
        before, found, after = text.partition(joint)
        parts = [before, after] if found else []
        said = list(map(in_chinese, parts))
        if said != parts:
            return chinese.join(said)
    return _with_added(text, str)


def _by_telling(text: str) -> str | None:
    for template in catalogue().telling:
        if template.anchor in text and (match := template.pattern.fullmatch(text)):
            return _filled(template, match)
    return None


def _by_terse(text: str) -> str | None:
    """Translate what fits a template that anything may fit, if what it is filled with is known."""
    for template in catalogue().terse:
        if template.anchor in text and (match := template.pattern.fullmatch(text)):
            kinds = (kind for _, kind in template.holes)
            held = zip(kinds, match.groups(), strict=True)
            if all(is_typed(kind) or _part(value) for kind, value in held):
                return _filled(template, match)
    return None


def _with_added(text: str, part: Callable[[str], str | None]) -> str | None:
    """Take from a message what was added at its end."""
    for template in catalogue().added:
        if template.anchor not in text:
            continue
        for begin in re.finditer(re.escape(template.literals[0]), text):
            match = template.pattern.fullmatch(text, begin.start())
            if match and (said := part(text[: begin.start()])):
                return joined(said, _filled(template, match))
    return None


def _put_together(text: str) -> str | None:
    """Translate the two messages that one is put together from, if both are known."""
    for joint, chinese in _JOINED_BY.items():
        before, found, after = text.partition(joint)
        parts = [before, after] if found else []
        said = list(filter(None, map(_part, parts)))
        if len(said) == len(parts) and any(" " in part for part in parts):
            return chinese.join(said)
    return None


def _part(text: str) -> str | None:
    """Return what may be a part of a message; a single word is rather a name."""
    return _wholly(text) if " " in text else words()["answer"].get(text, text)


def _filled(template: Template, match: re.Match[str]) -> str:
    """Return the Chinese of a message, with what stood in its holes."""
    values = {
        name: _value(kind, value)
        for (name, kind), value in zip(template.holes, match.groups(), strict=True)
    }
    filled = ""
    for place, part in enumerate(template.parts):
        filled = joined(filled, values[part] if place % 2 else part)
    return filled


def _value(kind: str, value: str) -> str:
    if kind in words():
        return words()[kind][value]
    if kind in LISTS:
        item = _field if kind == "fields" else _unquoted
        return "、".join(map(item, _NEXT_NAME.split(value)))
    if is_typed(kind) or _QUOTED.fullmatch(value):
        return _unquoted(value)
    return in_chinese(value) if " " in value else words()["answer"].get(value, value)


def _field(value: str) -> str:
    return words()["field"].get(value) or in_chinese(value)


def _unquoted(value: str) -> str:
    """Return a name that is quoted as Chinese quotes."""
    quoted = _QUOTED.fullmatch(value)
    return f"“{quoted[2]}”" if quoted else value
