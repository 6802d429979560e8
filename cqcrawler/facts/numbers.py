"""The numbers of a notice: facts with a kind, and those that are none, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cqcrawler.facts.amounts import Reading, read_amount
from cqcrawler.facts.counts import read_count
from cqcrawler.facts.mentions import Measure, Mention, find_mentions
from cqcrawler.facts.model import Fact, Field, OtherNumber
from cqcrawler.facts.sentences import Sentence, split_sentences
from cqcrawler.facts.wholes import Told, arranged


class Numbers(NamedTuple):
    """What a notice counts: facts, and other numbers with the reason why they are none."""

    facts: tuple[Fact, ...]
    others: tuple[OtherNumber, ...]


def read_numbers(title: str, body: str) -> Numbers:
    """Return the numbers of a notice, in the order of the text, title first."""
    told = []
    for field, text in ((Field.TITLE, title), (Field.BODY, body)):
        above: Reading | None = None
        for sentence in split_sentences(text, field):
            for mention, reading in _read(sentence, above):
                told.append(Told(sentence, mention, reading))
                if mention.measure is Measure.MONEY:
                    above = reading
    facts = arranged(told)
    others = (one for one in told if one.reading.kind is None and one.reading.reason)
    return Numbers(tuple(facts), tuple(map(_other, others)))


def _read(sentence: Sentence, above: Reading | None) -> Iterator[tuple[Mention, Reading]]:
    mentions = find_mentions(sentence.plain)
    readings: list[Reading] = []
    for i, mention in enumerate(mentions):
        if mention.measure is Measure.MONEY:
            reading = read_amount(sentence.plain, mentions, i, readings, above)
        else:
            reading = read_count(sentence.plain, mentions, i, readings)
        readings.append(reading)
    return zip(mentions, readings, strict=True)


def _other(one: Told) -> OtherNumber:
    sentence, mention = one.sentence, one.mention
    return OtherNumber(
        one.reading.reason,
        mention.value,
        mention.value_max,
        mention.unit,
        mention.qualifier,
        sentence.text[mention.start : mention.stop],
        sentence.text,
        sentence.field,
        sentence.start + mention.start,
        sentence.start + mention.stop,
    )
