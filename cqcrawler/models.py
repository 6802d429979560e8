"""The values that flow from a response to the archive.

All are frozen dataclasses without behaviour beyond small derived properties; the last ones
(`PageResult`) are the Scrapy items.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched or saved page: all that reading may look at.

    `body` is the payload after content-decoding, or text that somebody has decoded already.
    `content_type` is the header's value. `fetched_at` (aware) is the base of relative dates.
    """

    url: str
    body: bytes | str
    content_type: str = ""
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: `url` after redirects, headers by lower-case name, the decompressed body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its response as they went over the network.

    Headers are pairs of name and value in order, repeated ones each. `body` is that of the
    response before content-decoding, `at` (aware) when it was there. `protocol` is that of the
    response, such as `HTTP/1.1`, `server` the address that answered, if known; `request_body` is
    the form that was sent. `method` is empty where nobody knows how it was asked for, as with a
    page that was saved in a browser.
    """

    url: str
    method: str
    request_headers: tuple[tuple[bytes, bytes], ...]
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    at: datetime
    protocol: str = "HTTP/1.1"
    server: str | None = None
    request_body: bytes = b""


@dataclass(frozen=True, slots=True)
class Record:
    """Where a response lies: a WARC file, relative to the archive's folder with `/` in between,
    and the offset of the record in it."""

    file: str
    offset: int


def is_raw_file(file: str) -> bool:
    """Whether a name is that of a WARC file below the archive's folder: the archive may be somebody
    else's, and name any file of the machine."""
    path = PurePosixPath(file)
    inside = not path.is_absolute() and ".." not in path.parts and not {"\\", ":"} & set(file)
    return inside and file.endswith(".warc.gz")


@dataclass(frozen=True, slots=True)
class Link:
    """A link with the text that a reader sees and the date printed beside it (ISO, or None)."""

    url: str
    title: str = ""
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a notice offers; `kind` is its suffix in lower case, such as `pdf`."""

    url: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place of GB/T 2260 with full official names.

    `code` has six digits and belongs to the smallest unit named. `city` is None for
    municipalities. `zone` is a development zone or new area that has no code of its own; the
    code is then that of what contains it.
    """

    code: str
    province: str
    city: str | None = None
    district: str | None = None
    zone: str | None = None


# Behind the address of a feed or sitemap that is read beside the listings; never sent.
BESIDE = "#beside:"
# The origin of a date that comes from a listing, as the notice's own page does not show it.
FROM_ROW = "listing row"
# In its place, where neither shows one: the pages of such a section have none.
UNDATED = "undated section"
# The origin of the kind of a section that only a folder of the address tells.
FROM_FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the value of one field came from.

    `origin` is a short stable name (`label`, `meta`, `heading`, `near title`, `url`, ...),
    `text` what stood there, `confidence` from 0 to 1.
    """

    origin: str
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RemovedParagraph:
    """A line of the text's column that is not in the body: its position among all of them, those
    of the body included, and the rule of reading or of cleaning that left it out."""

    position: int
    rule: str
    text: str


class SectionKind(StrEnum):
    """What a section of a portal holds, whatever the portal calls it.

    NEWS tells what happened, POLICY what the state promises and demands; PARK, LAND, SPACE
    (factories, offices) and COMPANY describe one of these, FLOW how something is done, SERVICE what
    is done for investors.
    """

    NEWS = "news"
    POLICY = "policy"
    PARK = "park"
    LAND = "land"
    SPACE = "space"
    FLOW = "flow"
    COMPANY = "company"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Article:
    """A notice as read, before or after cleaning.

    `region` is the place as the page prints it; `place` is what it resolves to. `published` is
    an ISO date in Beijing time. `paragraphs` are the body in reading order; `items` are those of
    them, as read and by position, that are cells of a table or items of a list, with the number
    of it, where two are the same. `left_out` are the other lines between the title and the end of
    the text's column, by the rule of reading that left them out; `removed` are these and what
    cleaning moves there from `paragraphs`. `unmatched` are the selectors of the portal's file that
    found nothing on the page.
    """

    url: str
    title: str = ""
    headline_tag: str | None = None
    region: str | None = None
    place: Place | None = None
    published: str | None = None
    section: str | None = None
    section_kind: SectionKind | None = None
    source: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    related: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    items: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    left_out: tuple[RemovedParagraph, ...] = ()
    removed: tuple[RemovedParagraph, ...] = ()
    provenance: Mapping[str, Evidence] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)

    @property
    def region_code(self) -> str | None:
        return self.place.code if self.place else None

    @property
    def province(self) -> str | None:
        return self.place.province if self.place else None

    @property
    def city(self) -> str | None:
        return self.place.city if self.place else None

    @property
    def district(self) -> str | None:
        return self.place.district if self.place else None

    @property
    def zone(self) -> str | None:
        return self.place.zone if self.place else None


class ListingForm(StrEnum):
    """What a page of a listing is: a page with its rows, one whose rows other addresses give, or
    such an address, which answers with data."""

    PAGE = "page"
    SHELL = "shell"
    ANSWER = "answer"


class FeedKind(StrEnum):
    """A file that names pages to programs: a FEED the newest notices, with title and date (RSS,
    Atom, JSON Feed), a SITEMAP the addresses of pages of every kind."""

    FEED = "feed"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class Postback:
    """How the page behind a page of a listing is asked for, where that takes a state of the server
    that only this one holds: `form` is sent to `url`, and the answer is known as `page`."""

    page: str
    url: str
    form: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists notices.

    `rows` are the notices in the order shown, `next_urls` the other pages of the same listing
    that it names or implies, `declared_total` the number of notices that it claims to have,
    `sections` the links to other pages of the same host that may be listings themselves. `beyond`
    says why the list goes on where nobody can follow, or by which script a page without rows draws
    them; empty if nothing shows it. `earlier_urls` are those of `next_urls` that its pager gives to
    the pages before this one, and to this one. A page whose `form` is a shell has no rows: its
    `next_urls` have them. `section` is the name of the section that it lists, empty if it gives
    none; `headings` are those of several lists on one page, by the addresses of their rows.
    `postback` is how one of the `next_urls` is asked for, where only this page knows.
    `feed` says what kind of file for programs it is, None of a page; `changed` is when such a file
    says that the pages behind its rows and `next_urls` were changed last, by their addresses: an
    ISO day, or a moment in UTC. `unmatched` are the selectors of the portal's file that found
    nothing here.
    """

    url: str
    rows: tuple[Link, ...] = ()
    next_urls: tuple[str, ...] = ()
    declared_total: int | None = None
    sections: tuple[Link, ...] = ()
    beyond: str = ""
    earlier_urls: tuple[str, ...] = ()
    form: ListingForm = ListingForm.PAGE
    section: str = ""
    headings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    postback: Postback | None = None
    feed: FeedKind | None = None
    changed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unmatched: tuple[str, ...] = ()


class PageKind(StrEnum):
    """What a page of the frontier is, or is expected to be."""

    LISTING = "listing"
    NOTICE = "notice"
    UNKNOWN = "unknown"
    FILE = "file"  # one that a notice offers


class PageState(StrEnum):
    """Where a page of the frontier stands."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    REJECTED = "rejected"
    GONE = "gone"
    EXCLUDED = "excluded"


class Outcome(StrEnum):
    """How a portal's run ended, from best to worst."""

    OK = "ok"
    QUIET = "quiet"
    PARTIAL = "partial"
    INCOMPLETE = "incomplete"
    REDESIGNED = "redesigned"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    INTERRUPTED = "interrupted"
    FAILED = "failed"

    @property
    def exit_code(self) -> int:
        """The exit code of the contract: 0 good, 1 not all was read, 4 our own error."""
        if self in (Outcome.OK, Outcome.QUIET):
            return 0
        return 4 if self is Outcome.FAILED else 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page for the frontier: where it is and what it is expected to be.

    One expected to be a listing is a further page of the listing that it was found on. `section`
    is the heading of its rows there, where the page has several. `changed` is when a sitemap says
    that it was changed last, as in `Listing.changed`.
    """

    url: str
    kind: PageKind
    title: str = ""
    published: str | None = None
    section: str = ""
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class FrontierPage:
    """A page to fetch, with the validators of its last answer and what its listing said.

    `fetched_at` is None for a page that was never read. `listing` is the first page of the
    listing that this page continues, None for any other page. `sections` are the names of the
    sections under which listings show a notice, the surest first. `postback` is how it is asked
    for, where only the page before it knows.
    """

    url: str
    kind: PageKind
    etag: str | None
    last_modified: str | None
    published: str | None
    title: str | None
    fetched_at: str | None
    listing: str | None = None
    sections: tuple[str, ...] = ()
    postback: Postback | None = None


# Reasons of rejects: a page that was to be one of a listing, and never was one or is none any more;
# what was to be a feed or sitemap;
# a notice's page that shows what is another page's, or no notice's; one that breaks off; one that
# is archived under its other address; and one where a selector of the portal's file finds nothing.
NO_ROWS, EMPTIED = "no rows", "no rows any more"
NO_FEED = "no feed"
STRANGE, CUT_SHORT, TWIN, UNMATCHED = "another page", "cut short", "twin", "no match"
# Of a file: something else came in its place, or more than is fetched.
NO_FILE, TOO_LARGE = "no file", "too large"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page of the frontier that was asked for, and how it answered.

    `url` is the page's identity in the frontier, `kind` what it is or is still expected to be.
    `status` is None where no answer came. `digest` is that of the body, `continues` the first
    page of the listing that it is a further page of. `exchanges` are what came over the network
    for it, redirects first; once they are written, `record` says where the last one lies.
    """

    url: str
    portal: str
    kind: PageKind
    fetched_at: datetime
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    continues: str | None = None
    exchanges: tuple[Exchange, ...] = ()
    record: Record | None = None

    @property
    def is_beside(self) -> bool:
        """Whether it is a feed or sitemap that is read beside the listings."""
        return self.url.endswith(BESIDE)


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """The page is a notice; `candidates` are the pages that it leads to.

    `titled_otherwise` says that it does not show the title of the row that led to it, `cut` that
    its markup breaks off.
    """

    visit: Visit
    article: Article
    candidates: tuple[Candidate, ...] = ()
    titled_otherwise: bool = False
    cut: bool = False
    state: ClassVar[PageState] = PageState.DONE


@dataclass(frozen=True, slots=True)
class ReadListing:
    """The page is one of a listing; those of its `candidates` that are notices are its rows.

    `elsewhere` are rows that lead to another site, or to a file instead of a page.
    `titled_otherwise` says that a row led here whose title the page does not have.
    """

    visit: Visit
    listing: Listing
    candidates: tuple[Candidate, ...] = ()
    elsewhere: tuple[str, ...] = ()
    titled_otherwise: bool = False
    state: ClassVar[PageState] = PageState.DONE


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that a notice offers: what it is, and how many bytes it has."""

    visit: Visit
    media_type: str
    size: int
    state: ClassVar[PageState] = PageState.DONE


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The page is as it was when it was read last (HTTP 304)."""

    visit: Visit
    state: ClassVar[PageState] = PageState.DONE


@dataclass(frozen=True, slots=True)
class Rejected:
    """The page answered and gave nothing; `reason` is a short stable name, `detail` for people.

    `candidates` are the pages that it leads to all the same.
    """

    visit: Visit
    reason: str
    detail: str = ""
    candidates: tuple[Candidate, ...] = ()
    state: ClassVar[PageState] = PageState.REJECTED


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such page any more; `error` is how the portal says so."""

    visit: Visit
    error: str
    state: ClassVar[PageState] = PageState.GONE


@dataclass(frozen=True, slots=True)
class Failed:
    """The page could not be had; `transient` if it may be a little later, as after a timeout."""

    visit: Visit
    error: str
    transient: bool = False
    state: ClassVar[PageState] = PageState.FAILED


@dataclass(frozen=True, slots=True)
class Excluded:
    """The page must not be fetched; `error` says why."""

    visit: Visit
    error: str
    state: ClassVar[PageState] = PageState.EXCLUDED


# What one page of the frontier can come to: the Scrapy items, each saved in one transaction.
PageResult = ReadNotice | ReadListing | ReadFile | Unchanged | Rejected | Gone | Failed | Excluded
