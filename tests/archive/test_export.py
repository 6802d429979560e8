from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.archive.export import write
from cqcrawler.archive.export.columns import COLUMNS, Table
from cqcrawler.exceptions import UsageError
from cqcrawler.models import Attachment, Evidence, Link


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv(crawl: Any, archive: Archive, tmp_path: Path) -> None:
    crawl.notice("http://h/1", "旧,标题", published="2025-07-01")
    crawl.notice("http://h/2", '新"标题"', "一\n二", published="2025-07-02", tags=("甲", "乙"))
    path = tmp_path / "exports" / "all.csv"
    exported = archive.export(path)
    assert exported.rows == 2
    assert exported.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,portal,url,title,")
    new, old = _read_csv(path)
    assert (new["title"], new["body"], new["tags"]) == ('新"标题"', "一\n二", "甲;乙")
    assert (old["title"], old["published"], old["region"]) == ("旧,标题", "2025-07-01", "")


@pytest.mark.parametrize("start", ["=1+1", "+86", "-5", "@SUM(A1)", "\tx", "＝1"])
def test_cells_that_a_spreadsheet_would_run_are_harmless(
    crawl: Any, archive: Archive, tmp_path: Path, start: str
) -> None:
    crawl.notice(title=start, body=start, source=start, tags=(start,))
    archive.export(tmp_path / "all.csv")
    (row,) = _read_csv(tmp_path / "all.csv")
    for name in ("title", "body", "source", "tags"):
        assert row[name] == f"'{start}"
    assert row["version"] == "1"


def test_jsonl(crawl: Any, archive: Archive, tmp_path: Path) -> None:
    crawl.notice(
        title="=标题",
        tags=("甲",),
        related=(Link("http://h/2", "相关", "2025-07-01"),),
        attachments=(Attachment("http://h/a.pdf", "附件", "pdf"),),
        provenance={"title": Evidence("heading", "标题", 0.9)},
    )
    exported = archive.export(tmp_path / "all.JSONL")
    text = (tmp_path / "all.JSONL").read_text(encoding="utf-8")
    assert exported.rows == 1
    assert "标题" in text
    record = json.loads(text)
    assert (record["title"], record["tags"], record["published"]) == ("=标题", ["甲"], None)
    assert record["related"] == [{"url": "http://h/2", "title": "相关", "published": "2025-07-01"}]
    assert record["attachments"] == [{"url": "http://h/a.pdf", "name": "附件", "kind": "pdf"}]
    assert record["provenance"]["title"]["origin"] == "heading"


def test_filters_apply(crawl: Any, archive: Archive, tmp_path: Path) -> None:
    crawl.notice("http://h/1", tags=("甲",))
    crawl.notice("http://h/2")
    assert archive.export(tmp_path / "a.csv", Filters(tag="甲")).rows == 1
    assert archive.export(tmp_path / "a.csv", Filters(tag="甲", since="2025")).rows == 0
    assert _read_csv(tmp_path / "a.csv") == []


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "parquet"])
def test_an_export_that_fails_leaves_the_old_file(
    crawl: Any, archive: Archive, tmp_path: Path, kind: str
) -> None:
    def break_off() -> Iterator[StoredArticle]:
        yield from archive
        raise KeyboardInterrupt

    crawl.notice()
    path = tmp_path / f"all.{kind}"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write(break_off(), COLUMNS[Table.ARTICLES], path)
    assert path.read_text() == "old"
    assert {file.suffix for file in tmp_path.iterdir()} <= {
        f".{kind}",
        *(".db", ".db-wal", ".db-shm"),
    }


def test_an_export_is_of_one_moment(crawl: Any, archive: Archive, tmp_path: Path) -> None:
    """What a crawl saves meanwhile is in the next one, tags and all."""
    for number in range(3):
        crawl.notice(f"http://h/{number}", "旧", tags=("旧",), published="2025-07-01")

    def beside_a_writer(articles: Iterator[StoredArticle]) -> Iterator[StoredArticle]:
        for article in articles:
            for number in range(5):
                crawl.notice(f"http://h/{number}", "新", tags=("新",), published="2025-07-01")
            yield article

    path = tmp_path / "all.csv"
    with Archive(archive.path, must_exist=True) as reader, reader.reading():
        rows = beside_a_writer(reader.articles())
        assert write(rows, COLUMNS[Table.ARTICLES], path).rows == 3
    assert [(row["title"], row["tags"]) for row in _read_csv(path)] == [("旧", "旧")] * 3
    assert archive.export(path).rows == 5


@pytest.mark.parametrize("name", ["all", "all.txt", "all.csv.gz"])
def test_an_unknown_suffix_is_an_error(archive: Archive, tmp_path: Path, name: str) -> None:
    with pytest.raises(
        UsageError, match=r"end it in \.csv, \.jsonl, \.xlsx, \.parquet, \.bib or \.ris"
    ):
        archive.export(tmp_path / name)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "parquet"])
def test_a_place_that_cannot_be_written_is_an_error(
    archive: Archive, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot write"):
        archive.export(tmp_path / "file" / f"all.{kind}")


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "parquet"])
def test_a_full_disk_is_an_error_and_leaves_nothing(
    crawl: Any, archive: Archive, kind: str
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    crawl.notice()
    (archive.path.parent / f".all.{kind}.{os.getpid()}.part").symlink_to(full)
    with pytest.raises(UsageError, match="No space left on device"):
        archive.export(archive.path.parent / f"all.{kind}")
    assert not list(archive.path.parent.glob("*all*"))


def test_parquet_without_pyarrow_says_what_to_install(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install pyarrow"):
        archive.export(tmp_path / "all.parquet")


def test_a_table_says_who_invests_how_much(crawl: Any, archive: Archive, tmp_path: Path) -> None:
    body = "渝北区与甲储能有限公司签约，总投资30亿元，其中一期投资10亿元。全区累计签约800亿元。"
    crawl.notice("http://h/1", "储能项目签约", body, published="2025-07-01")
    archive.export(tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["investors"], float(row["invested"])) == ("甲储能有限公司", 30e8)
