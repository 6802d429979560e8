"""Undertakings as a person looks through them: narrowed, in order, and each with its notices."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cqcrawler.archive.articles.around import came_out
from cqcrawler.archive.articles.stated import StoredFact, StoredProject
from cqcrawler.archive.search.conditions import Condition, day_meant
from cqcrawler.archive.search.filters import Filters, where
from cqcrawler.exceptions import QueryError

# What is narrowed by what notices together say of a project, not by any one of them.
_OWN = ("place", "region", "industry", "stage", "min_amount", "since", "until")

# Where a page of projects ends: what its last row is sorted by, and its number.
After = tuple[float | str, int]


@dataclass(frozen=True, slots=True)
class ProjectSum:
    """The projects with amounts of one unit, promised or realised (None: neither), and the sum."""

    unit: str
    realised: bool | None
    projects: int
    value: float


@dataclass(frozen=True, slots=True)
class ProjectSums:
    """How many projects there are, and what they come to: yuan first."""

    projects: int
    sums: Sequence[ProjectSum]


@dataclass(frozen=True, slots=True)
class ProjectNotice:
    """A notice of a project. `is_copy` says that another notice of its story came out before it.

    `amounts` are what it says of the money of the project.
    """

    article_id: int
    at: str
    stage: str | None
    name: str
    phase: str
    title: str
    portal: str
    url: str
    published: str | None
    withdrawn_at: str | None
    is_copy: bool
    amounts: Sequence[StoredFact]


@dataclass(frozen=True, slots=True)
class Signing:
    """That a project was signed again: the days of both notices, and how many lie between."""

    signed_at: str
    signed_again_at: str
    days_between: int
    article_id: int
    again_article_id: int


@dataclass(frozen=True, slots=True)
class Course:
    """When a project was signed, started and put to work, and the months between."""

    signed_at: str | None
    started_at: str | None
    producing_at: str | None
    months_to_start: int | None
    months_to_produce: int | None


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of a project. `source` is the fact that its amount is from, and its
    notice; `possible` are projects that may be the same."""

    project: StoredProject
    notices: Sequence[ProjectNotice]
    source: tuple[int, int] | None
    possible: Sequence[StoredProject]
    signings: Sequence[Signing]
    course: Course | None


def page(
    db: sqlite3.Connection,
    terms: str,
    filters: Filters,
    *,
    newest: bool = False,
    after: After | None = None,
    most: int = 50,
) -> list[StoredProject]:
    """Return `most` projects, the largest or those told of last first, that come after one.

    Each of the words in `terms` is in a name of the project or in its investor's; of the filters,
    place, industry, stage and amount are those of the project, and it was told of between `since`
    and `until`. Any other filter is of its notices. QueryError for one that names nothing.
    """
    condition, parameters = _meant(db, terms, filters)
    key = _KEYS[newest]
    if after:
        condition, parameters = f"{condition} AND ({key}, id) < (?, ?)", [*parameters, *after]
    chosen = f"SELECT * FROM projects WHERE {condition} ORDER BY {key} DESC, id DESC LIMIT ?"
    rows = db.execute(_PROJECTS.format(chosen=chosen), [*parameters, most])
    found = [StoredProject(*row) for row in rows]
    return sorted(found, key=lambda project: sorted_by(project, newest), reverse=True)


def sorted_by(project: StoredProject, newest: bool) -> After:
    """Return what says where a project stands in the order of `page`."""
    yuan = project.invested if project.unit == "CNY" else None
    return project.last_at if newest else (-1.0 if yuan is None else yuan), project.project_id


def sums(db: sqlite3.Connection, terms: str, filters: Filters) -> ProjectSums:
    """Return how many projects `page` goes through, and what they come to."""
    condition, parameters = _meant(db, terms, filters)
    (count,) = db.execute(f"SELECT count(*) FROM projects WHERE {condition}", parameters).fetchone()
    rows = db.execute(_SUMS.format(condition=condition), parameters).fetchall()
    return ProjectSums(
        count, [ProjectSum(unit, None if r is None else bool(r), n, v) for unit, r, n, v in rows]
    )


def largest(
    db: sqlite3.Connection, filters: Filters, ids: Sequence[int] | None, most: int
) -> list[StoredProject]:
    """Return the projects with most yuan; `ids` are articles that tell of them (None: any)."""
    condition, parameters = _meant(db, "", filters)
    if ids is not None:
        condition = f"{condition} AND {_TOLD_BY_IDS}"
        parameters = [*parameters, json.dumps(ids)]
    chosen = f"""SELECT * FROM projects WHERE unit = 'CNY' AND invested > 0 AND {condition}
        ORDER BY invested DESC, id DESC LIMIT ?"""
    rows = db.execute(_PROJECTS.format(chosen=chosen), [*parameters, most])
    found = [StoredProject(*row) for row in rows]
    return sorted(found, key=lambda project: sorted_by(project, False), reverse=True)


def history(db: sqlite3.Connection, number: int) -> History | None:
    """Return all that is known of a project, None where there is none of that number."""
    projects = _by_number(db, [number])
    if not projects:
        return None
    project, notices = projects[0], _notices(db, number)
    others = [other for (other,) in db.execute(_POSSIBLE, {"id": number})]
    course = db.execute(_COURSE, [number]).fetchone()
    return History(
        project,
        notices,
        _source(db, project, notices),
        _by_number(db, others),
        [Signing(*row) for row in db.execute(_SIGNINGS, [number])],
        Course(*course) if course else None,
    )


def own(filters: Filters) -> Filters:
    """Return those of the filters that are of projects themselves."""
    return Filters(**{name: getattr(filters, name) for name in _OWN})


def _meant(db: sqlite3.Connection, terms: str, filters: Filters) -> Condition:
    """Return an SQL condition on `projects` and its parameters."""
    conditions = [
        *_of_place(filters.place or filters.region),
        *_named(db, filters),
        *_large(filters.min_amount),
        *_between(filters.since, filters.until),
        *map(_worded, terms.split()),
    ]
    others = replace(filters, **dict.fromkeys(_OWN))
    if others != Filters():
        told, parameters = where(db, others)
        conditions.append((_TOLD_BY.format(condition=told), parameters))
    joined = " AND ".join(sql for sql, _ in conditions) or "1"
    return joined, [value for _, values in conditions for value in values]


def _of_place(name: str | None) -> list[Condition]:
    from cqcrawler.text import regions  # A large table, which few pages need.
    from cqcrawler.text.unknown_regions import why_unknown

    if not name:
        return []
    place = regions.find(name)
    if place is None:
        raise QueryError(why_unknown(name))
    if place.zone:
        return [("projects.zone = ?", [place.zone])]
    prefix = place.code.removesuffix("00").removesuffix("00")
    return [("place_code BETWEEN ? AND ?", [prefix.ljust(6, "0"), prefix.ljust(6, "9")])]


def _named(db: sqlite3.Connection, filters: Filters) -> list[Condition]:
    # A name that there is not is an error for projects as it is for notices.
    where(db, Filters(industry=filters.industry, stage=filters.stage))
    named = {"industry": filters.industry, "projects.stage": filters.stage}
    return [(f"{column} = ?", [name]) for column, name in named.items() if name]


def _large(typed: str | None) -> list[Condition]:
    from cqcrawler.text.typed_amounts import parse_amount

    if not typed:
        return []
    try:
        least = parse_amount(typed)
    except ValueError as error:
        raise QueryError(str(error)) from None
    # What is printed in 亿 and what is typed in 万 differ in their last bit.
    return [("unit = 'CNY' AND invested >= ?", [least * (1 - 1e-9)])]


def _between(since: str | None, until: str | None) -> list[Condition]:
    first = [("last_at >= ?", [day_meant(since)])] if since else []
    last = [("first_at <= ?", [day_meant(until, last=True)])] if until else []
    return [*first, *last]


def _worded(word: str) -> Condition:
    # Not LIKE, in which a percent sign is no percent sign.
    return _WORDED, [word.lower()] * 3


def _by_number(db: sqlite3.Connection, numbers: Sequence[int]) -> list[StoredProject]:
    marks = ", ".join("?" * len(numbers))
    chosen = f"SELECT * FROM projects WHERE id IN ({marks}) ORDER BY id"
    return [StoredProject(*row) for row in db.execute(_PROJECTS.format(chosen=chosen), numbers)]


def _notices(db: sqlite3.Connection, number: int) -> list[ProjectNotice]:
    amounts: defaultdict[int, list[StoredFact]] = defaultdict(list)
    for article_id, *fact in db.execute(_AMOUNTS, [number]):
        amounts[article_id].append(StoredFact(*fact))
    rows = db.execute(_NOTICES, [number]).fetchall()
    return [
        ProjectNotice(**dict(zip(_OF_NOTICE, row, strict=True)), amounts=amounts[row[0]])
        for row in rows
    ]


def _source(
    db: sqlite3.Connection, project: StoredProject, notices: Sequence[ProjectNotice]
) -> tuple[int, int] | None:
    """Return the fact that first states the amount of a project, and its notice."""
    wanted = (project.invested, project.unit)
    for notice in notices:
        for fact in notice.amounts:
            if (fact.value, fact.unit) == wanted:
                return fact.id, notice.article_id
    # What is only intended or offered is no amount of a project in sums.
    for notice in notices:
        row = db.execute(_SAME_AMOUNT, [notice.article_id, *wanted]).fetchone()
        if row:
            return row[0], notice.article_id
    return None


_KEYS = ("iif(unit = 'CNY', coalesce(invested, -1), -1)", "last_at")
_PROJECTS = """
SELECT projects.id, projects.name, investor, place_code, regions.full_name, projects.zone, industry,
    invested, unit, basis, projects.stage, first_at, last_at, notices, article_id, title, url,
    portal
FROM ({chosen}) AS projects JOIN articles ON articles.id = article_id
LEFT JOIN regions ON regions.code = place_code
"""
_SUMS = """
SELECT unit, CASE WHEN basis IN ('planned', 'agreed', 'contract') THEN 0
    WHEN basis IN ('paid_in', 'spent') THEN 1 END AS realised, count(*), total(invested)
FROM projects WHERE invested IS NOT NULL AND {condition}
GROUP BY 1, 2 ORDER BY unit = 'CNY' DESC, unit, realised IS NULL, realised
"""
_TOLD_BY = """projects.id IN (SELECT project_id FROM project_notices
    WHERE article_id IN (SELECT id FROM articles WHERE {condition}))"""
_TOLD_BY_IDS = """projects.id IN (SELECT project_id FROM json_each(?) AS found
    CROSS JOIN project_notices ON project_notices.article_id = found.value)"""
_WORDED = """(instr(lower(projects.name), ?) OR instr(lower(investor), ?)
    OR EXISTS (SELECT 1 FROM project_notices
        WHERE project_id = projects.id AND instr(lower(project_notices.name), ?)))"""
# The columns of `_NOTICES`.
_OF_NOTICE = ProjectNotice.__slots__[:-1]
_NOTICES = f"""
SELECT article_id, at, told.stage, name, phase, title, portal, url, published, withdrawn_at,
    articles.id <> (SELECT id FROM articles AS other WHERE other.story_id = articles.story_id
        ORDER BY {came_out("other")} LIMIT 1) AS is_copy
FROM project_notices AS told JOIN articles ON articles.id = article_id
WHERE project_id = ? ORDER BY at, article_id
"""
_AMOUNTS = """
SELECT facts.article_id, facts.id, kind, value, value_max, unit, qualifier, role, basis, scope,
    subject, text, sentence, facts.field, facts.start, stop, correction_id
FROM project_amounts AS told JOIN facts_current AS facts
ON (facts.article_id, facts.field, facts.start) = (told.article_id, told.field, told.start)
WHERE project_id = ? ORDER BY facts.article_id, facts.field DESC, facts.start
"""
_SAME_AMOUNT = """
SELECT id FROM facts_current
WHERE article_id = ? AND kind = 'investment' AND (value, unit) = (?, ?)
ORDER BY field DESC, start LIMIT 1
"""
_POSSIBLE = """
SELECT other_id FROM possible_same WHERE project_id = :id
UNION SELECT project_id FROM possible_same WHERE other_id = :id ORDER BY 1
"""
_SIGNINGS = """
SELECT signed_at, signed_again_at, days_between, article_id, again_article_id
FROM repeated_signings WHERE project_id = ? ORDER BY signed_again_at, signed_at
"""
_COURSE = """
SELECT signed_at, started_at, producing_at, months_to_start, months_to_produce
FROM conversion WHERE project_id = ?
"""
