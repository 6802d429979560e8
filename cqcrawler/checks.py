"""Settings that cannot be: told before anything begins, all at once."""

from __future__ import annotations

import difflib
import logging
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from cqcrawler.exceptions import UsageError, WebhookError
from cqcrawler.health.webhook import load_webhook

# Whole numbers with the least that each may be.
_WHOLE = {
    "CQCRAWLER_MAX_SECTIONS": 0,
    "CQCRAWLER_MAX_PAGES": 1,
    "CQCRAWLER_FILE_MAXSIZE": 1,
    "CQCRAWLER_MAX_FILES": 0,
    "CQCRAWLER_PAUSE_AFTER": 1,
    "CQCRAWLER_GIVE_UP_AFTER": 1,
    "CQCRAWLER_LEAST_FREE_MB": 0,
    "CQCRAWLER_WARC_SIZE": 1,
    "CONCURRENT_REQUESTS": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_MAXSIZE": 0,
    "DOWNLOAD_WARNSIZE": 0,
    "RETRY_TIMES": 0,
    "REDIRECT_MAX_TIMES": 0,
    "METAREFRESH_MAXDELAY": 0,
    "CLOSESPIDER_ERRORCOUNT": 0,
    "CLOSESPIDER_ITEMCOUNT": 0,
    "CLOSESPIDER_PAGECOUNT": 0,
}
# Seconds and their like, which may be 0, and those that may not.
_FROM_ZERO = (
    "CQCRAWLER_MAX_CRAWL_DELAY",
    "CQCRAWLER_MAX_PAUSE",
    "CQCRAWLER_MAX_RETRY_AFTER",
    "DOWNLOAD_DELAY",
    "DOWNLOAD_DELAY_JITTER",
    "AUTOTHROTTLE_START_DELAY",
    "AUTOTHROTTLE_MAX_DELAY",
    "CLOSESPIDER_TIMEOUT",
)
_ABOVE_ZERO = (
    "AUTOTHROTTLE_TARGET_CONCURRENCY",
    "DNS_TIMEOUT",
    "DOWNLOAD_TIMEOUT",
    "LOGSTATS_INTERVAL",
)
_MOST = 1e9  # Thirty years in seconds; timers overflow somewhere above.
_SWITCHES = (
    "CQCRAWLER_PRIVATE_ADDRESSES",
    "AUTOTHROTTLE_ENABLED",
    "COOKIES_ENABLED",
    "DOWNLOAD_FAIL_ON_DATALOSS",
    "HTTPERROR_ALLOW_ALL",
    "LOG_ENABLED",
    "METAREFRESH_ENABLED",
    "REDIRECT_ENABLED",
    "RETRY_ENABLED",
    "ROBOTSTXT_OBEY",
)


def check_settings(settings: BaseSettings) -> None:
    """Raise UsageError naming every setting whose value makes no sense."""
    if problems := [*_unknown(settings), *_problems(settings)]:
        raise UsageError("; ".join(problems))


def _unknown(settings: BaseSettings) -> Iterator[str]:
    from cqcrawler import settings as ours  # It looks at the environment when it is imported.

    known = [name for name in vars(ours) if name.startswith("CQCRAWLER_")]
    for name in settings:
        if isinstance(name, str) and name.startswith("CQCRAWLER_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            yield f"there is no setting {name}" + (f" (did you mean {near[0]}?)" if near else "")


def _problems(settings: BaseSettings) -> Iterator[str]:
    for name, what in _unlike(settings):
        yield f"{name} is {settings.get(name)!r}: it takes {what}"
    if url := settings["CQCRAWLER_WEBHOOK"]:
        template = settings["CQCRAWLER_WEBHOOK_TEMPLATE"]
        try:
            load_webhook(url, Path(template) if template else None)
        except WebhookError as error:
            yield str(error)


def _unlike(settings: BaseSettings) -> Iterator[tuple[str, str]]:
    """Yield the settings whose values are not what they take, with what that is."""
    for name, least in _WHOLE.items():
        if not _is_whole(settings.get(name), least):
            yield name, f"a whole number from {least} on"
    for name in (*_FROM_ZERO, *_ABOVE_ZERO):
        number, above = _number(settings.get(name)), name in _ABOVE_ZERO
        if not 0 <= number <= _MOST or (above and not number):
            yield name, "a number above 0" if above else "a number from 0 on"
    yield from ((name, "True or False") for name in _SWITCHES if not _is_switch(settings, name))
    if not all(_is_whole(code, 100) for code in settings.getlist("RETRY_HTTP_CODES")):
        yield "RETRY_HTTP_CODES", "numbers with commas between"
    levels = logging.getLevelNamesMapping()
    if settings["LOG_LEVEL"] not in (*levels, *levels.values()):
        yield "LOG_LEVEL", ", ".join(levels)


def _is_switch(settings: BaseSettings, name: str) -> bool:
    try:
        settings.getbool(name)
    except ValueError:
        return False
    return True


def _is_whole(value: Any, least: int) -> bool:
    try:
        return int(value) >= least
    except (TypeError, ValueError, OverflowError):
        return False


def _number(value: Any) -> float:
    """Return a number, -1 for what is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return -1.0
    return number if isfinite(number) else -1.0
