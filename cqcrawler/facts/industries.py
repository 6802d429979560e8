"""The industries that what a notice tells of belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from cqcrawler.facts.model import Field, Industry
from cqcrawler.facts.vocabulary import WordFinder, any_of, vocabulary, words_of
from cqcrawler.text.headline_tag import without_tags

_WORDS, _HINTS, _NONE = "industries", "industry_hints", "none"
_FOOD, _FARMING, _LOGISTICS = "食品及农产品加工", "现代农业", "现代物流"
_FINANCE, _ENERGY = "现代金融", "新能源及新型储能"

# What a word and the one that it leads up to may have between them; a list goes on after 、.
_BETWEEN = r"[^\s,.;:!?、。；：，！？“”\"()（）的了在为与和及以将对由是有不被把让使从到]"
_BEFORE_HEAD = re.compile(
    rf"(?:{_BETWEEN}{{0,9}}[、和与及]){{1,6}}{_BETWEEN}{{0,9}}{any_of(_HINTS, 'heads')}"
    rf"|{_BETWEEN}{{0,5}}{any_of(_HINTS, 'heads')}"
)
_IN_BODY = re.compile(rf"{_BETWEEN}{{0,8}}{any_of(_HINTS, 'bodies')}")
_IN_FIRM = re.compile(
    rf"{_BETWEEN}{{0,10}}(?:[(（]{_BETWEEN}{{1,8}}[)）]{_BETWEEN}{{0,6}})?{any_of(_HINTS, 'firm')}"
)
_CONTEXT = re.compile(any_of(_HINTS, "context"))
# How far to either side of a word the rest of its sentence is looked at.
_AROUND = 60
_REST = re.compile("[^。!?\n]*")
# What is done to harvests (柑橘、茶叶加工), what goods are kept and moved in (粮油码头).
_PROCESSED = re.compile(
    rf"(?:{_BETWEEN}{{0,6}}[、和与及]){{0,3}}{_BETWEEN}{{0,6}}{any_of(_HINTS, 'processed')}"
)
_HANDLED = re.compile(any_of(_HINTS, "handled"))
_CELLS = re.compile(any_of(_HINTS, "cells"))
# What may be there without the notice being about it: where it stands, what is aimed at.
_IN_PARK = re.compile(rf"{_BETWEEN}{{0,6}}{any_of(_HINTS, 'park')}")
_LOCATED = re.compile(rf"{any_of(_HINTS, 'located')}[^，、。；,;]{{0,10}}\Z")
_IN_ZONE = re.compile(rf"{_BETWEEN}{{0,2}}{any_of(_HINTS, 'zones')}")
_PLANNED = re.compile(any_of(_HINTS, "planned"))
_UNDERTAKING = re.compile(any_of(_HINTS, "undertaking"))
_CLAUSE_BEFORE = re.compile(r"[^，。；;,!?\n]*\Z")
_USED_IN = re.compile(any_of(_HINTS, "used_in"))
_CLAUSE_BEHIND = re.compile(r"([^，。；;,!?\n]*)(?:[，,]([^，。；;,!?\n]{0,12}))?")
_SUM = re.compile(r".{0,6}投资|.*[亿万]元")
# A firm that is only described: what it is called says what it does.
_SOME_FIRM = re.compile(r"[某家个名批类型]")
_SO_FAR = 8
_DIRECTION = re.compile("方向")


class _Hit(NamedTuple):
    """A word that shows industries, in the text of `field`; `is_aside` when it is in the name of a
    firm or of the park that something stands in, or says what is aimed at."""

    names: tuple[str, ...]
    field: Field
    start: int
    stop: int
    is_aside: bool


def read_industries(title: str, body: str) -> tuple[Industry, ...]:
    """Return every industry that title or body shows, once, with the first words that show it.

    What firms are called, what is aimed at and where something stands counts only where nothing
    else shows an industry.
    """
    begins = len(title) - len(without_tags(title))
    hits = [*_hits(title, begins, Field.TITLE), *_hits(body, 0, Field.BODY)]
    chosen = [hit for hit in hits if not hit.is_aside] or hits
    texts = {Field.TITLE: title, Field.BODY: body}
    found: dict[str, Industry] = {}
    for hit in chosen:
        for name in hit.names:
            if name not in found:
                words = texts[hit.field][hit.start : hit.stop]
                found[name] = Industry(name, words, hit.field, hit.start, hit.stop)
    if _ENERGY not in found and (cells := _cells(texts, found.values())):
        found[_ENERGY] = cells
    return tuple(found.values())


def _cells(texts: Mapping[Field, str], found: Iterable[Industry]) -> Industry | None:
    """Return the industry of the cells that a notice says its battery materials are for."""
    materials = words_of(_HINTS, "battery_materials")
    if not any(industry.text in materials for industry in found):
        return None
    for field, text in texts.items():
        if match := _CELLS.search(text):
            return Industry(_ENERGY, match[0], field, match.start(), match.end())
    return None


def _hits(text: str, begins: int, field: Field) -> Iterator[_Hit]:
    seen: set[tuple[str, bool]] = set()
    for start, stop, _ in _words().find(text, begins):
        word = text[start:stop]
        names = _names(text, stop, word, field)
        # A name that is known needs no second look: what a text repeats costs one lookup.
        if all((name, False) in seen for name in names) or _IN_BODY.match(text, stop):
            continue
        if field is Field.BODY:
            names = _told_of(text, start, stop, names)
        if not names:
            continue
        is_aside = _is_aside(text, start, stop, field)
        seen.update((name, is_aside) for name in names)
        yield _Hit(names, field, start, stop, is_aside)


def _names(text: str, stop: int, word: str, field: Field) -> tuple[str, ...]:
    """Return the industries that a word shows with what stands behind it."""
    if word in words_of(_HINTS, "crops"):
        return (_FOOD,) if _PROCESSED.match(text, stop) else ()
    if field is Field.TITLE and word in words_of(_HINTS, "in_titles"):
        return (_FINANCE,)
    names = _shown().get(word)
    if names is None:
        names = _hinted().get(word, ())
        if not (_BEFORE_HEAD.match(text, stop) or _IN_FIRM.match(text, stop)):
            return ()
    if _FARMING in names and _PROCESSED.match(text, stop):
        return (_FOOD,)
    if _HANDLED.match(text, stop) and not set(names) <= set(words_of(_HINTS, "serving")):
        return (_LOGISTICS,)
    return names


def _told_of(text: str, start: int, stop: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the industries that a word of a body tells of rather than mentions."""
    before = _CLAUSE_BEFORE.search(text, max(start - _AROUND, 0), start)
    if not _is_of_business(text, start, stop) or (before and _USED_IN.search(before[0])):
        return ()
    serving = words_of(_HINTS, "serving")
    if not any(name in serving for name in names) or _is_undertaken(text, start, stop):
        return names
    return tuple(name for name in names if name not in serving)


def _is_undertaken(text: str, start: int, stop: int) -> bool:
    """Whether the clause around a word, or the one behind it, says that something is invested."""
    before = _CLAUSE_BEFORE.search(text, max(start - _AROUND, 0), start)
    behind = _CLAUSE_BEHIND.match(text, stop, stop + _AROUND)
    return bool(
        (before and _UNDERTAKING.search(before[0]))
        or (behind and _UNDERTAKING.search(behind[1]))
        or (behind and behind[2] and _SUM.match(behind[2]))
    )


def _is_of_business(text: str, start: int, stop: int) -> bool:
    """Whether the sentence around a word tells of undertakings or firms (not: 拿出手机拍照)."""
    begins = max(text.rfind(end, max(start - _AROUND, 0), start) for end in "。\n")
    before = text[max(begins + 1, start - _AROUND) : start]
    after = _REST.match(text, stop, stop + _AROUND)
    return bool(_CONTEXT.search(before) or (after and _CONTEXT.search(after[0])))


def _is_aside(text: str, start: int, stop: int, field: Field) -> bool:
    """Whether a word is only in the name of a firm or of where something stands, or says what is
    aimed at."""
    if _is_in_firm(text, start, stop) or _IN_ZONE.match(text, stop):
        return True
    before = _CLAUSE_BEFORE.search(text, max(start - _AROUND, 0), start)
    clause = before[0] if before else ""
    if _IN_PARK.match(text, stop) and _LOCATED.search(clause):
        return True
    if field is Field.TITLE:
        return False
    behind = _CLAUSE_BEHIND.match(text, stop, stop + _AROUND)
    if behind and _DIRECTION.search(behind[1]):
        return True
    begins = max(text.rfind(end, max(start - _AROUND, 0), start) for end in "。\n") + 1
    return _PLANNED.match(text, begins) is not None


def _is_in_firm(text: str, start: int, stop: int) -> bool:
    """Whether a word is part of the name of a firm, not what one is (一家物流公司)."""
    if not _IN_FIRM.match(text, stop):
        return False
    return not _SOME_FIRM.search(text, max(start - _SO_FAR, 0), start)


@cache
def _words() -> WordFinder:
    groups = words_of(_HINTS, "crops", "in_titles") + words_of(_WORDS, _NONE)
    return WordFinder({"words": [*_shown(), *_hinted(), *groups]})


@cache
def industry_words() -> frozenset[str]:
    """Return every word that shows an industry, in any surroundings or in some."""
    return frozenset({*_shown(), *_hinted()})


@cache
def _shown() -> Mapping[str, tuple[str, ...]]:
    return _by_word(_WORDS)


@cache
def _hinted() -> Mapping[str, tuple[str, ...]]:
    return {word: names for word, names in _by_word(_HINTS).items() if word not in _shown()}


def _by_word(file: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, group in vocabulary(file).items():
        # Groups of helpers have English names.
        if not name.isascii():
            for word in group.words:
                found[word] = (*found.get(word, ()), name)
    return found
