"""The units: what a shell, cron and systemd make of them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cqcrawler.exceptions import UsageError
from cqcrawler.schedule import EVERY, Job, cron, systemd
from tests.processes import PATIENCE

ODD = "a 100% odd $HOME 名"


@pytest.fixture
def job(tmp_path):
    """A job whose program prints its folder and arguments, all with characters that mean much."""
    folder = tmp_path / ODD
    folder.mkdir()
    archive = folder / """the "archive" \\ .db"""
    program = folder / "program"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$PWD" "$@" > told\n')
    program.chmod(0o755)
    return Job((str(program),), archive, folder, {"CQCRAWLER_X": "a % 'b'"}, "root")


def test_the_line_of_cron_is_what_a_shell_runs(job):
    setting, line = cron(job, "1h")["cqcrawler.cron"].splitlines()
    assert setting == """CQCRAWLER_X="a % 'b'\""""
    fields = line.split(maxsplit=5)
    assert " ".join(fields[:5]) == "17 * * * *"
    assert "%" not in fields[5].replace("\\%", "")
    subprocess.run(fields[5].replace("\\%", "%"), shell=True, check=True, timeout=PATIENCE)
    archive, log = job.archive, job.archive.with_name("crawl.log")
    told = (job.folder / "told").read_text().splitlines()
    arguments = ["crawl", "--due", "--archive", str(archive), "--quiet", "--log-file", str(log)]
    assert told == [str(job.folder), *arguments]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
@pytest.mark.parametrize("every", EVERY)
def test_systemd_accepts_the_units(job, every, tmp_path):
    units = systemd(job, every)
    for name, text in units.items():
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in units)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_is_told_paths_and_settings_literally(job):
    service = systemd(job, "1h")["cqcrawler.service"]
    escaped = str(job.folder).replace("%", "%%")
    assert f"WorkingDirectory={escaped}\n" in service
    assert """Environment="CQCRAWLER_X=a %% 'b'"\n""" in service
    assert f'ReadWritePaths="{escaped}"\n' in service
    (start,) = (line for line in service.splitlines() if line.startswith("ExecStart="))
    assert start.startswith(f'ExecStart="{escaped}/program" "crawl" ')
    archive = escaped.replace("$", "$$") + r"/the \"archive\" \\ .db"
    assert start.endswith(f'"{archive}"')


def test_systemd_starts_no_program_with_quotes(job):
    with pytest.raises(UsageError, match="starts no program with quotes"):
        systemd(Job(('/a"b',), job.archive, job.folder, {}, "root"), "1h")


def test_a_private_tmp_hides_nothing_that_is_needed(job):
    there = Job(("/usr/bin/cq",), Path("/srv/a.db"), Path("/srv"), {"CQCRAWLER_CONTACT": "x"}, "cq")
    assert "PrivateTmp=yes" in systemd(there, "1d")["cqcrawler.service"]
    assert ("PrivateTmp=no" in systemd(job, "1d")["cqcrawler.service"]) is (
        job.folder.is_relative_to("/tmp")
    )


@pytest.mark.parametrize(
    ("value", "message"), [("a\nb", "line break"), ("\"'", "both kinds of quotes")]
)
def test_what_no_unit_can_hold_is_refused(job, value, message):
    with pytest.raises(UsageError, match=message):
        cron(Job(job.program, job.archive, job.folder, {"CQCRAWLER_X": value}, "root"), "1h")
