"""Who an undertaking is by, where a sentence says so: 由…投资建设, 与…签约, a firm it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cqcrawler.facts.model import Actor, ActorKind
from cqcrawler.facts.sentences import narrowed
from cqcrawler.facts.vocabulary import any_of


class Investor(NamedTuple):
    """A firm at offsets of a sentence."""

    start: int
    stop: int
    name: str


_NAME = r"(?P<name>[\w·()]{2,24}?)"
_BY = re.compile(rf"(?:由|是){_NAME}{any_of('projects', 'invests')}")
_WITH = re.compile(rf"[与和同]{_NAME}(?:等\d*家?企业)?{any_of('projects', 'agrees')}")
# 盛珂精密投资8.2亿元的: the firm begins the clause.
_PAYS = re.compile(
    rf"(?:\A|[,;:、。]|其中|分别是|分别为)由?{_NAME}(?:计划|拟|将|总|共|再)?投资(?:约|近|超|逾)?\d[\d.]*[亿万]"
)
_OWNER = re.compile(rf"{any_of('projects', 'owner')}{_NAME}(?=[,;:。)]|\Z)")
# 恒固纸业年产20万吨的, 恒固纸业在龙游建设的.
_MAKES = re.compile(
    rf"(?:\A|[,;:、。]){_NAME}(?:年产\d|在[\w·()]{{2,16}}?(?:投资|建设|打造|投建|兴建|布局|新建)+的)"
)
_VISITED = re.compile(rf"(?:走进|来到){_NAME}(?=[,;。的])")
_HEADLINE = re.compile(rf"{_NAME}:")
_PATTERNS = (_BY, _WITH, _PAYS, _OWNER, _MAKES, _VISITED)
_FIRM = re.compile(rf"{any_of('projects', 'firm')}(?:\([\w]{{2,8}}\))?\Z")
_ANY = re.compile("[某一两二三四五六几多各该本此首其\\d]|项目|固定")


def find_investors(plain: str, actors: Iterable[Actor] = ()) -> tuple[Investor, ...]:
    """Return the firms that a sentence in half width tells an undertaking to be by, in order.

    `actors` are the named bodies of the notice: its firms count wherever the sentence names them.
    """
    return tuple(sorted({*_of_actors(plain, actors), *_by_words(plain)}))


def _of_actors(plain: str, actors: Iterable[Actor]) -> Iterator[Investor]:
    for actor in actors:
        name = narrowed(actor.name)
        if actor.kind is ActorKind.COMPANY and (at := plain.find(name)) >= 0:
            yield Investor(at, at + len(name), actor.name)


def _by_words(plain: str) -> Iterator[Investor]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if _is_firm(match["name"]):
                yield Investor(match.start("name"), match.end("name"), match["name"])


def headline_firm(headline: str) -> str | None:
    """Return the firm that a headline in half width is of: 恒固纸业：两个项目齐头并进."""
    match = _HEADLINE.match(headline)
    return match["name"] if match and _is_firm(match["name"]) else None


def _is_firm(name: str) -> bool:
    return _FIRM.search(name) is not None and not _ANY.match(name)
