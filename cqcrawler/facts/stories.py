"""Whether two notices tell the same: copies, cuts, new headlines and reprints of years later.

Texts of a series (weekly lists, half years of another county, plots) are as alike as copies are.
So a notice is compared with others by what contradicts that they tell the same (numbers of one
slot, the day, the plot, the county), and only then by how much they have in common. What one of
them leaves out contradicts nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from cqcrawler.facts import shingles
from cqcrawler.facts.firms import firm_stem
from cqcrawler.facts.model import Field
from cqcrawler.facts.occasions import Occasion, differing_marks, is_within
from cqcrawler.facts.sentences import narrowed, split_sentences
from cqcrawler.facts.slots import Number, compare, numbers_of
from cqcrawler.text.headline_tag import without_tags

# In letters: what is shorter says too little to be known again.
_SHORTEST = 20
# With fewer numbers than this in the poorer notice, the text alone has to show that it is a copy.
_FEW_NUMBERS = 3
# The share of the poorer one's numbers that the other has too, and the shares of the shorter text.
_AGREEING = 0.6
_ALIKE_WITH_NUMBERS, _ALIKE_BY_TEXT = 0.5, 0.7
# A notice that was written anew has hardly a sentence of the other, but nearly all its numbers.
_ALIKE_ANEW, _MANY_NUMBERS, _NEARLY_ALL = 0.45, 5, 0.8
# Of the longer text, that what is shorter may be an item of.
_ITEM = 0.4
# In shingles: a subject has six letters or more (低空经济产业), what an editor changes twice less.
_SUBJECT, _HEADLINE_SUBJECT = 3, 2


class Words:
    """Title and body of a notice, and what of them is compared with others. Linear; of a body of
    more than 50,000 characters its beginning is.

    Keys need the letters only: the rest is read when there is something to compare with.
    """

    def __init__(self, title: str, body: str) -> None:
        self.title = without_tags(title)
        self.body = body[: shingles.LONGEST_TEXT]

    @cached_property
    def letters(self) -> str:
        return shingles.letters_of(f"{self.title}\n{self.body}")

    @cached_property
    def shingles(self) -> frozenset[int]:
        return shingles.shingles(self.letters)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        sentences = (
            split_sentences(self.title, Field.TITLE),
            split_sentences(self.body, Field.BODY),
        )
        return numbers_of(sentence for of_field in sentences for sentence in of_field)

    @cached_property
    def occasion(self) -> Occasion:
        title, first = narrowed(self.title), split_sentences(self.body, Field.BODY)[:1]
        lead = "\n".join((title, *(sentence.plain for sentence in first)))
        return Occasion(title, lead, f"{title}\n{narrowed(self.body)}")


Firms = Sequence[str] | Callable[[], Sequence[str]]


class Telling:
    """What of a notice is compared with others. `firms` are those that it names, the most
    important first, or what finds them when they decide; `words` are its words, if known."""

    def __init__(
        self, title: str, body: str, firms: Firms = (), words: Words | None = None
    ) -> None:
        self.words = words or Words(title, body)
        self._firms = firms

    @cached_property
    def firms(self) -> tuple[str, ...]:
        return tuple(self._firms() if callable(self._firms) else self._firms)

    @property
    def title(self) -> str:
        return self.words.title

    @property
    def body(self) -> str:
        return self.words.body

    @property
    def letters(self) -> str:
        return self.words.letters

    @property
    def shingles(self) -> frozenset[int]:
        return self.words.shingles

    @property
    def numbers(self) -> tuple[Number, ...]:
        return self.words.numbers

    @property
    def occasion(self) -> Occasion:
        return self.words.occasion


class Verdict(NamedTuple):
    """Whether two notices tell the same story, and `why` or why not; `alike` is the share of the
    shorter text that the longer has too (0 where something else decided)."""

    same: bool
    why: str
    alike: float


def candidate_keys(telling: Telling) -> tuple[int, ...]:
    """Return the keys of which copies of a notice share at least one, each once."""
    return tuple(
        dict.fromkeys(
            (
                *shingles.band_keys(telling.shingles),
                *shingles.sentence_keys(telling.body),
                *shingles.value_keys(narrowed(telling.body)),
                *shingles.title_key(telling.title),
            )
        )
    )


def same_story(one: Telling, other: Telling) -> Verdict:
    """Return whether two notices tell the same. Symmetric."""
    if min(len(one.letters), len(other.letters)) < _SHORTEST:
        return Verdict(False, "too short", 0.0)
    if one.letters == other.letters:
        return Verdict(True, "same words", 1.0)
    alike = shingles.containment(one.shingles, other.shingles)
    if alike < _ALIKE_ANEW:
        return Verdict(False, "other words", alike)
    if _is_item(one, other) or _is_item(other, one):
        return Verdict(False, "an item of a list", alike)
    if apart := _other_occasion(one, other):
        return Verdict(False, apart, alike)
    numbers = compare(one.numbers, other.numbers)
    if numbers.conflict:
        return Verdict(False, f"number: {numbers.conflict}", alike)
    if numbers.poorer < _FEW_NUMBERS:
        if alike >= _ALIKE_BY_TEXT and _have_other_subjects(one, other):
            return Verdict(False, "subject", alike)
        return Verdict(alike >= _ALIKE_BY_TEXT, "text", alike)
    is_anew = numbers.poorer >= _MANY_NUMBERS and alike < _ALIKE_WITH_NUMBERS
    if alike < _ALIKE_WITH_NUMBERS and not is_anew:
        return Verdict(False, "other words", alike)
    least = _NEARLY_ALL if is_anew else _AGREEING
    return Verdict(numbers.agreeing >= least * numbers.poorer, "text and numbers", alike)


def contradiction(one: Telling, other: Telling) -> str | None:
    """Return by what two notices cannot tell the same, or None."""
    if apart := _other_occasion(one, other):
        return apart
    conflict = compare(one.numbers, other.numbers).conflict
    return f"number: {conflict}" if conflict else None


def _other_occasion(one: Telling, other: Telling) -> str | None:
    if mark := differing_marks(one.occasion, other.occasion):
        return mark
    if _have_other_homes(one, other):
        return "place"
    if one.firms and other.firms and not (_names(one, other) or _names(other, one)):
        return "firm"
    return None


def _have_other_homes(one: Telling, other: Telling) -> bool:
    """Whether each leads with a unit that the other does not name, and neither lies in the other:
    the county whose half year it is, the city that was visited."""
    ours, theirs = _unnamed_units(one, other), _unnamed_units(other, one)
    if not (ours and theirs):
        return False
    return not any(is_within(a, b) or is_within(b, a) for a in ours for b in theirs)


def _unnamed_units(one: Telling, other: Telling) -> list[str]:
    units = one.occasion.units
    return [code for unit in units if unit.short not in other.letters for code in unit.codes]


def _is_item(one: Telling, other: Telling) -> bool:
    """Whether the other tells what a much shorter notice does only further below, as a list of a
    week's news does: a cut begins as the whole does."""
    length = len(one.letters)
    if length >= _ITEM * len(other.letters):
        return False
    head = shingles.shingles(other.letters[: 2 * length])
    return 2 * len(one.shingles & head) < len(one.shingles & other.shingles)


def _names(one: Telling, other: Telling) -> bool:
    """Whether a notice names, if only for short, the first firm of the other."""
    return firm_stem(other.firms[0]) in one.letters


def _have_other_subjects(one: Telling, other: Telling) -> bool:
    """Whether each says again and again what the other never says, or in headline and text: the
    industry of a call, the city of a visit. An editor changes words here and there; a frame
    changes its subject."""
    return any(
        all(len(said(a) - b.shingles) >= least for a, b in ((one, other), (other, one)))
        for said, least in ((_said_in_headline, _HEADLINE_SUBJECT), (_said_again, _SUBJECT))
    )


def _said_in_headline(telling: Telling) -> frozenset[int]:
    title = shingles.letters_of(telling.title)
    return shingles.shingles(title) & shingles.shingles(telling.letters[len(title) :])


def _said_again(telling: Telling) -> frozenset[int]:
    hashes = shingles.hashes(telling.letters)
    return frozenset(gram for gram, count in Counter(hashes).items() if count > 1)
