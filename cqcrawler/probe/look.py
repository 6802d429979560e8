"""From the pages that came to what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cqcrawler.models import (
    Article,
    Excluded,
    Failed,
    Gone,
    PageKind,
    ReadListing,
    ReadNotice,
    Rejected,
)
from cqcrawler.platforms import GENERIC, read_listing
from cqcrawler.portals import Portal
from cqcrawler.probe.cost import Pace, cost_of
from cqcrawler.probe.fetched import fetched_by
from cqcrawler.probe.lists import split_lists
from cqcrawler.probe.report import (
    Field,
    Further,
    Kind,
    ListFound,
    NoticeFound,
    PageFound,
    PlatformFound,
    Probe,
    Robots,
)
from cqcrawler.probe.rows import rows_of
from cqcrawler.probe.run import INTERRUPTED, Request, Seen, is_shell
from cqcrawler.probe.site import read_site
from cqcrawler.probe.trial import compare
from cqcrawler.probe.verdict import problems_of, why_no_list
from cqcrawler.reading.page.document import Document
from cqcrawler.run.interpret import open_answer, platform_of
from cqcrawler.run.tally import why_nothing

SAVED = "a saved page asks for nothing"
# Pages of these results show nothing of the site.
_NOTHING = Failed | Gone | Excluded

_KINDS: dict[type, Kind] = {ReadNotice: Kind.NOTICE, Rejected: Kind.OTHER}
# Fields of a notice, in the order in which they are shown.
_FIELDS = ("title", "published", "region", "source", "author", "section")


@dataclass(frozen=True, slots=True)
class Came:
    """What a probe got: pages in the order in which they came, all that was sent, and the text and
    sense of robots.txt.

    `stopped` says what kept pages from being asked for, `error` what went wrong with us. With a
    `saved` page none is.
    """

    seen: tuple[Seen, ...]
    pace: Pace
    robots: Robots
    robots_text: str = ""
    requests: tuple[Request, ...] = ()
    stopped: str = ""
    error: str = ""
    saved: bool = False


def look(portal: Portal, came: Came) -> Probe:
    """Return what can be said of a site by the few pages of it that came."""
    page = PageFound(portal.start_urls[0], Kind.NOTHING, problem=came.stopped)
    probe = Probe(page, came.robots, requests=came.requests, error=came.error)
    if came.seen:
        probe = _looked_at(probe, portal, came)
    problems = [*problems_of(probe), *([INTERRUPTED] if came.stopped == INTERRUPTED else [])]
    return replace(probe, problems=tuple(dict.fromkeys(problems)))


def _looked_at(probe: Probe, portal: Portal, came: Came) -> Probe:
    first = came.seen[0]
    probe = replace(probe, page=_page_found(first, came.requests))
    if first.answer is None or isinstance(first.result, _NOTHING):
        return probe
    document = open_answer(first.answer, first.page)
    if isinstance(first.result, ReadListing):
        read = first.result.listing
    else:
        read = read_listing(document, platform_of(document, portal))
    if isinstance(first.result, Rejected):
        problem = why_no_list(first.result, document, read)
        probe = replace(probe, page=replace(probe.page, problem=problem))
    listing = _list_found(came.seen, document)
    notice = next(filter(None, map(_notice_found, came.seen)), None)
    site = read_site(document, came.robots_text)
    return replace(
        probe,
        platform=_platform_found(portal, came.seen),
        site=site,
        needs_region=listing is not None and not (site.region_code or portal.region),
        listing=listing,
        notice=notice,
        sections=read.sections,
        not_asked=dict(_not_asked(came, listing, notice)),
        fetched=fetched_by(document, listing) if listing or probe.page.problem else None,
        trial=compare(portal, came.seen),
        cost=cost_of(listing, came.pace, None if came.saved else first.answer.at)
        if listing
        else None,
    )


def _page_found(first: Seen, requests: tuple[Request, ...]) -> PageFound:
    answer, result = first.answer, first.result
    if isinstance(result, ReadListing):
        kind = Kind.SHELL if is_shell(result) else Kind.LIST
    else:
        kind = _KINDS.get(type(result), Kind.NOTHING)
    found = PageFound(first.page.url, kind, problem=why_nothing(result))
    if answer is None:
        return found
    document = open_answer(answer, first.page)
    sent = next((each for each in reversed(requests) if each.url == answer.url), None)
    return replace(
        found,
        answered=answer.url,
        status=answer.status,
        size=len(answer.body),
        encoding=document.encoding,
        encoding_why=document.encoding_why,
        seconds=sent.seconds if sent else None,
        warnings=document.warnings,
    )


def _platform_found(portal: Portal, seen: tuple[Seen, ...]) -> PlatformFound:
    """Return the family that the page shows, or else the further page of its list."""
    # The text of a notice may have been copied from anywhere, with names of another system.
    for each in (seen[0], *filter(_continues, seen[1:])):
        if each.answer is not None and not isinstance(each.result, _NOTHING):
            document = open_answer(each.answer, each.page)
            platform = platform_of(document, portal)
            if platform is not GENERIC:
                return PlatformFound(platform.name, platform.title, platform.signs(document))
    return PlatformFound()


def _list_found(seen: tuple[Seen, ...], document: Document) -> ListFound | None:
    lists = [each.result for each in seen if isinstance(each.result, ReadListing)]
    if not isinstance(seen[0].result, ReadListing):
        return None
    first = lists[0]
    showing = next((each for each in lists if each.listing.rows), first)
    feed = first.listing.feed
    holding, others = split_lists(document, first.listing.rows) if feed is None else ((), ())
    pages, all_known = _other_pages(first, showing, lists)
    continued = [each for each in seen if _continues(each)]
    totals = (each.listing.declared_total for each in lists)
    return ListFound(
        rows=rows_of(showing, tuple(each.path for each in holding)),
        is_shell=is_shell(first),
        feed=feed,
        left_out=others,
        pages=pages,
        at_least=bool(pages) and not all_known,
        further=_further(continued[-1], first) if continued else None,
        declared_total=next((total for total in totals if total is not None), None),
        beyond=first.listing.beyond or showing.listing.beyond,
    )


def _other_pages(
    first: ReadListing, showing: ReadListing, lists: Sequence[ReadListing]
) -> tuple[tuple[str, ...], bool]:
    """Return the other pages of a list, as far as they are named, and whether these seem to be all:
    the first page names each one that a further page does, or another than the first has the rows
    and names the rest."""
    own = _pages(first)
    if not is_shell(first):
        named = [url for each in lists for url in _pages(each)]
        known = len(lists) > 1 and {*own, first.visit.url}.issuperset(named)
    elif showing is first:
        named, known = own, False
    else:
        named, known = [showing.visit.url, *_pages(showing)], True
    return tuple(url for url in dict.fromkeys(named) if url != first.visit.url), known


def _continues(seen: Seen) -> bool:
    return seen.page.kind is PageKind.LISTING


def _pages(listing: ReadListing) -> list[str]:
    return [each.url for each in listing.candidates if each.kind is PageKind.LISTING]


def _further(seen: Seen, first: ReadListing) -> Further:
    """Compare a further page of a list with the first one."""
    result = seen.result
    if not isinstance(result, ReadListing):
        return Further(seen.page.url, problem=why_nothing(result) or "is a notice")
    known = {row.url for row in first.listing.rows}
    new = sum(row.url not in known for row in result.listing.rows)
    return Further(seen.page.url, len(result.listing.rows), new)


def _notice_found(seen: Seen) -> NoticeFound | None:
    result = seen.result
    if isinstance(result, ReadNotice):
        article = result.article
        return NoticeFound(
            url=seen.page.url,
            fields=tuple(_fields(article)),
            characters=len(article.body),
            removed=len(article.removed),
            attachments=len(article.attachments),
            warnings=article.warnings,
        )
    if seen.page.kind is not PageKind.NOTICE:
        return None
    return NoticeFound(seen.page.url, problem=why_nothing(result) or "is a list")


def _fields(article: Article) -> Iterator[Field]:
    for name in _FIELDS:
        value, evidence = getattr(article, name), article.provenance.get(name)
        if value and evidence:
            yield Field(name, value, evidence.origin, evidence.text, evidence.confidence)


def _not_asked(
    came: Came, listing: ListFound | None, notice: NoticeFound | None
) -> Iterator[tuple[str, str]]:
    if listing is None:
        return
    stopped = SAVED if came.saved else came.stopped
    if listing.further is None:
        yield "further page", stopped if listing.pages else "none is named"
    if notice is None:
        yield "notice", stopped or "no row leads to a page of this site"
