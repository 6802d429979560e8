"""`cqcrawler export`: articles as a file for other programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import click

from cqcrawler.archive import Archive, Search
from cqcrawler.archive.export import (
    Exported,
    check_suffix,
    is_of_references,
    write,
    write_briefing,
    write_references,
)
from cqcrawler.archive.export.choice import Choice, chosen
from cqcrawler.archive.export.columns import Column, Table
from cqcrawler.commands.common import (
    archive_option,
    json_option,
    quiet_option,
    search_options,
    search_settings,
)
from cqcrawler.commands.output import Watch, print_json, say, stages, tell, told
from cqcrawler.exceptions import UsageError

_BRIEFING = "briefing"
_WACZ = ".wacz"
_Exporter = Callable[[Archive, Search, Sequence[int], Watch], Exported]


@click.command(context_settings=search_settings)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--table",
    type=click.Choice([*(table.value for table in Table), _BRIEFING]),
    default=Table.ARTICLES.value,
    show_default=True,
    help="The articles as they are, the facts that they state, the projects that they tell of, "
    "every version of them, or a workbook in Chinese for a meeting.",
)
@search_options
@click.option(
    "--columns",
    metavar="A,B,C",
    help="Only these columns, in this order: id,published,title,url.",
)
@click.option(
    "--no-text", is_flag=True, help="Leave out the body, and the sentences that repeat it."
)
@click.option(
    "--headings",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="The language of the headings of .csv and .xlsx; en are the names of the columns.",
)
@archive_option
@json_option
@quiet_option
def command(
    file: Path,
    table: str,
    search: Search,
    columns: str | None,
    no_text: bool,
    headings: str,
    archive_path: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write articles to a file for other programs.

    FILE ends in .csv or .xlsx for spreadsheets, in .parquet for pandas and DuckDB, in .jsonl for
    everything that is known, in .bib or .ris for references, or in .wacz for the raw pages
    themselves, as evidence that browsers replay. TERMS and options say which
    articles, as those of search do: AND, OR, "phrases", -exclusions; without any, all of them.
    The file has what the archive had when the export began, also while a crawl writes. A FILE
    that exists is replaced once everything is written. The SHA-256 that is printed tells whether
    a copy is the same.

    \b
    Examples:
      cqcrawler export articles.csv
      cqcrawler export storage.xlsx 储能 OR 光伏 -成都 --region 重庆 --since 2025H1
      cqcrawler export list.xlsx --columns published,title,source,url --headings zh
      cqcrawler export history.parquet --table versions
      cqcrawler export facts.csv --table facts --stage 签约 --min 1亿
      cqcrawler export references.bib 科学城
      cqcrawler export projects.xlsx 科学城 --table projects --sort amount
      cqcrawler export evidence.wacz 科学城 --stage 签约
      cqcrawler export 会议.xlsx 储能 --since 2025 --table briefing
    """
    if file.suffix.lower() == _WACZ:
        _check_evidence(table, columns, no_text=no_text, headings=headings)
        _pack(file, search, archive_path, as_json=as_json, quiet=quiet)
        return
    check_suffix(file)
    names = None if columns is None else [name.strip() for name in columns.split(",")]
    choice = Choice(names, with_text=not no_text, in_chinese=headings == "zh")
    export = _exporter(file, table, choice)
    with (
        Archive(archive_path, must_exist=True) as archive,
        archive.reading(),
        stages(show=not quiet) as watch,
    ):
        exported = export(archive, search, archive.found(search), watch)
    if as_json:
        print_json({"file": str(file), "table": table} | asdict(exported))
    else:
        what = Table.ARTICLES if table == _BRIEFING else table
        say(f"{exported.rows} {what} written to {file}, SHA-256 {exported.sha256}")


def _check_evidence(table: str, columns: str | None, *, no_text: bool, headings: str) -> None:
    if table != Table.ARTICLES or columns is not None or no_text or headings != "en":
        raise UsageError(
            "a WACZ file has the raw pages of articles: leave out --table, --columns, --no-text "
            "and --headings"
        )


def _pack(file: Path, search: Search, archive_path: Path, *, as_json: bool, quiet: bool) -> None:
    from cqcrawler.wacz import Provenance, pack

    filters = {name: value for name, value in asdict(search.filters).items() if value is not None}
    options = {**filters, "sort": str(search.order), "substring": search.substring}
    with (
        Archive(archive_path, must_exist=True) as archive,
        archive.reading(),
        stages(show=not quiet) as watch,
    ):
        asked = Provenance(search.terms, options)
        packed = pack(archive, archive.found(search), asked, file, watch)
    if as_json:
        print_json({"file": str(file), "table": Table.ARTICLES} | asdict(packed))
        return
    say(
        f"{packed.articles} articles with {packed.captures} captures of their pages written to "
        f"{file}, SHA-256 {packed.sha256}"
    )
    if packed.missing:
        tell(f"the raw pages of {packed.missing} versions are not there: cqcrawler verify says why")


def _exporter(file: Path, table: str, choice: Choice) -> _Exporter:
    """Return what writes such a file; UsageError for what makes no sense together."""
    if table == _BRIEFING:
        _check_no_columns("a briefing", choice)
        return partial(_export_briefing, file)
    if is_of_references(file):
        if Table(table) is not Table.ARTICLES:
            raise UsageError(f"references are to articles: leave out --table {table}")
        _check_no_columns("a reference", choice)
        return partial(_export_references, file)
    columns = chosen(Table(table), file.suffix.lower(), choice)
    return partial(_export_rows, file, Table(table), columns)


def _check_no_columns(what: str, choice: Choice) -> None:
    if choice != Choice():
        raise UsageError(
            f"{what} has a form of its own: leave out --columns, --no-text and --headings"
        )


def _export_rows(
    file: Path,
    table: Table,
    columns: Sequence[Column],
    archive: Archive,
    search: Search,
    found: Sequence[int],
    watch: Watch,
) -> Exported:
    rows = archive.rows(table, told(found, len(found), watch), search.order)
    return write(rows, columns, file)


def _export_references(
    file: Path, archive: Archive, _: Search, found: Sequence[int], watch: Watch
) -> Exported:
    from cqcrawler.portals import title_of

    citations = archive.citations(told(found, len(found), watch), title_of)
    return write_references(citations, file)


def _export_briefing(
    file: Path, archive: Archive, search: Search, found: Sequence[int], watch: Watch
) -> Exported:
    from cqcrawler.portals import title_of

    briefing = archive.briefing(search, found, title_of)
    sources = told(briefing.sources, len(found), watch)
    return write_briefing(replace(briefing, sources=sources), file)
