"""The hand-written material that notices are composed of, and the templates of the portal."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

_HERE = files("cqcrawler.demo")
# A slot that says what its amount is: `{invest:agreed batch}`.
_MARKED = re.compile(r"\{(\w+):([a-z_ ]+)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """What an amount in a sentence of the material is: `text` is the sentence without its marks,
    `slot` what the amount is put into, `is_part` whether it lies inside a larger sum."""

    text: str
    slot: str
    basis: str
    scope: str
    is_part: bool


@cache
def material(name: str) -> dict[str, Any]:
    """Return the tables of `material/NAME.toml`, as they are told: without marks."""
    return dict(_told(_tables(name)))


@cache
def marks(name: str) -> tuple[Mark, ...]:
    """Return the marks in `material/NAME.toml`, in the order in which they stand there."""
    return tuple(mark for text in _texts(_tables(name)) for mark in _marks(text))


@cache
def template(name: str) -> Template:
    return Template((_HERE / "templates" / f"{name}.html").read_text("utf-8"))


def _tables(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / "material" / f"{name}.toml").read_text("utf-8"))


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _told(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_told(held) for held in value]
    return _without_marks(value) if isinstance(value, str) else value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for held in value.values() if isinstance(value, dict) else value:
            yield from _texts(held)


def _without_marks(text: str) -> str:
    return _MARKED.sub(r"{\1}", text)


def _marks(text: str) -> Iterator[Mark]:
    for slot, said in _MARKED.findall(text):
        basis, scope, *more = said.split()
        yield Mark(_without_marks(text), slot, basis, scope, is_part=more == ["part"])
