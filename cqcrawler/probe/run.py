"""The errand of a probe: which few pages are asked for, and what came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from cqcrawler.archive.robots import RobotsFile
from cqcrawler.models import (
    Answer,
    Candidate,
    Excluded,
    Failed,
    FrontierPage,
    ListingForm,
    PageKind,
    PageResult,
    ReadListing,
    Visit,
)
from cqcrawler.portals import Portal
from cqcrawler.reading.addresses import url_shape
from cqcrawler.run.bounds import Limits
from cqcrawler.run.patience import Patience
from cqcrawler.run.robots import RobotsFiles
from cqcrawler.run.run import described
from cqcrawler.run.tally import BLOCKED
from cqcrawler.warc.payload import answer_to

# robots.txt, the page, one further page of its list, and one notice.
MOST_REQUESTS = 4
USED_UP = f"redirects, second tries or scripts took the {MOST_REQUESTS} requests of a probe"
INTERRUPTED = "stopped before all was asked for"
_FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was sent: `status` is None where no answer came, and `error` says why then.

    `size` is in bytes as they came over the network, `seconds` until the answer began.
    """

    method: str
    url: str
    status: int | None = None
    size: int = 0
    seconds: float | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that was asked for, what came for it, if anything, and what a crawl makes of it."""

    page: FrontierPage
    answer: Answer | None
    result: PageResult


@dataclass
class KnownRobots:
    """What the sites of one probe said in their robots.txt; nothing is known from before."""

    bodies: dict[str, str] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)

    def answered(self, site: str, body: str, at: datetime) -> None:
        self.bodies[site] = body

    def failed(self, site: str, at: datetime) -> RobotsFile:
        self.failing.add(site)
        return RobotsFile(None, None)


class ProbeRun:
    """Asks for a page, then for a further page of its list and for one of its notices.

    The further page of a list whose rows a script fetches is what the script would get, behind the
    files that say how to ask for it. `seen` has the pages in the order in which they came,
    `requests` all that was sent, `crawl_delay` is what robots.txt asks for in seconds, and
    `stopped` says what kept pages from being asked for.
    """

    def __init__(self, portal: Portal, limits: Limits, watch: Callable[[str], None]) -> None:
        self.patience = Patience(limits.pause_after, limits.give_up_after, limits.max_pause)
        self.known_robots = KnownRobots()
        self.robots = RobotsFiles(self.known_robots)
        self.seen: list[Seen] = []
        self.requests: list[Request] = []
        self.crawl_delay = 0.0
        self.stopped = ""
        self.error = ""
        self._portal = portal
        self._watch = watch
        self._next: FrontierPage | None = fresh_page(portal.start_urls[0], PageKind.UNKNOWN)
        self._asked: FrontierPage | None = None

    @property
    def portal(self) -> Portal:
        return self._portal

    @property
    def progress(self) -> str:
        return f"Request {len(self.requests)} of at most {MOST_REQUESTS}"

    def may_send(self) -> bool:
        """Whether one more request may be sent."""
        return len(self.requests) < MOST_REQUESTS

    def send(self, request: Request) -> int:
        """Take note of a request that is being sent; return its number."""
        self.requests.append(request)
        self._watch(self.progress)
        return len(self.requests) - 1

    def has_next(self) -> bool:
        return self._next is not None

    def next_page(self) -> FrontierPage | None:
        page, self._next = self._next, None
        self._asked = page or self._asked
        return page

    def let_go(self, url: str) -> None:
        """Nothing came of the page: the crawl was stopped, or its site must not be asked."""
        given_up = next(iter(self.patience.given_up.values()), None)
        self.stopped = given_up.reason if given_up else INTERRUPTED

    def record(self, result: PageResult) -> None:
        assert self._asked
        if isinstance(result, Excluded) and result.error == USED_UP and self.seen:
            self.stopped = USED_UP
            return
        exchanges = result.visit.exchanges
        answer = answer_to(exchanges[-1]) if exchanges else None
        self.seen.append(Seen(self._asked, answer, result))
        if _is_trouble(result):
            self.stopped = "the site fails or refuses"
        elif (page := next_page(self.seen)) and not self.may_send():
            self.stopped = USED_UP
        elif not self.error:
            self._next = page

    def failed_to_read(self, visit: Visit, error: Exception) -> Failed:
        self.fail(error, visit.url)
        return Failed(visit, described(error))

    def fail(self, error: BaseException, where: str = "") -> None:
        self.error = self.error or described(error, where)

    def end(self, finish: str, stats: Mapping[str, object]) -> None:
        if finish != _FINISHED:
            self.stopped = INTERRUPTED


def _is_trouble(result: PageResult) -> bool:
    """Whether a site fails or refuses, so that it is better left alone."""
    if not isinstance(result, Failed):
        return False
    return result.transient or result.error.startswith(BLOCKED)


def next_page(seen: Sequence[Seen]) -> FrontierPage | None:
    """Return what to ask for after what was seen, None if that is all."""
    first, last = seen[0], seen[-1]
    if not isinstance(first.result, ReadListing) or last.page.kind is PageKind.NOTICE:
        return None
    goes_on = len(seen) == 1 or is_shell(last.result)
    if goes_on and isinstance(last.result, ReadListing) and (url := further_page(last.result)):
        return replace(fresh_page(url, PageKind.LISTING), listing=first.page.url)
    row = next(filter(None, (sample_row(each.result) for each in seen)), None)
    if row is None:
        return None
    page = fresh_page(row.url, PageKind.NOTICE)
    return replace(page, published=row.published, title=row.title)


def is_shell(result: PageResult) -> bool:
    """Whether a page is one of a list whose rows other addresses give."""
    return isinstance(result, ReadListing) and result.listing.form is ListingForm.SHELL


def further_page(listing: ReadListing) -> str | None:
    """Return the page of a list that comes after this one or, behind the last, one before it."""
    pages = [each.url for each in listing.candidates if each.kind is PageKind.LISTING]
    later = (url for url in pages if url not in listing.listing.earlier_urls)
    return next(later, pages[0] if pages else None)


def sample_row(result: PageResult) -> Candidate | None:
    """Return the first row that leads where most rows do: what is pinned above them may be odd."""
    if not isinstance(result, ReadListing):
        return None
    rows = [each for each in result.candidates if each.kind is PageKind.NOTICE]
    shapes = Counter(url_shape(row.url) for row in rows)
    return max(rows, key=lambda row: shapes[url_shape(row.url)], default=None)


def fresh_page(url: str, kind: PageKind) -> FrontierPage:
    """Return a page of which nothing is known but what it is expected to be."""
    return FrontierPage(url, kind, None, None, None, None, None)
