"""The catalogue: what is said in English, and how it is said in Chinese.

`words.toml` has single words by what they are words for, `help.toml` the paragraphs of `--help`,
and the other files the messages, by what they are about. A message may have holes:

    "{count} pages failed, such as {why}" = "{count} 个页面失败，例如 {why}"

The name of a hole says what stands in it: `count` or `number` a number, `name`, `url` or `file`
what has no blank or is quoted, `names` a list of such, `fields` a list of words of fields, a part
of `words.toml` (`outcome`, `field`) one of its words, `text` what a page says, and any other name
something that may be a message itself. A digit may follow, where there are two of a kind. A message
that begins with a blank or a sign is one that may be added to others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pkgutil import get_data

HOLE = re.compile(r"\{([a-z_]+)(\d?)\}")
NUMBERS, NAMES, LISTS = ("count", "number"), ("name", "url", "file"), ("names", "fields")
TEXTS = ("text",)
HELP, WORDS = "help.toml", "words.toml"
MESSAGES = (
    "commands.toml",
    "run.toml",
    "archive.toml",
    "reading.toml",
    "portals.toml",
    "probe.toml",
    "importing.toml",
    "click.toml",
)
_QUOTED = r"'[^']*'|\"[^\"]*\""
_ANYTHING = ".+?"
# What a message begins with is no other message.
_NOT_PUT_TOGETHER = "(?:(?![;:] ).)+?"
_ADDED = tuple(" ,;:")
# In letters: a message with less text of its own may be anything.
_TERSE = 4


@dataclass(frozen=True)
class Template:
    """A message with holes, in both languages."""

    english: str
    chinese: str

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """What stands between the holes."""
        return tuple(HOLE.split(self.english)[::3])

    @cached_property
    def anchor(self) -> str:
        """The longest of what stands between the holes, which is quickly looked for."""
        return max(self.literals, key=len)

    @cached_property
    def holes(self) -> tuple[tuple[str, str], ...]:
        """The holes in order: the name of each, and what it is a name for."""
        return tuple((f"{kind}{digit}", kind) for kind, digit in HOLE.findall(self.english))

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The Chinese text, and at every other place the name of the hole that stands there."""
        parts = HOLE.split(self.chinese)
        return tuple(
            part if place % 3 == 0 else part + parts[place + 1]
            for place, part in enumerate(parts)
            if place % 3 < 2
        )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What recognises the message, with a group for each hole."""
        first, *others = map(re.escape, self.literals)
        holes = [_pattern_of(kind) for _, kind in self.holes]
        if not first and holes[:1] == [_ANYTHING]:
            holes[0] = _NOT_PUT_TOGETHER
        pairs = zip(holes, others, strict=True)
        return re.compile(first + "".join(f"({hole}){after}" for hole, after in pairs), re.DOTALL)


def _pattern_of(kind: str) -> str:
    if kind in NUMBERS:
        return r"-?\d[\d,.:-]*%?"
    if kind in NAMES:
        return rf"{_QUOTED}|\S+?"
    if kind in words():
        return "|".join(map(re.escape, sorted(words()[kind], key=len, reverse=True)))
    return _ANYTHING


def is_typed(kind: str) -> bool:
    """Whether a hole is for something else than messages."""
    return kind in (*NUMBERS, *NAMES, *LISTS, *TEXTS) or kind in words()


@dataclass(frozen=True)
class Catalogue:
    """What can be said: `whole` messages without holes; templates, of which the one with the most
    text of its own comes first, `telling` or `terse`; and what is `added` to others."""

    whole: Mapping[str, str]
    telling: Sequence[Template]
    terse: Sequence[Template]
    added: Sequence[Template]


@cache
def catalogue() -> Catalogue:
    """Return all messages."""
    entries = {
        english: chinese
        for file in MESSAGES
        for part in read(file).values()
        for english, chinese in part.items()
    }
    templates = [Template(*entry) for entry in entries.items()]
    templates.sort(key=_own_letters, reverse=True)
    whole = [template for template in templates if not template.english.startswith(_ADDED)]
    return Catalogue(
        whole=_single_words() | entries,
        telling=[each for each in whole if each.holes and _is_telling(each)],
        terse=[each for each in whole if each.holes and not _is_telling(each)],
        added=[each for each in templates if each.english.startswith(_ADDED)],
    )


def _own_letters(template: Template) -> int:
    return sum(letter.isalpha() for literal in template.literals for letter in literal)


def _is_telling(template: Template) -> bool:
    """Whether a template is not to be mistaken for what is put together from others."""
    starts_with_word = not template.literals[0] and template.holes[0][1] in words()
    return starts_with_word or _own_letters(template) >= _TERSE


def _single_words() -> dict[str, str]:
    """Return the words of all parts: of those that stand in several, what the first says."""
    parts = reversed([*words().values()])
    return {word: chinese for part in parts for word, chinese in part.items()}


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return the words by what they are words for."""
    return read(WORDS)


@cache
def help_texts() -> Mapping[str, str]:
    """Return the paragraphs of help."""
    return {english: chinese for part in read(HELP).values() for english, chinese in part.items()}


def read(file: str) -> dict[str, dict[str, str]]:
    """Return the parts of a file of the catalogue."""
    # importlib.resources would take as long to load as the file takes to read.
    data = get_data("cqcrawler.messages", file)
    return tomllib.loads(data.decode("utf-8")) if data else {}
