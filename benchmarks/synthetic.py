"""An archive of invented notices, as large as a measurement wants it, saved as a crawl does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import click
from rich.progress import Progress

from benchmarks.invented import notice, published_on
from cqcrawler import __version__
from cqcrawler.archive import Archive, Change
from cqcrawler.models import (
    Candidate,
    Failed,
    Gone,
    Link,
    Listing,
    Outcome,
    PageKind,
    PageResult,
    PageState,
    ReadListing,
    ReadNotice,
    Rejected,
    Visit,
)

PORTALS = ("chongqing", "sc", "js", "zj", "gd", "hb", "sd", "ah")
_WEIGHTS = (8, 6, 5, 4, 4, 3, 2, 1)
# What is older is found by the first crawl; then there is one a month.
_FIRST_CRAWL = date(2024, 1, 2)
_ROWS = 20
_INDEX_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Known:
    """A notice as a listing shows it."""

    number: int
    url: str
    published: date

    @property
    def edited(self) -> bool:
        """Whether the portal edits it within a month."""
        return self.number % 50 == 11

    @property
    def withdrawn(self) -> bool:
        return self.number % 80 == 21

    @property
    def unread(self) -> PageState | None:
        """What it stays in if it never becomes an article."""
        kept_from = (PageState.PENDING, PageState.FAILED, PageState.REJECTED)
        return kept_from[self.number // 40 % 3] if self.number % 40 == 7 else None


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--notices", default=100_000, show_default=True, help="How many to invent.")
@click.option(
    "--no-index", is_flag=True, help="Leave out the full-text index, which takes most of the time."
)
def main(file: Path, notices: int, no_index: bool) -> None:
    """Make an archive of invented notices of some 1,500 characters at FILE.

    They are over ten years, eight portals and all districts of China; some were edited,
    withdrawn or never read. The same number of notices gives the same archive.
    """
    if file.exists():
        raise click.UsageError(f"{file} exists already: name another file")
    with Progress() as progress:
        task = progress.add_task("Inventing", total=notices)
        for _ in build(file, notices, index=not no_index):
            progress.advance(task)
    click.echo(f"{file}: {file.stat().st_size >> 20} MiB")


def build(path: Path, count: int, *, index: bool = True) -> Iterator[int]:
    """Make the archive, yielding the number of each notice that was met for the first time."""
    with Archive(path) as archive:
        earlier: dict[str, list[Known]] = defaultdict(list)
        for day, found in _by_crawl(count).items():
            for number, portal in enumerate(PORTALS):
                at = datetime.combine(day, time(number, 30), UTC)
                yield from _crawl(archive, portal, at, found[portal], earlier[portal], index)
                earlier[portal] = found[portal]


def _by_crawl(count: int) -> dict[date, dict[str, list[Known]]]:
    """Return the notices that each crawl finds on each portal, newest first."""
    crawls: dict[date, dict[str, list[Known]]] = defaultdict(lambda: defaultdict(list))
    choices = Random("portals").choices(PORTALS, _WEIGHTS, k=count)
    for number in reversed(range(count)):
        published, portal = published_on(number, count), choices[number]
        known = Known(number, f"http://{portal}.example/info/{number}.html", published)
        crawls[_crawled_on(published)][portal].append(known)
    return {day: crawls[day] for day in sorted(crawls)}


def _crawled_on(published: date) -> date:
    """Return the day of the first crawl after a notice came out."""
    following = (published.replace(day=1) + timedelta(days=32)).replace(day=2)
    return max(_FIRST_CRAWL, following)


def _crawl(
    archive: Archive,
    portal: str,
    at: datetime,
    found: Sequence[Known],
    earlier: Sequence[Known],
    index: bool,
) -> Iterator[int]:
    """One run: the listings, the notices on them, and another look at those before."""
    run_id = archive.runs.begin(portal, scope="full", version=__version__, at=at)
    counts: Counter[str] = Counter()
    for page in _listings(portal, at, found):
        archive.save(page, run_id)
        counts["listing_pages"] += 1
    for met, known in enumerate(found, start=1):
        if known.unread is not PageState.PENDING:
            _count(counts, archive.save(_page(known, portal, at), run_id), known)
        if index and met % _INDEX_BATCH == 0:
            archive.index_pending(_INDEX_BATCH)
        yield known.number
    for known in earlier:
        if not known.unread and (known.edited or known.withdrawn):
            if known.withdrawn:  # What is gone twice is withdrawn, whatever the listings show.
                archive.save(_second_look(known, portal, at - timedelta(days=1)), run_id)
            _count(counts, archive.save(_second_look(known, portal, at), run_id), known)
    gone = archive.withdraw_gone(portal, run_id, begun=at, looked_at=len(found) + len(earlier))
    counts["withdrawn"] = gone.withdrawn
    if index:
        archive.index_all()
    _end(archive, run_id, at + timedelta(minutes=len(found) // 50 + 1), counts)


def _listings(portal: str, at: datetime, found: Sequence[Known]) -> Iterator[PageResult]:
    for start in range(0, len(found), _ROWS):
        url = f"http://{portal}.example/info/list{start // _ROWS}.html"
        shown = found[start : start + _ROWS]
        # One portal prints no dates in its listings.
        rows = [
            Link(known.url, f"公告{known.number}", None if portal == "ah" else f"{known.published}")
            for known in shown
        ]
        yield ReadListing(
            Visit(url, portal, PageKind.LISTING, at, status=200),
            Listing(url, rows=tuple(rows)),
            tuple(Candidate(row.url, PageKind.NOTICE, row.title, row.published) for row in rows),
        )


def _page(known: Known, portal: str, at: datetime) -> PageResult:
    visit = Visit(known.url, portal, PageKind.NOTICE, at)
    match known.unread:
        case PageState.FAILED:
            return Failed(replace(visit, status=503), "HTTP 503")
        case PageState.REJECTED:
            return Rejected(replace(visit, status=200), "not a notice", f"公告{known.number}")
    return _read(known, visit, edited=False)


def _second_look(known: Known, portal: str, at: datetime) -> PageResult:
    visit = Visit(known.url, portal, PageKind.NOTICE, at)
    if known.withdrawn:
        return Gone(replace(visit, status=404), "HTTP 404")
    return _read(known, visit, edited=True)


def _read(known: Known, visit: Visit, *, edited: bool) -> ReadNotice:
    article = notice(known.number, known.url, known.published, edited=edited)
    digest = sha256(article.body.encode()).hexdigest()
    return ReadNotice(replace(visit, status=200, digest=digest), article)


def _count(counts: Counter[str], change: Change, known: Known) -> None:
    counts["detail_pages"] += 1
    counts[known.unread if known.unread else change] += 1


def _end(archive: Archive, run_id: int, at: datetime, counts: Counter[str]) -> None:
    names = ("listing_pages", "detail_pages", "new", "changed", "unchanged", "withdrawn")
    totals = {name: counts[name] for name in (*names, "failed", "rejected")}
    failed = counts["failed"]
    outcome = Outcome.PARTIAL if failed else Outcome.OK if counts["new"] else Outcome.QUIET
    reason = f"{failed} pages failed" if failed else ""
    archive.runs.end(run_id, at=at, outcome=outcome, reason=reason, counts=totals, stats={})


if __name__ == "__main__":
    main()
