"""`cqcrawler portals`: the registry, and a lint of its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from cqcrawler import portals
from cqcrawler.archive import Archive
from cqcrawler.archive.runs import Run
from cqcrawler.commands.common import archive_option, json_option
from cqcrawler.commands.output import (
    beijing_time,
    in_words,
    label,
    one_line,
    print_json,
    print_table,
    say,
    tell,
)
from cqcrawler.exceptions import UsageError
from cqcrawler.portals import Portal
from cqcrawler.portals.enabled import OWN_PORTALS
from cqcrawler.run.due import next_due

_HEADINGS = ("portal", "title", "platform", "region", "every", "next", "last run", "outcome")
_KEY_WIDTH = 16


@dataclass(frozen=True, slots=True)
class _Entry:
    """A portal with its last run, and when it is due: None for never by itself."""

    portal: Portal
    last_run: Run | None
    due: datetime | None
    now: datetime


class _Portals(click.Group):
    """Imports `learn` only when it is named: all others read no texts."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "learn"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "learn":
            return super().get_command(ctx, cmd_name)
        from cqcrawler.commands import learn

        return learn.command


@click.group(cls=_Portals, invoke_without_command=True)
@archive_option
@json_option
@click.pass_context
def command(ctx: click.Context, archive_path: Path, as_json: bool) -> None:
    """List the registered portals, with their last and next run.

    Portal files of your own go into the folder that CQCRAWLER_PORTALS names.

    One that is not verified was reached by nobody yet, and is never due until you enable it.

    \b
    Examples:
      cqcrawler portals
      cqcrawler portals show suzhou
      cqcrawler portals check
      cqcrawler portals learn chongqing
      cqcrawler portals enable suzhou
    """
    if ctx.invoked_subcommand is not None:
        return
    registry = portals.all_portals()
    entries = list(_entries(registry, archive_path))
    if as_json:
        print_json([_row(entry) for entry in entries])
    else:
        print_table(_HEADINGS, map(_cells, entries))


@command.command()
@click.argument("name")
@archive_option
@json_option
def show(name: str, archive_path: Path, as_json: bool) -> None:
    """Show all that is known of a portal, such as the note why nobody has reached it yet."""
    (entry,) = _entries([portals.load(name)], archive_path)
    row = _row(entry)
    if as_json:
        print_json(row)
        return
    for key, value in row.items():
        if value not in (None, ""):
            click.echo(label(key, _KEY_WIDTH) + one_line(_said(value)))


@command.command()
@click.argument("files", metavar="FILE...", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Check every portal file, or these; exit 2 if one is not valid.

    Each line names a file, its keys and what is wrong with them: selectors that cannot be read,
    too.
    """
    problems = portals.problems_of(files) if files else portals.problems()
    for problem in problems:
        tell(problem)
    if problems:
        ctx.exit(2)
    count = len(files or portals.portal_files())
    say("1 portal file is valid" if count == 1 else f"{count} portal files are valid")


@command.command()
@click.argument("name")
def enable(name: str) -> None:
    """Have a portal that nobody has reached yet crawled when it is due.

    Its name goes into enabled.txt in the folder that CQCRAWLER_PORTALS names, so that it stays
    enabled when cqcrawler is upgraded.
    """
    if portals.load(name).verified:
        raise UsageError(f"{name} is verified, and needs not be enabled")
    say(f"{name} is crawled when it is due, as {portals.enable(name)} says")


@command.command()
@click.argument("name")
def disable(name: str) -> None:
    """Have a portal that was enabled crawled by itself no longer."""
    if name in portals.portal_files() and portals.load(name).verified:
        raise UsageError(
            f"{name} is verified: a file of its name in {OWN_PORTALS} with interval_hours = 0 "
            "turns it off"
        )
    say(f"{name} is not crawled by itself, as it is not in {portals.disable(name)}")


def _entries(registry: list[Portal], archive_path: Path) -> Iterator[_Entry]:
    now = datetime.now(UTC)
    if not archive_path.exists():
        yield from (_Entry(portal, None, next_due(portal, None, now), now) for portal in registry)
        return
    with Archive(archive_path, must_exist=True) as archive:
        for portal in registry:
            due = next_due(portal, archive.runs.last(portal.name, whole=True), now)
            yield _Entry(portal, archive.runs.last(portal.name), due, now)


def _row(entry: _Entry) -> dict[str, object]:
    portal, run = entry.portal, entry.last_run
    return {
        "portal": portal.name,
        "title": portal.title,
        "platform": portal.platform,
        "region": portal.region,
        "start_urls": portal.start_urls,
        "interval_hours": portal.interval,
        "verified": portal.verified,
        "enabled": portal.is_enabled,
        "note": portal.note,
        "next_due": entry.due.strftime("%Y-%m-%dT%H:%M:%SZ") if entry.due else None,
        "last_run": run.started_at if run else None,
        "outcome": run.outcome if run else None,
        "reason": run.reason if run else None,
    }


def _said(value: object) -> str:
    if isinstance(value, bool):
        return in_words("yes" if value else "no")
    return " ".join(value) if isinstance(value, tuple) else in_words(str(value))


def _cells(entry: _Entry) -> tuple[str, ...]:
    portal, run = entry.portal, entry.last_run
    when, outcome = (
        (beijing_time(run.started_at), run.outcome or "running") if run else ("never", "")
    )
    every = f"{portal.interval:g} h" if portal.interval else ""
    every = every if portal.is_enabled else "not enabled"
    head = (portal.name, portal.title, portal.platform, portal.region, every)
    return (*head, _next(entry), when, outcome)


def _next(entry: _Entry) -> str:
    if entry.due is None:
        return ""
    return "now" if entry.due <= entry.now else beijing_time(entry.due.isoformat())
