"""`cqcrawler demo`: the whole road in half a minute, on a portal of our own."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from cqcrawler.archive import Archive
from cqcrawler.commands.common import DEMO_ARCHIVE, how_to_name
from cqcrawler.commands.output import in_words, print_table, say, tell
from cqcrawler.commands.site import serve

if TYPE_CHECKING:
    from cqcrawler.demo.tour import Visit

_STATES = {1: "as it is", 2: "days later"}
_COUNTS = ("new", "changed", "unchanged", "withdrawn", "failed")
# To a shell, letters of any script and these signs mean nothing but themselves.
_PLAIN = re.compile(r"[\w./:+=-]+")


@click.command()
@click.option(
    "--archive",
    "archive_path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=DEMO_ARCHIVE,
    show_default=True,
    help="The archive file; never one with real portals in it.",
)
@click.option("--site", "with_site", is_flag=True, help="At the end, serve the archive as a site.")
@click.pass_context
def command(ctx: click.Context, archive_path: Path, with_site: bool) -> None:
    """Crawl a bundled portal, twice, and try four queries on it.

    The portal and everything in it are invented; it is served on this machine, and no network
    is used. Run again, it crawls into the same archive and finds nothing new.

    \b
    Example:
      cqcrawler demo
    """
    # Scrapy takes long to load; --help need not wait for it.
    from cqcrawler.demo import tour

    before = tour.earlier(archive_path)
    say("Crawling a small portal of invented notices, served on this machine.\n")
    with Console(stderr=True).status(in_words("This takes some seconds.")):
        visits = list(tour.visits(archive_path, before))
    _print_visits(visits)
    if exit_code := max(visit.crawled.exit for visit in visits):
        ctx.exit(exit_code)
    after = tour.earlier(archive_path)
    with Archive(archive_path, must_exist=True) as archive:
        right, total = tour.read_right(archive, after.port)
    say(f"\n{right} of {total} notices stand in {archive_path} exactly as written.")
    _show_queries(archive_path, since=after.began[1])
    tell(f"\nAll other commands can use this archive, too: {how_to_name(archive_path)}.")
    if with_site:
        serve(archive_path)


def _print_visits(visits: Sequence[Visit]) -> None:
    """Print a row for each crawl and, below, the cause of each outcome that has one."""
    headings = ["portal", "outcome", "pages", *_COUNTS, "seconds"]
    rows = []
    for visit in visits:
        report = visit.crawled.portals[0]
        pages = report.listing_pages + report.detail_pages
        counts = [getattr(report, name) for name in _COUNTS]
        seconds = round(visit.crawled.duration_s)
        rows.append([_STATES[visit.revision], report.outcome.value, pages, *counts, seconds])
    print_table(headings, rows)
    for visit in visits:
        if reason := visit.crawled.portals[0].reason:
            say(f"{_STATES[visit.revision]}: {reason}")


def _show_queries(archive_path: Path, since: str) -> None:
    """Show four commands to try, each with its answer."""
    from cqcrawler.commands import main

    for query in (
        ["search", "生物医药", "--limit", "3"],
        ["search", "标准厂房", "--region", "江苏", "--limit", "3"],
        [
            "search",
            "--stage",
            "签约",
            "--industry",
            "电子信息制造",
            "--sort",
            "amount",
            "--limit",
            "3",
        ],
        ["new", "--since", since],
    ):
        arguments = [*query, "--archive", str(archive_path)]
        click.echo(f"\n$ {_program()} {' '.join(map(_quoted, arguments))}")
        main(arguments, standalone_mode=False)


def _program() -> str:
    """Return how to call us from here: by name where the shell finds it."""
    if shutil.which("cqcrawler"):
        return "cqcrawler"
    called = Path(sys.argv[0])
    return str(called) if called.name == "cqcrawler" else f"{sys.executable} -m cqcrawler"


def _quoted(argument: str) -> str:
    """Quote for the shell, but leave plain Chinese as it is."""
    return argument if _PLAIN.fullmatch(argument) else shlex.quote(argument)
