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
from itertools import chain, islice
from typing import NamedTuple

from cqcrawler.text.dates import parse_date

# Up to the end of the page without an end tag, as `page.tokens` has it.
_SCRIPT = re.compile(
    r"<script\b[^>]*+>([^<]*+(?:<(?!/script)[^<]*+)*+)(?:</script[^>]*+>)?+", re.IGNORECASE
)
_PRINTS = re.compile(
    r"(document\.write(?:ln)?\s{0,3}\()"
    r"|\.(?:(?:innerHTML|innerText|textContent)\s{0,3}\+?=(?!=)|(?:html|text|append)\s{0,3}\()"
)
_TARGET = re.compile(r"[\w$.#()\"'\s-]{1,80}$")
_ASSIGNED = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]{0,40})\s{0,3}=(?!=)([^;\n]{1,300})")
_NAME = re.compile(r"(?<![\w$.])[A-Za-z_$][\w$]{0,40}")
_STRING = re.compile(r"\"([^\"\n]{6,200})\"|'([^'\n]{6,200})'|(?<![\w.])(1\d{9}(?:\d{3})?)(?!\w)")
_BODY = re.compile("<body", re.IGNORECASE)
_MAY_BE_DATE = re.compile(r"(?:19|20)\d\d|1\d{9}")
_TAG = re.compile("<[^<>]*>")
_QUOTED = re.compile(r"[(]\s{0,3}[\"'][#.]?([\w-]{1,60})[\"']\s{0,3}[)]")
# In characters: what a statement hands on, what is looked at above the title and before a script,
# and the longest head of a notice in its markup.
_STATEMENT, _ABOVE, _BEFORE, _LONGEST_HEAD = 300, 4000, 800, 30_000
_WORDS_BEFORE = 30
# So many characters tell a sentence from others; some are cut up by elements.
_ENOUGH, _SENTENCES = 24, 4
# In steps from a variable to the string that it holds, and how many are followed at each.
_DEEPEST, _MOST_NAMES, _MOST_VALUES = 4, 20, 3
# How many scripts that print are looked at, and outputs of each.
_MOST_SCRIPTS, _MOST_OUTPUTS = 40, 20
# In characters: as long is the name of an element that a script sets.
_NAME_REACH = 80


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
    scripts = (script for script in _SCRIPT.finditer(markup) if _PRINTS.search(script[1]))
    for script in islice(scripts, _MOST_SCRIPTS):
        code = script[1]
        values = _assigned(code)
        for output in islice(_PRINTS.finditer(code), _MOST_OUTPUTS):
            text = _date_in(_statement(code, output.end()), values)
            if not text:
                continue
            at = script.start() if output[1] else _place_of_target(markup, code, output, values)
            if max(top - _ABOVE, 0) <= at < end and not _is_comment(markup, at):
                yield Printed(text, _words_before(markup, at), at >= top > 0)


def _is_comment(markup: str, at: int) -> bool:
    start = max(at - _LONGEST_HEAD, 0)
    return markup.rfind("<!--", start, at) > markup.rfind("-->", start, at)


def _place_of_target(
    markup: str, code: str, output: re.Match[str], values: Mapping[str, Sequence[str]]
) -> int:
    """Where the element stands whose text a script sets, -1 if it is not named."""
    target = _TARGET.search(code, max(output.start() - _NAME_REACH, 0), output.start())
    words = target[0] if target else ""
    named = _QUOTED.search(words)
    if named is None and (held := values.get((words.split() or [""])[-1])):
        named = _QUOTED.search(held[0])
    if named is None:
        return -1
    element = re.search(
        rf"<\w[^<>]{{0,200}}?\s(?:id|class)\s?=\s?[\"']?(?:[^\"'<>]{{0,80}}\s)?"
        rf"{re.escape(named[1])}[\"'\s>]",
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


def _date_in(code: str, values: Mapping[str, Sequence[str]]) -> str:
    """Return the first string with a date in a piece of a script, or in what its names hold."""
    pieces, known = [code], set[str]()
    for _ in range(_DEEPEST):
        for strings in chain.from_iterable(map(_STRING.findall, pieces)):
            text = "".join(strings)
            if _MAY_BE_DATE.search(text):
                text = unescape(_TAG.sub("", text)).strip()
                if parse_date(text):
                    return text
        names = dict.fromkeys(chain.from_iterable(map(_NAME.findall, pieces)))
        new = [name for name in names if name in values and name not in known][:_MOST_NAMES]
        known.update(new)
        pieces = [value for name in new for value in values[name][:_MOST_VALUES]]
    return ""


def _words_before(markup: str, at: int) -> str:
    before = _SCRIPT.sub("", markup[max(at - _BEFORE, 0) : at])
    return " ".join(unescape(_TAG.sub(" ", before)).split())[-_WORDS_BEFORE:]
