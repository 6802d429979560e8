"""Why a typed name means no one place, and what to give in its stead."""

from __future__ import annotations

import difflib

from cqcrawler.models import Place
from cqcrawler.text import gazetteer, regions

_CONTAINS = "重庆"
_MOST, _LEAST_ALIKE = 3, 0.5


def why_unknown(name: str) -> str:
    """Say of a name or code for which `regions.find` gives None what is wrong with it."""
    if places := regions.candidates(name):
        return f"several regions are called {name!r}: give the code of one of {_listed(places)}"
    return f"no region is called {name!r}: {_instead(name.strip())}"


def _listed(places: tuple[Place, ...]) -> str:
    return ", ".join(f"{p.province}{p.city or ''}{p.district or ''} {p.code}" for p in places)


def _instead(name: str) -> str:
    inside = regions.find(f"{_CONTAINS}-{name}")
    if inside and inside.zone:
        return (
            "a zone that is in no list needs the name of what contains it in front, such as "
            f"{_CONTAINS}-{name}"
        )
    if near := _nearest(name):
        return f"did you mean {' or '.join(near)}?"
    return "give a name such as 渝北 or a GB/T 2260 code"


def _nearest(name: str) -> list[str]:
    """Return the full names of the regions in force whose names are most alike."""
    names: dict[str, str] = {}
    for region in gazetteer.all_regions():
        if region.valid_to is None:
            names.setdefault(region.name, region.name)
            names.setdefault(gazetteer.short_name(region.name), region.name)
    near = difflib.get_close_matches(name, names, n=_MOST, cutoff=_LEAST_ALIKE)
    return list(dict.fromkeys(names[each] for each in near))
