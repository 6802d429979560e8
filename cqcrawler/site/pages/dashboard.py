"""Dashboards: money and notices by month, place, industry and stage, and how portals are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from datasette.utils.asgi import Response

from cqcrawler.archive import Archive
from cqcrawler.archive.answers import money, tallies
from cqcrawler.archive.answers.money import NONE, Amount, Cut, Money, Sum
from cqcrawler.archive.answers.tallies import Tally
from cqcrawler.archive.articles.once import once
from cqcrawler.archive.articles.stated import StoredProject
from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.conditions import day_meant
from cqcrawler.archive.search.facets import Facets, Value
from cqcrawler.archive.statistics import MonthOfChanges, PastRun
from cqcrawler.exceptions import CqcrawlerError, QueryError
from cqcrawler.models import Outcome
from cqcrawler.site import counts
from cqcrawler.site.charts import columns, days
from cqcrawler.site.desk import Desk
from cqcrawler.site.languages import say, say_name
from cqcrawler.site.measures import Measure, yi
from cqcrawler.site.pages import narrowing
from cqcrawler.site.pages.common import fill, region_name
from cqcrawler.site.pages.narrowing import Choices, address, narrowed, typed
from cqcrawler.site.plots import (
    Plot,
    Series,
    TileMap,
    most_within,
    periods_of,
    plot,
    province_name,
    round_up,
    tile_map,
)
from cqcrawler.text import regions

_LISTED = 15
_FIELDS = ("place", "stage", "since", "until")
# What is compared with: another place, or other words.
_OTHERS = ("vs", "and")

Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Side:
    """Everything that is counted for one choice of filters; two are compared with each other."""

    name: str
    search: Search
    inside: str
    tally: Tally
    sums: dict[Money, Sum]
    others: Sequence[tuple[str, Money, float]]
    months: dict[Money, Numbers]
    places: dict[Money, Numbers]
    industries: dict[Money, Numbers]
    projects: Sequence[StoredProject]
    complete: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a row and the rows that it is of; `share` is of the largest, in percent."""

    value: float
    shown: str
    link: str
    share: float


@dataclass(frozen=True, slots=True)
class Row:
    """A name with a bar for each side, and the dashboard inside of it, if any."""

    name: str
    cells: tuple[Cell, ...]
    inside: str = ""


async def page(datasette: Any, request: Any) -> Response:
    """Answer /dashboard."""
    search = narrowing.read(request)
    extra = {name: typed(request, name) for name in ("unit", *_OTHERS)}
    desk, problem, sides = datasette.desk, "", list[Side]()
    try:
        for name, one in _sides(search, extra):
            sides.append(replace(await _count(desk, one), name=name))
    except QueryError as error:
        sides, problem = [], str(error)
    measure = _measure(extra["unit"], sides)
    changes = await desk.recall_late("changes", lambda a: a.statistics.changes_by_month())
    doubts = await desk.recall_late("doubts", lambda a: a.statistics.doubts())
    runs = await desk.recall("runs", lambda a: a.statistics.latest_runs())
    return await fill(
        datasette,
        request,
        "cq_dashboard.html",
        search=search,
        typed=search.pairs(),
        extra=extra,
        hidden=narrowing.hidden(search, _FIELDS),
        choices=Choices(),
        measures=list(Measure),
        measure=measure,
        chips=narrowing.chips("/dashboard", search, extra, besides=(*_FIELDS, "terms")),
        problem=problem,
        places=narrowing.candidates(search, "/dashboard", extra),
        sides=sides,
        board=_board(sides, measure, extra) if sides else None,
        facts_of=_facts_of,
        notices_of=lambda side: address("/search", side.search),
        projects_of=_projects_of,
        yi=yi,
        changes=_change_charts(changes),
        health=[(portal, list(past)) for portal, past in groupby(runs, _portal)],
        doubts=doubts,
        outcomes=[outcome for outcome in Outcome if outcome in {run.outcome for run in runs}],
    )


async def prepare(desk: Desk) -> None:
    """Count what the first dashboard shows, so that its reader need not wait."""
    with suppress(CqcrawlerError):  # Who asks will hear of it.
        await _count(desk, Search())


async def _count(desk: Desk, search: Search) -> Side:
    amounts, facets = await asyncio.gather(counts.amounts(desk), counts.facets(desk))
    return await desk.recall_late(("side", search), _reader(amounts, facets, search))


def _sides(search: Search, extra: Mapping[str, str]) -> list[tuple[str, Search]]:
    """Return the searches that are compared, by what tells them apart; one if nothing is."""
    filters = search.filters
    place, words = filters.place or filters.region or "", search.terms
    everything = say("dashboard.everything")
    if extra["vs"]:
        other = narrowed(search, place=extra["vs"], region=None)
        return [(_place_said(place) or everything, search), (_place_said(extra["vs"]), other)]
    if extra["and"]:
        return [
            (words or everything, search),
            (extra["and"], narrowed(search, terms=extra["and"])),
        ]
    said = " · ".join(filter(None, (_place_said(place), words)))
    return [(said or everything, search)]


def _place_said(name: str) -> str:
    return region_name(name) if name.isdigit() else name


def _reader(amounts: Sequence[Amount], facets: Facets, search: Search) -> Callable[[Archive], Side]:
    def read(archive: Archive) -> Side:
        answers = archive.answers
        among = answers.among(search)
        inside = _code(search)
        counted = once(amounts, among.ids)
        cuts = {kind: Cut(kind).of(counted) for kind in Money}
        return Side(
            "",
            search,
            inside,
            tallies.tally(facets, among.ids),
            {kind: money.total(rows) for kind, rows in cuts.items()},
            money.other_currencies(counted),
            {kind: money.by_month(rows) for kind, rows in cuts.items()},
            {kind: money.by_place(rows, money.parts(inside)) for kind, rows in cuts.items()},
            {kind: money.by_industry(rows) for kind, rows in cuts.items()},
            answers.largest_projects(search, among.ids),
            among.complete,
        )

    return read


def _code(search: Search) -> str:
    place = regions.find(search.filters.place or search.filters.region or "")
    return place.code if place else ""


def _measure(asked: str, sides: Sequence[Side]) -> Measure:
    """Return what is measured: as asked for, else money where there is any."""
    if asked in set(Measure):
        return Measure(asked)
    for measure in (Measure.PROMISED, Measure.REALISED):
        if any(side.sums[Money(measure)].notices for side in sides):
            return measure
    return Measure.NOTICES


@dataclass(frozen=True, slots=True)
class Board:
    """What is drawn of one or two sides; what is of notices only is drawn of one."""

    months: Plot
    map: TileMap | None
    places: list[Row]
    industries: list[Row]
    stages: list[tuple[str, Plot]]
    lists: list[tuple[str, list[Row]]]


def _board(sides: Sequence[Side], measure: Measure, extra: Mapping[str, str]) -> Board:
    alone = sides[0] if len(sides) == 1 else None
    return Board(
        plot([_by_month(side, measure) for side in sides], measure),
        # Inside one place there is one tile with a number.
        _map(alone, measure) if alone and not alone.inside else None,
        _place_rows(sides, measure, extra),
        _industry_rows(sides, measure),
        _stages(sides),
        _lists(alone) if alone else [],
    )


def _by_month(side: Side, measure: Measure) -> Series:
    if measure.money:
        link = _linking(side, measure, "month")
        return Series(side.name, side.months[measure.money], link)
    return Series(side.name, side.tally.months, lambda period: _during(side.search, period))


def _map(side: Side, measure: Measure) -> TileMap:
    sums: dict[str, float] = {}
    for code, value in _by_place(side, measure).items():
        sums[code[:2]] = sums.get(code[:2], 0) + value
    return tile_map(sums, measure, _place_linking(side, measure))


def _by_place(side: Side, measure: Measure) -> Numbers:
    if measure.money:
        return side.places[measure.money]
    return side.tally.places(money.parts(side.inside))


def _place_rows(sides: Sequence[Side], measure: Measure, extra: Mapping[str, str]) -> list[Row]:
    """Return the parts of a place, or provinces; each leads on to the dashboard inside of it."""
    links = [_place_linking(side, measure) for side in sides]

    def inside(code: str) -> str:
        if len(sides) > 1 or code == NONE or len(code) == 6 or _is_whole(code, sides[0].inside):
            return ""
        narrower = narrowed(sides[0].search, place=None, region=code.ljust(6, "0"))
        return address("/dashboard", narrower, {"unit": extra["unit"]})

    numbers = [_by_place(side, measure) for side in sides]
    return _rows(numbers, measure, links, _place_name, inside)


def _is_whole(code: str, inside: str) -> bool:
    """Whether a part is what speaks of the place as a whole."""
    return bool(inside) and code.ljust(6, "0") == inside


def _place_name(code: str) -> str:
    if code == NONE:
        return say("dashboard.no_place")
    if len(code) == 2:
        return province_name(code)
    place = regions.find(code.ljust(6, "0"))
    return (place.district or place.city or place.province) if place else code


def _industry_rows(sides: Sequence[Side], measure: Measure) -> list[Row]:
    kind = measure.money
    numbers: list[Numbers] = [
        side.industries[kind] if kind else side.tally.industries for side in sides
    ]
    links = [
        _linking(side, measure, "naming") if kind else _notices_linking(side, "industry")
        for side in sides
    ]
    return _rows(numbers, measure, links, _industry_name)


def _industry_name(name: str) -> str:
    return say("dashboard.no_industry") if name == NONE else name


def _rows(
    numbers: Sequence[Numbers],
    measure: Measure,
    links: Sequence[Callable[[str], str]],
    name: Callable[[str], str],
    inside: Callable[[str], str] = lambda key: "",
) -> list[Row]:
    keys = {key for side in numbers for key in side}
    order = sorted(keys, key=lambda key: (-sum(side.get(key, 0) for side in numbers), key))
    most = max((value for side in numbers for value in side.values()), default=0) or 1
    return [
        Row(
            name(key),
            tuple(
                Cell(
                    value := side.get(key, 0),
                    measure.show(value),
                    link(key) if value else "",
                    round(100 * value / most, 2),
                )
                for side, link in zip(numbers, links, strict=True)
            ),
            inside(key),
        )
        for key in order[:_LISTED]
    ]


def _stages(sides: Sequence[Side]) -> list[tuple[str, Plot]]:
    """Return a plot of notices for each stage, all over the same months and to the same height."""
    stages = [stage for stage in Choices().stages if any(stage in s.tally.stages for s in sides)]
    series = {stage: [_of_stage(side, stage) for side in sides] for stage in stages}
    shown = periods_of([one for each in series.values() for one in each])
    most = max((most_within(each, shown) for each in series.values()), default=0)
    return [
        (stage, plot(each, Measure.NOTICES, shown, round_up(most)))
        for stage, each in series.items()
    ]


def _of_stage(side: Side, stage: str) -> Series:
    staged = narrowed(side.search, stage=stage)
    return Series(
        side.name, side.tally.stages.get(stage, {}), lambda period: _during(staged, period)
    )


def _lists(side: Side) -> list[tuple[str, list[Row]]]:
    """Return what notices are counted by beside place and industry; one value tells nothing."""
    tally = side.tally
    lists = {
        "source": (say("dashboard.sources"), tally.sources),
        "section": (say("dashboard.kinds"), tally.sections),
        "tag": (say("dashboard.tags"), tally.tags),
        "portal": (say("dashboard.portals"), tally.portals),
    }
    return [
        (heading, _counted(side, name, values))
        for name, (heading, values) in lists.items()
        if len(values) > 1 or (values and name != "portal")
    ]


def _counted(side: Side, name: str, values: Sequence[Value]) -> list[Row]:
    def said(value: str) -> str:
        return say_name("kind", value) if name == "section" else value

    counts = {value.value: value.count for value in values}
    return _rows([counts], Measure.NOTICES, [_notices_linking(side, name)], said)


def _linking(side: Side, measure: Measure, name: str) -> Callable[[str], str]:
    """Return what leads from a part of a sum to its rows."""
    money_of = {"money": measure.value if measure is Measure.REALISED else ""}
    return lambda value: address("/facts", side.search, {**money_of, name: value})


def _place_linking(side: Side, measure: Measure) -> Callable[[str], str]:
    if measure.money:
        return _linking(side, measure, "at")

    def link(code: str) -> str:
        # A search for a place finds what speaks of its parts, too, and none within a zone.
        filters = side.search.filters
        place = regions.find(filters.region) if filters.region else None
        if _is_whole(code, side.inside) or (place and place.zone):
            return ""
        return address("/search", narrowed(side.search, region=code.ljust(6, "0")))

    return link


def _notices_linking(side: Side, name: str) -> Callable[[str], str]:
    """Return what leads to notices of a value, where the search does not ask for another one."""

    def link(value: str) -> str:
        if getattr(side.search.filters, name) not in (None, value):
            return ""
        return address("/search", narrowed(side.search, **{name: value}))

    return link


def _during(search: Search, period: str) -> str:
    """Return the address of the notices of a month or year, within the days asked for."""
    begun = not period.startswith("..")
    first, last = days(period.removeprefix(".."))
    since, until = search.filters.since, search.filters.until
    if since:
        first = max(first, day_meant(since)) if begun else day_meant(since)
    if until:
        last = min(last, day_meant(until, last=True))
    return address("/search", narrowed(search, since=first if begun or since else None, until=last))


def _facts_of(side: Side, kind: str, unit: str = "CNY") -> str:
    extra = {"money": kind * (kind != Money.PROMISED), "unit": unit * (unit != "CNY")}
    return address("/facts", side.search, extra)


def _projects_of(side: Side) -> str:
    """Return the address of all projects, where their page can be asked for the same."""
    return "" if side.search.terms else address("/projects", side.search)


def _change_charts(changes: Iterable[MonthOfChanges]) -> dict[str, Any]:
    months = list(changes)
    return {
        kind: columns({month.month: getattr(month, kind) for month in months})
        for kind in ("new", "changed", "withdrawn")
    }


def _portal(run: PastRun) -> str:
    return run.portal
