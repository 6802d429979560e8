"""The lines that may be the title, with all that speaks for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.title.candidate import (
    BESIDE_WEIGHT,
    CLOSE,
    HEADING_LENGTH,
    LONGEST,
    OWNERS,
    SHORTEST,
    SITES,
    TitleCandidate,
    stands_above_labels,
    whole_title,
)
from cqcrawler.reading.title.from_head import (
    Statement,
    goes_on,
    heads_labels,
    stated_lines,
    words_before_site,
)
from cqcrawler.reading.title.from_labels import lines_beside_labels, named_lines, opening_lines
from cqcrawler.text.outline import is_numbered
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.words import any_word, word_list

_HEADINGS = {"h1": 22.0, "h2": 19.0, "h3": 16.0, "h4": 13.0, "ucaptitle": 22.0}
# Authors cut these in two.
_SPLIT = ("h1", "h2")
_LINKED = _SITE = 0.3
_PAPERS = word_list("paper")
# What heads a list of other notices or of comments.
_OF_LIST = re.compile(
    f"{any_word('related', 'further', 'other_notices')}{any_word('notice_name')}.{{0,4}}"
    f"|{any_word('comment', 'message')}.{{0,4}}"
)
# What heads the answer to a letter, above labels of its own.
_REPLY = re.compile(any_word("reply"))
# This many links without a sentence between two copies of a title are the menus of the page.
_MENU = 5


def find_candidates(page: Lines, head: Statement) -> list[TitleCandidate]:
    """Return the lines that may be the title, in page order.

    A line may be the title because the head of the page states it, because it is a heading, or
    because it stands beside lines of labels. A link is seldom the title of the page that it
    stands on, unless it is a heading and just what the head states.
    """
    candidates: dict[int, TitleCandidate] = {}
    headings = [line for line in _heading_lines(page, head) if line.start not in page.label_lines]
    stated = [*stated_lines(page, head), *words_before_site(page, head.parts)]
    silent = not any(map(partial(_names_notice, page, head), stated))
    own = {line.start for line in headings if line.text == head.title}
    for line in (
        *lines_beside_labels(page, head.own, silent),
        *headings,
        *stated,
    ):
        # What speaks for a single line of a title of several speaks for all of it.
        known = [candidates.pop(i) for i in range(line.start, line.end) if i in candidates]
        is_link = line.start not in own and page.is_link(line.start)
        weight = line.weight * (_LINKED if is_link else 1)
        if line.origin != "title tag" and head.is_name(line.text, SITES):
            weight *= _SITE
        weight += sum(other.weight for other in known)
        text = next((h.text for h in known if goes_on(h, line)), line.text)
        candidates[line.start] = TitleCandidate(text, line.start, line.end, weight, line.origin)
    if not head.title or head.title.endswith(_PAPERS):
        for line in opening_lines(page):
            candidates.setdefault(line.start, line)
    if silent:
        for line in named_lines(page):
            rival = candidates.get(line.start, line)
            if rival.text.endswith(line.text):  # but for its label
                candidates[line.start] = line._replace(weight=max(line.weight, rival.weight))
    return _without_bar(page, [candidates[start] for start in sorted(candidates)])


def _names_notice(page: Lines, head: Statement, line: TitleCandidate) -> bool:
    """Whether the head states more in a line than names of papers, sites and their columns."""
    return not page.is_link(line.start) and not head.is_name(line.text, (*OWNERS, *_PAPERS))


def _heading_lines(page: Lines, head: Statement) -> Iterator[TitleCandidate]:
    known = 0
    for tag, start, end in page.headings:
        # Some hold the labels below the title as well.
        end = next((i for i in range(start + 1, end) if i in page.label_lines), end)
        if end - start <= 3 and start >= known:
            alone = tag in _SPLIT and end == start + 1
            if alone and head.names.isdisjoint(page.texts[start : start + 2]):
                start, end = whole_title(page, start)
            known = end
            end = next((i for i in range(start + 1, end) if i in page.label_lines), end)
            text = " ".join(page.texts[start:end])
            least = SHORTEST if len(text) >= SHORTEST or not stands_above_labels(page, end) else 2
            heads = _OF_LIST.fullmatch(text) or (is_numbered(text) and not head.states(text))
            if least <= len(text) <= LONGEST and not heads:
                weight = _heading_weight(page, head, tag, text, end)
                yield TitleCandidate(text, start, end, weight, "heading")


def _heading_weight(page: Lines, head: Statement, tag: str, text: str, end: int) -> float:
    """What a heading weighs that ends above the line `end`."""
    weight = _HEADINGS[tag] * min(len(text) / HEADING_LENGTH, 1)
    is_short = len(text) < HEADING_LENGTH and not _REPLY.match(text)
    if is_short and heads_labels(page, head, text, end):
        weight += BESIDE_WEIGHT  # other short lines above labels may be tags
    below = range(end, end + 2)
    if below.stop <= len(page.texts) and all(map(page.is_link, below)):
        weight *= _LINKED  # it heads a list of links
    return weight


def _without_bar(page: Lines, candidates: list[TitleCandidate]) -> list[TitleCandidate]:
    """Leave out a title that a bar above the menus of the page shows too, far from its text."""
    if len({title.text for title in candidates}) == len(candidates):
        return candidates
    last = {title.text: title for title in candidates if _is_labelled(page, title)}
    return [
        title
        for title in candidates
        if (copy := last.get(title.text, title)).start <= title.start
        or not _are_menus(page, range(title.end, copy.start))
    ]


def _is_labelled(page: Lines, title: TitleCandidate) -> bool:
    return any(i in page.label_lines for i in range(title.end, title.end + CLOSE))


def _are_menus(page: Lines, lines: range) -> bool:
    links = sum(map(page.is_link, lines))
    return links >= _MENU and not any(reads_like_prose(page.texts[i]) for i in lines)
