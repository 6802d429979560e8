from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from cqcrawler.archive import Archive
from cqcrawler.archive.export import write
from cqcrawler.archive.export.columns import COLUMNS, Table


def test_columns_have_their_types(crawl: Any, archive: Archive, tmp_path: Path) -> None:
    crawl.notice("http://h/1", "=标题", published="2025-07-01", tags=("甲", "乙"))
    crawl.notice("http://h/2")
    assert archive.export(tmp_path / "all.parquet").rows == 2
    table = parquet.read_table(tmp_path / "all.parquet")
    assert table.schema.field("published").type == pyarrow.date32()
    assert table.schema.field("first_seen").type == pyarrow.timestamp("ms", tz="UTC")
    assert table.schema.field("version").type == pyarrow.int64()
    assert table.schema.field("tags").type == pyarrow.string()
    first, second = table.to_pylist()
    assert (first["title"], first["tags"]) == ("=标题", "甲;乙")
    assert first["published"] == date(2025, 7, 1)
    assert first["first_seen"] == datetime(2025, 7, 7, 8, tzinfo=UTC)
    assert (second["published"], second["region"], second["withdrawn_at"]) == (None, None, None)


def test_rows_go_in_groups(crawl: Any, archive: Archive, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("cqcrawler.archive.export.parquet._GROUP_ROWS", 2)
    for number in range(5):
        crawl.notice(f"http://h/{number}")
    rows = archive.all_versions(archive.found())
    exported = write(rows, COLUMNS[Table.VERSIONS], tmp_path / "all.parquet")
    assert exported.rows == 5
    metadata = parquet.read_metadata(tmp_path / "all.parquet")
    assert (metadata.num_row_groups, metadata.num_rows) == (3, 5)


def test_nothing_gives_a_table_with_columns(archive: Archive, tmp_path: Path) -> None:
    assert archive.export(tmp_path / "none.parquet").rows == 0
    assert parquet.read_table(tmp_path / "none.parquet").column_names[:2] == ["id", "portal"]
