"""Labels such as `所属地区:重庆`, whatever elements the label and its value stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from cqcrawler.reading.page.lines import Lines
from cqcrawler.text.dates import first_date, parse_date
from cqcrawler.text.traditional import fold, spellings
from cqcrawler.text.words import any_word, word_list

# Field -> the groups of names that portals print for it. `None` are labels whose values we do not
# keep, but which end the value before them.
_NAMES: dict[str | None, tuple[str, ...]] = {
    "region": ("label_region",),
    "published": (
        *("label_publishing", "label_document_date", "label_either_date", "label_published"),
        "date_noun",
    ),
    "source": ("label_source", "source"),
    "other date": ("label_validity", "label_letter_date"),
    "author": ("label_author", "author"),
    "tags": ("label_tags",),
    "section": ("label_section",),
    None: ("label_tool", "label_unkept"),
}
_FIELDS = {name: field for field, groups in _NAMES.items() for name in word_list(*groups)}
_STRONG_LENGTH = 4
_CLOSING = " 】])）"
_BEFORE_DIVIDER = {*_CLOSING, *(name[-1] for name in _FIELDS)}
# These need no colon where an element of their own begins the line.
_LEADING = frozenset(name for name in _FIELDS if len(name) >= 3)
# Page tools end a value even where they follow it without a space.
_TOOLS = frozenset(word_list("label_tool"))
_MAX_LINE = 300
_NAME_REACH = 12
_BEGINS_TEXT = re.compile(r"^\u200b?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、．.]\D|[:：]$")
_LONGEST_BELOW, _LONGEST_COUNT = 40, 8
_LENGTHS = sorted({len(name) for name in _FIELDS}, reverse=True)
_COLONS = ":：∶﹕︰"
# What divides a label from its value: a colon, or the bracket of 【来源】重庆日报.
# The engine can search for the first letter, which is much quicker than for the choices.
_DIVIDER = re.compile(
    rf"[{_COLONS}】\]|｜丨]"
    rf"(?:(?<=[{_COLONS}])|(?<=[】\]])(?=\s*[^\s{_COLONS}【\[])|(?<=[源者处][|｜丨])(?=\S))"
)
# Some sites print their labels in English too: 来源 Source：重庆日报.
_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])[ /（(]?[A-Za-z][A-Za-z ]{1,16}[)）]?\s?$")
# These words belong to the label that they stand before.
_QUALIFIER = re.compile(f"{any_word('label_qualifier')}$")
# What ends in a word for a region, with others before it, may be the label of one: 项目地区:.
_OF_PLACE = re.compile(rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,4}}{any_word('region_noun')}\s?$")
_PLACE_REACH = 9
# These names are read without a colon too: the long ones where the value proves itself, the
# short ones with space all round.
_UNMARKED = re.compile(
    rf"(?:^|(?<=\s))(?:{any_word('label_qualifier')}?"
    rf"(所属地区|所在地区|[\u4e00-\u9fff]{{2}}{any_word('date_noun')}(?=\s*(?:19|20)\d\d))"
    rf"\s*|({any_word('source', 'author')})\s+(?![A-Za-z ]+[{_COLONS}]))(?=[^\s{_COLONS}】])"
)
# What lines with labels have in them: a divider, or the beginning of a name that needs none.
_MARK = re.compile(rf"[{_COLONS}】\]{''.join(map(spellings, '所日时来作发'))}]")
_AROUND = "【】[]()（）:：∶"
_BARE_INITIALS = frozenset(_AROUND).union(*(spellings(name[0]) for name in _FIELDS))
_UNMARKED_INITIALS = frozenset("所发来作")
_HAN = re.compile("[\u4e00-\u9fff]")
_EDGES = " |丨｜/\\-—·•,，;；【[「(（)）]】」　"
_SPACES = re.compile(r"\s")
_SHORTEST_TITLE = 8
# How many of the elements that end below a label are looked at for the smallest around it.
_ELEMENTS_AROUND = 100
# An index number, the number of a document.
_NUMBER = re.compile(r"[〔\[（(]\d{4}[〕\]）)]第?\d+号$")
_CODE = re.compile(rf"[A-Za-z\d/_.-]+|[\u4e00-\u9fff]{{1,10}}{_NUMBER.pattern}")
_FIGURE = re.compile(r"[\d一二三四五六七八九十]")


class Label(NamedTuple):
    """A label with its value.

    `field` is the field of an article, `name` the label as we know it, `value` what is printed
    behind it, `line` the index of the line with the label, `sure` is False where no colon
    divides label and value, so that the value has to prove itself. So it has where the field is
    "place": no label that we know, but what looks like that of a region.
    """

    field: str
    name: str
    value: str
    line: int
    sure: bool


# What pages link word by word, and names, which end where any label begins, known or not.
_LINKED = frozenset(("tags", "section"))
_OF_PEOPLE = frozenset(("source", "author"))
_WITHOUT_COUNT = frozenset(("source", "author", "region"))
# How often a page was read, behind the picture of an eye.
_COUNT = re.compile(rf"(?<![(（])\s(?:{any_word('count')}\w{{0,2}}\s?)?\d{{1,7}}$")
# What a reader may do with the page, and how many have: 我要评论(0).
_CONTROL = re.compile(rf"\s(?:{any_word('beside_source', 'behind_source')})\W?\d{{0,7}}\W?$")
_NEXT_LABEL = re.compile(rf"\s(?=[\u4e00-\u9fff]{{2,8}}\s?[{_COLONS}])")


def read_labels(page: Lines, start: int, end: int) -> list[Label]:
    """Return the labels in the lines `start` to `end` (exclusive), in reading order."""
    found: list[Label] = []
    for index in range(max(start, 0), min(end, len(page.texts))):
        text = page.texts[index]
        labels = list(_labels_of_line(page, index, page.spaced.get(index, text)))
        links = _link_texts(page, index) if labels and page.linked[index] else []
        for label in labels:
            value = label.value if label.field in _LINKED else _without_links(label.value, links)
            value = _NEXT_LABEL.split(value, 1)[0] if label.field in _OF_PEOPLE else value
            if label.field in _WITHOUT_COUNT:
                value = _CONTROL.sub("", _COUNT.sub("", value))
            found.append(label._replace(value=_printed(value, text)))
    return found


def _link_texts(page: Lines, line: int) -> list[str]:
    return [text for anchor in page.anchors_in(line, line + 1) if (text := page.text_of(anchor))]


def _without_links(value: str, links: Sequence[str]) -> str:
    """A value without the links behind it: many a page prints its column there."""
    for link in reversed(links):
        own = value.removesuffix(link)
        if own != value and own.endswith(" ") and own.strip(_EDGES):
            value = own.strip(_EDGES)
    return value


def _printed(value: str, text: str) -> str:
    """Undo the spaces that only stand for the ends of inline elements, unless one of them keeps a
    date apart from the number behind it."""
    joined = _SPACES.sub("", value)
    if joined not in text or (first_date(value) and not first_date(joined)):
        return value
    return joined


def has_label(text: str) -> bool:
    """Whether a line carries a label, of a field or of page furniture."""
    text = fold(text)
    for divider in _DIVIDER.finditer(text):
        if _named(text, divider):
            return True
    if text.partition(" ")[0] in _LEADING:
        return True
    return text[:1] in _UNMARKED_INITIALS and _UNMARKED.match(text) is not None


def _named(text: str, divider: re.Match[str]) -> tuple[str, int] | None:
    """Return the label's name before a divider, and where it starts."""
    end = divider.start()
    if text[end - 1 : end].isascii() and (gloss := _GLOSS.search(text, 0, end)):
        end = gloss.start()
    named = _name_before(text, end)
    if named and divider[0] in "】]":
        start = named[1]
        return named if text[max(start - 1, 0)] in "【[" else None
    return named


def _name_before(text: str, end: int) -> tuple[str, int] | None:
    """Return the label's name that ends at `end`, and where it starts; spaces may divide it.

    A short name also ends other words (`资金来源`), so it needs a boundary before it.
    """
    if text[end - 1 : end] not in _BEFORE_DIVIDER:
        return None
    compact = "".join(text[max(end - _NAME_REACH, 0) : end].rstrip(_CLOSING).split())
    for length in _LENGTHS:
        name = compact[-length:]
        if name in _FIELDS:
            start = end
            for character in reversed(name):
                start = text.rindex(character, 0, start)
            whole = length >= _STRONG_LENGTH or name in _TOOLS
            if whole or start == 0 or not _HAN.match(text[start - 1]):
                return name, start
    return None


def bare_label(text: str) -> str | None:
    """Return the label's name if a line is nothing but a label, as in a table's first column."""
    if len(text) > 2 * _NAME_REACH or text[0] not in _BARE_INITIALS:
        return None
    name = _SPACES.sub("", fold(text)).strip(_AROUND)
    return name if name in _FIELDS else None


def label_at_end(text: str) -> str | None:
    """Return the label's name if a line ends in one, so that its value must stand below it."""
    if text[-1] in _COLONS and (named := _name_before(fold(text), len(text.rstrip(_COLONS + " ")))):
        return named[0]
    return bare_label(text)


def field_before(text: str) -> tuple[str, str | None]:
    """Return the label in which a text ends, and its field; "" where it ends in none."""
    ended = text.rstrip(_COLONS + " ")
    named = _name_before(fold(text), len(ended)) if ended else None
    return (named[0], _FIELDS[named[0]]) if named else ("", None)


def may_be_value(page: Lines, label: int, name: str, line: int) -> bool:
    """Whether a line below a label may be its value, and no title below an empty one.

    A sentence, a salutation, the number of a document or a heading begins the text; a date has
    figures; below labels that we do not keep stands nothing but a count, a name or a code; and
    what may be a title stands in the smallest element of several lines around the label.
    """
    text, field = page.texts[line], _field(name)
    if _BEGINS_TEXT.search(text) or "。" in text:
        return False
    if _NUMBER.search(text) and not name.endswith("号"):
        return False
    if has_label(fold(page.texts[label]).rstrip(_COLONS + " ").removesuffix(name)):
        return False  # labels before it have their values in the line
    if field in ("published", "other date") and not _may_date(text):
        return False
    if line == label + 1 and len(text) >= _SHORTEST_TITLE and not _is_beside(page, label):
        return False
    return len(text) <= (_LONGEST_BELOW if field or _CODE.fullmatch(text) else _LONGEST_COUNT)


def _may_date(text: str) -> bool:
    """Whether a line may be a date: a title has figures too."""
    is_short = len(text) < _SHORTEST_TITLE and _FIGURE.search(text) is not None
    return is_short or first_date(text) is not None or parse_date(text) is not None


def _is_beside(page: Lines, label: int) -> bool:
    """Whether the line below a label belongs to the same row, list or paragraph."""
    around = page.spans_around(label, label, _ELEMENTS_AROUND)
    return next((end > label + 1 for start, end in around if end > start + 1), True)


def end_around(page: Lines, first: int, last: int) -> int:
    """Return where the smallest element ends that holds the lines `first` to `last` and more
    below them: the values of labels stand in the same list or table."""
    around = page.spans_around(first, last + 1, _ELEMENTS_AROUND)
    return next((end for _, end in around), len(page.texts))


def _labels_of_line(page: Lines, index: int, text: str) -> Iterator[Label]:
    if len(text) > _MAX_LINE:
        return
    if (name := bare_label(text)) is not None:
        yield from _label(name, _value_below(page, index, name), index, True)
        return
    marks = sorted(_marks(fold(text))) if _MARK.search(text) else []
    for (_, after, name, sure), following in zip_longest(marks, marks[1:]):
        end = following[0] if following else len(text)
        value = text[after:end].strip(_EDGES)
        if not value and end == len(text):
            value = _value_below(page, index, name)
        yield from _label(name, value, index, sure)


def _marks(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """The labels of a line: start of the name, start of the value, name, and if a colon stands
    between them."""
    for divider in _DIVIDER.finditer(text):
        if named := _named(text, divider):
            name, start = named
            qualifier = _QUALIFIER.search(text, 0, start)
            yield qualifier.start() if qualifier else start, divider.end(), name, True
        elif place := _OF_PLACE.search(text[: divider.start()], divider.start() - _PLACE_REACH):
            yield place.start(), divider.end(), place[0].strip(), False
    leading = text.partition(" ")[0]
    if leading in _LEADING:
        yield 0, len(leading), leading, True
    for match in _UNMARKED.finditer(text, len(leading) if leading in _LEADING else 0):
        if (name := match[1] or match[2]) in _FIELDS:
            yield match.start(), match.end(), name, match[2] is not None


def _label(name: str, value: str, index: int, sure: bool) -> Iterator[Label]:
    field = _field(name)
    if field is not None and value:
        yield Label(field, name, value, index, sure)


def _field(name: str) -> str | None:
    return _FIELDS.get(name, "place")


def _value_below(page: Lines, index: int, name: str) -> str:
    """The value of a label that ends its line is the next line that is no label itself.

    A row of labels stands above a row of values: the third of three has the third line below.
    """
    lines = page.texts
    first = last = index
    while first > 0 and bare_label(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and bare_label(lines[last + 1]):
        last += 1
    below = last + 1 + (index - first)
    if below >= end_around(page, first, last) or not may_be_value(page, index, name, below):
        return ""
    return "" if has_label(lines[below]) else lines[below].strip(_EDGES)
