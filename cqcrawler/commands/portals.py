"""`cqcrawler portals`: the registry, and a lint of its files."""

from __future__ import annotations

from pathlib import Path

import click

from cqcrawler import portals
from cqcrawler.archive import Archive
from cqcrawler.archive.runs import Run
from cqcrawler.commands.common import archive_option, json_option
from cqcrawler.commands.output import beijing_time, print_json, print_table
from cqcrawler.portals import Portal

_HEADINGS = ("portal", "title", "platform", "region", "last run", "outcome")


@click.group(invoke_without_command=True)
@archive_option
@json_option
@click.pass_context
def command(ctx: click.Context, archive_path: Path, as_json: bool) -> None:
    """List the registered portals with their last run.

    Portal files of your own go into the folder that CQCRAWLER_PORTALS names.

    \b
    Examples:
      cqcrawler portals
      cqcrawler portals check
    """
    if ctx.invoked_subcommand is not None:
        return
    registry = portals.all_portals()
    last_runs = _last_runs(registry, archive_path)
    if as_json:
        print_json([_row(portal, last_runs.get(portal.name)) for portal in registry])
    else:
        print_table(_HEADINGS, (_cells(portal, last_runs.get(portal.name)) for portal in registry))


@command.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Check every portal file; exit 2 if one is not valid."""
    problems = portals.problems()
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        ctx.exit(2)
    click.echo(f"{len(portals.portal_files())} portal files are valid")


def _last_runs(registry: list[Portal], archive_path: Path) -> dict[str, Run]:
    if not archive_path.exists():
        return {}
    with Archive(archive_path, must_exist=True) as archive:
        runs = {p.name: archive.portal_state(p.name).last_run for p in registry}
    return {name: run for name, run in runs.items() if run is not None}


def _row(portal: Portal, run: Run | None) -> dict[str, object]:
    return {
        "portal": portal.name,
        "title": portal.title,
        "platform": portal.platform,
        "region": portal.region,
        "start_urls": portal.start_urls,
        "last_run": run.started_at if run else None,
        "outcome": run.outcome if run else None,
        "reason": run.reason if run else None,
    }


def _cells(portal: Portal, run: Run | None) -> tuple[str, ...]:
    when, outcome = (
        (beijing_time(run.started_at), run.outcome or "running") if run else ("never", "")
    )
    return (portal.name, portal.title, portal.platform, portal.region, when, outcome)
