"""The lines that may be the title, with all that speaks for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from cqcrawler.reading.page.head import Metadata
from cqcrawler.reading.page.lines import Blocks
from cqcrawler.reading.title.choice import (
    BESIDE_WEIGHT,
    CLOSE,
    HEADING_LENGTH,
    LONGEST,
    OWNERS,
    SHORTEST,
    SITES,
    Headline,
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
# So many links without a sentence between two copies of a title are the menus of the page.
_MENU = 5


def find_headlines(blocks: Blocks, metadata: Metadata, bylines: Set[int]) -> list[Headline]:
    """Return the lines that may be the title, in page order.

    A line may be the title because the head of the page states it, because it is a heading, or
    because it stands beside lines of labels (`bylines`, their indices). A link is seldom the
    title of the page that it stands on, unless it is a heading and just what the head states.
    """
    candidates: dict[int, Headline] = {}
    headings = [line for line in _heading_lines(blocks, bylines) if line.start not in bylines]
    stated, parts = stated_title(metadata), title_parts(metadata)
    own = {line.start for line in headings if line.text == stated}
    for line in (
        *lines_beside_labels(blocks, bylines, {stated, *parts}),
        *headings,
        *stated_lines(blocks, metadata.title_tag, stated, bylines),
        *words_before_site(blocks, parts[0], bylines),
    ):
        # What speaks for a single line of a title of several speaks for all of it.
        known = [candidates.pop(i) for i in range(line.start, line.end) if i in candidates]
        is_link = line.start not in own and blocks.is_link(line.start)
        weight = line.weight * (_LINKED if is_link else 1)
        names = OWNERS if line.origin == "title tag" else SITES
        weight *= _SITE if line.text.endswith(names) else 1
        weight += sum(other.weight for other in known)
        text = next((h.text for h in known if goes_on(h, line)), line.text)
        candidates[line.start] = Headline(text, line.start, line.end, weight, line.origin)
    if not stated or stated.endswith(_PAPERS):
        for line in opening_lines(blocks, bylines):
            candidates.setdefault(line.start, line)
    if not stated or stated.endswith((*OWNERS, *_PAPERS)):
        for line in (*named_lines(blocks), *short_lines(blocks, bylines)):
            rival = candidates.get(line.start, line)
            if rival.text.endswith(line.text):  # but for its label
                candidates[line.start] = line._replace(weight=max(line.weight, rival.weight))
    return _without_bar(blocks, [candidates[start] for start in sorted(candidates)], bylines)


def _heading_lines(blocks: Blocks, bylines: Set[int]) -> Iterator[Headline]:
    for tag, start, end in blocks.headings:
        if end - start <= 3:
            text = " ".join(blocks.texts[start:end])
            if SHORTEST <= len(text) <= LONGEST and not _OF_LIST.fullmatch(text):
                weight = _HEADINGS[tag] * min(len(text) / HEADING_LENGTH, 1)
                is_reply = _REPLY.match(text) is not None
                if len(text) < HEADING_LENGTH and end in bylines and not is_reply:
                    weight += BESIDE_WEIGHT  # other short lines above labels may be tags
                below = range(end, end + 2)
                if below.stop <= len(blocks.texts) and all(map(blocks.is_link, below)):
                    weight *= _LINKED  # it heads a list of links
                yield Headline(text, start, end, weight, "heading")


def _without_bar(blocks: Blocks, headlines: list[Headline], bylines: Set[int]) -> list[Headline]:
    """Leave out a title that a bar above the menus of the page shows too, far from its text."""
    if len({headline.text for headline in headlines}) == len(headlines):
        return headlines
    last = {headline.text: headline for headline in headlines if _is_labelled(headline, bylines)}
    return [
        headline
        for headline in headlines
        if (copy := last.get(headline.text, headline)).start <= headline.start
        or not _are_menus(blocks, range(headline.end, copy.start))
    ]


def _is_labelled(headline: Headline, bylines: Set[int]) -> bool:
    return any(i in bylines for i in range(headline.end, headline.end + CLOSE))


def _are_menus(blocks: Blocks, lines: range) -> bool:
    links = sum(map(blocks.is_link, lines))
    return links >= _MENU and not any(reads_like_prose(blocks.texts[i]) for i in lines)
