"""The text of a row in a listing, and the title in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from lxml import etree

from cqcrawler.reading.listing.row_dates import is_date_piece
from cqcrawler.reading.page.visibility import is_unseen
from cqcrawler.text.normalize import collapse, comparison_key
from cqcrawler.text.words import any_word

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINE_TAGS = _HEADINGS | {
    *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure"),
    *("figcaption", "footer", "header", "hr", "li", "main", "nav", "ol", "p", "section"),
    *("table", "tbody", "td", "th", "tr", "ul"),
}
_SPACE = re.compile(r"\s+")
_BETWEEN_FIGURES = re.compile(r"(?<=\d)\0(?=\d)")
_LONGEST_PIECE = 1000

_BADGE = re.compile(
    rf"[\[(（【]?{any_word('badge')}[\])）】]?",
    re.IGNORECASE,
)
# Set off from a title by brackets that mark it; 【视频】 and 【新】 may be of the title itself.
_MARK = re.compile(rf"^[\[(（]\s*{any_word('row_mark')}\s*[\])）]\s*(?=\S)", re.IGNORECASE)
# Links that say no more than that there is something to read.
_READ_MORE = re.compile(
    f"{any_word('read_verb')}?{any_word('read_object')}|{any_word('read_call')}"
)
_LONGEST_CALL = 12
_BULLET = re.compile(r"^[\s·•●○■□◆◇▪▫►▶>›»*※|-]+(?=\S)")
# A date at either end of the title, set off from it: by brackets, by white space or by its form.
_NUMERIC = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
_CHINESE = r"(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
_CLOCK = r"(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
_LEADING_DATE = re.compile(
    rf"(?:[\[(（【]\s*(?:{_NUMERIC}|{_CHINESE}){_CLOCK}\s*[\])）】]"
    rf"|{_NUMERIC}{_CLOCK}(?!\d)|{_CHINESE}{_CLOCK}\s)\s*(?=\S)"
)
_TRAILING_DATE = re.compile(
    rf"(?:\s*[\[(（【]\s*(?:{_NUMERIC}|{_CHINESE}){_CLOCK}\s*[\])）】]"
    rf"|\s*(?<!\d){_NUMERIC}{_CLOCK}|\s{_CHINESE}{_CLOCK})\s*$"
)


class Piece(NamedTuple):
    """A run of text without a tag inside: its line in the row, whether it stands inside the
    row's link, and whether inside a heading there."""

    text: str
    line: int
    linked: bool
    heading: bool


def pieces(
    element: etree._Element,
    link: etree._Element | None = None,
    without: frozenset[etree._Element] = frozenset(),
) -> Iterator[Piece]:
    """Yield the visible text of `element` in order; `without` are elements to leave out."""
    line = headings = 0
    linked = False
    left_out: etree._Element | None = None
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        started = event == "start"
        text = node.text if started else node.tail
        if started and (node in without or node.tag == "select" or is_unseen(node)):
            walk.skip_subtree()
            left_out, text = node, None
        elif node is not left_out:
            line += node.tag in _LINE_TAGS
            if node is link:
                linked = started
            if node.tag in _HEADINGS:
                headings += 1 if started else -1
        if not started and node is element:
            return
        if text and not text.isspace():
            shown = _SPACE.sub(" ", text[:_LONGEST_PIECE])
            yield Piece(shown, line, linked, headings > 0)


def lines(
    element: etree._Element, without: frozenset[etree._Element] = frozenset()
) -> Iterator[str]:
    """Yield the visible text of `element` line by line; `without` are elements to leave out.

    Figures of two elements are two figures: `页次1/4` and the page numbers behind it.
    """
    for _, group in groupby(pieces(element, without=without), key=lambda piece: piece.line):
        marked = "\0".join(piece.text for piece in group)
        yield collapse(_BETWEEN_FIGURES.sub(" ", marked).replace("\0", ""))


def visible_text(element: etree._Element, most_pieces: int) -> str:
    """Return the visible text of an element, or of its first pieces, on one line."""
    return collapse("".join(piece.text for piece in islice(pieces(element), most_pieces)))


def title_and_rest(linked: Sequence[Piece], attribute: str) -> tuple[str, list[str]]:
    """Split what stands inside a row's link into the title and the other texts.

    `attribute` is the link's `title` attribute: it holds the whole title where the text is cut.
    """
    noise = [_is_noise(linked, index) for index in range(len(linked))]
    candidates = _title_lines([p for p, bare in zip(linked, noise, strict=True) if not bare])
    shown, line = next((each for each in candidates if _letters(each[0]) >= 4), ("", 0))
    if not shown:
        shown, line = max(candidates, key=lambda each: len(each[0]), default=("", 0))
    title = _MARK.sub("", _whole_title(_BULLET.sub("", shown), attribute))
    return title, [
        piece.text.strip()
        for piece, bare in zip(linked, noise, strict=True)
        if bare or piece.line != line or piece.text.strip() not in title
    ]


def is_read_more(text: str) -> bool:
    """Whether a link's text is not the title of what it leads to but a call to read it."""
    if len(text) > _LONGEST_CALL:
        return False
    return not text or bool(_READ_MORE.fullmatch(comparison_key(text).strip("[]()<>.»›")))


def title_outside(outside: Sequence[Piece]) -> str:
    """Return the title of a row whose link does not hold it: the first line, or a heading."""
    shown = [piece for index, piece in enumerate(outside) if not _is_noise(outside, index)]
    return next((text for text, _ in _title_lines(shown) if _letters(text) >= 4), "")


def _title_lines(shown: list[Piece]) -> list[tuple[str, int]]:
    """Return the lines that may be the title, each with its number."""
    in_heading = [piece for piece in shown if piece.heading]
    groups = groupby(in_heading or shown, key=lambda piece: piece.line)
    return [(collapse("".join(piece.text for piece in group)), line) for line, group in groups]


def _is_noise(linked: Sequence[Piece], index: int) -> bool:
    """Whether a piece of the link's text is a date, a count or a badge, not title."""
    text = linked[index].text.strip()
    if is_date_piece(text) or (_BADGE.fullmatch(text) and not _is_cut_up(linked)):
        return True
    return text.isdigit() and _stands_beside_date_or_alone(linked, index)


def _is_cut_up(linked: Sequence[Piece]) -> bool:
    """Whether the text comes in single characters, as some sites print it against readers."""
    return sum(len(piece.text) for piece in linked) < 2 * len(linked)


def _stands_beside_date_or_alone(linked: Sequence[Piece], index: int) -> bool:
    around = [linked[i] for i in (index - 1, index + 1) if 0 <= i < len(linked)]
    line = linked[index].line
    return all(p.line != line for p in around) or any(is_date_piece(p.text.strip()) for p in around)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _whole_title(shown: str, attribute: str) -> str:
    if not attribute or "\n" in attribute.strip():
        return shown
    whole, key = collapse(attribute), comparison_key(shown.rstrip(" .…。"))
    if not key:
        return whole or shown
    if _letters(whole) and key in comparison_key(whole) and len(whole) >= len(shown.rstrip(".…")):
        return whole
    return shown


def split_edge_date(title: str) -> tuple[str, str]:
    """Split a date at the start or end of a title from it: (title, date), either may be empty."""
    for pattern in (_LEADING_DATE, _TRAILING_DATE):
        found = pattern.match(title) if pattern is _LEADING_DATE else pattern.search(title)
        if found and len(rest := title[: found.start()] + title[found.end() :]) >= 2:
            return rest.strip(), found[0]
    return title, ""
