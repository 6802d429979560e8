"""What a search found, counted by what it may be narrowed by."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


# The articles that are counted, by their ids; None means every one.
Ids = Collection[int] | None


class Facets:
    """What every article of an archive is counted by, read once: 36 bytes of memory an article.

    What is written afterwards is not counted.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        (last,) = db.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
        self._columns = {facet: _Column.empty(last) for facet in Facet}
        self._regions = _Column.empty(last)
        (self.articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
        for value, ids in db.execute(_SINGLE.format(value="region_code")):
            self._regions.put((value,), json.loads(ids))
        for facet, value in _SINGLE_FACETS.items():
            for told, ids in db.execute(_SINGLE.format(value=value)):
                self._columns[facet].put((told,), json.loads(ids))
        for facet, several in _SEVERAL_FACETS.items():
            for told, ids in db.execute(_SEVERAL.format(several=several)):
                self._columns[facet].put(tuple(json.loads(told)), json.loads(ids))

    def count(self, facet: Facet, ids: Ids) -> Sequence[Value]:
        """Return the values of a facet among these articles, those met most first; months in
        order."""
        counts = self._columns[facet].count(ids)
        if facet is Facet.PLACE:
            return _places(counts)
        if facet is Facet.MONTH:
            return [Value(*pair) for pair in sorted(_each(counts).items())]
        return _most(_each(counts), _MOST_VALUES)

    def count_all(self, facet: Facet, ids: Ids) -> Mapping[str, int]:
        """Return every value of a facet among these articles, and how many have it."""
        return _each(self._columns[facet].count(ids))

    def count_regions(self, ids: Ids) -> Mapping[str, int]:
        """Return the codes of the regions that these articles state, and how many state each."""
        return _each(self._regions.count(ids))

    def count_stages(self, ids: Ids) -> Mapping[tuple[str, str], int]:
        """Return how many of these articles tell of each stage in each month."""
        stages, months = self._columns[Facet.STAGE], self._columns[Facet.MONTH]
        met = Counter(zip(stages.codes_of(ids), months.codes_of(ids), strict=True))
        return {
            (stages.values[stage][0], months.values[month][0]): number
            for (stage, month), number in met.items()
            if stage and month
        }


# The values that an article has of one facet, and how many articles have them together.
_Values = tuple[str, ...]
_Counts = Mapping[_Values, int]


@dataclass(frozen=True, slots=True)
class _Column:
    """Of one facet a number for each article, by its id, that stands for all its values: so that
    articles are counted by numbers, and values by the few combinations in which they come."""

    codes: array[int]
    values: list[_Values] = field(default_factory=lambda: [()])

    @classmethod
    def empty(cls, last: int) -> _Column:
        return cls(array("I", bytes(array("I").itemsize * (last + 1))))

    def put(self, values: _Values, ids: Iterable[int]) -> None:
        """Note which articles have these values together."""
        for article_id in ids:
            self.codes[article_id] = len(self.values)
        self.values.append(values)

    def codes_of(self, ids: Ids) -> Iterable[int]:
        if ids is None:
            return self.codes
        if ids and max(ids) >= len(self.codes):
            ids = [article_id for article_id in ids if article_id < len(self.codes)]
        return map(self.codes.__getitem__, ids)

    def count(self, ids: Ids) -> _Counts:
        return {self.values[code]: number for code, number in Counter(self.codes_of(ids)).items()}


def _each(counts: _Counts) -> Counter[str]:
    """Count single values: of what has several, each."""
    each: Counter[str] = Counter()
    for values, number in counts.items():
        for value in values:
            each[value] += number
    return each


def _most(counts: Mapping[str, int], most: int) -> list[Value]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Value(*pair) for pair in ordered[:most]]


def _places(counts: _Counts) -> Sequence[Value]:
    """Return provinces, the parts of one that most of the articles are about behind it."""
    provinces = _parts(counts, "", _PROVINCE)
    # What names no place is in none, so that shares are of what is told.
    told = max((value.count for value in provinces), default=0)
    if not provinces or told < _MOSTLY * sum(value.count for value in provinces):
        return provinces
    home = provinces[0].value[:_PROVINCE]
    parts = _parts(counts, home, _DISTRICT if home in _MUNICIPALITIES else _CITY)
    return [provinces[0], *parts, *provinces[1:]]


def _parts(counts: _Counts, inside: str, digits: int) -> list[Value]:
    """Count articles by the units inside one that they are about: that of their region, and those
    that title or first sentence name."""
    units: Counter[str] = Counter()
    for codes, number in counts.items():
        within = {code[:digits].ljust(_DISTRICT, "0") for code in codes if code.startswith(inside)}
        for unit in within - {inside.ljust(_DISTRICT, "0")}:
            units[unit] += number
    return _most(units, _MOST_VALUES)


# SQLite groups the articles, during which others may use Python: a row for each of them would have
# the threads of a site wait for each other a hundred thousand times.
_SINGLE = """
SELECT {value}, json_group_array(id) FROM articles INDEXED BY articles_counted
WHERE {value} > '' GROUP BY 1
"""
_SINGLE_FACETS = {
    Facet.MONTH: "substr(published, 1, 7)",
    Facet.STAGE: "stage",
    Facet.SECTION: "section_kind",
    Facet.SOURCE: "source",
    Facet.PORTAL: "portal",
}
_SEVERAL = """
SELECT told, json_group_array(id) FROM (
    SELECT id, json_group_array(DISTINCT value) AS told FROM ({several}) GROUP BY id)
GROUP BY told
"""
_SEVERAL_FACETS = {
    Facet.INDUSTRY: "SELECT article_id AS id, name AS value FROM article_industries",
    Facet.TAG: "SELECT article_id AS id, tag AS value FROM article_tags",
    Facet.PLACE: """SELECT article_id AS id, code AS value FROM article_places
        WHERE stands <> 'text' AND code > ''
        UNION ALL SELECT id, region_code FROM articles INDEXED BY articles_counted
        WHERE region_code > ''""",
}
