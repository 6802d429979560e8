"""The kind of a section of a portal, told by its name: 招商政策 is policy, 厂房租赁 space.

The words are data, in `resources/sections.toml`, which also explains them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from cqcrawler.models import SectionKind
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.traditional import fold

# In characters: what is longer is a headline or a sentence.
_LONGEST_NAME = 30
# Folders may be numbered: zcfg_62435.
_NUMBER = re.compile(r"[\d_-]+$")
_MARK = re.compile(r"\W+$")
_NOWHERE = (0, 0)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How the sections of one kind are named; `words` and `endings` are small patterns."""

    reason: str
    dated: bool
    words: tuple[str, ...]
    endings: tuple[str, ...]
    folders: frozenset[str]
    examples: tuple[str, ...]
    keeps: tuple[str, ...]


@cache
def load_kinds() -> Mapping[SectionKind, Vocabulary]:
    """Return the vocabulary of every kind."""
    source = resources.files("cqcrawler.resources").joinpath("sections.toml")
    entries = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        SectionKind(kind): Vocabulary(
            reason=entry["reason"],
            dated=entry["dated"],
            words=tuple(entry["words"]),
            endings=tuple(entry["endings"]),
            folders=frozenset(entry["folders"]),
            examples=tuple(entry["examples"]),
            keeps=tuple(entry["keeps"]),
        )
        for kind, entry in entries.items()
    }


def section_kind(*names: str) -> SectionKind | None:
    """Return what the first of the names tells that tells a kind; None if none of them does.

    A name is one that a portal gives a section, or that of a folder in an address.
    """
    return next(filter(None, map(_kind_of, names)), None)


def has_dates(kind: SectionKind | None) -> bool:
    """Whether pages of a section say when they were published, as far as its kind tells."""
    return kind is None or load_kinds()[kind].dated


@lru_cache(maxsize=4096)
def _kind_of(name: str) -> SectionKind | None:
    if len(name) > _LONGEST_NAME:
        return None
    key = _MARK.sub("", comparison_key(fold(name)))
    told = [(_last(words, key), kind) for kind, (words, _) in _patterns().items()]
    place, kind = max(told)
    if place > _NOWHERE:
        return kind
    ends = (kind for kind, (_, ending) in _patterns().items() if ending and ending.search(key))
    return next(ends, None) or _folders().get(_NUMBER.sub("", key))


def _last(words: re.Pattern[str], key: str) -> tuple[int, int]:
    """Where the last word of a name ends, and its length: of two that end there, the longer."""
    ends = ((found.end(), found.end() - found.start()) for found in words.finditer(key))
    return max(ends, default=_NOWHERE)


@cache
def _patterns() -> Mapping[SectionKind, tuple[re.Pattern[str], re.Pattern[str] | None]]:
    """The words of each kind, the longest first, and its endings."""
    return {
        kind: (
            re.compile("|".join(sorted(each.words, key=len, reverse=True))),
            re.compile(f"(?:{'|'.join(each.endings)})$") if each.endings else None,
        )
        for kind, each in load_kinds().items()
    }


@cache
def _folders() -> Mapping[str, SectionKind]:
    return {folder: kind for kind, each in load_kinds().items() for folder in each.folders}
