"""What one response comes to: the reading of the crawl, without the crawler."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from cqcrawler import platforms
from cqcrawler.archive.frontier.frontier import FrontierPage
from cqcrawler.models import (
    FROM_ROW,
    Answer,
    Article,
    Candidate,
    Evidence,
    Listing,
    Page,
    PageKind,
    PageResult,
    PageState,
    Reject,
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
    result = PageResult(
        url=page.url,
        portal=portal.name,
        kind=page.kind,
        state=PageState.DONE,
        fetched_at=answer.at,
        status=answer.status,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        continues=page.listing,
    )
    if answer.status == _NOT_MODIFIED:
        return result
    if answer.status in _GONE:
        return replace(result, state=PageState.GONE, error=f"HTTP {answer.status}")
    document = open_page(
        Page(answer.url, answer.body, answer.headers.get("content-type", ""), answer.at)
    )
    if reason := challenge(answer.status, answer.headers, document.text):
        return replace(result, state=PageState.FAILED, error=BLOCKED + reason)
    if answer.status != _OK:
        return replace(result, state=PageState.FAILED, error=f"HTTP {answer.status}")
    result = replace(result, digest=sha256(answer.body).hexdigest())
    return _emptied(_read(document, result, portal, page.published), page)


def _read(document: Document, result: PageResult, portal: Portal, listed: str | None) -> PageResult:
    platform = _platform(document, portal)
    article = extract_article(document, home=portal.region)
    if result.kind is PageKind.NOTICE and is_plainly_notice(article):
        return _as_notice(article, result, portal, platform, listed)
    listing = platforms.read_listing(document, platform)
    gone = None if listing.rows else soft_404(article.title, article.body)
    if gone:
        return replace(result, state=PageState.GONE, error=f"soft 404: {gone}")
    kind = page_kind(article, listing, result.kind)
    if kind is PageKind.LISTING:
        candidates = _kept(_from_listing(listing), portal, platform)
        return replace(result, kind=kind, listing=listing, candidates=candidates)
    if kind is PageKind.NOTICE:
        return _as_notice(article, result, portal, platform, listed)
    reject = Reject("not a notice", "; ".join(document.warnings) or article.title)
    return replace(result, state=PageState.REJECTED, reject=reject)


def _as_notice(
    article: Article, result: PageResult, portal: Portal, platform: Platform, listed: str | None
) -> PageResult:
    candidates = _kept(_from_article(article), portal, platform)
    article = _dated(replace(article, url=result.url), listed)
    return replace(result, kind=PageKind.NOTICE, article=article, candidates=candidates)


def _emptied(result: PageResult, page: FrontierPage) -> PageResult:
    """Tell a page that was a listing from one that only seemed to be."""
    if result.reject and page.kind is PageKind.LISTING and page.fetched_at:
        return replace(result, reject=replace(result.reject, reason=NO_ROWS))
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
