"""`cqcrawler runs`: the history of crawls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cqcrawler.archive import Archive
from cqcrawler.commands.common import archive_option, json_option, limit_option
from cqcrawler.commands.output import beijing_time, ending, print_json, print_table, tell

if TYPE_CHECKING:
    from cqcrawler.archive.runs import Run

_COUNTS = ("new", "changed", "failed")
_HEADINGS = ("started", "portal", "pages", *_COUNTS, "outcome")


@click.command()
@click.option("--portal", metavar="NAME", help="The runs of this portal only.")
@limit_option
@archive_option
@json_option
def command(portal: str | None, limit: int, archive_path: Path, as_json: bool) -> None:
    """List the latest runs of portals, newest first.

    Imports are among them, with the files that they read.

    Times are those of Beijing; --json has them in UTC, with everything that was counted.

    \b
    Examples:
      cqcrawler runs
      cqcrawler runs --portal chongqing --limit 5
    """
    with Archive(archive_path, must_exist=True) as archive:
        runs = archive.runs.latest(portal, limit)
    if portal and not runs:
        from cqcrawler import portals

        portals.load(portal)  # A name that nobody knows is a mistake.
    if as_json:
        print_json(runs)
    elif runs:
        print_table(_HEADINGS, map(_row, runs))
    else:
        tell(f"no runs of {portal} in {archive_path}" if portal else f"no runs in {archive_path}")


def _row(run: Run) -> tuple[object, ...]:
    pages = sum(run.counts.get(name, 0) for name in ("listing_pages", "detail_pages"))
    counts = (run.counts.get(name, 0) for name in _COUNTS)
    outcome = run.outcome.value if run.outcome else "running"
    ended = ending(
        f"{outcome}, imported from {run.imported}" if run.imported else outcome,
        run.reason,
        complete=run.complete,
        declared=run.declared_total,
        counts=run.counts,
    )
    return (beijing_time(run.started_at), run.portal, pages, *counts, ended)
