"""The orders of results, and what stands behind a result in them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from cqcrawler.archive.search.conditions import AMOUNTS, Condition


class Order(StrEnum):
    """What comes first: the newest, the largest investment, or what answers the terms best."""

    NEWEST = "newest"
    AMOUNT = "amount"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class Position:
    """Where an article stands among the newest, or by amount, which is None where it states none.

    It says so by what the article is and not by how many stand before it, so that those that
    come in later shift nothing.
    """

    order: Order
    amount: float | None
    published: str | None
    id: int


ANYWHERE: Condition = ("1", [])

_AMOUNTS_OF_IT = f"FROM facts_current WHERE article_id = articles.id AND {AMOUNTS}"
_WITHOUT_AMOUNT: Condition = (f"NOT EXISTS (SELECT 1 {_AMOUNTS_OF_IT})", [])
_UNDATED: Condition = ("published IS NULL", [])


def position_of(db: sqlite3.Connection, order: Order, article_id: int) -> Position:
    """Return where an article that is there stands."""
    published, amount = db.execute(
        f"SELECT published, (SELECT max(value) {_AMOUNTS_OF_IT}) FROM articles WHERE id = ?",
        [article_id],
    ).fetchone()
    return Position(order, amount if order is Order.AMOUNT else None, published, article_id)


def behind(position: Position) -> tuple[list[Condition], list[Condition]]:
    """Return what articles behind a position are, group by group: those in the order of their
    amounts, and then those in the order of their days."""
    if position.amount is not None:
        return [_smaller(position.amount, position.id)], [_WITHOUT_AMOUNT]
    among = _WITHOUT_AMOUNT if position.order is Order.AMOUNT else ANYWHERE
    return [], [both(among, older) for older in _older(position.published, position.id)]


def _smaller(amount: float, article_id: int) -> Condition:
    # Of an article with several amounts, only the largest says where it stands.
    return (
        f"""value <= ? AND (value < ? OR article_id > ?)
        AND value = (SELECT max(value) {_AMOUNTS_OF_IT})""",
        [amount, amount, article_id],
    )


def _older(published: str | None, article_id: int) -> list[Condition]:
    # Group by group, as a day OR none would have SQLite walk from the newest one on.
    if published is None:
        return [("published IS NULL AND articles.id < ?", [article_id])]
    dated = "published <= ? AND (published < ? OR articles.id < ?)"
    return [(dated, [published, published, article_id]), _UNDATED]


def both(one: Condition, other: Condition) -> Condition:
    """Return the condition that two hold."""
    return f"({one[0]}) AND ({other[0]})", [*one[1], *other[1]]
