"""The gazetteer: units of GB/T 2260 and development zones, by code and by every name they go by.

The tables lie in `cqcrawler/resources`; `scripts/build_gazetteer.py` says where they come from.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from cqcrawler.models import Place
from cqcrawler.text import traditional

# One separator stands for all that portals print between the names of a place.
SEPARATOR = "|"
_SEPARATORS = re.compile(r"[\s|\-–—―−_/\\>›»→·•・、,]+")

PROVINCE, CITY, DISTRICT, ZONE = range(4)
_RANKS = {"province": PROVINCE, "city": CITY, "district": DISTRICT}

_PEOPLES = (
    "壮族|回族|维吾尔|朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|傣族|白族|景颇族|傈僳族|蒙古族|蒙古"
    "|哈萨克族|哈萨克|柯尔克孜|满族|畲族|瑶族|仫佬族|毛南族|黎族|仡佬族|水族|佤族|拉祜族|布朗族|纳西族|独龙族"
    "|怒族|普米族|土族|撒拉族|东乡族|保安族|裕固族|锡伯|塔吉克|达斡尔族|鄂温克族|各族"
)
_AUTONOMOUS = re.compile(rf"(?:(?<!内)(?:{_PEOPLES}))*自治[区州县旗]$")
_KIND = re.compile(
    rf"(?:{_PEOPLES})+区$|特别行政区$|(?<=..)[新特地]区$|(?<=...)林区$|[省市盟区县旗]$"
)
# What a zone is called for short, beside its official kind.
_ZONE_KINDS = {
    "经济技术开发区": ("经开区",),
    "高新技术产业开发区": ("高新区", "高新技术开发区"),
    "综合保税区": ("综保区",),
}


class RegionRow(NamedTuple):
    """One unit of GB/T 2260, in force or abolished.

    `level` is `province`, `city` (any prefecture) or `district` (any county). `valid_to` is the
    year in which the unit was abolished, `successor` the code of the unit in force that took
    over all of its area, where one did and is known.
    """

    code: str
    name: str
    level: str
    parent: str | None
    full_name: str
    valid_to: str | None
    successor: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name may stand for.

    `codes` are those of the unit and of all above it, province first; for a zone, of what
    contains it; for a unit that was renamed or moved since, those of its time. `short` is the
    name without its kind. `former` tells that the name is of the past.
    """

    place: Place
    codes: tuple[str, ...]
    rank: int
    short: str
    former: bool = False


class _Sense(NamedTuple):
    """What an entry is made from, so that only the entries that are asked for get made."""

    code: str
    zone: str | None = None
    former: bool = False


def all_regions() -> Iterator[RegionRow]:
    """Yield every unit, abolished ones too, in the order of the codes."""
    yield from _regions().values()


def by_code(code: str) -> Entry | None:
    """Return the unit that has this code, or had it before it was renamed or upgraded."""
    return _entry(_Sense(_present_code(code))) if code in _regions() else None


def by_name(name: str) -> tuple[Entry, ...]:
    """Return everything that a folded name may stand for."""
    return tuple(map(_entry, _index().get(name, ())))


@cache
def longest_name() -> int:
    return max(map(len, _index()))


def fold(text: str) -> str:
    """Return `text` in the form in which names are compared.

    Width, traditional characters and separators are folded, and brackets around all of it go.
    """
    folded = traditional.fold(unicodedata.normalize("NFKC", text))
    return _SEPARATORS.sub(SEPARATOR, folded.strip("【】[]〔〕「」 ")).strip(SEPARATOR)


def short_name(name: str) -> str:
    """Return `name` without the words for its kind: 渝北区 渝北, 延边朝鲜族自治州 延边.

    A name that would keep a single character stays as it is: 横县.
    """
    kind = _AUTONOMOUS if "自治" in name else _KIND
    short = kind.sub("", name) or name[: name.index("族")]
    return short if len(short) > 1 else name


@cache
def _entry(sense: _Sense) -> Entry:
    chain = [_regions()[sense.code]]
    while parent := chain[0].parent:
        chain.insert(0, _regions()[parent])
    codes = tuple(unit.code for unit in chain)
    if (present := _present_code(sense.code)) != sense.code:
        return replace(_entry(_Sense(present)), codes=codes, former=True)
    at = {unit.level: unit.name for unit in chain}
    place = Place(sense.code, at["province"], at.get("city"), at.get("district"), sense.zone)
    if sense.zone:
        return Entry(place, codes, ZONE, sense.zone)
    unit = chain[-1]
    return Entry(place, codes, _RANKS[unit.level], short_name(unit.name), sense.former)


@cache
def _regions() -> Mapping[str, RegionRow]:
    rows = (
        RegionRow(code, name, level, parent or None, full_name, valid_to or None, successor or None)
        for code, name, level, parent, full_name, valid_to, successor in _table("regions.csv")
    )
    return {row.code: row for row in rows}


@cache
def _former_names() -> frozenset[tuple[str, str]]:
    return frozenset((code, name) for code, name in _table("former_names.csv"))


def _present_code(code: str) -> str:
    """Return the code of what a unit is now; one that was merged or divided keeps its own."""
    row = _regions()[code]
    heir = row.successor
    if heir and (row.name == _regions()[heir].name or (heir, row.name) in _former_names()):
        return heir
    return code


@cache
def _index() -> Mapping[str, list[_Sense]]:
    """Return what each folded name may stand for."""
    found: dict[str, list[_Sense]] = defaultdict(list)
    for name, sense in _zone_names():
        found[name].append(sense)
    # A new area goes before a district of its name: nearly every page that says 两江新区 means
    # the new area of 2010, not the district that was set up in November 2025.
    zones = frozenset(found)
    for name, sense in _unit_names():
        if name not in zones:
            found[name].append(sense)
    return dict(found)


def _zone_names() -> Iterator[tuple[str, _Sense]]:
    for zone, code, aliases in _table("zones.csv"):
        for name in (zone, *aliases.split(";")) if aliases else (zone,):
            for form in _zone_forms(name):
                yield fold(form), _Sense(code, zone)


def _zone_forms(name: str) -> Iterator[str]:
    yield name
    for kind, others in _ZONE_KINDS.items():
        if name.endswith(kind):
            yield from (name.removesuffix(kind) + other for other in others)


def _unit_names() -> Iterator[tuple[str, _Sense]]:
    cities = {
        (row.parent, short_name(row.name))
        for row in all_regions()
        if row.level == "district" and row.name.endswith("市")
    }
    for row in all_regions():
        sense = _Sense(row.code, former=row.valid_to is not None)
        # 伊宁 is 伊宁市, and the county around it always 伊宁县.
        around_city = row.name.endswith("县") and (row.parent, row.name[:-1]) in cities
        yield from ((form, sense) for form in ([row.name] if around_city else _forms(row.name)))
    for code, name in sorted(_former_names()):
        sense = _Sense(code, former=True)
        yield from ((form, sense) for form in _forms(name))


def _forms(name: str) -> set[str]:
    """Return `name`, its short form, and what stands between: 石柱土家族自治县, 石柱, 石柱县."""
    short = short_name(name)
    forms = {name, short}
    if name.endswith(("自治州", "自治县", "自治旗")):
        forms |= {short + name[-3:], short + name[-1]}
    elif name.endswith("自治区"):
        forms.add(short + "自治区")
    return forms


def _table(name: str) -> Iterator[list[str]]:
    """Yield the rows of a resource below its header."""
    lines = (files("cqcrawler.resources") / name).read_text("utf-8").splitlines()
    yield from csv.reader(lines[1:])
