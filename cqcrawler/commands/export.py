"""`cqcrawler export`: articles as a file for other programs."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.export import Exported, check_suffix, write_articles, write_versions
from cqcrawler.commands.common import archive_option, filter_options, json_option, quiet_option
from cqcrawler.commands.output import print_json, progress


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--table",
    type=click.Choice(["articles", "versions"]),
    default="articles",
    show_default=True,
    help="The articles as they are, or every version of them.",
)
@filter_options
@archive_option
@json_option
@quiet_option
def command(
    file: Path, table: str, filters: Filters, archive_path: Path, as_json: bool, quiet: bool
) -> None:
    """Write articles to FILE, which ends in .csv, .jsonl, .xlsx or .parquet.

    CSV and XLSX are for spreadsheets, Parquet is for pandas and DuckDB, and JSON lines have
    everything that is known. The file has what the archive had when the export began, also
    while a crawl writes. A FILE that exists is replaced once everything is written. The
    SHA-256 that is printed tells whether a copy is the same.

    \b
    Examples:
      cqcrawler export articles.csv
      cqcrawler export chongqing.xlsx --region 重庆 --since 2025-07-01
      cqcrawler export history.parquet --table versions
    """
    check_suffix(file)
    with Archive(archive_path, must_exist=True) as archive, archive.reading():
        exported = _export(archive, file, table, filters, show=not quiet)
    if as_json:
        print_json({"file": str(file), "table": table} | asdict(exported))
    else:
        click.echo(f"{exported.rows} {table} written to {file}, SHA-256 {exported.sha256}")


def _export(archive: Archive, file: Path, table: str, filters: Filters, *, show: bool) -> Exported:
    if table == "versions":
        total = archive.count_versions(filters)
        versions = archive.all_versions(filters)
        return write_versions(progress(versions, "Writing", total, show=show), file)
    total = archive.count(filters=filters, most=sys.maxsize)
    articles = archive.articles(filters)
    return write_articles(progress(articles, "Writing", total, show=show), file)
