"""`cqcrawler search`: full text, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cqcrawler.archive import Archive, Filters, Order, Search
from cqcrawler.archive.search.query import Query, parse
from cqcrawler.archive.search.search import Found, Hit
from cqcrawler.commands.common import (
    archive_option,
    json_option,
    limit_option,
    quiet_option,
    search_options,
    search_settings,
)
from cqcrawler.commands.output import (
    article_cells,
    bracketed,
    marked,
    on_terminal,
    print_cells,
    print_json,
    tell,
    word,
)
from cqcrawler.exceptions import UsageError

if TYPE_CHECKING:
    from cqcrawler.archive.answers.money import Sums

# Of more, neither the number nor the money is told: reading them would take longer than a look.
_MOST_COUNTED = 10_000


@click.command(context_settings=search_settings)
@search_options
@limit_option
@click.option("--rank", is_flag=True, help="The same as --sort relevance.")
@archive_option
@json_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    search: Search,
    limit: int,
    rank: bool,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Search titles and texts, newest first.

    An article is found that has all of the terms; a term that begins with - must not be in it.
    Phrases go into double quotes, inside quotes of the shell. OR between two terms wants one of
    them. Without terms, a filter lists everything that it lets through. Of what notices state,
    --place, --stage, --industry, --min, --event-since and --event-until filter, and --sort amount
    puts the largest investments first.

    \b
    Examples:
      cqcrawler search 科学城 大健康 --region 重庆 --since 2025-07-01
      cqcrawler search '"总投资超百亿元"' -成都
      cqcrawler search 储能 OR 光伏 --place 渝北 --since 2025H1
      cqcrawler search --stage 签约 --min 10亿 --sort amount
    """
    if rank:
        search = _by_relevance(search, ctx.params["sort"])
    _check(search)
    with Archive(archive_path, must_exist=True) as archive:
        hits = archive.search(
            search.terms,
            search.filters,
            limit=limit,
            order=search.order,
            substring=search.substring,
        )
        found, sums = _found(archive, search, hits, limit)
    if as_json:
        print_json(
            {
                "found": len(found.ids),
                "capped": not found.complete,
                "sums": sums,
                "hits": [_record(hit) for hit in hits],
            }
        )
        return
    for hit in hits:
        _print_hit(hit, with_amount=search.order is Order.AMOUNT)
    if not quiet:
        tell(_summary(found, sums, len(hits)) if hits else f"nothing found in {archive_path}")


def _found(
    archive: Archive, search: Search, hits: Sequence[Hit], limit: int
) -> tuple[Found, Sums | None]:
    """Return all that was found, and the money that it tells of unless that is too many."""
    if len(hits) < limit:
        found = Found(tuple(hit.id for hit in hits), complete=True)
    else:
        most = max(limit, _MOST_COUNTED)
        found = archive.find(search.terms, search.filters, substring=search.substring, most=most)
    return found, archive.sums(found.ids) if found.complete else None


def _by_relevance(search: Search, sort: str | None) -> Search:
    if sort not in (None, Order.RELEVANCE):
        raise UsageError(f"--rank is --sort relevance: leave it out beside --sort {sort}")
    return replace(search, order=Order.RELEVANCE)


def _check(search: Search) -> None:
    asks = search.order is Order.AMOUNT or search.filters != Filters()
    if not asks and parse(search.terms) == Query():
        raise UsageError("say what to search for, such as cqcrawler search 重庆, or give a filter")


def _print_hit(hit: Hit, *, with_amount: bool) -> None:
    title = marked(hit.title)
    if hit.withdrawn_at:
        title += bracketed(word("withdrawn", "remark"))
    if with_amount and hit.amount is not None:
        from cqcrawler.text.typed_amounts import shown_amount

        title += bracketed(shown_amount(hit.amount))
    cells = article_cells(hit.id, hit.published, _place(hit), title)
    passage = marked(hit.passage)
    if on_terminal():
        print_cells(*cells)
        click.echo(f"        {passage}")
    else:
        print_cells(*cells, passage)


def _place(hit: Hit) -> str:
    """Return the region and, where a place was asked for that is not in it, how that is named."""
    if hit.place is None or hit.place_stands == "region":
        return hit.region or ""
    where = "title" if hit.place_stands == "title" else "lead"
    return f"{hit.region or ''} {hit.place}".lstrip() + bracketed(word(where, "remark"))


def _record(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "published": hit.published,
        "region": hit.region,
        "title": hit.title.text,
        "title_marks": hit.title.marks,
        "passage": hit.passage.text,
        "passage_marks": hit.passage.marks,
        "portal": hit.portal,
        "url": hit.url,
        "withdrawn_at": hit.withdrawn_at,
        "event_from": hit.event_from,
        "event_to": hit.event_to,
        "stage": hit.stage,
        "source": hit.source,
        "amount": hit.amount,
        "place": hit.place,
        "place_stands": hit.place_stands,
    }


def _summary(found: Found, sums: Sums | None, shown: int) -> str:
    count = len(found.ids)
    said = f"{count} found" if found.complete else f"at least {count} found"
    if shown < count:
        said += f", {shown} shown: --limit shows more"
    if sums is None or not sums.notices:
        return said
    from cqcrawler.text.typed_amounts import shown_amount

    money = [
        f"{shown_amount(yuan)} {what}"
        for yuan, what in ((sums.promised, "promised"), (sums.realised, "realised"))
        if yuan
    ]
    told = f"{' and '.join(money)} in {sums.notices} of them"
    return f"{said}; {told}"
