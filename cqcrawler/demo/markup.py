"""Small pieces of hand-made HTML that several sections need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape
from pathlib import PurePosixPath

from cqcrawler.demo.draw import draw
from cqcrawler.demo.section import Row


def link(path: str, text: str, attributes: str = "") -> str:
    return f'<a href="{escape(path)}"{attributes}>{escape(text)}</a>'


def neighbour(row: Row | None) -> str:
    """The link to the previous or next notice, or what portals print in its place."""
    return link(row.path, row.title) if row else "没有了"


def chinese_date(day: date) -> str:
    """Return `2025年07月09日`. strftime is not safe with Chinese letters in every locale."""
    return f"{day:%Y}年{day:%m}月{day:%d}日"


def suffix(name: str) -> str:
    return PurePosixPath(name).suffix


def cut_up(text: str, *key: object) -> list[str]:
    """Cut `text` into pieces of 3 to 40 characters, wherever that falls."""
    pieces = []
    while text:
        size = draw(3, 40, len(text), *key)
        pieces.append(text[:size])
        text = text[size:]
    return pieces


def lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)
