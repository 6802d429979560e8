"""Trying again, and leaving a server alone that asks for it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response
from scrapy.settings import BaseSettings

from cqcrawler.downloads import QUEUES
from cqcrawler.middlewares.bodies import CUT_OFF, PERHAPS_CUT_OFF
from cqcrawler.portals import site_of
from cqcrawler.run.patience import Patience
from cqcrawler.spiders import Stopped, page_url, spider_of

logger = logging.getLogger(__name__)


class PatientRetryMiddleware(RetryMiddleware):
    """Retries what may pass, pauses for a site in trouble, and gives it up where that fails."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._longest = settings.getfloat("CQCRAWLER_MAX_RETRY_AFTER")

    @property
    def _patience(self) -> Patience:
        return spider_of(self.crawler).run.patience

    async def process_request(self, request: Request) -> None:
        site = site_of(request.url)
        while left := self._patience.pause(site):
            await spider_of(self.crawler).halt.sleep(left)
        if site in self._patience.given_up:
            raise Stopped(self._patience.given_up[site].reason)

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        if response.status in self.retry_http_codes:
            self._heed(request, response)
            self._note_failure(request, f"HTTP {response.status}")
        elif _is_cut_off(request, response):
            lost = ResponseDataLossError("the body is cut off")
            retry = self.process_exception(request, lost)
            if retry is None:
                raise lost
            return retry
        return super().process_response(request, response)

    def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        if isinstance(exception, self.exceptions_to_retry):
            self._note_failure(request, f"{type(exception).__name__}: {exception}")
        return super().process_exception(request, exception)

    def _retry(self, request: Request, reason: str | Exception | type[Exception]) -> Request | None:
        # The page has a second chance later on.
        in_doubt = self._patience.in_doubt(site_of(request.url))
        return None if in_doubt else super()._retry(request, reason)

    def _note_failure(self, request: Request, problem: str) -> None:
        self._patience.failed(site_of(request.url), page_url(request), problem)

    def _heed(self, request: Request, response: Response) -> None:
        """Take note of how long the server wants to be left alone."""
        value = (response.headers.get("Retry-After") or b"").decode("latin-1")
        wait = min(retry_after(value, datetime.now(UTC)), self._longest)
        if wait > 0:
            site = site_of(request.url)
            logger.info("%s asks to come back in %g seconds", site, wait)
            self._patience.leave_alone(site, wait)
            # Other portals on this server are under the same roof.
            spider_of(self.crawler).turns.leave_alone(request.meta.get(QUEUES, ()), wait)


def _is_cut_off(request: Request, response: Response) -> bool:
    """Whether not all of the body came.

    Where a missing end tag is the only sign, a page that comes the same twice is whole.
    """
    if PERHAPS_CUT_OFF in response.flags:
        digest = sha256(response.body).digest()
        if request.meta.get("cut_off") == digest:
            return False
        request.meta["cut_off"] = digest  # A retry has the same meta.
        return True
    return CUT_OFF in response.flags


def retry_after(value: str, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for (RFC 9110, 10.2.3).

    It is a number of seconds or an HTTP date; 0 for anything else, and for a date gone by.
    """
    if value.strip().isascii() and value.strip().isdecimal():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0.0
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
