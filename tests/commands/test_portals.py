"""`cqcrawler portals`: the registry with the last runs, and the lint."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from cqcrawler.archive import Archive
from cqcrawler.commands import main
from cqcrawler.models import Outcome


@pytest.fixture
def portals(tmp_path):
    """Run the command over an archive in which one portal has a run."""

    def run(*arguments):
        return CliRunner().invoke(main, ["portals", *arguments])

    return run


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "archive.db"
    at = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)
    with Archive(path) as archive:
        run_id = archive.runs.begin("sc", scope="full", version="1", at=at)
        archive.runs.end(
            run_id, at=at, outcome=Outcome.BLOCKED, reason="captcha", counts={}, stats={}
        )
    return path


def test_lists_the_registry_with_the_last_run(portals, archive):
    rows = json.loads(portals("--archive", str(archive), "--json").output)
    by_name = {row["portal"]: row for row in rows}
    assert list(by_name) == ["chongqing", "js", "sc"]
    assert by_name["sc"] == {
        "portal": "sc",
        "title": "四川招商网",
        "platform": "generic",
        "region": "510000",
        "start_urls": ["http://sc.010b.com/"],
        "interval_hours": 24.0,
        "next_due": by_name["sc"]["next_due"],
        "last_run": "2025-07-07T08:00:00Z",
        "outcome": "blocked",
        "reason": "captcha",
    }
    assert by_name["js"]["last_run"] is None
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M}"
    assert all(row["next_due"] <= f"{now}:59Z" for row in rows)


def test_prints_a_table_without_an_archive(portals, tmp_path):
    result = portals("--archive", str(tmp_path / "none.db"))
    assert result.exit_code == 0
    lines = {line.split()[0]: line.split() for line in result.output.splitlines() if line.split()}
    assert lines["chongqing"] == [
        "chongqing",
        "重庆招商网",
        "generic",
        "500000",
        "24",
        "h",
        "now",
        "never",
    ]
    assert not (tmp_path / "none.db").exists()


def test_check_accepts_what_we_ship(portals):
    result = portals("check")
    assert (result.exit_code, result.output) == (0, "3 portal files are valid\n")


def test_check_names_every_fault(portals, tmp_path, monkeypatch):
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(tmp_path))
    (tmp_path / "broken.toml").write_text("name = ")
    (tmp_path / "odd.toml").write_text('name = "other"\ntitle = "t"\n')
    result = portals("check")
    assert result.exit_code == 2
    assert "broken.toml: cannot be read as TOML" in result.stderr
    assert "odd.toml: missing platform, region, start_urls" in result.stderr
    assert "the file is called odd.toml" in result.stderr
