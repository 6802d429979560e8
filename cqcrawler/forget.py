"""Forgetting one notice for good: its rows, its raw pages, and that it may come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cqcrawler.archive import Archive
from cqcrawler.archive.forgetting import Moved
from cqcrawler.exceptions import ArchiveError, UsageError
from cqcrawler.models import Record
from cqcrawler.portals import address_of
from cqcrawler.warc import all_files
from cqcrawler.warc.erasing import name_beside, records_of, write_rest
from cqcrawler.warc.files import FOLDER

# Wraps the files that are looked through, to show how far it is.
Show = Callable[[list[str]], Iterable[str]]


@dataclass(slots=True)
class Forgotten:
    """What was forgotten, and what is out of reach.

    `records` were in `files`; `offline` files were moved away and may hold more. `elsewhere`
    are other pages that led to it, whose raw pages are gone with it; `backups` are copies that
    were made before. `missing` files are lost, or moved away without a word; `unread` says of
    how many damaged records in which files nobody knows what they are of; `linked` are files
    that a link among the raw pages led to, and `undeleted` those that nobody lets us delete.
    `scrubbed` is False while readers keep SQLite's log.
    """

    article: int | None = None
    versions: int = 0
    records: int = 0
    files: int = 0
    offline: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    backups: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    undeleted: list[str] = field(default_factory=list)
    scrubbed: bool = True


def forget(archive: Archive, url: str, show: Show = lambda files: files) -> Forgotten:
    """Forget the notice at a canonical address; UsageError if that is not known.

    The caller holds the lock. A kill at any moment leaves an archive that is whole, either
    with the notice or without it: new WARC files are written first, rows change in one
    transaction, and the old files are deleted by it or by the next writer.
    """
    held = archive.forgetting.held(url)
    if held is None:
        raise UsageError(f"no page {url} is known in {archive.path}: look at its address")
    done = Forgotten(held.id, held.versions)
    folder = archive.path.parent
    offline = archive.upkeep.offline()
    moved = []
    try:
        files = [file for file in all_files(folder) if file not in offline]
        for file in show(files):
            if found := _rewrite(archive, file, (url, *held.files), held.records, done):
                moved.append(found)
    except OSError as error:
        raise ArchiveError(
            f"{error.filename or folder / FOLDER} cannot be read or written anew "
            f"({error.strerror}), so nothing was forgotten: mend that and say it again"
        ) from error
    done.missing = sorted(archive.upkeep.known_files() - {*files, *offline})
    links = (folder / file.old for file in moved if (folder / file.old).is_symlink())
    done.linked = sorted(str(link.resolve()) for link in links)
    done.elsewhere = archive.forgetting.forget(url, moved, datetime.now(UTC))
    done.undeleted = archive.upkeep.delete_doomed()
    done.scrubbed = archive.forgetting.scrub()
    done.offline = sorted(offline)
    done.backups = [f"{backup.file} ({backup.taken_at})" for backup in archive.upkeep.backups()]
    return done


def _rewrite(
    archive: Archive, file: str, urls: Sequence[str], named: Iterable[Record], done: Forgotten
) -> Moved | None:
    """Write a file anew without the records of some pages; None if it has none."""
    folder = archive.path.parent
    offsets = {record.offset for record in named if record.file == file}
    records, unread = records_of(folder / file, urls, offsets, address_of)
    if unread:
        done.unread[file] = unread
    gone = sum(one[2] for one in records)
    if not gone:
        return None
    done.records += gone
    done.files += 1
    if len(records) - gone <= 1:  # Only what describes the file would be left.
        return Moved(file, None, {})
    new = name_beside(folder, file)
    archive.forgetting.doom(new)
    return Moved(file, new, write_rest(folder, file, records, new))
