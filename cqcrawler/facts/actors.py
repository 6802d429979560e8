"""Who a notice tells of: named firms, parks, zones, governments, institutes, and their parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from cqcrawler.facts.division_names import full_names, short_names
from cqcrawler.facts.industries import industry_words
from cqcrawler.facts.model import Actor, ActorKind, Field
from cqcrawler.facts.names import Name, division_at, find_names, is_form_of_zone
from cqcrawler.facts.sentences import narrowed
from cqcrawler.facts.vocabulary import any_of, words_of
from cqcrawler.facts.word_search import Words

_FILE = "actors"
_HAN = r"[\u4e00-\u9fff]"
# 赛格兰（重庆）, 博世（中国）: a firm that no legal form follows.
_BRACKETED = re.compile(rf"[(（]({_HAN}{{2,6}})[)）](?!{_HAN}{{0,12}}(?:公司|集团|行))")
_BEFORE_BRACKET = re.compile(rf"{_HAN}{{2,8}}\Z")
_PARTY_BEHIND = re.compile(any_of(_FILE, "party_behind"))
# Up to the last word or mark that stands before a name.
_LEAD = re.compile(
    f".*(?:{any_of(_FILE, 'party_before')}|[^\u4e00-\u9fff]|[和在]"
    f"|{any_of('name_suffixes', 'boundary', 'boundary_letters')})",
    re.DOTALL,
)
_TRADE_END = re.compile(rf"{any_of(_FILE, 'trades')}\Z")
_LIST = re.compile(rf"{_HAN}{{2,12}}(?:、{_HAN}{{2,8}}){{1,9}}\Z")
_COUNT = r"[\d一二两三四五六七八九十百]+余?多?家"
_LIST_END = re.compile(rf"(?:等(?:{_COUNT})?|{_COUNT})[^，。；、]{{0,6}}?(?:企业|公司)")
_LONGEST_LIST = 60
_LONGEST_CORE = 12
_CORE = range(2, 5)
_SIGNS = re.compile(any_of(_FILE, "signs"))
_ORGANISES = re.compile(any_of(_FILE, "organises"))
_FROM = re.compile(rf"来自([^，。；,;]{{2,8}}?)的?\Z|({any_of(_FILE, 'from')})(?:企业|公司)?\Z")
_COUNTRY_FIRM = re.compile(rf"({any_of(_FILE, 'countries')})(?:企业|公司|客商)?\Z")
_PROJECT_NAME = re.compile(r"[^，。；、,;\s（）()与和在将拟签落投计已的年\d]{2,12}项目")
_SENTENCE_END = re.compile("[。！？!?\n]")
# So much of a sentence before and behind a name is looked at.
_AROUND = 80
_LOOK_BACK = 14
_LEGAL_FORM = re.compile("(?:集团|股份|公司|有限)+$")
# So many names of a kind are looked through for longer forms; a list of more has no short ones.
_MOST_COMPARED = 60
# So many letters a longer name may have before what a shorter form of it begins with.
_CHAIN = 4


def read_actors(title: str, body: str) -> tuple[Actor, ...]:
    """Return every named body once, under its longest printed form, in the order of the text.

    A shorter form of a name is folded into it. `role` is what its sentence says, `origin` where an
    investor is printed to be from, or the division that its name begins with.
    """
    texts = {Field.TITLE: title, Field.BODY: body}
    named = [name for name in find_names(title, body) if not _is_in_project(texts, name)]
    firms = [firm for field, text in texts.items() for firm in _unsuffixed(text, field, named)]
    names = sorted([*named, *firms], key=lambda name: (name.field is Field.BODY, name.start))
    return tuple(_actor(texts[name.field], name) for name in _longest_forms(names))


def _is_in_project(texts: dict[Field, str], name: Name) -> bool:
    """Whether a group's name is part of a project's: 渝川集团储能项目."""
    if name.kind is not ActorKind.COMPANY or name.text.endswith("公司"):
        return False
    return _PROJECT_NAME.match(texts[name.field], name.stop) is not None


def _unsuffixed(text: str, field: Field, named: Sequence[Name]) -> Iterator[Name]:
    """Yield firms that no legal form shows: 赛格兰（重庆）, 由星瀚半导体投资."""
    taken = [(name.start, name.stop) for name in named if name.field is field]
    for start, stop in (*_bracketed(text), *_by_trade(text), *_in_lists(text)):
        if not any(start < end and begin < stop for begin, end in taken):
            taken.append((start, stop))
            yield Name(ActorKind.COMPANY, field, start, stop, text[start:stop])


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    for bracket in _BRACKETED.finditer(text):
        if bracket[1] != "中国" and bracket[1] not in short_names():
            continue
        before = text[max(bracket.start() - _LONGEST_CORE, 0) : bracket.start()]
        if name := _BEFORE_BRACKET.search(before):
            core = _after_lead(name[0])
            if len(core) > 1 and core not in _sorts():
                yield bracket.start() - len(core), bracket.end()


def _by_trade(text: str) -> Iterator[tuple[int, int]]:
    for place, trade in _trades().find(text):
        stop = place + len(trade)
        if not _PARTY_BEHIND.match(text, stop):
            continue
        core = _after_lead(text[max(place - _LONGEST_CORE, 0) : place])
        if len(core) in _CORE and _names_a_firm(core):
            yield place - len(core), stop


def _after_lead(text: str) -> str:
    """Return what stands behind the last word or mark that stands before names."""
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def _in_lists(text: str) -> Iterator[tuple[int, int]]:
    """Yield the firms of a list that says that it is one: 其中甲乙智能、丙丁云科等4家企业."""
    for end in _LIST_END.finditer(text):
        listed = _LIST.search(text[max(end.start() - _LONGEST_LIST, 0) : end.start()])
        if not listed:
            continue
        first, *others = listed[0].split("、")
        items = [_after_lead(first), *others]
        if not all(map(_may_be_a_firm, items)) or not any(map(_TRADE_END.search, items)):
            continue
        start = end.start() - len("、".join(items))
        for item in items:
            yield start, start + len(item)
            start += len(item) + 1


def _may_be_a_firm(item: str) -> bool:
    core = item[: len(item) - _trade_length(item)]
    return len(core) > 1 and _names_a_firm(core)


def _trade_length(item: str) -> int:
    """Return the length of the trade or product that an item of a list ends with, or 0."""
    return next((n for n in range(len(item), 1, -1) if item[-n:] in _trades_and_products()), 0)


@cache
def _trades_and_products() -> frozenset[str]:
    return frozenset(
        {*words_of(_FILE, "trades"), *words_of("name_suffixes", "company"), *industry_words()}
    )


def _names_a_firm(core: str) -> bool:
    """Whether what stands before a trade is a name rather than a sort (传统汽车)."""
    if core in _sorts() or core in short_names() or core in full_names():
        return False
    return not any(core.startswith(word) or core.endswith(word) for word in _sorts())


@cache
def _trades() -> Words:
    return Words(words_of(_FILE, "trades"))


@cache
def _sorts() -> frozenset[str]:
    return frozenset(
        {
            *words_of(_FILE, "no_firm"),
            *words_of("name_suffixes", "generic", "boundary"),
            *industry_words(),
        }
    )


def _longest_forms(names: Sequence[Name]) -> list[Name]:
    """Return of the forms of each name the longest that is printed, where it first stands."""
    first: dict[tuple[ActorKind, str], Name] = {}
    for name in names:
        first.setdefault((name.kind, narrowed(name.text)), name)
    by_kind: dict[ActorKind, list[str]] = defaultdict(list)
    for kind, text in first:
        if len(by_kind[kind]) < _MOST_COMPARED:
            by_kind[kind].append(text)
    return [
        name
        for (kind, text), name in first.items()
        if not any(
            len(text) < len(other) and _is_form_of(kind, text, other) for other in by_kind[kind]
        )
    ]


def _is_form_of(kind: ActorKind, one: str, other: str) -> bool:
    """Whether a name is a shorter form of another of its kind."""
    if other.endswith(one):
        return True
    if kind is ActorKind.INSTITUTE:
        return False
    if kind is ActorKind.ZONE:
        return is_form_of_zone(one, other)
    if kind is ActorKind.COMPANY:
        core = _LEGAL_FORM.sub("", one)
        return len(core) > 1 and core in other and core not in short_names()
    is_same_end = kind is ActorKind.GOVERNMENT or one[-2:] == other[-2:]
    return is_same_end and one[0] in other[:_CHAIN] and _is_spread(one, other)


def _is_spread(one: str, other: str) -> bool:
    """Whether the letters of one name stand in another in order: 市商务委, 重庆市商务委员会."""
    letters = iter(other)
    return all(letter in letters for letter in one)


def _actor(text: str, name: Name) -> Actor:
    before, behind = _sentence_around(text, name)
    role = _role(name, before, behind)
    origin = _origin(before, name) if role == "investor" else None
    return Actor(name.kind, name.text, role, origin, name.field, name.start, name.stop)


def _sentence_around(text: str, name: Name) -> tuple[str, str]:
    before = text[max(name.start - _AROUND, 0) : name.start]
    ends = [end.end() for end in _SENTENCE_END.finditer(before)]
    behind = text[name.stop : name.stop + _AROUND]
    end = _SENTENCE_END.search(behind)
    return before[ends[-1] if ends else 0 :], behind[: end.start()] if end else behind


def _role(name: Name, before: str, behind: str) -> str | None:
    signs = _SIGNS.search(before) or _SIGNS.search(behind)
    organises = _ORGANISES.search(behind) or _ORGANISES.search(before)
    if name.kind is ActorKind.COMPANY:
        return "investor" if signs else None
    if name.kind in (ActorKind.GOVERNMENT, ActorKind.INSTITUTE) and organises:
        return "organiser"
    if name.kind is ActorKind.INSTITUTE:
        return None
    return "host" if signs else None


def _origin(before: str, name: Name) -> str | None:
    """Return where a firm is from, as printed before its name or at its beginning."""
    near = before[-_LOOK_BACK:]
    for pattern in (_FROM, _COUNTRY_FIRM):
        if match := pattern.search(near):
            return next(group for group in match.groups() if group)
    length = division_at(name.text)
    return name.text[:length] or None
