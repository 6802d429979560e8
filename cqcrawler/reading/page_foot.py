"""Where the page's foot begins with who runs the site, and where one is to turn.

Its registration and copyright are known by their words. What stands above them may be said of an
event or a notice too, so that it is known by where it stands: in an element with them and without
a sentence of the text, or in elements like theirs and unlike those of the sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cqcrawler.reading.body.blocks import Block, blocks_around
from cqcrawler.reading.body.flow import Flow
from cqcrawler.reading.page.lines import Lines
from cqcrawler.text.boilerplate import FOOT_MARKS, Scope, match_line
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.signatures import is_signed
from cqcrawler.text.words import any_word

# The name of the rule, which readers of the archive see.
FOOT = "page foot"

# In lines: so far above the mark may the text end, with links between, and so long is a foot.
_NEAR, _LONGEST = 4, 6
_OF_PAGES = re.compile(any_word("of_pages"))


def without_foot(page: Lines, text: Flow) -> Flow:
    """Return a text without the lines at its end that belong to the page's foot."""
    foot = _foot_lines(page, text.lines) if text.lines else ()
    if not foot:
        return text
    lines = text.lines[: -len(foot)]
    left_out = dict(text.left_out) | dict.fromkeys(foot, FOOT)
    return text._replace(lines=lines, left_out=left_out)


def _foot_lines(page: Lines, lines: Sequence[int]) -> Sequence[int]:
    last = lines[-1]
    below = range(last + 1, min(last + 1 + _NEAR, len(page.texts)))
    mark = next((i for i in below if _is_mark(page.texts[i])), None)
    if mark is None:
        return ()
    return _in_element(page, lines, mark) or _in_like_elements(page, lines, mark)


def _is_mark(text: str) -> bool:
    rule = match_line(text)
    return rule is not None and rule.name in FOOT_MARKS


def _in_element(page: Lines, lines: Sequence[int], mark: int) -> Sequence[int]:
    """The last lines of a text that share an element with the mark, if they are few and none is of
    a text; what stands in an element of several lines beside the mark may be the notice's."""
    element = next(blocks_around(page, lines[-1], mark), None)
    if element is None:
        return ()
    foot = [i for i in lines[-_LONGEST - 1 :] if i >= element.start]
    if not 0 < len(foot) <= min(_LONGEST, len(lines) - 1):
        return ()
    texts = [page.texts[i] for i in foot]
    if any(map(_is_of_text, texts)) or not any(map(_OF_PAGES.search, texts)):
        return ()
    return foot if all(_stands_alone(page, i, element) for i in foot) else ()


def _is_of_text(text: str) -> bool:
    rule = match_line(text)
    is_file = rule is not None and rule.scope is Scope.ATTACHMENT
    return is_file or is_signed(text) or reads_like_prose(text)


def _stands_alone(page: Lines, line: int, element: Block) -> bool:
    """Whether no element of several lines holds a line within an element."""
    around = (block for block in blocks_around(page, line, line) if block.end - block.start > 1)
    block = next(around, element)
    return (block.start, block.end) == (element.start, element.end)


def _in_like_elements(page: Lines, lines: Sequence[int], mark: int) -> Sequence[int]:
    """The last lines of a text that say who runs a site, in elements like that of the mark; no
    other line stands in one."""
    tag = _own_tag(page, mark)
    others = (n for n, i in enumerate(reversed(lines)) if _own_tag(page, i) != tag)
    count = next(others, len(lines))
    above, foot = lines[: len(lines) - count], lines[len(lines) - count :]
    if any(_own_tag(page, i) == tag for i in above):
        return ()
    return foot if all(_says_who(page.texts[i]) for i in foot) else ()


def _says_who(text: str) -> bool:
    rule = match_line(text)
    return rule is not None and rule.scope is Scope.BESIDE_FOOT


def _own_tag(page: Lines, line: int) -> str:
    """The tag of the element that a line has for itself."""
    own = next(blocks_around(page, line, line), None)
    return own.tag if own and own.end - own.start == 1 else ""
