"""`cqcrawler schedule`: units for this program, folder and archive."""

from __future__ import annotations

import sys

import pytest
from click.testing import CliRunner

from cqcrawler.commands import main


@pytest.fixture
def schedule(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments, **environment):
        return CliRunner().invoke(main, ["schedule", *arguments], env=environment)

    return run


def test_names_this_program_folder_archive_and_settings(schedule, tmp_path):
    printed = schedule("--format", "systemd", CQCRAWLER_CONTACT="ops@example.cn").stdout
    assert "# cqcrawler.service\n[Unit]" in printed
    assert "# cqcrawler.timer\n[Unit]" in printed
    assert f'ExecStart="{sys.executable}" "-P" "-m" "cqcrawler" "crawl" "--due"' in printed
    assert f"WorkingDirectory={tmp_path}\n" in printed
    assert f'"{tmp_path}/data/archive.db"' in printed
    assert 'Environment="CQCRAWLER_CONTACT=ops@example.cn"' in printed


def test_the_archive_of_the_environment_is_named_once(schedule, tmp_path):
    printed = schedule("--format", "cron", "--every", "6h", CQCRAWLER_ARCHIVE="x/y.db").stdout
    assert "17 */6 * * * cd " in printed
    assert f"--archive {tmp_path}/x/y.db " in printed
    assert "CQCRAWLER_ARCHIVE" not in printed


def test_writes_files_that_only_the_owner_reads(schedule, tmp_path):
    result = schedule("--format", "systemd", "--output", "units")
    assert (result.exit_code, result.stdout) == (0, "")
    assert {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "units").iterdir()} == {
        "cqcrawler.service": 0o600,
        "cqcrawler.timer": 0o600,
    }


def test_a_folder_that_cannot_be_made_is_an_error(schedule, tmp_path):
    (tmp_path / "file").touch()
    result = schedule("--format", "systemd", "--output", "file/units")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot write to file/units" in result.stderr


def test_wants_a_format(schedule):
    assert schedule().exit_code == 2
