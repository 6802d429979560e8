"""What one response comes to: the reading of the crawl, without the crawler."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import chain, islice
from typing import NamedTuple
from urllib.parse import urlsplit

from cqcrawler import platforms
from cqcrawler.cleaning import clean
from cqcrawler.models import (
    BESIDE,
    EMPTIED,
    NO_FEED,
    NO_FILE,
    NO_ROWS,
    STRANGE,
    UNMATCHED,
    Answer,
    Article,
    Candidate,
    Failed,
    FeedKind,
    FrontierPage,
    Gone,
    Listing,
    ListingForm,
    Page,
    PageKind,
    PageResult,
    ReadFile,
    ReadListing,
    ReadNotice,
    Rejected,
    Unchanged,
    Visit,
)
from cqcrawler.platforms import Platform
from cqcrawler.platforms.canonical import clue_of, with_form_of
from cqcrawler.portals import Portal, site_of
from cqcrawler.reading.addresses import (
    beside_address,
    goes_in_circles,
    is_data_file,
    is_file,
    split_form,
)
from cqcrawler.reading.article import extract_article
from cqcrawler.reading.feeds.feeds import is_feed, read_feed
from cqcrawler.reading.feeds.offers import offered_feeds
from cqcrawler.reading.files import beginning, is_markup, media_type_of
from cqcrawler.reading.listing.row_text import lines
from cqcrawler.reading.page.document import Document, open_page
from cqcrawler.reading.page.ending import breaks_off, lacks_end
from cqcrawler.reading.page.selectors import matches_nothing
from cqcrawler.reading.page_kind import is_plainly_notice, page_kind
from cqcrawler.reading.promises import (
    OTHER_TITLE,
    is_maintenance,
    says_nothing,
    shows_title,
    states_date,
)
from cqcrawler.reading.refusals import challenge, soft_404, title_tag
from cqcrawler.run.rows import with_row
from cqcrawler.run.tally import BLOCKED

_OK, _NOT_MODIFIED, _GONE = 200, 304, (404, 410)
_MOST_LINES = 200
BREAKS_OFF = "the page breaks off in the middle of its markup"


class _Asked(NamedTuple):
    """A page that was asked for, with what came and what it is read by."""

    page: FrontierPage
    visit: Visit
    portal: Portal
    document: Document
    platform: Platform
    in_feed: bool


def interpret(answer: Answer, page: FrontierPage, portal: Portal) -> PageResult:
    """Return what `answer` makes of `page`, recorded under the address the frontier knows."""
    visit = Visit(
        url=page.url,
        portal=portal.name,
        kind=page.kind,
        fetched_at=answer.at,
        status=answer.status,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        continues=page.listing,
    )
    if answer.status == _NOT_MODIFIED:
        may_be = page.kind in (PageKind.NOTICE, PageKind.FILE)
        conditional = may_be and (page.etag or page.last_modified)
        return (
            Unchanged(visit) if conditional else Failed(visit, "HTTP 304, which was not asked for")
        )
    # A site that offers a feed which is not there may mend that.
    if answer.status in _GONE and not visit.is_beside:
        return Gone(visit, f"HTTP {answer.status}")
    if page.kind is PageKind.NOTICE and _is_home(answer.url, portal) and _moved(answer, page):
        return Gone(visit, f"soft 404: leads to {answer.url}")
    if page.kind is PageKind.FILE:
        return _as_file(answer, visit)
    document = open_answer(answer, page)
    in_feed = is_feed(document)
    if reason := challenge(answer.status, answer.headers, "" if in_feed else document.text):
        return Failed(visit, BLOCKED + reason)
    if answer.status != _OK:
        return Failed(visit, f"HTTP {answer.status}")
    visit = replace(visit, digest=sha256(answer.body).hexdigest())
    asked = _Asked(page, visit, portal, document, platform_of(document, portal), in_feed)
    result = _as_feed(asked) if visit.is_beside or in_feed else _read(asked)
    if page.kind is PageKind.NOTICE and isinstance(result, ReadListing) and _moved(answer, page):
        return Gone(visit, f"soft 404: leads to {answer.url}")
    return result


def _as_file(answer: Answer, visit: Visit) -> PageResult:
    """Return what an answer makes of a file that a notice offers."""
    body, content_type = answer.body, answer.headers.get("content-type", "")
    text = beginning(body, content_type) if is_markup(body) else ""
    if reason := challenge(answer.status, answer.headers, text):
        return Failed(visit, BLOCKED + reason)
    if answer.status != _OK:
        return Failed(visit, f"HTTP {answer.status}")
    if not body:
        return Rejected(visit, NO_FILE, "the answer is empty")
    if media_type := media_type_of(body, content_type):
        return ReadFile(replace(visit, digest=sha256(body).hexdigest()), media_type, len(body))
    title = title_tag(text)
    if gone := soft_404(title, ""):
        return Gone(visit, f"soft 404: {gone}")
    return Rejected(visit, NO_FILE, f"a page came in its place: {title or answer.url}")


def cleaned(result: PageResult, portal: Portal) -> PageResult:
    """Return a notice without what is printed twice or belongs to its portal; anything else as it
    is."""
    if not isinstance(result, ReadNotice):
        return result
    return replace(result, article=clean(result.article, portal.own_lines))


def open_answer(answer: Answer, page: FrontierPage) -> Document:
    """Return what came for a page, decoded, under the address that it came from."""
    url = with_form_of(page.url, answer.url)
    return open_page(Page(url, answer.body, answer.headers.get("content-type", ""), answer.at))


def _is_home(url: str, portal: Portal) -> bool:
    return url in portal.start_urls or urlsplit(url)[2:4] in (("", ""), ("/", ""))


def _moved(answer: Answer, page: FrontierPage) -> bool:
    """Whether the answer is that of another page, not just of another scheme or host."""
    return urlsplit(answer.url)[2:4] != urlsplit(page.url)[2:4]


def _read(asked: _Asked) -> PageResult:
    document, page, visit = asked.document, asked.page, asked.visit
    if page.kind is not PageKind.NOTICE and (document.is_data or clue_of(document.page.url)):
        return _as_answer(asked, _listing(asked))
    selectors = asked.portal.overrides.notice
    article = extract_article(document, home=asked.portal.region, selectors=selectors)
    promised = shows_title(document, article, page.title or "")
    if page.kind is PageKind.NOTICE and is_plainly_notice(article) and promised:
        return _as_notice(asked, article, promised)
    listing = _listing(asked)
    if page.kind is not PageKind.NOTICE and (told := _as_told(asked, listing)):
        return told
    if not listing.rows:
        if gone := _says_gone(document, article):
            return Gone(visit, f"soft 404: {gone}")
        if not (page.title and promised) and is_maintenance(article):
            return _rejected(asked, f"maintenance: {article.title or article.body}", STRANGE)
    kind = page_kind(article, listing, page.kind, page.title or "")
    if kind is PageKind.LISTING:
        titled = shows_title(document, replace(article, paragraphs=()), page.title or "")
        return replace(_as_listing(asked, listing), titled_otherwise=not titled)
    if kind is PageKind.NOTICE and page.kind is not PageKind.LISTING:
        return _as_notice(asked, article, promised)
    if page.kind is PageKind.LISTING and breaks_off(document):
        return Failed(visit, BREAKS_OFF)
    return _rejected(asked, listing.beyond or "; ".join(document.warnings) or article.title)


def _as_feed(asked: _Asked) -> PageResult:
    """Read a feed or sitemap that a portal's file, a list or a robots.txt names as one."""
    page, listing = asked.page, read_feed(asked.document)
    if listing is None:
        warnings = "; ".join(asked.document.warnings)
        came = warnings or f"a page: {title_tag(asked.document.text)}"
        return Rejected(asked.visit, NO_FEED, came)
    is_start = page.url in asked.portal.start_urls
    if not (asked.visit.is_beside or is_start or page.kind is PageKind.LISTING):
        return _rejected(asked, f"a {listing.feed}, which is read where start_urls name it")
    return _as_answer(asked, listing)


def _listing(asked: _Asked) -> Listing:
    overrides = asked.portal.overrides
    return platforms.read_listing(asked.document, asked.platform, overrides.listing, overrides.apis)


def _at_home(listing: Listing, portal: Portal) -> Listing:
    """Return a listing whose addresses at former sites of its portal are those of today."""
    if not portal.former.sites:
        return listing
    home = portal.former.at_home
    return replace(
        listing,
        rows=tuple(replace(row, url=home(row.url)) for row in listing.rows),
        next_urls=tuple(map(home, listing.next_urls)),
        earlier_urls=tuple(map(home, listing.earlier_urls)),
        sections=tuple(replace(each, url=home(each.url)) for each in listing.sections),
        headings={home(url): heading for url, heading in listing.headings.items()},
        changed={home(url): at for url, at in listing.changed.items()},
    )


def _as_told(asked: _Asked, listing: Listing) -> PageResult | None:
    """Return what a page comes to whatever it reads like: an answer, or a listing without rows
    where the portal's file says that there are some."""
    if listing.form is ListingForm.ANSWER:
        return _as_answer(asked, listing)
    return _unmatched(asked, "listing.rows") if _lacks_rows(asked, listing) else None


def _lacks_rows(asked: _Asked, listing: Listing) -> bool:
    """Whether a page has no rows where the portal's file says that its listings have them."""
    page = asked.page
    return (
        "listing.rows" in listing.unmatched
        and asked.portal.starts_with(page.url, page.listing)
        and listing.form is ListingForm.PAGE
        and listing.declared_total != 0
    )


def _unmatched(asked: _Asked, name: str) -> Rejected:
    return Rejected(asked.visit, UNMATCHED, matches_nothing(asked.portal.overrides.file, name))


def _as_answer(asked: _Asked, listing: Listing) -> PageResult:
    if listing.rows or listing.next_urls or listing.declared_total == 0:
        return _as_listing(asked, listing)
    if listing.unmatched:
        return _unmatched(asked, listing.unmatched[0])
    known = listing.form is ListingForm.ANSWER
    kind = f"a {listing.feed}" if listing.feed else "a list API's answer"
    why = f"{kind} without rows" if known else "data that no known system answers with"
    return _rejected(asked, listing.beyond or why)


def _says_gone(document: Document, article: Article) -> str | None:
    """Return what a page without rows says of being gone; where none of it reads as a text, any
    of its lines may say so."""
    if article.body or states_date(article):
        return soft_404(article.title, article.body)
    said = islice(lines(document.root), _MOST_LINES)
    return next(filter(None, (soft_404(article.title, line) for line in said)), None)


def _as_listing(asked: _Asked, listing: Listing) -> ReadListing:
    listing = _at_home(listing, asked.portal)
    sites = asked.portal.sites
    known = partial(_known_as, asked)
    postback = listing.postback
    strange = [url for url in listing.next_urls if site_of(url) not in sites]
    own = [url for url in listing.next_urls if site_of(url) in sites]
    beyond = f"it goes on at another site, {strange[0]}" if strange else ""
    changed = {known(url): listing.changed[url] for url in own if url in listing.changed}
    listing = replace(
        listing,
        next_urls=tuple(map(known, own)),
        changed={**listing.changed, **changed},
        earlier_urls=tuple(map(known, listing.earlier_urls)),
        postback=postback and replace(postback, page=known(postback.page)),
        beyond=listing.beyond or beyond,
    )
    # A sitemap has pages of every kind, and files: those are no rows.
    may_be_file = listing.feed is FeedKind.SITEMAP
    own_page = partial(_is_page_of, sites, may_be_file=may_be_file)
    return ReadListing(
        replace(asked.visit, kind=PageKind.LISTING),
        listing,
        _kept(chain(_from_listing(listing), _feeds(asked)), asked),
        tuple(row.url for row in listing.rows if not own_page(row.url)),
    )


def _known_as(asked: _Asked, url: str) -> str:
    """Return the one address of a page of the listing; what a page sends to itself goes to where
    that was asked for, though the answer may come from elsewhere."""
    address, form = split_form(url)
    if form and address == split_form(asked.document.page.url)[0]:
        address = split_form(asked.page.url)[0]
    known = asked.portal.address(address + form)
    return beside_address(known) if asked.visit.is_beside else known


def _as_notice(asked: _Asked, article: Article, promised: bool) -> ReadNotice | Rejected:
    if not promised and says_nothing(article):
        return Rejected(
            asked.visit, STRANGE, f"shows neither a notice nor its title: {article.title}"
        )
    article = replace(article, url=asked.visit.url)
    article = with_row(article, asked.page, promised)
    if not promised:
        article = replace(article, warnings=(*article.warnings, OTHER_TITLE))
    if breaks_off(asked.document):
        article = replace(article, warnings=(*article.warnings, BREAKS_OFF))
    return ReadNotice(
        replace(asked.visit, kind=PageKind.NOTICE),
        article,
        _kept(_from_article(article), asked),
        titled_otherwise=not promised,
        cut=lacks_end(asked.document),
    )


def _rejected(asked: _Asked, detail: str, reason: str = "not a notice") -> Rejected:
    if asked.page.kind is PageKind.NOTICE:
        return Rejected(asked.visit, reason, detail)
    if asked.page.kind is PageKind.LISTING:
        reason = EMPTIED if asked.page.fetched_at else NO_ROWS
    return Rejected(asked.visit, reason, detail, _kept(_feeds(asked), asked))


def platform_of(document: Document, portal: Portal) -> Platform:
    """Return the platform that a portal's file names; `generic` lets each page tell its own."""
    named = platforms.get(portal.platform or "generic")
    return platforms.recognise(document) if named is platforms.GENERIC else named


def _from_listing(listing: Listing) -> Iterator[Candidate]:
    for row in listing.rows:
        heading, changed = listing.headings.get(row.url, ""), listing.changed.get(row.url)
        yield Candidate(row.url, PageKind.NOTICE, row.title, row.published, heading, changed)
    for url in listing.next_urls:
        yield Candidate(url, PageKind.LISTING, changed=listing.changed.get(url))
    for section in listing.sections:
        yield Candidate(section.url, PageKind.UNKNOWN, section.title)


def _feeds(asked: _Asked) -> Iterator[Candidate]:
    """Yield the feeds that a page offers beside what it shows."""
    document = asked.document
    if document.is_data or asked.in_feed:
        return
    for url in map(asked.portal.address, offered_feeds(document)):
        if url not in asked.portal.start_urls:
            yield Candidate(beside_address(url), PageKind.UNKNOWN)


def _from_article(article: Article) -> Iterator[Candidate]:
    for link in article.related:
        yield Candidate(link.url, PageKind.NOTICE, link.title, link.published)


def _kept(candidates: Iterator[Candidate], asked: _Asked) -> tuple[Candidate, ...]:
    """Return the pages of the portal's own sites among `candidates`, each once."""
    sites = asked.portal.sites
    kept: dict[str, Candidate] = {}
    for candidate in candidates:
        is_part = candidate.kind is PageKind.LISTING and (
            asked.in_feed or is_data_file(candidate.url)
        )
        is_part |= candidate.url.endswith(BESIDE)
        url = asked.portal.address(candidate.url)
        if _is_page_of(sites, url, may_be_file=is_part):
            kept.setdefault(url, replace(candidate, url=url))
    return tuple(kept.values())


def _is_page_of(sites: frozenset[str], url: str, *, may_be_file: bool = False) -> bool:
    is_page = may_be_file or not is_file(url)
    return site_of(url) in sites and is_page and not goes_in_circles(url)
