"""What is new, changed or withdrawn: lately, or page by page all that there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from cqcrawler.archive import Archive, Change
from cqcrawler.archive.articles.novelty import Novelty, novelty
from cqcrawler.archive.articles.stored import ChangedArticle
from cqcrawler.exceptions import QueryError
from cqcrawler.site.languages import say
from cqcrawler.site.pages import narrowing
from cqcrawler.site.pages.common import fill

SPANS = (1, 7, 30, 90)
USUAL_SPAN = 7
_ALL = "all"
_PER_PAGE = 50
_OF_EACH = 20


@dataclass(frozen=True, slots=True)
class Group:
    """What is listed under one heading; of what is new, all or one kind."""

    change: Change
    only: Novelty | None = None


# As addresses have them. A page without one shows those that have nothing in common.
GROUPS: Mapping[str, Group] = {
    "new": Group(Change.NEW),
    "portal": Group(Change.NEW, Novelty.AT_PORTAL),
    "archived": Group(Change.NEW, Novelty.FIRST_ARCHIVED),
    "changed": Group(Change.CHANGED),
    "withdrawn": Group(Change.WITHDRAWN),
}
_SHOWN = ("portal", "archived", "changed", "withdrawn")


def since(days: int) -> str:
    """Return the moment so many days ago as the archive writes it, on the minute."""
    moment = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


async def page(datasette: Any, request: Any) -> Response:
    """Answer /new."""
    wanted = request.args.get("days")
    days = _ALL if wanted == _ALL else str(USUAL_SPAN)
    if wanted in map(str, SPANS):
        days = wanted
    start = "" if days == _ALL else since(int(days))
    shown = request.args.get("change")
    shown = shown if shown in GROUPS else None
    desk, problem, after = datasette.desk, "", None
    try:
        after = narrowing.cursor(narrowing.typed(request, "after") if shown else "", numeric=False)
    except QueryError as error:
        problem = str(error)
    counts = await desk.recall(("since", days), lambda archive: archive.statistics.since(start))
    lists = {
        name: await desk.ask(_reader(GROUPS[name], start, after, bool(shown)))
        for name in ([shown] if shown else _SHOWN)
    }
    return await fill(
        datasette,
        request,
        "cq_new.html",
        days=days,
        spans=SPANS,
        shown=shown,
        heading=say("new.ever") if days == _ALL else say("new.heading", days=days),
        groups=GROUPS,
        counts=counts,
        lists={name: found[: _PER_PAGE if shown else _OF_EACH] for name, found in lists.items()},
        next_pages={name: _next(name, days, found, bool(shown)) for name, found in lists.items()},
        is_first=after is None,
        problem=problem,
        link=_link,
        is_old=lambda article: novelty(article.at, article.published) is Novelty.FIRST_ARCHIVED,
    )


def _reader(group: Group, start: str, after: Any, alone: bool) -> Any:
    most = (_PER_PAGE if alone else _OF_EACH) + 1

    def read(archive: Archive) -> list[ChangedArticle]:
        return archive.statistics.latest(group.change, start, most, after=after, only=group.only)

    return read


def _next(name: str, days: str, found: list[ChangedArticle], alone: bool) -> str:
    """Return the address of what comes after those shown, nothing where that is all."""
    most = _PER_PAGE if alone else _OF_EACH
    if len(found) <= most:
        return ""
    last = found[most - 1]
    return _link(name, days, narrowing.cursor_text((last.at, last.id)))


def _link(name: str | None, days: str, after: str = "") -> str:
    pairs = {"days": days, "change": name, "after": after}
    return f"/new?{urlencode({key: value for key, value in pairs.items() if value})}"
