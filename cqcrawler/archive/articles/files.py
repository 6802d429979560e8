"""The files that a notice offers, and which of them are held."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields

from cqcrawler.models import Record


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A row of `attached_files`: `state` is None for a file that was never to be fetched, and
    `record` where no answer for it is kept. One that is gone may be held as it was."""

    position: int
    name: str
    url: str
    kind: str
    state: str | None
    media_type: str | None
    size: int | None
    sha256: str | None
    fetched_at: str | None
    error: str | None
    record: Record | None

    @property
    def is_held(self) -> bool:
        """Whether the file itself is among the raw pages."""
        return self.record is not None and self.sha256 is not None


_PLAIN = [field.name for field in fields(AttachedFile) if field.name != "record"]


def files_of(db: sqlite3.Connection, article_id: int) -> list[AttachedFile]:
    """Return the files of an article, in page order."""
    rows = db.execute(
        f"""SELECT warc_file, warc_offset, {", ".join(_PLAIN)} FROM attached_files
        WHERE article_id = ? ORDER BY position""",
        [article_id],
    )
    return [
        AttachedFile(
            **dict(zip(_PLAIN, plain, strict=True)), record=Record(file, at) if file else None
        )
        for file, at, *plain in rows
    ]
