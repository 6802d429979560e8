"""Firms that no legal form shows: 由星瀚半导体投资, 赛格兰（重庆）, 甲乙智能等4家企业."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cqcrawler.facts.anchored import AnchoredWords
from cqcrawler.facts.division_names import full_names, short_names
from cqcrawler.facts.first_letters import letters_of
from cqcrawler.facts.industries import industry_words
from cqcrawler.facts.vocabulary import WordFinder, any_of, words_of

_FILE = "actors"
_HAN = r"[\u4e00-\u9fff]"
_BRACKETED = re.compile(rf"[(（]({_HAN}{{2,6}})[)）](?!{_HAN}{{0,12}}(?:公司|集团|行))")
_BEFORE_BRACKET = re.compile(rf"{_HAN}{{2,8}}\Z")
_PARTY_BEHIND = re.compile(any_of(_FILE, "party_behind"))
_LETTERS_BEHIND = letters_of(words_of(_FILE, "party_behind"))
_SOFT_LEAD = ("和", "在")
_COMMA = "、"
_LIST = re.compile(rf"{_HAN}{{2,20}}(?:、{_HAN}{{2,16}}){{1,9}}\Z")
_NUMBER = r"[\d一二两三四五六七八九十百]{1,6}余?多?"
_LIST_END = re.compile(rf"[等家](?:(?<=等){_NUMBER}家)?[^，。；、]{{0,6}}?(?:企业|公司)")
_NUMBER_BEFORE = re.compile(rf"{_NUMBER}\Z")
_LONGEST_NUMBER = 8
_LONGEST_LIST, _LONGEST_LEAD = 90, 12
# What is before the trade of a firm has so many letters.
_CORE = range(2, 5)


def find_trade_names(text: str, begins: int) -> Iterator[tuple[int, int]]:
    """Yield where firms stand that are called by a trade or a place in brackets, from `begins` on.

    Only where the words around say that they are firms: parties, subjects, items of a list of
    firms. Stretches may lie in one another.
    """
    for start, stop in (*_bracketed(text), *_by_trade(text), *_in_lists(text)):
        if start >= begins:
            yield start, stop


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    for bracket in _BRACKETED.finditer(text):
        if bracket[1] != "中国" and bracket[1] not in short_names():
            continue
        before = text[max(bracket.start() - _LONGEST_LEAD, 0) : bracket.start()]
        if name := _BEFORE_BRACKET.search(before):
            core = _after_lead(name[0])
            if len(core) > 1 and core not in _sorts():
                yield bracket.start() - len(core), bracket.end()


def _by_trade(text: str) -> Iterator[tuple[int, int]]:
    for _, place, stop in _trades().matches(text):
        if text[stop : stop + 1] not in _LETTERS_BEHIND or not _PARTY_BEHIND.match(text, stop):
            continue
        core = _after_lead(text[max(place - _LONGEST_LEAD, 0) : place])
        if len(core) in _CORE and _names_a_firm(core):
            yield place - len(core), stop


def _in_lists(text: str) -> Iterator[tuple[int, int]]:
    if _COMMA not in text:
        return
    for end in _LIST_END.finditer(text):
        last = end.start()
        if text[last] == "家":
            number = _NUMBER_BEFORE.search(text[max(last - _LONGEST_NUMBER, 0) : last])
            if not number:
                continue
            last -= len(number[0])
        before = text[max(last - _LONGEST_LIST, 0) : last]
        listed = _LIST.search(before) if _COMMA in before else None
        if not listed:
            continue
        first, *others = listed[0].split(_COMMA)
        is_named = first.endswith(words_of("name_suffixes", "company"))
        items = [first if is_named else _after_lead(first), *others]
        if not all(map(_may_be_a_firm, items)) or not any(map(_ends_like_a_firm, items)):
            continue
        start = last - len(_COMMA.join(items))
        for item in items:
            yield start, start + len(item)
            start += len(item) + 1


def _after_lead(text: str) -> str:
    """Return what stands behind the last word or mark that stands before names."""
    leads = _leads()
    for start in range(len(text) - 1, -1, -1):
        if not "\u4e00" <= text[start] <= "\u9fff":
            return text[start + 1 :]
        if length := leads.longest_at(text, start):
            return text[start + length :]
    return text


def _ends_like_a_firm(item: str) -> bool:
    return item.endswith(words_of(_FILE, "trades") + words_of("name_suffixes", "company"))


def _may_be_a_firm(item: str) -> bool:
    if item.endswith(words_of("name_suffixes", "company")):
        return True
    core = item[: len(item) - _trade_length(item)]
    return len(core) > 1 and _names_a_firm(core)


def _names_a_firm(core: str) -> bool:
    """Whether what stands before a trade is a name rather than a sort (传统汽车)."""
    if core in _sorts() or core in short_names() or core in full_names():
        return False
    sorts = _sorts()
    return not any(core[:n] in sorts or core[-n:] in sorts for n in range(2, len(core)))


def _trade_length(item: str) -> int:
    """Return the length of the trade or product that an item of a list ends with, or 0."""
    return next((n for n in range(len(item), 1, -1) if item[-n:] in _trades_and_products()), 0)


@cache
def _leads() -> AnchoredWords:
    """Return what stands before a name."""
    words = words_of("name_suffixes", "boundary", "boundary_letters")
    return AnchoredWords((*words_of(_FILE, "party_before"), *_SOFT_LEAD, *words))


@cache
def _trades() -> WordFinder:
    return WordFinder({"trades": words_of(_FILE, "trades")})


@cache
def _trades_and_products() -> frozenset[str]:
    return frozenset(
        {*words_of(_FILE, "trades"), *words_of("name_suffixes", "company"), *industry_words()}
    )


@cache
def _sorts() -> frozenset[str]:
    return frozenset(
        {
            *words_of(_FILE, "no_firm"),
            *words_of("name_suffixes", "generic", "boundary"),
            *industry_words(),
        }
    )
