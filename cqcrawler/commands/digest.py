"""`cqcrawler digest`: what a week or month brought, as one page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from cqcrawler import portals
from cqcrawler.archive import Archive
from cqcrawler.archive.file.files import finish, replacing
from cqcrawler.commands.common import archive_option, json_option, quiet_option
from cqcrawler.commands.output import print_json, tell
from cqcrawler.digest import Digest, Named, gather, message, month, since_day, to_html, week
from cqcrawler.exceptions import UsageError


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--week", "is_week", is_flag=True, help="The last seven days, as without it.")
@click.option("--month", "is_month", is_flag=True, help="The last month.")
@click.option("--since", metavar="DAY", help="From this day on: 2025-07-07, 2025-07, 7d, 上月.")
@click.option("--site", metavar="URL", default="", help="Link to this site of the archive, too.")
@click.option(
    "--to",
    metavar="ADDRESS",
    multiple=True,
    help="Write a mail to this address instead of a page; may be repeated.",
)
@archive_option
@json_option
@quiet_option
def command(
    file: Path | None,
    is_week: bool,
    is_month: bool,
    since: str | None,
    site: str,
    to: tuple[str, ...],
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write what a week or month brought as one page, to be mailed.

    New projects and the largest, sums by industry and place, edits, withdrawals, stories told
    again, how the portals are and what is new to the watches, in Chinese, in one HTML file that
    fetches nothing. Copies and follow-ups count once. What came into the archive and is old at
    its portal is counted apart. Without FILE, it lies in exports/ beside the archive, named by
    its week or month; - prints it.

    A week begins on this day of last week, so that on a Monday morning it is all of last week.

    \b
    Examples:
      cqcrawler digest
      cqcrawler digest --month --site https://archive.example.org
      cqcrawler digest - --to team@example.org | sendmail -t
    """
    named = _named(datetime.now(UTC), since, is_week=is_week, is_month=is_month)
    _check_site(site)
    registry, _ = portals.valid_portals()
    with Archive(archive_path, must_exist=True) as archive:
        digest = gather(archive, named, registry)
    made = message(digest, site, to) if to else to_html(digest, site).encode()
    if file == Path("-"):
        click.echo(made, nl=False)
        return
    suffix = "eml" if to else "html"
    path = file or archive_path.parent / "exports" / f"digest-{named.name}.{suffix}"
    sha256 = _write(path, made)
    if as_json:
        print_json({"file": str(path), **_numbers(digest), "sha256": sha256})
    elif not quiet:
        tell(f"{digest.news.count} notices and {digest.projects.count} projects in {path}")


def _named(now: datetime, since: str | None, *, is_week: bool, is_month: bool) -> Named:
    if sum((is_week, is_month, since is not None)) > 1:
        raise UsageError("--week, --month and --since are three ways to say it: give one")
    if since is None:
        return month(now) if is_month else week(now)
    try:
        return since_day(since, now)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--since {error}") from error


def _check_site(site: str) -> None:
    if site and not site.startswith(("http://", "https://")):
        raise UsageError(f"--site {site} is no http or https URL")


def _write(path: Path, content: bytes) -> str:
    try:
        with replacing(path) as partial:
            partial.write_bytes(content)
            return finish(partial)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error


def _numbers(digest: Digest) -> dict[str, object]:
    span = digest.named.span.parameters
    return {
        "since": span["since"],
        "until": span["until"],
        "notices": digest.news.count,
        "first_archived": digest.late,
        "projects": digest.projects.count,
        "promised": {one.unit: one.promised for one in digest.promised},
        "changed": digest.changed.count,
        "withdrawn": digest.withdrawn.count,
        "retold": digest.retold.count,
        "stale": digest.stale.count,
    }
