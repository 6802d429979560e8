"""Settings that make no sense are told, those that do are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cqcrawler import checks
from cqcrawler.crawling import load_settings
from cqcrawler.exceptions import UsageError

PACKAGE = Path(checks.__file__).parent
NUMBERS = (*checks._WHOLE, *checks._FROM_ZERO, *checks._ABOVE_ZERO)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["abc", "", "-1", "nan", "inf", "1e999", "1,5", None])
def test_a_number_that_is_none(name, value):
    with pytest.raises(UsageError, match=f"{name} is {re.escape(repr(value))}: it takes"):
        load_settings({name: value})


@pytest.mark.parametrize("name", checks._SWITCHES)
def test_a_switch_that_is_none(name):
    with pytest.raises(UsageError, match=f"{name} is 'maybe': it takes True or False"):
        load_settings({name: "maybe"})


@pytest.mark.parametrize(
    "setting",
    [
        {"DOWNLOAD_DELAY": "0"},
        {"DOWNLOAD_DELAY": 2.5},
        {"DOWNLOAD_TIMEOUT": "0.5"},
        {"CLOSESPIDER_TIMEOUT": "1e3"},
        {"ROBOTSTXT_OBEY": "false"},
        {"RETRY_HTTP_CODES": "500,503"},
        {"LOG_LEVEL": "DEBUG"},
        {"LOG_LEVEL": 10},
        {"CQCRAWLER_WEBHOOK": ""},
        {"CQCRAWLER_WEBHOOK": "https://example.org/hook"},
    ],
)
def test_a_value_that_makes_sense(setting):
    load_settings(setting)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DOWNLOAD_TIMEOUT", "0", "above 0"),
        ("CQCRAWLER_MAX_PAGES", "0", "from 1 on"),
        ("CQCRAWLER_MAX_PAGES", "1.5", "whole"),
        ("RETRY_HTTP_CODES", "5xx", "numbers"),
        ("LOG_LEVEL", "10", "DEBUG"),
        ("CQCRAWLER_MAX_PAGE", "3", "did you mean CQCRAWLER_MAX_PAGES"),
        ("CQCRAWLER_WEBHOOK", "http://[::1", "no http or https URL"),
    ],
)
def test_a_value_that_makes_none(name, value, said):
    with pytest.raises(UsageError, match=said):
        load_settings({name: value})


def test_all_faults_are_named_at_once():
    with pytest.raises(UsageError, match=r"DOWNLOAD_DELAY is .*; DNS_TIMEOUT is "):
        load_settings({"DOWNLOAD_DELAY": "x", "DNS_TIMEOUT": "y"})


def test_every_number_that_we_read_is_checked():
    read = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r"\bget(?:int|float)\(\"(\w+)\"", path.read_text("utf-8"))
    }
    assert len(read) > 15
    assert read <= {*NUMBERS}
