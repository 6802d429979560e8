"""Lines that a portal prints on its notices and that are no part of them, told by its archive.

A line is proposed where most notices have it, in all sections, and always at the edge of the text:
below it or above it stands nothing but other lines of that kind. What many notices share and what
may belong to them all the same (signatures, headings, contacts) is shown apart. A line that says a
date, a sum or a size is neither, however often it stands there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cqcrawler.text.boilerplate import DETAILS, match_either
from cqcrawler.text.dates import find_dates
from cqcrawler.text.own_lines import SHORTEST, OwnLines, key_of

# Notices that are looked at, the newest; and the fewest that say anything.
MOST_NOTICES, FEWEST_NOTICES = 3000, 10
# Of all notices: what is proposed stands on so many, what is shown on so many. Real lines of a
# template stand on two thirds of its section.
_MOST_OF_THEM, _MANY = 0.8, 0.1
_FEWEST = 5
# Of a section with so many notices, what is proposed stands on so many.
_SECTION, _MOST_OF_SECTION = 10, 0.3
# Of the notices with a line, so many have it at the edge of their text.
_AT_EDGE = 0.9
_MOST_EXAMPLES = 3

_SUM = re.compile(
    r"[\d一二三四五六七八九十百千万][\d.,]{0,20}\s{0,2}"
    r"(?:[万亿千百]?(?:美|欧|港)?元|[万亿]|亩|公顷|平方|公里|千米|吨|%|％|倍|家|个|项|人|户)"
)
_DAY = re.compile(r"\d{1,2}月\d{1,2}[日号]|(?:19|20)\d\d年|[〇零一二三四五六七八九]{4}年")
_HEADING = re.compile(
    r"[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．是]|.{0,12}[:：]$|第.{1,3}[章节条]"
)
_ORGAN = re.compile(
    r"[\w（）()·]{2,30}(?:局|委|委员会|办|办公室|政府|中心|公司|集团|处|院|部|会|所|银行)"
)
_HOTLINE = re.compile("热线|hotline", re.IGNORECASE)
_TITLE_END = re.compile(r".*\S(\s*[-_|—–·»>]+\s*\S.{1,30})", re.DOTALL)


class Kind(StrEnum):
    """What is said of a line: it is to be taken out, or a person has to say whether."""

    PROPOSED = "proposed"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of the archive: its `id`, section, title and the lines of its text."""

    id: int
    section: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A line, or with `title_end` the end of a title, that many notices of a portal have.

    `notices` of the `of` that were looked at have it, `examples` are some of their ids, and `why`
    says what speaks for taking it out, or against that.
    """

    text: str
    kind: Kind
    notices: int
    of: int
    why: str
    examples: tuple[int, ...]
    title_end: bool = False

    @property
    def share(self) -> float:
        """The part of the notices that have it."""
        return self.notices / self.of


@dataclass
class _Met:
    """Where a line was met: its first spelling, the notices by section, and how many have it below
    or above all else."""

    text: str
    notices: list[int] = field(default_factory=list)
    sections: Counter[str] = field(default_factory=Counter)
    above: int = 0
    below: int = 0


def learn(notices: Iterable[Notice], known: OwnLines) -> list[Shared]:
    """Return what many of these notices share, what is proposed first, the most frequent first.

    `known` is what the portal's file has already. Too few notices share nothing.
    """
    looked_at = list(notices)
    if len(looked_at) < FEWEST_NOTICES:
        return []
    sizes = Counter(notice.section for notice in looked_at)
    met = _lines(looked_at)
    found = [
        *(_judged_line(each, sizes) for key, each in met.items() if key not in known.keys),
        *(
            _judged_end(each, sizes)
            for end, each in _title_ends(looked_at).items()
            if end not in known.title_ends
        ),
    ]
    shared = [each for each in found if each]
    return sorted(shared, key=lambda each: (each.kind is Kind.PERHAPS, -each.notices, each.text))


def _lines(notices: Sequence[Notice]) -> dict[str, _Met]:
    """Return the lines that many notices have, by their keys."""
    counts = Counter(key for notice in notices for key in {key_of(line) for line in notice.lines})
    least = max(_FEWEST, _MANY * len(notices))
    many = {key for key, count in counts.items() if count >= least and len(key) >= SHORTEST}
    met: dict[str, _Met] = {}
    for notice in notices:
        keys = [key_of(line) for line in notice.lines]
        above, below = _edge(keys, many), _edge(keys[::-1], many)
        for key, line in dict(zip(keys, notice.lines, strict=True)).items():
            if key in many:
                one = met.setdefault(key, _Met(line))
                one.notices.append(notice.id)
                one.sections[notice.section] += 1
                one.above += key in above
                one.below += key in below
    return met


def _edge(keys: Sequence[str], many: set[str]) -> set[str]:
    """Return the lines from the first on before any that is the notice's own."""
    own = next((i for i, key in enumerate(keys) if key not in many), len(keys))
    return set(keys[:own])


def _title_ends(notices: Sequence[Notice]) -> dict[str, _Met]:
    ends: dict[str, _Met] = {}
    for notice in notices:
        if match := _TITLE_END.fullmatch(notice.title):
            one = ends.setdefault(match[1], _Met(match[1]))
            one.notices.append(notice.id)
            one.sections[notice.section] += 1
    return ends


def _judged_line(met: _Met, sizes: Counter[str]) -> Shared | None:
    if _says_something(met.text):
        return None
    return _judged(met, sizes, _belongs(met) or _not_everywhere(met, sizes))


def _judged_end(met: _Met, sizes: Counter[str]) -> Shared | None:
    if len(met.notices) < max(_FEWEST, _MANY * sizes.total()) or _says_something(met.text):
        return None
    if len(key_of(met.text)) < SHORTEST:
        return None
    return _judged(met, sizes, _not_everywhere(met, sizes), title_end=True)


def _judged(met: _Met, sizes: Counter[str], against: str, *, title_end: bool = False) -> Shared:
    place = "the end of titles" if title_end else _place(met)
    return Shared(
        text=met.text,
        kind=Kind.PERHAPS if against else Kind.PROPOSED,
        notices=len(met.notices),
        of=sizes.total(),
        why=against or f"{place}, in all sections",
        examples=tuple(met.notices[:_MOST_EXAMPLES]),
        title_end=title_end,
    )


def _says_something(text: str) -> bool:
    """Whether a line says a date, a sum or a size: what no portal prints on all its notices."""
    return bool(find_dates(text) or _DAY.search(text) or _SUM.search(text))


def _belongs(met: _Met) -> str:
    """Say what of a line speaks for its being a part of the notices; empty for nothing."""
    rule = match_either(met.text)
    if rule and rule.scope in DETAILS and not _HOTLINE.search(met.text):
        return "may be a detail of each notice"
    if _ORGAN.fullmatch(met.text.strip()):
        return "may be who signs"
    if _HEADING.match(met.text.strip()):
        return "may be a heading"
    if max(met.above, met.below) < _AT_EDGE * len(met.notices):
        return "stands amid the text"
    return ""


def _not_everywhere(met: _Met, sizes: Counter[str]) -> str:
    """Say where a line does not stand that stands on all notices of a portal; empty if it does."""
    if len(met.notices) < _MOST_OF_THEM * sizes.total():
        return "on too few notices"
    for section, size in sizes.items():
        if size >= _SECTION and met.sections[section] < _MOST_OF_SECTION * size:
            return f"not in every section: {met.sections[section]} of {size} in {section or 'none'}"
    return ""


def _place(met: _Met) -> str:
    return "above the text" if met.above > met.below else "below the text"
