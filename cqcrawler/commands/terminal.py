"""What takes Rich: tables, bars and widths on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table
from rich.text import Text

__all__ = ["bar", "cell_len", "draw_table", "with_bar"]

T = TypeVar("T")


def draw_table(headings: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    """Print a table with numbers on the right, of which the last column may wrap."""
    *narrow, last = headings
    columns: list[Column | str] = [*(Column(heading, no_wrap=True) for heading in narrow), last]
    table = Table(*columns, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for row in rows:
        table.add_row(*map(_cell, row))
    Console().print(table)


def _cell(value: str | int) -> Text:
    number = isinstance(value, int)
    return Text(str(value), justify="right" if number else "left", overflow="fold")


def bar() -> Progress:
    """Return a bar on standard error, for what is printed meanwhile is the result."""
    return Progress(console=Console(stderr=True), transient=True, redirect_stdout=False)


def with_bar(items: Iterable[T], label: str, total: int | None) -> Iterator[T]:
    """Yield the items, and show how far that is."""
    with bar() as shown:
        yield from shown.track(items, total, description=label)
