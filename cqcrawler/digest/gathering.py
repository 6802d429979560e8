"""Everything that a digest says, asked of the archive at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cqcrawler.archive import Archive
from cqcrawler.archive.bulletin import Some, Source, Sum
from cqcrawler.archive.watches import Watch
from cqcrawler.digest.spans import Named
from cqcrawler.exceptions import QueryError
from cqcrawler.health import Health, survey
from cqcrawler.portals import Portal

# A mail is read to its end, or not at all.
MOST_PROJECTS, MOST_NEWS, MOST_EVENTS, MOST_OF_A_WATCH = 30, 30, 15, 8


@dataclass(frozen=True, slots=True)
class Watched:
    """What is new to a watch; `count` is None where its search names nothing any more."""

    watch: Watch
    sources: tuple[Source, ...]
    count: int | None


@dataclass(frozen=True, slots=True)
class Digest:
    """What a span brought; see `archive.bulletin` for what is in each part.

    `portals` are what portals call themselves, by their names.
    """

    named: Named
    news: Some
    late: int
    projects: Some
    promised: list[Sum]
    by_industry: list[Sum]
    by_place: list[Sum]
    changed: Some
    withdrawn: Some
    retold: Some
    stale: Some
    health: list[Health]
    watched: list[Watched]
    portals: Mapping[str, str]


def gather(archive: Archive, named: Named, registry: Sequence[Portal]) -> Digest:
    """Return what the archive holds of a span, as it is at one moment."""
    span, bulletin = named.span, archive.bulletin
    with archive.reading():
        known = set(archive.runs.portals())
        return Digest(
            named=named,
            news=bulletin.news(span, MOST_NEWS),
            late=bulletin.count_late(span),
            projects=bulletin.projects(span, MOST_PROJECTS),
            promised=bulletin.promised(span),
            by_industry=bulletin.by_industry(span),
            by_place=bulletin.by_place(span),
            changed=bulletin.changed(span, MOST_EVENTS),
            withdrawn=bulletin.withdrawn(span, MOST_EVENTS),
            retold=bulletin.retold(span, MOST_EVENTS),
            stale=bulletin.stale(span, MOST_EVENTS),
            health=[h for h in survey(archive, registry, span.until) if h.portal in known],
            watched=[_watched(archive, watch, named) for watch in archive.watches.all()],
            portals={portal.name: portal.title for portal in registry},
        )


def _watched(archive: Archive, watch: Watch, named: Named) -> Watched:
    try:
        new = archive.watches.new_to(watch, named.span.since)
    except QueryError:
        return Watched(watch, (), None)
    return Watched(watch, archive.bulletin.sources(new[:MOST_OF_A_WATCH]), len(new))
