"""How well the elements of a page would do as the one that holds the body.

Every line is weighed once: text that reads like sentences counts for the body, links and other
short lines against it. The score of an element is then a matter of three sums over its range of
lines: how much sentence text it holds, how pure it is, and how closely that text follows the
title. All of it is linear in the number of lines and elements.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, islice
from operator import itemgetter, sub
from typing import NamedTuple

from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.page.link_lines import is_address, next_other_link
from cqcrawler.reading.title.candidate import BESIDE_WEIGHT, WEAK, TitleCandidate, likeliest
from cqcrawler.text.boilerplate import match_either

# An exponent: an element of pure sentences loses nothing, one that also holds as much furniture
# keeps 1/4.
_PURITY = 2.0
# Text that begins this many characters behind the title counts a quarter.
_GAP = 200.0
# A sentence with furniture of this cost between the title and it counts a quarter: so far down
# stand comments.
_FURNITURE = 1000.0
# A run of lines is preferred to the best element inside it where that scores less than this share.
_FLAT = 0.75
# An element with this share of all sentences has no rival, unless it holds the title as well and
# furniture whose cost is this share of its sentences.
_MOST, _LOOSE = 0.7, 1 / 3
# With this share of the sentences above it, a line is not the title if only labels below it say so.
_NEARLY_ALL = 0.8
# In characters of sentences: what a line that is no sentence costs, and what a link costs at most
# beside that, which is its length.
_SHORT_LINE_COST = 8
_LONGEST_LINK_COST = 30
_SHORTEST_ADDRESS = 10
# Beside the element that holds the title and so many characters of sentences, a sentence counts
# this part of itself.
_SOME, _BESIDE = 30, 0.25
_END_OF = itemgetter(1)


class Container(NamedTuple):
    """The lines `start` to `end` (exclusive) of the element that holds the body, and the first
    and last of them that read like sentences."""

    start: int
    end: int
    first: int
    last: int


class Scores:
    """How well ranges of lines would do as the container: sums over prefix sums."""

    def __init__(
        self, page: Lines, sentences: Sequence[int], candidates: Sequence[TitleCandidate]
    ) -> None:
        self.page = page
        self.sentences = sentences
        texts, linked = page.texts, page.linked
        lengths = list(map(len, texts))
        costs = [_SHORT_LINE_COST] * len(texts)
        for i in set(range(len(texts))).difference(page.plain):
            length = lengths[i]
            if length < _SHORTEST_ADDRESS or not is_address(texts[i]):
                costs[i] += length if length < _LONGEST_LINK_COST else _LONGEST_LINK_COST
        prose = [0] * len(texts)
        for i in sentences:
            costs[i], prose[i] = 0, lengths[i] - linked[i]
        self.weights = list(map(sub, prose, costs))
        self._prose = [0, *accumulate(prose)]
        self._costs = [0, *accumulate(costs)]
        self._lengths = [0, *accumulate(lengths)]
        good = max([WEAK, *(title.weight / 2 for title in candidates)])
        self._titles = [
            title.end
            for title in candidates
            if title.weight >= good and not self._is_below_text(title)
        ]
        top = self._costs[self._titles[0]] if self._titles else 0
        near = [0.0] * len(texts)
        own_end = self._own_end(likeliest(candidates))
        for i in sentences:
            near[i] = prose[i] / (1 + max(self._costs[i] - top, 0) / _FURNITURE) ** 2
            if i >= own_end:
                near[i] *= _BESIDE
        self._near = [0, *accumulate(near)]

    def _own_end(self, title: TitleCandidate | None) -> int:
        """Where the smallest element ends that holds the title and some text below it: beside it
        a site introduces itself, unless it holds no more than a summary."""
        if title:
            for _, end in self.page.spans_around(title.start, title.start):
                if self.mass(title.end, end) >= _SOME:
                    return end
        return len(self.weights)

    def _is_below_text(self, title: TitleCandidate) -> bool:
        """Whether nearly all sentences stand above what has no support but the labels below."""
        above = self._prose[title.start]
        return title.weight <= BESIDE_WEIGHT and above > _NEARLY_ALL * self._prose[-1]

    def mass(self, start: int, end: int) -> int:
        """The characters of sentences in the lines `start` to `end` (exclusive)."""
        return self._prose[end] - self._prose[start]

    def nearness(self, line: int) -> float:
        """How closely a line follows a likely title: 1 right below it, towards 0 far from it."""
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
        if not self.sentences:
            return None
        prose, spans = self._prose, self.page.spans
        above = bisect_right(spans, self.sentences[0], key=_END_OF)
        for begin, stop in islice(spans, above, None):
            # No score is greater than the mass.
            mass = prose[stop] - prose[begin]
            if mass > best_score and (score := self.score(begin, stop)) > best_score:
                best_score, start, end = score, begin, stop
        if not end:
            return None
        loose = self._is_loose(start, end)
        if loose or self.mass(start, end) < _MOST * self._prose[-1]:
            run_start, run_end = self._best_run()
            within = run_start <= start and end <= run_end
            within = within or (loose and start <= run_start and run_end <= end)
            if within and self.score(start, end) < _FLAT * self.score(run_start, run_end):
                # Only the next link says where such a notice ends.
                end = next_other_link(self.page, run_end, len(self.weights))
                start = run_start
        first = bisect_left(self.sentences, start)
        last = bisect_left(self.sentences, end) - 1
        while first < last and match_either(self.page.texts[self.sentences[first]]):
            first += 1
        return Container(start, end, self.sentences[first], self.sentences[last])

    def _is_loose(self, start: int, end: int) -> bool:
        """Whether an element holds the title too, and much of the furniture of the page."""
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
