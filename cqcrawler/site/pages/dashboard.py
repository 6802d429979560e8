"""Dashboards: what there is by month, place, tag and source, how it changes, how portals are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from datasette.utils.asgi import Response

from cqcrawler.archive import Archive
from cqcrawler.archive.statistics import MonthOfChanges, PastRun, RegionCount
from cqcrawler.exceptions import QueryError
from cqcrawler.models import Outcome
from cqcrawler.site.charts import columns, days
from cqcrawler.site.languages import say_name
from cqcrawler.site.pages.common import Asked, fill, read, region_name
from cqcrawler.text import regions

_LISTED = 15


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything that is counted for one choice of filters."""

    months: dict[str, int]
    regions: list[RegionCount]
    kinds: list[tuple[str, int]]
    tags: list[tuple[str, int]]
    sources: list[tuple[str, int]]
    portals: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A bar: its name, its number, what it leads to, and the dashboard inside of it, if any."""

    name: str
    count: int
    link: str
    inside: str = ""


async def page(datasette: Any, request: Any) -> Response:
    """Answer /dashboard."""
    asked = read(request)
    desk = datasette.desk
    problem = ""
    try:
        numbers = await desk.recall(("numbers", asked.filters), lambda a: _count(a, asked))
    except QueryError as error:
        asked, problem = Asked(), str(error)
        numbers = await desk.recall(("numbers", asked.filters), lambda a: _count(a, asked))
    changes = await desk.recall("changes", lambda a: a.statistics.changes_by_month())
    doubts = await desk.recall("doubts", lambda a: a.statistics.doubts())
    runs = await desk.recall("runs", lambda a: a.statistics.latest_runs())
    return await fill(
        datasette,
        request,
        "cq_dashboard.html",
        asked=asked,
        problem=problem,
        place=_place(asked),
        above=_above(asked),
        months=columns(numbers.months, lambda period: _during(asked, period)),
        regions=[_region_row(region, asked) for region in numbers.regions],
        kinds=[
            Row(say_name("kind", name), n, asked.link(section=name)) for name, n in numbers.kinds
        ],
        tags=[Row(tag, n, asked.link(tag=tag)) for tag, n in numbers.tags],
        sources=[Row(name, n, asked.link(source=name)) for name, n in numbers.sources],
        portals=[Row(name, n, asked.link(portal=name)) for name, n in numbers.portals],
        changes=_change_charts(changes),
        health=[(portal, list(past)) for portal, past in groupby(runs, _portal)],
        doubts=doubts,
        outcomes=[outcome for outcome in Outcome if outcome in {run.outcome for run in runs}],
    )


def _during(asked: Asked, period: str) -> str:
    since, until = days(period)
    return asked.link(since=since, until=until)


def _count(archive: Archive, asked: Asked) -> Numbers:
    statistics, filters = archive.statistics, asked.filters
    return Numbers(
        dict(statistics.by_month(filters)),
        statistics.by_region(filters),
        statistics.by_kind(filters),
        statistics.by_tag(filters, _LISTED),
        statistics.by_source(filters, _LISTED),
        statistics.by_portal(filters),
    )


def _region_row(region: RegionCount, asked: Asked) -> Row:
    inside = asked.link("/dashboard", region=region.code) if region.narrower else ""
    is_itself = _code(asked.get("region")) == region.code
    return Row(
        region.name,
        region.notices,
        asked.link(region=region.code),
        "" if is_itself else inside,
    )


def _code(region: str) -> str:
    place = regions.find(region) if region else None
    return place.code if place else ""


def _place(asked: Asked) -> str:
    return region_name(_code(asked.get("region"))) if asked.get("region") else ""


def _above(asked: Asked) -> list[tuple[str, str]]:
    """Return the names and dashboards of what contains the region asked for, widest first."""
    code = _code(asked.get("region"))
    wider = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00")) if code else {}
    places = [(wide, regions.find(wide)) for wide in wider if wide != code]
    return [
        (place.city or place.province, asked.link("/dashboard", region=wide))
        for wide, place in places
        if place
    ]


def _change_charts(changes: Iterable[MonthOfChanges]) -> dict[str, Any]:
    months = list(changes)
    return {
        kind: columns({month.month: getattr(month, kind) for month in months})
        for kind in ("new", "changed", "withdrawn")
    }


def _portal(run: PastRun) -> str:
    return run.portal
