"""The hand-written material that notices are composed of, and the templates of the portal."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

_HERE = files("cqcrawler.demo")


@cache
def material(name: str) -> dict[str, Any]:
    """Return the tables of `material/NAME.toml`."""
    return tomllib.loads((_HERE / "material" / f"{name}.toml").read_text("utf-8"))


@cache
def template(name: str) -> Template:
    return Template((_HERE / "templates" / f"{name}.html").read_text("utf-8"))
