"""Whether a line reads like prose."""

from __future__ import annotations

import re

_SENTENCE = re.compile("[！？；!?]")
_ENDS = frozenset("，、：…,.）)”")
_COMMA = re.compile("[，,、]")
_SENTENCE_LENGTH = 10
_CLAUSE_LENGTH = 30


def is_sentence(text: str) -> bool:
    """Say whether a line reads like prose rather than like a title, a label or a menu."""
    length = len(text)
    if length < _SENTENCE_LENGTH:
        return False
    if "。" in text or text[-1] in _ENDS or "；" in text or _SENTENCE.search(text):
        return True
    return length >= _CLAUSE_LENGTH and _COMMA.search(text) is not None
