"""The names that a notice prints of single undertakings, put together by what they are of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from cqcrawler.facts.model import Field
from cqcrawler.facts.project_names import ProjectName, core_of, find_project_names, likeness
from cqcrawler.facts.sentences import Sentence, split_sentences


class ToldName(NamedTuple):
    """A name where it stands, and what it is known by."""

    sentence: Sentence
    name: ProjectName
    core: str

    @property
    def text(self) -> str:
        """The name as it is stored."""
        return self.sentence.text[self.name.start : self.name.stop]

    @property
    def start(self) -> int:
        """The offset in the title (without its tag) or body."""
        return self.sentence.start + self.name.start

    @property
    def surroundings(self) -> tuple[int, int]:
        """The part of the sentence that says more of it: up to a semicolon, and not far."""
        plain, (start, stop, *_) = self.sentence.plain, self.name
        first, last = max(start - _REACH, 0), min(stop + _REACH, len(plain))
        end = plain.find(";", stop, last)
        return max(plain.rfind(";", first, start) + 1, first), last if end < 0 else end

    @property
    def clause(self) -> str:
        """Its clause."""
        first, last = self.surroundings
        plain, (start, stop, *_) = self.sentence.plain, self.name
        before = [mark.end() for mark in _CLAUSE_END.finditer(plain, first, start)]
        behind = _CLAUSE_END.search(plain, stop, last)
        return plain[before[-1] if before else first : behind.start() if behind else last]

    @property
    def clauses(self) -> str:
        """Its clause with the one before it and the one behind it."""
        first, last = self.surroundings
        plain, (start, stop, *_) = self.sentence.plain, self.name
        before = [mark.end() for mark in _CLAUSE_END.finditer(plain, first, start)]
        behind = [mark.start() for mark in _CLAUSE_END.finditer(plain, stop, last)]
        begin = before[-2] if len(before) > 1 else first
        return plain[begin : behind[1] if len(behind) > 1 else last]


Group = list[ToldName]

# In characters, on either side of a name.
_REACH = 160
_CLAUSE_END = re.compile("[,;:；：]")
_PHASE = re.compile("[一二三四五六首]期")
# Parts of an undertaking that are told of beside it.
LINE = re.compile("(?:产线|车间|工厂)$")
# A list that names more is a plan or a register, and no news of each.
_MOST_PROJECTS, _MOST_NAMES = 40, 200


def told_names(headline: str, body: str) -> Iterator[ToldName]:
    """Yield the names of a notice, those of the headline first; of a register its first."""
    return islice(_names(headline, body), _MOST_NAMES)


def _names(headline: str, body: str) -> Iterator[ToldName]:
    for field, text in ((Field.TITLE, headline), (Field.BODY, body)):
        for sentence in split_sentences(text, field):
            for name in find_project_names(sentence.plain):
                yield ToldName(sentence, name, core_of(name.text))


def grouped(told: Iterable[ToldName]) -> list[Group]:
    """Return the names by what they are of, those of the body first to last."""
    groups: list[Group] = []
    for one in told:
        if len(groups) >= _MOST_PROJECTS:
            break
        known = next((group for group in groups if _is_of(one, group)), None)
        if known is not None:
            known.append(one)
        elif not (LINE.search(one.name.text) and _is_in_body(groups)):
            groups.append([one])
    in_body = [group for group in groups if any(is_from_body(one) for one in group)]
    return in_body or groups


def _is_of(one: ToldName, group: Group) -> bool:
    alike = max(likeness(one.core, other.core) for other in group)
    if alike == 1:
        return True
    # A headline and the first name of the text are rarely of two things.
    is_first = not any(is_from_body(other) for other in group) and is_from_body(one)
    return is_first and alike > 0 and _noun(group[0]) == _noun(one)


def _noun(one: ToldName) -> str:
    return _PHASE.sub("", one.name.text)[-2:]


def is_from_body(one: ToldName) -> bool:
    return one.sentence.field is Field.BODY


def _is_in_body(groups: Iterable[Group]) -> bool:
    return any(is_from_body(one) for group in groups for one in group)
