from __future__ import annotations

import sqlite3

import pytest

from cqcrawler.archive.articles.novelty import CONDITIONS, Novelty, novelty


@pytest.mark.parametrize(
    ("first_seen", "published", "expected"),
    [
        ("2025-07-15T08:00:00Z", "2025-07-15", Novelty.AT_PORTAL),
        ("2025-07-15T08:00:00Z", "2025-07-08", Novelty.AT_PORTAL),
        ("2025-07-15T08:00:00Z", "2025-07-07", Novelty.FIRST_ARCHIVED),
        # It is the next day in Beijing already.
        ("2025-07-15T17:00:00Z", "2025-07-08", Novelty.FIRST_ARCHIVED),
        ("2025-07-15T08:00:00Z", "2025-07-20", Novelty.AT_PORTAL),
        ("2025-07-15T08:00:00Z", None, Novelty.AT_PORTAL),
        ("2025-07-15T08:00:00Z", "", Novelty.AT_PORTAL),
    ],
)
def test_what_is_new_at_its_portal(
    first_seen: str, published: str | None, expected: Novelty
) -> None:
    assert novelty(first_seen, published) is expected
    for kind, condition in CONDITIONS.items():
        row = "SELECT ? AS first_seen, ? AS published"
        sql = f"SELECT count(*) FROM ({row}) WHERE {condition}"
        (count,) = sqlite3.connect(":memory:").execute(sql, [first_seen, published]).fetchone()
        assert count == (kind is expected)
