"""The divisions and zones that a notice names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from cqcrawler.facts.division_names import KINDS, full_names, short_banners, short_names
from cqcrawler.facts.industries import industry_words
from cqcrawler.facts.model import ActorKind, Field, NamedPlace, Standing
from cqcrawler.facts.names import Name, find_names, is_form_of_zone
from cqcrawler.facts.sentences import split_sentences
from cqcrawler.facts.vocabulary import WordFinder, any_of, words_of
from cqcrawler.text import gazetteer
from cqcrawler.text.gazetteer import Entry
from cqcrawler.text.headline_tag import without_tags

_FILE = "homographs"
_BEFORE = re.compile(f"{any_of(_FILE, 'before')}\\Z")
_BEHIND = re.compile(any_of(_FILE, "behind"))
_NOT_BEHIND = re.compile(any_of(_FILE, "not_behind"))
_STRICTLY_BEFORE = re.compile(f"{any_of(_FILE, 'strictly_before')}\\Z")
_BODY_BEHIND = re.compile(any_of(_FILE, "body_behind"))
_TRADE = re.compile(any_of("actors", "trades"))
_OF_AN_INDUSTRY = re.compile(any_of(_FILE, "of_an_industry"))
_MARK = re.compile(r"[\s,.;:!?、。；：，！？“”\"'()（）《》【】—\-\d]")
_IN_LIST = "、和与及"
_CHAIN = "·-—"
_PRECIOUS = ("黄金", "合金", "基金", "冶金")
# 重庆市场, 渝北区域: the last letter of a full name begins another word.
_GOES_ON = {"市": re.compile("[场值价级民]"), "区": re.compile("[域间别块分]")}
# 两江 is 两江新区.
_LOOK_BACK = 3
# So many letters most short names have.
_SHORTEST = 2
# So many zones are looked through for longer forms of a name.
_MOST_COMPARED = 60


# Where words stand in a text, and the words.
_Found = Sequence[tuple[int, str]]


_START = attrgetter("start")


class _Place(NamedTuple):
    """The name of a division or zone where it stands."""

    name: str
    field: Field
    start: int
    stop: int
    is_zone: bool = False

    @property
    def key(self) -> str:
        """What all forms of its name have in common."""
        return self.name if self.is_zone else _folded(self.name)


def read_places(title: str, body: str, region: str) -> tuple[NamedPlace, ...]:
    """Return every division and zone that title or body names, once, in its fullest form.

    Not the notice's own `region` (a name, such as 重庆), nor words inside names of firms, bodies
    and zones; of a chain (四川省成都市) the last.
    """
    names = find_names(title, body)
    begins = len(title) - len(without_tags(title))
    in_title, in_body = _found_in(title, begins), _found_in(body)
    sure = _sure([*in_title, *in_body], names)
    found = [
        *_of_text(title, in_title, Field.TITLE, names, sure, region),
        *_of_text(body, in_body, Field.BODY, names, sure, region),
    ]
    home = _folded(region)
    lead = split_sentences(body, Field.BODY)[:1]
    lead_stop = lead[0].stop if lead else 0
    kept: dict[str, _Place] = {}
    stands: dict[str, Standing] = {}
    for place in found:
        key = place.key
        if key == home:
            continue
        # In the order of the text, the first is the most prominent.
        stands.setdefault(key, _standing(place, lead_stop))
        if key not in kept or _is_fuller(place, kept[key]):
            kept[key] = place
    in_order = sorted(kept.values(), key=lambda place: (place.field is Field.BODY, place.start))
    return tuple(
        _named_place(place, stands[place.key], region) for place in _without_short_zones(in_order)
    )


def _standing(place: _Place, lead_stop: int) -> Standing:
    if place.field is Field.TITLE:
        return Standing.TITLE
    return Standing.LEAD if place.start < lead_stop else Standing.TEXT


def _of_text(
    text: str,
    words: _Found,
    field: Field,
    names: Sequence[Name],
    sure: frozenset[str],
    region: str,
) -> list[_Place]:
    here = [name for name in names if name.field is field]
    zones = [
        _Place(name.text, field, name.start, name.stop, is_zone=True)
        for name in here
        if name.kind is ActorKind.ZONE
    ]
    if not words:
        return zones
    hidden = _Spans(name for name in here if name.kind is not ActorKind.PARK)
    candidates = list(_divisions(text, words, field, hidden))
    parks = {name.start for name in here if name.kind is ActorKind.PARK}
    if parks:
        candidates = [
            place
            for place in candidates
            if place.start not in parks or _may_begin_a_park(place.name, region)
        ]
    divisions = _accepted(text, candidates, parks, sure, region)
    return sorted([*zones, *divisions], key=_START) if zones else divisions


def _sure(words: _Found, names: Iterable[Name]) -> frozenset[str]:
    """Return the short names of divisions that stand in full, or that a body's name begins with."""
    full = {word for _, word in words if _is_full(word)}
    first = {_first_word(name.text) for name in names}
    shown = full | first - {""}
    return frozenset(map(_folded, shown - _group("no_full_name")))


def _found_in(text: str, begins: int = 0) -> list[tuple[int, str]]:
    return [(start, text[start:stop]) for _, start, stop in _words().matches(text, begins)]


@lru_cache(maxsize=4096)
def _first_word(name: str) -> str:
    """Return the name of a division that another begins with, or nothing."""
    return next((word for at, word in _found_in(name) if at == 0), "")


@lru_cache(maxsize=4096)
def _is_inside(name: str, region: str) -> bool:
    home = {entry.codes[-1] for entry in gazetteer.by_name(gazetteer.fold(region))}
    return any(home & set(entry.codes) for entry in gazetteer.by_name(name))


def _may_begin_a_park(name: str, region: str) -> bool:
    """Whether a park that begins with a name is called by the place: 金凤 is none in 重庆."""
    if name not in _group("words") and name not in _group("parts"):
        return True
    return _is_inside(name, region)


class _Spans:
    """The stretches of a text that names fill; they may lie in one another, not across."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._starts: list[int] = []
        self._stops: list[int] = []
        for name in sorted(names, key=_START):
            if not self._stops or name.stop > self._stops[-1]:
                self._starts.append(name.start)
                self._stops.append(name.stop)

    def hold(self, place: int) -> bool:
        i = bisect_right(self._starts, place) - 1
        return i >= 0 and place < self._stops[i]


def _divisions(text: str, words: _Found, field: Field, hidden: _Spans) -> Iterator[_Place]:
    """Yield what may be a name of a division, outside other names."""
    not_places = _group("not_places")
    for start, word in words:
        if word in not_places or hidden.hold(start):
            continue
        stop = start + len(word)
        if len(word) == _SHORTEST:
            if later := _full_across(text, start):
                start, word, stop = start + 1, later, start + 1 + len(later)
        elif word[-1] in _GOES_ON and _is_full(word) and _is_cut(text, word, stop):
            stop -= 1
            word = word[:-1]
        yield _Place(word, field, start, stop)


def _full_across(text: str, start: int) -> str | None:
    """Return the full name that begins on the second letter of a short one: 从江阴市."""
    names = full_names()
    later = text[start + 1 : start + 4]
    if later in names:
        return later
    later = text[start + 1 : start + 5]
    return later if later in names else None


def _is_cut(text: str, name: str, stop: int) -> bool:
    goes_on = _GOES_ON.get(name[-1]) if len(name) > _SHORTEST else None
    return bool(goes_on and goes_on.match(text, stop)) and name[:-1] in short_names()


def _accepted(
    text: str,
    candidates: Sequence[_Place],
    parks: set[int],
    sure: frozenset[str],
    region: str,
) -> list[_Place]:
    """Return those of the candidates that are places, of every chain the last.

    `parks` are where names of parks begin, `sure` short names that something else in the notice
    shows to be places.
    """
    taken: list[_Place] = []
    for i, place in enumerate(candidates):
        before = candidates[i - 1] if i else None
        behind = candidates[i + 1] if i + 1 < len(candidates) else None
        is_below = _is_below(text, before, place)
        is_place = (
            is_below
            or place.start in parks
            or (place.name in sure and _is_free(text, place))
            or _is_place(text, place, before, behind, region)
        )
        if not is_place:
            continue
        if is_below and taken and taken[-1] is before:
            taken.pop()
        taken.append(place)
    return taken


def _is_place(
    text: str, place: _Place, before: _Place | None, behind: _Place | None, region: str
) -> bool:
    name = place.name
    if _is_full(name):
        is_body = _BODY_BEHIND.match(text, place.stop) or _is_of_a_park(text, place)
        return not is_body and name not in _group("no_full_name")
    if not _is_free(text, place) or _is_of_a_firm(text, place):
        return False
    if not _is_doubtful(name):
        return True
    if _is_listed(text, place, before, behind):
        return True
    led = text[max(place.start - _LOOK_BACK - 1, 0) : place.start]
    is_apart = not led or bool(_BEFORE.search(led)) or bool(_MARK.match(led[-1]))
    is_followed = place.stop == len(text) or bool(_BEHIND.match(text, place.stop))
    if name in _group("words"):
        return is_followed and _is_led(text, led, place)
    if name in _group("parts"):
        return is_apart and is_followed
    return is_apart or is_followed or _is_inside(name, region)


def _is_of_a_park(text: str, place: _Place) -> bool:
    """Whether the first letter of a name ends the word before it: 五金园区 is not in 金园区."""
    if not place.name.endswith("园区") or len(place.name) != len("园区") + 1:
        return False
    words = (text[max(place.start - n, 0) : place.start + 1] for n in (1, 2))
    return any(word in industry_words() or word in _PRECIOUS for word in words)


def _is_of_a_firm(text: str, place: _Place) -> bool:
    """Whether a name and a trade make the name of a firm (栖霞文旅), not that of an industry."""
    trade = _TRADE.match(text, place.stop)
    return trade is not None and not _OF_AN_INDUSTRY.match(text, trade.end())


def _is_led(text: str, before: str, place: _Place) -> bool:
    """Whether a word can only be a place behind what stands before it: 赴合作考察."""
    led = _STRICTLY_BEFORE.search(before)
    if not led:
        return False
    return led[0] != "在" or (place.stop < len(text) and not _MARK.match(text[place.stop]))


def _is_free(text: str, place: _Place) -> bool:
    """Whether no longer name of something else goes on behind a name: a road, a river."""
    return not _NOT_BEHIND.match(text, place.stop) or _division_at(text, place.stop)


def _is_listed(text: str, place: _Place, before: _Place | None, behind: _Place | None) -> bool:
    """Whether a name stands beside another in a list: 涪陵、长寿等地."""
    left = before and before.stop + 1 == place.start and text[before.stop] in _IN_LIST
    right = behind and place.stop + 1 == behind.start and text[place.stop] in _IN_LIST
    words = _group("words")
    left = left and before is not None and before.name not in words
    right = right and behind is not None and behind.name not in words
    return bool(left or right)


def _is_below(text: str, before: _Place | None, place: _Place) -> bool:
    """Whether a name stands directly behind that of what contains it: 成都武侯, 重庆·涪陵."""
    if before is None or not before.stop <= place.start <= before.stop + 1:
        return False
    if place.start > before.stop and text[before.stop] not in _CHAIN:
        return False
    outer = {entry.codes[-1] for entry in gazetteer.by_name(before.name)}
    return any(
        code in outer for entry in gazetteer.by_name(place.name) for code in entry.codes[:-1]
    )


def _division_at(text: str, start: int) -> bool:
    return _first_word(text[start : start + 4]) != ""


def _is_full(name: str) -> bool:
    return name in full_names()


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return gazetteer.short_name(name) if name and name[-1] in KINDS else name


def _is_fuller(place: _Place, other: _Place) -> bool:
    return len(place.name) > len(other.name)


def _without_short_zones(places: Iterable[_Place]) -> list[_Place]:
    """Return places without zones that stand under a longer form of their name, too."""
    found = list(places)
    zones = [place.name for place in found if place.is_zone][:_MOST_COMPARED]
    return [
        place
        for place in found
        if not place.is_zone or not any(is_form_of_zone(place.name, zone) for zone in zones)
    ]


def _named_place(place: _Place, stands: Standing, region: str) -> NamedPlace:
    code = _zone_code(place.name, region) if place.is_zone else _code(place.name, region)
    return NamedPlace(place.name, code, stands, place.field, place.start, place.stop)


@lru_cache(maxsize=4096)
def _zone_code(name: str, region: str) -> str | None:
    """Return the code of the zone, or of the division that its name begins with."""
    folded = gazetteer.fold(name)
    if code := _code(folded, region):
        return code
    outer = _first_word(folded)
    return _code(outer, region) if outer else None


@lru_cache(maxsize=4096)
def _code(name: str, region: str) -> str | None:
    name = short_banners().get(name, name)
    entries = _present(gazetteer.by_name(gazetteer.fold(name)))
    codes = {entry.place.code for entry in entries}
    if len(codes) > 1:
        home = {entry.codes[-1] for entry in gazetteer.by_name(gazetteer.fold(region))}
        entries = [entry for entry in entries if home & set(entry.codes)] or entries
        top = min(entry.rank for entry in entries)
        codes = {entry.place.code for entry in entries if entry.rank == top}
    return codes.pop() if len(codes) == 1 else None


def _present(entries: Iterable[Entry]) -> list[Entry]:
    found = list(entries)
    return [entry for entry in found if not entry.former] or found


@cache
def _words() -> WordFinder:
    return WordFinder({"places": [*full_names(), *short_names(), *_group("not_places")]})


@cache
def _is_doubtful(name: str) -> bool:
    """Whether a short name is something else, too. Asked of few of the thousands that there are."""
    return any(name in _group(group) for group in ("words", "parts", "across")) or _is_county(name)


def _is_county(name: str) -> bool:
    """Whether only divisions below a city have a short name."""
    if name not in short_names():
        return False
    return all(entry.rank == gazetteer.DISTRICT for entry in gazetteer.by_name(name))


@cache
def _group(name: str) -> frozenset[str]:
    return frozenset(words_of(_FILE, name))
