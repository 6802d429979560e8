"""`cqcrawler recover`: what can be read of a damaged archive, as a new one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cqcrawler.archive import Archive
from cqcrawler.archive.file.lock import is_writing
from cqcrawler.archive.recovery import Recovered, Table, recover
from cqcrawler.commands.common import archive_option, json_option, quiet_option
from cqcrawler.commands.output import print_json, print_table, stages, tell
from cqcrawler.exceptions import ArchiveLocked


@click.command()
@click.argument("new_file", type=click.Path(path_type=Path, dir_okay=False))
@archive_option
@json_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context, new_file: Path, archive_path: Path, as_json: bool, quiet: bool
) -> None:
    """Bring what can be read of a damaged archive into NEW_FILE.

    The damaged archive stays as it is; it is copied first, so there must be room for it twice.
    What was brought and what was lost is said for each table, and the exit code is 1 if
    anything was lost. Put NEW_FILE in the place of the archive then: raw pages belong beside
    it. cqcrawler verify --repair is enough where only indexes are damaged.

    \b
    Examples:
      cqcrawler recover data/recovered.db
      cqcrawler recover new/archive.db --archive damaged/archive.db
    """
    if is_writing(archive_path, unsure=False):
        raise ArchiveLocked(f"a run is writing to {archive_path}: wait for it to end")
    with stages(show=not quiet) as watch:
        done = recover(archive_path, new_file, watch)
    with Archive(new_file):  # Which fills what can be derived.
        pass
    if as_json:
        print_json({"file": str(new_file), "whole": done.whole} | asdict(done))
    else:
        _print(done, archive_path, new_file, quiet=quiet)
    ctx.exit(0 if done.whole else 1)


def _print(done: Recovered, damaged: Path, new: Path, *, quiet: bool) -> None:
    print_table(("table", "brought", "lost"), map(_row, done.tables))
    for note in done.notes:
        tell(note)
    if not quiet:
        where = "" if new.absolute().parent == damaged.absolute().parent else "warc/ and "
        tell(
            f"put {new} in the place of {damaged}, with {where}nothing else changed beside it, "
            "and run cqcrawler verify; what is lost of articles whose raw page is there "
            "cqcrawler reextract reads again"
        )


def _row(table: Table) -> tuple[str, int, str]:
    end = "" if table.to_its_end else "what came after the last"
    lost = f"up to {table.lost}" if table.lost else ""
    what = f"{lost} and {end}" if lost and end else lost or end or "nothing"
    return (table.name, table.brought, what)
