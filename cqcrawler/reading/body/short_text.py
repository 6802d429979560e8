"""Short lines that are text: bodies with few sentences or none, and what stands beside sentences.

Poems, tables, lists of names, a notice of a few words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Set
from itertools import islice

from cqcrawler.reading.body.container import title_lines
from cqcrawler.reading.body.items import find_items
from cqcrawler.reading.body.scores import Container
from cqcrawler.reading.body.teasers import find_teasers
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.page.link_lines import next_other_link
from cqcrawler.reading.title.candidate import TitleCandidate, likeliest
from cqcrawler.text.boilerplate import Scope, match_either, match_line
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.signatures import is_signed
from cqcrawler.text.words import any_word

# In characters: more text than this is no accident, wherever it stands.
_LITTLE = 600
# With so many links between the first lines below the title and the text, it is another text,
# unless it is so many times as long: a menu may stand between them.
_LINKS_BETWEEN, _MUCH_LONGER = 3, 12
# Links that print a page, share it or set the size of its letters do not count.
_TOOLS = ("page tools", "share bar", "site notice")
# In characters, what a link has that may be a title; and how many lines below the title are looked
# at.
_TITLE_LENGTH = 8
_REACH = 120
# In characters: less than this alone may be furniture; a line that recurs counts once.
_SHORTEST, _SHORTEST_SENTENCE = 12, 6
_ENDS = frozenset((Scope.FOOT, Scope.LIST, Scope.PAIR, Scope.STATEMENT))
_OF_LISTS = frozenset((Scope.HEADING, Scope.LIST, Scope.PAIR))
# Words of the foot of a page, of comments and of invitations, in lines that no rule knows.
_OF_PAGES = re.compile(any_word("of_pages", "comment"))
# Text without sentences begins no further below the labels, in characters.
_NEAR = 200
# In lines: how long the signature of a text is, which ends with a day.
_SIGNATURE = 5


def find_brief(
    page: Lines,
    candidates: Sequence[TitleCandidate],
    container: Container | None,
) -> Container | None:
    """Return the lines right below title and labels where the sentences of the page stand
    elsewhere (`container` holds the best of them), as a container of their own.

    They end with a link, or with what portals print below their notices.
    """
    title = likeliest(candidates)
    prose = _prose(page, container) if container else 0
    if title is None or prose > _LITTLE:
        return None
    if container and container.last < title.start:
        container = None  # it greets the visitors of the page, say, if there is more text below
    far = container.first if container else len(page.texts)
    start = title_lines(page, title).stop
    reach = range(start, min(far, start + _REACH))
    copies = {i for i in reach if page.texts[i] == title.text}
    no_text = page.label_lines | copies | set(find_teasers(page))
    runs = _runs(page, reach, no_text, _beside_title(page, title))
    lines = max(runs, key=lambda run: _mass(page, run))
    mass = _mass(page, lines)
    is_sentence = mass >= _SHORTEST_SENTENCE and page.texts[lines[-1]].endswith("。")
    if mass < _SHORTEST and not is_sentence:
        return None
    brief = Container(lines[0], lines[-1] + 1, lines[0], lines[-1])
    if container is None:
        return brief if mass > prose else None
    between = range(lines[-1] + 1, far)
    links = [i for i in between if page.is_link(i)]
    others = sum(not _is_tool(page.texts[i]) for i in links)
    parted = others >= _LINKS_BETWEEN or any(_heads_list(page, i) for i in between)
    if prose > (_MUCH_LONGER if parted else 1) * mass:
        return None
    if links:
        return brief
    end = widen(page, container, title).end
    return brief._replace(end=max(end, container.last + 1), last=container.last)


def widen(page: Lines, container: Container, title: TitleCandidate | None) -> Container:
    """Return the largest element around the container that adds neither a link nor the title
    above it, as far as the next link below: other short lines beside the sentences are rows of
    a table, verses or names."""
    start, end, spans = container.start, container.end, page.spans
    top = title.start if title else -1
    if (start, end) in spans:
        inner = spans.index((start, end))
    else:  # a range of lines, which may end below the element of its sentences
        inner, start, end = 0, container.first, container.last + 1
    for outer_start, outer_end in islice(spans, inner, None):
        if outer_start <= start and outer_end >= end:
            if outer_start <= top and (start, end) == container[:2]:
                end = _below_one_line(page, start, end, outer_end)
            if outer_start <= top or any(map(page.is_link, range(outer_start, start))):
                break
            start, end = outer_start, next_other_link(page, end, outer_end)
            if end < outer_end:
                break
    return container._replace(start=min(start, container.start), end=max(end, container.end))


def _below_one_line(page: Lines, start: int, end: int, outer_end: int) -> int:
    """Return where a text ends whose element also holds the title, when the best element in it
    is a paragraph: it goes on as far as the next link if there is a sentence or more text, and
    else as far as the day that signs it."""
    below = next_other_link(page, end, outer_end)
    is_paragraph = end - start == 1 and page.spans.count((start, end)) == 1
    rest = range(end, below) if is_paragraph else range(0)
    is_part = len(page.texts[start]) < _mass(page, rest)
    if is_part or any(reads_like_prose(page.texts[i]) for i in rest):
        return below
    return next((i + 1 for i in rest[:_SIGNATURE] if is_signed(page.texts[i])), end)


def _beside_title(page: Lines, title: TitleCandidate) -> range:
    """The lines below the title in the smallest element that holds it and more than labels, unless
    that is the whole page."""
    for start, end in page.spans_around(title.start, title.start):
        below = range(title.end, end)
        if any(i not in page.label_lines for i in below):
            links = sum(map(page.is_link, range(start, title.start)))
            return below if links < _LINKS_BETWEEN else range(0)
    return range(0)


def _runs(page: Lines, reach: range, no_text: Set[int], own: range) -> list[list[int]]:
    """The runs of lines without a link, as far as the next list of links, and without lines that
    match a rule. Labels and buttons may stand above a text, and who wrote it. An address or a
    telephone may be a text in the title's `own` element, and is the page's elsewhere."""
    runs: list[list[int]] = [[]]
    links = passed = 0
    cells: Collection[int] | None = None
    for i in reach:
        text = page.texts[i]
        above, passed = passed, passed + len(text)
        if page.is_link(i):
            links += len(text) >= _TITLE_LENGTH
            if links >= _LINKS_BETWEEN:
                break
            runs.append([])
            continue
        if not runs[-1] and (above > _NEAR or (i not in own and _OF_PAGES.search(text))):
            continue
        rule = match_either(text)
        if rule and rule.scope in _OF_LISTS:
            cells = find_items(page, reach) if cells is None else cells
            if i in cells and not page.is_link(i + 1):
                rule = None  # it heads a column of a table
        if rule and rule.scope in _ENDS and _mass(page, runs[-1]) >= _SHORTEST:
            break
        is_field = rule is not None and rule.scope is Scope.FIELD and i in own
        if i not in no_text and (not rule or is_field):
            runs[-1].append(i)
    return runs


def _heads_list(page: Lines, line: int) -> bool:
    """Whether a line heads a list of other notices, and the first of them follows."""
    rule = match_line(page.texts[line])
    return rule is not None and rule.scope is Scope.LIST and page.is_link(line + 1)


def _is_tool(text: str) -> bool:
    rule = match_line(text)
    return rule is not None and rule.name in _TOOLS


def _mass(page: Lines, lines: Sequence[int]) -> int:
    return sum(map(len, {page.texts[i] for i in lines}))


def _prose(page: Lines, container: Container) -> int:
    """The characters of sentences in a container, counted a little beyond `_LITTLE`."""
    prose = 0
    for line in page.texts[container.first : container.last + 1]:
        if reads_like_prose(line):
            prose += len(line)
            if prose > _LITTLE:
                break
    return prose
