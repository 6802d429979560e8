"""The numbers of a notice: facts with a kind, and those that are none, with the reason."""

from __future__ import annotations

import re
from typing import NamedTuple

from cqcrawler.facts.amounts import read_amount
from cqcrawler.facts.context import context_of
from cqcrawler.facts.counts import read_count
from cqcrawler.facts.mentions import Measure, Mention, find_mentions
from cqcrawler.facts.model import Basis, Fact, Field, Kind, OtherNumber
from cqcrawler.facts.readings import Above, Reading
from cqcrawler.facts.sentences import Sentence, split_sentences
from cqcrawler.facts.wholes import Told, arranged

# The heading of a section: 五、重点推介项目, 【招商项目】; in characters, one without such a mark.
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[(][一二三四五六七八九十]+[)]|【)")
_LONGEST_HEADING = 30
_ITEM = re.compile(r"\s*(?:\d{1,2}[.、)]|[(]\d{1,2}[)])")


class Numbers(NamedTuple):
    """What a notice counts: facts, and other numbers with the reason why they are none."""

    facts: tuple[Fact, ...]
    others: tuple[OtherNumber, ...]


def read_numbers(title: str, body: str) -> Numbers:
    """Return the numbers of a notice, in the order of the text, title first."""
    told = []
    for field, text in ((Field.TITLE, title), (Field.BODY, body)):
        above = Above()
        is_offering = False
        for sentence in split_sentences(text, field):
            readings = _read(sentence, above)
            is_offering = _heads_offers(sentence, is_offering, has_numbers=bool(readings))
            for mention, reading in readings:
                is_offer = is_offering and reading.basis is Basis.PLANNED
                read = reading._replace(basis=Basis.OFFERED) if is_offer else reading
                told.append(Told(sentence, mention, read))
                above = above.below(mention, read)
    facts = arranged(told)
    others = (one for one in told if one.reading.kind is None and one.reading.reason)
    return Numbers(tuple(facts), tuple(map(_other, others)))


def _read(sentence: Sentence, above: Above) -> list[tuple[Mention, Reading]]:
    mentions = find_mentions(sentence.plain)
    readings: list[Reading] = []
    for i, mention in enumerate(mentions):
        read = read_amount if mention.measure is Measure.MONEY else read_count
        reading = read(sentence.plain, mentions, i, readings, above)
        if reading.basis is Basis.ACTUAL and _is_of_plan(sentence.plain, mention, readings):
            reading = reading._replace(basis=Basis.EXPECTED)
        readings.append(reading)
    return list(zip(mentions, readings, strict=True))


def _is_of_plan(plain: str, mention: Mention, earlier: list[Reading]) -> bool:
    """Whether a figure belongs to a project that is offered or talked about, or to an item of a
    list of projects: 1.甲项目，总投资9亿元，年产值15亿元."""
    bases = {reading.basis for reading in earlier if reading.kind is Kind.INVESTMENT}
    is_planned = Basis.PLANNED in bases and _ITEM.match(plain) is not None
    if not is_planned and not bases & {Basis.OFFERED, Basis.INTENDED}:
        return False
    return context_of(plain).last("actual", mention.start) < 0


def _heads_offers(sentence: Sentence, was_offering: bool, *, has_numbers: bool) -> bool:
    """Whether what follows is a list of projects that are offered: a heading says so, and holds as
    far as the next heading."""
    is_marked = _HEADING.match(sentence.plain) is not None
    stop = len(sentence.plain)
    is_line = stop <= _LONGEST_HEADING and sentence.plain[-1] not in "。!?"
    if not is_marked and (has_numbers or not is_line):
        return was_offering
    context = context_of(sentence.plain)
    if context.has("offers", 0, stop) and not context.has("signed", 0, stop):
        return True
    return was_offering and not is_marked


def _other(one: Told) -> OtherNumber:
    mention = one.mention
    return OtherNumber(
        one.reading.reason,
        mention.value,
        mention.value_max,
        mention.unit,
        mention.qualifier,
        *one.words,
    )
