"""Whether the backup of an archive is young enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from cqcrawler.archive.upkeep import Backup

_CLOCKS = timedelta(hours=1)  # Two machines may differ by so much; what is later is a mistake.


def late_backup(backups: Sequence[Backup], within: float, now: datetime) -> str:
    """Say that no backup which is still there has all that there was `within` hours ago.

    `backups` are newest first. Empty where one has.
    """
    there = [
        backup
        for backup in backups
        if backup.is_there and datetime.fromisoformat(backup.taken_at) <= now + _CLOCKS
    ]
    if not there:
        return f"there is no backup, and one of the last {within:g} hours is wanted"
    last = there[0]
    if now - datetime.fromisoformat(last.taken_at) <= timedelta(hours=within):
        return ""
    return (
        f"the last good backup is of {last.taken_at}, and one of the last {within:g} hours is "
        f"wanted: {last.file}"
    )
