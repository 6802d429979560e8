"""Which element holds the body.

Every line is weighed once: text that reads like sentences counts for the body, links and other
short lines against it. The score of an element is then a matter of three sums over its range of
lines: how much sentence text it holds, how pure it is, and how closely that text follows the
title. The best element is the container. All of it is linear in the number of lines and elements.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from itertools import accumulate, takewhile
from operator import sub
from typing import NamedTuple

from cqcrawler.reading.blocks import Blocks
from cqcrawler.reading.files import is_address, next_other_link
from cqcrawler.reading.headline import BESIDE_WEIGHT, WEAK, Headline, likeliest
from cqcrawler.reading.lookup import spans_around
from cqcrawler.reading.prose import is_sentence
from cqcrawler.reading.teasers import find_teasers
from cqcrawler.text.boilerplate import Scope, match_either, match_line, match_statement

# An element of pure sentences loses nothing; one that also holds as much furniture keeps 1/4.
_PURITY = 2.0
# Text that begins this many characters behind the title counts a quarter.
_GAP = 200.0
# A sentence with this much furniture between the title and it counts a quarter: comments follow.
_FURNITURE = 1000.0
# A run of lines is preferred to the best element inside it where that scores less than this share.
_FLAT = 0.75
# An element with this share of all sentences has no rival, unless it holds the title as well, and
# for its sentences this share of furniture.
_MOST, _LOOSE = 0.7, 1 / 3
# A line with so much of the sentences above it is no title by the labels below it alone.
_NEARLY_ALL = 0.8
# So little text, this far from the title (300 characters), is of the page: real short texts stand
# within half of that below their labels and share buttons.
_LITTLE = 400
_TOO_FAR = 0.4
_LAST_SENTENCES = 6
# What a line that is no sentence costs, and a character in a link, up to a title's length.
_SHORT_LINE_COST = 8
_LONGEST_LINK_COST = 30
# A sentence outside the element of title and text, of so many characters, counts as much.
_SOME, _BESIDE = 30, 0.25
# How many lines above its first sentence a body may begin.
LONGEST_HEAD = 12
_LONGEST_SUBTITLE = 3
# A line of labels that says when a notice was posted, or when something takes place.
_POSTING = re.compile(
    r"(?:19|20)\d\d.{0,9}\d.*(?:\d:\d\d|来源|作者|浏览|阅读|点击)|来源.*(?:19|20)\d\d"
)
_EVENT = re.compile("时间|日期|[^:：]{0,4}地点")
# What may head what readers say.
COMMENTS = re.compile(
    r"(?:网友|读者|用户|最新|最热|热门|全部|精彩|精选|所有|文章|发表|我要|我来|相关|共?\s?\d+\s?条)?"
    r"(?:评论|跟[帖贴]|留言|点评|回应|讨论)(?:列表|区)?[\W_]*(?:共?\d+[条\W_]*)?"
)
_CLOSING = frozenset((Scope.FOOT, Scope.LIST))
_NEIGHBOURS, _TOOLS = "previous/next", "page tools"


class Container(NamedTuple):
    """The lines `start` to `end` (exclusive) of the element that holds the body, and the first
    and last of them that read like sentences."""

    start: int
    end: int
    first: int
    last: int


def find_container(
    blocks: Blocks, headlines: Sequence[Headline], bylines: Set[int]
) -> Container | None:
    """Return the element that holds the body, or None where nothing reads like one.

    `bylines` are the indices of lines of labels, which are never body text themselves, and
    neither is the likeliest title, though it may read like a sentence.
    """
    no_text = set(find_teasers(blocks, bylines))
    if title := likeliest(headlines):
        no_text.discard(title.end)  # what follows the title of the page sums up no other notice
        no_text.update(title_lines(blocks, title, bylines))
    no_text.update(bylines)
    sentences = [i for i in blocks.plain if is_sentence(blocks.texts[i]) and i not in no_text]
    if title and is_sentence(title.text):  # tables of particulars state it as well
        sentences = [i for i in sentences if blocks.texts[i] != title.text]
    scores = _Scores(blocks, sentences, headlines)
    container = scores.best()
    if container and scores.mass(container.start, container.end) < _LITTLE:
        # So little text may be what the site says of itself on a page with next to no text.
        sentences = [i for i in sentences if not match_either(blocks.texts[i])]
        sentences = _above_closing_line(blocks, sentences, title, container)
        scores = _Scores(blocks, sentences, headlines)
        container = scores.best()
        if container and scores.nearness(container.first) < _TOO_FAR:
            return None
    elif container and (stated := _statements(blocks, sentences, container)):
        return _Scores(blocks, [i for i in sentences if i not in stated], headlines).best()
    return container


def _statements(blocks: Blocks, sentences: Sequence[int], container: Container) -> Set[int]:
    """What the site says of itself in the last sentences of a container: another element may
    hold the text without it."""
    start, end = (bisect_left(sentences, line) for line in (container.first, container.last + 1))
    last = sentences[max(end - _LAST_SENTENCES, start + 1) : end]
    return {i for i in last if match_statement(blocks.texts[i])}


def _above_closing_line(
    blocks: Blocks, sentences: list[int], title: Headline | None, container: Container
) -> list[int]:
    """Leave out what stands below a line that closes the notice, if a sentence stands above it."""
    above = bisect_left(sentences, title.end if title else 0)
    first = sentences[above] if above < len(sentences) else container.first
    for i in range(first + 1, container.first):
        if closes_notice(blocks, i):
            return sentences[: bisect_left(sentences, i)]
    return sentences


def closes_notice(blocks: Blocks, line: int) -> bool:
    """Say whether a line stands below a notice: its neighbours, who edited it, a list of others,
    the foot of the page. Codes to scan stand above texts too, and so do dates beside editors."""
    text = blocks.texts[line]
    rule = match_line(text)
    if rule is None or rule.name == _TOOLS:
        return False
    closes = rule.scope in _CLOSING and not blocks.is_link(line) and not _POSTING.search(text)
    return closes or rule.name == _NEIGHBOURS


def title_lines(blocks: Blocks, title: Headline, bylines: Set[int]) -> range:
    """The lines of a title and of subtitles between it and its labels; a whole sentence is one
    only above a line that says when and where the notice was posted."""
    below = range(title.end, min(title.end + _LONGEST_SUBTITLE, len(blocks.texts)))
    labels = next((i for i in below if i in bylines), title.end)
    alone = range(title.start, title.end)
    if labels == title.end or closes_notice(blocks, labels):
        return alone
    if any("。" in blocks.texts[i] for i in range(title.end, labels)):
        text = blocks.texts[labels]
        if _EVENT.match(text) or not _POSTING.search(text):
            return alone
        following = takewhile(
            lambda text: not COMMENTS.fullmatch(text),
            blocks.texts[labels + 1 : labels + LONGEST_HEAD],
        )
        if not any(map(is_sentence, following)):  # labels at the end of the notice
            return alone
    return range(title.start, labels)


class _Scores:
    """How well ranges of lines would do as the container: sums over prefix sums."""

    def __init__(
        self, blocks: Blocks, sentences: Sequence[int], headlines: Sequence[Headline]
    ) -> None:
        self.blocks = blocks
        self.sentences = sentences
        texts, linked = blocks.texts, blocks.linked
        lengths = list(map(len, texts))
        longest = _LONGEST_LINK_COST
        costs = [_SHORT_LINE_COST + (n if n < longest else longest) for n in lengths]
        for i in blocks.plain:
            costs[i] = _SHORT_LINE_COST
        for i, text in enumerate(texts):
            if text.isascii() and is_address(text):
                costs[i] = _SHORT_LINE_COST
        prose = [0] * len(texts)
        for i in sentences:
            costs[i], prose[i] = 0, lengths[i] - linked[i]
        self.weights = list(map(sub, prose, costs))
        self._prose = [0, *accumulate(prose)]
        self._costs = [0, *accumulate(costs)]
        self._lengths = [0, *accumulate(lengths)]
        good = max([WEAK, *(headline.weight / 2 for headline in headlines)])
        self._titles = [
            headline.end
            for headline in headlines
            if headline.weight >= good and not self._is_below_text(headline)
        ]
        top = self._costs[self._titles[0]] if self._titles else 0
        near = [0.0] * len(texts)
        own_end = self._own_end(likeliest(headlines))
        for i in sentences:
            near[i] = prose[i] / (1 + max(self._costs[i] - top, 0) / _FURNITURE) ** 2
            if i >= own_end:
                near[i] *= _BESIDE
        self._near = [0, *accumulate(near)]

    def _own_end(self, title: Headline | None) -> int:
        """Where the smallest element ends that holds the title and some text below it: beside it
        a site introduces itself, unless it holds no more than a summary."""
        if title:
            for _, end in spans_around(self.blocks, title.start, title.start):
                if self.mass(title.end, end) >= _SOME:
                    return end
        return len(self.weights)

    def _is_below_text(self, headline: Headline) -> bool:
        """Say whether nearly all sentences stand above what has no support but the labels below."""
        above = self._prose[headline.start]
        return headline.weight <= BESIDE_WEIGHT and above > _NEARLY_ALL * self._prose[-1]

    def mass(self, start: int, end: int) -> int:
        """The characters of sentences in the lines `start` to `end` (exclusive)."""
        return self._prose[end] - self._prose[start]

    def nearness(self, line: int) -> float:
        """How closely a line follows a good headline: 1 at once, towards 0 far from it."""
        if not self._titles:
            return 1.0
        above = bisect_right(self._titles, line)
        title = self._titles[above - 1] if above else None
        gap = 8 * _GAP if title is None else self._lengths[line] - self._lengths[title]
        return 1 / (1 + gap / _GAP)

    def score(self, start: int, end: int) -> float:
        """The mass of the sentences, less for what else there is and for a title far above."""
        near = self._near[end] - self._near[start]
        first = self.sentences[bisect_left(self.sentences, start)]
        purity: float = (near / (near + self._costs[end] - self._costs[start])) ** _PURITY
        return near * purity * self.nearness(first) ** 2

    def best(self) -> Container | None:
        """The element with the best score, or a run of lines without an element of its own."""
        best_score, start, end = 0.0, 0, 0
        prose = self._prose
        for span in dict.fromkeys(self.blocks.spans):
            # No score is greater than the mass.
            mass = prose[span[1]] - prose[span[0]]
            if mass > best_score and (score := self.score(*span)) > best_score:
                best_score, (start, end) = score, span
        if not end:
            return None
        loose = self._is_loose(start, end)
        if loose or self.mass(start, end) < _MOST * self._prose[-1]:
            run_start, run_end = self._best_run()
            within = run_start <= start and end <= run_end
            within = within or (loose and start <= run_start and run_end <= end)
            if within and self.score(start, end) < _FLAT * self.score(run_start, run_end):
                # Nothing but the next link says where such a notice ends.
                end = next_other_link(self.blocks, run_end, len(self.weights))
                start = run_start
        first = bisect_left(self.sentences, start)
        last = bisect_left(self.sentences, end) - 1
        while first < last and match_either(self.blocks.texts[self.sentences[first]]):
            first += 1
        return Container(start, end, self.sentences[first], self.sentences[last])

    def _is_loose(self, start: int, end: int) -> bool:
        """Say whether an element holds the title too, and much of the furniture of the page."""
        costs = self._costs[end] - self._costs[start]
        much = costs > _LOOSE * self.mass(start, end)
        return much and any(start < title <= end for title in self._titles)

    def _best_run(self) -> tuple[int, int]:
        """The range of lines with the greatest sum of weights: maximum subsequence
        segmentation (Pasternack and Roth, WWW 2009)."""
        best_sum = total = start = 0
        best = (0, 0)
        for i, weight in enumerate(self.weights):
            total += weight
            if total <= 0:
                total, start = 0, i + 1
            elif total > best_sum:
                best_sum, best = total, (start, i + 1)
        return best
