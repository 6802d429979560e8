"""Searching: terms and filters, newest first or best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from datasette.utils.asgi import Response

from cqcrawler.archive.search.search import Found, Hit
from cqcrawler.exceptions import QueryError
from cqcrawler.site.pages.common import Asked, fill, read, region_name
from cqcrawler.text import regions

_PER_PAGE = 20
_MOST = 1000
_NOTHING = Found((), complete=True)
_SUGGESTED = 400


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers: portals, and the regions, tags and sections that are met most; `kinds`
    are those of sections."""

    portals: list[str]
    regions: list[str]
    tags: list[str]
    kinds: list[str]
    sections: list[str]


async def page(datasette: Any, request: Any) -> Response:
    """Answer /search."""
    asked = read(request)
    desk = datasette.desk
    choices = await desk.recall("choices", _choices)
    found, problem = _NOTHING, ""
    try:
        found = await desk.recall(("find", asked.terms, asked.filters, asked.rank), _finder(asked))
    except QueryError as error:
        problem = str(error)
    pages = max(1, -(-len(found.ids) // _PER_PAGE))
    shown = min(asked.page, pages)
    ids = found.ids[(shown - 1) * _PER_PAGE : shown * _PER_PAGE]
    hits: list[Hit] = await desk.ask(lambda archive: archive.hits(ids, asked.terms))
    return await fill(
        datasette,
        request,
        "cq_search.html",
        asked=asked,
        choices=choices,
        hits=hits,
        found=found,
        problem=problem,
        places=_candidates(asked) if problem else [],
        shown=shown,
        pages=pages,
        first=(shown - 1) * _PER_PAGE + 1,
    )


def _finder(asked: Asked) -> Any:
    return lambda archive: archive.find(asked.terms, asked.filters, rank=asked.rank, most=_MOST)


def _candidates(asked: Asked) -> list[tuple[str, str]]:
    """Return the names and codes of several regions that a name may mean."""
    places = regions.candidates(asked.region) if asked.region else ()
    return [(region_name(place.code), place.code) for place in places]


def _choices(archive: Any) -> Choices:
    statistics = archive.statistics
    codes = [code for code, _ in statistics.region_codes()[:_SUGGESTED]]
    return Choices(
        portals=[name for name, _ in statistics.by_portal()],
        regions=sorted({region_name(code) for code in codes}),
        tags=[tag for tag, _ in statistics.by_tag(limit=_SUGGESTED)],
        kinds=[kind for kind, _ in statistics.by_kind()],
        sections=[section for section, _ in statistics.by_section(limit=_SUGGESTED)],
    )
