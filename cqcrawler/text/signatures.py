"""The day with which a text is signed."""

from __future__ import annotations

import re

_DAY = re.compile(r"(?:19|20)\d\d年\d\d?月\d\d?日|二[〇○零OoＯ].{2}年.{1,2}月.{1,3}日")
_LONGEST = 24  # characters


def is_signed(text: str) -> bool:
    """Whether a line is a day as texts are signed with."""
    return len(text) <= _LONGEST and _DAY.fullmatch("".join(text.split())) is not None
