"""Whose a number is, in the words of the text."""

from __future__ import annotations

import re

from cqcrawler.facts.mentions import Mention
from cqcrawler.facts.sentences import Sentence
from cqcrawler.facts.vocabulary import any_of

_CLAUSE = re.compile("[,;:。()]")
_PHASE = re.compile("(?:项目)?[一二三四五六首][期批]")
_UNDERTAKING = re.compile(
    r"[^,;:。、()的将在于拟建]{0,24}?(?:项目|基地|产业园|工程|中心|综合体|工厂|生产线|园区|企业|公司|集团)"
)
_TRIMMED = re.compile(any_of("contexts", "before_subject"))


def subject_of(before: str, sentence: Sentence, mention: Mention) -> str:
    """Return the shortest words before a number, or right behind it, that say whose it is."""
    behind = sentence.plain[mention.stop : mention.stop + 24]
    if mention.unit in "个家户项" and (noun := _UNDERTAKING.match(behind)):
        return sentence.text[mention.stop : mention.stop + noun.end()]
    if behind.startswith("的") and (noun := _UNDERTAKING.match(behind, 1)):
        return sentence.text[mention.stop + 1 : mention.stop + noun.end()]
    stop = len(before)
    for clause in reversed(list(_CLAUSE.split(before))):
        start = stop - len(clause)
        if phase := _PHASE.search(clause):
            return sentence.text[start + phase.start() : start + phase.end()]
        nouns = list(_UNDERTAKING.finditer(clause))
        if nouns:
            at = start + nouns[-1].start()
            trimmed = _TRIMMED.match(sentence.plain, at, start + nouns[-1].end())
            return sentence.text[trimmed.end() if trimmed else at : start + nouns[-1].end()]
        stop = start - 1
    return ""
