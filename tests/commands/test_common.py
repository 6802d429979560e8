from __future__ import annotations

from datetime import date

import click
import pytest

from cqcrawler.commands.common import parse_date


@pytest.mark.parametrize("text", ["2025-07-07", "2025-7-7"])
def test_days(text: str) -> None:
    assert parse_date(text) == date(2025, 7, 7)


@pytest.mark.parametrize(
    "text", ["2025-02-30", "20250707", "2025-07-07T00:00", "07-07", "", "7月7日"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is no date: write it like 2025-07-07"):
        parse_date(text)
