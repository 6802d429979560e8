"""The watches, each with what is new to it, its search and its feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from cqcrawler.archive import Archive
from cqcrawler.archive.search.asked import FILTER_NAMES
from cqcrawler.archive.watches import Watch
from cqcrawler.exceptions import QueryError
from cqcrawler.site.languages import current
from cqcrawler.site.pages.common import fill
from cqcrawler.site.pages.feeds import watch_address

_DAYS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """A watch as the page shows it; `new` is None where its search names nothing any more."""

    watch: Watch
    new: int | None
    link: str
    feed: str
    filters: list[tuple[str, str]]


async def page(datasette: Any, request: Any) -> Response:
    """Answer /watches."""
    watches = await datasette.desk.recall("watches", _count)
    rows = [_row(watch, new) for watch, new in watches]
    return await fill(datasette, request, "cq_watches.html", rows=rows, days=_DAYS)


def _count(archive: Archive) -> list[tuple[Watch, int | None]]:
    since = datetime.now(UTC) - timedelta(days=_DAYS)
    return [(watch, _new_to(archive, watch, since)) for watch in archive.watches.all()]


def _new_to(archive: Archive, watch: Watch, since: datetime) -> int | None:
    try:
        return len(archive.watches.new_to(watch, since))
    except QueryError:
        return None


def _row(watch: Watch, new: int | None) -> Row:
    pairs = watch.search.pairs()
    filters = [(name, pairs[name]) for name in FILTER_NAMES.values() if name in pairs]
    feed = watch_address(watch.name, current.get())
    return Row(watch, new, f"/search?{urlencode(pairs)}", feed, filters)
