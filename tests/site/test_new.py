"""What is new, changed and withdrawn, page by page, and what an edit changed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.models import Article
from cqcrawler.site.application import ArchiveSite, build
from tests.site.conftest import save
from tests.site.test_pages import TYPED

NOW = datetime.now(UTC)
LINES = ("第一段。", "第二段。", "投资5亿元。", "第四段。")
EDITED = Article("http://h/edited", "改过的公告", published="2025-07-01", paragraphs=LINES)


@pytest.fixture(scope="module")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Notice 1 has three versions; 2 to 4 are new at the portal, 5 to 9 are old there."""
    path = tmp_path_factory.mktemp("new") / "archive.db"
    with Archive(path) as archive:
        run_id = archive.runs.begin("chongqing", scope="full", version="1.0", at=NOW)
        save(archive, run_id, EDITED, NOW - timedelta(days=99))
        for number in range(2, 10):
            day = (NOW - timedelta(days=1 if number < 5 else 60)).date().isoformat()
            published = None if number == 2 else day
            article = Article(f"http://h/{number}", f"公告{number}号", published=published)
            article = replace(article, paragraphs=(f"这是第{number}号公告的正文。",))
            save(archive, run_id, article, NOW)
        for number, line in enumerate(("投资6亿元。", "投资7亿元。"), 1):
            lines = (*LINES[:2], line, LINES[3])
            save(archive, run_id, replace(EDITED, paragraphs=lines), NOW + timedelta(hours=number))
    return path


@pytest.fixture(scope="module")
def site(archive_path: Path) -> Iterator[ArchiveSite]:
    built = build(archive_path)
    asyncio.run(built.invoke_startup())
    yield built
    for database in built.databases.values():
        database.close()


def listed(page: str, heading: str) -> list[int]:
    """The notices under a heading of /new."""
    (part,) = [part for part in page.split("<section>")[1:] if f"<h2>{heading}" in part]
    return [int(number) for number in re.findall(r'href="/articles/(\d+)', part)]


def test_what_is_new_is_told_from_what_was_archived_late(get: Callable[..., Any]) -> None:
    page = get("/new", "zh").text
    assert sorted(listed(page, "门户新发")) == [2, 3, 4]
    assert sorted(listed(page, "首次收录")) == [5, 6, 7, 8, 9]
    assert listed(page, "改动") == [1]
    assert page.count("未注日期") == 1
    assert "发布于 2025-07-01" in page
    everything = get("/new?change=new", "zh").text
    assert sorted(listed(everything, "新收")) == list(range(2, 10))
    assert everything.count('<span class="badge busy">首次收录</span>') == 5
    assert sorted(listed(get("/new?change=new&days=all", "zh").text, "新收")) == list(range(1, 10))
    assert sorted(listed(get("/new?change=portal", "zh").text, "门户新发")) == [2, 3, 4]


def test_what_is_new_is_paged_to_its_end(
    get: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cqcrawler.site.pages.new._PER_PAGE", 2)
    monkeypatch.setattr("cqcrawler.site.pages.new._OF_EACH", 2)
    seen, link = [], "/new?days=all&change=new"
    while link:
        page = get(link, "zh").text
        seen += listed(page, "新收")
        found = re.search(r'rel="next" href="([^"]*)"', page)
        link = found[1].replace("&amp;", "&") if found else ""
    assert seen == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    page = get("/new", "zh").text
    assert listed(page, "首次收录") == [9, 8]
    assert "全部首次收录" in page


@pytest.mark.parametrize("typed", TYPED)
def test_nothing_typed_is_an_error(get: Callable[..., Any], typed: str) -> None:
    for name in ("days", "change", "after"):
        assert get("/new", params={"change": "new"} | {name: typed}).status_code == 200
    for name in ("from", "to"):
        answer = get("/articles/1/changes", params={name: typed})
        assert answer.status_code == 404
        assert "There is no such version" in answer.text


def test_a_place_in_the_list_that_is_none_is_said(get: Callable[..., Any]) -> None:
    assert "start from the first page" in get("/new?change=new&after=x").text


@pytest.mark.parametrize(
    ("asked", "removed", "added"),
    [
        ("", "6", "7"),
        ("?to=2", "5", "6"),
        ("?to=3", "6", "7"),
        ("?from=1", "5", "7"),
        ("?from=1&to=2", "5", "6"),
        ("?from=1&to=", "5", "7"),
        ("?from=3&to=2", "7", "6"),
    ],
)
def test_one_end_of_a_comparison_is_enough(
    get: Callable[..., Any], asked: str, removed: str, added: str
) -> None:
    page = get(f"/articles/1/changes{asked}").text
    assert f"投资<del>{removed}</del><ins>{added}</ins>亿元。" in page


def test_what_stayed_the_same_is_folded(get: Callable[..., Any]) -> None:
    page = get("/articles/1/changes", "zh").text
    assert re.findall(r"(\d) 段未改动", page) == ["2", "1"]
    body = page[page.index('<article class="difference"') :]
    unfolded = re.sub(r"(?s)<details.*?</details>", "", body)
    assert "第一段" in body
    assert "第一段" not in unfolded
    assert "亿元" in unfolded


@pytest.mark.parametrize("asked", ["from=9", "to=0", "from=1&to=4", "to=-1", "to=1.0", "from=x"])
def test_a_version_that_there_is_not_is_no_other_one(get: Callable[..., Any], asked: str) -> None:
    answer = get(f"/articles/1/changes?{asked}")
    assert answer.status_code == 404
    assert "This notice has 3" in answer.text
    assert 'href="/articles/1/changes?to=3"' in answer.text


def test_a_notice_of_one_version_has_no_changes(get: Callable[..., Any]) -> None:
    for asked in ("", "?to=1", "?from=1"):
        assert "do not differ" in get(f"/articles/2/changes{asked}").text
    assert get("/articles/99/changes").status_code == 404
