"""`cqcrawler new`: what came since a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from cqcrawler.archive import Archive, Change
from cqcrawler.archive.articles.stored import ChangedArticle
from cqcrawler.commands.common import archive_option, json_option, quiet_option
from cqcrawler.commands.output import (
    article_cells,
    beijing_time,
    on_terminal,
    one_line,
    print_cells,
    print_json,
    say,
    tell,
)
from cqcrawler.text.clock import BEIJING

_GROUPS = (Change.NEW, Change.CHANGED, Change.WITHDRAWN)
_USUAL_SPAN = timedelta(days=7)


def _parse_moment(text: str) -> datetime:
    """Read a day, or a time as `runs --json` prints it; what names no zone is Beijing's."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{text!r} is no date: write it like 2025-07-07") from None


@click.command()
@click.option(
    "--since",
    type=_parse_moment,
    metavar="YYYY-MM-DD",
    help="The first day; by default, the last 7 days.",
)
@archive_option
@json_option
@quiet_option
def command(since: datetime | None, archive_path: Path, as_json: bool, quiet: bool) -> None:
    """List what was found new, changed or withdrawn lately.

    An article that is several of these is listed once: as withdrawn rather than new, and as
    new rather than changed. Days and times are those of Beijing.

    \b
    Examples:
      cqcrawler new
      cqcrawler new --since 2025-07-01 --json
    """
    start = since or datetime.now(UTC) - _USUAL_SPAN
    with Archive(archive_path, must_exist=True) as archive:
        if as_json:
            print_json(list(archive.changes(start)))
            return
        counts = {group: _print_group(archive, start, group) for group in _GROUPS}
    if quiet:
        return
    found = ", ".join(f"{count} {group}" for group, count in counts.items())
    tell(f"{found} since {start.astimezone(BEIJING):%Y-%m-%d %H:%M}")


def _print_group(archive: Archive, since: datetime, group: Change) -> int:
    """Print the articles of one kind and return their number."""
    count = 0
    # Asked for once a group, so that a first crawl of any size is never in memory.
    for article in archive.changes(since):
        if article.change is group:
            if on_terminal() and not count:
                say(group, bold=True)
            _print_article(article)
            count += 1
    return count


def _print_article(article: ChangedArticle) -> None:
    at, title = beijing_time(article.at), one_line(article.title)
    cells = article_cells(article.id, article.published, article.region, title)
    if on_terminal():
        print_cells(at, *cells)
    else:
        print_cells(article.change, at, *cells, one_line(article.url))
