"""Printing: set out for people on a terminal, one row a line for programs in a pipe.

People read it in the language of their locale and with times of Beijing; codes in a pipe, and all
JSON, stay as they are.

What is drawn on a terminal is in `terminal`, and imported where it is drawn: Rich takes longer
to load than a search takes.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cqcrawler.messages import in_brackets, language, translate, translate_word
from cqcrawler.text import controls
from cqcrawler.text.clock import beijing_minute, in_beijing
from cqcrawler.text.controls import escaped

if TYPE_CHECKING:
    from cqcrawler.archive.search.passage import Passage

T = TypeVar("T")
# Is told what is being done, and how much of it is, from 0 to 1, or None if that is unknown.
Watch = Callable[[str, float | None], None]

# A bar that is told of every row would take as long as the rows.
_TOLD_EVERY = 100

# What a cell begins with that programs look for: the outcome of a run.
_CODE = re.compile(r"([a-z_]+[:,] )(.+)", re.DOTALL)

# Columns of lists of articles, which come row by row and so cannot be measured first.
_ID_WIDTH, _DATE_WIDTH, _REGION_WIDTH = 6, 10, 12


def use_utf8() -> None:
    """Write UTF-8 into pipes and files whatever the locale, and fail on no character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            told = stream.isatty() or "PYTHONIOENCODING" in os.environ
            encoding = stream.encoding if told else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def on_terminal() -> bool:
    """Whether a person reads what is printed as it comes."""
    return sys.stdout.isatty()


def in_words(message: str) -> str:
    """Return a message as people read it here: in their language, with times of Beijing."""
    return translate(in_beijing(message), language())


def heading(name: str) -> str:
    """Return what stands above a column or before a line, in the reader's language."""
    return word(name, "heading")


def word(code: str, part: str = "answer") -> str:
    """Return the word for a code, of a part of the catalogue's words."""
    return translate_word(code, part, language())


def bracketed(remark: str) -> str:
    """Return a remark that is in the reader's language, to stand behind what it is about."""
    return in_brackets(remark, language())


def label(name: str, columns: int) -> str:
    """Return what stands before a line, as wide as some columns."""
    said = heading(name)
    if said.isascii():
        return said.ljust(columns)
    from cqcrawler.messages.widths import padded

    return padded(said, columns)


def say(message: str = "", *, bold: bool = False) -> None:
    """Print a message that is a part of the result."""
    words = in_words(message)
    click.echo(click.style(words, bold=True) if bold else words)


def one_line(text: str | None) -> str:
    """Return text as it may be printed within a line, of the same length."""
    return controls.one_line(text or "")


def marked(passage: Passage) -> str:
    """Return a passage for one line; on a terminal, what was searched for is bold."""
    text, at, parts = one_line(passage.text), 0, []
    for start, end in passage.marks:
        parts += [text[at:start], click.style(text[start:end], bold=True)]
        at = end
    return "".join([*parts, text[at:]])


def beijing_time(at: str | None) -> str:
    """Return a time of the archive as clocks in China show it, to the minute."""
    return "" if at is None else beijing_minute(at)


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Return JSON with Chinese as it is and control characters escaped.

    Dataclasses become objects.
    """
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent, default=asdict))


def print_json(value: Any) -> None:
    """Print the result of a command for programs."""
    click.echo(to_json(value, indent=2))


def article_cells(
    article_id: int, published: str | None, region: str | None, title: str
) -> list[str]:
    """Return what a list says of an article, for `print_cells`."""
    number, day, place = str(article_id), one_line(published), one_line(region)
    if on_terminal():
        from cqcrawler.commands import terminal

        number, day = number.rjust(_ID_WIDTH), day.ljust(_DATE_WIDTH)
        place += " " * (_REGION_WIDTH - terminal.cell_len(place))
    return [number, day, place, title]


def print_cells(*cells: str) -> None:
    """Print one line: in columns on a terminal, with tabs between the cells in a pipe."""
    click.echo(("  " if on_terminal() else "\t").join(cells))


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table of which the last column may wrap; in a pipe, lines with tabs between."""
    headings = list(map(heading, headings))
    if not on_terminal():
        print_cells(*headings)
        for row in rows:
            print_cells(*(one_line(_cell_of_pipe(str(value))) for value in row))
        return
    from cqcrawler.commands import terminal

    lines = ([v if isinstance(v, int) else one_line(in_words(str(v))) for v in row] for row in rows)
    terminal.draw_table(headings, lines)


def _cell_of_pipe(cell: str) -> str:
    """Return a cell with its message in words, and the code as it is."""
    if coded := _CODE.fullmatch(cell):
        return coded[1] + in_words(coded[2])
    return in_words(cell) if " " in cell else word(cell)


def ending(
    outcome: str,
    reason: str,
    *,
    complete: bool | None,
    declared: int | None,
    counts: Mapping[str, Any],
) -> str:
    """Return the outcome of a run, whether it saw all that is listed, and the cause."""
    said = (_listed(complete, declared, counts), reason)
    return ": ".join(filter(None, (outcome, "; ".join(filter(None, said)))))


def _listed(complete: bool | None, declared: int | None, counts: Mapping[str, Any]) -> str:
    """Say how many of the declared notices the listings showed, or how much is left to do; empty
    where the run was not to read them all, or the cause says why it has not."""
    if pending := counts.get("pending"):
        return f"{pending} pages pending"
    if not complete:
        return ""
    return "complete" if declared is None else f"{counts.get('seen', 0)} of {declared}"


def tell(message: str) -> None:
    """Print what is about the result and not part of it, beside it."""
    click.echo(escaped(in_words(message)), err=True)


def progress(
    items: Iterable[T], what: str, total: int | None = None, *, show: bool = True
) -> Iterable[T]:
    """Yield the items; on a terminal, show how far that is."""
    if not show or not sys.stderr.isatty():
        return items
    from cqcrawler.commands import terminal

    return terminal.with_bar(items, in_words(what), total)


def told(items: Iterable[T], total: int, watch: Watch) -> Iterator[T]:
    """Yield the items to what writes them, and tell how far that is; see `stages`."""
    for number, item in enumerate(items):
        if number % _TOLD_EVERY == 0:
            watch("Writing", min(1.0, number / total) if total else None)
        yield item
    watch("Finishing", None)  # A workbook is packed at the end, which takes its time.


@contextmanager
def stages(*, show: bool = True) -> Iterator[Watch]:
    """Give a function to tell how far work is; on a terminal, that is shown as a bar."""
    if not show or not sys.stderr.isatty():
        yield lambda stage, share: None
        return
    from cqcrawler.commands import terminal

    with terminal.bar() as bar:
        task = bar.add_task("", total=None)
        yield lambda stage, share: bar.update(
            task,
            description=in_words(stage),
            total=None if share is None else 1,
            completed=share or 0,
        )
