"""What holds when processes die, and when they work side by side."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from cqcrawler.archive import Archive
from tests import processes
from tests.processes import Process

AT = datetime(2025, 7, 7, tzinfo=UTC)

# Saves without end: new notices and edits, with everything that hangs on them. Says on a line
# of its own which page was committed.
WRITER = """
import sys
from datetime import UTC, datetime
from itertools import count
from cqcrawler.archive import Archive
from cqcrawler.models import *

at = datetime(2025, 7, 7, tzinfo=UTC)
first, last = int(sys.argv[2]), float(sys.argv[3])
with Archive(sys.argv[1]) as archive:
    run = archive.runs.begin("cq", scope="full", version="1.0", at=at)
    for number in count(first):
        if number > last:
            break
        url = f"http://h/{number % 17}"
        article = Article(
            url,
            title=f"重庆{number}",
            paragraphs=(f"科学城第{number}期", "项目" * 50),
            tags=("一", "二", "三"),
            related=(Link(f"http://h/{number}/r"),),
            attachments=(Attachment(f"http://h/{number}.pdf", "附件", "pdf"),),
            removed=(RemovedParagraph(1, "repeat", str(number)),),
        )
        found = (Candidate(f"http://h/{number}/a", PageKind.NOTICE),
                 Candidate(f"http://h/{number}/b", PageKind.NOTICE))
        visit = Visit(url, "cq", PageKind.NOTICE, at)
        archive.save(ReadNotice(visit, article, found), run)
        print(number, flush=True)
        if number % 5 == 0:
            archive.index_pending()
    print("end", flush=True)
"""

# What analysts do, each again and again until it is told to stop.
READER = """
import sqlite3, sys
from pathlib import Path
from cqcrawler.archive import Archive
from cqcrawler.archive.search.filters import Filters

path, stop, kind = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
own = stop.with_name(f"{kind}.out")

def stock():
    connection = sqlite3.connect(path)
    connection.execute("SELECT count(*) FROM articles_fts('项目')").fetchone()
    views = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    for (view,) in views:
        connection.execute(f"SELECT * FROM {view}").fetchall()
    connection.close()

def search():
    archive.search("科学城 重庆")
    archive.count("第")

def browse():
    sum(len(article.tags) for article in archive)
    list(archive.all_versions(archive.found()))

def export():
    archive.export(own.with_suffix(".csv"))
    archive.export(own.with_suffix(".xlsx"), Filters(portal="cq"))

def snapshot():
    archive.snapshot(own, force=True)

with Archive(path, must_exist=True) as archive:
    archive.search("科学城")
    print("open", flush=True)
    done = False
    while not done:
        done = stop.exists()  # The last round begins when all is written.
        globals()[kind]()
"""


def _start(code: str, *arguments: object) -> Process:
    return processes.start("-c", code, *map(str, arguments))


def _kill_after(process: Process, lines: int) -> int:
    """Kill when so many pages were committed and return the number of the last one."""
    assert process.stdout is not None
    with process:
        last = [process.stdout.readline() for _ in range(lines)][-1]
        process.kill()
        rest = process.stdout.read().split("\n")
    # The line that the kill cut short is empty or whole: numbers are written at once.
    return int(next((line for line in reversed(rest) if line), last))


def test_a_killed_writer_leaves_all_of_a_page_or_nothing(path: Path) -> None:
    committed = -1
    for lines in (1, 7, 20, 33, 4, 12):
        committed = _kill_after(_start(WRITER, path, committed + 1, "inf"), lines)
        _check_whole(path, committed)
    with Archive(path) as archive:
        assert archive.runs.latest()[-1].outcome == "interrupted"
        assert archive.count("科学城") == 17
        conn = archive._db
        matched = conn.execute("SELECT count(*) FROM articles_fts('项目')").fetchone()
        assert matched == (17,)


def _check_whole(path: Path, committed: int) -> None:
    conn = sqlite3.connect(path)
    assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    # What was committed but not yet said is at most one page.
    (pages,) = conn.execute("SELECT count(*) FROM pages WHERE url LIKE '%/a'").fetchone()
    assert pages in (committed + 1, committed + 2)
    (versions,) = conn.execute("SELECT count(*) FROM article_versions").fetchone()
    assert versions == pages
    assert conn.execute("SELECT count(*) FROM pages WHERE url LIKE '%/b'").fetchone() == (pages,)
    assert conn.execute("SELECT count(*) FROM removed_text").fetchone() == (pages,)
    (articles,) = conn.execute("SELECT count(*) FROM articles").fetchone()
    assert articles == min(pages, 17)
    for table, each in (("article_tags", 3), ("related_links", 1), ("attachments", 1)):
        rows = conn.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert rows == (articles * each,)
    conn.close()


def test_readers_beside_a_writer_never_fail(path: Path, tmp_path: Path) -> None:
    """Five programs read in their own way, and none ever sees that the database is locked."""
    with Archive(path) as archive:  # A filter by portal wants it to be there.
        archive.runs.begin("cq", scope="full", version="1.0", at=AT)
    stop = tmp_path / "stop"
    kinds = ("stock", "search", "browse", "export", "snapshot")
    readers = [_start(READER, path, stop, kind) for kind in kinds]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
    output, _ = _start(WRITER, path, 0, 150).communicate()
    stop.touch()
    assert output.endswith("end\n")
    for kind, reader in zip(kinds, readers, strict=True):
        output, errors = reader.communicate()
        assert (reader.returncode, output, errors) == (0, "", ""), kind
    assert len(pd.read_csv(tmp_path / "export.csv")) == 17
    with Archive(tmp_path / "snapshot.out", read_only=True) as copy:
        assert copy.count() == 17
