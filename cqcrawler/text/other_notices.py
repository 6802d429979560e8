"""Lists of other notices among the lines of an article: headings, titles, teasers, dates."""

from __future__ import annotations

from dataclasses import dataclass

from cqcrawler.text.boilerplate import HEADINGS, Scope
from cqcrawler.text.lines import Lines
from cqcrawler.text.prose import is_plainly_prose

LIST_NAME = "related list"
_LIST_BEGINS = HEADINGS | {Scope.TAGGED}
_HEADING_LINES = 3
_TAGGED_ENTRIES = 2
_DATED_ENTRIES = 3
_TITLE_LENGTHS = range(6, 100)


def take_lists(lines: Lines, last: int) -> None:
    """Take out lists of other notices between two parts of the text."""
    begins = [i for i, rule in lines.rules.items() if i < last and rule.scope in _LIST_BEGINS]
    for i in begins:
        if i not in lines.gone:
            for j in range(i, list_end(lines, i, last)):
                lines.take(j, LIST_NAME)


def list_end(lines: Lines, i: int, last: int) -> int:
    """Return where the list of other notices that begins with line `i` ends; `i` if none does.

    Between two parts of the text a list has to be plain: a heading and entries, or place tags.
    """
    start, named = i, False
    for _ in range(_HEADING_LINES):
        if lines.scope(start) not in HEADINGS:
            break
        named = named or lines.scope(start) is Scope.LIST
        start = lines.beside(start)
    entries = _read_entries(lines, start)
    if named:
        sure = entries.count > 0 or (i > last and not lines.is_detail(start))
    else:
        sure = entries.tagged >= _TAGGED_ENTRIES or (i > last and entries.dated >= _DATED_ENTRIES)
    return max(start, entries.end) if sure else i


@dataclass(slots=True)
class _Entries:
    """Related notices in succession: where they end, how many have a place tag and a date."""

    end: int
    count: int = 0
    tagged: int = 0
    dated: int = 0


def _read_entries(lines: Lines, i: int) -> _Entries:
    entries = _Entries(i)
    while i < len(lines):
        scope, following = lines.scope(i), lines.beside(i)
        if scope is Scope.DATE and entries.count:
            entries.dated += 1
        elif scope is Scope.DATED:
            entries.dated += 1
            entries.count += 1
        elif scope is Scope.TAGGED:
            entries.tagged += 1
            entries.count += 1
        elif _is_dated_below(lines, i) and (_is_title(lines, i) or is_teaser(lines, i)):
            entries.count += 1
        elif not (_is_title(lines, i) and is_teaser(lines, following)):
            break
        entries.end, i = i + 1, following
    return entries


def _is_title(lines: Lines, i: int) -> bool:
    text = lines.texts[i]
    return i not in lines.rules and len(text) in _TITLE_LENGTHS and not is_plainly_prose(text)


def is_teaser(lines: Lines, i: int) -> bool:
    """Whether line `i` is the start of another notice, cut short above its date."""
    return i < len(lines) and lines.texts[i].endswith(("…", "...")) and _is_dated_below(lines, i)


def _is_dated_below(lines: Lines, i: int) -> bool:
    return lines.scope(lines.beside(i)) is Scope.DATE
