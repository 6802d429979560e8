"""Places as portals print them (`四川-成都`, `【渝北区招商】`, `西部(重庆)科学城`) read to `Place`.

A text is a place only if names, separators and nothing else make it up, each name inside the
one before it: `四川北路`, `天下城区` and `重庆啤酒` are none. Nor is `重庆市人民政府`, which
says who speaks, not where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from cqcrawler.models import Place
from cqcrawler.text import gazetteer
from cqcrawler.text.gazetteer import CITY, PROVINCE, SEPARATOR, ZONE, Entry, RegionRow

__all__ = ["RegionRow", "all_regions", "candidates", "find", "names_place", "resolve"]

all_regions = gazetteer.all_regions

# The longest official chain of names has 31 characters; what is much longer is a sentence.
_LONGEST_TEXT = 60

_MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})

# Rows of statistics that portals print as if they were a level of their own.
_FILLER = re.compile(
    r"(?:^|(?<=\|))(?:中国|市辖区|县|(?:省|自治区)?直辖县(?:级行政(?:区划|单位))?)(?:\||$)|^中国(?=[^(])"
)
_TRADE = re.compile(
    r"(?:招商引资|招商|引资|投资)(?:动态|项目|信息|资讯|政策|指南|环境|促进|推介)?$"
)
_FULL_NAME = re.compile("[省市区县旗州盟]$")

# Zones that follow the name of what contains them and are in no list: 璧山高新区, 江津综保区.
_ZONE_KIND = re.compile(
    "高新区|高新技术(?:产业)?开发区|经开区|经济(?:技术)?开发区|开发区|工业园区?|产业园区?|科技园区?"
    "|综保区|综合保税区|保税区|保税港区|出口加工区|自贸区|自由贸易试验区"
)
_OFFICIAL_KIND = {
    "高新区": "高新技术产业开发区",
    "高新技术开发区": "高新技术产业开发区",
    "综保区": "综合保税区",
    "自贸区": "自由贸易试验区",
}
_COUNTY = re.compile(r"(.+[省市州盟区])\s?[\u4e00-\u9fff]{1,6}[县市区旗]")
# What may stand below a district, after a separator.
_TOWNSHIP = re.compile(r"[^|()]{1,12}(?:街道|镇|乡|苏木|村|社区)")
_OTHER_ZONE = re.compile(
    r"[^|]{2,20}(?:开发区|园区|产业园|工业园|示范区|度假区|新区|新城|科[学技]城)"
)


@lru_cache(maxsize=4096)
def resolve(stated: str = "", headline_tag: str = "", home: str = "") -> Place | None:
    """Return the place that a notice is about.

    It is the one that the page states (`stated`), narrowed by `headline_tag` where that lies
    inside it. Where the page states none that can be read, it is the tag's, or else `home`, the
    name or code of the portal's own region.
    """
    base = _find(home)
    place = _read(_fold(stated), base)
    entry = _narrow(place, headline_tag) if place else _read_tag(headline_tag, base) or base
    return entry.place if entry else None


def find(name: str) -> Place | None:
    """Return the one place that a typed name or code means, or None."""
    entry = _find(name)
    return entry.place if entry else None


def names_place(text: str) -> bool:
    """Whether a text names a place, or a county that we do not know below one that we do."""
    county = _COUNTY.fullmatch(text)
    return bool(resolve(text) or (county and resolve(county[1])))


def candidates(name: str) -> tuple[Place, ...]:
    """Return every place that a typed name could mean: several where `find` gives None."""
    found = _prefer_present(_places(_fold(name)))
    return tuple(dict.fromkeys(entry.place for entry in found))


def _fold(text: str) -> str:
    return _FILLER.sub("", gazetteer.fold(text)).strip(SEPARATOR)


def _find(name: str) -> Entry | None:
    text = name.strip()
    return gazetteer.by_code(text) or _read(_fold(text), None)


def _read(text: str, base: Entry | None) -> Entry | None:
    """Return what `text` names: a province, or else something inside `base`, or else anything."""
    everywhere = _places(text)
    provinces = [entry for entry in everywhere if entry.rank == PROVINCE]
    if provinces or not base:
        return _pick(provinces or everywhere)
    near = [entry for entry in everywhere if _inside(entry, base)] or list(_zone_of(text, base))
    return _pick(near or everywhere)


def _read_tag(headline_tag: str, base: Entry | None) -> Entry | None:
    """Return the place of a tag that stands alone.

    Away from home a bare short name must be at least a city: 【光明】 and 【东方】 are words too.
    """
    tag = _fold(headline_tag)
    entry = _read(_TRADE.sub("", tag), base)
    if not entry or (base and _inside(entry, base)):
        return entry
    return entry if entry.rank <= CITY or _TRADE.search(tag) or _FULL_NAME.search(tag) else None


def _narrow(place: Entry, headline_tag: str) -> Entry:
    """Return what the tag names inside `place`, or `place`."""
    tag = _TRADE.sub("", _fold(headline_tag))
    if place.rank == ZONE or not tag:
        return place
    inside = [entry for entry in _places(tag) if _inside(entry, place)]
    return _pick(inside or list(_zone_of(tag, place))) or place


def _places(text: str) -> list[Entry]:
    """Return every place that the whole of `text` may name."""
    if len(text) > _LONGEST_TEXT:
        return []
    return list(_named(text)) or list(_unlisted(text))


def _unlisted(text: str) -> Iterator[Entry]:
    """Yield what contains the township or the zone that `text` ends with and no list has."""
    above, _, last = text.rpartition(SEPARATOR)
    if _TOWNSHIP.fullmatch(last):
        yield from _places(above)
    elif _OTHER_ZONE.fullmatch(last):
        yield from (_part(entry, last) for entry in _named(above))


def _named(text: str, above: Entry | None = None) -> Iterator[Entry]:
    """Yield every place whose names from the top down make up `text`, below `above`."""
    if above and (zones := list(_zone_of(text, above))):
        yield from zones
        return
    for end in range(min(len(text), gazetteer.longest_name()), 1, -1):
        rest = text[end:].lstrip(SEPARATOR)
        for entry in _below(above, gazetteer.by_name(text[:end])):
            if not rest:
                yield entry
            elif entry.rank != ZONE:
                yield from _named(rest, entry)


def _below(above: Entry | None, entries: Iterable[Entry]) -> list[Entry]:
    """Return those of `entries` that lie inside `above`.

    Without any, `above` itself counts (`重庆-重庆市-渝北区`), and so does the part of a zone that
    lies in it (`重庆-渝北区-两江新区`).
    """
    if not above:
        return list(entries)
    inside = [entry for entry in entries if _inside(entry, above) and entry.codes != above.codes]
    if inside:
        return inside
    return [
        entry if entry.codes == above.codes else _part(above, entry.short)
        for entry in entries
        if entry.codes == above.codes or (entry.rank == ZONE and _inside(above, entry))
    ]


def _zone_of(text: str, above: Entry) -> Iterator[Entry]:
    """Yield the zone that `text` means after the name of what contains it: 成都 and 高新区."""
    listed = [entry for entry in gazetteer.by_name(above.short + text) if entry.rank == ZONE]
    if listed:
        yield from (entry for entry in listed if _inside(entry, above))
    elif _ZONE_KIND.fullmatch(text) and (above.rank != PROVINCE or _is_municipality(above)):
        yield _part(above, above.short + _OFFICIAL_KIND.get(text, text))


def _part(entry: Entry, zone: str) -> Entry:
    return replace(entry, place=replace(entry.place, zone=zone), rank=ZONE, short=zone)


def _is_municipality(entry: Entry) -> bool:
    return entry.place.code in _MUNICIPALITIES


def _inside(entry: Entry, outer: Entry) -> bool:
    return outer.codes[-1] in entry.codes


def _prefer_present(found: Iterable[Entry]) -> list[Entry]:
    """Return `found` without names of the past where a province has the name today."""
    entries = list(found)
    present = {entry.codes[0] for entry in entries if not entry.former}
    return [entry for entry in entries if not entry.former or entry.codes[0] not in present]


def _pick(found: Iterable[Entry]) -> Entry | None:
    """Return the one of the highest rank (西安 is the city, not a district), if it is only one."""
    entries = _prefer_present(found)
    top = min((entry.rank for entry in entries), default=None)
    best = {entry.place: entry for entry in entries if entry.rank == top}
    return next(iter(best.values())) if len(best) == 1 else None
