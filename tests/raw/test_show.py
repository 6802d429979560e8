"""`cqcrawler show ID --raw`: a page as the portal sent it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from cqcrawler.commands import main


def show(path, *arguments):
    return CliRunner().invoke(
        main, ["show", *arguments, "--archive", str(path)], catch_exceptions=False
    )


def test_the_bytes_of_each_version(raw, filled):
    assert show(filled, "2", "--raw").stdout_bytes == raw.html(2).encode()
    assert "九十亿" in show(filled, "4", "--raw").stdout
    for version, text in (("1", "三十亿"), ("2", "九十亿")):
        assert text in show(filled, "4", "--raw", "--version", version).stdout


@pytest.mark.parametrize("version", ["3", "99"])
def test_a_version_that_is_not_there(filled, version):
    result = show(filled, "4", "--raw", "--version", version)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "article 4 has versions 1 to 2" in result.stderr


def test_a_page_that_was_not_kept_or_is_lost(filled):
    with closing(sqlite3.connect(filled)) as db, db:
        db.execute("UPDATE article_versions SET warc_file = NULL WHERE article_id = 1")
        db.execute("UPDATE article_versions SET warc_file = 'warc/no.gz' WHERE article_id = 2")
    for article, message in (("1", "was not kept"), ("2", "no.gz at ")):
        result = show(filled, article, "--raw")
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr


def test_a_version_of_what(filled):
    result = show(filled, "4", "--version", "1")
    assert result.exit_code == 2
    assert "add --raw" in result.stderr
