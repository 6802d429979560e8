"""Names of bodies: firms, parks, zones, governments, institutes, by what they end with.

What a name ends with is easy to find. Where it begins is decided by what cannot be in one: marks,
and words that stand before names (与, 落户, 位于); the last of them that leaves a name counts, so
招商投资局 keeps its 投资.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cqcrawler.facts.anchored import AnchoredWords
from cqcrawler.facts.division_names import full_names, short_names
from cqcrawler.facts.industries import industry_words
from cqcrawler.facts.model import ActorKind, Field
from cqcrawler.facts.trade_names import find_trade_names
from cqcrawler.facts.vocabulary import WordFinder, any_of, words_of
from cqcrawler.text import gazetteer
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
_LAST_MARK = re.compile(rf".*[^{_LETTERS}]", re.DOTALL)
_NUMBER = re.compile(
    r"(?=[第\d一二三四五六七八九十百两多几数])(?:\d+\.(?!\d)|(?:第?\d[\d.]*|[一二三四五六七八九十百两多几数]+)(?:余|多)?"
    r"(?:个|家|座|批|期|起|亿元?|万元?|亿美元|年|月|日|号|次|届|场|项|名|人|平方米|亩|公里|%))"
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
# What a committee manages has a name of at least so many letters: 区管委会 has none.
_SHORTEST_PLACE = 2
# 法国驻成都总领事馆.
_MISSION = "驻"
# Words that hide those before names, and words before names that stand in some, too.
_KEPT, _IN_NAMES = "kept", "in_names"
_COUNTRY, _NATION = "中国", "国家"
# 市地产集团, 县农投公司: a firm of a division that is called by one letter.
_PUBLIC_FIRM = re.compile("[省市区县](?![级属内外直场中政管域区县])..")
# A division and this name a firm: 重庆银行.
_BANK = ("银行", "农商行")
_OF_RANK = re.compile("(?:国家级?|省级|市级|国际)?\\Z")
_RELATIONS = frozenset({"母公司", "子公司", "该公司", "本公司"})
_LETTER = re.compile(r"[^\W\d_]")
_SINGLE = re.compile("[甲乙丙丁戊A-Z]")
# What no name stands behind: 某集团 is described, “…” is quoted.
_NOT_NAMED = '某"“”'
# So many letters of a name stand before one that joins, where it is part of the name.
_PART_OF_A_NAME = 2
# Letters that no firm's name ends with.
_NO_END = "日前后中上下时对是为和又便也都还而且但若所"
# What describes a sort of park, not one: 友好型.
_OF_A_SORT = "型式性级类"
# 自治区政府, 开发区管委会: the letter belongs to another word.
_NO_SHORT_BODY = re.compile("[治发新园社校景厂片港税辖地]")

# What the kinds of zones are called for short.
_ALIASES = (
    ("高新技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("综合保税区", "综保区"),
    ("自由贸易试验区", "自贸区"),
    ("自贸试验区", "自贸区"),
    ("国家级", ""),
)


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
    for _, place, stop in _endings().matches(text, begins):
        name = _office(text, begins, place, stop, field) or _body(text, begins, place, stop, field)
        if name is None:
            continue
        while found and found[-1].start >= name.start and not _may_hold(name, found[-1]):
            found.pop()
        found.append(name)
    found += _trade_names(text, begins, field, found)
    return sorted(found, key=lambda name: (name.start, -name.stop))


def _trade_names(text: str, begins: int, field: Field, found: list[Name]) -> list[Name]:
    """Return firms without a legal form, where no other name stands."""
    stretches = list(find_trade_names(text, begins))
    if not stretches:
        return []
    taken = bytearray(len(text))
    for name in found:
        taken[name.start : name.stop] = b"1" * (name.stop - name.start)
    firms = []
    for start, stop in stretches:
        if not any(taken[start:stop]):
            taken[start:stop] = b"1" * (stop - start)
            firms.append(Name(ActorKind.COMPANY, field, start, stop, text[start:stop]))
    return firms


def _may_hold(outer: Name, inner: Name) -> bool:
    return outer.kind is ActorKind.PARK and inner.kind is ActorKind.ZONE


def _office(text: str, begins: int, place: int, stop: int, field: Field) -> Name | None:
    """市商务局, 渝北区招商局, 商务部: an office behind the name of a division, or its letter."""
    if text[place:stop] not in _offices() or _NOT_OFFICE.match(text, stop):
        return None
    start = division_start(text, begins, place)
    if text.endswith(_NATION, begins, start):
        start -= len(_NATION)
    if start == place and text[place:stop] not in words_of(_FILE, "ministries"):
        return None
    return Name(ActorKind.GOVERNMENT, field, start, stop, text[start:stop])


def _body(text: str, begins: int, place: int, stop: int, field: Field) -> Name | None:
    kind = _kind_of().get(text[place:stop])
    if kind is None or _GOES_ON[kind].match(text, stop) or text[place - 1 : stop] in _RELATIONS:
        return None
    if text[place:stop].endswith(_BANK) and (length := _division_before(text, begins, place)):
        return Name(kind, field, place - length, stop, text[place - length : stop])
    start = _start(text, begins, place, kind)
    if start is None or start >= place:
        return None
    if kind is ActorKind.PARK and _is_listed_zone(text[start:stop]):
        kind = ActorKind.ZONE
    if kind is ActorKind.ZONE:
        start = _zone_start(text, start, place)
    else:
        start = _behind_smaller(text, start, place)
    return Name(kind, field, start, stop, text[start:stop])


def _behind_smaller(text: str, start: int, place: int) -> int:
    """Return where a name begins that stands behind the name of a division inside its own: in
    大渡口重庆移动互联网产业园 the park's is 重庆移动互联网产业园."""
    length = division_at(text[start:place])
    following = division_at(text[start + length : place]) if length else 0
    if not following:
        return start
    inner = gazetteer.by_name(text[start : start + length])
    outer = {e.codes[-1] for e in gazetteer.by_name(text[start + length :][:following])}
    is_smaller = any(outer & set(entry.codes[:-1]) for entry in inner)
    return start + length if is_smaller else start


def _zone_start(text: str, start: int, place: int) -> int:
    """Return where a zone's name begins that has the name of a division directly before its kind.

    What stands before that is no part of it (首次接触两江新区), but for the name of a larger zone.
    """
    rank = _OF_RANK.search(text[start:place])
    bare = place - len(rank[0]) if rank else place
    first = bare
    while (length := _division_before(text, start, first)) > 0:
        first -= length
    is_part = first > start and text.endswith(_zones(), start, first)
    return start if first == bare or is_part else first


@lru_cache(maxsize=4096)
def _is_listed_zone(name: str) -> bool:
    """Whether a park is a zone of its own in the gazetteer: 苏州工业园区."""
    return any(entry.rank == gazetteer.ZONE for entry in gazetteer.by_name(gazetteer.fold(name)))


def _start(text: str, begins: int, place: int, kind: ActorKind) -> int | None:
    """Return where a name begins that ends with what stands at `place`, or None if none does."""
    if kind is ActorKind.GOVERNMENT:
        return _government_start(text, begins, place)
    first = _stretch_start(text, max(begins, place - _LONGEST), place)
    if first == place:
        return None
    boundaries = [(first, False), *_boundaries(text, first, place)]
    for (start, is_in_names), (before, _) in zip(
        reversed(boundaries), [*reversed(boundaries[:-1]), (first, False)], strict=True
    ):
        is_bracket = text[start] in "(（"
        if not is_bracket and _is_core(text[start:place], kind):
            start = _with_place(text, before, start)
            return None if start > begins and text[start - 1] in _NOT_NAMED else start
        if not (is_in_names or is_bracket):
            return None
        # A letter that leaves one other behind it joins no names: 乌兰布和沙产业园.
        if place - start != 1 and _joins(text, before, start):
            return None
    return None


def _stretch_start(text: str, begins: int, place: int) -> int:
    """Return where the letters begin that a name which ends at `place` may be made of."""
    window = text[begins:place]
    if "(" in window or "（" in window:
        stretch = _STRETCH.search(window)
        return place - len(stretch[0]) if stretch else place
    mark = _LAST_MARK.match(window)
    return begins + mark.end() if mark else begins


def _with_place(text: str, before: int, start: int) -> int:
    """Return where a name begins that a word stands in, behind the name of a division."""
    words = words_of(_FILE, "after_places")
    if not text.endswith(words, before, start):
        return start
    word = next(word for word in words if text.endswith(word, before, start))
    length = division_at(text[before : start - len(word)])
    return before if length and before + length + len(word) == start else start


def _joins(text: str, before: int, start: int) -> bool:
    """Whether a letter joins two things (高校和行业协会), and is no part of a name (三和)."""
    return text[start - 1 : start] in words_of(_FILE, "soft_letters") and not (
        1 <= start - 1 - before <= _PART_OF_A_NAME
    )


def _boundaries(text: str, first: int, place: int) -> list[tuple[int, bool]]:
    """Return where words end, in order, that stand before a name; and whether they stand in some
    names, too (投资, 建设)."""
    stretch = text[first:place]
    words = _boundary_words()
    ends = {
        first + stop: words.group_of[word] == _IN_NAMES
        for word, _, stop in words.matches(stretch)
        if words.group_of[word] != _KEPT
    }
    for number in _NUMBER.finditer(stretch):
        ends[first + number.end()] = False
    return sorted(ends.items())


def _is_core(text: str, kind: ActorKind) -> bool:
    """Whether a name without its ending says more than what anything of the kind is called."""
    if not _LETTER.search(text):
        return False
    if kind is ActorKind.INSTITUTE and _SHORT_BODIES.fullmatch(text):
        return True
    if kind is ActorKind.COMPANY:
        return bool(_SINGLE.fullmatch(text)) or (_is_firm(text) and not _is_unfinished(text))
    if kind is ActorKind.INSTITUTE:
        return len(text) > 1 and not _generic("generic").make_up(text)
    return (
        len(text) > 1 and text[-1] not in _OF_A_SORT and not _generic("generic_place").make_up(text)
    )


def _is_unfinished(text: str) -> bool:
    """Whether what stands before 公司 leads up to it (发稿前公司, 因为公司), and is no name."""
    return text[-1] in _NO_END and text[-2:] not in _kept() and text not in full_names()


def _is_firm(text: str) -> bool:
    """Whether a firm is named: by more than its trade, or by its trade and a country or place."""
    length = len(_COUNTRY) if text.startswith(_COUNTRY) else division_at(text)
    if not length and _PUBLIC_FIRM.match(text):
        return True
    return len(text) > max(length, 1) and (length > 0 or not _generic("firms").make_up(text))


def _government_start(text: str, begins: int, place: int) -> int | None:
    zone = next((z for z in _zones() if text.endswith(z, max(begins, place - len(z)), place)), None)
    if zone is not None:
        return _start(text, begins, place - len(zone), ActorKind.ZONE)
    start = division_start(text, begins, place)
    if text.startswith(_MISSION, start - 1):
        state = next((c for c in _states() if text.endswith(c, begins, start - 1)), "")
        return start - 1 - len(state) if state else start
    if text.startswith("管", place) and place - start < _SHORTEST_PLACE:
        return _start(text, begins, place, ActorKind.ZONE)
    return start if start < place else None


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


def _division_before(text: str, begins: int, stop: int) -> int:
    return _divisions().longest_before(text, begins, stop)


def division_at(text: str) -> int:
    """Return the length of the name of a division that a text begins with, or 0."""
    return _divisions().longest_at(text, 0)


@cache
def _divisions() -> AnchoredWords:
    """Return names of at least two letters: one alone (市) is handled apart."""
    return AnchoredWords(name for name in full_names() | short_names() if len(name) > 1)


def is_form_of_zone(short: str, long: str) -> bool:
    """Whether a zone's name is a shorter form of another: 合肥经开区, 合肥经济技术开发区."""
    return len(short) < len(long) and _plain_zone(long).endswith(_plain_zone(short))


def _plain_zone(name: str) -> str:
    for form, short in _ALIASES:
        name = name.replace(form, short)
    return name


@cache
def _endings() -> WordFinder:
    return WordFinder({"endings": [*_kind_of(), *_offices()]})


@cache
def _states() -> tuple[str, ...]:
    return words_of("actors", "countries")


@cache
def _zones() -> tuple[str, ...]:
    """Return what zones and parks end with, the longest first."""
    return tuple(sorted(words_of(_FILE, "zone", "park"), key=len, reverse=True))


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
    letters = set(words_of(_FILE, "boundary_letters", "soft_letters"))
    shorts = {name for name in short_names() | full_names() if letters & set(name)}
    return frozenset(words_of(_FILE, "kept")) | shorts - set(words_of("homographs", "words"))


@cache
def _boundary_words() -> WordFinder:
    words = words_of(_FILE, "boundary", "boundary_letters", "soft_letters")
    return WordFinder({_KEPT: _kept(), _IN_NAMES: _in_names(), "boundary": words})


@cache
def _in_names() -> frozenset[str]:
    words = frozenset(words_of(_FILE, "boundary"))
    in_names = words & frozenset(words_of(_FILE, "generic", "generic_place", "in_names"))
    return in_names | frozenset(words_of(_FILE, "soft_letters"))


@cache
def _generic(group: str) -> AnchoredWords:
    words = {*words_of(_FILE, "generic" if group == "firms" else group, "boundary_letters")}
    if group == "firms":
        words |= {*words_of("actors", "trades"), *industry_words()}
    return AnchoredWords(words)
