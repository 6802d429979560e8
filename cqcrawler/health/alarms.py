"""Telling the webhook of changes: once each, however often anybody looks."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from cqcrawler.archive import Archive
from cqcrawler.exceptions import WebhookError
from cqcrawler.health.state import Health
from cqcrawler.health.webhook import load_webhook

logger = logging.getLogger(__name__)

WELL = "well"
# Seconds for all messages of a crawl; one more may have begun by then.
_LONGEST = 30


def tell_changes(
    archive: Archive, portals: Sequence[Health], url: str | None, template: str | None
) -> list[str]:
    """Post each portal whose state is not what the webhook was last told.

    Returns what went wrong, and never raises for it: what was not delivered is told the next
    time. Portals that are well and of which nothing was ever told are no news.
    """
    if not url:
        return []
    if not archive.writable:
        return ["the archive cannot be written, so that nobody would know what was told"]
    try:
        webhook = load_webhook(url, Path(template) if template else None)
        told = archive.runs.alarms()
        enough = monotonic() + _LONGEST
        for health in portals:
            state, before = WELL if health.well else health.state, told.get(health.portal, WELL)
            if state != before:
                if monotonic() > enough:
                    raise WebhookError(f"the webhook at {webhook.host} is slow: not all is told")
                webhook.post(_values(health, state, before))
                archive.runs.note_alarm(health.portal, state, datetime.now(UTC))
    except WebhookError as error:
        logger.warning("%s; it is told the next time", error)
        return [str(error)]
    return []


def _values(health: Health, state: str, before: str) -> dict[str, str]:
    return {
        "portal": health.portal,
        "state": state,
        "reason": health.reason,
        "url": health.url,
        "since": health.since or "",
        "last_run": health.last_run or "",
        "last_good": health.last_good or "never",
        "before": before,
        "text": f"cqcrawler: {health.portal} is {state} (was {before})"
        + (f": {health.reason}" if health.reason and not health.well else ""),
    }
