"""`cqcrawler crawl`: what it refuses, and what it shows."""

from __future__ import annotations

import os
import pty
import re

import pytest
from click.testing import CliRunner

from cqcrawler.commands import main
from cqcrawler.demo import DemoPortal
from tests import processes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a portal (`cqcrawler portals` lists them), give a start page with --url"),
        (["chonqing"], "did you mean chongqing?"),
        (["重庆"], "did you mean chongqing or cqgaoxin or liangjiang?"),
        (["nowhere"], "`cqcrawler portals` lists them"),
        (["--url", "chongqing.010b.com"], "did you mean http://chongqing.010b.com ?"),
        (["--url", "ftp://example.org/"], "no http or https URL"),
        (["sc", "-s", "DOWNLOAD_DELAY"], "-s DOWNLOAD_DELAY: write it NAME=VALUE"),
        (["sc", "-s", "download delay=3"], "write it NAME=VALUE"),
        (["sc", "--since", "yesterday"], "write it like 2025-07-07"),
        (["sc", "--max-pages", "0"], "--max-pages"),
        (["--due", "sc"], "leave out their names"),
        (["--due", "--url", "http://a.cn/"], "leave out their names and --url"),
        (["--due", "--max-pages", "3"], "leave out --since and --max-pages"),
        (["sc", "--log-level", "loud"], "--log-level"),
        (["sc", "--url", "http://sc.010b.com/list/"], "is of sc, which is named as well"),
    ],
)
def test_wrong_usage_says_what_to_do(tmp_path, arguments, message):
    archive = tmp_path / "archive.db"
    result = CliRunner().invoke(main, ["crawl", *arguments, "--archive", str(archive)])
    assert result.exit_code == 2
    assert message in result.output
    assert not archive.exists()


@pytest.fixture
def portal():
    with DemoPortal().serving() as portal:
        yield portal


def options(portal, folder):
    quick = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "--max-pages", "5")
    archive = ("--archive", str(folder / "archive.db"))
    return ["-m", "cqcrawler", "crawl", "--url", portal.url, *quick, *archive]


def test_summary_and_log_file(portal, tmp_path):
    log = tmp_path / "logs" / "crawl.log"
    command = [*options(portal, tmp_path), "--log-file", str(log)]
    done = processes.run(*command)
    assert done.returncode == 0, done.stderr
    name = portal.url.removeprefix("http://").strip("/").replace(":", "-")
    header, row = done.stdout.splitlines()
    counts = ["pages", "new", "changed", "unchanged", "withdrawn", "failed"]
    assert header.split("\t") == ["portal", *counts, "outcome"]
    *cells, outcome = row.split("\t")
    assert cells == [name, "5", "4", "0", "0", "0", "0"]
    assert re.fullmatch(r"ok: [1-9]\d* pages pending", outcome)
    assert done.stderr == ""
    assert f"{name}: 1 listing pages, 4 other pages, 4 notices (4 new)" in log.read_text()


def test_quiet_says_nothing_but_the_summary(portal, tmp_path):
    command = [*options(portal, tmp_path), "--quiet"]
    done = processes.run(*command)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_terminal_shows_progress_and_no_log(portal, tmp_path):
    ours, theirs = pty.openpty()
    process = processes.start(*options(portal, tmp_path), stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # The other end is closed.
        pass
    process.communicate()
    os.close(ours)
    assert b"5 pages  4 notices" in shown
    assert b"INFO" not in shown
