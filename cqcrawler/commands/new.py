"""`cqcrawler new`: what came since a day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cqcrawler.archive import Archive, Change, Filters
from cqcrawler.archive.articles.stored import ChangedArticle, was_out_before
from cqcrawler.commands.common import (
    archive_option,
    filter_options_without_days,
    json_option,
    quiet_option,
)
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
from cqcrawler.exceptions import UsageError
from cqcrawler.text.clock import BEIJING

if TYPE_CHECKING:
    from cqcrawler.archive.search.asked import Search

# What each is called that is listed; what is new to the archive only stands by itself.
_NEW, _FIRST_ARCHIVED = Change.NEW.value, "archived"
_GROUPS = (_NEW, _FIRST_ARCHIVED, Change.CHANGED.value, Change.WITHDRAWN.value)
_HEADINGS = {_FIRST_ARCHIVED: "first archived, published earlier"}
_USUAL_SPAN = timedelta(days=7)


def _parse_moment(text: str) -> datetime:
    """Read a day or period as search has it, or a time as `runs --json` prints it; what names no
    zone is Beijing's."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    from cqcrawler.text.typed_dates import parse_period

    try:
        day = parse_period(text, datetime.now(BEIJING).date()).first
        return datetime.combine(day, time(), BEIJING).astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"{text!r} is no date: write it like 2025-07-07, 2025-07, 7d or 昨天"
        ) from None


@click.command()
@click.option(
    "--since",
    type=_parse_moment,
    metavar="DAY",
    help="The first day (2025-07-07, 7d, 昨天) or moment; by default, the last 7 days.",
)
@click.option("--watch", "watch_name", metavar="NAME", help="Of what this watch finds.")
@filter_options_without_days
@archive_option
@json_option
@quiet_option
def command(
    since: datetime | None,
    watch_name: str | None,
    filters: Filters,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """List what was found new, changed or withdrawn lately.

    An article that is several of these is listed once: as withdrawn rather than new, and as
    new rather than changed. What came into the archive and is older at its portal (published
    before --since, and more than a week before it came) is listed apart, as first archived. Days
    and times are those of Beijing.

    \b
    Examples:
      cqcrawler new
      cqcrawler new --since 昨天 --place 渝北
      cqcrawler new --watch 渝北签约 --since 2025-07-01 --json
    """
    start = since or datetime.now(UTC) - _USUAL_SPAN
    with Archive(archive_path, must_exist=True) as archive:
        search = _search(archive, watch_name, filters)
        if as_json:
            print_json([_record(article, start) for article in archive.changes(start, search)])
            return
        counts = {group: _print_group(archive, start, search, group) for group in _GROUPS}
    if quiet:
        return
    new, late, changed, withdrawn = counts.values()
    if late:
        found = (
            f"{new} new, {late} first archived, published earlier, {changed} changed, "
            f"{withdrawn} withdrawn"
        )
    else:
        found = f"{new} new, {changed} changed, {withdrawn} withdrawn"
    tell(f"{found} since {start.astimezone(BEIJING):%Y-%m-%d %H:%M}")


def _search(archive: Archive, watch_name: str | None, filters: Filters) -> Search | None:
    if watch_name is None and filters == Filters():
        return None
    from cqcrawler.archive.search.asked import Search

    if watch_name is None:
        return Search(filters=filters)
    if filters != Filters():
        raise UsageError(f"{watch_name} has filters of its own: leave out --watch, or the others")
    return archive.watches.one(watch_name).search


def _record(article: ChangedArticle, since: datetime) -> dict[str, Any]:
    return asdict(article) | {"first_archived": was_out_before(article, since)}


def _print_group(archive: Archive, since: datetime, search: Search | None, group: str) -> int:
    """Print the articles of one kind and return their number."""
    count = 0
    # Asked for once a group, so that a first crawl of any size is never in memory.
    for article in archive.changes(since, search):
        name = _FIRST_ARCHIVED if was_out_before(article, since) else article.change.value
        if name == group:
            if on_terminal() and not count:
                say(_HEADINGS.get(group, group), bold=True)
            _print_article(article, group)
            count += 1
    return count


def _print_article(article: ChangedArticle, group: str) -> None:
    at, title = beijing_time(article.at), one_line(article.title)
    cells = article_cells(article.id, article.published, article.region, title)
    if on_terminal():
        print_cells(at, *cells)
    else:
        print_cells(group, at, *cells, one_line(article.url))
