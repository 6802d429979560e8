"""Restoring a backup into a scratch folder, to know that it is good and how old it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cqcrawler import litestream
from cqcrawler.archive import Archive
from cqcrawler.archive.file.files import finish
from cqcrawler.archive.file.values import timestamp
from cqcrawler.archive.upkeep import Backup, Standing
from cqcrawler.exceptions import UsageError
from cqcrawler.verify import Verified, verify
from cqcrawler.verify import Watch as VerifyWatch

_WARC = "warc"
Watch = Callable[[str, float | None], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which backup to try: an address or a folder of Litestream, its configuration, or a file that
    `snapshot` made; the folder with the copies of raw pages, None for the archive's own; and the
    time in UTC to go back to, None for the newest."""

    source: str
    warc: Path | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill came to.

    `good_until` is the time (ISO 8601, UTC) up to which the backup has everything: when the
    drill began, where it lacks nothing. `missing_articles` and `missing_versions` are what the
    archive has and the backup has not.
    """

    source: str
    good_until: str
    articles: int
    versions: int
    missing_articles: int
    missing_versions: int
    verified: Verified


def drill(archive: Archive, wanted: Wanted, watch: Watch, verifying: VerifyWatch) -> Drilled:
    """Restore a backup of `archive` where nobody sees it, and verify it with its raw pages.

    The archive remembers one that is good, where it can be written. Raises UsageError for what
    is no backup, ArchiveError for one that cannot be restored or opened.
    """
    began, now = timestamp(datetime.now(UTC)), archive.upkeep.standing()
    with TemporaryDirectory(prefix="cqcrawler-drill-") as scratch:
        path = Path(scratch) / "archive.db"
        watch("Restoring", None)
        _fetch(archive.path, wanted, path)
        watch("Hashing", None)
        size, sha256 = path.stat().st_size, finish(path)
        (path.parent / _WARC).symlink_to(_raw_pages(archive, wanted))
        with Archive(path, must_exist=True) as restored:
            then = restored.upkeep.standing()
            verified = verify(restored, verifying)
    good_until = began if _is_whole(then, now) else then.newest or began
    source = _named(wanted.source)
    if verified.ok and archive.writable:
        archive.upkeep.note_backup(Backup(good_until, source, size, sha256))
    return Drilled(
        source=source,
        good_until=good_until,
        articles=then.articles,
        versions=then.versions,
        missing_articles=max(0, now.articles - then.articles),
        missing_versions=max(0, now.versions - then.versions),
        verified=verified,
    )


def _is_whole(then: Standing, now: Standing) -> bool:
    """Whether a backup has all that the archive had; what was forgotten since is no loss."""
    return (
        then.articles >= now.articles
        and then.versions >= now.versions
        and (then.newest or "") >= (now.newest or "")
    )


def _fetch(archive: Path, wanted: Wanted, to: Path) -> None:
    source = Path(wanted.source)
    if not source.is_file() or source.suffix in litestream.CONFIGURATIONS:
        litestream.restore(wanted.source, archive, to, wanted.at)
        return
    if source.samefile(archive):
        raise UsageError(f"{source} is the archive itself: name a backup")
    if wanted.at:
        raise UsageError(f"{source} is a copy of one moment: leave out --at")
    shutil.copyfile(source, to)


def _raw_pages(archive: Archive, wanted: Wanted) -> Path:
    return (wanted.warc or archive.path.parent / _WARC).resolve()


def _named(source: str) -> str:
    return source if "://" in source else str(Path(source).absolute())
