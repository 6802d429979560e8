"""The element that a page marks as the one of its text, where nothing else tells a body.

Reading looks at no names of classes: where a page has text to judge by, marks change nothing that
we could measure, and empty or misplaced ones exist. They serve pages whose few words read like the
furniture around a notice that is but an image.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, takewhile
from operator import itemgetter

from cqcrawler.reading.layout import Layout
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.lines import Lines, read_lines
from cqcrawler.reading.page.tokens import name_of, read_attributes
from cqcrawler.text.boilerplate import match_line
from cqcrawler.text.words import word_list

# What content management systems put round a text: Hanweb's comments and meta tags, as one
# element; elements of UCAP and of HTML; identifiers and classes of TRS, UCAP, Hanweb, VSB, others.
_MARKER = re.compile(
    r"<!--\s{0,3}<\$\[信息内容\]>(?P<comment>begin|end)\s{0,3}-->"
    r"""|<meta\s{1,3}name\s?=\s?["']?Content(?P<meta>Start|End)["']?\s{0,3}/?>""",
    re.IGNORECASE,
)
_SELF_EVIDENT, _NAMED = ("article", "ucapcontent"), ("div", "td", "section")
_NAMES = frozenset(word_list("body_element"))
# Text further below the title, in characters, is that of another notice.
_NEAR = 300


def marked_body(document: Document, layout: Layout) -> range | None:
    """Return the lines of the marked element that holds the first text close below the title, or
    None where there are only links, labels and lines of the page in such elements."""
    top = layout.title.end if layout.title else 0
    before = accumulate(map(len, layout.texts[top:]), initial=0)
    near = takewhile(
        lambda line: line[1] <= _NEAR, zip(range(top, len(layout.texts)), before, strict=False)
    )
    texts = [i for i, _ in near if _is_text(layout, i)]
    bodies = [
        range(max(lines.start, top), lines.stop) for lines in _marked_lines(document, layout.page)
    ]
    holding = (
        (texts[first], len(body), body)
        for body in bodies
        if (first := bisect_left(texts, body.start)) < len(texts) and texts[first] < body.stop
    )
    return min(holding, key=itemgetter(0, 1), default=(0, 0, None))[2]


def _is_text(layout: Layout, line: int) -> bool:
    text = layout.texts[line]
    title = layout.title.text if layout.title else ""
    is_furniture = layout.page.is_link(line) or line in layout.page.label_lines or text == title
    return not is_furniture and not match_line(text)


def _marked_lines(document: Document, page: Lines) -> Iterator[range]:
    """The ranges of lines in marked elements."""
    if _MARKER.search(document.text):
        page = read_lines(_MARKER.sub(_as_element, document.text), document.shown)
    return (lines for _, lines in page.elements_where(is_marked))


def _as_element(match: re.Match[str]) -> str:
    which = (match["comment"] or match["meta"]).lower()
    return "<ucapcontent>" if which in ("begin", "start") else "</ucapcontent>"


def is_marked(tag: str) -> bool:
    """Whether a tag marks its element as the text."""
    name = name_of(tag)
    if name not in _NAMED:
        return name in _SELF_EVIDENT
    stated = read_attributes(tag)
    names = f"{stated.get('id', '')} {stated.get('class', '')}".lower().split()
    return not _NAMES.isdisjoint(names)
