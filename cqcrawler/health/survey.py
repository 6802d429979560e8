"""The health of every portal: the registered ones, and those that the archive knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cqcrawler.archive import Archive
from cqcrawler.archive.lock import is_writing
from cqcrawler.health.state import Health, judge_health
from cqcrawler.portals import Portal

# Runs that are looked at: a year of a daily crawl.
_HISTORY = 400


def survey(
    archive: Archive, registry: Sequence[Portal], now: datetime, *, writing: bool | None = None
) -> list[Health]:
    """Return the health of each portal, by name.

    `writing` is whether some run holds the archive; None is to find out.
    """
    if writing is None:
        writing = is_writing(archive.path)
    intervals = {portal.name: portal.interval for portal in registry}
    names = sorted({*intervals, *archive.portals()})
    return [
        judge_health(
            name,
            intervals.get(name, 0.0),
            archive.runs(name, limit=_HISTORY),
            now,
            writing=writing,
        )
        for name in names
    ]
