"""Which columns an export has, in which order, and what stands above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cqcrawler.archive.export.columns import (
    COLUMNS,
    JSON_COLUMNS,
    LONG_TEXTS,
    Column,
    Kind,
    Table,
)
from cqcrawler.archive.export.words import heading
from cqcrawler.archive.search.nearest import alike
from cqcrawler.exceptions import UsageError

# What a person opens. In the others names are what programs go by, whoever reads them.
HEADED = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a table is wanted: the columns of these names in this order, None for all; without
    the texts of notices unless `with_text`; headed in English (their names) or Chinese."""

    names: Sequence[str] | None = None
    with_text: bool = True
    in_chinese: bool = False


def chosen(table: Table, suffix: str, choice: Choice) -> list[Column]:
    """Return the columns of a table for a file that ends in `suffix`.

    Raises UsageError for a name of no column, and for what such a file cannot have.
    """
    columns = (JSON_COLUMNS if suffix == ".jsonl" else COLUMNS)[table]
    if choice.names is not None:
        columns = _named(table, columns, choice.names)
    if not choice.with_text:
        columns = _without_text(columns, choice.names)
    if choice.in_chinese:
        if suffix not in HEADED:
            raise UsageError(
                f"Chinese headings are for {' and '.join(HEADED)}: in {suffix}, programs go by "
                "the names of columns"
            )
        columns = [replace(column, heading=heading(table, column.name)) for column in columns]
    return list(columns)


def _named(table: Table, columns: Sequence[Column], names: Sequence[str]) -> list[Column]:
    known = {column.name: column for column in columns}
    for name in names:
        if name not in known:
            like = alike(name, list(known))
            hint = f"did you mean {' or '.join(like)}? " if like else ""
            raise UsageError(
                f"no column {name!r} of {table} in such a file: {hint}It has {', '.join(known)}"
            )
    return [known[name] for name in dict.fromkeys(names)]


def _without_text(columns: Sequence[Column], names: Sequence[str] | None) -> list[Column]:
    asked = [name for name in names or () if name in LONG_TEXTS]
    if asked:
        raise UsageError(f"--no-text leaves out {asked[0]}: name it in --columns, or give that")
    return [
        replace(column, bare=column.kind is Kind.OBJECT)
        for column in columns
        if column.name not in LONG_TEXTS
    ]
