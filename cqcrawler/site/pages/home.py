"""The first page: what is new, how the portals are, and a box to search from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from datasette.utils.asgi import Response

from cqcrawler.archive import Archive, Change
from cqcrawler.exceptions import PortalError
from cqcrawler.health import Health, survey
from cqcrawler.portals import all_portals
from cqcrawler.site.pages.common import fill, region_name
from cqcrawler.site.pages.new import USUAL_SPAN, since

_NEWEST = 8
_CHANGED = 5
_REGIONS = 8
_TAGS = 12


async def page(datasette: Any, request: Any) -> Response:
    """Answer /."""
    desk = datasette.desk
    start = since(USUAL_SPAN)
    return await fill(
        datasette,
        request,
        "cq_home.html",
        days=USUAL_SPAN,
        region_name=region_name,
        totals=await desk.recall("totals", lambda archive: archive.statistics.totals()),
        counts=await desk.recall(
            ("since", USUAL_SPAN), lambda archive: archive.statistics.since(start)
        ),
        health=await desk.recall("health", _health),
        doubts=await desk.recall("doubts", lambda archive: archive.statistics.doubts()),
        newest=await desk.ask(lambda archive: archive.search("", limit=_NEWEST)),
        regions=(await desk.recall("regions", lambda archive: archive.statistics.by_region()))[
            :_REGIONS
        ],
        tags=await desk.recall("tags", lambda archive: archive.statistics.by_tag(limit=_TAGS)),
        changed=await desk.ask(
            lambda archive: archive.statistics.latest(Change.CHANGED, start, _CHANGED)
        ),
        withdrawn=await desk.ask(
            lambda archive: archive.statistics.latest(Change.WITHDRAWN, start, _CHANGED)
        ),
    )


def _health(archive: Archive) -> list[Health]:
    """Return how the portals are of which the archive has anything."""
    try:
        registry = all_portals()
    except PortalError:  # the operator hears of a bad file from `cqcrawler portals check`
        registry = []
    known = set(archive.runs.portals())
    return [
        state for state in survey(archive, registry, datetime.now(UTC)) if state.portal in known
    ]
