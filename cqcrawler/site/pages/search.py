"""Searching: terms and filters, what was found, and by what it may be narrowed."""

from __future__ import annotations

import asyncio
import shlex
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from datasette.utils.asgi import Response

from cqcrawler.archive import Archive, Order
from cqcrawler.archive.answers.money import Amount, Sums, sums
from cqcrawler.archive.search.asked import FILTER_NAMES, Search
from cqcrawler.archive.search.facets import Facet, Facets, Value
from cqcrawler.archive.search.search import Hit
from cqcrawler.exceptions import QueryError
from cqcrawler.facts.industry_names import INDUSTRIES
from cqcrawler.facts.model import Stage
from cqcrawler.site import counts
from cqcrawler.site.charts import Chart, columns
from cqcrawler.site.languages import say, say_name
from cqcrawler.site.pages.common import Asked, fill, read, region_name, region_short
from cqcrawler.text import regions

PER_PAGE = 20
# So many results can be paged through; all are counted.
MOST = 1000
_SUGGESTED = 400
# In the order in which people narrow.
_FACETS = (
    *(Facet.PLACE, Facet.STAGE, Facet.INDUSTRY, Facet.SECTION),
    *(Facet.SOURCE, Facet.TAG, Facet.PORTAL),
)


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found: the ids of its first results in order, how many there are in all, and
    what they are counted by; not `complete` if there may be more."""

    ids: tuple[int, ...]
    count: int
    complete: bool
    sums: Sums
    facets: Mapping[Facet, Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that results can be narrowed by, or are narrowed by already."""

    name: str
    count: int
    link: str
    is_set: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers: portals, and the regions, tags and sections that are met most; `kinds`
    are those of sections."""

    portals: list[str]
    regions: list[str]
    tags: list[str]
    kinds: list[str]
    sections: list[str]
    sources: list[str]


async def page(datasette: Any, request: Any) -> Response:
    """Answer /search."""
    asked = read(request)
    desk = datasette.desk
    choices = await desk.recall("choices", _choices)
    results, problem = _NOTHING, ""
    try:
        results = await find(desk, asked.search)
    except QueryError as error:
        problem = str(error)
    pages = max(1, -(-len(results.ids) // PER_PAGE))
    shown = min(asked.page, pages)
    ids = results.ids[(shown - 1) * PER_PAGE : shown * PER_PAGE]
    hits: list[Hit] = await desk.ask(
        lambda archive: archive.hits(ids, asked.terms, place=asked.filters.place)
    )
    return await fill(
        datasette,
        request,
        "cq_search.html",
        asked=asked,
        orders=list(Order),
        stages=[stage.value for stage in Stage],
        industries=INDUSTRIES,
        without_filters=dict.fromkeys(FILTER_NAMES.values(), ""),
        watch_command=_watch_command(asked),
        most=MOST,
        choices=choices,
        conditions=_conditions(asked),
        months=_months(asked, results),
        facets={facet: _narrowing(asked, facet, results.facets[facet]) for facet in _FACETS}
        if results.facets
        else {},
        hits=hits,
        results=results,
        problem=problem,
        places=_candidates(asked) if problem else [],
        shown=shown,
        pages=pages,
        first=(shown - 1) * PER_PAGE + 1,
    )


_NOTHING = Results((), 0, True, Sums(0, 0.0, 0.0), {})


async def find(desk: Any, search: Search) -> Results:
    """Return what a search finds. Raises QueryError for a filter that names nothing.

    While a crawl writes, what it is counted by may be some minutes old; what is found is not.
    """
    unordered = replace(search, order=Order.NEWEST)
    (ids, count, complete), amounts, facets = await asyncio.gather(
        desk.recall(("ids", unordered), lambda archive: _ids(archive, unordered)),
        counts.amounts(desk),
        counts.facets(desk),
    )
    first, (summed, counted) = await asyncio.gather(
        desk.recall(("first", search), lambda archive: _first(archive, search, ids)),
        desk.recall(
            ("counted", unordered),
            lambda archive: _count(amounts, facets, None if search.is_empty else ids),
        ),
    )
    return Results(first, count, complete, summed, counted)


def _ids(archive: Archive, search: Search) -> tuple[Sequence[int], int, bool]:
    """Return the ids of all that a search finds, the newest first, as small as can be: many
    searches are remembered; how many these are, and whether there may be more. Of everything
    those that can be shown will do."""
    if search.is_empty:
        return archive.find("", most=MOST).ids, archive.statistics.totals().notices, True
    found = archive.find(search.terms, search.filters, substring=search.substring, most=None)
    return array("l", found.ids), len(found.ids), found.complete


def _count(
    amounts: Sequence[Amount], facets: Facets, ids: Sequence[int] | None
) -> tuple[Sums, Mapping[Facet, Sequence[Value]]]:
    among = None if ids is None else frozenset(ids)
    return sums(amounts, among), {facet: facets.count(facet, ids) for facet in Facet}


def _first(archive: Archive, search: Search, newest: Sequence[int]) -> tuple[int, ...]:
    """Return the first results in the order asked for."""
    if search.order is Order.NEWEST:
        return tuple(newest[:MOST])
    order, substring = search.order, search.substring
    return archive.find(
        search.terms, search.filters, order=order, substring=substring, most=MOST
    ).ids


def _narrowing(asked: Asked, facet: Facet, values: Sequence[Value]) -> list[Choice]:
    """Return the values of a facet as links that narrow by it, or no longer do."""
    name = facet.value
    now = asked.get(name)
    return [
        Choice(
            _label(facet, value.value),
            value.count,
            asked.link(**{name: "" if value.value == now else value.value}),
            value.value == now,
            region_name(value.value) if facet is Facet.PLACE else "",
        )
        for value in values
    ]


def _label(facet: Facet, value: str) -> str:
    if facet is Facet.PLACE:
        return region_short(value)
    return say_name("kind", value) if facet is Facet.SECTION else value


def _months(asked: Asked, results: Results) -> Chart:
    months = {value.value: value.count for value in results.facets.get(Facet.MONTH, ())}
    return columns(months, lambda period: asked.link(since=period, until=period))


def _conditions(asked: Asked) -> list[tuple[str, str, str]]:
    """Return each filter that is set: its name, its value, and the address without it."""
    return [
        (name, _value(name, value), asked.link(**{name: ""})) for name, value in asked.set_filters()
    ]


def _value(name: str, value: str) -> str:
    if name in ("region", "place") and value.isdigit():
        return region_name(value)
    return say_name("kind", value) if name == "section" else value


def _watch_command(asked: Asked) -> str:
    """Return what keeps this search as a watch, for a shell."""
    options = [f"--{name.replace('_', '-')}={value}" for name, value in asked.set_filters()]
    # Terms may begin with a minus.
    words = ["watch", "add", say("search.watch_name"), *options, "--", *asked.terms.split()]
    return shlex.join(["cqcrawler", *words])


def _candidates(asked: Asked) -> list[tuple[str, str, str]]:
    """Return several regions that a name may mean: each one's name, code and address."""
    for name in ("region", "place"):
        if places := regions.candidates(asked.get(name)) if asked.get(name) else ():
            return [
                (region_name(place.code), place.code, asked.link(**{name: place.code}))
                for place in places
            ]
    return []


def _choices(archive: Archive) -> Choices:
    statistics = archive.statistics
    codes = [code for code, _ in statistics.region_codes()[:_SUGGESTED]]
    return Choices(
        portals=[name for name, _ in statistics.by_portal()],
        regions=sorted({region_name(code) for code in codes}),
        tags=[tag for tag, _ in statistics.by_tag(limit=_SUGGESTED)],
        kinds=[kind for kind, _ in statistics.by_kind()],
        sections=[section for section, _ in statistics.by_section(limit=_SUGGESTED)],
        sources=[source for source, _ in statistics.by_source(limit=_SUGGESTED)],
    )
