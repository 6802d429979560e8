"""A value together with where it came from."""

from __future__ import annotations

from typing import NamedTuple

from cqcrawler.models import Evidence


class Found(NamedTuple):
    """The value of one field and its evidence."""

    value: str
    evidence: Evidence


def found(value: str, origin: str, text: str, confidence: float) -> Found:
    return Found(value, Evidence(origin, text[:200], confidence))
