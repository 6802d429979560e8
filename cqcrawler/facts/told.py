"""Which sentences of a body tell of what its notice is about, and which of its region in passing.

A notice says in its lead what it is about. Further down it praises the region, too: what is made
there anyway, what is near, what is cared for. Numbers, items of lists and headings, words that
point back (此次) and words for stages (投产) tell the one from the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from cqcrawler.facts.model import Fact, Field
from cqcrawler.facts.sentences import Sentence, split_sentences
from cqcrawler.facts.vocabulary import any_of

# 一、 (三) 2. ①, and 体育旅游： or 项目一：
_ITEM = re.compile(
    r"\s*(?:[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.](?!\d)|[—①-⑳]|[^,;:。、\s]{1,8}:)"
)
_ENDS = "。!?"
_OF_IT = re.compile(any_of("told", "pointing", "stages"))


class ToldSentences:
    """The sentences of a body that tell of what the notice is about; each is looked at once."""

    def __init__(self, body: str, facts: Iterable[Fact]) -> None:
        """Take a body and the facts of its notice."""
        self._body = body
        self._lead_stop = _lead_stop(body)
        self._sentences = split_sentences(body, Field.BODY)
        self._starts = [sentence.start for sentence in self._sentences]
        self._numbers = sorted(fact.start for fact in facts if fact.field is Field.BODY)
        self._known: dict[int, bool] = {}

    def holds(self, place: int) -> bool:
        """Whether the sentence at a place of the body tells of what the notice is about."""
        if place < self._lead_stop:
            return True
        i = bisect_right(self._starts, place) - 1
        if i not in self._known:
            self._known[i] = self._is_told(self._sentences[i])
        return self._known[i]

    def _is_told(self, sentence: Sentence) -> bool:
        i = bisect_left(self._numbers, sentence.start)
        if i < len(self._numbers) and self._numbers[i] < sentence.stop:
            return True
        return self._is_item(sentence) or _OF_IT.search(sentence.plain) is not None

    def _is_item(self, sentence: Sentence) -> bool:
        """Whether a sentence is one of a list, or a heading."""
        if sentence.start and self._body[sentence.start - 1] != "\n":
            return False
        return sentence.plain[-1] not in _ENDS or _ITEM.match(sentence.plain) is not None


def _lead_stop(body: str) -> int:
    """Return where the line ends that has the first whole sentence: lines above are headings."""
    first = body.find("。")
    end = body.find("\n", first) if first >= 0 else -1
    return end if end >= 0 else len(body)
