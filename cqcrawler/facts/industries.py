"""The industries that what a notice tells of belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import NamedTuple

from cqcrawler.facts.asides import (
    BETWEEN,
    is_beside,
    is_in_body,
    is_in_firm,
    is_of_a_name,
)
from cqcrawler.facts.first_letters import letters_of
from cqcrawler.facts.model import Fact, Field, Industry
from cqcrawler.facts.surroundings import (
    AROUND,
    clause_start,
    clause_stop,
    sentence_start,
)
from cqcrawler.facts.told import ToldSentences
from cqcrawler.facts.vocabulary import WordFinder, any_of, vocabulary, words_of
from cqcrawler.text.headline_tag import without_tags

_WORDS, _HINTS, _NONE = "industries", "industry_hints", "none"
_FOOD, _FARMING, _LOGISTICS = "食品及农产品加工", "现代农业", "现代物流"
_FINANCE, _ENERGY = "现代金融", "新能源及新型储能"

_BEFORE_HEAD = re.compile(
    rf"(?:{BETWEEN}{{0,9}}[、和与及]){{1,6}}{BETWEEN}{{0,9}}{any_of(_HINTS, 'heads')}"
    rf"|{BETWEEN}{{0,5}}{any_of(_HINTS, 'heads')}"
)
_CONTEXT = re.compile(any_of(_HINTS, "context"))
# What is done to harvests (柑橘、茶叶加工), what goods are kept and moved in (粮油码头).
_PROCESSED = re.compile(
    rf"(?:{BETWEEN}{{0,6}}[、和与及]){{0,3}}{BETWEEN}{{0,6}}{any_of(_HINTS, 'processed')}"
)
_HANDLED = re.compile(any_of(_HINTS, "handled"))
_HANDLED_LETTERS = letters_of(words_of(_HINTS, "handled"))
_CELLS = re.compile(any_of(_HINTS, "cells"))
_UNDERTAKING = re.compile(any_of(_HINTS, "undertaking"))
_USED_IN = re.compile(any_of(_HINTS, "used_in"))
_CLAUSE_AFTER = re.compile(r"[，,]([^，。；;,!?\n]{0,12})")
_SUM = re.compile(r".{0,6}投资|.*[亿万]元")
_ENDS_SENTENCE = re.compile("[。\n]")


class _Needs(Enum):
    """What a word must have behind it to show an industry."""

    NOTHING = "nothing"
    HEAD = "head"
    PROCESSED = "processed"


class _Sense(NamedTuple):
    """The industries that a word shows, and those that it may show by what stands behind it;
    `is_sure` where only what goods are handled by can change them."""

    names: tuple[str, ...]
    may_show: frozenset[str]
    needs: _Needs
    is_sure: bool


class _Hit(NamedTuple):
    """A word that shows industries, in the text of `field`; `is_aside` when it is but part of a
    name, or says what is aimed at."""

    names: tuple[str, ...]
    field: Field
    start: int
    stop: int
    is_aside: bool


def read_industries(title: str, body: str, facts: Iterable[Fact]) -> tuple[Industry, ...]:
    """Return every industry that title or body shows, once, with the first words that show it.

    What a body says in passing, by its sentences and the `facts` in them, does not count. What
    firms are called, what is aimed at and where something stands does where nothing else shows one.
    """
    begins = len(title) - len(without_tags(title))
    told = ToldSentences(body, facts)
    hits = [*_hits(title, begins, Field.TITLE), *_hits(body, 0, Field.BODY, told)]
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


def _hits(
    text: str, begins: int, field: Field, told: ToldSentences | None = None
) -> Iterator[_Hit]:
    seen: set[str] = set()
    senses = _title_senses() if told is None else _senses()
    for _, start, stop in _words().matches(text, begins):
        sense = senses.get(text[start:stop])
        if sense is None or _is_known(sense, seen, text, stop):
            continue
        if told and not told.holds(start):
            continue
        names = _names(text, stop, sense)
        if seen.issuperset(names) or is_in_body(text, stop):
            continue
        if told:
            names = _told_of(text, start, stop, names)
        if not names:
            continue
        is_aside = is_of_a_name(text, start, stop) or (
            told is not None and is_beside(text, start, stop)
        )
        if not is_aside:
            seen.update(names)
        yield _Hit(names, field, start, stop, is_aside)


def _is_known(sense: _Sense, seen: set[str], text: str, stop: int) -> bool:
    """Whether a word shows nothing new: what a text repeats costs one look."""
    if not seen.issuperset(sense.names):
        return False
    if sense.is_sure and text[stop : stop + 1] not in _HANDLED_LETTERS:
        return True
    return seen.issuperset(sense.may_show)


def _names(text: str, stop: int, sense: _Sense) -> tuple[str, ...]:
    """Return the industries that a word shows with what stands behind it."""
    if _FOOD in sense.may_show and _PROCESSED.match(text, stop):
        return sense.names if _FOOD in sense.names else (_FOOD,)
    if sense.needs is _Needs.PROCESSED:
        return ()
    if sense.needs is _Needs.HEAD and not (
        _BEFORE_HEAD.match(text, stop) or is_in_firm(text, stop)
    ):
        return ()
    if _LOGISTICS in sense.may_show and _HANDLED.match(text, stop):
        return sense.names if _serving().issuperset(sense.names) else (_LOGISTICS,)
    return sense.names


def _told_of(text: str, start: int, stop: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the industries that a word of a body tells of rather than mentions."""
    if not _is_of_business(text, start, stop) or _is_used_in(text, start):
        return ()
    serving = _serving()
    if serving.isdisjoint(names) or _is_undertaken(text, start, stop):
        return names
    return tuple(name for name in names if name not in serving)


def _is_used_in(text: str, start: int) -> bool:
    """Whether a word's clause says, before it, that what follows is what a product is for."""
    if not _USED_IN.search(text, max(start - AROUND, 0), start):
        return False
    return _USED_IN.search(text, clause_start(text, start), start) is not None


def _is_undertaken(text: str, start: int, stop: int) -> bool:
    """Whether the clause around a word, or the one behind it, says that something is invested."""
    ends = clause_stop(text, stop)
    if _UNDERTAKING.search(text, stop, ends):
        return True
    if _UNDERTAKING.search(text, clause_start(text, start), start):
        return True
    behind = _CLAUSE_AFTER.match(text, ends, stop + AROUND)
    return bool(behind and _SUM.match(behind[1]))


def _is_of_business(text: str, start: int, stop: int) -> bool:
    """Whether the sentence around a word tells of undertakings or firms (not: 拿出手机拍照)."""
    behind = _CONTEXT.search(text, stop, stop + AROUND)
    if behind and not _ENDS_SENTENCE.search(text, stop, behind.start()):
        return True
    return _CONTEXT.search(text, sentence_start(text, start), start) is not None


@cache
def _senses() -> Mapping[str, _Sense]:
    """Return what every word of a body shows."""
    crops = dict.fromkeys(words_of(_HINTS, "crops"), (_FOOD,))
    return {
        **{word: _sense(names, _Needs.PROCESSED) for word, names in crops.items()},
        **{word: _sense(names, _Needs.HEAD) for word, names in _by_word(_HINTS).items()},
        **{word: _sense(names, _Needs.NOTHING) for word, names in _by_word(_WORDS).items()},
    }


@cache
def _title_senses() -> Mapping[str, _Sense]:
    """Return what every word of a title shows: a fund, too."""
    funds = words_of(_HINTS, "in_titles")
    return {**_senses(), **{word: _sense((_FINANCE,), _Needs.NOTHING) for word in funds}}


def _sense(names: tuple[str, ...], needs: _Needs) -> _Sense:
    others = {_FOOD} if _FARMING in names else set()
    if needs is not _Needs.PROCESSED and not _serving().issuperset(names):
        others.add(_LOGISTICS)
    return _Sense(names, frozenset(names) | others, needs, _FARMING not in names)


@cache
def _serving() -> frozenset[str]:
    return frozenset(words_of(_HINTS, "serving"))


@cache
def _words() -> WordFinder:
    return WordFinder({"words": _title_senses(), _NONE: words_of(_WORDS, _NONE)})


@cache
def industry_words() -> frozenset[str]:
    """Return every word that shows an industry, in any surroundings or in some."""
    return frozenset({*_by_word(_WORDS), *_by_word(_HINTS)})


@cache
def _by_word(file: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, group in vocabulary(file).items():
        # Groups of helpers have English names.
        if not name.isascii():
            for word in group.words:
                found[word] = (*found.get(word, ()), name)
    return found
