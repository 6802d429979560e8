"""What the numbered lines of a text belong to: each list to the line above it, each paragraph of a
law to its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cqcrawler.text.numerals import to_int

_HAN = "[一二三四五六七八九十百零〇]{1,6}"
# How lines are numbered: GB/T 9704 has the first four ways, laws the fifth, editors the others. No
# decimal and no date is a number.
_ENUMERATOR = re.compile(
    rf"({_HAN})[、.．](?!\d)|[（(]({_HAN})[)）]|(\d{{1,3}})[、.．)）](?!\d)|[（(](\d{{1,3}})[)）]"
    rf"|第({_HAN})条|第({_HAN})[章节]|([①-⑳])|([A-Za-z])[.．)）]|([·•●○■□◆◇▪▶➢※*-])(?!\d)"
)
_ARTICLE, _BULLET = 5, 9
_OF_PARTS = (1, 2, _ARTICLE, 6)

NOWHERE = -1


class Enumerator(NamedTuple):
    """How a line is numbered, and its number; bullets have none but 0."""

    style: int
    number: int


def enumerator_of(text: str) -> Enumerator | None:
    """Return the number that a line begins with."""
    match = _ENUMERATOR.match(text)
    if not match or not match.lastindex:
        return None
    style = match.lastindex
    return Enumerator(style, 0 if style == _BULLET else _value(match[style]))


def is_numbered(text: str) -> bool:
    """Whether a line begins with the number of a part, in Chinese numerals."""
    enumerator = enumerator_of(text)
    return enumerator is not None and enumerator.style in _OF_PARTS


def _value(number: str) -> int:
    """Return a number's value; circled numbers and letters have one in their alphabet's order."""
    try:
        return to_int(number)
    except ValueError:
        return ord(number[0].lower())


@dataclass(slots=True)
class _List:
    """A list that goes on: how it is numbered, the line above it, its last item."""

    style: int
    above: int
    last: int
    number: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines of a text with what they belong to.

    `enumerators` are those of the lines, None for lines without. `parents` are the lines that
    they are under, or `NOWHERE`: that of an item is the line right above its list, that of
    another line the last item above it. `articles` are the last articles of a law above them.
    """

    enumerators: Sequence[Enumerator | None]
    parents: Sequence[int]
    articles: Sequence[int]


def read_outline(texts: Sequence[str]) -> Outline:
    """Read what each line belongs to; a list ends where a list around it goes on."""
    enumerators = [enumerator_of(text) for text in texts]
    parents, articles = [], []
    lists: list[_List] = []
    article = NOWHERE
    for i, enumerator in enumerate(enumerators):
        if enumerator is None:
            parents.append(lists[-1].last if lists else NOWHERE)
        else:
            parents.append(_add_item(lists, i, enumerator, enumerators))
            if enumerator.style == _ARTICLE:
                article = i
        articles.append(article)
    return Outline(enumerators, parents, articles)


def _add_item(
    lists: list[_List], i: int, item: Enumerator, enumerators: Sequence[Enumerator | None]
) -> int:
    """Add an item to the list that it continues or begins; return the line above that."""
    style, number = item
    depth = next((d for d, open_list in enumerate(lists) if open_list.style == style), len(lists))
    del lists[depth + 1 :]
    bare = i == 0 or enumerators[i - 1] is not None
    if depth == len(lists):
        lists.append(_List(style, i - 1 if i else NOWHERE, i, number))
    elif number > lists[depth].number or (style == _BULLET and bare):
        lists[depth].last, lists[depth].number = i, number
    else:
        # Numbers begin anew below a line of their own, or a text does.
        lists[depth] = _List(style, NOWHERE if bare else i - 1, i, number)
    return lists[depth].above
