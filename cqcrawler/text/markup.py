"""Values that programs give to programs, as a reader would see them."""

from __future__ import annotations

import re
from html import unescape

from cqcrawler.text.normalize import collapse

# JSON can name halves of characters, which nothing can be made of; `A<B项目` is no tag.
_HALF = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")


def without_markup(value: str) -> str:
    """Return a value on one line: tags in it go, and characters that are written by name show."""
    return collapse(unescape(_TAG.sub("", _HALF.sub("", value))))
