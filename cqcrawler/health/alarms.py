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
from cqcrawler.messages import language, translate
from cqcrawler.text.clock import BEIJING, in_beijing

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
    """Return what a message may say: people read it, so it is in words and in Beijing's time."""
    text = f"cqcrawler: {health.portal} is {state} (was {before})"
    why = f": {health.reason}" if health.reason and not health.well else ""
    return {
        "portal": health.portal,
        "state": state,
        "reason": _in_words(health.reason),
        "url": health.url,
        "since": _at(health.since, ""),
        "last_run": _at(health.last_run, ""),
        "last_good": _at(health.last_good, "never"),
        "before": before,
        "text": _in_words(text + why),
    }


def _in_words(message: str) -> str:
    return translate(in_beijing(message), language())


def _at(time: str | None, without: str) -> str:
    return datetime.fromisoformat(time).astimezone(BEIJING).isoformat() if time else without
