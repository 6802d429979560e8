"""Crawling the bundled portal into an archive, first as it is and then as it is days later."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from cqcrawler.archive import Archive
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.crawling import Crawled, crawl
from cqcrawler.demo.gold import GoldPage, gold
from cqcrawler.demo.portal import NAME, DemoPortal
from cqcrawler.exceptions import UsageError
from cqcrawler.portals import Portal
from cqcrawler.run.scope import Scope

# The archive has whole seconds: what one crawl found has to be earlier than the next begins.
_SECOND = 1.0
_LAST = 2
# Politeness would only cost time: the server is ours, and on this machine.
_SETTINGS: dict[str, str | int] = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
    "CQCRAWLER_WEBHOOK": "",
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier demos left: the port that addresses in the archive name, 0 if there are none,
    and when each crawl began that went well, oldest first."""

    port: int = 0
    began: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """One crawl of the portal in one of its revisions."""

    revision: int
    crawled: Crawled


def earlier(archive_path: Path) -> Earlier:
    """Look into the archive; UsageError if it holds anything but the demo."""
    if not archive_path.exists():
        return Earlier()
    with Archive(archive_path, must_exist=True) as archive:
        runs = archive.runs.latest(limit=10_000)
        if others := {run.portal for run in runs} - {NAME}:
            raise UsageError(
                f"{archive_path} holds {', '.join(sorted(others))}: invented notices do not "
                "belong there; name another file with --archive"
            )
        good = [run for run in runs if run.outcome and run.outcome.exit_code == 0]
        article = next(iter(archive), None)
        return Earlier(
            port=(article and urlsplit(article.url).port) or 0,
            began=tuple(sorted(run.started_at for run in good)),
        )


def visits(archive_path: Path, before: Earlier) -> Iterator[Visit]:
    """Crawl the first revision, unless that was done before, and then the second.

    A crawl that does not go well is the last. Raises UsageError if the portal cannot be served
    where the archive knows it.
    """
    portal = DemoPortal(port=before.port)
    with ExitStack() as stack:
        try:
            stack.enter_context(portal.serving())
        except OSError as error:
            raise UsageError(
                f"{archive_path} knows the portal on port {before.port}, which cannot be had "
                f"({error.strerror}): remove that file, or name another with --archive"
            ) from error
        for revision in (_LAST,) if before.began else (1, _LAST):
            portal.revision = revision
            visit = Visit(revision, _crawl(portal.url, archive_path))
            yield visit
            if visit.crawled.exit or revision == _LAST:
                return
            time.sleep(_SECOND)


def _crawl(url: str, archive_path: Path) -> Crawled:
    """Crawl in a process of its own, as Scrapy's event loop runs once in each."""
    portal = Portal(name=NAME, title="川江招商信息网", start_urls=(url,), region="重庆")
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(crawl, [(portal, Scope())], archive_path, overrides=_SETTINGS).result()


def read_right(archive: Archive, port: int) -> tuple[int, int]:
    """Return how many notices of the second revision are as they were written, and of how many."""
    pages = gold(revision=2)
    base = DemoPortal(port=port).url
    right = sum(_agrees(archive.article(urljoin(base, page.path)), page) for page in pages)
    return right, len(pages)


def _agrees(article: StoredArticle | None, page: GoldPage) -> bool:
    place = ("region", "province", "city", "district")
    names = ("title", *place, "published", "section", "section_kind", "body")
    return article is not None and all(
        getattr(article, name) == getattr(page, name) for name in names
    )
