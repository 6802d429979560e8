"""`cqcrawler crawl`: read portals into the archive."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from cqcrawler import demo, portals
from cqcrawler.archive import Archive
from cqcrawler.commands.common import (
    archive_option,
    json_option,
    parse_date,
    parse_settings,
    quiet_option,
    settings_option,
)
from cqcrawler.commands.output import ending, in_words, print_json, print_table, tell
from cqcrawler.exceptions import ArchiveLocked, NoArchive, PortalError, UsageError
from cqcrawler.portals import Portal
from cqcrawler.private_files import make_folder, opener
from cqcrawler.run.run import PortalRun, Report
from cqcrawler.run.scope import Scope

if TYPE_CHECKING:
    from cqcrawler.crawling import Crawled, Watch

_COUNTS = ("new", "changed", "unchanged", "withdrawn", "failed")


@click.command()
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@click.option("--url", "urls", multiple=True, help="Crawl the portal that starts at this page.")
@click.option("--due", is_flag=True, help="Crawl the registered portals whose interval is over.")
@click.option(
    "--since",
    type=parse_date,
    metavar="YYYY-MM-DD",
    help="Leave out notices that their listing dates earlier.",
)
@click.option(
    "--max-pages", type=click.IntRange(min=1), metavar="N", help="Fetch N pages a portal at most."
)
@click.option(
    "--full",
    is_flag=True,
    help="Read every listing to its end, and look at every archived notice again.",
)
@settings_option
@click.option(
    "--log-file", type=click.Path(path_type=Path, dir_okay=False), help="Write the log here."
)
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    help="How much to log; by default info, on a terminal warning.",
)
@archive_option
@json_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    urls: tuple[str, ...],
    due: bool,
    since: date | None,
    max_pages: int | None,
    full: bool,
    settings: tuple[str, ...],
    log_file: Path | None,
    log_level: str | None,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Crawl portals into the archive, by name or from a start page.

    A listing is followed for as long as it shows something new, and once a week to its end. A
    run that was stopped goes on where it was. The exit code is 0 if all went well, 1 if not
    all was read, 2 for wrong usage, 3 if another run is writing, 4 for an error of ours.

    Behind the outcome stands how many of the notices that the portal declares were listed, or
    complete where it declares none and all listings were read, or how many pages are pending where
    --max-pages or another bound ended the run.

    \b
    Examples:
      cqcrawler crawl chongqing sc
      cqcrawler crawl --url http://chongqing.010b.com/ --max-pages 50
      cqcrawler crawl chongqing --full
      cqcrawler crawl --due --quiet --log-file data/crawl.log
    """
    refuse_demo_archive(archive_path)
    scope = Scope(since, max_pages, full=full)
    overrides = {**_logging(log_file, log_level, quiet), **parse_settings(settings)}
    if due:
        _check_due(names, urls, scope)
        crawled = _crawl_due(archive_path, scope, overrides, quiet)
    else:
        jobs = _jobs(names, urls, scope)
        # Scrapy takes long to load; --help and wrong usage need not wait for it.
        from cqcrawler.crawling import crawl

        with _progress(show=not quiet) as watch:
            crawled = crawl(jobs, archive_path, overrides=overrides, watch=watch)
    if as_json:
        print_json(crawled)
    elif crawled.portals:
        print_summary(crawled)
    ctx.exit(crawled.exit)


def refuse_demo_archive(path: Path) -> None:
    """Raise UsageError for the archive of the demo, which stays one of invented notices."""
    if demo.NAME in portals.portal_files():
        return
    with suppress(NoArchive), Archive(path, must_exist=True) as archive:
        if archive.runs.last(demo.NAME):
            raise UsageError(
                f"{path} holds the demo's invented notices: crawl into another file, with "
                "--archive or CQCRAWLER_ARCHIVE"
            )


def _check_due(names: Sequence[str], urls: Sequence[str], scope: Scope) -> None:
    if names or urls:
        raise UsageError("--due finds the portals itself: leave out their names and --url")
    if not scope.whole:
        raise UsageError("--due crawls whole portals: leave out --since and --max-pages")


def _crawl_due(archive_path: Path, scope: Scope, overrides: dict[str, str], quiet: bool) -> Crawled:
    """Crawl what is due; a portal file that is not valid is no obstacle to the others."""
    from cqcrawler.crawling import crawl_due

    registry, problems = portals.valid_portals()
    for problem in problems:
        tell(f"cqcrawler: {problem}")
    try:
        with _progress(show=not quiet) as watch:
            crawled = crawl_due(registry, scope, archive_path, overrides=overrides, watch=watch)
    except ArchiveLocked:
        if not quiet:
            raise
        # A timer that fires while a long run goes on needs no mail about it.
        click.get_current_context().exit(ArchiveLocked.exit_code)
    if not crawled.portals and not quiet:
        tell("nothing is due: cqcrawler portals shows what is next")
    if problems:
        return replace(crawled, exit=max(crawled.exit, PortalError.exit_code))
    return crawled


def _jobs(names: Sequence[str], urls: Sequence[str], scope: Scope) -> list[tuple[Portal, Scope]]:
    """Return what to crawl, and how far."""
    registered = portals.portal_files()
    if not names and not urls:
        raise UsageError(
            "name a portal (`cqcrawler portals` lists them), give a start page with --url, "
            "or take what is --due"
        )
    jobs = {name: (portals.load(name), scope) for name in names}
    for portal, _ in jobs.values():
        if not portal.is_enabled:
            tell(f"cqcrawler: {portal.name}: nobody has reached it yet: {portal.note}")
    for portal in portals.for_urls(urls):
        if portal.name in jobs:
            raise UsageError(f"{portal.start_urls[0]} is of {portal.name}, which is named as well")
        starts = portal.start_urls if portal.name in registered else ()
        jobs[portal.name] = (portal, replace(scope, starts=starts))
    return list(jobs.values())


def _logging(log_file: Path | None, level: str | None, quiet: bool) -> dict[str, str]:
    """Return the settings that send the log where it does not spoil the screen."""
    settings = {"LOG_LEVEL": level.upper()} if level else {}
    if log_file is not None:
        try:
            make_folder(log_file.parent)
            open(log_file, "a", opener=opener).close()
        except OSError as error:
            raise UsageError(f"--log-file {log_file}: {error.strerror}") from error
        return {"LOG_FILE": str(log_file), **settings}
    if quiet:
        return {"LOG_LEVEL": "ERROR", **settings}
    return {"LOG_LEVEL": "WARNING", **settings} if sys.stderr.isatty() else settings


@contextmanager
def _progress(*, show: bool) -> Iterator[Watch | None]:
    """Show a line for each portal on a terminal; elsewhere the log tells."""
    if not show or not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def watch(run: PortalRun) -> None:
            name, tally = run.portal.name, run.tally
            line = in_words(
                f"{name}  {tally.pages} pages  {tally.notices} notices  {run.pending()} pending"
            )
            if name not in tasks:
                tasks[name] = progress.add_task(line, total=None)
            progress.update(tasks[name], description=line)

        yield watch


def print_summary(crawled: Crawled) -> None:
    """Print a line for each portal, with whether all was listed, and the cause of its outcome."""
    print_table(("portal", "pages", *_COUNTS, "outcome"), map(_row, crawled.portals))


def _row(report: Report) -> tuple[object, ...]:
    pages = report.listing_pages + report.detail_pages
    counts = (getattr(report, name) for name in _COUNTS)
    ended = ending(
        report.outcome,
        report.reason,
        complete=report.complete,
        declared=report.declared_total,
        counts={"seen": report.seen, "pending": report.pending},
    )
    return (report.portal, pages, *counts, ended)
