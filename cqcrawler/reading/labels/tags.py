"""Tags: a labelled list, or lines of short words below the title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from cqcrawler.reading.labels.labels import Label, bare_label
from cqcrawler.reading.page.evidence import Found, found
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.page.tokens import name_of, read_attributes
from cqcrawler.text.boilerplate import Scope, match_line
from cqcrawler.text.dates import parse_date
from cqcrawler.text.normalize import count_han
from cqcrawler.text.outline import is_numbered
from cqcrawler.text.words import any_word, word_list

# How a word looks: names and classes of its tags.
Look = tuple[tuple[str, str], ...]
_TAG = re.compile(r"(?!\d+$)[\u4e00-\u9fffA-Za-z0-9]{2,8}")
# Short words that stand below a title too: page tools, and who wrote the text.
_NO_TAGS = frozenset(word_list("page_tool", "writer", "correspondent", "role"))
# How the topics end that portals tag notices with (制造业, 招商项目, 高质量发展).
TOPIC = re.compile(f"{any_word('topic')}$")
# In characters: the longest line of short words; in words: the most tags that a notice has.
_LONGEST_ROW, _MOST_TAGS = 40, 10
_CELL = re.compile("t[dh]|d[dt]")
_NO_PAGE, _SENT_ALONG = (
    re.compile("#|javascript:", re.IGNORECASE),
    re.compile(r"[=/]https?(?::|%3A)"),
)
# `3天前` is a date whatever the day is.
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_LIST_SEPARATOR = re.compile(r"[\s,，、;；|/]+")


def tag_words(page: Lines, line: int) -> list[str]:
    """Return the words of a line that holds nothing but tags; none for any other line."""
    if is_numbered(page.texts[line]):
        return []
    words = page.spaced.get(line, page.texts[line]).split(" ")
    return words if all(map(_is_tag, words)) else []


def _is_tag(word: str) -> bool:
    return bool(_TAG.fullmatch(word)) and word not in _NO_TAGS and not bare_label(word)


def find_tags(
    page: Lines, labels: Sequence[Label], title: str, below_title: range
) -> tuple[tuple[str, ...], Found | None]:
    """Return the tags and the evidence for them; `below_title` are the lines down to the text."""
    for label in labels:
        words = [word for word in _LIST_SEPARATOR.split(label.value) if word]
        if label.sure and words:
            return tuple(dict.fromkeys(words)), found("", f"label {label.name}", label.value, 0.95)
    rows = (run for run in _runs(page, title, below_title) if _are_tags(page, run))
    tags = tuple(dict.fromkeys(word for run in rows for i in run for word in tag_words(page, i)))
    return tags, found("", "below title", " ".join(tags), 0.8) if tags else None


def _runs(page: Lines, title: str, below_title: range) -> Iterator[range]:
    """The runs of short lines that stand right below the title, its copies and labels."""
    i = below_title.start
    while i < below_title.stop:
        end = i
        while end < below_title.stop and _is_short(page, end) and page.texts[end] != title:
            end += 1
        if end > i:
            yield range(i, end)
        while end < below_title.stop and not (end in page.label_lines or page.texts[end] == title):
            end += 1
        i = end + 1


def _is_short(page: Lines, line: int) -> bool:
    return line not in page.label_lines and len(page.texts[line]) <= _LONGEST_ROW


def _are_tags(page: Lines, run: range) -> bool:
    """Whether all lines of a run are tags: equal elements, all of them links to pages or none.

    One tool among them makes the run a bar of tools, one that is marked or leads to a place on the
    page a bar of tabs; cells belong to a table; what stands right above links heads their list.
    """
    words = [word for i in run for word in tag_words(page, i)]
    if not all(tag_words(page, i) for i in run) or len(words) > _MOST_TAGS:
        return False
    if len(words) == 1 and not TOPIC.search(words[0]):
        return False
    if not count_han("".join(words)) or any(map(_is_furniture, words)):
        return False
    if run.stop < len(page.texts) and page.is_link(run.stop) and not page.is_link(run.start):
        return False
    if any(_CELL.match(page.look(i)) for i in run):
        return False
    return _are_alike(page, run) and _lead_on(page, run)


def _is_furniture(word: str) -> bool:
    """Whether a word is a tool of the page or a date; names of sections may be tags, and so may
    words such as 电子信息 that head lists elsewhere."""
    rule = match_line(word)
    is_known = rule is not None and rule.scope not in (Scope.RUN, Scope.HEADING)
    return is_known or parse_date(word, _ANY_DAY) is not None


def _are_alike(page: Lines, run: range) -> bool:
    """Whether the words of a run look alike: that one alone is marked shows which tab is open."""
    looks = Counter(look for i in run for look in _looks(page, i))
    return len(looks) == 1 or min(looks.values()) > 1


def _looks(page: Lines, line: int) -> list[Look]:
    """For each word of a line the names and classes of the tags right before it: those of the
    element around all of them, for a word alone."""
    at = page.tag_around(line)
    if at is None:
        return [()]
    end = f"/{name_of(page.tags[at])}"
    looks: list[Look] = []
    look: Look = ()
    for tag, text in zip(page.tags[at:], page.pieces[at + 1 :], strict=False):
        name = name_of(tag)
        if name == end:
            break
        if not name.startswith("/"):
            look = (*look, (name, read_attributes(tag or "").get("class", "")))
        if text.strip():
            looks.append(look)
            look = ()
    return [looks[0][1:], *looks[1:]] if len(looks) > 1 else looks


def _lead_on(page: Lines, run: range) -> bool:
    """Whether words lead to other pages, or nowhere, all alike."""
    anchors = page.anchors_in(run.start, run.stop)
    linked = [page.linked[i] > 0 for i in run]
    leads = [_leads_on(read_attributes(page.tag_of(anchor)).get("href", "")) for anchor in anchors]
    return not anchors or (all(linked) and all(leads))


def _leads_on(href: str) -> bool:
    """Whether an address is that of another page, and of none that is sent this one's."""
    return bool(href) and not _NO_PAGE.match(href) and not _SENT_ALONG.search(href)
