"""Dates that a script of the page prints: `document.write`, or the text of an element that it sets.

Nothing is run. What is printed is a string in what the script hands on, or in a variable that it
names there. Only scripts that print between the title and the text count, or above the title with
a label before them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from cqcrawler.text.dates import parse_date

_SCRIPT = re.compile(
    r"<script\b[^>]*+>([^<]*+(?:<(?!/script)[^<]*+)*+)</script[^>]*+>", re.IGNORECASE
)
_PRINTS = re.compile(
    r"""
    document\.write(?:ln)?\s{0,3}\(
    | (?P<target>[\w$.#()"'\s-]{1,80}?)
      \.(?: (?:innerHTML|innerText|textContent)\s{0,3}\+?=(?!=) | (?:html|text|append)\s{0,3}\( )
    """,
    re.VERBOSE,
)
_ASSIGNED = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]{0,40})\s{0,3}=(?!=)([^;\n]{1,300})")
_NAME = re.compile(r"(?<![\w$.])[A-Za-z_$][\w$]{0,40}")
_STRING = re.compile(r"\"([^\"\n]{6,200})\"|'([^'\n]{6,200})'|(?<![\w.])(1\d{9}(?:\d{3})?)(?!\w)")
_BODY = re.compile("<body", re.IGNORECASE)
_TAG = re.compile("<[^<>]*>")
_QUOTED = re.compile(r"[(]\s{0,3}[\"'][#.]?([\w-]{1,60})[\"']\s{0,3}[)]")
# In characters: what a statement hands on, what is looked at above the title and before a script,
# and the longest head of a notice in its markup.
_STATEMENT, _ABOVE, _BEFORE, _LONGEST_HEAD = 300, 4000, 800, 30_000
_WORDS_BEFORE = 30
# So many characters tell a sentence from others; some are cut up by elements.
_ENOUGH, _SENTENCES = 24, 4
# In steps from a variable to the string that it holds.
_DEEPEST = 3


class Printed(NamedTuple):
    """What a script prints with a date in it, the words before that, and if it is below the
    title."""

    text: str
    before: str
    below_title: bool


def find_printed(markup: str, title: str, text: Sequence[str]) -> Iterator[Printed]:
    """The dates that scripts print between the title and the first sentences of the `text`."""
    body = _BODY.search(markup)
    top = max(markup.find(title, body.start() if body else 0), 0)
    below = top + len(title)
    begins = (markup.find(line[:_ENOUGH], below) for line in text[:_SENTENCES])
    end = next((at for at in begins if at >= 0), below + _LONGEST_HEAD)
    for script in _SCRIPT.finditer(markup):
        code = script[1]
        if not _PRINTS.search(code):
            continue
        values = _assigned(code)
        for output in _PRINTS.finditer(code):
            at = _place(markup, script.start(), output, values)
            statement = _statement(code, output.end())
            if max(top - _ABOVE, 0) <= at < end and (text := _date_in(statement, values)):
                yield Printed(text, _words_before(markup, at), at >= top > 0)


def _place(
    markup: str, script: int, output: re.Match[str], values: Mapping[str, Sequence[str]]
) -> int:
    """Where a script prints: at its own place, or in the element that it names; -1 if unknown."""
    if output["target"] is None:
        is_comment = markup.rfind("<!--", 0, script) > markup.rfind("-->", 0, script)
        return -1 if is_comment else script
    target = output["target"]
    named = _QUOTED.search(target)
    if named is None and (held := values.get(target.strip().split()[-1] if target.strip() else "")):
        named = _QUOTED.search(held[0])
    if named is None:
        return -1
    element = re.search(
        rf"<\w[^<>]*\s(?:id|class)\s*=\s*[\"']?(?:[^\"'<>]*\s)?{re.escape(named[1])}[\"'\s>]",
        markup,
    )
    return element.start() if element else -1


def _statement(code: str, start: int) -> str:
    return re.split(r"[;\n]", code[start : start + _STATEMENT], maxsplit=1)[0]


def _assigned(code: str) -> Mapping[str, Sequence[str]]:
    values: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in _ASSIGNED.findall(code):
        values[name].append(value)
    return values


def _date_in(code: str, values: Mapping[str, Sequence[str]], depth: int = 0) -> str:
    """Return the first string with a date in a piece of a script, or in what its names hold."""
    for strings in _STRING.findall(code):
        text = unescape(_TAG.sub("", "".join(strings))).strip()
        if parse_date(text):
            return text
    if depth < _DEEPEST:
        for name in _NAME.findall(code):
            for value in values.get(name, ())[:_DEEPEST]:
                if text := _date_in(value, values, depth + 1):
                    return text
    return ""


def _words_before(markup: str, at: int) -> str:
    before = _SCRIPT.sub("", markup[max(at - _BEFORE, 0) : at])
    return " ".join(unescape(_TAG.sub(" ", before)).split())[-_WORDS_BEFORE:]
