"""Whose a number is, in the words of the text."""

from __future__ import annotations

import re

from cqcrawler.facts.context import Context, context_of
from cqcrawler.facts.mentions import Measure, Mention
from cqcrawler.facts.sentences import Sentence, start_behind
from cqcrawler.facts.vocabulary import any_of

# In characters: how far a noun phrase reaches back, how far behind a number one is looked for, and
# how far before it.
_LONGEST, _REACH, _FAR = 26, 30, 160
_CLAUSE_ENDS = ",;:。()“”"
_CLAUSE = re.compile(f"[{_CLAUSE_ENDS}]")
_BUILDS = re.compile(any_of("beside", "builds"))


def subject_of(sentence: Sentence, mention: Mention) -> str:
    """Return the shortest words before a number, or right behind it, that say whose it is."""
    plain, context = sentence.plain, context_of(sentence.plain)
    span = _behind(plain, context, mention)
    stop = mention.start
    least = max(stop - _FAR, 0)
    while span is None and stop > least:
        start = start_behind(_CLAUSE_ENDS, plain, stop, least)
        is_item = stop < mention.start and context.has("opens_list", start, stop)
        span = None if is_item else _in_clause(context, start, stop)
        stop = start - 1
    return sentence.text[span[0] : span[1]] if span else ""


def _behind(plain: str, context: Context, mention: Mention) -> tuple[int, int] | None:
    """12个低空经济项目, 投资5亿元建设的二工厂, 总投资7亿元的智能仓储项目."""
    start = mention.stop
    builds = _BUILDS.match(plain, start)
    if builds:
        start = builds.end()
    elif mention.measure is not Measure.PIECES:
        return None
    end = _CLAUSE.search(plain, start, start + _REACH)
    stop = end.start() if end else min(start + _REACH, len(plain))
    head = context.first_span("head", start, stop)
    if head is None or (builds is None and context.has("boundary", start, head[0])):
        return None
    return max(context.last_end("boundary", start, head[0]), start), head[1]


def _in_clause(context: Context, start: int, stop: int) -> tuple[int, int] | None:
    for group in ("phase", "label"):
        if span := context.last_span(group, start, stop):
            return span
    head = context.last_span("head", start, stop)
    if head is None:
        return None
    least = max(start, head[0] - _LONGEST)
    return max(context.last_end("boundary", least, head[0]), least), head[1]
