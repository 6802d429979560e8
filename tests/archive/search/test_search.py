from __future__ import annotations

import sqlite3
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters, Search
from cqcrawler.archive.search import search

RELEVANT = {
    "title": ("储能项目", "某地有新的消息。\n" + "其他。" * 50),
    "often": ("消息", "某地有新的消息。\n" + "其他。" * 40 + "储能、储能、储能、储能。"),
    "lead": ("项目签约", "储能项目。\n" + "其他。" * 50),
    "once": ("消息", "某地有新的消息。\n" + "其他。" * 48 + "储能。"),
    "long": ("消息", "某地有新的消息。\n" + "其他。" * 480 + "储能。"),
}


def relevant(archive: Archive, typed: str) -> list[str]:
    return [hit.url for hit in archive.search(typed, rank=True)]


def test_what_is_most_relevant_comes_first(crawl: Any, archive: Archive) -> None:
    for name, (title, body) in reversed(RELEVANT.items()):
        crawl.notice(name, title, body, published="2025-07-01")
    assert relevant(archive, "储能") == [*RELEVANT]


def test_a_rare_word_counts_for_more_than_a_common_one(crawl: Any, archive: Archive) -> None:
    crawl.notice("rare", "氢能", "项目", published="2025-07-01")
    crawl.notice("common", "项目", "氢能", published="2025-07-02")
    for number in range(20):
        crawl.notice(f"other {number}", "消息", "项目", published="2025-07-03")
    archive.index_all()
    assert relevant(archive, "氢能 项目") == ["rare", "common"]
    assert relevant(archive, "氢能 OR 项目")[:2] == ["common", "rare"]


def test_what_is_alike_comes_newest_first(crawl: Any, archive: Archive) -> None:
    for day in ("2025-07-01", "2025-07-03", "2025-07-02"):
        crawl.notice(day, "储能项目", "开工", published=day)
    assert relevant(archive, "储能") == ["2025-07-03", "2025-07-02", "2025-07-01"]


def test_what_is_not_weighed_follows(
    crawl: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WEIGHED", 2)
    for number, title in enumerate(("储能", "甲", "储能", "乙", "丙")):
        crawl.notice(str(number), title, "储能", published=f"2025-07-0{number + 1}")
    assert relevant(archive, "储能") == ["2", "0", "4", "3", "1"]


def test_a_hit_shows_where(crawl: Any, archive: Archive) -> None:
    crawl.notice(
        title="重庆招商", body="<b>在重庆</b>\n第二段", published="2025-07-07", region="重庆"
    )
    (hit,) = archive.search("重庆")
    assert (hit.title.text, hit.title.marks) == ("重庆招商", ((0, 2),))
    assert (hit.passage.text, hit.passage.marks) == ("<b>在重庆</b> 第二段", ((4, 6),))
    assert (hit.id, hit.published, hit.region) == (1, "2025-07-07", "重庆")
    assert (hit.portal, hit.url, hit.withdrawn_at) == ("cq", "http://h/1", None)


def test_a_text_is_found_as_it_is_now(crawl: Any, archive: Archive, path: Path) -> None:
    crawl.notice(body="旧文字")
    archive.index_all()
    crawl.notice(body="新文字")
    for _ in range(2):
        assert archive.search("旧文") == []
        assert [hit.id for hit in archive.search("新文")] == [1]
        archive.index_all()


def test_finding_ids_and_then_their_hits(archive: Archive, crawl: Any) -> None:
    for number in range(5):
        crawl.notice(
            f"http://h/{number}", "重庆", f"第{number}号", published=f"2025-07-0{number + 1}"
        )
    found = archive.find("重庆", most=3)
    assert found == search.Found((5, 4, 3), complete=False)
    assert archive.find("重庆", most=5) == search.Found((5, 4, 3, 2, 1), complete=True)
    assert archive.hits(found.ids, "重庆") == archive.search("重庆", limit=3)
    assert [*archive.found(Search("重庆 -2号"))] == [5, 4, 2, 1]
    assert archive.find("", Filters(since="2025-07-04")).ids == (5, 4)


def test_a_search_that_takes_long_returns_what_it_has(
    archive: Archive, crawl: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(50):
        crawl.notice(f"http://h/{number}", body="重庆")
    read = search._text

    def read_slowly(db: Any, article_id: int) -> tuple[str, str]:
        if article_id == 40:
            sleep(0.5)
        return read(db, article_id)

    monkeypatch.setattr(search, "_text", read_slowly)
    found = archive.find("-成都", seconds=0.1)
    assert not found.complete
    assert len(found.ids) <= 11
    assert archive.find("-成都").complete


def test_only_texts_that_wait_to_be_indexed_are_read(
    archive: Archive, crawl: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        crawl.notice(f"http://h/{number}", body="重庆", published="2025-07-01")
    archive.index_all()
    crawl.notice("http://h/4", body="重庆", published="2025-07-01")
    crawl.notice("http://h/5", body="成都", published="2025-07-01")
    read, texts = search._text, list[int]()

    def note(db: Any, article_id: int) -> tuple[str, str]:
        texts.append(article_id)
        return read(db, article_id)

    monkeypatch.setattr(search, "_text", note)
    assert archive.find("重庆").ids == (5, 4, 3, 2, 1)
    assert texts == [6, 5]


def test_a_reader_cannot_write(archive: Archive, crawl: Any, path: Path) -> None:
    crawl.notice()
    with Archive(path, read_only=True) as reader:
        assert [hit.id for hit in reader.search("正文")] == [1]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.runs.begin("cq", scope="full", version="1.0", at=crawl.at)
