"""`cqcrawler watch`: searches that are kept."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from cqcrawler.archive import Archive
from cqcrawler.archive.file.lock import telling
from cqcrawler.archive.search.asked import FILTER_NAMES, Search
from cqcrawler.archive.watches import Watch
from cqcrawler.commands.common import (
    archive_option,
    json_option,
    quiet_option,
    search_options,
    search_settings,
)
from cqcrawler.commands.output import beijing_time, print_json, print_table, tell
from cqcrawler.exceptions import ArchiveError, UsageError, WebhookError

_HEADINGS = ("name", "added", "last told", "search")


@click.group()
def command() -> None:
    """Keep searches under a name, and hear what is new to them.

    cqcrawler new --watch NAME lists what came lately, the site has a feed of every watch.

    \b
    Examples:
      cqcrawler watch add 渝北签约 签约 --place 渝北 --min 1亿
      cqcrawler watch list
      cqcrawler watch alert
      cqcrawler watch remove 渝北签约
    """


@command.command(context_settings=search_settings)
@click.argument("name")
@search_options
@click.option("--old", is_flag=True, help="Tell of what is in the archive already, too.")
@archive_option
@json_option
@quiet_option
def add(
    name: str,
    search: Search,
    old: bool,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Keep a search under NAME, with the terms and filters of cqcrawler search.

    Relative days stay as typed: --since 7d means the last 7 days of whatever day it is. What the
    archive has already is not told, but with --old.

    \b
    Examples:
      cqcrawler watch add 渝北签约 签约 --place 渝北 --min 1亿
      cqcrawler watch add 储能 储能 OR 光伏 -招聘
    """
    if search.is_empty:
        raise UsageError("say what to watch for, such as cqcrawler watch add 重庆 --place 重庆")
    with _open(archive_path) as archive:
        found = archive.watches.add(name, search, datetime.now(UTC), tell_old=old)
        watch = archive.watches.one(name)
    if as_json:
        print_json(_record(watch) | {"found": found})
    elif not quiet:
        tell(f"{name} is kept; it finds {found} now")


@command.command("list")
@archive_option
@json_option
def list_watches(archive_path: Path, as_json: bool) -> None:
    """List the watches, with what they search for and when they last told of something."""
    with Archive(archive_path, must_exist=True) as archive:
        watches = archive.watches.all()
    if as_json:
        print_json([_record(watch) for watch in watches])
    elif watches:
        print_table(_HEADINGS, map(_cells, watches))
    else:
        tell("there are no watches: cqcrawler watch add makes one")


@command.command()
@click.argument("name")
@archive_option
@quiet_option
def remove(name: str, archive_path: Path, quiet: bool) -> None:
    """Forget the watch NAME, and what it told of; notices stay."""
    with _open(archive_path) as archive:
        archive.watches.remove(name)
    if not quiet:
        tell(f"{name} is removed")


@command.command()
@click.argument("names", metavar="[NAME] ...", nargs=-1)
@click.option(
    "--webhook",
    metavar="URL",
    envvar="CQCRAWLER_WEBHOOK",
    help="Where to post; by default, CQCRAWLER_WEBHOOK.",
)
@archive_option
@json_option
@quiet_option
@click.pass_context
def alert(
    ctx: click.Context,
    names: tuple[str, ...],
    webhook: str | None,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Post what is new to the watches, or to those named, to a webhook.

    For cron, after the crawl. Each notice is told once to each watch; what was not delivered is
    told the next time. A message has ten notices, and a watch ten messages at a time: what is
    left waits for the next. CQCRAWLER_WEBHOOK_TEMPLATE names the JSON to post, as it does for
    health.

    The exit code is 0 when everything was told, or nothing is new; 1 when something was not; 2
    without a webhook; 3 while another process is telling.

    \b
    Examples:
      cqcrawler watch alert
      cqcrawler watch alert 渝北签约 --json
    """
    from cqcrawler.watching import load, tell_new

    if not webhook:
        raise UsageError("name a webhook: set CQCRAWLER_WEBHOOK, or give --webhook URL")
    try:
        posting = load(webhook, os.environ.get("CQCRAWLER_WEBHOOK_TEMPLATE"))
    except WebhookError as error:
        raise UsageError(str(error)) from error
    with _open(archive_path) as archive, telling(archive_path):
        watches = archive.watches
        named = [watches.one(name) for name in dict.fromkeys(names)] or watches.all()
        told = list(tell_new(archive, named, posting))
    if as_json:
        print_json(told)
    elif not quiet:
        for one in told:
            left = f", {one.left} left for the next time" if one.left else ""
            said = f"{one.told} told"
            tell(f"{one.watch}: {said}{left}")
    for one in told:
        if one.problem:
            tell(f"cqcrawler: {one.watch}: {one.problem}")
    ctx.exit(1 if any(one.problem for one in told) else 0)


def _open(path: Path) -> Archive:
    """Open an archive that is there, to write to it."""
    archive = Archive(path, must_exist=True)
    if not archive.writable:
        archive.close()
        raise ArchiveError(f"{path} cannot be written, and watches are kept in it")
    return archive


def _record(watch: Watch) -> dict[str, Any]:
    return {
        "name": watch.name,
        "search": watch.search.pairs(),
        "added_at": watch.added_at,
        "told_at": watch.told_at,
    }


def _cells(watch: Watch) -> tuple[str, ...]:
    return (
        watch.name,
        beijing_time(watch.added_at),
        beijing_time(watch.told_at),
        _as_typed(watch.search),
    )


def _as_typed(search: Search) -> str:
    """Return a search as `cqcrawler search` takes it."""
    options = search.pairs()
    filters = [
        f"--{name.replace('_', '-')} {_quoted(options[name])}"
        for name in FILTER_NAMES.values()
        if name in options
    ]
    return " ".join(filter(None, [search.terms, *filters, "--substring" * search.substring]))


def _quoted(value: str) -> str:
    # Chinese would be quoted by `shlex`, and needs no quotes.
    return value if value.isalnum() else shlex.quote(value)
