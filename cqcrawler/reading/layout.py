"""What stands where on a page: head, body and foot of the notice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from cqcrawler.reading.body.container import find_container
from cqcrawler.reading.body.extent import find_body
from cqcrawler.reading.body.flow import Flow, no_text, without_links
from cqcrawler.reading.body.items import find_items
from cqcrawler.reading.body.short_text import find_brief, widen
from cqcrawler.reading.labels.event_times import without_second_days
from cqcrawler.reading.labels.label_lines import with_label_lines
from cqcrawler.reading.labels.labels import Label, read_labels
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.exclusion import marked_lines
from cqcrawler.reading.page.head import Metadata, read_metadata
from cqcrawler.reading.page.lines import Lines, read_lines
from cqcrawler.reading.page_foot import without_foot
from cqcrawler.reading.title.candidate import TitleCandidate
from cqcrawler.reading.title.candidates import find_candidates
from cqcrawler.reading.title.choice import choose_title
from cqcrawler.reading.title.from_head import Statement, read_statement

# In lines. Labels stand near the notice: a table of particulars above the title, a line below the
# body.
_ABOVE, _BELOW = 15, 15
# 返回某某，查看更多, at the end of a paragraph.
_LINK_ON = re.compile(r"返回[\u4e00-\u9fff]{2,6}[，,]\s?查看更多$")


@dataclass(frozen=True)
class Layout:
    """The lines of a page and how they divide.

    `statement` is what the head of the page states of the title, which is None where no line
    serves as one. `text` are the lines of the body and why
    others in its column are none; `body` is the range of the former. `head` are the lines from a
    little above the title to the body, `foot` those behind it. `labels` come in the order of their
    worth: those between title and body, above the title, below the body. `is_brief` says
    that the body is the short lines below title and labels, not the element of most sentences,
    `is_given` that the portal's file says where it is.
    """

    page: Lines
    metadata: Metadata
    statement: Statement
    title: TitleCandidate | None
    head: range
    text: Flow
    foot: range
    labels: tuple[Label, ...]
    is_brief: bool = False
    is_given: bool = False

    @property
    def texts(self) -> Sequence[str]:
        return self.page.texts

    @property
    def body(self) -> range:
        lines = self.text.lines
        return range(lines[0], lines[-1] + 1) if lines else range(0)

    @cached_property
    def paragraphs(self) -> Sequence[str]:
        lines = self.text.lines
        return [self._without_link_on(i) if i == lines[-1] else self.texts[i] for i in lines]

    @property
    def items(self) -> Mapping[int, int]:
        """The paragraphs that are cells of a table or items of a list, by their positions, with
        the number of it; looked for only where two paragraphs are the same."""
        if len(set(self.paragraphs)) == len(self.paragraphs):
            return MappingProxyType({})
        items, lines = find_items(self.page, self.body), self.text.lines
        return MappingProxyType({i: items[line] for i, line in enumerate(lines) if line in items})

    def _without_link_on(self, line: int) -> str:
        """The text of a line without a link at its end that leads back to the site."""
        text = self.texts[line]
        link = _LINK_ON.search(text) if self.page.linked[line] else None
        return text[: link.start()].rstrip() if link else text

    @property
    def below_title(self) -> tuple[str, range]:
        """The title and the lines between it and the body."""
        if self.title is None:
            return "", range(0)
        return self.title.text, range(self.title.end, self.head.stop)

    def labelled(self, field: str) -> list[Label]:
        """Return the labels of one field, the best first."""
        return [label for label in self.labels if label.field == field]

    def with_body(self, body: range) -> Layout:
        """The same lines with other ones for the body."""
        head = range(self.head.start, max(body.start, self.head.start))
        lines = without_links(self.page, body)
        end = max(body.stop, self.text.end)
        foot = range(body.stop, len(self.texts))
        return replace(self, head=head, text=Flow(lines, {}, end), foot=foot)


def read_layout(document: Document, *, has_marks: bool = False) -> Layout:
    """Read the page's lines once and divide them; `has_marks` says that the elements of its text
    are marked (see `page.exclusion`)."""
    page = with_label_lines(read_lines(document.text, document.shown))
    metadata = read_metadata(page, document.text)
    head = read_statement(page, metadata)
    candidates = find_candidates(page, head)
    given = marked_lines(page) if has_marks else []
    container = None if given else find_container(page, candidates)
    brief = None if given else find_brief(page, candidates, container)
    container = brief or container
    first = given[0].start if given else container.first if container else None
    title = choose_title(page, candidates, first)
    if container:
        container = widen(page, container, title)
    if title and container:
        page = without_second_days(page, title.end, container.start, container.first)
    text = find_body(page, container, title) if container else no_text(page, title)
    text = _given_text(page, given) if given else without_foot(page, text)
    count = len(page.texts)
    begin = text.lines[0] if text.lines else None
    title_end = title.end if title else max((begin or 0) - _ABOVE, 0)
    above = max((title.start if title else title_end) - _ABOVE, 0)
    head_end = min(title_end + _BELOW, count) if begin is None else begin
    foot = range(text.lines[-1] + 1 if text.lines else head_end, count)
    labels = (
        *read_labels(page, title_end, head_end),
        *read_labels(page, above, title_end),
        *read_labels(page, foot.start, foot.start + _BELOW),
    )
    labels = tuple(label for label in labels if label.line not in page.event_times)
    lines = range(above, head_end)
    is_brief = brief is not None
    is_given = bool(given)
    return Layout(page, metadata, head, title, lines, text, foot, labels, is_brief, is_given)


def _given_text(page: Lines, given: Sequence[range]) -> Flow:
    """Return the lines of the elements that hold the text, but for links to other pages."""
    lines = [line for element in given for line in without_links(page, element)]
    return Flow(lines, {}, given[-1].stop)
