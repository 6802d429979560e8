"""Characters that steer a terminal, break a line or turn text around.

Pages and archives of others may hold them anywhere; nothing that people read is written with them.
"""

from __future__ import annotations

import logging
from typing import Any

_BREAKS = (0x2028, 0x2029)
# With them, a line can be shown in another order than it has (https://trojansource.codes), and
# parts of it not at all.
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070))
_ANNOTATING = range(0xFFF9, 0xFFFC)
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), *_BREAKS, *_TURNING, *_ANNOTATING)

_SPACES = dict.fromkeys(_CONTROLS, " ")
_ESCAPES = {code: f"\\u{code:04x}" for code in _CONTROLS if chr(code) not in "\n\t"}


def one_line(text: str) -> str:
    """Return text as it may be printed within a line, of the same length."""
    return text.translate(_SPACES)


def escaped(text: str) -> str:
    """Return text with such characters as `\\u202e`, but for tabs and the ends of lines.

    JSON stays the same JSON.
    """
    return text.translate(_ESCAPES)


class PlainRecord(logging.LogRecord):
    """A record of the log that reads as it is, wherever it is written."""

    def getMessage(self) -> str:
        """Return the message with its arguments, escaped."""
        return escaped(super().getMessage())

    def __setattr__(self, name: str, value: Any) -> None:
        # Formatters leave the text of an exception here, for themselves and others.
        super().__setattr__(name, escaped(value) if name == "exc_text" and value else value)
