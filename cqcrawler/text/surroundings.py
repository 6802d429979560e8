"""Where a notice ends and its portal begins, among lines without any markup."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from cqcrawler.text.boilerplate import FOOT_MARKS, Scope, match_statement
from cqcrawler.text.lines import TITLE, Lines
from cqcrawler.text.other_notices import LIST_NAME, is_teaser, list_end, take_lists
from cqcrawler.text.prose import is_plainly_prose
from cqcrawler.text.words import any_word

_EVERYWHERE = frozenset((Scope.LINE, Scope.PAIR, Scope.FOOT, Scope.MARK))
HEAD = frozenset((Scope.HEAD, Scope.DATE))
_END = frozenset((Scope.END, Scope.RUN, Scope.STATEMENT))
# In the foot, lines of these scopes are no more than what stands around them.
_NAMELESS = frozenset((Scope.FIELD, Scope.HEAD, Scope.DATE, None))
_AMONG_SENTENCES = frozenset((Scope.AMID, Scope.BELOW))
_FOOT_OPENERS = frozenset((Scope.FOOT, Scope.STATEMENT))
_FOOT_NAME = "page foot"

_HEAD_LINES = 8
_RUN_LINES = 4
_LINE_NUMBERS = 3
_LETTER = re.compile("[A-Za-z]")
# So many lines up and down a line between two sentences has one.
_AMID_LINES = 3
# What the line below the mark of an advertisement says if it is one: an offer, a number, a price.
_OFFER = re.compile(rf"{any_word('offer')}|[?!？！]|www\.|\d{{7}}|\d-\d{{4}}|\d元")
# Below the heading of a section (一、项目名称) or of a row the title is text.
_NUMBERED = re.compile(
    "项目名称$|[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]{1,3}[章节条]"
)


def take_single_lines(lines: Lines) -> None:
    """Take out what is boilerplate whatever stands around it."""
    for i, rule in lines.rules.items():
        among_details = Scope.FIELD in (lines.scope(i - 1), lines.scope(i + 1))
        if rule.scope in _EVERYWHERE or (rule.scope is Scope.ALONE and not among_details):
            lines.take(i)
    _take_offers(lines)
    _take_line_numbers(lines)


def _take_offers(lines: Lines) -> None:
    """Take out what stands below the mark of an advertisement, unless it was a picture."""
    for i in [i for i, rule in lines.rules.items() if rule.scope is Scope.MARK]:
        below = lines.texts[i + 1] if i + 1 < len(lines) else ""
        if _OFFER.search(below) and not (is_plainly_prose(below) or lines.is_detail(i + 1)):
            lines.take(i + 1, lines.gone[i])


def _take_line_numbers(lines: Lines) -> None:
    """Take out the numbers that stand beside the lines of a program, in a column of their own; the
    columns of a table are numbered too."""
    for start, text in enumerate(lines.texts):
        if text == "1":
            end = start + 1
            while end < len(lines) and lines.texts[end] == str(end - start + 1):
                end += 1
            below = lines.texts[end] if end < len(lines) else ""
            is_code = below.isascii() and _LETTER.search(below)
            if is_code and end - start >= _LINE_NUMBERS:
                for i in range(start, end):
                    lines.take(i, "line number")


def take_surroundings(lines: Lines, copies: Set[int]) -> None:
    """Take out the head, the menus, the lists of other notices and the foot.

    `copies` are the indices of repeated lines: before a second copy stands a second head.
    """
    last = _last_sentence(lines)
    _take_among_sentences(lines)
    _take_head(lines, last)
    _take_heads_of_copies(lines, copies)
    _take_titles_of_pairs(lines, last)
    _take_runs(lines)
    take_lists(lines, last)
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
    marks = [i for i, rule in lines.rules.items() if rule.name in FOOT_MARKS]
    if not marks:
        return len(lines)
    lengths = [len(text) if _is_text(lines, i) else 0 for i, text in enumerate(lines.texts)]
    return marks[0] if sum(lengths[: marks[0]]) > 2 * sum(lengths[marks[0] :]) else len(lines)


def _is_text(lines: Lines, i: int) -> bool:
    return i not in lines.rules and is_plainly_prose(lines.texts[i]) and not is_teaser(lines, i)


def _take_among_sentences(lines: Lines) -> None:
    """Take out what is boilerplate between sentences or below one."""
    lone = {i: rule.scope for i, rule in lines.rules.items() if rule.scope in _AMONG_SENTENCES}
    if not lone:
        return
    sentences = [i for i in range(len(lines)) if i not in lines.gone and _is_text(lines, i)]
    for i, scope in lone.items():
        if i in lines.gone or not sentences or i < sentences[0]:
            continue
        if scope is Scope.BELOW or _is_amid(lines, i):
            lines.take(i)


def _is_amid(lines: Lines, line: int) -> bool:
    """Whether sentences stand close above and below a line, and no detail of the notice beside."""
    around = lines.beside(line, -1), lines.beside(line)
    if any(map(lines.is_detail, around)):
        return False
    return all(_nears_text(lines, line, step) for step in (-1, 1))


def _nears_text(lines: Lines, line: int, step: int) -> bool:
    for _ in range(_AMID_LINES):
        line = lines.beside(line, step)
        if not 0 <= line < len(lines):
            return False
        if _is_text(lines, line):
            return True
    return False


def _take_head(lines: Lines, last: int) -> None:
    """Take out labels above the text; without sentences, only those at the very beginning."""
    for i in list(lines.left(0, min(len(lines), _HEAD_LINES))):
        if rule := match_statement(lines.texts[i]):
            lines.take(i, rule.name)
            continue
        if _is_text(lines, i) or lines.is_detail(i) or _NUMBERED.match(lines.texts[i]):
            return
        if not _take_label(lines, i) and last < 0:
            return


def _take_heads_of_copies(lines: Lines, copies: Set[int]) -> None:
    above: list[int] = []
    for i in range(len(lines)):
        if i in copies:
            _take_head_above(lines, above)
        if i not in lines.gone and (i in lines.stated or lines.scope(i) in HEAD):
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
    """Take out a line that states a field of the article; return whether it is one."""
    if i in lines.stated:
        lines.take(i, lines.stated[i])
    elif lines.scope(i) in HEAD:
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
        if below_text and list_end(lines, i, last) > i:
            return i
        below_text = below_text or i not in lines.rules or lines.is_detail(i)
    return len(lines)


def _take_foot(lines: Lines, start: int) -> None:
    name = LIST_NAME
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
