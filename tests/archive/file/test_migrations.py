"""Archives of every schema so far are what a new one is, once they were opened."""

from __future__ import annotations

import gzip
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.file.version import SCHEMA_VERSION
from cqcrawler.archive.repair import repair
from cqcrawler.archive.statistics import Doubtful
from cqcrawler.models import RemovedParagraph
from cqcrawler.verify import verify

TITLES = ("云岭新区举行智能装备项目签约仪式", "云岭新区产业园开园", "云岭新区发布投资政策")
SCHEMAS = Path(__file__).parent / "schemas"
SCRIPTS = Path(__file__).parents[3] / "scripts"
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/")


def number_of(file: Path) -> int:
    return int(file.name.partition(".")[0])


FIXTURES = sorted(SCHEMAS.glob("*.db.gz"), key=number_of)


@pytest.fixture(params=FIXTURES, ids=lambda file: file.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (number_of(request.param),)
    return path


@pytest.fixture
def migrated(old: Path) -> Iterator[Archive]:
    with Archive(old) as archive:
        yield archive


def schema(archive: Archive) -> dict[tuple[str, str], str | None]:
    """What SQLite says of every table, index and view, without comments and white space."""
    rows = archive._db.execute("SELECT type, name, sql FROM sqlite_master")
    return {
        (kind, name): sql and " ".join(_COMMENT.sub("", sql).split()) for kind, name, sql in rows
    }


def test_every_schema_has_its_archive() -> None:
    assert [number_of(file) for file in FIXTURES] == [*range(1, SCHEMA_VERSION + 1)]


def test_a_migrated_archive_has_the_tables_of_a_new_one(
    migrated: Archive, archive: Archive
) -> None:
    assert schema(migrated) == schema(archive)


def test_a_migrated_archive_has_its_notices(migrated: Archive) -> None:
    policy, opening, signing = sorted(migrated, key=lambda article: article.published or "")
    assert (signing.title, signing.version) == ("云岭新区举行智能装备项目签约仪式", 2)
    assert signing.body.endswith("\n投产后年产值20亿元。")
    assert (signing.tags, signing.district) == (("智能装备", "签约"), "渝北区")
    assert (signing.section, signing.section_kind) == ("招商动态", "news")
    assert [link.title for link in signing.related] == ["云岭新区产业园开园"]
    assert [file.name for file in signing.attachments] == ["项目简介"]
    first, second = migrated.versions(signing.id)
    assert second.body == f"{first.body}\n投产后年产值20亿元。"
    assert (opening.withdrawn_at, opening.version) == ("2025-07-08T08:00:00Z", 1)
    removed = RemovedParagraph(1, "repeat", "新办企业可以申请补贴。")
    assert migrated.removed(policy.id) == [removed]


def test_a_migrated_archive_says_what_is_doubtful(migrated: Archive) -> None:
    rows = migrated._db.execute(
        "SELECT title, field, confidence FROM doubts JOIN articles ON articles.id = article_id"
    )
    undated = {(title, "published", None) for title in TITLES}
    assert set(rows) == undated | {(title, "title", None) for title in TITLES[1:]}
    assert migrated.statistics.doubts() == {"yunling": Doubtful(published=3, title=2)}


def test_a_migrated_archive_is_found_in_and_sound(migrated: Archive) -> None:
    assert [hit.title.text for hit in migrated.search("补贴")] == ["云岭新区发布投资政策"]
    assert migrated.count("云岭") == 3
    assert verify(migrated, lambda part, count: lambda: None).ok
    assert [run.counts for run in migrated.runs.latest()] == [
        {"changed": 1, "withdrawn": 1},
        {"new": 3},
    ]


def test_an_earlier_archive_is_repaired(old: Path, archive: Archive) -> None:
    repair(old)
    with Archive(old) as mended:
        assert schema(mended) == schema(archive)
        assert verify(mended, lambda part, count: lambda: None).ok


def test_a_migrated_archive_is_crawled_on(migrated: Archive, make_crawl: type) -> None:
    crawl = make_crawl(migrated, "yunling")
    assert (
        crawl.notice("http://yunling.example/info/3.html", title="新题", body="新文") == "changed"
    )
    assert migrated.runs.portal_state("yunling").articles == 3


def test_the_script_makes_the_archive_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    monkeypatch.setattr(sys, "argv", ["schema_fixture.py", str(tmp_path)])
    from schema_fixture import main

    main()
    (made,) = tmp_path.iterdir()
    assert made.name == FIXTURES[-1].name
    assert dump(made, tmp_path / "made.db") == dump(FIXTURES[-1], tmp_path / "kept.db")


def dump(packed: Path, path: Path) -> list[str]:
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    with closing(sqlite3.connect(path)) as conn:
        lines = list(conn.iterdump())
    # The times of the migrations.
    return [line for line in lines if '"_sqlite_migrations"' not in line]
