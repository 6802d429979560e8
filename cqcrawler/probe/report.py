"""What a probe found: the values that are printed, and that `--json` has."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from cqcrawler.models import FeedKind, Link
from cqcrawler.probe.run import Request


class Kind(StrEnum):
    """What a page turned out to be."""

    LIST = "list"
    SHELL = "list without rows"
    NOTICE = "notice"
    OTHER = "neither list nor notice"
    NOTHING = "no page"


@dataclass(frozen=True, slots=True)
class PageFound:
    """The page that was given.

    `answered` is its address after redirects, `size` that of its body in bytes, `problem` why it
    is no page that can be read.
    """

    url: str
    kind: Kind
    answered: str = ""
    status: int | None = None
    size: int = 0
    encoding: str = ""
    encoding_why: str = ""
    seconds: float | None = None
    warnings: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Robots:
    """What robots.txt says: in words, and the seconds between requests that it asks for."""

    says: str
    crawl_delay: float | None = None


@dataclass(frozen=True, slots=True)
class PlatformFound:
    """The family that made the page, `name` empty where none is known, with its signs."""

    name: str = ""
    title: str = ""
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages say of whose they are.

    `region_code` is that of GB/T 2260, and `region_from` what says so. `feeds` and `sitemaps` are
    addresses that they or robots.txt name.
    """

    name: str = ""
    region_code: str = ""
    region: str = ""
    region_from: str = ""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkList:
    """Links of a page that stand in one list, and the CSS path of that.

    `heading` is the short text above them, empty if there is none; `why` says why they are no rows.
    """

    links: int
    dated: int
    path: str
    heading: str = ""
    why: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a page of a list, `dated` of them with a date.

    `order` says how the dates follow one another, `elsewhere` counts rows that lead to another site
    or to a file, `paths` are the CSS paths of the lists that the rows stand in.
    """

    rows: tuple[Link, ...] = ()
    dated: int = 0
    newest: str | None = None
    oldest: str | None = None
    order: str = ""
    elsewhere: int = 0
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Further:
    """Another page of the list that was read: its rows, and how many of them were new."""

    url: str
    rows: int = 0
    new: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ListFound:
    """The list of the page.

    `pages` are its other pages, as far as they are known, and `at_least` says that there may be
    more; `further` is the one that was read. `beyond` says why the list goes on where we cannot
    follow. With a shell the page has no rows, and the other pages have them. `feed` says that it is
    a feed or a sitemap, None for a page.
    """

    rows: Rows
    is_shell: bool = False
    feed: FeedKind | None = None
    left_out: tuple[LinkList, ...] = ()
    pages: tuple[str, ...] = ()
    at_least: bool = False
    further: Further | None = None
    declared_total: int | None = None
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the scripts of a page say of a list that they fetch: texts in them that look like its
    `addresses`, and the page's own script `files`, which were not looked into."""

    addresses: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a notice, with where it came from and how sure it is."""

    name: str
    value: str
    origin: str
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class NoticeFound:
    """A notice that was read, or the `problem` with it."""

    url: str
    fields: tuple[Field, ...] = ()
    characters: int = 0
    removed: int = 0
    attachments: int = 0
    warnings: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A selector that was tried on a page: how many elements or texts it finds there, 0 for none;
    None for one that is looked for in each row and found in some."""

    name: str
    selector: str
    url: str
    found: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What of a page the general rules and the selectors read otherwise; empty where one of them
    reads nothing."""

    url: str
    what: str
    general: str
    selected: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The selectors that were tried, and what they change.

    `faults` say what a list of JSON lacks, as a crawl would; `link` names what leads to its
    notices.
    """

    tried: tuple[Tried, ...] = ()
    differences: tuple[Difference, ...] = ()
    faults: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What crawls of the list take, from what one page of it shows.

    `delay` is in seconds between two requests. `notices` are those that the list has `declared`,
    or else as many as its pages have room for; None where nothing tells. `new_a_day` is None where
    rows have no dates.
    """

    delay: float
    why: str
    pages: int
    notices: int | None
    declared: bool
    first_crawl_s: float | None
    new_a_day: float | None
    later_requests: int | None


@dataclass(frozen=True, slots=True)
class Probe:
    """All that a probe found; `not_asked` says of further page and notice why they were not.

    A portal file `needs_region` of the operator if neither the pages nor a file say which.
    `sections` are links of the page that may lead to lists, too. The site can be crawled if there
    are no `problems`. `fetched` is of a list that scripts fetch, None for any other, `trial` what
    came of selectors, None where none were given. `error` is one of our own.
    """

    page: PageFound
    robots: Robots
    platform: PlatformFound = PlatformFound()
    site: Site = Site()
    needs_region: bool = False
    listing: ListFound | None = None
    notice: NoticeFound | None = None
    sections: tuple[Link, ...] = ()
    not_asked: dict[str, str] = field(default_factory=dict)
    cost: Cost | None = None
    problems: tuple[str, ...] = ()
    requests: tuple[Request, ...] = ()
    fetched: Fetched | None = None
    trial: Trial | None = None
    error: str = ""

    @property
    def exit_code(self) -> int:
        """0 can be crawled, 1 not wholly, 4 an error of ours."""
        return 4 if self.error else int(bool(self.problems))
