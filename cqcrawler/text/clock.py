"""The time zone of every portal, and of everybody who reads."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
# As the archive and our messages write a time.
_UTC = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def is_time(text: str) -> bool:
    """Whether a text is a time of the archive."""
    return _UTC.fullmatch(text) is not None


def beijing_minute(at: str) -> str:
    """Return a time of the archive as clocks in China show it, to the minute."""
    return datetime.fromisoformat(at).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def in_beijing(text: str) -> str:
    """Return text with the times of an archive in it as clocks in China show them."""
    return _UTC.sub(lambda time: beijing_minute(time[0]), text)
