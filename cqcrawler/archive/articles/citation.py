"""What it takes to cite an article, and the line of GB/T 7714 for an electronic resource."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from cqcrawler.text.clock import BEIJING

# A portal's way to name itself as the source.
_ITSELF = re.compile(r"本[站网]\w{0,2}|(?:网站)?原创")


@dataclass(frozen=True, slots=True)
class Citation:
    """An article as it was in its present version.

    `author` is who is responsible for the text, `publisher` the portal's title. `published` and
    `accessed` are days in Beijing time, `captured_at` is the time in UTC at which the version
    was found. `place` has full official names. `warc_file` and `warc_offset` say where its raw
    page lies, None where none was kept.
    """

    author: str
    title: str
    publisher: str
    published: str | None
    accessed: str
    url: str
    place: str
    version: int
    captured_at: str
    withdrawn_at: str | None
    body_sha256: str
    warc_file: str | None
    warc_offset: int | None

    @property
    def line(self) -> str:
        """The citation: GB/T 7714, then what the archive can add."""
        day = f"({self.published})" if self.published else ""
        by = self.author if self.author == self.publisher else f"{self.author}, {self.publisher}"
        resource = f"{by}. {self.title}[EB/OL]. {day}[{self.accessed}]. {self.url}."
        return f"{resource} {'，'.join(self.notes)}。"

    @property
    def notes(self) -> list[str]:
        """What the archive can add, in Chinese."""
        notes = [f"存档：第{self.version}版，{clock(self.captured_at)}采集（北京时间）"]
        if self.place:
            notes.append(f"地区：{self.place}")
        if self.withdrawn_at:
            notes.append(f"{clock(self.withdrawn_at)}发现已撤下")
        if self.warc_file:
            notes.append(f"原始网页：{self.warc_file}:{self.warc_offset}")
        return [*notes, f"正文 SHA-256：{self.body_sha256[:16]}"]


def cite(db: sqlite3.Connection, article_id: int, publisher: str) -> Citation:
    """Return the citation of an article that is there; `publisher` is its portal's title."""
    row = db.execute(
        """SELECT source, articles.title, articles.published, url, province, city, district, zone,
            articles.version, captured_at, withdrawn_at, articles.body_hash, warc_file, warc_offset
        FROM articles JOIN article_versions AS v
            ON v.article_id = articles.id AND v.version = articles.version
        WHERE articles.id = ?""",
        [article_id],
    ).fetchone()
    source, title, published, url, *places, version, captured, withdrawn, digest = row[:12]
    return Citation(
        author=publisher if source is None or _ITSELF.fullmatch(source) else source,
        title=title,
        publisher=publisher,
        published=published,
        accessed=clock(captured)[:10],
        url=url,
        place="".join(filter(None, places)),
        version=version,
        captured_at=captured,
        withdrawn_at=withdrawn,
        body_sha256=digest,
        warc_file=row[12],
        warc_offset=row[13],
    )


def cite_all(
    db: sqlite3.Connection, articles: Iterable[int], title_of: Callable[[str], str]
) -> Iterator[Citation]:
    """Return the citations of those articles that are there; `title_of` gives the title of a
    portal by its name."""
    title_of = cache(title_of)
    for article_id in articles:
        row = db.execute("SELECT portal FROM articles WHERE id = ?", [article_id]).fetchone()
        if row is not None:
            yield cite(db, article_id, title_of(row[0]))


def clock(at: str) -> str:
    """Return a time as clocks in China show it, to the minute."""
    return f"{datetime.fromisoformat(at).astimezone(BEIJING):%Y-%m-%d %H:%M}"
