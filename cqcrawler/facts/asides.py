"""Where a word that shows an industry is but part of a name, says where something is, or what is
aimed at: no notice is about that beside what else it tells."""

from __future__ import annotations

import re

from cqcrawler.facts.surroundings import AROUND, clause_start, clause_stop, sentence_start
from cqcrawler.facts.vocabulary import any_of

_HINTS = "industry_hints"
# What a word and the one that it leads up to may have between them; a list goes on after 、.
BETWEEN = r"[^\s+＋,.;:!?、。；：，！？“”\"()（）的了在为与和及以将对由是有不被把让使从到]"
_BRANCH = rf"{BETWEEN}{{0,10}}(?:[(（]{BETWEEN}{{1,8}}[)）]{BETWEEN}{{0,6}})?"
_IN_BODY = re.compile(rf"{BETWEEN}{{0,8}}{any_of(_HINTS, 'bodies')}")
_IN_FIRM = re.compile(_BRANCH + any_of(_HINTS, "firm"))
_IN_ZONE = re.compile(rf"{BETWEEN}{{0,2}}{any_of(_HINTS, 'zones')}")
_IN_BASE = re.compile(rf"{BETWEEN}{{0,6}}基地")
_PARK = rf"(?:{BETWEEN}{{0,6}}{any_of(_HINTS, 'park')}|{BETWEEN}{{0,3}}[园谷](?!综合体|艺|林))"
_IN_PARK = re.compile(_PARK)
# Whether any of these names may go on behind a word: most do not.
_IN_NAME = re.compile(_BRANCH + any_of(_HINTS, "bodies", "firm", "zones", "park"))
# What ends a word for a park, or stands behind one that ends with 产业.
_PARKS = ("园", "谷")
# A firm that is only described: what it is called says what it does.
_SOME_FIRM = re.compile(r"[某家个名批类型]")
_SO_FAR = 8
_LOCATED = re.compile(rf"{any_of(_HINTS, 'located')}(?P<place>[^，、。；,;]{{0,10}})\Z")
# What a park has before or behind its name where it is what is built or filled, not just a place.
_BUILDING = re.compile(any_of(_HINTS, "undertaking", "building"))
_BUILT_PARK = re.compile(rf"{_PARK}(?:[一二三四五首]期)?{any_of(_HINTS, 'built')}")
_HELD = re.compile(rf"{BETWEEN}{{0,12}}{any_of(_HINTS, 'held')}")
_AT = "在"
_DIRECTION = "方向"
_PLANNED = re.compile(any_of(_HINTS, "planned"))


def is_in_body(text: str, stop: int) -> bool:
    """Whether a word is part of the name of a body that organises, or is asked (协会, 大学)."""
    return _IN_NAME.match(text, stop) is not None and _IN_BODY.match(text, stop) is not None


def is_in_firm(text: str, stop: int) -> bool:
    """Whether a word, or what it begins, is the name of a firm, or what one is (物流公司)."""
    return _IN_FIRM.match(text, stop) is not None


def is_of_a_name(text: str, start: int, stop: int) -> bool:
    """Whether a word is only in the name of a firm, of a zone, or of a park that is not built."""
    if _IN_NAME.match(text, stop) and (_is_firms(text, start, stop) or _IN_ZONE.match(text, stop)):
        return True
    if not _is_in_park(text, stop):
        return _IN_BASE.match(text, stop) is not None and _is_located(text, start)
    return _is_located(text, start) or not _is_built(text, start, stop)


def _is_located(text: str, start: int) -> bool:
    """Whether what stands before a name says that something is there."""
    found = _LOCATED.search(text[clause_start(text, start) : start])
    return found is not None and not _BUILDING.search(found["place"])


def is_beside(text: str, start: int, stop: int) -> bool:
    """Whether a word of a body says what is aimed at, what is to come, or where people meet."""
    return _is_aim(text, stop) or _is_venue(text, start, stop) or _is_planned(text, start)


def _is_firms(text: str, start: int, stop: int) -> bool:
    """Whether a word is part of the name of a firm, not what one is (一家物流公司)."""
    if not is_in_firm(text, stop):
        return False
    return not _SOME_FIRM.search(text, max(start - _SO_FAR, 0), start)


def _is_in_park(text: str, stop: int) -> bool:
    """Whether a word, or what it begins, is what a park is called: 软件园, 柠檬产业园."""
    return text[stop - 1] in _PARKS or _IN_PARK.match(text, stop) is not None


def _is_built(text: str, start: int, stop: int) -> bool:
    """Whether what stands before or behind the name of a park says that it is what is built."""
    if _BUILT_PARK.match(text, stop - (text[stop - 1] in _PARKS)):
        return True
    return _BUILDING.search(text, clause_start(text, start), start) is not None


def _is_aim(text: str, stop: int) -> bool:
    """Whether a word's clause goes on to say that it is but a direction (三大方向)."""
    aim = text.find(_DIRECTION, stop, stop + AROUND)
    return 0 <= aim < clause_stop(text, stop)


def _is_venue(text: str, start: int, stop: int) -> bool:
    """Whether a word is in the name of where an event is: 仪式在软件大厦举行."""
    if not _HELD.match(text, stop):
        return False
    return text.rfind(_AT, clause_start(text, start), start) >= 0


def _is_planned(text: str, start: int) -> bool:
    """Whether a word's sentence tells of what is to come (下一步)."""
    return _PLANNED.match(text, sentence_start(text, start)) is not None
