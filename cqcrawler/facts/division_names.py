"""Names of divisions in running text, by the gazetteer: full names, and short ones that may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cqcrawler.text import gazetteer

# Of a full name these letters say what it is: 渝北区.
KINDS = "省市区县州盟旗"
_LEAST = 2
# Of a division abolished since, people go on using the short name.
_STILL_IN_USE = "2020"


# What a banner is called for short: 察右前旗 of 察哈尔右翼前旗, 土右旗 of 土默特右旗.
_BANNER = re.compile(r"(?P<first>.).{1,4}?(?P<side>[左右])?(?P<wing>翼)?(?P<part>[前中后])?旗")


@cache
def short_banners() -> Mapping[str, str]:
    """Return the full names of banners by what those of several parts are called for short."""
    found: dict[str, str] = {}
    for row in gazetteer.all_regions():
        match = _BANNER.fullmatch(row.name)
        if match and (match["side"] or match["part"]):
            found[f"{match['first']}{match['side'] or ''}{match['part'] or ''}旗"] = row.name
    return found


@cache
def full_names() -> frozenset[str]:
    """Return names with their kind, those of the past too: 石柱土家族自治县, 石柱县, 巢湖市."""
    return frozenset(short_banners()) | frozenset(
        form
        for row in gazetteer.all_regions()
        for form in _full_forms(row.name)
        if len(form) > _LEAST or row.name == form
    )


@cache
def short_names() -> frozenset[str]:
    """Return names without their kind: 渝北, 石柱, 深圳; of the past only those still in use."""
    return (
        frozenset(
            gazetteer.short_name(row.name)
            for row in gazetteer.all_regions()
            if row.valid_to is None or row.valid_to >= _STILL_IN_USE
        )
        - full_names()
    )


def _full_forms(name: str) -> set[str]:
    """Return a full name, and for an autonomous one what it is called for short: 酉阳县."""
    short = gazetteer.short_name(name)
    if name.endswith(("自治州", "自治县", "自治旗")):
        return {name, short + name[-3:], short + name[-1]}
    if name.endswith("自治区"):
        return {name, short + "自治区"}
    return {name}
