"""What an archive remembers of files: raw pages moved away, copies made, files to be deleted."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.archive.file.values import timestamp
from cqcrawler.models import is_raw_file

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the archive that was made, or that was found good by restoring it.

    It has all there was until `taken_at` (ISO 8601, UTC). `file` is a path, or the address of a
    replica; `size` is in bytes.
    """

    taken_at: str
    file: str
    size: int
    sha256: str

    @property
    def is_there(self) -> bool:
        """Whether it still is where it was; of what lies on another machine, nobody knows."""
        return "://" in self.file or Path(self.file).exists()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an archive is: what it has, and the time (UTC) of its newest answer or run."""

    articles: int
    versions: int
    newest: str | None


class Upkeep:
    """The files of an archive that lie elsewhere, or are to go; `folder` is the archive's."""

    def __init__(self, db: Connection, folder: Path) -> None:
        self._db = db
        self._folder = folder

    def retire(self, files: Iterable[str], at: datetime) -> None:
        """Remember that WARC files were moved away on purpose, or are about to be."""
        rows = [(file, timestamp(at), not self._is_there(file)) for file in files]
        with transaction(self._db):
            self._db.executemany("INSERT OR REPLACE INTO retired_files VALUES (?, ?, ?)", rows)

    def offline(self) -> dict[str, str]:
        """Return the WARC files that were moved away and are not back, and since when."""
        rows = self._db.execute("SELECT file, retired_at FROM retired_files").fetchall()
        return {file: at for file, at in rows if not self._is_there(file)}

    def look_after_retired(self) -> None:
        """Forget of files that were away and are back that they were retired."""
        rows = self._db.execute("SELECT file, away FROM retired_files").fetchall()
        back = [(file,) for file, away in rows if away and self._is_there(file)]
        left = [(file,) for file, away in rows if not away and not self._is_there(file)]
        if back or left:
            with transaction(self._db):
                self._db.executemany("DELETE FROM retired_files WHERE file = ?", back)
                self._db.executemany("UPDATE retired_files SET away = 1 WHERE file = ?", left)

    def known_files(self) -> set[str]:
        """Return the WARC files that rows name."""
        rows = self._db.execute(
            """SELECT warc_file FROM pages WHERE warc_file IS NOT NULL
            UNION SELECT warc_file FROM article_versions WHERE warc_file IS NOT NULL"""
        )
        return {file for (file,) in rows if is_raw_file(file)}

    def fetch_anew(self, page_ids: Iterable[int]) -> int:
        """Have the next crawl fetch notices and files whose raw page is lost; return how many.

        What cannot be fetched any more stays as it is.
        """
        with transaction(self._db):
            return sum(self._db.execute(_FETCH_ANEW, [page]).rowcount for page in page_ids)

    def note_backup(self, backup: Backup) -> None:
        """Remember a copy that was made."""
        row = (backup.taken_at, backup.file, backup.size, backup.sha256)
        with transaction(self._db):
            self._db.execute(
                "INSERT INTO snapshots (taken_at, file, size, sha256) VALUES (?, ?, ?, ?)", row
            )

    def backups(self) -> list[Backup]:
        """Return the copies that were made, newest first."""
        rows = self._db.execute(
            "SELECT taken_at, file, size, sha256 FROM snapshots ORDER BY taken_at DESC, id DESC"
        )
        return [Backup(*row) for row in rows]

    def standing(self) -> Standing:
        """Return how far the archive is, by which its copies can be compared with it."""
        return Standing(*self._db.execute(_STANDING).fetchone())

    def delete_doomed(self) -> list[str]:
        """Delete the files that a rewriting left to be deleted, and never any other: the archive
        may be somebody else's. Return those that cannot be, which the next writer tries again."""
        left = []
        for (file,) in self._db.execute("SELECT file FROM doomed_files").fetchall():
            if is_raw_file(file):
                try:
                    (self._folder / file).unlink(missing_ok=True)
                except OSError as error:
                    logger.warning("%s cannot be deleted: %s", file, error.strerror)
                    left.append(file)
                    continue
            else:
                logger.warning("%s is no file of raw pages, and is left alone", file)
            with transaction(self._db):
                self._db.execute("DELETE FROM doomed_files WHERE file = ?", [file])
        return left

    def _is_there(self, file: str) -> bool:
        # Not `Path.exists`, which raises where a folder may not be entered.
        return is_raw_file(file) and os.path.exists(self._folder / file)  # noqa: PTH110


# Its record is not named any more, so that a body which is the same is written again.
_FETCH_ANEW = """
UPDATE pages SET state = 'pending', taken = 0, etag = NULL, last_modified = NULL,
    warc_file = NULL, warc_offset = NULL
WHERE id = ? AND kind IN ('notice', 'file') AND state IN ('done', 'pending')
AND warc_file IS NOT NULL
"""

_STANDING = """
SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM article_versions),
    (SELECT max(at) FROM (
        SELECT max(checked_at) AS at FROM pages
        UNION ALL SELECT max(started_at) FROM runs
        UNION ALL SELECT max(ended_at) FROM runs
    ))
"""
