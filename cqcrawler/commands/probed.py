"""What a probe found, in lines for people: each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import click

from cqcrawler.commands.output import in_words, label, one_line
from cqcrawler.models import FeedKind
from cqcrawler.probe.draft import NEEDS_REGION
from cqcrawler.probe.report import (
    Cost,
    Fetched,
    Field,
    Kind,
    LinkList,
    ListFound,
    NoticeFound,
    PageFound,
    Probe,
    Rows,
    Site,
    Trial,
)
from cqcrawler.probe.run import MOST_REQUESTS

_LABEL_WIDTH = 13
# Of fields, and of dates.
_NAME_WIDTH = 10
_MOST_ROWS = 5
_MOST_LISTS = 6
_MOST_NAMES = 8
_MOST_DIFFERENCES = 12
_LONGEST_VALUE = 80
_LONGEST_ADDRESS = 100

# What a file for programs is good for, by its kind.
_FEEDS = {
    FeedKind.FEED: "a feed, which has the newest notices only",
    FeedKind.SITEMAP: "a sitemap: a crawl takes of it what looks like the notices of its lists",
}

# A line with its label, which is empty where the line belongs to the one above.
_Lines = Iterator[tuple[str, str]]


def print_probe(probe: Probe, *, with_paths: bool) -> None:
    """Print what was found, and the verdict last."""
    for name, text in _lines(probe, with_paths=with_paths):
        heading = click.style(label(name, _LABEL_WIDTH), bold=True)
        click.echo(f"{heading}{one_line(in_words(text))}")


def _lines(probe: Probe, *, with_paths: bool) -> _Lines:
    yield from _page(probe.page)
    yield "robots.txt", _robots(probe)
    if probe.page.kind is not Kind.NOTHING:
        yield from _site(probe.site)
        if probe.needs_region:
            yield "region", NEEDS_REGION
        yield "platform", _platform(probe)
    if probe.listing:
        yield from _list(probe.listing, probe.page, probe.not_asked, with_paths=with_paths)
    if probe.notice:
        yield from _notice(probe.notice)
    elif reason := probe.not_asked.get("notice"):
        yield "notice", f"not asked for: {reason}"
    if probe.trial:
        yield from _trial(probe.trial, probe.page.answered)
    yield from _also(probe)
    if probe.cost and probe.listing:
        yield "politeness", _politeness(probe.cost, at_least=probe.listing.at_least)
    yield "requests", f"{len(probe.requests)} of at most {MOST_REQUESTS}"
    yield from _verdict(probe)


def _verdict(probe: Probe) -> _Lines:
    if not probe.problems:
        yield "verdict", "can be crawled" if probe.requests else "can be crawled, by what it shows"
        return
    first, *others = probe.problems
    yield "verdict", f"not wholly: {first}"
    yield from (("", problem) for problem in others)
    if probe.fetched:
        yield from (("", hint) for hint in _how_to_fetch(probe.fetched, probe.page.answered))


def _how_to_fetch(fetched: Fetched, here: str) -> Iterator[str]:
    """Yield what can be done about a list that scripts fetch, and with which address to begin."""
    yield "describe it by [[listing.api]] in the portal's file: docs/portals.md, Lists of JSON"
    if fetched.addresses:
        yield f"scripts of the page name {', '.join(_cut(each) for each in fetched.addresses)}"
    elif fetched.files:
        files = ", ".join(_short(each, here) for each in fetched.files)
        yield f"the page names no address of it; these scripts may: {files}"
    else:
        yield "the page names no address of it; what a browser fetches shows it (F12, Network)"


def _page(page: PageFound) -> _Lines:
    if page.status is None:
        yield "page", page.url or "a saved page"
        return
    parts = [
        "saved" if page.seconds is None else f"HTTP {page.status}",
        _size(page.size),
        f"{page.encoding} ({page.encoding_why})",
        "" if page.seconds is None else f"{page.seconds:.1f} s",
    ]
    yield "page", f"{page.answered}   {', '.join(filter(None, parts))}".strip()
    if page.url != page.answered:
        yield "", f"redirected from {page.url}"
    yield from (("", warning) for warning in page.warnings)


def _size(size: int) -> str:
    return f"{size} bytes" if size < 1000 else f"{size / 1000:,.0f} kB"


def _robots(probe: Probe) -> str:
    delay = probe.robots.crawl_delay
    return probe.robots.says + (f", Crawl-delay {delay:g}" if delay else "")


def _site(site: Site) -> _Lines:
    place = f"{site.region} {site.region_code} ({site.region_from})" if site.region_code else ""
    if said := "; ".join(filter(None, (site.name, place))):
        yield "site", said


def _platform(probe: Probe) -> str:
    found = probe.platform
    if not found.name:
        return "not known: read by structure and labels alone"
    return f"{found.name} ({found.title}): {'; '.join(found.signs) or 'as its file says'}"


def _list(
    found: ListFound, page: PageFound, not_asked: dict[str, str], *, with_paths: bool
) -> _Lines:
    yield "list", _rows(found.rows)
    if found.feed:
        yield "", _FEEDS[found.feed]
    for path in found.rows.paths if with_paths else ():
        yield "", f"at {path}"
    for row in found.rows.rows[:_MOST_ROWS]:
        day = row.published or label("no date", _NAME_WIDTH)
        yield "", f"{day}  {row.title}  {_short(row.url, page.answered)}"
    if len(found.rows.rows) > _MOST_ROWS:
        yield "", f"… and {len(found.rows.rows) - _MOST_ROWS} more (--json has them)"
    yield from _left_out(found.left_out, with_paths=with_paths)
    yield from _pages(found, page.answered, not_asked)
    if found.declared_total is None:
        yield "total", "none declared: nobody can tell whether a crawl had all"
    else:
        yield "total", f"{found.declared_total} declared"


def _rows(rows: Rows) -> str:
    if not rows.rows:
        return "no rows"
    undated = len(rows.rows) - rows.dated
    parts = [
        _count(len(rows.rows), "row"),
        "all dated" if not undated else f"{undated} undated",
        f"{rows.newest} … {rows.oldest}" if rows.newest else "",
        rows.order,
        f"{rows.elsewhere} to another site or to a file" if rows.elsewhere else "",
    ]
    return ", ".join(filter(None, parts))


def _left_out(lists: Sequence[LinkList], *, with_paths: bool) -> _Lines:
    heading = "left out"
    for each in lists if with_paths else lists[:_MOST_LISTS]:
        dated = "" if not each.dated else f", {each.dated} dated"
        yield (
            heading,
            f"{each.heading or each.first}: {_count(each.links, 'link')}{dated}, {each.why}",
        )
        if with_paths:
            yield "", f"at {each.path}"
        heading = ""
    if not with_paths and len(lists) > _MOST_LISTS:
        yield "", f"… and {len(lists) - _MOST_LISTS} more lists (--paths shows them)"


def _pages(found: ListFound, here: str, not_asked: dict[str, str]) -> _Lines:
    if found.pages:
        names = [_short(url, here) for url in found.pages]
        shown = names[0] if len(names) == 1 else f"{names[0]} … {names[-1]}"
        least = "at least " if found.at_least else ""
        yield "pages", f"{least}{_count(len(names), 'other page')}: {shown}"
    else:
        yield "pages", "no other page is named"
    if found.beyond:
        yield "", f"goes on where we cannot follow: {found.beyond}"
    if further := found.further:
        read = f"{_count(further.rows, 'row')}, {further.new} of them new"
        yield "", f"{_short(further.url, here)} was read: {further.problem or read}"
    elif found.pages:
        yield "", f"none of them was asked for: {not_asked.get('further page')}"


def _notice(notice: NoticeFound) -> _Lines:
    if notice.problem:
        yield "notice", f"{notice.url}: {notice.problem}"
        return
    parts = [
        f"{notice.characters:,} characters",
        _count(notice.attachments, "file") if notice.attachments else "",
        f"{_count(notice.removed, 'line')} left out" if notice.removed else "",
    ]
    yield "notice", f"{notice.url}   {', '.join(filter(None, parts))}"
    yield from (("", _field(field)) for field in notice.fields)
    if not any(field.name == "region" for field in notice.fields):
        none = in_words("none stated: that of the portal's file will stand for it")
        yield "", f"{label('region', _NAME_WIDTH)} {none}"
    warnings = map(in_words, notice.warnings)
    yield from (("", f"{label('warning', _NAME_WIDTH)} {warning}") for warning in warnings)


def _field(field: Field) -> str:
    found = in_words(f"({field.origin}, {field.confidence:g})")
    return f"{label(field.name, _NAME_WIDTH)} {_cut(field.value)}   {found}"


def _trial(trial: Trial, here: str) -> _Lines:
    heading = "tried"
    for each in trial.tried:
        found = "in rows" if each.found is None else f"{each.found} found"
        yield heading, f"{each.name} {each.selector}   {found} on {_short(each.url, here)}"
        heading = ""
    if not trial.differences:
        yield "readings", "the general rules read the same without these selectors"
        return
    yield "readings", "by the general rules | by these selectors"
    for difference in trial.differences[:_MOST_DIFFERENCES]:
        general, selected = (
            _cut(in_words(each)) if each else "—"
            for each in (difference.general, difference.selected)
        )
        yield "", f"{label(difference.what, _NAME_WIDTH)} {general} | {selected}"
    if more := trial.differences[_MOST_DIFFERENCES:]:
        yield "", f"… and {len(more)} more (--json has them)"


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"


def _also(probe: Probe) -> _Lines:
    feeds = [f"feed {url}" for url in probe.site.feeds]
    maps = [f"sitemap {url}" for url in probe.site.sitemaps]
    if feeds or maps:
        yield "also", "; ".join((*feeds, *maps))
        yield "", "a crawl reads those of its own hosts beside the lists"
    if probe.sections:
        names = ", ".join(link.title for link in probe.sections[:_MOST_NAMES])
        more = "" if len(probe.sections) <= _MOST_NAMES else ", …"
        count = _count(len(probe.sections), "link")
        yield "sections", f"{count} to what may be lists, too; a crawl tries them: {names}{more}"


def _politeness(cost: Cost, *, at_least: bool) -> str:
    parts = [f"{cost.delay:g} s between requests ({cost.why})"]
    if cost.notices is not None and cost.first_crawl_s is not None:
        least = "at least " if at_least else ""
        most = "" if at_least or cost.declared else "up to "
        parts.append(
            f"{least}{_count(cost.pages, 'page')} + {most}{_count(cost.notices, 'notice')}: "
            f"about {_duration(cost.first_crawl_s)} the first time"
        )
    if cost.new_a_day is not None and cost.later_requests is not None:
        later = _count(cost.later_requests, "request")
        parts.append(f"then {cost.new_a_day:.1f} new a day and {later} a crawl")
    return "; ".join(parts)


def _duration(seconds: float) -> str:
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}s"
    return f"{seconds:.0f} seconds"


def _short(url: str, here: str) -> str:
    """Return an address without the host that it shares with the page, and not all of a long one:
    that of a list API may have a dozen parameters."""
    parts, base = urlsplit(url), urlsplit(here)
    short = parts._replace(scheme="", netloc="").geturl() if parts[:2] == base[:2] else url
    return short if len(short) <= _LONGEST_ADDRESS else f"{short[:_LONGEST_ADDRESS]}…"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
