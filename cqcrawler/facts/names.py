"""Names of bodies: firms, parks, zones, governments, institutes, by what they end with.

What a name ends with is easy to find. Where it begins is decided by what cannot be in one: marks,
and words that stand before names (与, 落户, 位于); the last of them that leaves a name counts, so
招商投资局 keeps its 投资.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cqcrawler.facts.division_names import full_names, short_names
from cqcrawler.facts.model import ActorKind, Field
from cqcrawler.facts.vocabulary import any_of, words_of
from cqcrawler.facts.word_search import Words
from cqcrawler.text.headline_tag import without_tags

_FILE = "name_suffixes"
_KINDS = (
    ActorKind.COMPANY,
    ActorKind.PARK,
    ActorKind.ZONE,
    ActorKind.INSTITUTE,
    ActorKind.GOVERNMENT,
)
# So many letters before what a name ends with are looked at.
_LONGEST = 34
# The stretch before an ending that a name may fill: letters, digits, brackets with few letters.
_LETTERS = r"\u4e00-\u9fffA-Za-z0-9·&.\-"
_STRETCH = re.compile(rf"(?:[{_LETTERS}]|[(（][{_LETTERS}]{{1,10}}[)）])*\Z")
_NUMBER = re.compile(
    r"(?:第?\d[\d.]*|[一二三四五六七八九十百两多几数]+)(?:余|多)?"
    r"(?:个|家|座|批|期|亿元?|万元?|亿美元|年|月|日|号|次|届|场|项|名|人|平方米|亩|公里|%)"
)
_NOT_OFFICE = re.compile(any_of(_FILE, "not_office"))
# What behind an ending makes another word of it: 开发区域, 新区间, 协会员, 公司债.
_GOES_ON = {
    ActorKind.ZONE: re.compile("[域间别块]|分(?:局|公司)"),
    ActorKind.PARK: re.compile("[林艺长丁]|区(?=域)"),
    ActorKind.COMPANY: re.compile("[法债化制]|(?:转让|比例|占比|回购|股份)"),
    ActorKind.INSTITUTE: re.compile("[员城生派]|(?:毕业|学历|路(?!演)|校区)"),
    ActorKind.GOVERNMENT: re.compile("(?:采购|工作报告|补贴|投资|债|网|部门|引导|基金|扶持|服务)"),
}
_SHORT_BODIES = re.compile("[市省区县州旗]")
_RELATIONS = frozenset({"母公司", "子公司", "该公司", "本公司"})
_SINGLE = re.compile("[甲乙丙丁戊A-Z]")
# What no name stands behind: 某集团 is described, “…” is quoted.
_NOT_NAMED = '某"“”'
# What describes a sort of park, not one: 友好型.
_OF_A_SORT = "型式性级类"
# 自治区政府, 开发区管委会: the letter belongs to another word.
_NO_SHORT_BODY = re.compile("[治发新园社校景厂片港税辖地]")


class Name(NamedTuple):
    """A named body where it stands: `text` is the text of `field` from `start` to `stop`."""

    kind: ActorKind
    field: Field
    start: int
    stop: int
    text: str


@lru_cache(maxsize=8)
def find_names(title: str, body: str) -> tuple[Name, ...]:
    """Return every name in title and body, in order; one inside another only where it is a zone
    in the name of a park."""
    begins = len(title) - len(without_tags(title))
    return (*_names(title, begins, Field.TITLE), *_names(body, 0, Field.BODY))


def _names(text: str, begins: int, field: Field) -> list[Name]:
    found: list[Name] = []
    for place, suffix in _endings().find(text, begins):
        stop = place + len(suffix)
        name = _office(text, begins, place, stop, field) or _body(text, begins, place, stop, field)
        if name is None:
            continue
        while found and found[-1].start >= name.start and not _may_hold(name, found[-1]):
            found.pop()
        found.append(name)
    return sorted(found, key=lambda name: (name.start, -name.stop))


def _may_hold(outer: Name, inner: Name) -> bool:
    return outer.kind is ActorKind.PARK and inner.kind is ActorKind.ZONE


def _office(text: str, begins: int, place: int, stop: int, field: Field) -> Name | None:
    """市商务局, 渝北区招商局, 商务部: an office behind the name of a division, or its letter."""
    if text[place:stop] not in _offices() or _NOT_OFFICE.match(text, stop):
        return None
    start = division_start(text, begins, place)
    if start == place and not (text[stop - 1] == "部" and place + 2 < stop):
        return None
    return Name(ActorKind.GOVERNMENT, field, start, stop, text[start:stop])


def _body(text: str, begins: int, place: int, stop: int, field: Field) -> Name | None:
    kind = _kind_of().get(text[place:stop])
    if kind is None or _GOES_ON[kind].match(text, stop) or text[place - 1 : stop] in _RELATIONS:
        return None
    start = _start(text, begins, place, kind)
    if start is None or start >= place:
        return None
    return Name(kind, field, start, stop, text[start:stop])


def _start(text: str, begins: int, place: int, kind: ActorKind) -> int | None:
    """Return where a name begins that ends with what stands at `place`, or None if none does."""
    if kind is ActorKind.GOVERNMENT:
        return _government_start(text, begins, place)
    window = text[max(begins, place - _LONGEST) : place]
    stretch = _STRETCH.search(window)
    if not stretch or not stretch[0]:
        return None
    first = place - len(stretch[0])
    for start, is_in_names in reversed([(first, False), *_boundaries(text, first, place)]):
        is_bracket = text[start] in "(（"
        if not is_bracket and _is_core(text[start:place], kind):
            return None if start > begins and text[start - 1] in _NOT_NAMED else start
        if not (is_in_names or is_bracket):
            return None
    return None


def _boundaries(text: str, first: int, place: int) -> list[tuple[int, bool]]:
    """Return where words end, in order, that stand before a name; and whether they stand in some
    names, too (投资, 建设)."""
    stretch = text[first:place]
    ends = {
        first + at + len(word): word in _in_names()
        for at, word in _boundary_words().find(stretch)
        if word not in _kept()
    }
    ends |= {first + number.end(): False for number in _NUMBER.finditer(stretch)}
    return sorted((end, is_in_names) for end, is_in_names in ends.items())


def _is_core(text: str, kind: ActorKind) -> bool:
    """Whether a name without its ending says more than what anything of the kind is called."""
    if kind is ActorKind.INSTITUTE and _SHORT_BODIES.fullmatch(text):
        return True
    if kind is ActorKind.COMPANY:
        is_named = len(text) > 1 and text not in short_names() and text not in full_names()
        return bool(_SINGLE.fullmatch(text)) or (is_named and not _is_all(text, "generic"))
    if kind is ActorKind.INSTITUTE:
        return len(text) > 1 and not _is_all(text, "generic")
    return len(text) > 1 and text[-1] not in _OF_A_SORT and not _is_all(text, "generic_place")


def _is_all(text: str, group: str) -> bool:
    """Whether a text is made of words of a group and nothing else."""
    words, longest = _generic(group)
    reached = {0}
    for stop in range(1, len(text) + 1):
        starts = range(max(0, stop - longest), stop)
        if any(start in reached and text[start:stop] in words for start in starts):
            reached.add(stop)
    return len(text) in reached


def _government_start(text: str, begins: int, place: int) -> int | None:
    start = division_start(text, begins, place)
    is_board = text.startswith("管", place)
    if start < place:
        return start if place - start > 1 or not is_board else None
    zone = next(
        (
            word
            for word in words_of(_FILE, "zone", "park")
            if text.endswith(word, max(begins, place - len(word)), place)
        ),
        None,
    )
    if zone is None:
        return None
    return _start(text, begins, place - len(zone), ActorKind.ZONE)


def division_start(text: str, begins: int, stop: int) -> int:
    """Return where the names of divisions begin that end at `stop` (重庆市渝北区), or the letter
    of one (市), or `stop` where there is neither."""
    start = stop
    while (length := _division_before(text, begins, start)) > 0:
        start -= length
    if start == stop and stop > begins and _SHORT_BODIES.match(text, stop - 1):
        is_other = stop - 1 > begins and _NO_SHORT_BODY.match(text, stop - 2)
        return stop if is_other else stop - 1
    return start


_LONGEST_DIVISION = 15


def _division_before(text: str, begins: int, stop: int) -> int:
    names, shorts = full_names(), short_names()
    for length in range(min(_LONGEST_DIVISION, stop - begins), 1, -1):
        name = text[stop - length : stop]
        if name in names or name in shorts:
            return length
    return 0


@cache
def _endings() -> Words:
    return Words([*_kind_of(), *_offices()])


@cache
def _kind_of() -> dict[str, ActorKind]:
    return {word: kind for kind in _KINDS for word in words_of(_FILE, kind.value)}


@cache
def _offices() -> frozenset[str]:
    offices = words_of(_FILE, "offices")
    return frozenset(
        department + office for department in words_of(_FILE, "departments") for office in offices
    )


@cache
def _kept() -> frozenset[str]:
    letters = set(words_of(_FILE, "boundary_letters"))
    shorts = {name for name in short_names() | full_names() if letters & set(name)}
    return frozenset(words_of(_FILE, "kept")) | shorts - set(words_of("homographs", "words"))


@cache
def _boundary_words() -> Words:
    return Words([*words_of(_FILE, "boundary", "boundary_letters"), *_kept()])


@cache
def _in_names() -> frozenset[str]:
    return frozenset(words_of(_FILE, "boundary")) & frozenset(
        words_of(_FILE, "generic", "generic_place", "in_names")
    )


@cache
def _generic(group: str) -> tuple[frozenset[str], int]:
    words = words_of(_FILE, group)
    return frozenset(words), max(map(len, words))
