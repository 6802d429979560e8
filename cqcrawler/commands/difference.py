"""What was edited between two versions of an article, set out to be read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from cqcrawler.archive.articles.stored import Version
from cqcrawler.commands.output import (
    beijing_time,
    heading,
    on_terminal,
    one_line,
    print_json,
    say,
    tell,
)
from cqcrawler.text.differences import Kind, Paragraph, Piece, compare

_FIELDS = ("title", "region", "published")
# How wdiff marks words (https://www.gnu.org/software/wdiff/manual/).
_MARKS = {Kind.REMOVED: ("[-", "-]"), Kind.ADDED: ("{+", "+}")}
_STYLES: dict[Kind, dict[str, Any]] = {
    Kind.REMOVED: {"fg": "red", "strikethrough": True},
    Kind.ADDED: {"fg": "green", "bold": True},
}


def print_difference(old: Version, new: Version, *, as_json: bool) -> None:
    """Print both texts as one, with what was removed and added marked in it."""
    fields = {
        name: compare(getattr(old, name) or "", getattr(new, name) or "")
        for name in _FIELDS
        if getattr(old, name) != getattr(new, name)
    }
    body = compare(old.body, new.body)
    if as_json:
        print_json(
            {
                "old": old.version,
                "new": new.version,
                "fields": {name: list(map(asdict, lines)) for name, lines in fields.items()},
                "body": list(map(asdict, body)),
            }
        )
        return
    for version in (old, new):
        say(f"version {version.version}, captured {beijing_time(version.captured_at)}")
    for name, lines in fields.items():
        click.echo(f"\n{heading(name)}: {' '.join(map(_line, lines))}")
    for paragraph in body:
        click.echo(f"\n{_line(paragraph)}")
    if not fields and all(paragraph.is_same for paragraph in body):
        tell("\nThe two read the same.")


def _line(paragraph: Paragraph) -> str:
    return "".join(map(_piece, paragraph.pieces))


def _piece(piece: Piece) -> str:
    text = one_line(piece.text)
    if piece.kind is Kind.SAME:
        return text
    if on_terminal():
        return click.style(text, **_STYLES[piece.kind])
    before, after = _MARKS[piece.kind]
    return f"{before}{text}{after}"
