"""Readers that take their time, or forget what they asked for: the archive and we do not wait."""

from __future__ import annotations

import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest

from cqcrawler.archive import Archive
from cqcrawler.models import Article, PageKind, ReadNotice, Visit
from tests import processes

NOW = datetime(2025, 7, 7, tzinfo=UTC)
# So many of them are far more than two sockets, and what lies between them, hold.
LONG, ARTICLES = "招商引资" * 25_000, 60
# With a second of patience in the place of half a minute.
SERVE = """
import sys
from pathlib import Path
from cqcrawler.site import server
server._MAY_IDLE = float(sys.argv[2])
server.serve(Path(sys.argv[1]), port=0, ready=lambda url: print(url, flush=True))
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("downloads") / "archive.db"
    with Archive(path) as archive:
        run_id = archive.runs.begin("p", scope="full", version="1.0", at=NOW)
        for number in range(ARTICLES):
            article = Article(f"http://h/{number}", f"项目{number}", paragraphs=(LONG,))
            visit = Visit(article.url, "p", PageKind.NOTICE, NOW)
            archive.save(ReadNotice(visit, article), run_id)
        archive.index_all()
    return path


@pytest.fixture(params=["1"])
def port(large: Path, request: pytest.FixtureRequest) -> Iterator[int]:
    process = processes.start("-c", SERVE, str(large), request.param)
    assert process.stdout
    yield int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
    process.terminate()
    process.communicate()


def _connect(port: int, request: str) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", port))
    connection.sendall(request.encode())
    return connection


def _get(path: str) -> str:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"


DOWNLOADS = [
    "/search.csv",
    "/search.jsonl?q=%E6%8B%9B%E5%95%86",
    "/search.jsonl?table=versions",
    "/archive/articles.csv?_stream=on",
]


@pytest.mark.parametrize("path", DOWNLOADS)
@pytest.mark.parametrize("port", ["1800"], indirect=True)
def test_a_slow_reader_does_not_keep_the_log(port: int, large: Path, path: str) -> None:
    with _connect(port, _get(path)) as reader, closing(sqlite3.connect(large, timeout=0)) as writer:
        taken = 0
        while taken < 2**16:  # It is in the midst of an article, and of them all.
            taken += len(reader.recv(2**16))
        with writer:
            writer.execute("UPDATE articles SET last_seen = last_seen || ' '")
        # A log can be emptied when nobody reads what was there before. Reading an article takes
        # milliseconds, and a reader that waits for us holds it for ever.
        for _ in range(300):
            busy, *_ = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                break
            time.sleep(0.1)
        assert not busy


@pytest.mark.parametrize("path", DOWNLOADS)
def test_who_takes_nothing_is_let_go(port: int, path: str) -> None:
    with _connect(port, _get(path)) as reader:
        _wait_for_the_end(reader)


@pytest.mark.parametrize("begun", ["", "GET / HTTP/1.1\r\nHost: loc", _get("/")[:-2]])
def test_who_asks_for_nothing_whole_is_let_go(port: int, begun: str) -> None:
    with _connect(port, begun) as visitor:
        _wait_for_the_end(visitor)


def _wait_for_the_end(connection: socket.socket) -> None:
    """Return once the other end has ended the connection, which nobody reads."""
    for _ in range(600):
        try:
            connection.sendall(b"a")
        except OSError:
            return
        time.sleep(0.1)
    pytest.fail("the connection is held for ever")


def test_a_reader_who_goes_on_gets_all(port: int) -> None:
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", "/search.csv")
        taken = connection.getresponse().read()
    assert taken.decode().count(LONG) == ARTICLES
