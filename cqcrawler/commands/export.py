"""`cqcrawler export`: articles as a file for other programs."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from cqcrawler.archive import Archive, Filters, Order
from cqcrawler.archive.export import (
    Exported,
    check_suffix,
    write_articles,
    write_facts,
    write_projects,
    write_versions,
)
from cqcrawler.commands.common import archive_option, filter_options, json_option, quiet_option
from cqcrawler.commands.output import Watch, print_json, say, stages, told
from cqcrawler.exceptions import UsageError


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--table",
    type=click.Choice(["articles", "facts", "projects", "versions"]),
    default="articles",
    show_default=True,
    help="The articles as they are, the facts that they state, the projects that they tell of, or "
    "every version of them.",
)
@filter_options
@click.option(
    "--sort",
    type=click.Choice([Order.NEWEST.value, Order.AMOUNT.value]),
    default=Order.NEWEST.value,
    show_default=True,
    help="Which articles come first: the newest, or those with the largest investment.",
)
@archive_option
@json_option
@quiet_option
def command(
    file: Path,
    table: str,
    filters: Filters,
    sort: str,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write articles to a file for other programs.

    FILE ends in .csv or .xlsx for spreadsheets, in .parquet for pandas and DuckDB, or in .jsonl
    for everything that is known. It has what the archive had when the export began, also
    while a crawl writes. A FILE that exists is replaced once everything is written. The
    SHA-256 that is printed tells whether a copy is the same.

    \b
    Examples:
      cqcrawler export articles.csv
      cqcrawler export chongqing.xlsx --region 重庆 --since 2025-07-01
      cqcrawler export history.parquet --table versions
      cqcrawler export facts.csv --table facts --stage 签约 --min 1亿
      cqcrawler export projects.xlsx --table projects --region 重庆
    """
    check_suffix(file)
    order = Order(sort)
    if order is Order.AMOUNT and table != "articles":
        raise UsageError("--sort amount is for articles: leave out --table")
    with (
        Archive(archive_path, must_exist=True) as archive,
        archive.reading(),
        stages(show=not quiet) as watch,
    ):
        exported = _export(archive, file, table, filters, order, watch)
    if as_json:
        print_json({"file": str(file), "table": table} | asdict(exported))
    else:
        say(f"{exported.rows} {table} written to {file}, SHA-256 {exported.sha256}")


def _export(
    archive: Archive, file: Path, table: str, filters: Filters, order: Order, watch: Watch
) -> Exported:
    if table == "versions":
        total = archive.count_versions(filters)
        return write_versions(told(archive.all_versions(filters), total, watch), file)
    if table == "facts":
        total = archive.count_facts(filters)
        return write_facts(told(archive.facts(filters), total, watch), file)
    if table == "projects":
        total = archive.count_projects(filters)
        return write_projects(told(archive.projects(filters), total, watch), file)
    total = archive.count(filters=filters, most=sys.maxsize)
    newest = order is Order.NEWEST
    rows = archive.articles(filters) if newest else archive.matching("", filters, order)
    return write_articles(told(rows, total, watch), file)
