"""What columns and values are called in Chinese, where people read them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def heading(table: str, name: str) -> str:
    """Return what a column of an export is called."""
    words = _words()
    return words.get(table, {}).get(name) or words["common"][name]


def word(part: str, name: str | None) -> str | None:
    """Return the word for a value that the archive has in English; one without a word stays."""
    return None if name is None else _words()[part].get(name, name)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("cqcrawler.resources") / "headings.toml").read_text("utf-8"))
