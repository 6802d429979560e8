"""What each filter asks of an article, in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from cqcrawler.exceptions import QueryError
from cqcrawler.models import Place, SectionKind
from cqcrawler.text.clock import BEIJING

# SQL on `articles` with its parameters.
Condition = tuple[str, list[Any]]

_KINDS = tuple(kind.value for kind in SectionKind)

# The facts that an article is filtered and sorted by: each amount of undertakings that is no part
# of another. Written as in the index `facts_by_amount`, which holds no others.
AMOUNTS = "kind = 'investment' AND unit = 'CNY' AND role <> 'part' AND scope IS NOT 'statistic'"


def _in_region(_: sqlite3.Connection, name: str) -> Condition:
    place = _find_region(name)
    if place is None:
        raise _unknown_region(name)
    if place.zone is not None:
        return "articles.zone = ?", [place.zone]
    return "articles.region_code BETWEEN ? AND ?", _codes_inside(place)


def _at_place(db: sqlite3.Connection, name: str) -> Condition:
    """Where a notice is about a place: the region that it states, or what title or first sentence
    name. What is named further below may be anywhere."""
    stated, stated_parameters = _in_region(db, name) if _find_region(name) else ("0", [])
    named, parameters = naming(db, name)
    return f"({stated} OR articles.id IN ({named}))", [*stated_parameters, *parameters]


def naming(db: sqlite3.Connection, name: str, what: str = "article_id") -> Condition:
    """Return a SELECT of `what` from `article_places` of which title or first sentence name a
    place; QueryError for one that is nowhere."""
    place = _find_region(name)
    # An index for each would be slower than one for both.
    named = f"SELECT {what} FROM article_places WHERE stands <> 'text' AND name = ?"
    if place is None:
        # One of several of that name, or what is in no list: as notices print it.
        held = "SELECT 1 FROM article_places WHERE name = ? LIMIT 1"
        if db.execute(held, [name]).fetchone() is None:
            raise _unknown_region(name)
        return named, [name]
    if place.zone is not None:
        # Notices print zones with brackets of either width.
        narrow = "replace(replace(name, '（', '('), '）', ')')"
        return f"{named} OR stands <> 'text' AND {narrow} = ?", [name, _narrowed(place.zone)]
    inside = f"SELECT {what} FROM article_places WHERE stands <> 'text' AND code BETWEEN ? AND ?"
    return f"{inside} UNION ALL {named}", [*_codes_inside(place), name]


def states_region(db: sqlite3.Connection, article_id: int, name: str) -> bool:
    """Whether the region of an article is a place, or inside it."""
    if _find_region(name) is None:
        return False
    condition, parameters = _in_region(db, name)
    sql = f"SELECT 1 FROM articles WHERE id = ? AND {condition}"
    return db.execute(sql, [article_id, *parameters]).fetchone() is not None


def _not_held(db: sqlite3.Connection, *what: str) -> QueryError:
    from cqcrawler.archive.search.nearest import not_held  # Only for what is wrong.

    return not_held(db, *what)


def _unknown(what: str, name: str, known: Sequence[str]) -> QueryError:
    from cqcrawler.archive.search.nearest import unknown

    return unknown(what, name, known)


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
    known = [row[0] for row in db.execute("SELECT DISTINCT portal FROM runs ORDER BY 1")]
    if name not in known:
        have = f"it has {', '.join(known)}" if known else "it has none yet"
        raise QueryError(f"no portal {name!r} in this archive: {have}")
    return "articles.portal = ?", [name]


def _from_source(db: sqlite3.Connection, name: str) -> Condition:
    if db.execute("SELECT 1 FROM articles WHERE source = ? LIMIT 1", [name]).fetchone() is None:
        raise _not_held(db, "source", name, "articles", "source")
    # An index of its own, as what is asked for is at the end of long rows.
    return "articles.id IN (SELECT id FROM articles WHERE source = ?)", [name]


def _tagged(db: sqlite3.Connection, tag: str) -> Condition:
    tagged = "SELECT article_id FROM article_tags WHERE tag = ?"
    if db.execute(f"{tagged} LIMIT 1", [tag]).fetchone() is None:
        raise _not_held(db, "tag", tag, "article_tags", "tag")
    return f"articles.id IN ({tagged})", [tag]


def _at_stage(_: sqlite3.Connection, name: str) -> Condition:
    from cqcrawler.facts.model import Stage

    stages = [stage.value for stage in Stage]
    if name not in stages:
        raise _unknown("stage", name, stages)
    return "stage = ?", [name]


def _of_industry(db: sqlite3.Connection, name: str) -> Condition:
    from cqcrawler.facts.industry_names import INDUSTRIES

    named = "SELECT article_id FROM article_industries WHERE name = ?"
    if name not in INDUSTRIES and not db.execute(f"{named} LIMIT 1", [name]).fetchone():
        raise _unknown("industry", name, INDUSTRIES)
    return f"articles.id IN ({named})", [name]


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


def _from(column: str) -> Callable[[sqlite3.Connection, str], Condition]:
    return lambda _, typed: (f"{column} >= ?", [day_meant(typed)])


def _to(column: str) -> Callable[[sqlite3.Connection, str], Condition]:
    return lambda _, typed: (f"{column} <= ?", [day_meant(typed, last=True)])


def day_meant(typed: str, *, last: bool = False) -> str:
    """Return the first, or the last, day of what is typed as an ISO date, as of today in Beijing.

    Raises QueryError for what is no date.
    """
    from cqcrawler.text.typed_dates import parse_period

    try:
        period = parse_period(typed, datetime.now(BEIJING).date())
    except ValueError as error:
        raise QueryError(str(error)) from None
    return (period.last if last else period.first).isoformat()


CONDITIONS: Mapping[str, Callable[[sqlite3.Connection, str], Condition]] = {
    "region": _in_region,
    "portal": _of_portal,
    "tag": _tagged,
    "since": _from("published"),
    "until": _to("published"),
    "section": _in_section,
    "place": _at_place,
    "stage": _at_stage,
    "industry": _of_industry,
    "min_amount": _at_least,
    "event_since": _from("event_to"),
    "event_until": _to("event_from"),
    "source": _from_source,
}
