"""Whose a number is, in the words of the text."""

from __future__ import annotations

import re

from cqcrawler.facts.mentions import Measure, Mention
from cqcrawler.facts.sentences import Sentence
from cqcrawler.facts.vocabulary import any_of

# In characters: how far a noun phrase reaches back, and how far behind a number one is looked for.
_LONGEST, _REACH = 26, 30
_CLAUSE = re.compile("[,;:。()“”]")
_HEAD = re.compile(any_of("subjects", "head"))
_BOUNDARY = re.compile(any_of("subjects", "boundary"))
_BUILDS = re.compile(any_of("subjects", "builds"))
_PHASE = re.compile("[一二三四五六首][期批](?:、[一二三四五六][期批])*")
_LABEL = re.compile(any_of("subjects", "label"))


def subject_of(before: str, sentence: Sentence, mention: Mention) -> str:
    """Return the shortest words before a number, or right behind it, that say whose it is."""
    plain = sentence.plain
    if behind := _behind(plain, mention):
        return sentence.text[behind[0] : behind[1]]
    stop = len(before)
    is_own = True
    for clause in reversed(_CLAUSE.split(before)):
        start = stop - len(clause)
        span = _in_clause(plain, start, stop, is_area=is_own and mention.measure is Measure.AREA)
        if span:
            return sentence.text[span[0] : span[1]]
        stop, is_own = start - 1, False
    return ""


def _behind(plain: str, mention: Mention) -> tuple[int, int] | None:
    """12个低空经济项目, 投资5亿元建设的二工厂, 总投资7亿元的智能仓储项目."""
    start = mention.stop
    stop = min(start + _REACH, len(plain))
    if builds := _BUILDS.match(plain, start, stop):
        start = builds.end()
    elif mention.measure is not Measure.PIECES:
        return None
    end = _CLAUSE.search(plain, start, stop)
    head = _HEAD.search(plain, start, end.start() if end else stop)
    if head is None:
        return None
    boundaries = [m.end() for m in _BOUNDARY.finditer(plain, start, head.start())]
    if boundaries and mention.measure is Measure.PIECES:
        return None
    return (boundaries[-1] if boundaries else start), head.end()


def _in_clause(plain: str, start: int, stop: int, *, is_area: bool) -> tuple[int, int] | None:
    if phase := _PHASE.search(plain, start, stop):
        return phase.span()
    labels = list(_LABEL.finditer(plain, start, stop))
    if labels:
        return labels[-1].span()
    heads = list(_HEAD.finditer(plain, start, stop))
    if not heads:
        return None
    head = heads[-1]
    least = max(start, head.start() - _LONGEST)
    boundaries = [m.end() for m in _BOUNDARY.finditer(plain, least, head.start())]
    first = boundaries[-1] if boundaries else least
    return (first, head.end()) if first < head.end() else None
