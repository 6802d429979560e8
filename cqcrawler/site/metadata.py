"""What Datasette is told about the archive, in the reader's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cqcrawler.archive.file.dictionary import meanings
from cqcrawler.site.languages import LANGUAGES, messages

# Its name in addresses, whatever the file is called.
DATABASE = "archive"

_ARTICLES = {
    # It has no text of its own, so that Datasette cannot tell what it indexes.
    "fts_table": "articles_fts",
    "fts_pk": "id",
    "searchmode": "escaped",
    "label_column": "title",
    "sort_desc": "published",
    "size": 20,
}
_HIDDEN = ("_sqlite_migrations", "articles_fts")


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question: SQL with named parameters, and words in each language."""

    name: str
    sql: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: Mapping[str, Mapping[str, str]]


@cache
def questions() -> tuple[Question, ...]:
    """Return the saved questions, in the order of their file."""
    text = files("cqcrawler.site").joinpath("questions.toml").read_text(encoding="utf-8")
    return tuple(
        Question(
            name,
            entry["sql"].strip(),
            entry["title"],
            entry["description"],
            entry.get("parameters", {}),
        )
        for name, entry in tomllib.loads(text).items()
    )


@cache
def metadata(language: str) -> dict[str, Any]:
    """Return Datasette's metadata with titles and descriptions in `language`."""
    tables: dict[str, dict[str, Any]] = {name: {"hidden": True} for name in _HIDDEN}
    for table, column, *words in meanings():
        meaning = dict(zip(reversed(LANGUAGES), words, strict=True))[language]
        if column:
            tables[table].setdefault("columns", {})[column] = meaning
        else:
            tables.setdefault(table, {})["description"] = meaning
    tables["articles"] |= _ARTICLES
    title = messages()["site.title"][language]
    return {
        "title": title,
        "databases": {
            DATABASE: {"title": title, "tables": tables, "queries": _queries(language)},
        },
    }


def _queries(language: str) -> dict[str, dict[str, Any]]:
    return {
        question.name: {
            "sql": question.sql,
            "title": question.title[language],
            "description": question.description[language],
            "params": list(question.parameters),
        }
        for question in questions()
    }
