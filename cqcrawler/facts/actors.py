"""Who a notice tells of: named firms, parks, zones, governments, institutes, and their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from cqcrawler.facts.division_names import full_names, short_names
from cqcrawler.facts.industries import industry_words
from cqcrawler.facts.model import Actor, ActorKind, Field
from cqcrawler.facts.names import Name, division_at, find_names, is_form_of_zone
from cqcrawler.facts.sentences import narrowed
from cqcrawler.facts.vocabulary import any_of, words_of

_FILE = "actors"
_HAN = r"[\u4e00-\u9fff]"
# 赛格兰（重庆）, 博世（中国）: a firm that no legal form follows.
_BRACKETED = re.compile(
    rf"({_HAN}{{2,8}}?)[(（]({_HAN}{{2,6}})[)）](?!{_HAN}{{0,12}}(?:公司|集团|行))"
)
_TRADE_NAME = re.compile(rf"{any_of(_FILE, 'trades')}(?={any_of(_FILE, 'party_behind')})")
_LED = re.compile(rf"{any_of(_FILE, 'party_before')}({_HAN}{{2,4}})\Z")
_LEAD = re.compile(rf".*{any_of(_FILE, 'party_before')}|.*[\s,，、；;:：。\n]", re.DOTALL)
_TRADE_END = re.compile(rf"{any_of(_FILE, 'trades')}\Z")
_LIST = re.compile(
    rf"((?<!{_HAN}){_HAN}{{2,12}}(?:、{_HAN}{{2,6}}){{1,9}})等"
    rf"(?:[\d一二两三四五六七八九十百]+余?多?家)?[^，。；、]{{0,6}}?(?:企业|公司)"
)
_LIST_LEAD = re.compile(
    rf".*(?:{'|'.join(words_of('name_suffixes', 'boundary', 'boundary_letters'))})"
)
_LONGEST_CORE = 8
_SIGNS = re.compile(any_of(_FILE, "signs"))
_ORGANISES = re.compile(any_of(_FILE, "organises"))
_FROM = re.compile(rf"来自([^，。；,;]{{2,8}}?)的?\Z|({any_of(_FILE, 'from')})(?:企业|公司)?\Z")
_COUNTRY_FIRM = re.compile(rf"({any_of(_FILE, 'countries')})(?:企业|公司|客商)?\Z")
_PROJECT_NAME = re.compile(r"[^，。；、,;\s（）()与和在将拟签落投计已的年\d]{2,12}项目")
_SENTENCE_END = re.compile("[。！？!?\n]")
# So much of a sentence before and behind a name is looked at.
_AROUND = 80
_LOOK_BACK = 14
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
    if "（" not in text and "(" not in text:
        return
    for match in _BRACKETED.finditer(text):
        place = match[2]
        if place != "中国" and place not in short_names():
            continue
        lead = _LEAD.match(match[1])
        start = match.start() + (lead.end() if lead else 0)
        core = text[start : match.end(1)]
        if len(core) > 1 and core not in _sorts():
            yield start, match.end()


def _by_trade(text: str) -> Iterator[tuple[int, int]]:
    for match in _TRADE_NAME.finditer(text):
        before = text[max(match.start() - _LONGEST_CORE, 0) : match.start()]
        led = _LED.search(before)
        if led and _names_a_firm(led[1]):
            yield match.start() - len(led[1]), match.end()


def _in_lists(text: str) -> Iterator[tuple[int, int]]:
    """Yield the firms of a list that says that it is one: 其中甲乙智能、丙丁云科等4家企业."""
    for match in _LIST.finditer(text):
        first, *others = match[1].split("、")
        lead = _LIST_LEAD.match(first)
        first = first[lead.end() :] if lead else first
        items = [item for item in (first, *others) if item]
        if not all(map(_may_be_a_firm, items)) or not any(map(_TRADE_END.search, items)):
            continue
        start = match.start() + (lead.end() if lead else 0)
        for item in items:
            yield start, start + len(item)
            start += len(item) + 1


def _may_be_a_firm(item: str) -> bool:
    trade = _TRADE_END.search(item)
    core = item[: trade.start()] if trade else item
    return len(item) > 2 and bool(core) and _names_a_firm(core)


def _names_a_firm(core: str) -> bool:
    """Whether what stands before a trade is a name rather than a sort (传统汽车)."""
    if core in _sorts() or core in short_names() or core in full_names():
        return False
    return not any(core.startswith(word) or core.endswith(word) for word in _sorts())


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
    kept = list(first.values())
    return [
        name
        for name in kept
        if not any(
            other is not name and other.kind is name.kind and _is_form_of(name, other)
            for other in kept
        )
    ]


def _is_form_of(short: Name, long: Name) -> bool:
    """Whether a name is a shorter form of another of its kind."""
    one, other = narrowed(short.text), narrowed(long.text)
    if len(one) >= len(other):
        return False
    if other.endswith(one):
        return True
    if short.kind is ActorKind.ZONE:
        return is_form_of_zone(one, other)
    if short.kind is ActorKind.COMPANY:
        core = re.sub("(?:集团|股份|公司|有限)+$", "", one)
        return len(core) > 1 and core not in short_names() and _is_inside(core, other)
    if short.kind is ActorKind.INSTITUTE:
        return False
    is_same_end = short.kind is ActorKind.GOVERNMENT or one[-2:] == other[-2:]
    return is_same_end and one[0] in other[:_CHAIN] and _is_spread(one, other)


def _is_inside(core: str, name: str) -> bool:
    return core != "中国" and core in name


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
