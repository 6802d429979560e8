"""Help and usage errors in Chinese: what Click, which knows only English, is to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from inspect import cleandoc
from typing import IO, Any

import click

from cqcrawler.messages.translation import help_in_chinese, in_chinese
from cqcrawler.messages.widths import wrapped

# Before a paragraph that is printed as it stands.
_AS_IT_STANDS = "\b"
_COLUMN_SPACE = 2
# How Click shows, in the usage of a command, what belongs to none of its own parameters.
_ARGUMENTS = ("[OPTIONS]", "COMMAND [ARGS]...")


class _Formatter(click.HelpFormatter):
    """Writes help in Chinese, in lines that are broken between characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for known in _ARGUMENTS:
            args = args.replace(known, in_chinese(known))
        super().write_usage(prog, args, in_chinese("Usage:"))

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{in_chinese(heading)}：\n")

    def write_text(self, text: str) -> None:
        paragraphs = cleandoc(text).split("\n\n")
        columns = self.width - self.current_indent
        super().write_text("\n\n".join(_paragraph(each, columns) for each in paragraphs))

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = 30,
        col_spacing: int = _COLUMN_SPACE,
    ) -> None:
        rows = list(rows)
        first = min(max((len(row[0]) for row in rows), default=0), col_max) + col_spacing
        columns = max(self.width - first - _COLUMN_SPACE, 10)
        said = [(name, _as_it_stands(wrapped(_meaning(text), columns))) for name, text in rows]
        super().write_dl(said, col_max, col_spacing)


def _paragraph(text: str, columns: int) -> str:
    first, *others = text.split("\n")
    if first == _AS_IT_STANDS:
        return "\n".join([first, help_in_chinese(others[0]), *others[1:]])
    return _as_it_stands(wrapped(help_in_chinese(text), columns))


def _as_it_stands(lines: Sequence[str]) -> str:
    return "\n".join((_AS_IT_STANDS, *lines))


def _meaning(text: str) -> str:
    """Return what an option means, and behind it in brackets what it takes."""
    text, bracket, takes = text.partition("  [")
    said = help_in_chinese(text)
    if not bracket:
        return said
    return f"{said} [{'；'.join(map(in_chinese, takes.removesuffix(']').split('; ')))}]"


class _Told(click.ClickException):
    """An error of Click's that is told in Chinese."""

    def __init__(self, error: click.ClickException) -> None:
        super().__init__(f"Error: {error.format_message()}")
        self.exit_code = error.exit_code  # type: ignore[misc]  # Each error has its own.
        self._context = error.ctx if isinstance(error, click.UsageError) else None

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how to use the command, and what was wrong."""
        if context := self._context:
            hint = f"Try '{context.command_path} --help' for help."
            click.echo(f"{context.get_usage()}\n{in_chinese(hint)}\n", file, err=True)
        click.echo(in_chinese(self.message), file, err=True)


class _Aborted(click.ClickException):
    """An interruption, or a no to a question."""

    def __init__(self) -> None:
        super().__init__("Aborted!")

    def show(self, file: IO[Any] | None = None) -> None:
        """Say so on a line of its own: `^C` may stand on the one before."""
        click.echo(f"\n{in_chinese(self.message)}", file, err=True)


@contextmanager
def speaking() -> Iterator[None]:
    """Have Click print help in Chinese inside."""
    usual = click.Context.formatter_class
    click.Context.formatter_class = _Formatter
    try:
        yield
    finally:
        click.Context.formatter_class = usual


@contextmanager
def errors() -> Iterator[None]:
    """Have Click tell its errors inside in Chinese."""
    try:
        yield
    except (_Told, _Aborted):
        raise
    except click.ClickException as error:
        raise _Told(error) from error
    except (click.Abort, KeyboardInterrupt) as error:
        raise _Aborted from error
