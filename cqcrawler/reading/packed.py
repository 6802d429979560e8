"""Mark-up that a page holds back: hidden by style, or packed into elements and strings that only
its scripts unpack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_HIDING = re.compile(
    r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)(?=\s{0,9}[;\"'!>])"
    r"|(?<=[\"'\w])\s{1,9}hidden(?=[\s=/>])",
    re.IGNORECASE,
)
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


def show_hidden(markup: str) -> str:
    """Return a page without the styles and attributes that hide elements."""
    return _HIDING.sub("", markup)


def unpack(markup: str) -> str:
    """Return a page with the content of `<noscript>`, `<template>` and script templates shown."""
    return _PACKED.sub(_unpacked, markup)


def _unpacked(match: re.Match[str]) -> str:
    name = match[1].lower()
    if name == "textarea" or (name == "script" and not _TEMPLATE_TYPE.search(match[2])):
        return match[0]
    return f"<div>{as_markup(match[3])}</div>"


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
