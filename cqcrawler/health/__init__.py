"""How the portals of an archive are, and telling somebody when that changes."""

from __future__ import annotations

from cqcrawler.health.alarms import tell_changes
from cqcrawler.health.backups import late_backup
from cqcrawler.health.state import Health, State, judge_health
from cqcrawler.health.survey import look_at, survey
from cqcrawler.health.webhook import Webhook

__all__ = [
    "Health",
    "State",
    "Webhook",
    "judge_health",
    "late_backup",
    "look_at",
    "survey",
    "tell_changes",
]
