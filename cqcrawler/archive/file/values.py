"""How Python values are written in the archive."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any


def timestamp(at: datetime) -> str:
    """Return an aware time in UTC as the archive writes it; ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_json(value: Any) -> str:
    """Return `value` as JSON that is the same for equal values and readable in Chinese."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def digest_of(text: str) -> str:
    """Return what tells a text from others: SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
