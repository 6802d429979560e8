"""Traditional characters, as far as the names of places and the words of pages have them."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


def fold(text: str) -> str:
    """Return `text` in simplified characters, one for one."""
    # Nearly all text is, and this check takes a tenth of the time.
    return text.translate(_simplified()) if _any_traditional().search(text) else text


def spellings(simplified: str) -> str:
    """All ways to write a character, the simplified one first."""
    written = (chr(traditional) for traditional, s in _simplified().items() if s == simplified)
    return simplified + "".join(written)


@cache
def _simplified() -> dict[int, str]:
    text = (files("cqcrawler.resources") / "traditional.csv").read_text("utf-8")
    rows = csv.reader(text.splitlines()[1:])
    return {ord(traditional): simplified for traditional, simplified in rows}


@cache
def _any_traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _simplified()))}]")
