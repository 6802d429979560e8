"""How wide text is in a terminal, and breaking lines of Chinese to a width."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

# In a Chinese font, quotes and dashes are as wide as a character.
_WIDE = "WFA"
# No line begins with what closes, and none ends with what opens.
_OPENS, _CLOSES = "（“‘《【", "，。；：、）”’》】？！…"
_PIECE = re.compile(rf" +|[{_OPENS}]*(?:[\u3400-\u9fff]|[!-~]+|.)[{_CLOSES}]*")


def width(text: str) -> int:
    """Return how many columns text takes."""
    return sum(2 if east_asian_width(each) in _WIDE else 1 for each in text)


def padded(text: str, columns: int) -> str:
    """Return text with blanks behind it up to a number of columns."""
    return text + " " * (columns - width(text))


def wrapped(text: str, columns: int) -> list[str]:
    """Return text in lines of so many columns at most, where it can be broken."""
    lines, room = [""], columns
    for piece in _PIECE.findall(text):
        if width(piece) > room:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            room, piece = columns, piece.lstrip()
        lines[-1] += piece
        room -= width(piece)
    return lines
