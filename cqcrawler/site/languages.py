"""What the site says, in Chinese and English; the words are in messages.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from cqcrawler.messages import CHINESE, ENGLISH, translate
from cqcrawler.text.clock import in_beijing

LANGUAGES = (CHINESE, ENGLISH)
COOKIE = "lang"

# Of the request that is being answered.
current: ContextVar[str] = ContextVar("language", default="en")

_ACCEPTED = re.compile(r"([a-z*]+)[\w-]*\s*(?:;\s*q\s*=\s*(\d(?:\.\d{1,3})?))?", re.IGNORECASE)


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """Return what can be said: by a key such as `search.button`, the words in each language."""
    text = files("cqcrawler.site").joinpath("messages.toml").read_text(encoding="utf-8")
    return {
        f"{part}.{name}": words
        for part, entries in tomllib.loads(text).items()
        for name, words in entries.items()
    }


def say(key: str, **values: object) -> str:
    """Return the words for `key` in the reader's language."""
    return messages()[key][current.get()].format(**values)


def say_name(part: str, name: str) -> str:
    """Return the reader's word for a name that stands in the archive, or the name itself."""
    words = messages().get(f"{part}.{name.replace(' ', '_').replace('/', '_')}")
    return words[current.get()] if words else name


def in_words(message: str) -> str:
    """Return a message of the archive or of an error as the reader reads it: in their language,
    with times of Beijing."""
    return translate(in_beijing(message), current.get())


def choose(asked: str | None, remembered: str | None, accepted: str) -> str:
    """Return the language to answer in: as asked for, as before, or as the browser prefers."""
    for wish in (asked, remembered):
        if wish in LANGUAGES:
            return wish
    wishes = [(float(q or 1), name.lower()) for name, q in _ACCEPTED.findall(accepted)]
    known = [(q, name) for q, name in wishes if name in LANGUAGES]
    return max(known, key=lambda wish: wish[0])[1] if known else "en"
