"""What people say of facts and stories: written down, listed, taken back, given away as gold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cqcrawler.archive.articles import stored, stories
from cqcrawler.archive.articles.corrected import (
    ADD,
    CHANGEABLE,
    REJECT,
    SET,
    Anchor,
    Span,
    apply_again,
    locate,
    ordinal_of,
)
from cqcrawler.archive.articles.stated import StoredFact
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.archive.file.values import timestamp, to_json
from cqcrawler.exceptions import UsageError


@dataclass(frozen=True, slots=True)
class Said:
    """Who corrects something, when (aware), and why."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FactCorrection:
    """A row of `fact_corrections`; `article_id` is None where its notice is not in the archive."""

    id: int
    url: str
    action: str
    field: str
    text: str
    ordinal: int
    kind: str
    changes: Mapping[str, Any]
    was: Mapping[str, Any]
    reason: str
    by: str
    at: str
    orphaned: bool
    article_id: int | None


@dataclass(frozen=True, slots=True)
class StoryCorrection:
    """A row of `story_corrections`: whether two notices tell the same story (join, part)."""

    id: int
    action: str
    url: str
    other_url: str
    reason: str
    by: str
    at: str


class Corrections:
    """The corrections of an archive."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def facts(self) -> list[FactCorrection]:
        """Return the corrections of facts, in the order in which they were made."""
        return [_fact_correction(*row) for row in self._db.execute(_FACT_CORRECTIONS)]

    def stories(self) -> list[StoryCorrection]:
        """Return the corrections of stories, in the order in which they were made."""
        return [StoryCorrection(*row) for row in self._db.execute(_STORY_CORRECTIONS)]

    def reject(self, article: StoredArticle, fact: StoredFact, said: Said) -> int:
        """Say that something is no fact; return the number of the correction."""
        return self._of_fact(article, fact, REJECT, {}, said)

    def set(
        self, article: StoredArticle, fact: StoredFact, changes: Mapping[str, Any], said: Said
    ) -> int:
        """Say that a fact is otherwise; return the number of the correction."""
        return self._of_fact(article, fact, SET, changes, said)

    def add(
        self, article: StoredArticle, anchor: Anchor, fact: Mapping[str, Any], said: Said
    ) -> int:
        """Say that words state a fact that was not read; return the number of the correction.

        Raises UsageError where the words do not stand there.
        """
        if locate(anchor, _texts(article)) is None:
            times = f" {anchor.ordinal} times" if anchor.ordinal > 1 else ""
            raise UsageError(
                f"{anchor.text!r} does not stand{times} in the {anchor.field} of article "
                f"{article.id}: give words as they are printed"
            )
        return self._write(article, ADD, anchor, fact["kind"], fact, {}, said)

    def relate(self, action: str, one: StoredArticle, other: StoredArticle, said: Said) -> int:
        """Say that two notices tell the same story (join) or do not (part).

        Raises UsageError for what contradicts what was said of them and others.
        """
        if one.url == other.url:
            raise UsageError(f"both are article {one.id}: name two notices")
        row = {"action": action, "url": one.url, "other_url": other.url, **_of(said)}
        with transaction(self._db):
            self._db.execute(
                "DELETE FROM story_corrections WHERE ?1 IN (url, other_url) "
                "AND ?2 IN (url, other_url)",
                [one.url, other.url],
            )
            number = self._db.insert("story_corrections", row)
            if parted := stories.contradicting(self._db, one.url):
                raise UsageError(
                    f"s{parted} says that two of those joined do not tell the same: undo it first"
                    if parted != number
                    else f"{one.id} and {other.id} are joined by way of others: undo a join first"
                )
            stories.place_tied(self._db, (one.url, other.url))
        return number

    def undo_fact(self, number: int) -> bool:
        """Take a correction of a fact back; return whether there was one."""
        with transaction(self._db):
            row = self._db.execute(
                "SELECT url FROM fact_corrections WHERE id = ?", [number]
            ).fetchone()
            self._db.execute("DELETE FROM fact_corrections WHERE id = ?", [number])
            if row:
                self._apply(row[0])
        return row is not None

    def undo_story(self, number: int) -> bool:
        """Take a correction of stories back; return whether there was one."""
        with transaction(self._db):
            row = self._db.execute(
                "DELETE FROM story_corrections WHERE id = ? RETURNING url, other_url", [number]
            ).fetchone()
            stories.place_tied(self._db, row or ())
        return row is not None

    def gold(self) -> Iterator[dict[str, Any]]:
        """Yield every notice whose facts people corrected, as annotated gold, by its address.

        Its facts are those that stand; what was rejected is named under `not_facts`.
        """
        urls = dict.fromkeys(correction.url for correction in self.facts())
        for url in urls:
            article = stored.one(self._db, url)
            if article is not None:
                yield _gold(article, self._rejected(url))

    def _of_fact(
        self,
        article: StoredArticle,
        fact: StoredFact,
        action: str,
        changes: Mapping[str, Any],
        said: Said,
    ) -> int:
        span = Span(fact.field, fact.start, fact.stop)
        anchor = Anchor(fact.field, fact.text, ordinal_of(span, _texts(article)))
        was = {name: getattr(fact, name) for name in CHANGEABLE}
        return self._write(article, action, anchor, fact.kind, changes, was, said)

    def _write(
        self,
        article: StoredArticle,
        action: str,
        anchor: Anchor,
        kind: str,
        changes: Mapping[str, Any],
        was: Mapping[str, Any],
        said: Said,
    ) -> int:
        row = {
            "url": article.url,
            "action": action,
            **anchor._asdict(),
            "kind": kind,
            "changes": to_json(dict(changes)),
            "was": to_json(dict(was)),
            **_of(said),
            "orphaned": 0,
        }
        with transaction(self._db):
            number = self._db.insert("fact_corrections", row)
            self._apply(article.url)
        return number

    def _apply(self, url: str) -> None:
        row = self._db.execute("SELECT id FROM articles WHERE url = ?", [url]).fetchone()
        if row:
            apply_again(self._db, row[0])

    def _rejected(self, url: str) -> list[dict[str, str]]:
        rows = self._db.execute(_REJECTED, [url])
        return [{"text": text, "why": reason or "rejected"} for text, reason in rows]


def _texts(article: StoredArticle) -> dict[str, str]:
    return {"title": article.title, "body": article.body}


def _of(said: Said) -> dict[str, str]:
    return {"reason": said.reason, "by": said.by, "at": timestamp(said.at)}


def _fact_correction(*row: Any) -> FactCorrection:
    values: Sequence[Any] = row
    number, url, action, field, text, ordinal, kind, changes, was, *rest = values
    reason, by, at, orphaned, article_id = rest
    return FactCorrection(
        *(number, url, action, field, text, ordinal, kind),
        *(json.loads(changes), json.loads(was), reason, by, at),
        bool(orphaned) or article_id is None,
        article_id,
    )


def _gold(article: StoredArticle, rejected: list[dict[str, str]]) -> dict[str, Any]:
    kept = (*CHANGEABLE, "text", "sentence")
    return {
        "id": article.url,
        "published": article.published,
        "region": article.region,
        "title": article.title,
        "body": article.body,
        "facts": [{name: getattr(fact, name) for name in kept} for fact in article.facts],
        "event_from": article.event_from,
        "event_to": article.event_to,
        "event_text": article.event_text,
        "stale": article.stale,
        "industries": list(article.industries),
        "actors": [{"kind": actor.kind, "name": actor.name} for actor in article.actors],
        "places": list(article.places),
        "projects": [],
        "stage": article.stage,
        "not_facts": rejected,
    }


_FACT_CORRECTIONS = """
SELECT c.id, c.url, action, field, text, ordinal, kind, changes, was, reason, by, at, orphaned,
    articles.id
FROM fact_corrections AS c LEFT JOIN articles USING (url) ORDER BY c.id
"""
_STORY_CORRECTIONS = """
SELECT id, action, url, other_url, reason, by, at FROM story_corrections ORDER BY id
"""
# Also what the rules read no more; but not what was said to be a fact after all.
_REJECTED = """
SELECT DISTINCT text, reason FROM fact_corrections AS c
WHERE url = ? AND action = 'reject' AND orphaned = 0 AND NOT EXISTS (
    SELECT 1 FROM fact_corrections AS later WHERE later.id > c.id AND later.action = 'add'
    AND (later.url, later.field, later.text, later.ordinal, later.kind)
    = (c.url, c.field, c.text, c.ordinal, c.kind))
ORDER BY c.id
"""
