"""Where a notice ends and its portal begins, among lines without any markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from cqcrawler.text.boilerplate import Rule, Scope, is_sentence, match_statement

_EVERYWHERE = frozenset((Scope.LINE, Scope.PAIR, Scope.FOOT))
_HEAD = frozenset((Scope.HEAD, Scope.DATE))
_END = frozenset((Scope.END, Scope.RUN, Scope.STATEMENT))
_HEADINGS = frozenset((Scope.LIST, Scope.HEADING, Scope.RUN))
_LIST_BEGINS = _HEADINGS | {Scope.TAGGED}
_DETAILS = frozenset((Scope.FIELD, Scope.ATTACHMENT))
# In the foot, lines of these scopes are no more than what stands around them.
_NAMELESS = frozenset((Scope.FIELD, Scope.HEAD, Scope.DATE, None))
_FOOT_OPENERS = frozenset((Scope.FOOT, Scope.STATEMENT))
_FOOT_MARKS = ("registration", "copyright")
_FOOT_NAME, _LIST_NAME = "page foot", "related list"
TITLE = "title"

_HEAD_LINES = 8
_RUN_LINES = 4
_HEADING_LINES = 3
_LINE_NUMBERS = 3
_TAGGED_ENTRIES = 2
_DATED_ENTRIES = 3
# Below the heading of a section (一、项目名称) or of a row the title is text.
_NUMBERED = re.compile(
    "项目名称$|[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]{1,3}[章节条]"
)
_TITLE_LENGTHS = range(6, 100)


@dataclass(slots=True)
class Lines:
    """The lines of an article while its surroundings are taken out.

    By index: `rules` holds the rules that lines match, `stated` the rules for lines that say
    again what a field of the article says (`TITLE` is one), `gone` the names of the rules that
    took lines out.
    """

    texts: Sequence[str]
    rules: dict[int, Rule]
    stated: Mapping[int, str] = field(default_factory=dict)
    gone: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.texts)

    def scope(self, i: int) -> Scope | None:
        """The scope of the rule for line `i`; None without a rule, and beyond the lines."""
        rule = self.rules.get(i)
        return rule.scope if rule else None

    def take(self, i: int, name: str = "") -> None:
        """Take line `i` out under `name`, or under the name of its rule."""
        self.gone.setdefault(i, name or self.rules[i].name)

    def left(self, start: int, end: int) -> Iterator[int]:
        """The lines from `start` to `end` (exclusive) that are left."""
        return (i for i in range(start, end) if i not in self.gone)

    def beside(self, i: int, step: int = 1) -> int:
        """The next line that is left, or one beyond the lines."""
        i += step
        while i in self.gone:
            i += step
        return i


def take_single_lines(lines: Lines) -> None:
    """Take out what is boilerplate whatever stands around it."""
    for i, rule in lines.rules.items():
        among_details = Scope.FIELD in (lines.scope(i - 1), lines.scope(i + 1))
        if rule.scope in _EVERYWHERE or (rule.scope is Scope.ALONE and not among_details):
            lines.take(i)
    _take_line_numbers(lines)


def _take_line_numbers(lines: Lines) -> None:
    """Take out the numbers that stand beside the lines of a program, in a column of their own."""
    for start, text in enumerate(lines.texts):
        if text == "1":
            end = start + 1
            while end < len(lines) and lines.texts[end] == str(end - start + 1):
                end += 1
            if end - start >= _LINE_NUMBERS:
                for i in range(start, end):
                    lines.take(i, "line number")


def take_surroundings(lines: Lines, copies: Set[int]) -> None:
    """Take out the head, the menus, the lists of other notices and the foot.

    `copies` are the indices of repeated lines: before a second copy stands a second head.
    """
    last = _last_sentence(lines)
    _take_head(lines, last)
    _take_heads_of_copies(lines, copies)
    _take_titles_of_pairs(lines, last)
    _take_runs(lines)
    _take_lists(lines, last)
    foot = _find_foot(lines, last)
    _take_foot(lines, foot)
    _take_end(lines, foot)


def _last_sentence(lines: Lines) -> int:
    """Return the last sentence of the notice, or -1; the site's statements below it are marked.

    Below the registration of the site stand its assistants and dialogues, or the notice goes on.
    """
    for i in range(_foot_mark(lines) - 1, -1, -1):
        if i in lines.gone or i in lines.rules:
            continue
        if rule := match_statement(lines.texts[i]):
            lines.rules[i] = rule
        elif _is_text(lines, i):
            return i
    return -1


def _foot_mark(lines: Lines) -> int:
    """Return the line of the site's registration that has little text below it, or the number
    of lines."""
    marks = [i for i, rule in lines.rules.items() if rule.name in _FOOT_MARKS]
    if not marks:
        return len(lines)
    lengths = [len(text) if _is_text(lines, i) else 0 for i, text in enumerate(lines.texts)]
    return marks[0] if sum(lengths[: marks[0]]) > 2 * sum(lengths[marks[0] :]) else len(lines)


def _is_text(lines: Lines, i: int) -> bool:
    return i not in lines.rules and is_sentence(lines.texts[i]) and not _is_teaser(lines, i)


def _take_head(lines: Lines, last: int) -> None:
    """Take out labels above the text; without sentences, only those at the very beginning."""
    for i in list(lines.left(0, min(len(lines), _HEAD_LINES))):
        if rule := match_statement(lines.texts[i]):
            lines.take(i, rule.name)
            continue
        if _is_text(lines, i) or lines.scope(i) in _DETAILS or _NUMBERED.match(lines.texts[i]):
            return
        if not _take_label(lines, i) and last < 0:
            return


def _take_heads_of_copies(lines: Lines, copies: Set[int]) -> None:
    above: list[int] = []
    for i in range(len(lines)):
        if i in copies:
            _take_head_above(lines, above)
        if i not in lines.gone and (i in lines.stated or lines.scope(i) in _HEAD):
            above.append(i)
        elif i not in lines.gone or i in copies:
            above = []


def _take_head_above(lines: Lines, above: Sequence[int]) -> None:
    """Take out what stands between a title or first label and a second copy of the text.

    A signature and its date may stand there too, but begin with neither.
    """
    in_head = False
    for i in above:
        in_head = in_head or lines.stated.get(i) == TITLE or lines.scope(i) is Scope.HEAD
        if in_head:
            _take_label(lines, i)


def _take_label(lines: Lines, i: int) -> bool:
    """Take out a line that states a field of the article; say whether it is one."""
    if i in lines.stated:
        lines.take(i, lines.stated[i])
    elif lines.scope(i) in _HEAD:
        lines.take(i)
    return i in lines.gone


def _take_titles_of_pairs(lines: Lines, last: int) -> None:
    """Take out the title on the line below an empty `上一篇：`."""
    for i in range(last + 1, len(lines) - 1):
        label = lines.scope(i) is Scope.PAIR and lines.texts[i].rstrip().endswith((":", "："))
        if label and i + 1 not in lines.rules:
            lines.take(i + 1, lines.gone[i])


def _take_runs(lines: Lines) -> None:
    """Take out menus: section names that stand in a row."""
    run: list[int] = []
    for i in [*(i for i, rule in lines.rules.items() if rule.scope is Scope.RUN), len(lines)]:
        if run and (i == len(lines) or lines.beside(run[-1]) != i):
            _take_run(lines, run)
            run = []
        run.append(i)


def _take_run(lines: Lines, run: Sequence[int]) -> None:
    if len(run) >= _RUN_LINES:
        for i in run:
            lines.take(i)


def _take_lists(lines: Lines, last: int) -> None:
    """Take out lists of other notices between two parts of the text."""
    begins = [i for i, rule in lines.rules.items() if i < last and rule.scope in _LIST_BEGINS]
    for i in begins:
        if i not in lines.gone:
            for j in range(i, _list_end(lines, i, last)):
                lines.take(j, _LIST_NAME)


def _list_end(lines: Lines, i: int, last: int) -> int:
    """Return where the list of other notices that begins with line `i` ends; `i` if none does.

    Between two parts of the text a list has to be plain: a heading and entries, or place tags.
    """
    start, named = i, False
    for _ in range(_HEADING_LINES):
        if lines.scope(start) not in _HEADINGS:
            break
        named = named or lines.scope(start) is Scope.LIST
        start = lines.beside(start)
    entries = _read_entries(lines, start)
    if named:
        sure = entries.count > 0 or (i > last and lines.scope(start) not in _DETAILS)
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
        elif _is_dated_below(lines, i) and (_is_title(lines, i) or _is_teaser(lines, i)):
            entries.count += 1
        elif not (_is_title(lines, i) and _is_teaser(lines, following)):
            break
        entries.end, i = i + 1, following
    return entries


def _is_title(lines: Lines, i: int) -> bool:
    text = lines.texts[i]
    return i not in lines.rules and len(text) in _TITLE_LENGTHS and not is_sentence(text)


def _is_teaser(lines: Lines, i: int) -> bool:
    """Say whether line `i` is the start of another notice, cut short above its date."""
    return i < len(lines) and lines.texts[i].endswith(("…", "...")) and _is_dated_below(lines, i)


def _is_dated_below(lines: Lines, i: int) -> bool:
    return lines.scope(lines.beside(i)) is Scope.DATE


def _find_foot(lines: Lines, last: int) -> int:
    """Return the line that opens what follows the notice, or the number of lines.

    It stands below the last sentence; without sentences, below some text, and a mark of the
    page foot in the second half.
    """
    half = last + 1 if last >= 0 else len(lines) // 2
    below_text = last >= 0
    for i in range(last + 1, len(lines)):
        if below_text and i >= half and lines.scope(i) in _FOOT_OPENERS:
            return i
        if i in lines.gone:
            continue
        if below_text and _list_end(lines, i, last) > i:
            return i
        below_text = below_text or i not in lines.rules or lines.scope(i) in _DETAILS
    return len(lines)


def _take_foot(lines: Lines, start: int) -> None:
    name = _LIST_NAME
    if lines.scope(start) in _FOOT_OPENERS:
        _take_hosts(lines, start)
    for i in range(start, len(lines)):
        scope = lines.scope(i)
        if scope in _FOOT_OPENERS:
            name = _FOOT_NAME
        if scope is not Scope.ATTACHMENT:
            lines.take(i, name if scope in _NAMELESS else "")


def _take_hosts(lines: Lines, foot: int) -> None:
    """Take out who runs the site, right above the foot, unless among other details of an event."""
    hosts = []
    i = lines.beside(foot, -1)
    while lines.scope(i) is Scope.BESIDE_FOOT:
        hosts.append(i)
        i = lines.beside(i, -1)
    if lines.scope(i) is not Scope.FIELD:
        for host in hosts:
            lines.take(host)


def _take_end(lines: Lines, foot: int) -> None:
    i = lines.beside(foot, -1)
    while lines.scope(i) in _END:
        lines.take(i)
        i = lines.beside(i, -1)
