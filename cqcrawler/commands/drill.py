"""`cqcrawler drill`: whether a backup is good, and how old."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from cqcrawler.archive import Archive
from cqcrawler.commands.common import archive_option, json_option, quiet_option
from cqcrawler.commands.output import beijing_time, one_line, print_json, say, stages, tell
from cqcrawler.commands.verify import checking, print_verified
from cqcrawler.drill import Drilled, Wanted, drill
from cqcrawler.exceptions import UsageError


@click.command()
@click.argument("source", envvar="CQCRAWLER_BACKUP")
@click.option(
    "--warc",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="CQCRAWLER_BACKUP_WARC",
    help="The folder with the copies of raw pages; without it, those beside the archive.",
)
@click.option(
    "--at", metavar="TIME", help="Go back to this time: 2025-07-07T16:00:00+08:00, or with Z."
)
@archive_option
@json_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    source: str,
    warc: Path | None,
    at: str | None,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Restore a backup into a scratch folder, and verify it.

    SOURCE is the folder or the address of a Litestream replica (s3://bucket/archive), the file
    that configures Litestream (litestream.yml), or a copy that cqcrawler snapshot made;
    CQCRAWLER_BACKUP may name it. It is restored as if the archive were lost, verified with its
    raw pages, compared with the archive, and deleted again. A backup that is good is what
    cqcrawler health goes by. The exit code is 1 for one that is not. The scratch folder needs as
    much room as the archive, and lies where TMPDIR says.

    \b
    Examples:
      cqcrawler drill archive-backup.db
      cqcrawler drill litestream.yml --warc /backup/warc
      cqcrawler drill s3://bucket/archive --at 2025-07-07T16:00:00+08:00
    """
    wanted = Wanted(source, warc, _utc(at) if at else None)
    with Archive(archive_path, must_exist=True) as archive:
        with stages(show=not quiet) as watch, checking(show=not quiet) as verifying:
            drilled = drill(archive, wanted, watch, verifying)
        noted = archive.writable
    if as_json:
        print_json({"ok": drilled.verified.ok, **asdict(drilled)})
    else:
        _print(drilled)
    if not noted:
        tell(f"{archive_path} cannot be written, so health will not know of this drill")
    ctx.exit(0 if drilled.verified.ok else 1)


def _utc(at: str) -> str:
    """Return a time as Litestream takes it; UsageError where it does not say of which zone."""
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        time = datetime.min
    if time.tzinfo is None:
        raise UsageError(
            f"--at {at!r} is no time with its zone: write 2025-07-07T16:00:00+08:00, or with Z"
        )
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _print(drilled: Drilled) -> None:
    print_verified(drilled.verified)
    where, until = one_line(drilled.source), beijing_time(drilled.good_until)
    say(
        f"{drilled.articles} articles and {drilled.versions} versions restored from {where}; "
        f"it has all there was until {until}"
    )
    if drilled.missing_articles or drilled.missing_versions:
        say(
            f"{drilled.missing_articles} articles and {drilled.missing_versions} versions of the "
            "archive are not in it"
        )
