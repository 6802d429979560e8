"""Selectors that are tried on the pages of a probe, and what they read otherwise than the general
rules do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from lxml import etree

from cqcrawler.exceptions import UsageError
from cqcrawler.models import Article, Link, Listing, PageResult, ReadListing, ReadNotice
from cqcrawler.platforms.list_api import API
from cqcrawler.portals import Portal
from cqcrawler.portals.overrides import NONE, Overrides
from cqcrawler.probe.report import Difference, Trial, Tried
from cqcrawler.probe.run import Seen
from cqcrawler.reading.page.exclusion import without
from cqcrawler.reading.page.selectors import (
    IN_LISTING,
    IN_NOTICE,
    IN_ROW,
    ListingSelectors,
    NoticeSelectors,
    problem_of,
    select,
)
from cqcrawler.run.interpret import interpret, open_answer
from cqcrawler.run.selections import IN_ROWS, Selections

# What the command calls the keys of a portal's file.
LISTING = {"exclude": "exclude", "rows": "rows", "title": "title", "date": "date", "next": "next"}
NOTICE = {
    "notice_exclude": "exclude",
    "body": "body",
    "notice_title": "title",
    "notice_date": "date",
}
FILE = "the selectors"
_KEYS = {"listing": IN_LISTING, "notice": IN_NOTICE}
_FIELDS = ("title", "published", "region", "source", "author", "section")


def overrides_of(options: Mapping[str, str | tuple[str, ...]]) -> Overrides:
    """Return what the options of a probe say, as a portal's file would; raises UsageError for a
    selector that cannot be read."""
    for name, value in options.items():
        for selector in value if isinstance(value, tuple) else (value,):
            problem = selector and problem_of(selector, in_row=name in IN_ROW)
            if problem:
                raise UsageError(f"--{name.replace('_', '-')}: {problem}")
    listing = {key: options[name] for name, key in LISTING.items() if options.get(name)}
    notice = {key: options[name] for name, key in NOTICE.items() if options.get(name)}
    if not (listing or notice):
        return NONE
    return Overrides(
        FILE,
        ListingSelectors(FILE, **listing),  # type: ignore[arg-type]
        NoticeSelectors(FILE, **notice),  # type: ignore[arg-type]
    )


def compare(portal: Portal, seen: Sequence[Seen]) -> Trial | None:
    """Return what the selectors of a portal find on the pages that came, and what is read otherwise
    by them; None for a portal without any."""
    if not portal.overrides.digest:
        return None
    general = replace(portal, overrides=NONE)
    came = [each for each in seen if each.answer is not None]
    tried = (each for page in came for each in _tried(portal.overrides, page))
    differences = (each for page in came for each in _differences(general, page))
    selections = Selections(portal)
    for each in came:
        selections.add(each.result)
    # What other selectors miss, `tried` says.
    faults = (fault for fault in selections.faults if API in fault)
    return Trial(tuple(tried), tuple(differences), tuple(faults), selections.link)


def _tried(overrides: Overrides, seen: Seen) -> Iterator[Tried]:
    """Yield what the selectors find that are for a page of this kind."""
    assert seen.answer is not None
    result, url = seen.result, seen.page.url
    document = open_answer(seen.answer, seen.page)
    is_notice = isinstance(result, ReadNotice)
    told, name = (overrides.notice, "notice") if is_notice else (overrides.listing, "listing")
    for selector in told.exclude:
        yield Tried(f"{name}.exclude", selector, url, _count(document.root, selector))
    root = without(document, told.exclude)[0].root
    missed = _missed(result)
    for key in _KEYS[name]:
        if selector := getattr(told, key):
            full = f"{name}.{key}"
            count = None if full in IN_ROWS else _count(root, selector)
            yield Tried(full, selector, url, 0 if full in missed else count)


def _missed(result: PageResult) -> tuple[str, ...]:
    match result:
        case ReadNotice(article=article):
            return article.unmatched
        case ReadListing(listing=listing):
            return listing.unmatched
    return IN_ROWS  # a page without rows


def _count(root: etree._Element, selector: str) -> int:
    return len(select(root, selector))


def _differences(general: Portal, seen: Seen) -> Iterator[Difference]:
    assert seen.answer is not None
    other, result = interpret(seen.answer, seen.page, general), seen.result
    add = partial(Difference, seen.page.url)
    if isinstance(result, ReadNotice) and isinstance(other, ReadNotice):
        yield from _of_notices(other.article, result.article, add)
    elif isinstance(result, ReadListing) and isinstance(other, ReadListing):
        yield from _of_listings(other.listing, result.listing, add)
    elif type(result) is not type(other):
        yield add("page", _kind(other), _kind(result))


def _kind(result: PageResult) -> str:
    kinds = {ReadListing: "a list", ReadNotice: "a notice"}
    return kinds.get(type(result), "neither list nor notice")


def _of_listings(
    general: Listing, selected: Listing, add: partial[Difference]
) -> Iterator[Difference]:
    before, after = ({row.url: row for row in each.rows} for each in (general, selected))
    if len(before) != len(after):
        yield add("rows", str(len(before)), str(len(after)))
    for url in dict.fromkeys((*before, *after)):
        if before.get(url) != after.get(url):
            yield add("row", _row(before.get(url)), _row(after.get(url)))
    if general.next_urls != selected.next_urls:
        yield add("pages", " ".join(general.next_urls), " ".join(selected.next_urls))


def _row(row: Link | None) -> str:
    return f"{row.published or 'no date'} {row.title} {row.url}" if row else ""


def _of_notices(
    general: Article, selected: Article, add: partial[Difference]
) -> Iterator[Difference]:
    for name in _FIELDS:
        before, after = (getattr(each, name) or "" for each in (general, selected))
        if before != after:
            yield add(name, before, after)
    if general.paragraphs != selected.paragraphs:
        yield add("characters", str(len(general.body)), str(len(selected.body)))
    for line in general.paragraphs:
        if line not in selected.paragraphs:
            yield add("line", line, "")
    for line in selected.paragraphs:
        if line not in general.paragraphs:
            yield add("line", "", line)
