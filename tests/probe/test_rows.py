from __future__ import annotations

import pytest

from cqcrawler.probe.rows import order_of


@pytest.mark.parametrize(
    ("days", "order"),
    [
        ([30, 29, 29, 12, 3], "newest first"),
        ([3, 12, 29, 30], "oldest first"),
        ([1, 30, 29, 28, 27, 12, 3], "newest first but for 1"),
        ([30, 1, 29, 28, 27, 2, 26, 25, 24], "newest first but for 2"),
        ([3, 9, 12, 2, 20, 25], "oldest first but for 1"),
        ([3, 30, 1, 20, 2, 29, 4, 28], "in no order of their dates"),
        ([7, 7, 7], ""),
        ([7], ""),
        ([], ""),
    ],
)
def test_order_of_dates(days: list[int], order: str) -> None:
    assert order_of([f"2026-09-{day:02}" for day in days]) == order
