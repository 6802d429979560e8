"""The lines that may be the title, with all that speaks for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cqcrawler.reading.page.head import Metadata
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
)
from cqcrawler.reading.title.from_head import (
    goes_on,
    stated_lines,
    stated_title,
    title_parts,
    words_before_site,
)
from cqcrawler.reading.title.from_labels import (
    lines_beside_labels,
    named_lines,
    opening_lines,
    short_lines,
)
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.words import any_word, word_list

_HEADINGS = {"h1": 22.0, "h2": 19.0, "h3": 16.0, "h4": 13.0, "ucaptitle": 22.0}
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


def find_candidates(page: Lines, metadata: Metadata) -> list[TitleCandidate]:
    """Return the lines that may be the title, in page order.

    A line may be the title because the head of the page states it, because it is a heading, or
    because it stands beside lines of labels. A link is seldom the title of the page that it
    stands on, unless it is a heading and just what the head states.
    """
    candidates: dict[int, TitleCandidate] = {}
    headings = [line for line in _heading_lines(page) if line.start not in page.label_lines]
    stated, parts = stated_title(metadata), title_parts(metadata)
    own = {line.start for line in headings if line.text == stated}
    for line in (
        *lines_beside_labels(page, {stated, *parts}),
        *headings,
        *stated_lines(page, metadata.title_tag, stated),
        *words_before_site(page, parts[0]),
    ):
        # What speaks for a single line of a title of several speaks for all of it.
        known = [candidates.pop(i) for i in range(line.start, line.end) if i in candidates]
        is_link = line.start not in own and page.is_link(line.start)
        weight = line.weight * (_LINKED if is_link else 1)
        names = OWNERS if line.origin == "title tag" else SITES
        weight *= _SITE if line.text.endswith(names) else 1
        weight += sum(other.weight for other in known)
        text = next((h.text for h in known if goes_on(h, line)), line.text)
        candidates[line.start] = TitleCandidate(text, line.start, line.end, weight, line.origin)
    if not stated or stated.endswith(_PAPERS):
        for line in opening_lines(page):
            candidates.setdefault(line.start, line)
    if not stated or stated.endswith((*OWNERS, *_PAPERS)):
        for line in (*named_lines(page), *short_lines(page)):
            rival = candidates.get(line.start, line)
            if rival.text.endswith(line.text):  # but for its label
                candidates[line.start] = line._replace(weight=max(line.weight, rival.weight))
    return _without_bar(page, [candidates[start] for start in sorted(candidates)])


def _heading_lines(page: Lines) -> Iterator[TitleCandidate]:
    for tag, start, end in page.headings:
        if end - start <= 3:
            text = " ".join(page.texts[start:end])
            if SHORTEST <= len(text) <= LONGEST and not _OF_LIST.fullmatch(text):
                weight = _HEADINGS[tag] * min(len(text) / HEADING_LENGTH, 1)
                is_reply = _REPLY.match(text) is not None
                if len(text) < HEADING_LENGTH and end in page.label_lines and not is_reply:
                    weight += BESIDE_WEIGHT  # other short lines above labels may be tags
                below = range(end, end + 2)
                if below.stop <= len(page.texts) and all(map(page.is_link, below)):
                    weight *= _LINKED  # it heads a list of links
                yield TitleCandidate(text, start, end, weight, "heading")


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
