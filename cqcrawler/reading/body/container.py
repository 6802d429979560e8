"""Which element holds the body.

Every element is scored by the sentences in it. Which lines count as such is decided here: neither
title, labels and summaries of other notices, nor what the site says of itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from itertools import takewhile

from cqcrawler.reading.body.scores import Container, Scores
from cqcrawler.reading.body.teasers import find_teasers
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.title.candidate import TitleCandidate, likeliest
from cqcrawler.text.boilerplate import Scope, match_either, match_line, match_statement
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.words import any_word

# Fewer characters of sentences than this, with less nearness than this (from 300 characters below
# the title on), are the page's own: real short texts stand within half of that below their labels
# and share buttons.
_LITTLE = 400
_TOO_FAR = 0.4
# How many sentences at the end of a container may be what the site says of itself.
_LAST_SENTENCES = 6
# How many lines above its first sentence a body may begin.
LONGEST_HEAD = 12
_LONGEST_SUBTITLE = 3  # lines
# A line of labels that says when a notice was posted, or when something takes place.
_POSTING = re.compile(
    rf"(?:19|20)\d\d.{{0,9}}\d.*(?:\d:\d\d|{any_word('source', 'author', 'count')})"
    rf"|{any_word('source')}.*(?:19|20)\d\d"
)
_EVENT = re.compile(f"{any_word('date_noun')}|[^:：]{{0,4}}地点")
# What may head what readers say.
COMMENTS = re.compile(
    rf"(?:{any_word('comment_heading')}|[共已]?有?\s?\d+\s?[条人])?"
    rf"{any_word('comment', 'message', 'remark')}"
    r"(?:列表|区)?[\W_]*(?:共?\d+[条\W_]*)?"
)
_CLOSING = frozenset((Scope.FOOT, Scope.LIST))
NEIGHBOURS, _TOOLS = "previous/next", "page tools"


def find_container(page: Lines, candidates: Sequence[TitleCandidate]) -> Container | None:
    """Return the element that holds the body, or None where nothing reads like one.

    Lines of labels are never body text themselves, and neither is the likeliest title, though
    it may read like a sentence.
    """
    no_text = set(find_teasers(page))
    if title := likeliest(candidates):
        no_text.discard(title.end)  # what follows the title of the page sums up no other notice
        no_text.update(title_lines(page, title))
    no_text.update(page.label_lines)
    sentences = [i for i in page.plain if reads_like_prose(page.texts[i]) and i not in no_text]
    if title and reads_like_prose(title.text):  # tables of particulars state it as well
        sentences = [i for i in sentences if page.texts[i] != title.text]
    scores = Scores(page, sentences, candidates)
    container = scores.best()
    if container and scores.mass(container.start, container.end) < _LITTLE:
        # So little text may be what the site says of itself on a page with next to no text.
        sentences = [i for i in sentences if not match_either(page.texts[i])]
        sentences = _above_closing_line(page, sentences, title, container)
        scores = Scores(page, sentences, candidates)
        container = scores.best()
        if container and scores.nearness(container.first) < _TOO_FAR:
            return None
    elif container and (stated := _statements(page, sentences, container)):
        return Scores(page, [i for i in sentences if i not in stated], candidates).best()
    return container


def _statements(page: Lines, sentences: Sequence[int], container: Container) -> Set[int]:
    """What the site says of itself in the last sentences of a container: another element may
    hold the text without it."""
    start, end = (bisect_left(sentences, line) for line in (container.first, container.last + 1))
    last = sentences[max(end - _LAST_SENTENCES, start + 1) : end]
    return {i for i in last if match_statement(page.texts[i])}


def _above_closing_line(
    page: Lines, sentences: list[int], title: TitleCandidate | None, container: Container
) -> list[int]:
    """Leave out what stands below a line that closes the notice, if a sentence stands above it."""
    above = bisect_left(sentences, title.end if title else 0)
    first = sentences[above] if above < len(sentences) else container.first
    for i in range(first + 1, container.first):
        if closes_notice(page, i):
            return sentences[: bisect_left(sentences, i)]
    return sentences


def closes_notice(page: Lines, line: int) -> bool:
    """Whether a line stands below a notice: its neighbours, who edited it, a list of others,
    the foot of the page. Codes to scan stand above texts too, and so do dates beside editors."""
    text = page.texts[line]
    rule = match_line(text)
    if rule is None or rule.name == _TOOLS:
        return False
    closes = rule.scope in _CLOSING and not page.is_link(line) and not _POSTING.search(text)
    return closes or rule.name == NEIGHBOURS


def names_neighbour(text: str) -> bool:
    """Whether a line names the previous or the next notice of its section."""
    rule = match_line(text)
    return rule is not None and rule.name == NEIGHBOURS


def title_lines(page: Lines, title: TitleCandidate) -> range:
    """The lines of a title and of subtitles between it and its labels; a whole sentence is one
    only above a line that says when and where the notice was posted."""
    below = range(title.end, min(title.end + _LONGEST_SUBTITLE, len(page.texts)))
    labels = next((i for i in below if i in page.label_lines), title.end)
    alone = range(title.start, title.end)
    if labels == title.end or closes_notice(page, labels):
        return alone
    if any("。" in page.texts[i] for i in range(title.end, labels)):
        text = page.texts[labels]
        if _EVENT.match(text) or not _POSTING.search(text):
            return alone
        following = takewhile(
            lambda text: not COMMENTS.fullmatch(text),
            page.texts[labels + 1 : labels + LONGEST_HEAD],
        )
        if not any(map(reads_like_prose, following)):  # labels at the end of the notice
            return alone
    return range(title.start, labels)
