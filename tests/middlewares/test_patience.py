from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cqcrawler.middlewares.patience import retry_after

NOW = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 07 Jul 2025 08:01:30 GMT", 90.0),
        ("Monday, 07-Jul-25 08:01:30 GMT", 90.0),
        ("Mon, 07 Jul 2025 16:01:30 +0800", 90.0),
        ("Mon, 07 Jul 2025 08:01:30 -0000", 90.0),
        ("Mon, 07 Jul 2025 07:00:00 GMT", 0.0),
        ("-5", 0.0),
        ("1.5", 0.0),
        ("１２", 0.0),
        ("soon", 0.0),
        ("", 0.0),
    ],
)
def test_retry_after(value, seconds):
    assert retry_after(value, NOW) == seconds
