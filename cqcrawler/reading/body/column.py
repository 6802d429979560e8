"""The column that holds a text: from its title to where the page goes on to other things."""

from __future__ import annotations

import re
from itertools import dropwhile

from cqcrawler.reading.body.blocks import Block, blocks_around
from cqcrawler.reading.body.scores import Container
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.title.candidate import TitleCandidate
from cqcrawler.text.boilerplate import DETAILS, FOOT_MARKS, Rule, match_either, match_line
from cqcrawler.text.prose import is_plainly_prose
from cqcrawler.text.words import any_word

_MAY_BE_FOOT = re.compile(any_word("foot_letter"))
# With so many links above the title in the element that holds it and the text, it is the page.
_LINKS_OF_PAGE = 8
# So many sentences in elements like that of the text tell that it is divided.
_MOST_PARTS = 20


def find_column(
    page: Lines, container: Container, title: TitleCandidate | None
) -> tuple[int, Block]:
    """Where the column that holds the text ends, and the text's own element in it: the smallest
    one that is no mere part of a text. The column also holds the title, unless that makes it the
    whole page."""
    first, last = min(container.start, container.first), max(container.end - 1, container.last)
    above = title if title and title.end <= container.first else None
    whole = Block(0, len(page.texts), "", "")
    blocks = (*blocks_around(page, first, last), whole)
    around = [block for block in blocks if not block.is_part()]
    top = above.end if above else 0
    # A cell of one line is a paragraph, and so is any element where the one around it does not hold
    # the title.
    lines = [*dropwhile(lambda block: block.end - block.start == 1, around)]
    is_part = lines and (lines[0].start >= top or around[0].name in ("td", "th"))
    own, parent = (*(lines if is_part else around), whole)[:2]
    if own.start > parent.start >= top or (own.end < parent.end and parent.start >= top):
        own = parent if _is_divided(page, own, parent) else own
    if above:
        column = next(page.spans_around(min(above.start, first), last), (0, whole.end))
        if sum(map(page.is_link, range(column[0], above.start))) < _LINKS_OF_PAGE:
            return _foot(page, last, _with_tail(page, column[1])), own
    return (parent if parent.start >= top else own).end, own


def end_below(page: Lines, title: TitleCandidate) -> int:
    """Where the column of a page without text ends: that of the element that holds the title and
    something below it, or at once where that is the whole page."""
    for start, end in page.spans_around(title.start, title.start):
        if end > title.end:
            links = sum(map(page.is_link, range(start, title.start)))
            return _foot(page, title.end, end) if links < _LINKS_OF_PAGE else 0
    return 0


def _is_divided(page: Lines, own: Block, parent: Block) -> bool:
    """Whether all other sentences in the element around the text's own stand in elements like it:
    a text in several."""
    found = 0
    for i in (*range(parent.start, own.start), *range(own.end, parent.end)):
        if page.linked[i] or not is_plainly_prose(page.texts[i]) or match_either(page.texts[i]):
            continue
        inside = [
            block
            for block in blocks_around(page, i, i)
            if parent.start <= block.start <= block.end <= parent.end
            and (block.start, block.end) != (parent.start, parent.end)
        ]
        if not inside or inside[-1].tag != own.tag:
            return False
        found += 1
        if found == _MOST_PARTS:
            break
    return found > 0


def _with_tail(page: Lines, end: int) -> int:
    """Where the column ends that goes on in another element: without a link or a line that a rule
    knows, as far as its last sentence."""
    tail = end
    for i in range(end, len(page.texts)):
        rule = match_either(page.texts[i])
        if page.is_link(i) or (rule is not None and rule.scope not in DETAILS):
            break
        tail = i + 1 if is_plainly_prose(page.texts[i]) or tail > end else tail
    return tail


def _foot(page: Lines, last: int, end: int) -> int:
    """The line of the page's foot below the text, or `end`."""
    for i, text in enumerate(page.texts[last + 1 : end], last + 1):
        rule = rule_of(page, i) if _MAY_BE_FOOT.search(text) else None
        if rule and rule.name in FOOT_MARKS:
            return i
    return end


def rule_of(page: Lines, line: int) -> Rule | None:
    """The rule for a line; nothing but a link is a link whatever it says, as most lines are that
    stand below a text."""
    return match_line(page.texts[line]) if page.linked[line] < len(page.texts[line]) else None
