"""`cqcrawler import`: WARC files and saved pages into the archive."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cqcrawler.commands.common import archive_option, json_option, quiet_option
from cqcrawler.commands.output import print_json, print_table, stages, tell

if TYPE_CHECKING:
    from cqcrawler.importing import Imported
    from cqcrawler.importing.importing import Report

_MOST_REFUSED = 20
_COUNTS = ("new", "changed", "unchanged", "held", "older", "failed")


@click.command()
@click.argument(
    "paths",
    metavar="FILE_OR_DIR...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True),
)
@click.option("--portal", default="", metavar="NAME", help="Whose pages they are.")
@click.option("--dry-run", is_flag=True, help="Show what would come of it, and change nothing.")
@archive_option
@json_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    portal: str,
    dry_run: bool,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Bring WARC files and saved pages into the archive.

    WARC files may be anybody's. Of saved pages the address is in a urls.tsv, urls.csv or urls.json
    of their folder (file, url, and maybe fetched_at and content_type), in what cqcrawler probe
    --save writes beside them, or in the pages, if a browser wrote it there. They belong to the
    portal whose site they lie on.

    Nothing is fetched, and nothing withdrawn. A page that is held already is left alone, and so is
    one that is older than what is held. What cannot be taken is named. The exit code is 0 if all
    was read, 1 if not, or if pages are missing that the listings name, 2 for wrong usage, 3 if
    another run is writing, 4 for an error of ours.

    \b
    Examples:
      cqcrawler import crawl.warc.gz --dry-run
      cqcrawler import pages/ --portal chongqing
    """
    from cqcrawler.commands.crawl import refuse_demo_archive
    from cqcrawler.importing import import_pages
    from cqcrawler.settings import CQCRAWLER_LEAST_FREE_MB, CQCRAWLER_WARC_SIZE
    from cqcrawler.warc import WarcSettings

    refuse_demo_archive(archive_path)
    with stages(show=not quiet) as watch:
        done = import_pages(
            paths,
            archive_path,
            portal=portal,
            dry_run=dry_run,
            raw=WarcSettings(CQCRAWLER_WARC_SIZE),
            least_free=CQCRAWLER_LEAST_FREE_MB * 2**20,
            watch=watch,
        )
    if as_json:
        print_json({"exit": done.exit, **asdict(done)})
    else:
        _print(done)
    ctx.exit(done.exit)


def _print(done: Imported) -> None:
    if done.portals:
        print_table(("portal", "pages", *_COUNTS, "outcome"), map(_row, done.portals))
    for refused in done.refused[:_MOST_REFUSED]:
        tell(f"cqcrawler: {refused.where}: {refused.why}")
    if more := done.refused[_MOST_REFUSED:]:
        tell(f"cqcrawler: {len(more)} more: --json names all")
    left = {
        "pages that are neither notices nor listings": sum(r.others for r in done.portals),
        "pages that were gone": sum(r.gone for r in done.portals),
        "pages that lead to where nothing was kept": sum(r.excluded for r in done.portals),
        "records without a page of their own (revisits)": done.revisits,
        "files that are no pages": done.files,
        "pages of other sites": done.elsewhere,
    }
    if said := ", ".join(f"{count} {what}" for what, count in left.items() if count):
        tell(f"left out: {said}")
    if not done.portals:
        tell("there is no page that could be imported")
    elif done.dry_run:
        tell("a dry run: nothing was changed")


def _row(report: Report) -> tuple[object, ...]:
    counts = (getattr(report, name) for name in _COUNTS)
    outcome = report.outcome.value
    cause = f"{outcome}: {report.reason}" if report.reason else outcome
    return (report.portal, report.pages, *counts, cause)
