"""The element tree as the lines that a reader sees, found in one walk.

A block is a run of inline content between two boundaries: the start or end of a block-level
element, or a line break. Whatever reads an article works on blocks and on the ranges of blocks
that elements span; nothing walks the tree again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

# What an element does to the line that is being gathered: plain numbers, since looking up the
# members of an enumeration for every element would double the time of the walk.
_INLINE, _LINK, _BLOCK, _HEADING, _PREFORMATTED, _BREAK, _SKIPPED = range(7)
# Elements that begin and end a line (HTML Living Standard, rendering), and the two that the
# UCAP system prints around a title and a body.
_ROLES = {
    **dict.fromkeys(
        "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form h5 h6 header hgroup html legend li main menu "
        "nav ol p search section summary table caption tbody thead tfoot tr td th ul "
        "ucapcontent".split(),
        _BLOCK,
    ),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "ucaptitle"), _HEADING),
    **dict.fromkeys(("pre", "listing", "plaintext", "xmp"), _PREFORMATTED),
    **dict.fromkeys(("br", "hr"), _BREAK),
    **dict.fromkeys(
        "script style noscript template head select datalist textarea button iframe frameset "
        "object embed svg math canvas video audio map noframes".split(),
        _SKIPPED,
    ),
    "a": _LINK,
}
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em|pt)?\s*(?:;|$)",
    re.IGNORECASE,
)
# A line break in the source between two wide characters is no space: CSS Text Module Level 3,
# segment break transformation rules.
_WIDE_CHARACTER = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
_LINE_BREAK = re.compile(r"\s*\n\s*")


_SPACED_LONGEST = 120

# The range of lines that a block-level element holds: (start, end), end exclusive.
Span = tuple[int, int]
# A link and the index of the block in which it begins.
Anchor = tuple[etree._Element, int]


@dataclass(slots=True, eq=False)
class Blocks:
    """The lines of a page in reading order, the spans of its elements (inner ones first), and
    its links.

    `texts` are the lines with white space collapsed; `linked` says, for each, how many of its
    characters stand inside links. They are parallel lists because a page has hundreds of lines.
    `plain` are the indices of the lines that are no links. `spaced` holds short lines of several
    inline elements again, with a space between these: labels, values and tags often have nothing
    but style sheets between them. `headings` are `h1` to `h4` and `ucaptitle` with
    their lines.
    """

    texts: list[str] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    plain: list[int] = field(default_factory=list)
    spaced: dict[int, str] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    headings: list[tuple[str, int, int]] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)

    def is_link(self, line: int) -> bool:
        """Say whether a line is a link rather than text with a link in it."""
        return self.linked[line] * 2 > len(self.texts[line])

    def add(self, pieces: list[str], linked: int, preformatted: int) -> None:
        """End a line: put its pieces together, and keep it unless it is blank."""
        raw = "".join(pieces)
        words = raw.split()
        if not words:
            return
        if preformatted and "\n" in raw:
            for line in raw.splitlines():
                self.add([line], linked, 0)
            return
        text = " ".join(words)
        if "\n" in raw and len(words) > 1:
            text = " ".join(_LINE_BREAK.sub(_segment_break, raw).split())
        if len(pieces) > 1 and len(text) <= _SPACED_LONGEST:
            self.spaced[len(self.texts)] = " ".join(" ".join(pieces).split())
        if linked * 2 <= len(text):
            self.plain.append(len(self.texts))
        self.texts.append(text)
        self.linked.append(min(linked, len(text)))


def _segment_break(match: re.Match[str]) -> str:
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() :][:1]
    return "" if _WIDE_CHARACTER.match(before) and _WIDE_CHARACTER.match(after) else " "


def read_blocks(root: etree._Element) -> Blocks:  # noqa: C901
    """Walk the tree once and return its visible lines.

    One loop with a stack of its own, since pages nest deeper than Python recurses, and next to
    no calls: a call for each element would cost as much as parsing the page.
    """
    blocks = Blocks()
    texts, spans, anchors = blocks.texts, blocks.spans, blocks.anchors
    gathered: list[str] = []
    linked = links = preformatted = 0
    # For each open element: the rest of its siblings, itself, its role, and its first line.
    opened: list[tuple[Iterator[etree._Element], etree._Element, int, int]] = []
    children: Iterator[etree._Element] = iter(root)
    role_of = _ROLES.get
    while True:
        element = next(children, None)
        if element is not None:
            role = role_of(element.tag, _INLINE)
            if gathered and _BLOCK <= role <= _BREAK:
                blocks.add(gathered, linked, preformatted)
                gathered.clear()
                linked = 0
            start = len(texts)
            if role == _LINK:
                links += 1
                anchors.append((element, start))
            elif role == _PREFORMATTED:
                preformatted += 1
            style = element.get("style") if role <= _PREFORMATTED else None
            if role <= _PREFORMATTED and not (
                (style and _HIDDEN_STYLE.search(style))
                or (role == _BLOCK and element.get("hidden") is not None)
            ):
                text = element.text
                if text:
                    if not text.isspace():
                        gathered.append(text)
                        if links:
                            linked += len(text)
                    elif gathered:
                        gathered.append(" ")
                if len(element):
                    opened.append((children, element, role, start))
                    children = iter(element)
                    continue
        elif opened:
            children, element, role, start = opened.pop()
        else:
            return blocks
        if _BLOCK <= role <= _PREFORMATTED:
            if gathered:
                blocks.add(gathered, linked, preformatted)
                gathered.clear()
                linked = 0
            if role == _PREFORMATTED:
                preformatted -= 1
            if len(texts) > start:
                spans.append((start, len(texts)))
                if role == _HEADING:
                    blocks.headings.append((element.tag, start, len(texts)))
        elif role == _LINK:
            links -= 1
        text = element.tail
        if text:
            if not text.isspace():
                gathered.append(text)
                if links:
                    linked += len(text)
            elif gathered:
                gathered.append(" ")
