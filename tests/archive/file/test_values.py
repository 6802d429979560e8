from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from cqcrawler.archive.file.values import timestamp, to_json


def test_times_are_written_in_utc() -> None:
    beijing = timezone(timedelta(hours=8))
    assert timestamp(datetime(2025, 7, 7, 7, 30, 5, 999, beijing)) == "2025-07-06T23:30:05Z"


def test_times_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        timestamp(datetime(2025, 7, 7))


def test_equal_values_are_the_same_json() -> None:
    assert (
        to_json({"b": "重庆", "a": 1}) == to_json({"a": 1, "b": "重庆"}) == '{"a": 1, "b": "重庆"}'
    )
