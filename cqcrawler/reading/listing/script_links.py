"""Pagers by script: `pageJump(5)` is an address where the page holds the function's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_CALL = re.compile(r"(\w{1,60})\s?\(\s?['\"]?(\d{1,6})['\"]?\s?[),]")
_FUNCTION = re.compile(r"function\s{1,3}(\w{1,60})\s?\(\s?(\w{1,60})")
_LONGEST_BODY = 800
_OPENS = re.compile(r"location|open\s?\(")
# The value of a `<select>` in its own handler, in the spellings that are in use.
_SELECTED = r"(?:this\.value|this\.options\s?\[[^\]]{1,60}\]\.value|this\.selectedIndex)"


@dataclass(frozen=True, slots=True)
class Template:
    """An address that a script puts together around a number."""

    prefix: str
    suffix: str

    def url(self, number: int) -> str:
        return f"{self.prefix}{number}{self.suffix}"


def templates(scripts: Iterable[str]) -> dict[str, Template]:
    """Return the functions that open an address built around their first argument, by name."""
    return {name: found for script in scripts for name, found in _functions(script)}


def _functions(script: str) -> Iterator[tuple[str, Template]]:
    for function in _FUNCTION.finditer(script):
        body = script[function.end() : function.end() + _LONGEST_BODY].partition("function")[0]
        if _OPENS.search(body) and (found := _joined(body, re.escape(function[2]))):
            yield function[1], found


def selection(handler: str) -> Template | None:
    """Return the address that a `<select>` opens for the number chosen in it."""
    return _joined(handler, _SELECTED) if _OPENS.search(handler) else None


def _joined(code: str, name: str) -> Template | None:
    """Find `'prefix' + name + 'suffix'`, or without the suffix."""
    literal = r"(?:'([^']{0,500})'|\"([^\"]{0,500})\")"
    found = re.search(rf"{literal}\s?\+\s?(?:\(\s?)?{name}(?![\w.])(?:\s?\+\s?{literal})?", code)
    if found is None:
        return None
    return Template(found[1] or found[2] or "", found[3] or found[4] or "")


def called(script: str, known: Mapping[str, Template]) -> str | None:
    """Return the address that a call such as `pageJump(5)` opens, unresolved."""
    for call in _CALL.finditer(script):
        if template := known.get(call[1]):
            return template.url(int(call[2]))
    return None
