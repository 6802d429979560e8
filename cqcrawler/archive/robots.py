"""The last good robots.txt of each site, for as long as there is no newer one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.archive.file.values import timestamp


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What a site's robots.txt said last, None where it never answered, and since when it fails.

    An empty `body` is one without rules, or an answer that there is none.
    """

    body: str | None
    failing_since: datetime | None


class Robots:
    """The table `robots_files`; a site is a host, with its port unless that is the usual one."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def answered(self, site: str, body: str, at: datetime) -> None:
        """Keep what the site answered."""
        row = {"site": site, "body": body, "fetched_at": timestamp(at), "failing_since": None}
        with transaction(self._db):
            self._db.table("robots_files").insert(row, replace=True)

    def failed(self, site: str, at: datetime) -> RobotsFile:
        """Note that the file cannot be had, and return what is known of it."""
        with transaction(self._db):
            self._db.execute(
                """INSERT INTO robots_files (site, failing_since) VALUES (?, ?)
                ON CONFLICT (site) DO UPDATE
                SET failing_since = coalesce(failing_since, excluded.failing_since)""",
                [site, timestamp(at)],
            )
        body, since = self._db.execute(
            "SELECT body, failing_since FROM robots_files WHERE site = ?", [site]
        ).fetchone()
        return RobotsFile(body, datetime.fromisoformat(since))
