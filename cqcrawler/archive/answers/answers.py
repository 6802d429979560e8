"""Answers to what an analyst asks first, over one open archive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cqcrawler.archive.answers import money, undertakings
from cqcrawler.archive.answers.money import Amount
from cqcrawler.archive.answers.undertakings import After, History, ProjectSums
from cqcrawler.archive.articles.stated import SourcedFact, StoredProject
from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.search import find

_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Among:
    """The articles that a search means (None: all), not `complete` where there may be more."""

    ids: frozenset[int] | None
    complete: bool = True


class Answers:
    """Sums, counts and undertakings; QueryError names a filter that names nothing."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def among(self, search: Search) -> Among:
        """Return the articles that a search means, as many as are found in a few seconds."""
        if search.is_empty:
            return Among(None)
        found = find(
            self._db,
            search.terms,
            search.filters,
            substring=search.substring,
            most=None,
            seconds=_SECONDS,
        )
        return Among(frozenset(found.ids), found.complete)

    def amounts(self) -> tuple[Amount, ...]:
        """Return every amount that sums are made of."""
        return money.read(self._db)

    def facts(self, numbers: Sequence[int]) -> list[SourcedFact]:
        """Return facts by number, in that order; those that are no more are left out."""
        rows = self._db.execute(_FACTS, [json.dumps(numbers)])
        found = {row[0]: SourcedFact(*row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def projects(
        self, search: Search, *, newest: bool = False, after: After | None = None, most: int = 50
    ) -> list[StoredProject]:
        """Return `most` projects, the largest or those told of last first, that come `after` one.

        The terms and filters are those of `undertakings.page`.
        """
        return undertakings.page(
            self._db, search.terms, search.filters, newest=newest, after=after, most=most
        )

    def project_sums(self, search: Search) -> ProjectSums:
        """Return how many projects there are to page through, and what they come to."""
        return undertakings.sums(self._db, search.terms, search.filters)

    def largest_projects(
        self, search: Search, ids: Collection[int] | None, most: int = 10
    ) -> list[StoredProject]:
        """Return the projects with most yuan: those that come first in `projects`, but terms and
        what filters projects do not have are of their notices, which are `ids` (`among`)."""
        own = undertakings.own(search.filters)
        all_told = not search.terms.strip() and own == search.filters
        return undertakings.largest(
            self._db, own, None if all_told or ids is None else [*ids], most
        )

    def project(self, number: int) -> History | None:
        """Return all that is known of a project, None where there is none of that number."""
        return undertakings.history(self._db, number)


_FACTS = f"""
SELECT {", ".join(SourcedFact.__slots__)} FROM fact_sources
WHERE fact_id IN (SELECT value FROM json_each(?))
"""
