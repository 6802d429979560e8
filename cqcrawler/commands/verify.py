"""`cqcrawler verify`: whether the archive has what it says it has."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from cqcrawler.archive import Archive
from cqcrawler.archive.file.connection import is_writable
from cqcrawler.archive.file.lock import writing
from cqcrawler.archive.repair import repair
from cqcrawler.commands.common import archive_option, json_option, quiet_option
from cqcrawler.commands.output import in_words, one_line, print_json, say, tell
from cqcrawler.verify import Verified, Watch, verify


@click.command()
@click.option(
    "--repair",
    "mend",
    is_flag=True,
    help="Make anew what follows from the tables: indexes, full text, views.",
)
@archive_option
@json_option
@quiet_option
@click.pass_context
def command(ctx: click.Context, mend: bool, archive_path: Path, as_json: bool, quiet: bool) -> None:
    """Check SQLite's file, the full-text index and every raw page.

    Each problem is a line that says what to do, and the exit code is then 1. Raw pages are
    never changed.

    \b
    Examples:
      cqcrawler verify
      cqcrawler verify --repair
    """
    with _opened(archive_path, mend=mend) as archive, checking(show=not quiet) as watch:
        if archive.writable:
            archive.upkeep.look_after_retired()
        done = verify(archive, watch)
    if as_json:
        found = {name: value for name, value in vars(done).items() if name != "lost_pages"}
        print_json({"ok": done.ok, **found})
    else:
        print_verified(done)
    ctx.exit(0 if done.ok else 1)


@contextmanager
def _opened(path: Path, *, mend: bool) -> Iterator[Archive]:
    """Open the archive where nobody else writes; a copy in a read-only folder needs no lock."""
    locked = path.exists() and (mend or is_writable(path))
    with writing(path) if locked else nullcontext():
        there = path.exists() and path.stat().st_size > 0
        if mend and there:
            repair(path)
        # A writer brings up to date what was made anew.
        with Archive(path, must_exist=not (mend and there)) as archive:
            yield archive


@contextmanager
def checking(*, show: bool) -> Iterator[Watch]:
    """Give a function to tell how far a check is; on a terminal, that is shown as bars."""
    if not show or not sys.stderr.isatty():
        yield lambda part, count: lambda: None
        return
    from cqcrawler.commands import terminal

    with terminal.bar() as bars:

        def watch(part: str, count: int) -> Callable[[], None]:
            task = bars.add_task(in_words(f"Checking {part}"), total=count)
            return lambda: bars.advance(task)

        yield watch


def print_verified(done: Verified) -> None:
    """Print the problems, what is worth knowing, and how much was looked at."""
    for problem in done.problems:
        say(one_line(f"{problem.where}: {problem.what}: {problem.advice}"))
    for note in done.notes:
        tell(one_line(note))
    found = f"{len(done.problems)} problems" if done.problems else "all is well"
    counts = f"{done.articles} articles, {done.records} records in {done.files} WARC files"
    tell(f"{counts}: {found}")
