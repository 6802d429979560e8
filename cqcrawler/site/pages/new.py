"""What is new, changed or withdrawn lately."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from datasette.utils.asgi import Response

from cqcrawler.archive import Change
from cqcrawler.site.pages.common import fill

GROUPS = (Change.NEW, Change.CHANGED, Change.WITHDRAWN)
SPANS = (1, 7, 30, 90)
USUAL_SPAN = 7
_MOST = 200


def since(days: int) -> str:
    """Return the moment so many days ago as the archive writes it, on the minute."""
    moment = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


async def page(datasette: Any, request: Any) -> Response:
    """Answer /new."""
    wanted = request.args.get("days")
    days = int(wanted) if wanted in map(str, SPANS) else USUAL_SPAN
    kind = request.args.get("change")
    shown = Change(kind) if kind in GROUPS else None
    start = since(days)
    desk = datasette.desk
    counts = await desk.recall(("since", days), lambda archive: archive.statistics.since(start))
    lists = {
        group: await desk.ask(
            lambda archive, group=group: archive.statistics.latest(group, start, _MOST)
        )
        for group in GROUPS
        if shown in (None, group)
    }
    return await fill(
        datasette,
        request,
        "cq_new.html",
        days=days,
        spans=SPANS,
        shown=shown,
        groups=GROUPS,
        counts=counts,
        lists=lists,
        most=_MOST,
    )
