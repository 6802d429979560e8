"""The health of every portal: the registered ones, and those that the archive knows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from cqcrawler.archive import Archive
from cqcrawler.archive.file.lock import is_writing
from cqcrawler.health.state import DEADLINE_MINUTES, Health, State, judge_health
from cqcrawler.portals import Portal

# Runs that are looked at: a year of a daily crawl.
_HISTORY = 400


def survey(archive: Archive, registry: Sequence[Portal], now: datetime) -> list[Health]:
    """Return the health of every portal, by name; one that is not enabled has none until it was
    crawled."""
    enabled = (portal.name for portal in registry if portal.is_enabled)
    names = {*enabled, *archive.runs.portals()}
    return look_at(names, archive, registry, now, writing=is_writing(archive.path))


def look_at(
    names: Collection[str],
    archive: Archive,
    registry: Sequence[Portal],
    now: datetime,
    *,
    writing: bool,
) -> list[Health]:
    """Return the health of these portals; `writing` is whether some run holds the archive."""
    intervals = {portal.name: portal.interval for portal in registry}
    deadlines = {portal.name: portal.deadline for portal in registry}
    imported = {*archive.runs.portals()}
    found = [
        judge_health(
            name,
            intervals.get(name, 0.0),
            archive.runs.latest(name, limit=_HISTORY, crawls=True),
            now,
            writing=writing,
            deadline=deadlines.get(name) or DEADLINE_MINUTES,
        )
        for name in sorted(names)
    ]
    return [
        replace(health, reason=f"{health.reason}; what is held of it was imported")
        if health.state == State.NEVER and health.portal in imported
        else health
        for health in found
    ]
