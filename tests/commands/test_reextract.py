"""`cqcrawler reextract`."""

from __future__ import annotations

import json

from cqcrawler.archive.file.lock import writing


def test_an_archive_whose_pages_were_not_kept(cq, filled):
    result = cq("reextract", "--workers", "1")
    assert result.exit_code == 1
    assert "its raw page was not kept" in result.stderr
    assert "could not be read" in result.stderr


def test_json(cq, filled):
    result = cq("reextract", "--workers", "1", "--dry-run", "--json")
    done = json.loads(result.stdout)
    assert done["dry_run"] is True
    assert done["versions"] == len(done["problems"]) > 0
    assert done["problems"][0].keys() == {"article_id", "version", "url", "reason"}
    assert done["fields"] == {}


def test_it_waits_for_no_other_writer(cq, filled):
    with writing(filled):
        assert cq("reextract", "--workers", "1").exit_code == 3
        assert cq("reextract", "--workers", "1", "--dry-run").exit_code == 1


def test_an_unknown_portal_is_named(cq, filled):
    result = cq("reextract", "--portal", "nowhere")
    assert result.exit_code == 2
    assert "nowhere" in result.stderr


def test_without_an_archive(cq, tmp_path):
    result = cq("reextract", "--archive", str(tmp_path / "none.db"))
    assert result.exit_code == 2
    assert "there is no archive" in result.stderr
    assert list(tmp_path.iterdir()) == []
