from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cqcrawler.archive import Archive
from cqcrawler.demo import tour
from cqcrawler.exceptions import ArchiveError, UsageError
from cqcrawler.models import Article, Outcome, PageKind, ReadNotice, Visit

NOW = datetime(2025, 11, 1, tzinfo=UTC)


def make_archive(path: Path, portal: str, url: str) -> None:
    article = Article(url=url, title="标题", paragraphs=("正文。",))
    notice = ReadNotice(Visit(url, portal, PageKind.NOTICE, NOW), article)
    with Archive(path) as archive:
        run_id = archive.runs.begin(portal, scope="full", version="0", at=NOW)
        archive.save(notice, run_id)
        archive.runs.end(run_id, at=NOW, outcome=Outcome.OK, counts={}, stats={})


def test_a_missing_archive_has_seen_nothing(tmp_path: Path) -> None:
    assert tour.earlier(tmp_path / "demo.db") == tour.Earlier(port=0, began=())


def test_the_port_and_the_good_crawls_are_found_again(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    make_archive(path, tour.NAME, "http://127.0.0.1:5123/h5/article/1")
    assert tour.earlier(path) == tour.Earlier(5123, ("2025-11-01T00:00:00Z",))


def test_invented_notices_stay_out_of_a_real_archive(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    make_archive(path, "chongqing", "http://chongqing.010b.com/info/detail/1.html")
    with pytest.raises(UsageError, match=r"holds chongqing.*--archive"):
        tour.earlier(path)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("shopping list")
    with pytest.raises(ArchiveError):
        tour.earlier(path)


def test_a_port_that_is_taken_is_a_clear_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=rf"port {port}.*--archive"):
            list(tour.visits(tmp_path / "demo.db", tour.Earlier(port)))
