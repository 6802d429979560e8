"""What a search found, counted by what it may be narrowed by, and its money summed up."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# Of each facet but months, so many values are told.
_MOST_VALUES = 12
# Where one province has so much of what was found, its parts say more than the other provinces.
_MOSTLY = 0.6
# The code of a unit in GB/T 2260, by its digits that are not filled up with zeros.
_PROVINCE, _CITY, _DISTRICT = 2, 4, 6
_MUNICIPALITIES = ("11", "12", "31", "50")


class Facet(StrEnum):
    """What results are counted by: months of publication (2025-07), or what a filter of that name
    takes. `section` has kinds of sections, `place` codes of GB/T 2260."""

    MONTH = "month"
    PLACE = "place"
    STAGE = "stage"
    INDUSTRY = "industry"
    SECTION = "section"
    SOURCE = "source"
    PORTAL = "portal"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, and how many of the results it would leave."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Sums:
    """The money that notices tell of, in yuan: promised (planned, agreed, by contract), and
    realised (paid in, spent), the same money at two times.

    `notices` is how many of them it is from. What several notices tell of one project, and copies
    tell again, is counted once.
    """

    notices: int
    promised: float
    realised: float


# The articles that are counted, by their ids; None means every one.
Ids = Sequence[int] | None


def sums(db: sqlite3.Connection, ids: Ids) -> Sums:
    """Return the sums of these articles, as the view `investments` counts them."""
    among, parameters = ("1", []) if ids is None else ("article_id IN (SELECT value FROM ids)", ids)
    row = db.execute(
        f"""WITH ids AS MATERIALIZED (SELECT value FROM json_each(?))
        SELECT count(DISTINCT article_id), total(promised), total(realised) FROM investments
        WHERE unit = 'CNY' AND {among}""",
        [json.dumps(list(parameters))],
    ).fetchone()
    return Sums(*row)


def count(db: sqlite3.Connection, facet: Facet, ids: Ids) -> Sequence[Value]:
    """Return the values of a facet among these articles, those met most first; months in order."""
    if facet is Facet.PLACE:
        return _places(db, ids)
    table, column, order, most = _COUNTED[facet]
    is_list = table != "articles"
    key = "article_id" if is_list else "articles.id"
    index = "" if is_list else "INDEXED BY articles_counted"
    source, parameters = _from(table, key, ids, index)
    rows = db.execute(
        f"""SELECT {column}, count(*) FROM {source} WHERE {column} > ''
        GROUP BY 1 ORDER BY {order} LIMIT ?""",
        [*parameters, most],
    )
    return [Value(*row) for row in rows]


_MOST_FIRST = "2 DESC, 1"
_COUNTED = {
    Facet.MONTH: ("articles", "substr(published, 1, 7)", "1", -1),
    Facet.STAGE: ("articles", "stage", _MOST_FIRST, _MOST_VALUES),
    Facet.SECTION: ("articles", "section_kind", _MOST_FIRST, _MOST_VALUES),
    Facet.SOURCE: ("articles", "source", _MOST_FIRST, _MOST_VALUES),
    Facet.PORTAL: ("articles", "portal", _MOST_FIRST, _MOST_VALUES),
    Facet.INDUSTRY: ("article_industries", "name", _MOST_FIRST, _MOST_VALUES),
    Facet.TAG: ("article_tags", "tag", _MOST_FIRST, _MOST_VALUES),
}


def _from(table: str, key: str, ids: Ids, index: str = "") -> tuple[str, list[object]]:
    """Return what to select from: a table, or those of its rows that are of some articles."""
    if ids is None:
        return f"{table} {index}", []
    return f"json_each(?) AS found CROSS JOIN {table} {index} ON {key} = found.value", [
        json.dumps(list(ids))
    ]


def _places(db: sqlite3.Connection, ids: Ids) -> Sequence[Value]:
    """Return provinces, the parts of one that most of the articles are about behind it."""
    provinces = _parts(db, ids, "", _PROVINCE)
    # What names no place is in none, so that shares are of what is told.
    told = max((value.count for value in provinces), default=0)
    if not provinces or told < _MOSTLY * sum(value.count for value in provinces):
        return provinces
    home = provinces[0].value[:_PROVINCE]
    parts = _parts(db, ids, home, _DISTRICT if home in _MUNICIPALITIES else _CITY)
    return [provinces[0], *parts, *provinces[1:]]


def _parts(db: sqlite3.Connection, ids: Ids, inside: str, digits: int) -> Sequence[Value]:
    """Count articles by the units inside one that they are about: that of their region, and those
    that title or first sentence name."""
    named, parameters = _from("article_places", "article_id", ids)
    stated, _ = _from("articles", "articles.id", ids, "INDEXED BY articles_counted")
    rows = db.execute(
        f"""SELECT code, count(*) FROM (
            SELECT article_id, substr(code, 1, {digits}) AS code FROM {named}
            WHERE stands <> 'text' AND code BETWEEN ? AND ?
            UNION
            SELECT articles.id, substr(region_code, 1, {digits}) FROM {stated}
            WHERE region_code BETWEEN ? AND ?)
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?""",
        [*parameters, inside, f"{inside}:", *parameters, inside, f"{inside}:", _MOST_VALUES + 1],
    )
    found = [Value(code.ljust(_DISTRICT, "0"), count) for code, count in rows]
    return [value for value in found if value.value != inside.ljust(_DISTRICT, "0")]
