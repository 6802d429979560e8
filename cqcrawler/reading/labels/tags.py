"""Tags: a labelled list, or lines of short words below the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cqcrawler.reading.labels.labels import Label, bare_label
from cqcrawler.reading.page.evidence import Found, found
from cqcrawler.reading.page.lines import Lines
from cqcrawler.text.words import any_word, word_list

_TAG = re.compile(r"(?!\d+$)[\u4e00-\u9fffA-Za-z0-9]{2,8}")
# Short words that stand below a title too: page tools, and who wrote the text.
_NO_TAGS = frozenset(word_list("page_tool", "writer", "correspondent", "role"))
# How the topics end that portals tag notices with (制造业, 招商项目, 高质量发展).
TOPIC = re.compile(f"{any_word('topic')}$")
_LIST_SEPARATOR = re.compile(r"[\s,，、;；|/]+")


def tag_words(page: Lines, line: int) -> list[str]:
    """Return the words of a line that holds nothing but tags; none for any other line."""
    words = page.spaced.get(line, page.texts[line]).split(" ")
    return words if all(map(_is_tag, words)) else []


def _is_tag(word: str) -> bool:
    return bool(_TAG.fullmatch(word)) and word not in _NO_TAGS and not bare_label(word)


def find_tags(
    page: Lines, labels: Sequence[Label], below_title: Sequence[int]
) -> tuple[tuple[str, ...], Found | None]:
    """Return the tags and the evidence for them."""
    for label in labels:
        words = [word for word in _LIST_SEPARATOR.split(label.value) if word]
        if label.sure and words:
            return tuple(dict.fromkeys(words)), found("", f"label {label.name}", label.value, 0.95)
    tags = tuple(dict.fromkeys(word for i in below_title for word in tag_words(page, i)))
    return tags, found("", "below title", " ".join(tags), 0.8) if tags else None
