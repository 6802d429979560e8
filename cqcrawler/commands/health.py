"""`cqcrawler health`: how the portals are."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from cqcrawler import portals
from cqcrawler.archive import Archive
from cqcrawler.archive.file.disk import DiskUse, disk_use
from cqcrawler.archive.statistics import Doubtful
from cqcrawler.archive.upkeep import Backup
from cqcrawler.commands.common import archive_option, json_option, quiet_option
from cqcrawler.commands.output import (
    beijing_time,
    on_terminal,
    one_line,
    print_json,
    print_table,
    tell,
)
from cqcrawler.exceptions import UsageError
from cqcrawler.health import Health, late_backup, survey, tell_changes

_HEADINGS = ("portal", "state", "since", "last good", "cause")
_DOUBTS = ("portal", "notices", "doubtful date", "title", "text")
# By portal, how many notices it has, and of how many what is doubtful.
Doubts = dict[str, tuple[int, Doubtful]]


@click.command()
@click.option("--portal", metavar="NAME", help="This portal only.")
@click.option(
    "--accept",
    "accepted",
    metavar="NAME",
    help="Take the last run of this portal for what is usual from now on.",
)
@click.option(
    "--backup-within",
    "within",
    type=click.FloatRange(min=0, min_open=True),
    metavar="HOURS",
    envvar="CQCRAWLER_BACKUP_WITHIN",
    help="An alarm, too: no good backup of the last so many hours.",
)
@archive_option
@json_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    portal: str | None,
    accepted: str | None,
    within: float | None,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Say how every portal is, and why.

    The state is the outcome of the last run, or: overdue, as no run began within its interval
    or one does not end; silent, as nothing new comes for far longer than usual; never, as it
    was never crawled, which is no alarm. The exit code is 0 when all is well and 1 if not, with
    little room on the disk too. Changes are told to CQCRAWLER_WEBHOOK. Times are those of
    Beijing; --json has them in UTC.

    Below the portals stands how many of their notices have a date, a title or a text that is
    doubtful (the table doubts says which, and why), then what archive and raw pages take, and how
    old the last backup is: a copy that cqcrawler snapshot made, or one that cqcrawler drill found
    good.

    A redesign stands until pages read as before. Where they never will, and what is read is all
    there is, --accept says so.

    \b
    Examples:
      cqcrawler health
      cqcrawler health --portal chongqing --json
    """
    registry, problems = portals.valid_portals()
    with Archive(archive_path, must_exist=True) as archive:
        if accepted and archive.runs.accept(accepted) is None:
            raise UsageError(f"{accepted!r} has no run in {archive_path} that could be accepted")
        found = survey(archive, registry, datetime.now(UTC))
        url, template = (
            os.environ.get("CQCRAWLER_WEBHOOK"),
            os.environ.get("CQCRAWLER_WEBHOOK_TEMPLATE"),
        )
        problems += tell_changes(archive, found, url, template)
        backups = archive.upkeep.backups()
        notices = dict(archive.statistics.by_portal())
        doubtful = archive.statistics.doubts()
    shown = [health for health in found if portal in (None, health.portal)]
    if not shown:
        names = ", ".join(health.portal for health in found)
        raise UsageError(f"no portal is called {portal!r}: there are {names}")
    if within and (late := late_backup(backups, within, datetime.now(UTC))):
        problems.append(late)
    backup = next(iter(backups), None)
    disk = disk_use(archive_path)
    doubts = {
        health.portal: (notices.get(health.portal, 0), doubtful.get(health.portal, Doubtful()))
        for health in shown
    }
    well = all(health.well for health in shown) and not disk.low and not problems
    if as_json:
        _print_json(shown, doubts, disk, backup, problems, well=well)
    else:
        _print_table(shown, disk, quiet=quiet)
        if not quiet:
            _print_doubts(doubts)
            tell(_said_of(backup))
    for problem in problems:
        tell(f"cqcrawler: {problem}")
    ctx.exit(0 if well else 1)


def _print_json(
    shown: list[Health],
    doubts: Doubts,
    disk: DiskUse,
    backup: Backup | None,
    problems: list[str],
    *,
    well: bool,
) -> None:
    found = [
        asdict(health) | {"well": health.well, "notices": notices, "doubtful": asdict(doubtful)}
        for health in shown
        for notices, doubtful in [doubts[health.portal]]
    ]
    sizes = {f"{name}_bytes": size for name, size in asdict(disk).items()} | {"low": disk.low}
    last = asdict(backup) | {"age_days": _age(backup)} if backup else None
    print_json(
        {"well": well, "portals": found, "disk": sizes, "backup": last, "problems": problems}
    )


def _age(backup: Backup) -> int:
    return (datetime.now(UTC) - datetime.fromisoformat(backup.taken_at)).days


def _said_of(backup: Backup | None) -> str:
    if backup is None:
        return "no backup was made yet: cqcrawler snapshot FILE makes one"
    days = _age(backup)
    age = (
        "in the future"
        if days < -1
        else "today"
        if days < 1
        else "a day ago"
        if days == 1
        else f"{days} days ago"
    )
    gone = "" if backup.is_there else ", which is not there any more"
    return f"last backup {age}, {beijing_time(backup.taken_at)}: {one_line(backup.file)}{gone}"


def _print_table(shown: list[Health], disk: DiskUse, *, quiet: bool) -> None:
    """Print the portals, with `quiet` only those that are not well, and what the disk has."""
    rows = [health for health in shown if not (quiet and health.well)]
    if rows:
        print_table(_HEADINGS, map(_row, rows))
    if disk.low or not quiet:
        low = ": make room" if disk.low else ""
        archive, warc, free = map(_size, (disk.archive, disk.warc, disk.free))
        tell(f"archive {archive}, raw pages {warc}, {free} free{low}")


def _print_doubts(doubts: Doubts) -> None:
    rows = [
        (portal, notices, doubtful.published, doubtful.title, doubtful.body)
        for portal, (notices, doubtful) in doubts.items()
        if doubtful != Doubtful()
    ]
    if rows:
        click.echo()
        print_table(_DOUBTS, rows)


def _row(health: Health) -> tuple[str, ...]:
    times = (beijing_time(health.since), beijing_time(health.last_good))
    state = str(health.state)
    if on_terminal() and not health.well:
        state = f"! {state}"
    return (health.portal, state, *times, health.reason)


def _size(size: int) -> str:
    number, unit = float(size), "bytes"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if number < 1024:
            break
        number, unit = number / 1024, larger
    return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
