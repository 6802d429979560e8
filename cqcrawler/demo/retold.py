"""Which notices tell again what others told: later stages of one undertaking, copies, figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from cqcrawler.demo.resources import material


@dataclass(frozen=True, slots=True)
class Copy:
    """Notice `of` printed again; `cut` is the paragraph left out, counted from the end."""

    of: int
    cut: int
    day: str | None


@cache
def copies() -> dict[int, Copy]:
    """Return the copies by their own numbers."""
    return {
        each["number"]: Copy(each["of"], each["cut"], each.get("day"))
        for each in material("retold")["copy"]
    }


@cache
def signings() -> dict[int, int]:
    """Return the number of the signing of the undertaking that a notice tells of, by the number of
    the notice: of the signing itself, too."""
    undertakings = material("retold")["stages"]["undertakings"]
    return {number: told[0] for told in undertakings for number in told}


@cache
def figures() -> dict[int, dict[str, Any]]:
    """Return the notices of official figures by number: `event`, `place` and `sums`."""
    return {each["number"]: each for each in material("retold")["figures"]}
