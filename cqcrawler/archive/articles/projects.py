"""The projects that articles tell of: kept beside them, in the transaction that saves a text.

What a project is known by is put together anew from its notices whenever one of them changes, so
it does not depend on what notices said before, and its number stays.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from typing import Any, NamedTuple

from cqcrawler.archive.articles import stories
from cqcrawler.archive.file.values import to_json
from cqcrawler.facts.model import REALISED, Basis, Facts, Stage
from cqcrawler.facts.products import Naming
from cqcrawler.facts.projects import Project, read_projects
from cqcrawler.facts.undertakings import (
    Match,
    Undertaking,
    closeness,
    from_plain,
    joined,
    naming_of,
    project_keys,
    same_project,
    to_plain,
    undertaking_of,
)

# A key of more projects than this tells nothing; so many of those that share keys are compared,
# and so many notices say what a project is known by.
_MOST_WITH_A_KEY, _MOST_COMPARED, _MOST_NOTICES, _MOST_MATES = 200, 20, 60, 8
# A person looks at so many pairs for each undertaking of a notice.
_MOST_DOUBTS = 3
_PROMISED = (Basis.PLANNED, Basis.AGREED, Basis.CONTRACT)
_STAGES = [stage.value for stage in Stage]


class _Told(NamedTuple):
    """A row of `project_notices`, before it has a project."""

    stage: str | None
    name: str
    phase: str
    known: Undertaking


class _Found(NamedTuple):
    """A project of the archive that may be an undertaking, and what speaks for it."""

    weight: tuple[bool, bool, tuple[bool, int, bool]]
    number: int
    known: Undertaking


def place(
    db: sqlite3.Connection, article_id: int, facts: Facts | None, columns: Mapping[str, Any]
) -> None:
    """Find the projects of an article anew, inside the caller's transaction.

    `columns` are its title and body; its story is known already. Without facts it has none.
    """
    told = read_projects(columns["title"], columns["body"], facts) if facts else ()
    former = _projects_of(db, [article_id])
    if not told and not former:
        return
    if former:
        _forget_notice(db, article_id)
    mates = _projects_of(db, stories.mates(db, article_id, _MOST_MATES))
    at, home = _day_and_place(db, article_id)
    doubts: list[tuple[int, int]] = []
    taken: set[int] = set()
    for project in told:
        known = undertaking_of(project, home)
        number, possible = _find(db, known, former, mates, taken)
        if number is None:
            number = _add(db, project.name, known)
        taken.add(number)
        doubts += ((number, other) for other in possible)
        stage = project.stage.value if project.stage else None
        _add_notice(db, number, article_id, at, _Told(stage, project.name, project.phase, known))
        _add_amounts(db, number, article_id, at, project)
        _put_together(db, number)
    for number in former:
        _put_together(db, number)
    _write_doubts(db, doubts)


def take_out(db: sqlite3.Connection, article_id: int) -> None:
    """Take what an article that is to be deleted tells out of its projects."""
    former = _projects_of(db, [article_id])
    _forget_notice(db, article_id)
    for number in former:
        _put_together(db, number)


def _projects_of(db: sqlite3.Connection, articles: Iterable[int]) -> list[int]:
    rows = (
        db.execute("SELECT project_id FROM project_notices WHERE article_id = ?", [article])
        for article in articles
    )
    return sorted({number for found in rows for (number,) in found})


def _forget_notice(db: sqlite3.Connection, article_id: int) -> None:
    for table in ("project_amounts", "project_notices"):
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])


def _day_and_place(db: sqlite3.Connection, article_id: int) -> tuple[str, str | None]:
    day, place = db.execute(
        """SELECT coalesce(event_from, published, substr(first_seen, 1, 10)), region_code
        FROM articles WHERE id = ?""",
        [article_id],
    ).fetchone()
    return str(day), place


def _find(
    db: sqlite3.Connection,
    known: Undertaking,
    former: Collection[int],
    mates: Collection[int],
    taken: Collection[int],
) -> tuple[int | None, list[int]]:
    """Return the project that is this undertaking, and those that may be.

    Of several it is the one that the article told of before, then that of the same story, then
    the one for which most speaks. Where as much speaks for two that are not one, it is neither.
    Those `taken` are what the notice tells beside it, which other names tell apart.
    """
    same: list[_Found] = []
    possible: list[_Found] = []
    for number, other in _known(db, _candidates(db, known, {*former, *mates})).items():
        match = same_project(other, known, retold=number in mates)
        if number in taken and naming_of(other, known) < Naming.BARE:
            continue
        if match is not Match.OTHER:
            weight = (number in former, number in mates, closeness(other, known))
            found = same if match is Match.SAME else possible
            found.append(_Found(weight, number, other))
    same, possible = (sorted(each, key=_weight_first, reverse=True) for each in (same, possible))
    if len(same) > 1 and _is_undecided(*same[:2]):
        same, possible = [], same + possible
    return (same[0].number if same else None), [each.number for each in possible[:_MOST_DOUBTS]]


def _weight_first(found: _Found) -> tuple[Any, int]:
    return found.weight, -found.number


def _is_undecided(first: _Found, second: _Found) -> bool:
    is_former, is_mate, _ = first.weight
    if is_former or is_mate or first.weight != second.weight:
        return False
    return same_project(first.known, second.known) is not Match.SAME


def _candidates(db: sqlite3.Connection, known: Undertaking, others: Collection[int]) -> list[int]:
    keys = project_keys(known)
    weights: defaultdict[int, float] = defaultdict(float)
    for (listed,) in db.execute(_WITH_KEYS, [json.dumps(keys), _MOST_WITH_A_KEY + 1]).fetchall():
        numbers = listed.split(",")
        if len(numbers) <= _MOST_WITH_A_KEY:
            for number in numbers:
                weights[int(number)] += 1 / len(numbers)
    likely = sorted(weights, key=lambda number: (-weights[number], number))
    return list(dict.fromkeys([*sorted(others), *likely]))[:_MOST_COMPARED]


def _known(db: sqlite3.Connection, numbers: Collection[int]) -> dict[int, Undertaking]:
    """Return what is known of projects, by number, in order."""
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(f"SELECT id, known FROM projects WHERE id IN ({marks})", [*numbers])
    found = {number: from_plain(json.loads(known)) for number, known in rows}
    return {number: found[number] for number in numbers}


def _add(db: sqlite3.Connection, name: str, known: Undertaking) -> int:
    row = [name, to_json(to_plain(known))]
    added = db.execute("INSERT INTO projects (name, notices, known) VALUES (?, 0, ?)", row)
    return int(added.lastrowid or 0)


def _add_notice(db: sqlite3.Connection, number: int, article_id: int, at: str, told: _Told) -> None:
    """Write what a notice tells of a project; what it tells under several names is one."""
    before = db.execute(
        "SELECT told FROM project_notices WHERE (project_id, article_id) = (?, ?)",
        [number, article_id],
    ).fetchone()
    known = joined(from_plain(json.loads(before[0])), told.known) if before else told.known
    values = [number, article_id, told.stage, at, told.name, told.phase, to_json(to_plain(known))]
    db.execute(
        """INSERT INTO project_notices (project_id, article_id, stage, at, name, phase, told)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        stage = coalesce(stage, excluded.stage), told = excluded.told""",
        values,
    )


def _add_amounts(
    db: sqlite3.Connection, number: int, article_id: int, at: str, project: Project
) -> None:
    facts = [amount.fact for amount in project.amounts]
    rows = [
        [article_id, fact.field.value, fact.start, number, at, fact.basis in REALISED]
        for fact in facts
        if fact.basis in (*_PROMISED, *REALISED)
    ]
    db.executemany("INSERT OR IGNORE INTO project_amounts VALUES (?, ?, ?, ?, ?, ?)", rows)


def _put_together(db: sqlite3.Connection, number: int) -> None:
    """Write what a project is known by and how far it is, from its notices; none, and it goes."""
    notices = db.execute(_NOTICES, [number, _MOST_NOTICES]).fetchall()
    if not notices:
        _delete(db, number)
        return
    told = [from_plain(json.loads(row[-1])) for row in notices]
    known = reduce(joined, told)
    stages = [stage for _, stage, *_ in notices if stage]
    whole = next((money for money in known.amounts if not money.phase), None)
    money = whole or next(iter(known.amounts), None)
    (first, _, at, name, _), last = notices[0], notices[-1]
    (count,) = db.execute(
        "SELECT count(*) FROM project_notices WHERE project_id = ?", [number]
    ).fetchone()
    region, zone, industry = db.execute(_SURROUNDINGS, [first]).fetchone()
    code = known.units[0].codes[0] if known.units else region
    row = {
        **{"name": name, "investor": known.investor, "place_code": code, "zone": zone},
        "industry": industry,
        "invested": money.value if money else None,
        "unit": money.unit if money else None,
        "basis": money.basis if money else None,
        "stage": max(stages, key=_STAGES.index, default=None),
        **{"first_at": at, "last_at": last[2], "notices": count, "article_id": first},
        "known": to_json(to_plain(known)),
    }
    names = ", ".join(f"{column} = ?" for column in row)
    db.execute(f"UPDATE projects SET {names} WHERE id = ?", [*row.values(), number])
    keys = set(project_keys(known))
    rows = db.execute("SELECT key FROM project_keys WHERE project_id = ?", [number])
    had = {key for (key,) in rows}
    gone, come = ([(key, number) for key in sorted(some)] for some in (had - keys, keys - had))
    if gone:
        db.executemany("DELETE FROM project_keys WHERE (key, project_id) = (?, ?)", gone)
    if come:
        db.executemany("INSERT INTO project_keys VALUES (?, ?)", come)


def _delete(db: sqlite3.Connection, number: int) -> None:
    db.execute("DELETE FROM possible_same WHERE ? IN (project_id, other_id)", [number])
    for table in ("project_keys", "project_amounts", "project_notices"):
        db.execute(f"DELETE FROM {table} WHERE project_id = ?", [number])
    db.execute("DELETE FROM projects WHERE id = ?", [number])


def _write_doubts(db: sqlite3.Connection, doubts: Iterable[tuple[int, int]]) -> None:
    for one, other in doubts:
        if one != other:
            db.execute(
                """INSERT OR IGNORE INTO possible_same SELECT min(?1, ?2), max(?1, ?2)
                WHERE (SELECT count(*) FROM projects WHERE id IN (?1, ?2)) = 2""",
                [one, other],
            )


# One statement for all keys, that reads of each no more rows than are looked at.
_WITH_KEYS = """
SELECT listed FROM (SELECT (SELECT group_concat(project_id) FROM (
    SELECT project_id FROM project_keys WHERE key = wanted.value LIMIT ?2)) AS listed
    FROM json_each(?1) AS wanted) WHERE listed IS NOT NULL
"""

_NOTICES = """
SELECT article_id, stage, at, name, told FROM project_notices WHERE project_id = ?
ORDER BY at, article_id LIMIT ?
"""

# Of the place and industry of a notice, what it says of itself, or names first.
_SURROUNDINGS = """
SELECT region_code, zone, (SELECT name FROM article_industries
    WHERE article_id = articles.id ORDER BY position LIMIT 1)
FROM articles WHERE id = ?
"""
