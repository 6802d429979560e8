"""The full-text index follows the articles in batches; `gram_version` tells what is in it.

A contentless table can only forget a text that is named to it exactly, so the old tokens are
made again from the old text before that is overwritten.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from cqcrawler.archive.search.query import Query, Term
from cqcrawler.text.grams import GRAM_VERSION, tokens

# A private-use character, which FTS5 takes for a letter and no word of a text has. With it in
# front, the tokens of a title can be asked for apart from those of the body.
_TITLE_MARK = "\ue000"
# What every FTS5 keeps together as one token; of rarer scripts versions of Unicode differ.
_PLAIN = re.compile(r"[0-9a-z㐀-䶿一-鿿]+")
# More would narrow no further: all matches are verified anyway.
_MOST_TOKENS = 30


def index_pending(db: sqlite3.Connection, limit: int) -> int:
    """Index at most `limit` articles that are not yet, and return how many there were."""
    rows = db.execute(
        "SELECT id, title, body FROM articles WHERE gram_version IS NULL LIMIT ?", [limit]
    ).fetchall()
    db.executemany(
        "INSERT INTO articles_fts (rowid, grams) VALUES (?, ?)",
        ((article_id, document(title, body)) for article_id, title, body in rows),
    )
    db.executemany(
        "UPDATE articles SET gram_version = ? WHERE id = ?",
        ((GRAM_VERSION, article_id) for article_id, _, _ in rows),
    )
    return len(rows)


def forget(db: sqlite3.Connection, article_id: int) -> None:
    """Take an article out of the index while its old text is still there."""
    row = db.execute(
        "SELECT title, body FROM articles WHERE id = ? AND gram_version IS NOT NULL", [article_id]
    ).fetchone()
    if row is None:
        return
    db.execute(
        "INSERT INTO articles_fts (articles_fts, rowid, grams) VALUES ('delete', ?, ?)",
        [article_id, document(*row)],
    )
    db.execute("UPDATE articles SET gram_version = NULL WHERE id = ?", [article_id])


def is_current(db: sqlite3.Connection) -> bool:
    """Whether what is indexed follows today's rule for tokens."""
    # Rules never mix, so one row speaks for all.
    row = db.execute(
        "SELECT gram_version FROM articles WHERE gram_version IS NOT NULL LIMIT 1"
    ).fetchone()
    return row is None or row[0] == GRAM_VERSION


def drop_outdated(db: sqlite3.Connection) -> None:
    """Empty an index that was built by another rule: its articles are all pending then."""
    if not is_current(db):
        drop(db)


def drop(db: sqlite3.Connection) -> None:
    """Empty the index."""
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
    db.execute("UPDATE articles SET gram_version = NULL")


def match_expression(query: Query, *, in_title: bool = False) -> str:
    """Return an FTS5 query for articles that have all that a match has; empty when none can help:
    of alternatives, each must have something to be found by."""
    mark = _TITLE_MARK if in_title else ""
    room = _MOST_TOKENS
    groups = []
    for alternatives in query.wanted:
        terms = [_plain_tokens(term) for term in alternatives][:room]
        if not all(terms) or len(terms) < len(alternatives):
            continue
        each = max(1, room // len(terms))
        groups.append(" OR ".join(f"({_all_of(tokens[:each], mark)})" for tokens in terms))
        room -= sum(len(tokens[:each]) for tokens in terms)
    return " AND ".join(f"({group})" for group in groups)


def is_exact(query: Query) -> bool:
    """Whether the index alone tells which of its articles match, so that no text need be read."""
    terms = query.terms
    return (
        not query.unwanted
        and len(terms) <= _MOST_TOKENS
        and all(term.is_exact and _PLAIN.fullmatch(term.text) for term in terms)
    )


def _plain_tokens(term: Term) -> list[str]:
    return [token for token in term.tokens if _PLAIN.fullmatch(token)]


def _all_of(tokens: Sequence[str], mark: str) -> str:
    return " AND ".join(f'"{mark}{token}"' for token in tokens)


def count_matches(db: sqlite3.Connection, expression: str, *, most: int) -> int:
    """Return how many indexed articles match, counting no further than `most`."""
    row = db.execute(
        """SELECT count(*) FROM (
            SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)""",
        [expression, most],
    ).fetchone()
    return int(row[0])


def document(title: str, body: str) -> str:
    """Return the text of an article as the index has it: its tokens."""
    in_title = (_TITLE_MARK + token for token in tokens(title).split())
    return " ".join([tokens(f"{title}\n{body}"), *in_title])
