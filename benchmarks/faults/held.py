"""What an archive holds of a portal that is laid out by `tests.crawl.conftest`."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cqcrawler.archive import Archive
from cqcrawler.exceptions import RecordError
from cqcrawler.models import Record
from cqcrawler.warc import read_answer
from tests.crawl import conftest as pages

_NUMBER = re.compile(r"/info/detail/(\d+)\.html")


@dataclass(frozen=True, slots=True)
class Row:
    """An article as it is committed."""

    url: str
    title: str
    body: str
    version: int
    withdrawn: bool

    @property
    def number(self) -> int:
        """The number of the notice by its address; 0 for another page."""
        found = _NUMBER.search(self.url)
        return int(found[1]) if found else 0

    @property
    def true(self) -> bool:
        """Whether it reads as the portal wrote the notice of this address."""
        whole = f"第{self.number}批项目涵盖" in self.body and "推动早日投产达效" in self.body
        return self.title == pages.title(self.number) and whole


def committed(path: Path) -> dict[str, Row]:
    """Return the articles by address as any other process sees them; empty without a table."""
    if not path.exists():
        return {}
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone():
            return {}
        rows = db.execute(
            "SELECT url, title, body, version, withdrawn_at IS NOT NULL FROM articles"
        ).fetchall()
    return {url: Row(url, *rest) for url, *rest in rows}


def damage(path: Path) -> list[str]:
    """Say what is wrong with a file after a kill: SQLite, its rows, and the raw page of each."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as db:
        found = [line for (line,) in db.execute("PRAGMA integrity_check") if line != "ok"]
        found += [f"foreign key: {row}" for row in db.execute("PRAGMA foreign_key_check")]
        made = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'regions'").fetchone()
    if found or not made:
        return found
    with Archive(path, must_exist=True) as archive:
        found += archive.verification.orphans()
        found += [
            f"{named.row}: {problem}"
            for named in archive.verification.named_records()
            if (problem := _unreadable(path.parent, Record(named.file, named.offset)))
        ]
    return found


def _unreadable(folder: Path, record: Record) -> str:
    try:
        read_answer(folder, record)
    except RecordError as error:
        return str(error)
    return ""
