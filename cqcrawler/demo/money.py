"""The investments that a notice states, from the marks in the sentences that it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cqcrawler.demo.body import LISTED_SUM
from cqcrawler.demo.notice import Investment
from cqcrawler.demo.resources import marks
from cqcrawler.demo.story import Story

_AMOUNT = re.compile(r"([\d.]+)(亿元|万元|万美元)")
_SIZES = {"亿元": (10**8, "CNY"), "万元": (10**4, "CNY"), "万美元": (10**4, "USD")}


class _Stated(NamedTuple):
    """An amount where it stands: in the title at -1, else at an offset into the body."""

    at: int
    value: float
    unit: str
    basis: str
    scope: str
    is_part: bool


def investments(tale: Story, headline: str, paragraphs: Sequence[str]) -> tuple[Investment, ...]:
    """Return what title and text state, in the order of the text, what the title alone says last.

    An amount that stands there again is stated once; a part is one only beside what contains it.
    """
    body = "\n".join(paragraphs)
    found = sorted((*_marked(tale, body), *_listed(body)), key=lambda stated: stated.at)
    found += _marked(tale, headline)
    first = {(stated.value, stated.unit): stated for stated in reversed(found)}
    kept = [stated for stated in found if first[stated.value, stated.unit] is stated]
    has_whole = not all(stated.is_part for stated in kept)
    has_parts = any(stated.is_part for stated in kept)
    roles = {True: "part" if has_whole else "single", False: "total" if has_parts else "single"}
    return tuple(
        Investment(each.value, each.unit, roles[each.is_part], each.basis, each.scope)
        for each in kept
    )


def _marked(tale: Story, text: str) -> list[_Stated]:
    return [
        _Stated(at, *_amount(tale.facts[mark.slot]), mark.basis, mark.scope, mark.is_part)
        for name in ("events", "retold")
        for mark in marks(name)
        if mark.slot in tale.facts and (at := text.find(tale.tell(mark.text))) >= 0
    ]


def _listed(body: str) -> Iterator[_Stated]:
    """What a list of projects that are offered states, line by line."""
    for line in re.finditer(f"^{LISTED_SUM}(.*)$", body, re.MULTILINE):
        yield _Stated(line.start(), *_amount(line[1]), "offered", "project", is_part=True)


def _amount(text: str) -> tuple[float, str]:
    """Return value and unit of an amount as the slots hold it."""
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no amount of the demo")
    size, unit = _SIZES[found[2]]
    return round(float(found[1]) * size), unit
