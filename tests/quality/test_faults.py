"""The measurement of faults sees what is untrue."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from benchmarks.faults.cases import Run, judge
from benchmarks.faults.held import Row
from cqcrawler import read_article
from tests.crawl.conftest import Crawled, notice, notice_path

RUN = Run("partial", "HTTP 500", holds=range(1, 4), stop_after=5, patience=10)


def archived(number: int) -> Row:
    article = read_article(notice(number), "http://127.0.0.1:9/")
    url = f"http://127.0.0.1:9{notice_path(number)}"
    return Row(url, article.title, "\n".join(article.paragraphs), 1, withdrawn=False)


ROWS = [archived(number) for number in (1, 2, 3)]
FALSE = replace(ROWS[1], body=ROWS[0].body)


def untrue(
    rows: list[Row] = ROWS,
    outcome: str = "partial",
    reason: str = "1 pages failed: HTTP 500",
    code: int = 1,
    run: Run = RUN,
    seconds: float = 1,
) -> str:
    report = {"exit": code, "portals": [{"portal": "x", "outcome": outcome, "reason": reason}]}
    crawled = Crawled(code, json.dumps(report), "")
    return "; ".join(judge("a fault", run, crawled, rows, seconds).untrue)


def test_what_is_true_passes() -> None:
    assert untrue() == ""


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (untrue(outcome="ok", code=0), "ok, not partial"),
        (untrue(code=0), "exit 0 for partial"),
        (untrue(reason="3 pages failed"), "the reason lacks HTTP 500"),
        (untrue(ROWS[:2]), "lost: 3"),
        (untrue([ROWS[0], FALSE, ROWS[2]]), "lost: 2; false text: 2"),
        (untrue([*ROWS, archived(4)]), "archived: 4"),
        (untrue([*ROWS, replace(ROWS[0], url=f"{ROWS[0].url}?s=1")]), "archived twice: 1"),
        (untrue([*ROWS[:2], replace(ROWS[2], withdrawn=True)]), "lost: 3; withdrawn: 3"),
        (untrue(run=replace(RUN, holds=(1, 2), gone=(3,))), "not withdrawn: 3"),
        (untrue(seconds=60), "took 60 seconds to stop"),
    ],
)
def test_what_is_not_is_named(found: str, told: str) -> None:
    assert found == told


def test_a_run_without_a_report_is_untrue() -> None:
    result = judge("a fault", RUN, Crawled(-9, "", "it hangs"), ROWS, 1)
    assert (result.outcome, result.reason) == ("no report", "it hangs")
    assert "no report, not partial" in result.untrue
