"""Searches that people keep under a name, and what of them was told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.archive.file.values import timestamp, to_json
from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.matcher import Matcher
from cqcrawler.archive.search.nearest import unknown
from cqcrawler.exceptions import QueryError, UsageError

# It stands in addresses and file names, and nobody should have to quote it.
_NAME = re.compile(r"[^\W_][\w.·-]{0,39}")


@dataclass(frozen=True, slots=True)
class Watch:
    """A search under a name; times are ISO 8601 in UTC, `told_at` None where it told of nothing."""

    name: str
    search: Search
    added_at: str
    told_at: str | None


class Watches:
    """The watches of an archive.

    What is new to a watch is whatever its search finds and it has not told of, so that it makes
    no difference when and why a notice came to be found: saved late, imported with the time of
    an old capture, edited, or read again by other rules.
    """

    def __init__(self, db: Connection) -> None:
        self._db = db

    def all(self) -> list[Watch]:
        """Return the watches by name."""
        rows = self._db.execute(
            """SELECT name, search, added_at, max(told_at)
            FROM watches LEFT JOIN watch_told ON watch = name GROUP BY name ORDER BY name"""
        )
        return [Watch(name, Search.of(json.loads(search)), *times) for name, search, *times in rows]

    def one(self, name: str) -> Watch:
        """Return the watch of this name; QueryError names those like it."""
        watches = {watch.name: watch for watch in self.all()}
        if not watches:
            raise QueryError(
                f"no watch {name!r}: there are none yet, cqcrawler watch add makes one"
            )
        if name not in watches:
            raise unknown("watch", name, list(watches))
        return watches[name]

    def add(self, name: str, search: Search, at: datetime, *, tell_old: bool = False) -> int:
        """Keep a search; return how many notices it finds, which are not told unless `tell_old`.

        Raises UsageError for a name that is none or is taken, QueryError for a filter that names
        nothing.
        """
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"{name!r} is no name for a watch: take up to 40 letters, digits, -, _, . or ·, "
                "a letter or digit first"
            )
        found = list(self._found(search, but=()))
        row = {"name": name, "search": to_json(search.pairs()), "added_at": timestamp(at)}
        with transaction(self._db):
            if self._db.execute("SELECT 1 FROM watches WHERE name = ?", [name]).fetchone():
                raise UsageError(f"there is a watch {name!r} already: remove it first")
            self._db.table("watches").insert(row)
            if not tell_old:
                self._note(name, found, None)
        return len(found)

    def remove(self, name: str) -> None:
        """Forget a watch, and what it told of; QueryError names those like it."""
        self.one(name)
        with transaction(self._db):
            self._db.execute("DELETE FROM watch_told WHERE watch = ?", [name])
            self._db.execute("DELETE FROM watches WHERE name = ?", [name])

    def new_to(self, watch: Watch, since: datetime) -> list[int]:
        """Return the ids of what a watch finds that was first archived since then, those archived
        last first; QueryError where its search names nothing any more."""
        matcher = Matcher(self._db, watch.search)
        rows = self._db.execute("SELECT id FROM articles WHERE first_seen >= ?", [timestamp(since)])
        recent = matcher.candidates & {article_id for (article_id,) in rows}
        return list(filter(matcher.finds, sorted(recent, reverse=True)))

    def untold(self, watch: Watch) -> list[int]:
        """Return the ids of what a watch finds and has not told of, those archived last first."""
        told = self._db.execute(
            "SELECT id FROM watch_told JOIN articles USING (url) WHERE watch = ?", [watch.name]
        )
        return list(self._found(watch.search, but={article_id for (article_id,) in told}))

    def note_told(self, watch: Watch, ids: Iterable[int], at: datetime) -> None:
        """Remember that a watch has told of notices."""
        with transaction(self._db):
            self._note(watch.name, ids, timestamp(at))

    def _found(self, search: Search, *, but: Iterable[int]) -> Iterator[int]:
        matcher = Matcher(self._db, search)
        others = matcher.candidates.difference(but)
        return filter(matcher.finds, sorted(others, reverse=True))

    def _note(self, name: str, ids: Iterable[int], at: str | None) -> None:
        self._db.executemany(
            """INSERT OR IGNORE INTO watch_told (watch, url, told_at)
            SELECT ?, url, ? FROM articles WHERE id = ?""",
            ((name, at, article_id) for article_id in ids),
        )
