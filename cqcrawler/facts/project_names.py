"""Names of single undertakings as sentences print them, and what forms of one share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cqcrawler.facts.shingles import letters_of
from cqcrawler.facts.vocabulary import WordFinder, any_of, words_of

_FILE = "projects"
_PHASES = "[一二三四五六首]期"
_HEAD = re.compile(
    rf"{any_of(_FILE, 'head')}(?:建设(?=项目|工程))?(?:项目|工程)?"
    rf"(?:\(?{_PHASES}\)?)?(?:项目|工程)?"
)
_PHASE = re.compile(_PHASES)
_PHASE_AFTER = re.compile(rf"\(?(?P<phase>{_PHASES})")
_BEGINS = re.compile(any_of(_FILE, "begins"))
_NOT_ITSELF = re.compile(any_of(_FILE, "not_itself"))
_SITE = re.compile(rf"{any_of(_FILE, 'site')}\Z")
_AT_WORK = re.compile(any_of(_FILE, "at_work"))
_GENERIC = re.compile(any_of(_FILE, "generic"))
_CLAUSE = re.compile("[,;:。、()<>《》“”\"'\\s]")
_COUNTED = re.compile(r"[\d一二两三四五六七八九十百多几]+(?:余|多)?[个项大][^,;]{0,12}\Z")
_COUNT_AFTER = re.compile(r"[\d一二两三四五六七八九十百]+(?:余|多)?[个项家]")
_BATCH = re.compile(
    r"第?[一二三四五六七八九十\d]+批|一号工程|[—】]|[亿万]元|[两三四五六七八九十]大(?!连池)|[两三四五六七八九十\d]个"
)
# A building of an undertaking, and one that was told of another time.
_BUILDING = re.compile(r"(?:首|第[一二三四五]|[一二三四五\d]号?)[栋座幢条台套]")
_EARLIER, _AFTER_IT = (
    re.compile(r"继[^,;:。]{0,16}\Z"),
    re.compile("(?:签约|落户|投产)?(?:之后|后|以来)"),
)
_LEADING = re.compile(
    r"(?:\d[\d.]*(?:[A-Za-z]{1,4}|万?[吨套台件辆千兆])?|的|了|和|及|新(?![型能材兴农媒])|个|总(?!部)|省|市|区|县|州)+"
)
# With which each word of the group ends, so that clauses without one are passed over.
_NOUNS = WordFinder({"noun": words_of(_FILE, "noun")})
# In characters: a longer name is none.
_LONGEST, _SHORTEST_CORE = 24, 2


class ProjectName(NamedTuple):
    """A name at offsets of its sentence, with the phase that it names, if any."""

    start: int
    stop: int
    text: str
    phase: str


def find_project_names(plain: str) -> Iterator[ProjectName]:
    """Yield the names of single undertakings in a sentence in half width, in order.

    Kinds of projects (制造业项目21个), those told of together (17个医药健康项目) and places where
    something is built (落户建桥工业园) are none.
    """
    done = 0
    for _, _, noun in _NOUNS.matches(plain):
        if noun <= done:
            continue
        end = _CLAUSE.search(plain, noun)
        stop = end.start() if end else len(plain)
        marks = [mark.end() for mark in _CLAUSE.finditer(plain, done, noun)]
        yield from _in_clause(plain, marks[-1] if marks else done, stop)
        done = stop


def _in_clause(plain: str, start: int, stop: int) -> Iterator[ProjectName]:
    for head in _HEAD.finditer(plain, start, stop):
        least = max(start, head.start() - _LONGEST)
        first = max((m.end() for m in _BEGINS.finditer(plain, least, head.start())), default=least)
        if first == least > start:
            start = head.end()
            continue
        before = plain[max(start - 1, 0) : first]
        start = head.end()
        if leading := _LEADING.match(plain, first, head.start()):
            first = leading.end()
        name = plain[first : head.end()]
        if _is_name(name, before, plain[head.end() : stop + 1]):
            phase = _PHASE.search(name) or _PHASE_AFTER.match(plain, head.end())
            yield ProjectName(first, head.end(), name, phase[0].strip("(") if phase else "")


def _is_name(name: str, before: str, after: str) -> bool:
    core = core_of(name)
    if len(core) < _SHORTEST_CORE or is_generic(core) or _BATCH.search(name):
        return False
    if _NOT_ITSELF.match(after):
        return False
    is_site = "项目" not in name and _SITE.search(before)
    if is_site and not (name.endswith(("基地", "工厂")) and _AT_WORK.match(after)):
        return False
    if _EARLIER.search(before) and _AFTER_IT.match(after):
        return False
    if "项目" not in name and _BUILDING.match(name):
        return False
    if "项目" not in name and (before.endswith("、") or after.startswith("、")):
        return False
    return not (_COUNTED.search(before) or _COUNT_AFTER.match(after) or name.endswith("类项目"))


_HEADS_AT_END = re.compile(
    rf"(?:项目|工程|基地|产业园区?|工业园|园区?|产业城|综合体|生产线|产线|工厂|中心|建设|生产|制造|首条|"
    rf"\(?{_PHASES}\)?)\Z"
)


def core_of(name: str) -> str:
    """Return what forms of a name keep: 储能电池 of 储能电池基地项目一期; nothing of 生产线."""
    core = letters_of(name)
    while tail := _HEADS_AT_END.search(core):
        core = core[: tail.start()]
    return core


def is_generic(core: str) -> bool:
    """Whether a core says only what sort of undertaking it is: 重点, 新签约."""
    return _GENERIC.fullmatch(core) is not None


def likeness(one: str, other: str) -> float:
    """Return the share of the shorter core's pairs of letters that the other has, in order or not;
    1 where it stands in the other whole."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter:
        return 0.0
    if shorter in longer:
        return 1.0
    pairs = {shorter[at : at + 2] for at in range(len(shorter) - 1)}
    return sum(pair in longer for pair in pairs) / max(len(pairs), 1)
