"""Mark-up that is packed into elements and strings that only the scripts of a page unpack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

# Scripts are among them because what stands in them is no mark-up of the page.
_PACKED = re.compile(
    r"<(noscript|template|textarea|script)\b([^<>]*+)>(.*?)(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TEMPLATE_TYPE = re.compile(r"""\stype\s*=\s*["']?text/(?:html|plain|template|x-)""", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(?:p|div|br|span|section|article|table|ul|ol|img|strong|b|font|h[1-6])\b[^<>]*>",
    re.IGNORECASE,
)
_ENCODED_ELEMENT = re.compile("&(?:amp;){0,2}(?:lt|#60|#x3c);/?[a-z]", re.IGNORECASE)
# Plain text has lines, or the wide spaces that begin a paragraph in print.
_PARAGRAPH_END = re.compile(r"[\r\n]\s*|\u3000{2,}")
_ENCODED_TIMES = 3
# A Chinese character, or what may stand for one: `\u4e00`, `&#19968;`, `%E4%B8%80`.
_CHINESE = re.compile(r"[\u4e00-\u9fff]|\\u[4-9]|&#|%[Ee][4-9]|%5Cu[4-9]")


def unpack(markup: str, least: int) -> str:
    """Return a page with the content of `<noscript>`, `<template>` and script templates shown,
    where that may be a text of `least` Chinese characters."""

    def unpacked(match: re.Match[str]) -> str:
        name = match[1].lower()
        packed = name in ("noscript", "template") or _TEMPLATE_TYPE.search(match[2])
        if packed and name != "textarea" and may_hold(match[3], least):
            return f"<div>{as_markup(match[3])}</div>"
        return match[0]

    return _PACKED.sub(unpacked, markup)


def may_hold(text: str, least: int) -> bool:
    """Whether text may have so many Chinese characters once it is out of its escapes."""
    return any(islice(_CHINESE.finditer(text), least - 1, None))


def raw_texts(markup: str, name: str) -> Iterator[tuple[str, str]]:
    """The tags (without name) and contents of the elements `name`: `script` or `textarea`."""
    for match in _PACKED.finditer(markup):
        if match[1].lower() == name:
            yield match[2], match[3]


def as_markup(text: str) -> str:
    """Return text as mark-up: as it is, out of entities, or with the line breaks of plain text."""
    for _ in range(_ENCODED_TIMES):
        if _ELEMENT.search(text) or not _ENCODED_ELEMENT.search(text):
            break
        text = unescape(text)
    return text if _ELEMENT.search(text) else _PARAGRAPH_END.sub("<br>", text)
