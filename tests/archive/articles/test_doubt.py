"""A page in a new layout does not overwrite its article; an edited one does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cqcrawler.archive import Archive, Change
from cqcrawler.archive.articles.doubt import MISREAD
from cqcrawler.archive.file.connection import transaction
from cqcrawler.models import TWIN, Evidence

LONG = "重庆市渝北区与三家企业签约，项目总投资超百亿元。" * 10
STATED = {"published": "2025-07-07", "region": "重庆-渝北区"}
FROM_PAGE = {"published": Evidence("label", "发布日期", 1.0)}
FROM_ROW = {"published": Evidence("listing row", "07-07", 0.7)}


def first(crawl: Any, **fields: Any) -> None:
    held = {"body": LONG, "provenance": FROM_PAGE, **STATED, **fields}
    assert crawl.notice(title="三家企业签约", **held) is Change.NEW


@pytest.mark.parametrize(
    "now",
    [
        {"body": LONG, "published": None, "region": None},
        {"body": LONG, "published": "2025-07-07", "provenance": FROM_ROW, "region": None},
        {"body": "加载中", "published": "2025-07-07", "region": None},
        {"body": "加载中", "published": None, "region": "重庆-渝北区"},
        {"body": "", "title": "招商网", **STATED},
    ],
)
def test_a_page_that_reads_worse_is_rejected(
    crawl: Any, archive: Archive, now: dict[str, Any]
) -> None:
    first(crawl)
    assert crawl.notice(**{"title": "三家企业签约", **now}) is Change.NONE
    article = archive.article(1)
    assert article is not None
    assert (article.body, article.version, article.published) == (LONG, 1, "2025-07-07")
    state = archive._db.execute("SELECT state, reason FROM pages JOIN rejects USING (url)")
    assert state.fetchone() == ("rejected", MISREAD)


@pytest.mark.parametrize(
    "now",
    [
        {"body": "本公告已撤销。", **STATED},
        {"body": LONG + "更正。", "published": "2025-07-08", "region": "重庆"},
        {"body": LONG, "published": "2025-07-07", "region": None},
        {"body": "", "title": "三家企业签约", **STATED},
    ],
)
def test_an_edit_is_a_version(crawl: Any, archive: Archive, now: dict[str, Any]) -> None:
    first(crawl)
    edited = {"title": "三家企业签约", "provenance": FROM_PAGE, **now}
    assert crawl.notice(**edited) is Change.CHANGED


def test_what_a_page_never_stated_is_not_lost(crawl: Any) -> None:
    first(crawl, provenance=FROM_ROW, region=None)
    assert crawl.notice(title="三家企业签约", body=LONG + "更正。") is Change.CHANGED


def test_a_person_can_accept_the_new_layout(crawl: Any, archive: Archive) -> None:
    first(crawl)
    assert crawl.notice(title="三家企业签约", body=LONG) is Change.NONE
    with transaction(archive._db):
        archive._db.execute("UPDATE runs SET accepted = 1")
    assert crawl.notice(title="三家企业签约", body=LONG) is Change.CHANGED


def test_a_page_that_reads_again_is_taken_up(crawl: Any, archive: Archive) -> None:
    first(crawl)
    assert crawl.notice(title="三家企业签约", body=LONG) is Change.NONE
    same = {"title": "三家企业签约", "body": LONG, "provenance": FROM_PAGE, **STATED}
    assert crawl.notice(**same) is Change.UNCHANGED
    (state,) = archive._db.execute("SELECT state FROM pages").fetchone()
    assert state == "done"


def cut(crawl: Any, body: str, days: int) -> Change:
    later = type(crawl)(crawl.archive, at=crawl.at + timedelta(days=days))
    change: Change = later.notice(
        title="三家企业签约", body=body, provenance=FROM_PAGE, page={"cut": True}, **STATED
    )
    return change


@pytest.mark.parametrize("body", [LONG, "请输入关键词检索"])
def test_a_text_that_breaks_off_is_an_edit_when_it_comes_so_on_another_day(
    crawl: Any, archive: Archive, body: str
) -> None:
    first(crawl, body=f"{LONG}\n{LONG}")
    assert cut(crawl, body, 1) is Change.NONE
    (detail,) = archive._db.execute("SELECT detail FROM rejects").fetchone()
    assert detail == f"the page breaks off after {len(body)} characters of its text"
    assert cut(crawl, body, 1) is Change.NONE
    assert cut(crawl, body, 2) is Change.CHANGED


@pytest.mark.parametrize("body", [f"{LONG}\n{LONG}", f"{LONG}\n别的。", f"{LONG}\n{LONG}\n更多。"])
def test_only_a_beginning_is_in_doubt(crawl: Any, body: str) -> None:
    first(crawl, body=f"{LONG}\n{LONG}")
    assert cut(crawl, body, 1) is not Change.NONE


def test_a_notice_is_archived_once_for_desks_and_phones(crawl: Any, archive: Archive) -> None:
    assert crawl.notice("http://h/info/1.html", body=LONG) is Change.NEW
    assert crawl.notice("http://h/m/info/1.html", body=LONG) is Change.NONE
    (reject,) = archive._db.execute("SELECT url, reason, detail FROM rejects")
    assert reject == ("http://h/m/info/1.html", TWIN, "is archived as http://h/info/1.html")


@pytest.mark.parametrize(
    ("url", "fields"),
    [
        ("http://h/info/2.html", {"body": LONG}),  # a reprint
        ("http://h/m/info/1.html", {"body": f"{LONG}\n别的"}),
        ("http://h/m/info/1.html", {"body": LONG, "title": "别的"}),
    ],
)
def test_what_differs_is_no_twin(crawl: Any, url: str, fields: dict[str, Any]) -> None:
    crawl.notice("http://h/info/1.html", body=LONG)
    assert crawl.notice(url, **fields) is Change.NEW
