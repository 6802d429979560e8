"""The words by which facts are read: data, in `data/`, a file for each kind of question.

The form of the files is that of `resources/words.toml`. They lie here because they decide what
facts say and nothing else: a new word has stored texts read again, not pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from cqcrawler.text.words import Group, read_groups


@cache
def vocabulary(file: str) -> Mapping[str, Group]:
    """Return the groups of `data/<file>.toml` by name."""
    source = resources.files("cqcrawler.facts").joinpath("data", f"{file}.toml")
    return read_groups(source.read_text(encoding="utf-8"))


def words_of(file: str, *names: str) -> tuple[str, ...]:
    """Return the words of one group or of several, each once, in their order."""
    groups = vocabulary(file)
    return tuple(dict.fromkeys(word for name in names for word in groups[name].words))


def any_of(file: str, *names: str) -> str:
    """Return a pattern for any word of the groups, as one element of a larger pattern."""
    return f"(?:{'|'.join(words_of(file, *names))})"
