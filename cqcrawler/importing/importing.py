"""Bringing kept pages into an archive: which there are, whose they are, and a run for each portal.

What is read here was fetched by others: robots.txt and delays are for those who ask a portal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cqcrawler import portals
from cqcrawler.archive import Archive
from cqcrawler.archive.file.disk import check_space
from cqcrawler.archive.file.lock import writing
from cqcrawler.exceptions import NoArchive
from cqcrawler.importing.captures import Capture, Item, Passed, Refused
from cqcrawler.importing.folders import pages_of
from cqcrawler.importing.order import Captures
from cqcrawler.importing.run import ImportRun
from cqcrawler.models import Outcome
from cqcrawler.portals import Portal, site_of
from cqcrawler.run.reader import reader_version
from cqcrawler.warc import WarcSettings, WarcWriter, check_writable, cut_torn_tails

SCOPE = "import"
_MOST_NAMES = 3
_COUNTED = (
    *("lists", "new", "changed", "unchanged", "returned", "held", "older", "others"),
    *("rejected", "gone", "failed", "excluded", "missing"),
)

# Is told what is being done, and how much of it is, from 0 to 1, or None if that is unknown.
Watch = Callable[[str, float | None], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What the pages of one portal came to, in the shape of `import --json`.

    `held` were in the archive already, `older` are of a time before what it holds, `others` are
    neither notices nor listings; `missing` counts pages that the listings name and that were not
    among these. `run_id` is None in a dry run.
    """

    portal: str
    run_id: int | None
    outcome: Outcome
    reason: str
    pages: int
    notices: int
    lists: int
    new: int
    changed: int
    unchanged: int
    returned: int
    held: int
    older: int
    others: int
    rejected: int
    gone: int
    failed: int
    excluded: int
    missing: int


@dataclass
class Imported:
    """How an import went: what each portal came to, and what could not be taken.

    `revisits` count records that have no page of their own, `files` what is no page, `elsewhere`
    the pages that lie on other sites than those of the portal that was named. `interrupted` says
    that it was stopped before its end.
    """

    dry_run: bool = False
    duration_s: float = 0.0
    portals: list[Report] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    revisits: int = 0
    files: int = 0
    elsewhere: int = 0
    interrupted: bool = False

    @property
    def exit(self) -> int:
        """The exit code: that of the worst portal, and 1 if anything could not be taken."""
        codes = [report.outcome.exit_code for report in self.portals]
        return max([*codes, int(bool(self.refused) or not codes)])


def import_pages(
    paths: Sequence[Path],
    archive_path: Path,
    *,
    portal: str = "",
    dry_run: bool = False,
    raw: WarcSettings,
    least_free: int = 0,
    watch: Watch = lambda stage, share: None,
) -> Imported:
    """Bring the pages of WARC files, saved pages and folders of these into the archive.

    They are those of the portal that is named, or of the portals whose sites they lie on, or of
    one that is made up for a site. Raises PortalError, ArchiveLocked, ArchiveError.
    """
    started = time.monotonic()
    done = Imported(dry_run)
    owner = portals.load(portal) if portal else None
    groups = _groups(paths, owner, done, watch)
    with _opened(archive_path, least_free, dry_run=dry_run, watch=watch) as archive:
        for whose, captures in groups:
            opened = _open_run(archive, whose, captures, _names(paths), raw, keep_raw=not dry_run)
            done.portals.append(_read(opened, done, watch))
            if done.interrupted:
                break
    done.duration_s = round(time.monotonic() - started, 3)
    return done


def _groups(
    paths: Sequence[Path], owner: Portal | None, done: Imported, watch: Watch
) -> list[tuple[Portal, Captures]]:
    """Look through all files, and return their pages by the portal that they belong to."""
    by_site: dict[str, Captures] = {}
    for item in _items(paths, watch):
        match item:
            case Refused():
                done.refused.append(item)
            case Passed(what="revisit"):
                done.revisits += 1
            case Passed():
                done.files += 1
            case Capture():
                by_site.setdefault(site_of(item.address), Captures()).add(item)
    groups: dict[str, tuple[Portal, Captures]] = {}
    for site, captures in by_site.items():
        if owner and site not in owner.sites:
            done.elsewhere += captures.count
            continue
        whose = owner or _owner(site)
        groups.setdefault(whose.name, (whose, Captures()))[1].take(captures)
    for name in [name for name, (_, captures) in groups.items() if not captures.pages()]:
        done.files += groups.pop(name)[1].count  # Scripts and data of another site, say.
    return [*groups.values()]


def _owner(site: str) -> Portal:
    """Return the registered portal of a site, or one that is made up for it."""
    known = (portal for portal in portals.all_portals() if site in portal.sites)
    return next(known, None) or portals.ad_hoc(f"http://{site}/")


def _items(paths: Sequence[Path], watch: Watch) -> Iterator[Item]:
    now = datetime.now(UTC)
    for number, path in enumerate(paths):
        watch(f"Looking through {path.name}", number / len(paths))
        yield from pages_of(path, now)


@contextmanager
def _opened(path: Path, least_free: int, *, dry_run: bool, watch: Watch) -> Iterator[Archive]:
    """Open the archive to write, or for a dry run a copy of it that goes in the end."""
    if dry_run:
        with TemporaryDirectory() as folder:
            copy = Path(folder) / path.name
            with suppress(NoArchive), Archive(path, read_only=True) as held:
                held.snapshot(copy, watch=watch)
            with Archive(copy) as archive:
                yield archive
        return
    with writing(path), Archive(path) as archive:
        check_writable(path.parent)
        check_space(path, least_free)
        yield archive


def _open_run(
    archive: Archive,
    portal: Portal,
    captures: Captures,
    files: str,
    raw: WarcSettings,
    *,
    keep_raw: bool,
) -> ImportRun:
    folder, now = archive.path.parent, datetime.now(UTC)
    cut_torn_tails(folder, portal.name, archive.runs.endless(portal.name))
    earlier = archive.runs.latest(portal.name, limit=1)
    if earlier and earlier[0].version != reader_version(portal):
        archive.frontier.rename(portal.name, portal.address)
    run_id = archive.runs.begin(
        portal.name,
        scope=SCOPE,
        whole=False,
        version=reader_version(portal),
        at=now,
        platform=portal.platform,
        region=portal.region,
        imported=files,
    )
    about = {**raw.about, "description": f"imported from {files}"}
    raw = replace(raw, about=about, offline=frozenset(archive.upkeep.offline()))
    warc = WarcWriter(folder, portal.name, run_id, raw)
    return ImportRun(archive, portal, run_id, warc, captures, keep_raw=keep_raw)


def _read(run: ImportRun, done: Imported, watch: Watch) -> Report:
    """Read the pages of a run and enter how it ended, whatever goes wrong."""
    try:
        run.read(lambda share: watch(f"Importing {run.portal.name}", share))
    except KeyboardInterrupt:
        done.interrupted = True
    except Exception as error:
        run.fail(error)
    ended = run.end(interrupted=done.interrupted)
    done.refused += run.refused
    done.files += run.counts["unasked"]
    counts = ended.counts
    own = {name: counts[name] for name in _COUNTED}
    run_id = None if done.dry_run else run.run_id
    pages = run.tally.pages
    return Report(
        run.portal.name, run_id, ended.outcome, ended.reason, pages, run.tally.notices, **own
    )


def _names(paths: Sequence[Path]) -> str:
    """Return the names of files for the archive, without the folders that they lie in."""
    names = [path.resolve().name for path in paths[:_MOST_NAMES]]
    more = len(paths) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")
