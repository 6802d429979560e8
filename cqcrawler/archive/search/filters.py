"""Which articles are meant: the filters that search, export and listings share."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from cqcrawler.exceptions import QueryError
from cqcrawler.models import SectionKind

_KINDS = tuple(kind.value for kind in SectionKind)


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that all hold; None means any.

    `region` is a name or GB/T 2260 code at any level, or a zone, and includes what lies inside.
    `since` and `until` are ISO dates of publication, both included. `section` is the name of a
    section as a portal prints it, or a kind (`models.SectionKind`), whatever portals call it.
    """

    region: str | None = None
    portal: str | None = None
    tag: str | None = None
    since: str | None = None
    until: str | None = None
    section: str | None = None


Conditions = list[tuple[str, list[str]]]


def where(db: sqlite3.Connection, filters: Filters) -> tuple[str, list[str]]:
    """Return an SQL condition on `articles` and its parameters; QueryError names a bad filter."""
    conditions: Conditions = [("1", [])]
    if filters.region is not None:
        conditions.append(_in_region(filters.region))
    if filters.portal is not None:
        _check_portal(db, filters.portal)
        conditions.append(("articles.portal = ?", [filters.portal]))
    if filters.tag is not None:
        tagged = "articles.id IN (SELECT article_id FROM article_tags WHERE tag = ?)"
        conditions.append((tagged, [filters.tag]))
    if filters.since is not None:
        conditions.append(("published >= ?", [_iso_date(filters.since)]))
    if filters.until is not None:
        conditions.append(("published <= ?", [_iso_date(filters.until)]))
    if filters.section is not None:
        conditions.append(_in_section(db, filters.section))
    return " AND ".join(sql for sql, _ in conditions), [p for _, ps in conditions for p in ps]


def _in_region(name: str) -> tuple[str, list[str]]:
    from cqcrawler.text import regions  # A large table, which few searches need.

    place = regions.find(name)
    if place is None:
        from cqcrawler.text.unknown_regions import why_unknown

        raise QueryError(why_unknown(name))
    if place.zone is not None:
        return "zone = ?", [place.zone]
    # The code of a province ends in 0000, that of a city in 00 (GB/T 2260).
    prefix = place.code.removesuffix("00").removesuffix("00")
    return "region_code BETWEEN ? AND ?", [prefix.ljust(6, "0"), prefix.ljust(6, "9")]


def _in_section(db: sqlite3.Connection, name: str) -> tuple[str, list[str]]:
    if name in _KINDS:
        return "section_kind = ?", [name]
    if db.execute("SELECT 1 FROM articles WHERE section = ? LIMIT 1", [name]).fetchone() is None:
        raise QueryError(
            f"no section {name!r} in this archive: give a name as a portal prints it, or a kind "
            f"({', '.join(_KINDS)})"
        )
    return "articles.section = ?", [name]


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
