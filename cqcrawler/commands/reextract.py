"""`cqcrawler reextract`: read the raw pages, or stored texts, again by today's rules."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import click

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.file.lock import writing
from cqcrawler.commands.common import archive_option, json_option, parse_date, quiet_option
from cqcrawler.commands.output import in_words, one_line, print_json, print_table, progress, tell
from cqcrawler.reextract import Example, Given, Reextracted, Restated, reextract, restate

_MOST_PROBLEMS = 20
_LONGEST = 100


@click.command()
@click.option("--portal", metavar="NAME", help="Only what this portal published.")
@click.option(
    "--since", type=parse_date, metavar="YYYY-MM-DD", help="Published on this day or later."
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default="one for each processor",
    metavar="N",
    help="Read in N processes.",
)
@click.option(
    "--facts",
    is_flag=True,
    help="Read what notices state again, from their stored text and where other rules read it.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@archive_option
@json_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    portal: str | None,
    since: date | None,
    workers: int,
    facts: bool,
    dry_run: bool,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read the raw pages again by today's rules, without any network.

    Fields are replaced where they are; versions, times and what is new stay. What cannot be
    read again stays as it is and is named, and the exit code is 1; what lies in files that
    cqcrawler warc retire names is counted. With --facts nothing but facts is read again, and no
    raw page: what people corrected stays so.

    \b
    Examples:
      cqcrawler reextract --dry-run
      cqcrawler reextract --portal chongqing
      cqcrawler reextract --facts
    """
    filters = Filters(portal=portal, since=since.isoformat() if since else None)

    def show(batches: Iterable[Given], count: int) -> Iterable[Given]:
        return progress(batches, "Reading", count, show=not quiet)

    with _opened(archive_path, dry_run=dry_run) as archive:
        read = restate if facts else reextract
        done = read(archive, filters, workers=workers, dry_run=dry_run, show=show)
    if as_json:
        print_json(done)
    else:
        _print(done)
    ctx.exit(1 if done.problems else 0)


@contextmanager
def _opened(path: Path, *, dry_run: bool) -> Iterator[Archive]:
    alone = nullcontext() if dry_run or not path.exists() else writing(path)
    with alone, Archive(path, must_exist=True) as archive:
        yield archive


def _print(done: Reextracted | Restated) -> None:
    rows = [
        (portal, name, count)
        for portal, counts in done.fields.items()
        for name, count in sorted(counts.items(), key=lambda item: -item[1])
    ]
    if rows:
        print_table(("portal", "field", "differ"), rows)
    for example in done.examples:
        click.echo(_example(example))
    for problem in done.problems[:_MOST_PROBLEMS]:
        version = f"article {problem.article_id} version {problem.version}"
        tell(f"cqcrawler: {version}, {problem.url}: {problem.reason}")
    if more := done.problems[_MOST_PROBLEMS:]:
        tell(f"cqcrawler: {len(more)} more: --json names all")
    changed = f"{done.changed} would change" if done.dry_run else f"{done.changed} changed"
    unread = f", {len(done.problems)} could not be read" if done.problems else ""
    tell(f"{_read(done)}, {changed}{unread}{_offline(done)}")


def _read(done: Reextracted | Restated) -> str:
    if isinstance(done, Restated):
        return f"facts of {done.notices} notices read again by {done.facts_version}"
    return f"{done.versions} read again by {done.reader_version}"


def _offline(done: Reextracted | Restated) -> str:
    offline = done.offline if isinstance(done, Reextracted) else 0
    return f", {offline} are offline" if offline else ""


def _example(example: Example) -> str:
    name = f"article {example.article_id} version {example.version}, {example.field}"
    return f"{in_words(name)}:\n  - {_short(example.old)}\n  + {_short(example.new)}"


def _short(value: Any) -> str:
    text = one_line(value if isinstance(value, str) else repr(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
