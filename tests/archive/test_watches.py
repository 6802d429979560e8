"""Searches that people keep: what is new to them, each notice once, whatever happens to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.frontier.renaming import rename_pages
from cqcrawler.archive.recovery import recover
from cqcrawler.archive.search.asked import Search
from cqcrawler.exceptions import QueryError, UsageError

AT = datetime(2025, 7, 8, 8, 0, tzinfo=UTC)
SIGNED = Search("签约")


def untold(archive: Archive, name: str = "签约") -> list[str]:
    """The addresses of what is new to a watch."""
    found = (archive.article(key) for key in archive.watches.untold(archive.watches.one(name)))
    return [article.url for article in found if article]


def tell(archive: Archive, name: str = "签约") -> None:
    watch = archive.watches.one(name)
    archive.watches.note_told(watch, archive.watches.untold(watch), AT)


@pytest.fixture
def watched(crawl: Any, archive: Archive) -> Archive:
    crawl.notice("http://h/1", "渝北签约")
    crawl.notice("http://h/2", "渝北开工")
    archive.watches.add("签约", SIGNED, AT)
    return archive


def test_a_watch_is_a_name_and_a_search(archive: Archive) -> None:
    search = Search("签约 -成都", Filters(since="7d", min_amount="1亿"), substring=True)
    archive.watches.add("大额", search, AT)
    archive.watches.add("A股", SIGNED, AT)
    first, second = archive.watches.all()
    assert (first.name, second.name) == ("A股", "大额")
    assert (second.search, second.added_at, second.told_at) == (
        search,
        "2025-07-08T08:00:00Z",
        None,
    )


@pytest.mark.parametrize("name", ["", "-x", "a b", "a/b", "..", "x" * 41, "签\n约", "_", "a\0"])
def test_what_is_no_name(archive: Archive, name: str) -> None:
    with pytest.raises(UsageError, match="is no name for a watch"):
        archive.watches.add(name, SIGNED, AT)


def test_a_name_is_taken_once_and_the_nearest_is_told(watched: Archive) -> None:
    with pytest.raises(UsageError, match="there is a watch '签约' already"):
        watched.watches.add("签约", Search("其他"), AT)
    with pytest.raises(QueryError, match=r"no watch '渝北签约': did you mean 签约\?"):
        watched.watches.one("渝北签约")
    watched.watches.remove("签约")
    with pytest.raises(QueryError, match="there are none yet"):
        watched.watches.remove("签约")


def test_a_filter_that_names_nothing_is_refused(archive: Archive) -> None:
    with pytest.raises(QueryError, match="no tag"):
        archive.watches.add("x", Search(filters=Filters(tag="没有")), AT)
    assert archive.watches.all() == []


def test_what_is_there_already_is_old_unless_asked_for(watched: Archive) -> None:
    assert untold(watched) == []
    assert watched.watches.add("旧", SIGNED, AT, tell_old=True) == 1
    assert untold(watched, "旧") == ["http://h/1"]


def test_each_is_told_once_and_to_each_watch(watched: Archive, crawl: Any) -> None:
    watched.watches.add("渝北", Search("渝北"), AT)
    crawl.notice("http://h/3", "渝北再签约")
    assert untold(watched) == untold(watched, "渝北") == ["http://h/3"]
    tell(watched)
    assert (untold(watched), untold(watched, "渝北")) == ([], ["http://h/3"])
    assert watched.watches.one("签约").told_at == "2025-07-08T08:00:00Z"
    crawl.notice("http://h/3", "渝北再签约", "改")
    assert untold(watched) == []


def test_late_ones_edited_ones_and_those_of_the_same_second(
    watched: Archive, make_crawl: type
) -> None:
    tell(watched)
    # An import has the time of its capture, which may be years before the last word.
    make_crawl(watched, at=AT.replace(year=2019)).notice("http://h/9", "旧签约")
    edit = make_crawl(watched, at=AT)
    edit.notice("http://h/2", "渝北开工", "此前已签约")
    edit.notice("http://h/4", "同秒签约")
    assert untold(watched) == ["http://h/4", "http://h/9", "http://h/2"]
    tell(watched)
    edit.notice("http://h/5", "同秒又签约")
    assert untold(watched) == ["http://h/5"]


def test_what_is_not_in_the_index_yet_is_found(watched: Archive, crawl: Any) -> None:
    watched.index_all()
    crawl.notice("http://h/3", "待索引签约")
    crawl.notice("http://h/4", "待索引开工")
    assert untold(watched) == ["http://h/3"]


def test_a_notice_that_moves_is_not_new(watched: Archive) -> None:
    rename_pages(watched._db, "cq", lambda url: url.replace("http://h/", "http://new/"))
    assert watched.article("http://new/1")
    assert untold(watched) == []


def test_of_a_notice_that_is_forgotten_nothing_is_left(watched: Archive) -> None:
    watched.forgetting.forget("http://h/1", (), AT)
    assert watched._db.execute("SELECT count(*) FROM watch_told").fetchone() == (0,)
    assert untold(watched) == []


def test_copies_and_recovered_archives_have_watches(watched: Archive, tmp_path: Path) -> None:
    watched.snapshot(tmp_path / "copy.db")
    with watched._db:
        watched._db.execute("PRAGMA foreign_keys = OFF")
        watched._db.execute("INSERT INTO watch_told VALUES ('gone', 'http://h/1', NULL)")
    done = recover(watched.path, tmp_path / "new.db", lambda *_: None)
    for name in ("copy.db", "new.db"):
        with Archive(tmp_path / name) as other:
            assert other.watches.all() == watched.watches.all()
            assert untold(other) == []
    (told,) = (table for table in done.tables if table.name == "watch_told")
    assert (told.brought, told.lost) == (1, 1)  # That of a watch that is lost.
