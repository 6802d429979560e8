"""The industries by name, with what they are in other classifications."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple


class IndustryCodes(NamedTuple):
    """An industry: its first level among the strategic emerging industries (战略性新兴产业分类,
    2018), its cluster in Chongqing's 33618, both None where it has none there, and its divisions
    in GB/T 4754-2017."""

    name: str
    strategic: str | None
    cluster: str | None
    divisions: tuple[str, ...]


@cache
def all_industries() -> tuple[IndustryCodes, ...]:
    """Return the industries in the order of `data/industries.toml`."""
    source = resources.files("cqcrawler.facts").joinpath("data", "industries.toml")
    return tuple(
        IndustryCodes(name, group.get("sei"), group.get("cluster"), tuple(group["gb"]))
        for name, group in tomllib.loads(source.read_text(encoding="utf-8")).items()
        if "gb" in group
    )
