"""Facts as a person types them: NAME=VALUE, checked against what a fact may be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from cqcrawler.exceptions import UsageError
from cqcrawler.facts.model import Basis, Kind, Role, Scope
from cqcrawler.text.typed_amounts import amount_in, parse_amount

_NUMBERS = ("value", "value_max")
_CHOICES: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "role": Role,
    "basis": Basis,
    "scope": Scope,
}
_WORDS = ("unit", "qualifier", "subject")
# What may be nothing at all.
_OPTIONAL = ("value_max", "basis", "scope")
_UNIT = re.compile(r"[A-Z]{3}|m2|person|count", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_FOREIGN = re.compile("[美欧港日英澳加韩]元|英镑|欧")
_UNITS = {
    **dict.fromkeys((Kind.INVESTMENT, Kind.OUTPUT, Kind.REVENUE, Kind.TAX), "CNY"),
    Kind.AREA: "m2",
    Kind.JOBS: "person",
    **dict.fromkeys((Kind.PROJECTS, Kind.COMPANIES), "count"),
}
_TOLD = (Basis.EXPECTED.value, Basis.ACTUAL.value)
# How far the money of an investment is, and whether other figures are expected.
_BASES: Mapping[Kind, Sequence[str]] = {
    Kind.INVESTMENT: tuple(basis.value for basis in Basis if basis.value not in _TOLD),
    **dict.fromkeys((Kind.OUTPUT, Kind.REVENUE, Kind.TAX, Kind.JOBS), _TOLD),
}


def parse_changes(typed: Sequence[str]) -> dict[str, Any]:
    """Return what is typed as columns of a fact; UsageError for what no fact may be."""
    changes = {}
    for one in typed:
        name, equals, value = one.partition("=")
        if not equals or name not in (*_NUMBERS, *_CHOICES, *_WORDS):
            known = ", ".join((*_NUMBERS, *_CHOICES, *_WORDS))
            raise UsageError(f"{one}: write it NAME=VALUE, where NAME is one of {known}")
        if name in changes:
            raise UsageError(f"{one}: {name} is given twice")
        changes[name] = _value(name, value.strip())
    return changes


def check_fact(fact: Mapping[str, Any]) -> None:
    """Raise UsageError for a fact whose columns contradict each other: no sum would be right."""
    kind, unit, basis, scope = (fact[name] for name in ("kind", "unit", "basis", "scope"))
    usual = _UNITS[Kind(kind)]
    is_money = usual == "CNY"
    if unit != usual and not (is_money and _CURRENCY.fullmatch(unit)):
        other = ", or another ISO code" if is_money else ""
        raise UsageError(f"{kind} in {unit}: add unit={usual}{other}")
    bases = _BASES.get(Kind(kind), ())
    if basis is not None and basis not in bases:
        want = f"one of {', '.join(bases)}" if bases else "none"
        raise UsageError(f"{kind} with basis={basis}: it has {want}, add basis={(*bases, '')[0]}")
    if scope is not None and kind != Kind.INVESTMENT:
        raise UsageError(f"{kind} with scope={scope}: only investments have one, add scope=")
    if fact["value_max"] is not None and fact["value_max"] <= fact["value"]:
        raise UsageError(
            f"value_max={fact['value_max']:g} is the upper end of a range: it is more than the "
            f"value, {fact['value']:g}"
        )


def fact_of(words: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole fact that words state, of which something is given.

    Raises UsageError where neither says what its value is, or in which unit it is.
    """
    kind = given.get("kind", Kind.INVESTMENT.value)
    investment = kind == Kind.INVESTMENT
    if "unit" not in given and _FOREIGN.search(words):
        raise UsageError(f"{words!r} are of another currency: give unit=USD, or its ISO code")
    # Areas are printed in many units.
    usual: dict[str, Any] = {
        "kind": kind,
        "value": None if kind == Kind.AREA else amount_in(words),
        "value_max": None,
        "unit": _UNITS[Kind(kind)],
        "qualifier": "",
        "role": Role.SINGLE.value,
        "basis": Basis.PLANNED.value if investment else None,
        "scope": Scope.PROJECT.value if investment else None,
        "subject": "",
    }
    fact = {**usual, **given}
    if fact["value"] is None:
        raise UsageError(f"{words!r} has no value that can be read: give value=NUMBER")
    check_fact(fact)
    return fact


def _value(name: str, typed: str) -> Any:
    if not typed and name in _OPTIONAL:
        return None
    if name in _NUMBERS:
        try:
            return parse_amount(typed)
        except ValueError as error:
            raise UsageError(f"{name}={typed}: {error}") from None
    if name in _CHOICES:
        choices = [choice.value for choice in _CHOICES[name]]
        if typed not in choices:
            raise UsageError(f"{name}={typed}: it is one of {', '.join(choices)}")
    if name == "unit" and not _UNIT.fullmatch(typed):
        raise UsageError(f"unit={typed}: it is CNY or another ISO code, m2, person or count")
    return typed
