"""`cqcrawler portals`: the registry with the last runs, and the lint."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from cqcrawler.archive import Archive
from cqcrawler.commands import main
from cqcrawler.models import Outcome
from cqcrawler.portals import portal_files


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
    assert list(by_name) == sorted(portal_files())
    assert by_name["sc"] == {
        "portal": "sc",
        "title": "四川招商网",
        "platform": "generic",
        "region": "510000",
        "start_urls": ["http://sc.010b.com/"],
        "interval_hours": 24.0,
        "verified": True,
        "enabled": True,
        "note": "",
        "next_due": by_name["sc"]["next_due"],
        "last_run": "2025-07-07T08:00:00Z",
        "outcome": "blocked",
        "reason": "captcha",
    }
    assert by_name["js"]["last_run"] is None
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M}"
    assert all(row["next_due"] <= f"{now}:59Z" for row in rows if row["enabled"])
    assert all(row["next_due"] is None and row["note"] for row in rows if not row["verified"])


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
    assert (result.exit_code, result.output) == (
        0,
        f"{len(portal_files())} portal files are valid\n",
    )


def test_check_names_every_fault(portals, tmp_path, monkeypatch):
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(tmp_path))
    (tmp_path / "broken.toml").write_text("name = ")
    (tmp_path / "odd.toml").write_text('name = "other"\ntitle = "t"\n')
    result = portals("check")
    assert result.exit_code == 2
    assert "broken.toml: cannot be read as TOML" in result.stderr
    assert "odd.toml: missing platform, region, start_urls" in result.stderr
    assert "the file is called odd.toml" in result.stderr


SUZHOU = """name = "suzhou"
title = "苏州投资促进网"
platform = "generic"
region = "320500"
start_urls = ["http://invest.example.cn/"]
"""
UNVERIFIED = SUZHOU + 'verified = false\nnote = "its address is from a directory"\n'


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The operator's folder, with a portal that nobody has reached."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "suzhou.toml").write_text(UNVERIFIED)
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(folder))
    return folder


def test_checks_files_wherever_they_are(portals, tmp_path):
    good, bad = tmp_path / "suzhou.toml", tmp_path / "bad.toml"
    good.write_text(SUZHOU)
    bad.write_text(SUZHOU.replace("suzhou", "bad") + '[listing]\nreason = "r"\nrows = "a["\n')
    result = portals("check", str(good))
    assert (result.exit_code, result.output) == (0, "1 portal file is valid\n")
    result = portals("check", str(good), str(bad), str(tmp_path / "none.toml"))
    assert result.exit_code == 2
    first, second = result.stderr.splitlines()
    assert first.startswith(f"{bad}: listing.rows: 'a[' is no CSS selector: ")
    assert second.startswith(f"{tmp_path / 'none.toml'}: cannot be read")


def entry(portals, tmp_path):
    output = portals("--archive", str(tmp_path / "none.db"), "--json").output
    return next(row for row in json.loads(output) if row["portal"] == "suzhou")


def test_what_nobody_reached_is_never_due_until_it_is_enabled(portals, own, tmp_path):
    before = entry(portals, tmp_path)
    assert (before["verified"], before["enabled"], before["next_due"]) == (False, False, None)
    assert before["note"] == "its address is from a directory"
    assert "not enabled" in portals("--archive", str(tmp_path / "none.db")).output
    result = portals("enable", "suzhou")
    assert result.output == f"suzhou is crawled when it is due, as {own}/enabled.txt says\n"
    after = entry(portals, tmp_path)
    assert (after["verified"], after["enabled"], after["interval_hours"]) == (False, True, 24.0)
    assert after["next_due"]
    assert portals("disable", "suzhou").exit_code == 0
    assert entry(portals, tmp_path) == before


def test_one_portal_is_shown_with_its_note(portals, own, tmp_path):
    none = ("--archive", str(tmp_path / "none.db"))
    shown = portals("show", "suzhou", *none).output.splitlines()
    assert shown[0] == "portal          suzhou"
    assert "start_urls      http://invest.example.cn/" in shown
    assert "verified        no" in shown
    assert "note            its address is from a directory" in shown
    whole = json.loads(portals("show", "suzhou", *none, "--json").output)
    assert whole == entry(portals, tmp_path)
    assert "did you mean suzhou?" in portals("show", "suzhuo").stderr


def test_enabling_keeps_what_else_stands_there(portals, own):
    file = own / "enabled.txt"
    file.write_text("# ours\nnanjing")
    portals("enable", "suzhou")
    portals("enable", "suzhou")
    assert file.read_text() == "# ours\nnanjing\nsuzhou\n"
    result = portals("check")
    assert result.exit_code == 2
    assert result.stderr == f"{file}: no portal is called 'nanjing'\n"
    # So that its name can be taken out.
    portals("disable", "nanjing")
    assert file.read_text() == "# ours\nsuzhou\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("enable", "sc"), "sc is verified, and needs not be enabled"),
        (("disable", "sc"), "with interval_hours = 0 turns it off"),
        (("enable", "suzhuo"), "no portal is called 'suzhuo'; did you mean suzhou?"),
    ],
)
def test_what_cannot_be_enabled_is_told(portals, own, arguments, message):
    result = portals(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_is_enabled_is_kept_in_a_folder_of_the_operators(portals, own, tmp_path, monkeypatch):
    (own / "suzhou.toml").write_text("broken")
    assert "cannot be read as TOML" in portals("enable", "suzhou").stderr
    monkeypatch.delenv("CQCRAWLER_PORTALS")
    result = portals("disable", "suzhou")
    assert result.exit_code == 2
    assert "CQCRAWLER_PORTALS names no folder" in result.stderr
