"""Which articles are meant: the filters that search, export and listings share."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cqcrawler.exceptions import QueryError
from cqcrawler.models import Place, SectionKind

_KINDS = tuple(kind.value for kind in SectionKind)


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that all hold; None means any.

    `region` is a name or GB/T 2260 code at any level, or a zone, and includes what lies inside.
    `since` and `until` are ISO dates of publication, both included. `section` is the name of a
    section as a portal prints it, or a kind (`models.SectionKind`), whatever portals call it.

    The others are of what notices state: `place` one that they name (as `region` is written),
    `stage` and `industry` its name, `min_amount` the least investment in yuan (10亿, 5000万, 1.2e9;
    a part of a stated total does not count), `event_since` and `event_until` ISO dates, of which
    what it tells of was on, after or before.
    """

    region: str | None = None
    portal: str | None = None
    tag: str | None = None
    since: str | None = None
    until: str | None = None
    section: str | None = None
    place: str | None = None
    stage: str | None = None
    industry: str | None = None
    min_amount: str | None = None
    event_since: str | None = None
    event_until: str | None = None


Condition = tuple[str, list[Any]]

# The facts that an article is filtered and sorted by: each amount of undertakings that is no part
# of another. Written as in the index `facts_by_amount`, which holds no others.
AMOUNTS = "kind = 'investment' AND unit = 'CNY' AND role <> 'part' AND scope IS NOT 'statistic'"


def count_rows(db: sqlite3.Connection, table: str, filters: Filters) -> int:
    """Return how many rows of a table, by `article_id`, the articles meant by `filters` have."""
    condition, parameters = where(db, filters)
    row = db.execute(
        f"""SELECT count(*) FROM {table}
        WHERE article_id IN (SELECT id FROM articles WHERE {condition})""",
        parameters,
    ).fetchone()
    return int(row[0])


def where(db: sqlite3.Connection, filters: Filters) -> Condition:
    """Return an SQL condition on `articles` and its parameters; QueryError names a bad filter."""
    conditions: list[Condition] = [("1", [])]
    for name, condition in _CONDITIONS.items():
        value = getattr(filters, name)
        if value is not None:
            conditions.append(condition(db, value))
    return " AND ".join(sql for sql, _ in conditions), [p for _, ps in conditions for p in ps]


def _in_region(_: sqlite3.Connection, name: str) -> Condition:
    place = _find_region(name)
    if place is None:
        raise _unknown_region(name)
    if place.zone is not None:
        return "zone = ?", [place.zone]
    return "region_code BETWEEN ? AND ?", _codes_inside(place)


def _names_place(db: sqlite3.Connection, name: str) -> Condition:
    place = _find_region(name)
    named = "SELECT article_id FROM article_places WHERE name = ?"
    if place is None:
        # One of several of that name, or what is in no list: as notices print it.
        if db.execute(f"{named} LIMIT 1", [name]).fetchone() is None:
            raise _unknown_region(name)
        return f"articles.id IN ({named})", [name]
    if place.zone is not None:
        # Notices print zones with brackets of either width.
        narrow = "replace(replace(name, '（', '('), '）', ')')"
        return f"articles.id IN ({named} OR {narrow} = ?)", [name, _narrowed(place.zone)]
    inside = "SELECT article_id FROM article_places WHERE code BETWEEN ? AND ?"
    return f"articles.id IN ({inside} UNION ALL {named})", [*_codes_inside(place), name]


def _narrowed(name: str) -> str:
    return name.replace("（", "(").replace("）", ")")


def _find_region(name: str) -> Place | None:
    from cqcrawler.text import regions  # A large table, which few searches need.

    return regions.find(name)


def _unknown_region(name: str) -> QueryError:
    from cqcrawler.text.unknown_regions import why_unknown

    return QueryError(why_unknown(name))


def _codes_inside(place: Place) -> list[str]:
    # The code of a province ends in 0000, that of a city in 00 (GB/T 2260).
    prefix = place.code.removesuffix("00").removesuffix("00")
    return [prefix.ljust(6, "0"), prefix.ljust(6, "9")]


def _in_section(db: sqlite3.Connection, name: str) -> Condition:
    if name in _KINDS:
        return "section_kind = ?", [name]
    if db.execute("SELECT 1 FROM articles WHERE section = ? LIMIT 1", [name]).fetchone() is None:
        raise QueryError(
            f"no section {name!r} in this archive: give a name as a portal prints it, or a kind "
            f"({', '.join(_KINDS)})"
        )
    return "articles.section = ?", [name]


def _of_portal(db: sqlite3.Connection, name: str) -> Condition:
    _check_portal(db, name)
    return "articles.portal = ?", [name]


def _tagged(_: sqlite3.Connection, tag: str) -> Condition:
    return "articles.id IN (SELECT article_id FROM article_tags WHERE tag = ?)", [tag]


def _at_stage(_: sqlite3.Connection, name: str) -> Condition:
    from cqcrawler.facts.model import Stage

    stages = [stage.value for stage in Stage]
    if name not in stages:
        raise QueryError(f"no stage {name!r}: {_nearest(name, stages)}")
    return "stage = ?", [name]


def _of_industry(db: sqlite3.Connection, name: str) -> Condition:
    from cqcrawler.facts.industry_names import INDUSTRIES

    named = "SELECT article_id FROM article_industries WHERE name = ?"
    if name not in INDUSTRIES and not db.execute(f"{named} LIMIT 1", [name]).fetchone():
        raise QueryError(f"no industry {name!r}: {_nearest(name, INDUSTRIES)}")
    return f"articles.id IN ({named})", [name]


def _nearest(name: str, known: Sequence[str]) -> str:
    """Say what a name may have been meant for: those like it, or else all."""
    import difflib

    alike = [other for other in known if name in other] if name else []
    alike = alike or difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    return f"did you mean {' or '.join(alike)}?" if alike else f"it is one of {', '.join(known)}"


def _at_least(_: sqlite3.Connection, typed: str) -> Condition:
    from cqcrawler.text.typed_amounts import parse_amount

    try:
        least = parse_amount(typed)
    except ValueError as error:
        raise QueryError(str(error)) from None
    # What is printed in 亿 and what is typed in 万 differ in their last bit.
    least *= 1 - 1e-9
    large = f"SELECT article_id FROM facts_current WHERE {AMOUNTS} AND value >= ?"
    return f"articles.id IN ({large})", [least]


def _check_portal(db: sqlite3.Connection, name: str) -> None:
    known = [row[0] for row in db.execute("SELECT DISTINCT portal FROM runs ORDER BY 1")]
    if name not in known:
        have = f"it has {', '.join(known)}" if known else "it has none yet"
        raise QueryError(f"no portal {name!r} in this archive: {have}")


def _iso_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise QueryError(f"{text!r} is no date: write it like 2025-07-07") from None


def _day(sql: str) -> Callable[[sqlite3.Connection, str], Condition]:
    return lambda _, typed: (sql, [_iso_date(typed)])


_CONDITIONS: Mapping[str, Callable[[sqlite3.Connection, str], Condition]] = {
    "region": _in_region,
    "portal": _of_portal,
    "tag": _tagged,
    "since": _day("published >= ?"),
    "until": _day("published <= ?"),
    "section": _in_section,
    "place": _names_place,
    "stage": _at_stage,
    "industry": _of_industry,
    "min_amount": _at_least,
    "event_since": _day("event_to >= ?"),
    "event_until": _day("event_from <= ?"),
}
