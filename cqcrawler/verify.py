"""Is everything there that the archive says it has? SQLite, the full-text index, raw pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from cqcrawler.archive import Archive
from cqcrawler.archive.verification import Named
from cqcrawler.platforms.canonical import request_of
from cqcrawler.portals import address_of, site_of
from cqcrawler.reading.addresses import postback_number
from cqcrawler.warc import Inspected, all_files, inspect

_REBUILD = "cqcrawler verify --repair makes it anew"
_RESTORE = (
    "cqcrawler verify --repair makes indexes anew; if it cannot, cqcrawler recover NEW_FILE "
    "brings what can be read into a new archive, or put back a copy"
)
_PUT_BACK = (
    "put the file back from a copy of the archive's folder; if you moved it away on purpose, "
    "cqcrawler warc retire says so"
)
_KEEP = "restore the file from a copy; what is not damaged in it stays readable"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be, and what to do about it."""

    where: str
    what: str
    advice: str


@dataclass
class Verified:
    """What a check came to; `notes` are no problems, but worth knowing.

    `offline` counts the WARC files that were moved away, `lost_pages` are the numbers of the
    pages whose raw page is lost or damaged.
    """

    articles: int = 0
    records: int = 0
    files: int = 0
    offline: int = 0
    lost_pages: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


# Called with what is being checked now and how many steps that has; returns what to call after
# each of them.
Watch = Callable[[str, int], Callable[[], None]]


def verify(archive: Archive, watch: Watch) -> Verified:
    """Check an archive and its WARC files.

    What is changed is only that pages are due whose raw page is lost.
    """
    done = Verified()
    tick = watch("SQLite", 1)
    damage = (
        archive.verification.damage()
        or archive.verification.missing()
        or archive.verification.unreadable()
    )
    tick()
    done.problems += [Problem(str(archive.path), what, _RESTORE) for what in damage]
    if damage:
        done.notes.append("the full text and the raw pages were not compared with a damaged file")
        return done
    verify_database(archive, done, watch)
    verify_records(archive, done, watch)
    if archive.writable and (anew := archive.upkeep.fetch_anew(done.lost_pages)):
        done.notes.append(f"{anew} pages whose raw page is lost are fetched by the next crawl")
    return done


def verify_database(archive: Archive, done: Verified, watch: Watch) -> None:
    """Check the rows of a sound file against each other and the full-text index."""
    done.articles = archive.count(most=2**62)
    orphans = archive.verification.orphans()
    done.problems += [Problem(str(archive.path), what, _RESTORE) for what in orphans]
    if unread := archive.verification.notices_without_facts():
        done.notes.append(
            f"of {unread} notices no facts were read yet: cqcrawler reextract --facts does that"
        )
    if not archive.verification.index_is_right(watch("full text", done.articles)):
        what = "the full-text index does not say what the articles do"
        done.problems.append(Problem(str(archive.path), what, _REBUILD))


def verify_records(archive: Archive, done: Verified, watch: Watch) -> None:
    """Check every record of every WARC file, and every row that names one."""
    folder = archive.path.parent

    def unread(error: OSError) -> None:
        what = error.strerror or str(error)
        done.problems.append(Problem(str(error.filename), what, "make it readable"))

    there = all_files(folder, unread)
    tick = watch("raw pages", len(there))
    left = set(there)
    away = archive.upkeep.offline()
    for name, rows in groupby(archive.verification.named_records(), lambda named: named.file):
        left.discard(name)
        if name in away:
            done.offline += 1
        else:
            _verify_file(folder, name, list(rows), done)
            tick()
    if done.offline:
        done.notes.append(f"{done.offline} WARC files are offline, as cqcrawler warc retire said")
    unnamed = sorted(left)
    for name in unnamed:
        _verify_file(folder, name, [], done)
        tick()
    if unnamed:
        done.notes.append(
            f"{len(unnamed)} WARC files hold only what no row names, such as errors and pages "
            "that had not changed"
        )
    if without := archive.verification.versions_without_record():
        done.notes.append(f"{without} versions were archived before raw pages were kept")


def _verify_file(folder: Path, name: str, rows: Sequence[Named], done: Verified) -> None:
    done.files += 1
    try:
        found = list(_damage_and_named(folder / name, rows, done))
    except OSError as error:
        rows_of_it = f"{len(rows)} rows name records in it"
        what = f"{error.strerror or error}: {rows_of_it}"
        done.problems.append(Problem(name, what, _PUT_BACK))
        done.lost_pages += [row.page_id for row in rows if row.page_id]
        return
    records = {record.offset: record for record in found}
    for row in rows:
        what = _fault(row, records.get(row.offset))
        if what:
            done.problems.append(Problem(f"{name} at {row.offset}", f"{row.row}: {what}", _KEEP))
            done.lost_pages += [row.page_id] if row.page_id else []


def _damage_and_named(path: Path, rows: Sequence[Named], done: Verified) -> Iterator[Inspected]:
    """Yield the records that rows name; note damage in others."""
    offsets = {row.offset for row in rows}
    for record in inspect(path, offsets):
        done.records += 1
        if record.offset in offsets:
            yield record
        elif record.damage:
            where = f"{path.name} at {record.offset}"
            done.problems.append(Problem(where, record.damage, _KEEP))


def _fault(row: Named, record: Inspected | None) -> str:
    """Return what is wrong with the record that a row names, empty if nothing is."""
    if record is None:
        return "there is no record"
    if record.damage:
        return record.damage
    if not _is_of(row.url, record.urls):
        return f"the record is no response of {row.url}"
    if row.digest and record.digest and row.digest != record.digest:
        return "the body is not the one that was read"
    return ""


def _is_of(address: str, urls: Sequence[str]) -> bool:
    """Whether a page was asked for under one of some addresses."""
    # A row may have got another address since: see `archive.frontier.renaming`.
    known = (*urls, *map(address_of, urls))
    if postback_number(address) is not None:
        # Where its form went stands in the page before it.
        return site_of(address) in map(site_of, known)
    return request_of(address).url in known
