"""The strings in a script, by their names: JSON, or whatever else assigns texts to names.

Nothing is run or parsed: one pass over strings, names and brackets gives each value the objects
that it stands in. That reads JSON-LD, the state that frameworks hand to the browser
(`__NEXT_DATA__`, `window.__INITIAL_STATE__=`) and plain assignments alike, in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

# Strings end with their line, so that a quotation mark in a comment misleads no further.
_TOKEN = re.compile(
    r"""
      (?: "(?P<double>[^"\\\n]*+(?:\\.[^"\\\n]*+)*+)(?:["\n]|\\?\Z)
        | '(?P<single>[^'\\\n]*+(?:\\.[^'\\\n]*+)*+)(?:['\n]|\\?\Z) ) (?P<colon>\s{0,9}:)?
    | `(?P<long>[^`\\]*+(?:\\.[^`\\]*+)*+)(?:`|\\?\Z)
    | (?<![\w$.]) (?P<number>\d{10}(?:\d{3})?) (?!\w)
    | (?<![\w$]) (?P<name>[A-Za-z_$][\w$]*+) (?=\s{0,9}(?::|=(?![=>])))
    | (?P<open>[\[{])
    | (?P<close>[\]}])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r?\n|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": ""}
_SURROGATE = re.compile("[\ud800-\udfff]")
_PERCENT = re.compile(r"\s*%(?:7B|5B)", re.IGNORECASE)
_JSON = re.compile(r'\s*[\[{]\s*[\[{"]')
# In levels: only hostile scripts nest deeper, and strings inside strings go no deeper than this.
_DEEPEST, _STRINGS_DEEPEST = 60, 3


@dataclass(slots=True, eq=False)
class Holder:
    """An object or array: its name, and what it stands in."""

    name: str = ""
    parent: Holder | None = None
    facts: dict[str, str] = field(default_factory=dict)

    def path(self) -> Iterator[Holder]:
        """The objects around a value, the innermost first."""
        holder: Holder | None = self
        while holder:
            yield holder
            holder = holder.parent


class Value(NamedTuple):
    """A string or a number of ten or thirteen digits (a time), its name, and what holds it."""

    name: str
    text: str
    holder: Holder


def read_values(script: str) -> Iterator[Value]:
    """Return the values of a script in their order, strings out of their escapes."""
    yield from _values(script, Holder(), _STRINGS_DEEPEST)


def _values(script: str, holder: Holder, levels: int) -> Iterator[Value]:
    if _PERCENT.match(script):
        script = unquote(script)
    name, too_deep, depth = "", 0, 0
    for match in _TOKEN.finditer(script):
        kind = match.lastgroup
        if kind == "name":
            name = match[0]
        elif kind == "colon":
            name = match["double"] or match["single"] or ""
        elif kind == "open":
            if depth < _DEEPEST:
                holder, depth = Holder(name, holder), depth + 1
            else:
                too_deep += 1
            name = ""
        elif kind == "close":
            if too_deep:
                too_deep -= 1
            elif depth and holder.parent:
                holder, depth = holder.parent, depth - 1
            name = ""
        else:
            text = match[kind] if kind else ""
            yield from _value(name, text, holder, levels)
            name = ""


def _value(name: str, raw: str, holder: Holder, levels: int) -> Iterator[Value]:
    text = _ESCAPE.sub(_unescaped, raw) if "\\" in raw else raw
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if levels and (_PERCENT.match(text) or _JSON.match(text)):
        yield from _values(text, Holder(name, holder), levels - 1)
    elif text:
        yield Value(name, text, holder)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    return _CONTROLS.get(match[3], match[3]) if match[3] else ""
