"""`[[boilerplate]]` of a portal's file: the lines that it prints around its notices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cqcrawler.text.own_lines import NO_LINES, SHORTEST, OwnLines, key_of

LINE, TITLE_END = "line", "title_end"


def read_own_lines(fields: Mapping[str, Any], file: str) -> OwnLines:
    """Return the lines that a portal's file names, which must be valid."""
    entries = fields.get("boilerplate", ())
    if not entries:
        return NO_LINES
    return OwnLines(
        file=file,
        lines=tuple(entry[LINE] for entry in entries if LINE in entry),
        title_ends=tuple(entry[TITLE_END] for entry in entries if TITLE_END in entry),
    )


def boilerplate_problem(value: Any) -> str | None:
    """Say what is wrong with `[[boilerplate]]`; None for nothing."""
    if not isinstance(value, list):
        return "must be written [[boilerplate]]"
    return next((problem for entry in value if (problem := _problem(entry))), None)


def _problem(entry: Any) -> str | None:
    match entry:
        case {"line": str() as text, "reason": str() as reason} if len(entry) == 2:
            pass
        case {"title_end": str() as text, "reason": str() as reason} if len(entry) == 2:
            pass
        case _:
            return f'{entry!r} is not written line = "…" (or title_end = "…") and reason = "…"'
    if not reason.strip():
        return f"{text!r} has no reason"
    if len(key_of(text)) < SHORTEST:
        return f"{text!r} is too short: it may stand in any text"
    return None
