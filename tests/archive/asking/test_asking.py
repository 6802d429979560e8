"""Hostile SQL, asked of real processes: none takes more than it may, and others go on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.asking.asking import Askers, Late
from cqcrawler.models import Article, PageKind, ReadNotice, Visit
from tests import processes

NOW = datetime(2025, 7, 7, tzinfo=UTC)
# Some hundred kB, as the longest notices have.
LONG = "招商引资" * 50_000
# Never read to an end by any machine: SQLite compares every place with all of it, in one call.
ONE_LONG_CALL = "SELECT instr(zeroblob(7000000), zeroblob(3000000) || x'01')"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
# Each by what it would hold: a value, an aggregate, rows, a temporary file, a statement.
TOO_MUCH = {
    "zeroblob": "SELECT zeroblob(900000000)",
    "hex": "SELECT hex(zeroblob(7000000))",
    "replace": "SELECT replace(hex(zeroblob(1000000)), '0', '00000000')",
    "group_concat": f"{ENDLESS}, some AS (SELECT hex(zeroblob(1000000)) AS x FROM n LIMIT 20) "
    "SELECT group_concat(x) FROM some",
    "json_group_array": f"{ENDLESS}, some AS (SELECT hex(randomblob(1000000)) AS x FROM n "
    "LIMIT 200) SELECT json_group_array(x) FROM some",
    "columns": f"SELECT {', '.join(['zeroblob(7000000)'] * 150)}",
    "wide characters": "WITH wide AS MATERIALIZED (SELECT char(128512) || hex(zeroblob(3900000)) "
    f"AS x) SELECT {', '.join('x' * 4)} FROM wide",
    "rows": f"{ENDLESS} SELECT hex(randomblob(100000)) FROM n",
    "large answer": "SELECT hex(zeroblob(1000000)) FROM articles",
    "small rows": f"{ENDLESS} SELECT i FROM n",
    "sorting": f"{ENDLESS}, some AS (SELECT randomblob(4000000) AS x FROM n LIMIT 200) "
    "SELECT x FROM some ORDER BY x",
    "expression": f"SELECT {'(' * 300}1{')' * 300}{' + 1' * 300}",
    "compound": " UNION ALL ".join(["SELECT 1"] * 60),
    "pattern": f"SELECT 'a' LIKE '{'%a' * 600}'",
    "statement": f"SELECT '{'a' * 200_000}'",
}
# Without the bounds of the process, which not every system has.
HEAP = """
import sys
from pathlib import Path
from cqcrawler.archive.asking.answering import open_archive
db = open_archive(Path(sys.argv[1]))
try:
    db.execute(sys.argv[2]).fetchall()
except MemoryError:
    print("refused")
"""
NOT_ALLOWED = [
    "SELECT * FROM pragma_database_list",
    "SELECT load_extension('x')",
    "ATTACH 'other.db' AS other",
    "DELETE FROM articles",
    "CREATE TEMP TABLE t AS SELECT 1",
    "PRAGMA hard_heap_limit = 0",
    "PRAGMA query_only = OFF",
]


@pytest.fixture(scope="module")
def askers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Askers]:
    path = tmp_path_factory.mktemp("asking") / "archive.db"
    with Archive(path) as archive:
        run_id = archive.runs.begin("p", scope="full", version="1.0", at=NOW)
        for number in range(20):
            article = Article(f"http://h/{number}", f"项目{number}", paragraphs=(LONG,))
            visit = Visit(article.url, "p", PageKind.NOTICE, NOW)
            archive.save(ReadNotice(visit, article), run_id)
        archive.index_all()
    found = Askers(path, 1)
    yield found
    found.close()


# Only what hangs takes so long.
PATIENCE = 60


def ask(askers: Askers, sql: str, seconds: float = PATIENCE) -> list[sqlite3.Row]:
    return askers.ask(sql, seconds=seconds).rows


def test_long_articles_are_answered(askers: Askers) -> None:
    rows = ask(askers, "SELECT id, title, body AS text FROM articles")
    assert [row["text"] for row in rows] == [LONG] * 20
    assert rows[0].keys() == ["id", "title", "text"]
    found = ask(
        askers, "SELECT rowid FROM articles_fts WHERE articles_fts MATCH escape_fts('引资')"
    )
    assert len(found) == 20
    assert ask(askers, "SELECT json_array_length(json_group_array(id)) FROM articles")[0][0] == 20
    assert len(ask(askers, "SELECT * FROM pragma_table_info('articles')")) > 10


@pytest.mark.parametrize("sql", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_takes_too_much_is_refused(askers: Askers, sql: str) -> None:
    with pytest.raises(sqlite3.OperationalError):
        ask(askers, sql)
    assert tuple(ask(askers, "SELECT 1")[0]) == (1,)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc")
def test_no_question_takes_much_memory(askers: Askers) -> None:
    ask(askers, "SELECT 1")
    peaks = []
    for sql in TOO_MUCH.values():
        with pytest.raises(sqlite3.OperationalError):
            ask(askers, sql)
        peaks.append(_peak(askers))
    assert max(peaks) < 180


def _peak(askers: Askers) -> int:
    """Return the most memory that the process had so far, in MiB."""
    asker = askers._free.queue[0]
    if asker is None:  # It ended by what it was asked, which frees everything.
        return 0
    status = Path(f"/proc/{asker._process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def test_sqlite_itself_takes_no_more(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Archive(path).close()
    ran = processes.run("-c", HEAP, str(path), TOO_MUCH["columns"])
    assert ran.stdout == "refused\n", ran.stderr


@pytest.mark.parametrize("sql", NOT_ALLOWED)
def test_a_question_can_do_nothing_but_read(askers: Askers, sql: str) -> None:
    with pytest.raises(sqlite3.OperationalError):
        ask(askers, sql)
    assert ask(askers, "SELECT count(*) FROM articles")[0][0] == 20


def test_a_view_of_somebody_else_calls_nothing_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Archive(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE VIEW theirs AS SELECT escape_fts('引资') AS found")
    askers = Askers(path, 1)
    with pytest.raises(sqlite3.OperationalError, match="unsafe use of escape_fts"):
        ask(askers, "SELECT * FROM theirs")
    askers.close()


def test_a_question_that_goes_on_and_on_is_ended(askers: Askers) -> None:
    with pytest.raises(Late):
        ask(askers, f"{ENDLESS} SELECT count(*) FROM n", seconds=0.1)
    assert ask(askers, "SELECT 1")


def test_a_single_long_call_is_ended_too(askers: Askers) -> None:
    with pytest.raises(Late):
        ask(askers, ONE_LONG_CALL, seconds=0.1)
    assert ask(askers, "SELECT 1")


def test_an_archive_that_is_none_is_told(tmp_path: Path) -> None:
    askers = Askers(tmp_path / "missing.db", 1)
    with pytest.raises(sqlite3.OperationalError, match="cannot be read"):
        ask(askers, "SELECT 1")
    askers.close()
