"""The numbers of a notice in their slots: what each is of, so that two notices can be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cqcrawler.facts.mentions import Measure, Mention, find_mentions
from cqcrawler.facts.sentences import Sentence
from cqcrawler.facts.vocabulary import any_of, vocabulary

# Groups of `slots.toml` that name no slot.
_NO_SLOTS = ("filler", "counted")


class Number(NamedTuple):
    """A number of a notice: `value` in `unit` (and `top` of a range), `bound` how it was rounded
    (`>` or more, `<` less, `~` about, empty for as printed), `digits` how many of it are printed
    but for zeros at the end, `step` the size of the last of them, `slots` what it is of."""

    unit: str
    value: float
    top: float
    bound: str
    digits: int
    step: float
    slots: tuple[str, ...]


class _Found(NamedTuple):
    start: int
    stop: int
    number: Number


_SLOT = re.compile("|".join(
    f"(?P<{name}>{any_of('slots', name)})" for name in vocabulary("slots") if name not in _NO_SLOTS
))  # fmt: skip
_COUNTED = re.compile(rf"[^\W\d]{{0,8}}?(?P<what>{any_of('slots', 'counted')})")
_FILLER = re.compile(rf"(?:{any_of('slots', 'filler')})\Z")
_MOST_FILLERS = 3
_PHASE = re.compile("([一二三四五首]期|[一二三四五]标段)")

# Other numbers with a unit: 10GWh, 83批次, 16.4%, 4公里; not parts of dates, lists, codes.
_OTHER = re.compile(
    r"(?<![A-Za-z\d.\-—–/:#])(\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?)([十百千万亿]{0,2})[余多]?个?"
    r"(%|‰|[A-Za-z]{1,6}|(?![年月日号时点分期届\-—至到、])[^\W\d_A-Za-z]{1,2})"
)
_SCALES = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_CLAUSE = re.compile(r"[,;:、。()\"“”\s]")
_BEFORE, _CONTEXT, _COUNTED_REACH = 24, 4, 12
_PRINTED = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")

_MU = 2000 / 3
# Units of what is counted: classifiers say no more than that it is.
_COUNTS = ("", "person")
# How far a rounded number may be from the exact one, beside the size of its last digit.
_ROUGHLY = 0.05

_BOUNDS = tuple(
    (bound, re.compile(any_of("units", *groups)))
    for bound, groups in (
        (">", ("or_more", "scale_more", "or_more_after")),
        ("<", ("less", "at_most", "at_most_after")),
        ("~", ("about", "about_after")),
    )
)
_AND_MORE = ("余", "多")


def numbers_of(sentences: Iterable[Sentence]) -> tuple[Number, ...]:
    """Return the numbers of a notice, each different one once, in order."""
    found = dict.fromkeys(
        number for sentence in sentences for number in _numbers_of_sentence(sentence.plain)
    )
    return tuple(found)


def _numbers_of_sentence(plain: str) -> Iterator[Number]:
    taken = 0
    mentions = [_Found(one.start, one.stop, _mentioned(plain, one)) for one in find_mentions(plain)]
    others = [found for found in _other_numbers(plain) if not _overlaps(found, mentions)]
    for found in sorted(mentions + others):
        if found.start >= taken:
            slots = _slots(plain, found)
            yield found.number._replace(slots=slots)
            taken = found.stop


def _mentioned(plain: str, mention: Mention) -> Number:
    printed = plain[mention.digits : mention.stop]
    factor = _MU if "亩" in printed else 1.0
    mantissa = _mantissa(printed, mention.value / factor)
    unit = "" if mention.measure is Measure.PIECES else mention.unit
    top = mention.value_max or mention.value
    return _number(unit, mention.value, top, _bound(mention.qualifier), mantissa)


def _bound(qualifier: str) -> str:
    if not qualifier:
        return ""
    if qualifier in _AND_MORE:
        return ">"
    return next((bound for bound, words in _BOUNDS if words.fullmatch(qualifier)), "")


def _other_numbers(plain: str) -> Iterator[_Found]:
    for match in _OTHER.finditer(plain):
        value = float(match[1].replace(",", ""))
        for scale in match[2]:
            value *= _SCALES[scale]
        number = _number(match[3], value, value, "", _mantissa(match[1], value))
        yield _Found(match.start(), match.end(), number)


def _number(unit: str, value: float, top: float, bound: str, mantissa: int) -> Number:
    return Number(unit, value, top, bound, len(str(mantissa)), value / mantissa, ())


def _mantissa(printed: str, value: float) -> int:
    """Return the printed digits without zeros at either end: 138.2亿 1382, 1800 18."""
    figures = _PRINTED.search(printed)
    digits = figures[0].replace(",", "").replace(".", "") if figures else f"{value:.6g}"
    digits = digits.partition("e")[0].replace(".", "").strip("0")
    return int(digits or "1")


def _overlaps(found: _Found, mentions: list[_Found]) -> bool:
    return any(one.start < found.stop and found.start < one.stop for one in mentions)


def _slots(plain: str, found: _Found) -> tuple[str, ...]:
    """Return what a number is of: by a known word, and by the letters before it as printed."""
    if found.number.unit in _COUNTS:
        reach = plain[found.stop : found.stop + _COUNTED_REACH]
        if counted := _COUNTED.match(_CLAUSE.split(reach, 1)[0]):
            return (f"{counted['what']}|{found.number.unit}",)
    before = plain[max(found.start - _BEFORE, 0) : found.start].rstrip(":(“\"' ")
    clause = _CLAUSE.split(before)[-1]
    phase = _last(_PHASE, clause)
    known = _last(_SLOT, clause)
    for _ in range(_MOST_FILLERS):
        clause = _FILLER.sub("", clause)
    names = []
    if known:
        names.append(f"{known.lastgroup}|{phase[0] if phase else ''}|{found.number.unit}")
    if len(clause) >= 2:
        names.append(f"{clause[-_CONTEXT:]}|{found.number.unit}")
    if not names:
        names.append(f"{plain[found.stop : found.stop + 2]}|{found.number.unit}")
    return tuple(names)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=re.Match.start, default=None)


def agree(one: Number, other: Number) -> bool:
    """Whether two numbers may be the same one, printed exactly or rounded."""
    if one.unit != other.unit:
        return False
    if _close(one.value, other.value) and _close(one.top, other.top):
        return True
    if (one.top > one.value) != (other.top > other.value):
        return max(one.value, other.value) <= min(one.top, other.top)
    return _rounds(one, other) or _rounds(other, one)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-3 * max(abs(one), abs(other))


def _rounds(rounded: Number, exact: Number) -> bool:
    more = exact.value - rounded.value
    step = max(rounded.step, _ROUGHLY * rounded.value)
    if rounded.bound == ">":
        return 0 <= more < step
    if rounded.bound == "<":
        return -step < more <= 0
    if rounded.bound == "~":
        return abs(more) <= step
    is_shorter = 2 <= rounded.digits < exact.digits and not exact.bound
    return is_shorter and -rounded.step / 2 <= more < rounded.step


class Comparison(NamedTuple):
    """How the numbers of two notices stand to each other: how many different ones the poorer has,
    how many of them agree with one of the other's, and the first slot in which they contradict each
    other, with both numbers, or None."""

    poorer: int
    agreeing: int
    conflict: str | None


def compare(one: Sequence[Number], other: Sequence[Number]) -> Comparison:
    """Compare the numbers of two notices.

    Numbers of one slot contradict each other when neither stands anywhere in the other notice, and
    the slot's other numbers do not show that one was left out and one added: what is left out, or
    said in other words, contradicts nothing.
    """
    ours, theirs = _by_unit(one), _by_unit(other)
    shared = [number for number in one if _among(number, theirs)]
    shared_back = [number for number in other if _among(number, ours)]
    told = {slot for number in shared for slot in number.slots}
    told &= {slot for number in shared_back for slot in number.slots}
    # A slot that both fill as often, once in a different way, has been filled with something else.
    sizes, sizes_back = _sizes(one), _sizes(other)
    told -= {slot for slot in told if sizes[slot] == sizes_back[slot]}
    fewer, agreeing = min((len(one), shared), (len(other), shared_back), key=lambda pair: pair[0])
    return Comparison(
        fewer,
        len(agreeing),
        _conflict(set(one).difference(shared), set(other).difference(shared_back), told),
    )


def _by_unit(numbers: Iterable[Number]) -> dict[str, list[Number]]:
    found: dict[str, list[Number]] = {}
    for number in numbers:
        found.setdefault(number.unit, []).append(number)
    return found


def _sizes(numbers: Iterable[Number]) -> Counter[str]:
    return Counter(slot for number in numbers for slot in number.slots)


def _among(number: Number, others: dict[str, list[Number]]) -> bool:
    return any(agree(number, other) for other in others.get(number.unit, ()))


def _conflict(ours: Iterable[Number], theirs: Iterable[Number], told: set[str]) -> str | None:
    open_slots = {slot: number for number in theirs for slot in number.slots}
    for number in sorted(ours):
        for slot in number.slots:
            if slot in open_slots and slot not in told:
                return f"{slot} {number.value:g}, {open_slots[slot].value:g}"
    return None
