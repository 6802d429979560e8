"""What holds while a robots.txt cannot be had (RFC 9309, 2.3.1.4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from cqcrawler.archive.robots import RobotsFile
from cqcrawler.reading.feeds.offers import sitemaps_in

# A file that fails for so long is taken for absent; until then its last copy holds.
_KEPT = timedelta(days=30)


class Kept(Protocol):
    """What keeps the last good robots.txt of each site: the archive's table."""

    def answered(self, site: str, body: str, at: datetime) -> None: ...

    def failed(self, site: str, at: datetime) -> RobotsFile: ...


class RobotsFiles:
    """The robots.txt of the sites of one run; `notes` say what its reason should say of them,
    `sitemaps` are the addresses that they name."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self.notes: list[str] = []
        self.sitemaps: list[str] = []

    def answered(self, site: str, body: str) -> str:
        """Keep what the site answered, and return it."""
        self._kept.answered(site, body, datetime.now(UTC))
        self.sitemaps += sitemaps_in(body)
        return body

    def failed(self, site: str, problem: str) -> str | None:
        """Return what holds in place of a file that fails, None if nothing may be fetched."""
        now = datetime.now(UTC)
        kept = self._kept.failed(site, now)
        if kept.failing_since and now - kept.failing_since >= _KEPT:
            self.notes.append(
                f"robots.txt of {site} fails for {_KEPT.days} days ({problem}), "
                "so it was crawled as if there were none"
            )
            return ""
        self.sitemaps += sitemaps_in(kept.body or "")
        return kept.body
