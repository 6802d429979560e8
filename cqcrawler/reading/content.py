"""Which lines are the body.

Every line is weighed once: text that reads like sentences counts for the body, links and other
short lines against it. The score of an element is then a matter of three sums over its range of
lines: how much sentence text it holds, how pure it is, and how closely that text follows the
title. The best element is the container; its head and tail are cut where the notice begins and
ends. All of it is linear in the number of lines and elements.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from itertools import accumulate, takewhile
from operator import sub
from typing import NamedTuple

from cqcrawler.reading.blocks import Blocks
from cqcrawler.reading.bylines import POSTED
from cqcrawler.reading.headline import WEAK, Headline, likeliest
from cqcrawler.reading.prose import is_sentence
from cqcrawler.reading.tags import TOPIC, tag_words
from cqcrawler.reading.teasers import find_teasers
from cqcrawler.text.boilerplate import line_key, match_line, match_statement

# An element of pure sentences loses nothing; one that also holds as much furniture keeps 1/4.
_PURITY = 2.0
# Text that begins this many characters behind the title counts a quarter.
_GAP = 200.0
# A sentence with this much furniture between the title and it counts a quarter: comments follow.
_FURNITURE = 1000.0
# A run of lines is preferred to the best element inside it where that scores less than this share.
_FLAT = 0.75
# An element with this share of all sentences has no rival.
_MOST = 0.7
# So little text, this far from the title (300 characters), is of the page: real short texts stand
# within half of that below their labels and share buttons.
_LITTLE = 400
_TOO_FAR = 0.4
# What a line that is no sentence costs, and a character in a link, up to a title's length.
_SHORT_LINE_COST = 8
_LONGEST_LINK_COST = 30
# How many lines above its first sentence a body may begin.
_LONGEST_HEAD = 12
# Labels begin within so many lines below the title, and lie no further apart than this.
_LONGEST_PARTICULARS = 10
_PARTICULARS_GAP = 3
_MOST_TAGS = 10
_LONGEST_SUBTITLE = 3
_POSTING = re.compile(
    r"(?:19|20)\d\d.{0,9}\d.*(?:\d:\d\d|来源|作者|浏览|阅读|点击)|来源.*(?:19|20)\d\d"
)
_EVENT = re.compile("时间|日期|[^:：]{0,4}地点")
# Such a line below the text names the list of links that follows.
LIST_HEADING = re.compile(
    "^(?:热门|相关|推荐|最新|更多|其[他它]|猜你|精彩|延伸|大家都在|您?可能).{0,8}$|^.{2,6}(?:推荐|排行|阅读)$"
)


# Such a line, with a link among so many from it on and hardly a comment's length above that,
# heads what readers say.
_COMMENTS = re.compile(
    r"(?:网友|读者|用户|最新|最热|热门|全部|精彩|精选|所有|文章|发表|我要|我来|相关)?"
    r"(?:评论|跟[帖贴]|留言|点评)(?:列表|区)?[\W_]*(?:共?\d+[条\W_]*)?"
)
_LONGEST_COMMENTS_HEADING = 12
_FIRST_COMMENT, _COMMENT_LENGTH = 6, 80


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
    scores = _Scores(blocks, sentences, headlines)
    container = scores.best()
    if container and scores.mass(container.start, container.end) < _LITTLE:
        # So little text may be what the site says of itself on a page with next to no text.
        sentences = [i for i in sentences if not _is_boilerplate(blocks.texts[i])]
        scores = _Scores(blocks, sentences, headlines)
        container = scores.best()
        if container and scores.nearness(container.first) < _TOO_FAR:
            return None
    return container


def _is_boilerplate(text: str) -> bool:
    return bool(match_line(line_key(text)) or match_statement(text))


def title_lines(blocks: Blocks, title: Headline, bylines: Set[int]) -> range:
    """The lines of a title and of subtitles between it and its labels; a whole sentence is one
    only above a line that says when and where the notice was posted."""
    below = range(title.end, min(title.end + _LONGEST_SUBTITLE, len(blocks.texts)))
    labels = next((i for i in below if i in bylines), title.end)
    is_text = any("。" in blocks.texts[i] for i in range(title.end, labels))
    text = blocks.texts[labels] if is_text else ""
    if is_text and (_EVENT.match(text) or not _POSTING.search(text)):
        return range(title.start, title.end)
    following = takewhile(
        lambda text: not _COMMENTS.fullmatch(text),
        blocks.texts[labels + 1 : labels + _LONGEST_HEAD],
    )
    if is_text and not any(map(is_sentence, following)):  # labels at the end of the notice
        return range(title.start, title.end)
    return range(title.start, labels)


def find_body(
    blocks: Blocks,
    container: Container,
    headline: Headline | None,
    bylines: Set[int],
) -> range:
    """Cut the container where the notice begins, below its title and labels, and where it ends."""
    top = headline.end if headline and headline.end <= container.first else container.start
    particulars = _below_labels(blocks, top, container.first, bylines)
    container = _above_comments(blocks, container)
    posted = {i for i in bylines if i > container.last and POSTED.match(blocks.texts[i])}
    return range(_begin(blocks, container, particulars), _end(blocks, container, posted))


def _above_comments(blocks: Blocks, container: Container) -> Container:
    """Cut the container where comments of readers follow the text in the same element."""
    for i in range(container.first + 1, container.end):
        if len(blocks.texts[i]) <= _LONGEST_COMMENTS_HEADING and _heads_comments(blocks, i):
            above = range(min(i - 1, container.last), container.first, -1)
            last = next((j for j in above if is_sentence(blocks.texts[j])), container.first)
            return container._replace(end=i, last=last)
    return container


def _heads_comments(blocks: Blocks, line: int) -> bool:
    if not _COMMENTS.fullmatch(blocks.texts[line]):
        return False
    below = range(line, min(line + _FIRST_COMMENT, len(blocks.texts)))
    link = next(filter(blocks.is_link, below), None)
    return link is not None and sum(map(len, blocks.texts[line + 1 : link])) <= _COMMENT_LENGTH


def _below_labels(blocks: Blocks, top: int, first: int, bylines: Set[int]) -> int:
    """Return the line below the labels and tags that follow the title's end `top`, or `first`."""
    top = _tags_end(blocks, top, first)
    top = _particulars_end(top, first, bylines)
    return _tags_end(blocks, top, first)


def _particulars_end(top: int, first: int, bylines: Set[int]) -> int:
    """Return the end of the labels below the title, over tags and subtitles between them."""
    end, reach = top, top + _LONGEST_PARTICULARS
    for i in range(top, first):
        if i >= reach:
            break
        if i in bylines:
            end, reach = i + 1, i + 1 + _PARTICULARS_GAP
    return end


def _tags_end(blocks: Blocks, top: int, first: int) -> int:
    """Return the end of the tags from `top` on; without a topic among them, words on lines of
    their own may as well be headings or verses, and many words a list of names."""
    end = top
    tags: list[str] = []
    while end < first and (words := tag_words(blocks, end)):
        end += 1
        tags += words
    are_tags = end - top < len(tags) <= _MOST_TAGS or any(map(TOPIC.search, tags))
    return end if are_tags else top


def _begin(blocks: Blocks, container: Container, particulars: int) -> int:
    """Go up from the first sentence over headings and short lines, as far as the labels.

    A link on the way says that what lies above belongs to the page; short lines outside the
    container belong to the notice only if they lead up to its labels without one.
    """
    begin = container.first
    for i in range(container.first - 1, particulars - 1, -1):
        if blocks.linked[i]:
            return begin
        if i >= container.start or is_sentence(blocks.texts[i]):
            begin = i
    return particulars if container.first - particulars <= _LONGEST_HEAD else begin


def _end(blocks: Blocks, container: Container, posted: Set[int]) -> int:
    """Go down from the last sentence over short lines such as a signature, as far as a link or a
    line that says when the text was posted."""
    last = end = container.last + 1
    while end < container.end and not blocks.is_link(end) and end not in posted:
        end += 1
    while end > last and LIST_HEADING.search(blocks.texts[end - 1]):
        end -= 1
    return end


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
        prose = [0] * len(texts)
        for i in sentences:
            costs[i], prose[i] = 0, lengths[i] - linked[i]
        self.weights = list(map(sub, prose, costs))
        self._prose = [0, *accumulate(prose)]
        self._costs = [0, *accumulate(costs)]
        self._lengths = [0, *accumulate(lengths)]
        good = max([WEAK, *(headline.weight / 2 for headline in headlines)])
        self._titles = [headline.end for headline in headlines if headline.weight >= good]
        top = self._costs[self._titles[0]] if self._titles else 0
        near = [0.0] * len(texts)
        for i in sentences:
            near[i] = prose[i] / (1 + max(self._costs[i] - top, 0) / _FURNITURE) ** 2
        self._near = [0, *accumulate(near)]

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
        if self.mass(start, end) < _MOST * self._prose[-1]:
            run_start, run_end = self._best_run()
            within = run_start <= start and end <= run_end
            if within and self.score(start, end) < _FLAT * self.score(run_start, run_end):
                # Nothing but the next link says where such a notice ends.
                below = range(run_end, len(self.weights))
                end = next((i for i in below if self.blocks.is_link(i)), len(self.weights))
                start = run_start
        first = bisect_left(self.sentences, start)
        last = bisect_left(self.sentences, end) - 1
        while first < last and match_statement(self.blocks.texts[self.sentences[first]]):
            first += 1
        return Container(start, end, self.sentences[first], self.sentences[last])

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
