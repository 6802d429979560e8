"""What one response comes to: the reading of the crawl, without the crawler."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from cqcrawler import platforms
from cqcrawler.models import (
    FROM_ROW,
    Answer,
    Article,
    Candidate,
    Evidence,
    Failed,
    FrontierPage,
    Gone,
    Listing,
    Page,
    PageKind,
    PageResult,
    ReadListing,
    ReadNotice,
    Rejected,
    Unchanged,
    Visit,
)
from cqcrawler.platforms import Platform
from cqcrawler.portals import Portal, site_of
from cqcrawler.reading.addresses import is_file
from cqcrawler.reading.article import NO_DATE, extract_article
from cqcrawler.reading.page.document import Document, open_page
from cqcrawler.reading.page_kind import is_plainly_notice, page_kind
from cqcrawler.reading.refusals import challenge, soft_404
from cqcrawler.run.tally import BLOCKED, NO_ROWS

_OK, _NOT_MODIFIED, _GONE = 200, 304, (404, 410)
_ROW_CONFIDENCE = 0.7


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
        return Unchanged(visit)
    if answer.status in _GONE:
        return Gone(visit, f"HTTP {answer.status}")
    document = open_page(
        Page(answer.url, answer.body, answer.headers.get("content-type", ""), answer.at)
    )
    if reason := challenge(answer.status, answer.headers, document.text):
        return Failed(visit, BLOCKED + reason)
    if answer.status != _OK:
        return Failed(visit, f"HTTP {answer.status}")
    visit = replace(visit, digest=sha256(answer.body).hexdigest())
    return _emptied(_read(document, visit, portal, page.published), page)


def _read(document: Document, visit: Visit, portal: Portal, listed: str | None) -> PageResult:
    platform = _platform(document, portal)
    article = extract_article(document, home=portal.region)
    if visit.kind is PageKind.NOTICE and is_plainly_notice(article):
        return _as_notice(article, visit, portal, platform, listed)
    listing = platforms.read_listing(document, platform)
    gone = None if listing.rows else soft_404(article.title, article.body)
    if gone:
        return Gone(visit, f"soft 404: {gone}")
    kind = page_kind(article, listing, visit.kind)
    if kind is PageKind.LISTING:
        candidates = _kept(_from_listing(listing), portal, platform)
        return ReadListing(replace(visit, kind=kind), listing, candidates)
    if kind is PageKind.NOTICE:
        return _as_notice(article, visit, portal, platform, listed)
    return Rejected(visit, "not a notice", "; ".join(document.warnings) or article.title)


def _as_notice(
    article: Article, visit: Visit, portal: Portal, platform: Platform, listed: str | None
) -> ReadNotice:
    candidates = _kept(_from_article(article), portal, platform)
    article = _dated(replace(article, url=visit.url), listed)
    return ReadNotice(replace(visit, kind=PageKind.NOTICE), article, candidates)


def _emptied(result: PageResult, page: FrontierPage) -> PageResult:
    """Tell a page that was a listing from one that only seemed to be."""
    if isinstance(result, Rejected) and page.kind is PageKind.LISTING and page.fetched_at:
        return replace(result, reason=NO_ROWS)
    return result


def _dated(article: Article, listed: str | None) -> Article:
    """Return the article with the date of its row in a listing, where its page shows none.

    An address or a signature dates a page less surely than the row.
    """
    known = article.provenance.get("published")
    if not listed or (known and known.confidence >= _ROW_CONFIDENCE):
        return article
    evidence = {**article.provenance, "published": Evidence(FROM_ROW, listed, _ROW_CONFIDENCE)}
    warnings = tuple(text for text in article.warnings if text != NO_DATE)
    return replace(article, published=listed, provenance=evidence, warnings=warnings)


def _platform(document: Document, portal: Portal) -> Platform:
    return platforms.get(portal.platform) if portal.platform else platforms.recognise(document)


def _from_listing(listing: Listing) -> Iterator[Candidate]:
    for row in listing.rows:
        yield Candidate(row.url, PageKind.NOTICE, row.title, row.published)
    for url in listing.next_urls:
        yield Candidate(url, PageKind.LISTING)
    for section in listing.sections:
        yield Candidate(section.url, PageKind.UNKNOWN, section.title)


def _from_article(article: Article) -> Iterator[Candidate]:
    for link in article.related:
        yield Candidate(link.url, PageKind.NOTICE, link.title, link.published)


def _kept(
    candidates: Iterator[Candidate], portal: Portal, platform: Platform
) -> tuple[Candidate, ...]:
    """Return the pages of the portal's own sites among `candidates`, each once."""
    sites = portal.sites
    kept: dict[str, Candidate] = {}
    for candidate in candidates:
        if site_of(candidate.url) in sites and not is_file(candidate.url):
            url = platform.canonical_url(candidate.url)
            kept.setdefault(url, replace(candidate, url=url))
    return tuple(kept.values())
