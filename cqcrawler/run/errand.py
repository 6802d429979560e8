"""What a spider fetches pages for, and what its middlewares ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from cqcrawler.models import Failed, FrontierPage, PageResult, Visit
from cqcrawler.portals import Portal
from cqcrawler.run.patience import Patience
from cqcrawler.run.robots import RobotsFiles


class Errand(Protocol):
    """A run into an archive (`PortalRun`), or a probe of a few pages (`ProbeRun`)."""

    patience: Patience
    robots: RobotsFiles

    @property
    def portal(self) -> Portal:
        """The portal whose pages these are."""

    @property
    def progress(self) -> str:
        """How far it is, for people."""

    def has_next(self) -> bool:
        """Whether a page is ready to be fetched; `next_page` may find one all the same."""

    def next_page(self) -> FrontierPage | None:
        """Return the page to fetch now, None while there is none."""

    def let_go(self, url: str) -> None:
        """Wait no longer for a page of which nothing will be recorded."""

    def record(self, result: PageResult) -> None:
        """Take what a page came to."""

    def failed_to_read(self, visit: Visit, error: Exception) -> Failed:
        """Take note of an error of our own in reading a page; return what the page comes to."""

    def fail(self, error: BaseException, where: str = "") -> None:
        """Take note of an error of our own."""

    def end(self, finish: str, stats: Mapping[str, object]) -> object:
        """No more pages are fetched; `finish` is Scrapy's reason."""
