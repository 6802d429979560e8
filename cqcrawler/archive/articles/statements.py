"""What an article states, kept beside it: read in the transaction that saves its text.

It is a function of title, text, day and region, and not of the raw page. So it is read again where
one of these changed or the rules are others, and stays where neither did.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from cqcrawler.archive.articles.corrected import apply_corrections
from cqcrawler.exceptions import CqcrawlerError

if TYPE_CHECKING:
    from cqcrawler.facts.model import Facts

logger = logging.getLogger(__name__)

# The columns of an article that decide what it states.
INPUTS = ("title", "body", "published", "region")
# The columns of each table beside the article's id, and its position where there are several.
_NUMBER = ("kind", "value", "value_max", "unit", "qualifier")
_SPAN = ("field", "start", "stop")
FACT = (*_NUMBER, "role", "basis", "scope", "subject", "text", "sentence", *_SPAN)
_LISTS = {
    "other_numbers": (*_NUMBER, "text", "sentence", *_SPAN),
    "dates_ahead": ("kind", "day", "text", "sentence", *_SPAN),
    "article_industries": ("name", "text", *_SPAN),
    "article_places": ("name", "code", "stands", "text", *_SPAN),
    "article_actors": ("kind", "name", "role", "origin", "text", *_SPAN),
}
# All of them, so that they can be emptied and made anew.
TABLES = ("facts", *_LISTS)
_EVENT = {
    "event_from": "first",
    "event_to": "last",
    "event_text": "text",
    "event_precision": "precision",
    "event_field": "field",
    "event_start": "start",
    "event_stop": "stop",
}
Row = tuple[Any, ...]


def today() -> str:
    """Return the version of the rules by which facts are read now."""
    from cqcrawler.facts.version import facts_version  # Only writers want it.

    return facts_version()


def are_due(known: sqlite3.Row | Mapping[str, Any], columns: Mapping[str, Any]) -> bool:
    """Whether an article, which the archive holds as `known`, is to have its facts read again."""
    return known["facts_version"] != today() or any(known[n] != columns[n] for n in INPUTS)


def read(columns: Mapping[str, Any]) -> Facts:
    """Return what an article states, by its columns in `articles`."""
    from cqcrawler.facts.read import read_facts  # Only writers want it.

    return read_facts(
        columns["title"],
        columns["body"],
        published=columns["published"],
        region=columns["region"] or "",
    )


def read_if_possible(columns: Mapping[str, Any]) -> Facts | None:
    """Return what an article states, None where our own rules fail on it.

    No notice is lost for that: it has no facts then, nor a version of them, so that `reextract
    --facts` tries it again and names it.
    """
    try:
        return read(columns)
    except Exception:
        logger.exception("the facts of %r cannot be read", columns["title"])
        return None


def columns_of(facts: Facts | None) -> dict[str, Any]:
    """Return what `articles` holds of facts, or of none that were read."""
    if facts is None:
        return dict.fromkeys((*_EVENT, "stale", "stage", "facts_version"))
    event = facts.event
    when = {
        column: _plain(getattr(event, name)) if event else None for column, name in _EVENT.items()
    }
    stage = facts.stage.value if facts.stage else None
    return {**when, "stale": int(facts.stale), "stage": stage, "facts_version": today()}


def rows_of(facts: Facts, title: str, body: str) -> dict[str, list[Row]]:
    """Return the rows of each table, without the article's id and their positions.

    Every row has the words that it was read from, which are a part of the title or the body.
    """
    texts = {"title": title, "body": body}
    stated = {
        "other_numbers": facts.other_numbers,
        "dates_ahead": facts.dates_ahead,
        "article_industries": facts.industries,
        "article_places": facts.places,
        "article_actors": facts.actors,
    }
    return {"facts": [_row(fact, FACT, texts) for fact in facts.numbers]} | {
        table: [_row(item, _LISTS[table], texts) for item in items]
        for table, items in stated.items()
    }


def write(
    db: sqlite3.Connection, article_id: int, facts: Facts | None, title: str, body: str
) -> None:
    """Write the rows of an article in the place of those there, inside the caller's transaction.

    The article has its new text already. What people corrected stays corrected.
    """
    found = rows_of(facts, title, body) if facts else {}
    for table in TABLES:
        rows = found.get(table, [])
        if table == "facts":
            placed: Sequence[Row] = [(article_id, *row) for row in rows]
        else:
            placed = [(article_id, position, *row) for position, row in enumerate(rows)]
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
        # sqlite-utils would take longer to write these tables than it takes to read the facts.
        db.executemany(_insert(table), placed)
    apply_corrections(db, article_id)


def refresh(db: sqlite3.Connection, article_id: int) -> None:
    """Read an article's facts again from what is stored, inside the caller's transaction."""
    columns = stored(db, article_id)
    facts = read_if_possible(columns)
    set_columns(db, article_id, facts)
    write(db, article_id, facts, columns["title"], columns["body"])
    relate(db, article_id, facts, columns)


def relate(
    db: sqlite3.Connection, article_id: int, facts: Facts | None, columns: Mapping[str, Any]
) -> None:
    """Find the story and the projects of an article, whose facts are written already.

    One whose facts could not be read tells of no project. Where our own rules fail on it, it has
    the story that it had or one of its own, and no version of its facts, so that `reextract
    --facts` tries it again.
    """
    from cqcrawler.archive.articles import projects, stories  # Only writers want them.

    db.execute("SAVEPOINT relations")
    try:
        stories.place(db, article_id)
        projects.place(db, article_id, facts, columns)
    except (sqlite3.Error, CqcrawlerError):
        raise
    except Exception:
        logger.exception("the story of %r cannot be told", columns["title"])
        db.execute("ROLLBACK TO relations")
        stories.keep(db, article_id)
        db.execute("UPDATE articles SET facts_version = NULL WHERE id = ?", [article_id])
    db.execute("RELEASE relations")


def refresh_all(db: sqlite3.Connection) -> None:
    """Read the facts of all articles again, inside the caller's transaction, which has no rows of
    stories and projects."""
    db.execute("UPDATE articles SET story_id = NULL")
    for (article_id,) in db.execute("SELECT id FROM articles").fetchall():
        refresh(db, article_id)


def stored(db: sqlite3.Connection, article_id: int) -> dict[str, Any]:
    """Return what the archive holds of an article that decides its facts, and their version."""
    names = (*INPUTS, "facts_version")
    row = db.execute(f"SELECT {', '.join(names)} FROM articles WHERE id = ?", [article_id])
    return dict(zip(names, row.fetchone(), strict=True))


def set_columns(db: sqlite3.Connection, article_id: int, facts: Facts | None) -> None:
    """Write what `articles` holds of facts, inside the caller's transaction."""
    columns = columns_of(facts)
    names = ", ".join(f"{name} = ?" for name in columns)
    db.execute(f"UPDATE articles SET {names} WHERE id = ?", [*columns.values(), article_id])


def rows_held(db: sqlite3.Connection, article_id: int) -> dict[str, list[Row]]:
    """Return the rows of an article as `rows_of` gives them: as they were read, whatever people
    say of that."""
    read_only = {"facts": "AND (superseded = 1 OR correction_id IS NULL) ORDER BY id"}
    return {
        table: db.execute(
            f"""SELECT {", ".join(_columns(table))} FROM {table} WHERE article_id = ?
            {read_only.get(table, "ORDER BY position")}""",
            [article_id],
        ).fetchall()
        for table in TABLES
    }


def _columns(table: str) -> Sequence[str]:
    return FACT if table == "facts" else _LISTS[table]


@cache
def _insert(table: str) -> str:
    columns = ("article_id", *(() if table == "facts" else ("position",)), *_columns(table))
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


def _row(item: Any, columns: Sequence[str], texts: Mapping[str, str]) -> Row:
    """Return a row; names have no words of their own, but the place where they stand."""
    words = texts[item.field][item.start : item.stop]
    values = (words if name == "text" else getattr(item, name) for name in columns)
    return tuple(map(_plain, values))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
