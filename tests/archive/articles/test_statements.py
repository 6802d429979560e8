"""What articles state goes with their text: written with it, and read again when it changes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cqcrawler import read_facts
from cqcrawler.archive import Archive, Change
from cqcrawler.archive.articles import statements
from cqcrawler.facts import read
from cqcrawler.models import Place
from tests.stating import read_simply, simple_facts

BODY = (
    "2024-03-05，渝北区与甲公司签约，总投资超12亿元，用地30亩。\n"
    "其中5亿元投芯片。补贴200元，截止2025-08-01。"
)
TABLES = ("facts", *statements.TABLES[1:])


@pytest.fixture(autouse=True)
def _simply(monkeypatch: pytest.MonkeyPatch) -> None:
    read_simply(monkeypatch)


def rows(archive: Archive, sql: str) -> list[tuple[Any, ...]]:
    return archive._db.execute(sql).fetchall()


def rowids(archive: Archive) -> list[list[tuple[int]]]:
    return [rows(archive, f"SELECT rowid FROM {table}") for table in TABLES]


def test_everything_that_an_article_states_is_kept(crawl: Any, archive: Archive) -> None:
    crawl.notice(title="一个项目落户", body=BODY, published="2025-07-07")
    article = archive.article(1)
    assert article is not None
    assert (article.event_from, article.event_to, article.event_text) == ("2024-03-05",) * 3
    assert (article.stale, article.stage, article.facts_version) == (True, "签约", "simple")
    assert article.industries == ("集成电路",)
    assert article.places == ("渝北区",)
    (actor,) = article.actors
    assert (actor.kind, actor.name, actor.role) == ("company", "甲公司", "investor")
    assert [(d.kind, d.day) for d in article.dates_ahead] == [("deadline", "2025-08-01")]
    assert [(f.kind, f.value, f.role) for f in article.facts] == [
        ("investment", 1.2e9, "single"),
        ("area", 20000.0, "single"),
        ("investment", 5e8, "part"),
    ]
    whole = rows(archive, "SELECT event_precision, event_field, event_start FROM articles")
    assert whole == [("day", "body", 0)]
    assert rows(archive, "SELECT kind, value, text FROM other_numbers") == [
        ("subsidy", 200.0, "200")
    ]


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_the_words_that_it_was_read_from(
    crawl: Any, archive: Archive, table: str
) -> None:
    crawl.notice(title="渝北区：总投资8亿元的疫苗项目", body=BODY)
    found = rows(
        archive,
        f"""SELECT {table}.text, substr(iif(field = 'title', title, body), start + 1, stop - start)
        FROM {table} JOIN articles ON articles.id = article_id""",
    )
    assert found
    for text, words in found:
        assert text == words


@pytest.mark.parametrize("how", [{}, {"source": "新华社"}, {"tags": ("签约",)}])
def test_what_did_not_change_is_not_read_again(
    crawl: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any]
) -> None:
    crawl.notice(body=BODY)
    before = rowids(archive)
    monkeypatch.setattr(read, "read_facts", lambda *_, **__: pytest.fail("read again"))
    assert crawl.notice(body=BODY, **how) is Change.UNCHANGED
    assert crawl.save(status=304) is Change.UNCHANGED
    assert rowids(archive) == before


@pytest.mark.parametrize(
    ("edit", "column", "value"),
    [
        ({"body": "总投资7亿元。"}, "(SELECT max(value) FROM facts)", 7e8),
        ({"title": "竣工"}, "stage", "签约"),
        ({"title": "洽谈"}, "stage", "洽谈"),
        ({"published": "2024-03-09"}, "stale", 0),
        ({"region": "重庆-渝北区"}, "(SELECT count(*) FROM article_places)", 0),
    ],
)
def test_what_decides_facts_has_them_read_again(
    crawl: Any, archive: Archive, edit: dict[str, str], column: str, value: object
) -> None:
    first = {"title": "标题", "body": BODY, "published": "2025-07-07", "region": "重庆"}
    crawl.notice(**first)
    crawl.notice(**(first | edit))
    assert rows(archive, f"SELECT {column} FROM articles") == [(value,)]
    assert all(article.facts_version == "simple" for article in archive)


def test_another_version_of_the_rules_reads_again_what_is_fetched_again(
    crawl: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl.notice(body="总投资7亿元。")
    read_simply(monkeypatch, "better")
    article = archive.article(1)
    assert crawl.notice(body="总投资7亿元。") is Change.UNCHANGED
    again = archive.article(1)
    assert article is not None
    assert again is not None
    assert (article.facts_version, again.facts_version) == ("simple", "better")
    assert (again.version, len(again.facts)) == (1, 1)


def test_facts_are_those_of_the_present_version(crawl: Any, archive: Archive) -> None:
    crawl.notice(body=BODY)
    crawl.notice(body="没有数字。")
    assert len(archive.versions(1)) == 2
    article = archive.article(1)
    assert article is not None
    assert (article.facts, article.stage, article.industries, article.stale) == (
        (),
        None,
        (),
        False,
    )
    assert not any(rowids(archive))


def test_no_notice_is_lost_where_rules_of_facts_fail(
    crawl: Any,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    crawl.notice(title="签约", body="2025-01-01，总投资7亿元。")

    def defective(title: str, body: str, **_: object) -> object:
        raise ArithmeticError(body)

    monkeypatch.setattr(read, "read_facts", defective)
    for url in ("http://h/1", "http://h/2"):
        crawl.notice(url, title="签约", body="总投资9亿元。")
    assert [article.body for article in archive] == ["总投资9亿元。"] * 2
    assert not any(rowids(archive))
    known = {(a.facts_version, a.stale, a.stage, a.event_from) for a in archive}
    assert known == {(None, None, None, None)}
    assert caplog.text.count("the facts of '签约' cannot be read") == 2
    read_simply(monkeypatch)
    crawl.notice("http://h/2", title="签约", body="总投资9亿元。")
    assert rows(archive, "SELECT article_id, value FROM facts") == [(2, 9e8)]


def test_what_is_gone_keeps_its_facts(crawl: Any, archive: Archive) -> None:
    crawl.notice(body="总投资7亿元。")
    crawl.withdraw()
    assert rows(archive, "SELECT value FROM facts") == [(7e8,)]


def test_what_is_forgotten_leaves_none(crawl: Any, archive: Archive) -> None:
    crawl.notice(body=BODY, title="渝北区疫苗项目")
    assert all(rowids(archive))
    archive.forgetting.forget("http://h/1", [], crawl.at)
    assert not any(rowids(archive))


def test_an_archive_of_before_has_none_until_they_are_read(crawl: Any, archive: Archive) -> None:
    crawl.notice(body=BODY)
    archive._db.execute("UPDATE articles SET facts_version = NULL, stale = NULL, stage = NULL")
    for table in TABLES:
        archive._db.execute(f"DELETE FROM {table}")
    archive._db.commit()
    article = archive.article(1)
    assert article is not None
    assert (article.facts_version, article.stale, article.facts) == (None, None, ())
    crawl.notice(body=BODY)
    assert len(rows(archive, "SELECT * FROM facts")) == 3


def test_the_public_name_takes_a_day_or_none() -> None:
    from datetime import date, datetime

    days = (None, "2025-07-07", date(2025, 7, 7), datetime(2025, 7, 7, 8))
    assert all(
        read_facts("", "", published=day, region="重庆") == simple_facts("", "") for day in days
    )
    for wrong in ("", "7月7日", "2025-13-01", 20250707):
        with pytest.raises(ValueError, match="give an ISO date such as '2025-07-07'"):
            read_facts("题", "文", published=wrong)  # type: ignore[arg-type]


def test_foreign_keys_hold_after_all(crawl: Any, archive: Archive, path: Path) -> None:
    crawl.notice(body=BODY, place=Place("500112", "重庆市", None, "渝北区"))
    crawl.notice(body=BODY.replace("12", "13"))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
