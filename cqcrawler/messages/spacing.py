"""The space that Chinese takes: none beside Chinese, one beside Latin letters and numbers."""

from __future__ import annotations

import re

_HAN = re.compile("[\u3400-\u9fff]")
# What is as wide as a character, and has its space inside.
_WIDE_SIGN = re.compile("[\u2018-\u201d\u2014\u3000-\u303f\uff00-\uffef]")
_LATIN = re.compile(r"[\w`/\\<>$%~\[\]-]")


def joined(before: str, after: str) -> str:
    """Return two texts as one, with the space between them that belongs there."""
    left, right = before.rstrip(" "), after.lstrip(" ")
    if not left or not right:
        return before + after
    ends = left[-1], right[0]
    han = [bool(_HAN.match(end)) for end in ends]
    if all(han) or any(map(_WIDE_SIGN.match, ends)):
        return left + right
    if any(han) and any(map(_LATIN.match, (end for end in ends if not _HAN.match(end)))):
        return f"{left} {right}"
    return before + after
