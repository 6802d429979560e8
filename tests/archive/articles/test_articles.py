from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cqcrawler.archive import Archive, Change
from cqcrawler.models import (
    Attachment,
    Evidence,
    Link,
    PageKind,
    PageState,
    Place,
    RemovedParagraph,
)

FULL: dict[str, Any] = {
    "title": "【渝北区招商】项目签约",
    "body": "第一段。\n第二段。",
    "region": "重庆-渝北区",
    "place": Place("500112", "重庆市", None, "渝北区", "两江新区"),
    "published": "2025-07-07",
    "section": "招商动态",
    "source": "重庆日报",
    "author": "张三",
    "tags": ("招商项目", "制造业", "招商项目"),
    "related": (Link("http://h/2", "相关", "2025-07-01"), Link("http://h/3")),
    "attachments": (Attachment("http://h/a.pdf", "附件", "pdf"),),
    "removed": (RemovedParagraph(2, "repeat", "第一段。"), RemovedParagraph(5, "share", "分享")),
    "provenance": {"title": Evidence("heading", "项目签约", 0.9)},
    "warnings": ("日期有两个",),
}


def test_everything_of_a_notice_is_kept(crawl: Any, archive: Archive) -> None:
    assert crawl.notice(**FULL) is Change.NEW
    article = archive.article("http://h/1")
    assert article is not None
    assert article == archive.article(article.id)
    assert (article.title, article.body) == (FULL["title"], FULL["body"])
    assert article.body_chars == 9
    place = (article.region_code, article.province, article.city, article.district, article.zone)
    assert place == ("500112", "重庆市", None, "渝北区", "两江新区")
    assert (article.section, article.source, article.author) == ("招商动态", "重庆日报", "张三")
    assert article.tags == ("招商项目", "制造业")
    assert article.related == FULL["related"]
    assert article.attachments == FULL["attachments"]
    assert article.provenance == FULL["provenance"]
    assert article.warnings == FULL["warnings"]
    assert article.reader_version == "1.0"
    assert (article.version, article.changed_at, article.withdrawn_at) == (1, None, None)
    assert tuple(archive.removed(article.id)) == FULL["removed"]


def test_saving_again_changes_nothing_but_when_it_was_seen(crawl: Any, archive: Archive) -> None:
    crawl.notice(**FULL)
    archive.index_all()
    before = _dump(archive)
    crawl.at += timedelta(days=1)
    assert crawl.notice(**FULL) is Change.UNCHANGED
    after = _dump(archive)
    assert {name for name in before if before[name] != after[name]} == {"articles", "pages"}
    (old,), (new,) = before["articles"], after["articles"]
    assert set(old.items()) ^ set(new.items()) == {
        ("last_seen", "2025-07-07T08:00:00Z"),
        ("last_seen", "2025-07-08T08:00:00Z"),
    }
    (old,), (new,) = before["pages"], after["pages"]
    assert {name for name in old if old[name] != new[name]} == {"checked_at", "fetched_at"}


@pytest.mark.parametrize(
    "edit",
    [{"title": "新标题"}, {"body": "改过"}, {"region": "重庆"}, {"published": "2025-07-08"}],
)
def test_an_edit_makes_a_version(crawl: Any, archive: Archive, edit: dict[str, str]) -> None:
    crawl.notice(**FULL)
    crawl.at += timedelta(days=1)
    assert crawl.notice(**(FULL | edit)) is Change.CHANGED
    article = archive.article(1)
    assert article is not None
    assert (article.version, article.changed_at) == (2, "2025-07-08T08:00:00Z")
    assert article.first_seen == "2025-07-07T08:00:00Z"
    old, new = archive.versions(1)
    assert (old.title, old.body, old.region, old.published) == tuple(
        FULL[name] for name in ("title", "body", "region", "published")
    )
    assert all(getattr(new, name) == value for name, value in edit.items())
    assert [v.captured_at for v in (old, new)] == ["2025-07-07T08:00:00Z", "2025-07-08T08:00:00Z"]


@pytest.mark.parametrize(
    "other", [{"tags": ("别的",)}, {"source": "新华社"}, {"related": ()}, {"attachments": ()}]
)
def test_other_differences_are_taken_in_place(
    crawl: Any, archive: Archive, other: dict[str, Any]
) -> None:
    crawl.notice(**FULL)
    assert crawl.notice(**(FULL | other)) is Change.UNCHANGED
    article = archive.article(1)
    assert article is not None
    assert article.version == 1
    assert all(getattr(article, name) == value for name, value in other.items())


def test_the_same_bytes_read_differently_are_no_edit(crawl: Any, archive: Archive) -> None:
    crawl.notice(body="读错", page={"digest": "sha256:1"})
    again = type(crawl)(archive)
    assert again.notice(body="读对", page={"digest": "sha256:1"}) is Change.UNCHANGED
    (version,) = archive.versions(1)
    assert (version.body, version.run_id) == ("读对", crawl.run_id)
    assert crawl.notice(body="改过", page={"digest": "sha256:2"}) is Change.CHANGED


def test_removed_text_is_kept_for_every_version(crawl: Any, archive: Archive) -> None:
    crawl.notice(body="一", removed=(RemovedParagraph(1, "repeat", "旧"),))
    crawl.notice(body="二", removed=(RemovedParagraph(1, "repeat", "新"),))
    assert [r.text for r in archive.removed(1)] == ["新"]
    rows = archive._db.database.query("SELECT version, text FROM removed_text ORDER BY version")
    assert [tuple(row.values()) for row in rows] == [(1, "旧"), (2, "新")]


def test_other_lists_beside_a_text_are_no_edit(crawl: Any, archive: Archive) -> None:
    """The rows are those of the raw page that the version names, which is the newest."""
    crawl.notice(body="一", removed=(RemovedParagraph(1, "links", "昨日要闻"),))
    crawl.at += timedelta(days=1)
    again = {"body": "一", "removed": (RemovedParagraph(0, "links", "今日要闻"),)}
    assert crawl.notice(**again) is Change.UNCHANGED
    assert archive.removed(1) == list(again["removed"])
    article = archive.article(1)
    assert article is not None
    assert (article.version, article.changed_at) == (1, None)
    assert len(archive.versions(1)) == 1


def test_a_page_that_reads_as_it_did_has_its_lines_written_once(
    crawl: Any, archive: Archive
) -> None:
    def rowids() -> list[list[tuple[int]]]:
        tables = ("removed_text", "article_tags", "related_links", "attachments")
        return [archive._db.execute(f"SELECT rowid FROM {table}").fetchall() for table in tables]

    crawl.notice(**FULL)
    crawl.notice("http://h/2", **FULL)  # Rows that are written again come after these.
    before = rowids()
    assert all(before)
    crawl.notice(**FULL)
    assert rowids() == before


def test_a_page_that_is_gone_withdraws_its_article(crawl: Any, archive: Archive) -> None:
    crawl.notice()
    crawl.at += timedelta(days=1)
    assert crawl.withdraw(status=404).withdrawn == 1
    crawl.at += timedelta(days=1)
    assert crawl.withdraw(status=404).withdrawn == 0
    article = archive.article(1)
    assert article is not None
    assert article.withdrawn_at == "2025-07-08T08:00:00Z"
    assert article.body == "正文"


@pytest.mark.parametrize("how", ["read", "not modified"])
def test_an_article_that_returns_is_withdrawn_no_more(
    crawl: Any, archive: Archive, how: str
) -> None:
    crawl.notice()
    crawl.withdraw()
    change = crawl.notice() if how == "read" else crawl.save(status=304)
    assert change is Change.RETURNED
    article = archive.article(1)
    assert article is not None
    assert article.withdrawn_at is None


def test_a_page_not_modified_was_seen(crawl: Any, archive: Archive) -> None:
    crawl.notice()
    crawl.at += timedelta(days=1)
    assert crawl.save(status=304) is Change.UNCHANGED
    article = archive.article(1)
    assert article is not None
    assert article.last_seen == "2025-07-08T08:00:00Z"


@pytest.mark.parametrize(
    "page",
    [
        {"state": PageState.FAILED, "error": "timeout"},
        {"state": PageState.EXCLUDED},
        {"reason": "challenge"},
    ],
)
def test_a_failure_leaves_the_article_alone(
    crawl: Any, archive: Archive, page: dict[str, Any]
) -> None:
    crawl.notice()
    before = archive.article(1)
    crawl.at += timedelta(days=1)
    assert crawl.save(**page) is Change.NONE
    assert archive.article(1) == before


def test_pages_without_an_article_concern_none(crawl: Any, archive: Archive) -> None:
    assert crawl.save(state=PageState.GONE) is Change.NONE
    assert crawl.save("http://h/list", kind=PageKind.LISTING) is Change.NONE
    assert list(archive) == []


def test_a_failed_save_leaves_nothing(crawl: Any, archive: Archive) -> None:
    before = _dump(archive)
    with pytest.raises(ValueError, match="no time zone"):
        crawl.notice(**FULL, page={"fetched_at": crawl.at.replace(tzinfo=None)})
    with pytest.raises(AttributeError):
        crawl.notice(**FULL, page={"candidates": (None,)})
    assert _dump(archive) == before


def _dump(archive: Archive) -> dict[str, list[dict[str, Any]]]:
    tables = set(archive._db.database.table_names()) - {"regions", "_sqlite_migrations"}
    return {name: list(archive._db.database.query(f"SELECT * FROM {name}")) for name in tables}


def test_the_same_bytes_later_are_of_the_same_day(crawl: Any, archive: Archive) -> None:
    """A page that says 3天前, and says so again on the next day without any change."""
    same = {"digest": "d"}
    crawl.notice(published="2025-07-04", page=same)
    assert crawl.notice(published="2025-07-05", page=same) is Change.UNCHANGED
    assert crawl.notice("http://h/2", page=same) is Change.NEW
    assert crawl.notice("http://h/2", published="2025-07-05", page=same) is Change.UNCHANGED
    days = [archive.article(number).published for number in (1, 2)]
    assert days == ["2025-07-04", "2025-07-05"]
