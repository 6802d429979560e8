"""How fast a portal is asked."""

from __future__ import annotations

from scrapy.settings import BaseSettings

from cqcrawler.run.turns import Pace, Throttle


def pace_of(settings: BaseSettings) -> Pace:
    """Return the pace that the settings of a portal ask for."""
    delay = settings.getfloat("DOWNLOAD_DELAY")
    throttle = None
    if settings.getbool("AUTOTHROTTLE_ENABLED"):
        throttle = Throttle(
            start=max(delay, settings.getfloat("AUTOTHROTTLE_START_DELAY")),
            longest=settings.getfloat("AUTOTHROTTLE_MAX_DELAY"),
            concurrency=settings.getfloat("AUTOTHROTTLE_TARGET_CONCURRENCY"),
        )
    return Pace(
        delay=delay,
        jitter=settings.getfloat("DOWNLOAD_DELAY_JITTER"),
        at_once=settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
        throttle=throttle,
    )
