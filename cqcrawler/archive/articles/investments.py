"""The investments that a choice of articles states: each amount, and the sums of the views."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from cqcrawler.archive.articles.once import FROM, KEYS, once
from cqcrawler.archive.articles.stated import projects_of
from cqcrawler.archive.file.views import AMOUNTS, select_of


@dataclass(frozen=True, slots=True)
class Amount:
    """A row of `investments` with the notice that states it, and the project that it is of.

    `promised` and `realised` are in `unit`; one of them is None. `text` are the words.
    """

    article_id: int
    title: str
    url: str
    published: str | None
    month: str | None
    stale: bool
    withdrawn: bool
    province: str | None
    city: str | None
    district: str | None
    zone: str | None
    industries: tuple[str, ...]
    stage: str | None
    project: str | None
    investor: str | None
    basis: str
    scope: str
    unit: str
    promised: float | None
    realised: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Sums:
    """A row of a view that sums `investments` up: `group` are its columns before the unit."""

    group: tuple[str | int | None, ...]
    unit: str
    notices: int
    promised: float | None
    realised: float | None
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Step:
    """What a notice tells of a project on a day."""

    project: str
    investor: str | None
    stage: str | None
    at: str
    phase: str
    title: str
    published: str | None
    url: str


def amounts_of(db: sqlite3.Connection, articles: Iterable[int]) -> Iterator[Amount]:
    """Return the amounts that these articles add to sums, the latest month first."""
    for row in db.execute(_AMOUNTS, [_counted(db, articles)]):
        named: dict[str, Any] = dict(zip(Amount.__slots__, row, strict=True))
        named |= {name: bool(named[name]) for name in ("stale", "withdrawn")}
        yield Amount(**named | {"industries": tuple(json.loads(named["industries"]))})


def sums_by(db: sqlite3.Connection, what: str, articles: Iterable[int]) -> Iterator[Sums]:
    """Return the sums over these articles by `region`, `industry` or `month`, as that view has
    them over all."""
    select = select_of(f"investment_by_{what}")
    rows = db.execute(f"{_OF_THESE} {select}", [_counted(db, articles)])
    # Behind the columns of each group stand the same five.
    return (Sums(row[:-5], *row[-5:]) for row in rows)


def steps_of(db: sqlite3.Connection, articles: Iterable[int]) -> Iterator[Step]:
    """Return what all notices tell of the projects of these articles, of each the first day
    first."""
    for number in projects_of(db, articles):
        yield from (Step(*row) for row in db.execute(_STEPS, [number]).fetchall())


class _Told(NamedTuple):
    fact_id: int
    article_id: int
    realised: bool
    leader: int
    project: int
    at: str


def _counted(db: sqlite3.Connection, articles: Iterable[int]) -> str:
    """Return the facts that count for these articles, as JSON."""
    ids = frozenset(articles)
    told = (_Told(*row) for row in db.execute(_TOLD, [json.dumps([*ids])]))
    return json.dumps([one.fact_id for one in once(told, ids)])


_TOLD = f"""SELECT facts.id, facts.article_id, basis IN ('paid_in', 'spent'), {KEYS}
{FROM} AND facts.article_id IN (SELECT value FROM json_each(?))"""

# Under the name of the view that has what counts of all, so that what sums that up can stay.
_OF_THESE = f"""WITH investments AS ({AMOUNTS}
    AND facts.id IN (SELECT value FROM json_each(?)))"""

_AMOUNTS = f"""{_OF_THESE}
SELECT articles.id, articles.title, articles.url, articles.published, month, investments.stale,
    investments.withdrawn_at IS NOT NULL, investments.province, investments.city,
    investments.district, investments.zone,
    (SELECT json_group_array(name) FROM (SELECT name FROM article_industries
        WHERE article_id = articles.id GROUP BY name ORDER BY min(position))),
    articles.stage, projects.name, projects.investor, investments.basis, investments.scope,
    investments.unit, promised, investments.realised, facts.text
FROM investments
JOIN articles ON articles.id = investments.article_id
JOIN facts ON facts.id = fact_id
LEFT JOIN project_amounts AS money
    ON (money.article_id, money.field, money.start) = (facts.article_id, facts.field, facts.start)
LEFT JOIN projects ON projects.id = money.project_id
ORDER BY month DESC, articles.id, fact_id
"""

_STEPS = """
SELECT projects.name, investor, told.stage, told.at, told.phase, title, published, url
FROM project_notices AS told
JOIN projects ON projects.id = told.project_id
JOIN articles ON articles.id = told.article_id
WHERE told.project_id = ? ORDER BY told.at, told.article_id
"""
