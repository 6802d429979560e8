from __future__ import annotations

from datetime import date

import click
import pytest
from click.testing import CliRunner

from cqcrawler.commands import main
from cqcrawler.commands.common import parse_date


@pytest.mark.parametrize(("typed", "meant"), [("serach", "search"), ("crwal", "crawl")])
def test_a_mistyped_command_is_recognised(typed: str, meant: str) -> None:
    result = CliRunner().invoke(main, [typed, "生物医药"])
    assert result.exit_code == 2
    asked, _, suggested = result.stderr.partition("Did you mean")
    assert f"No such command '{typed}'" in asked
    assert f"'{meant}'" in suggested


@pytest.mark.parametrize("text", ["2025-07-07", "2025-7-7"])
def test_days(text: str) -> None:
    assert parse_date(text) == date(2025, 7, 7)


@pytest.mark.parametrize(
    "text", ["2025-02-30", "20250707", "2025-07-07T00:00", "07-07", "", "7月7日"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is no date: write it like 2025-07-07"):
        parse_date(text)
