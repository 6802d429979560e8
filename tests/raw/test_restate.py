"""Facts read again from stored texts: where other rules had read them, and with no raw page."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from contextlib import closing

import pytest
from click.testing import CliRunner

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.articles import restatements
from cqcrawler.commands import main
from cqcrawler.facts import read
from cqcrawler.facts.model import Facts
from cqcrawler.reextract import restate
from tests import processes
from tests.processes import ROOT
from tests.stating import read_simply, simple_facts

EVERYTHING = Filters()
TEXT = "总投资{}亿元，由甲公司建设。补贴200元，建成后可以带动上下游配套企业落户成都市。"


@pytest.fixture
def stated(raw, path, monkeypatch):
    """Nine notices, the fourth in two versions, of which older rules had read nothing."""
    read_simply(monkeypatch, "older")
    monkeypatch.setattr(read, "read_facts", lambda *_, **__: Facts())
    with closing(raw.Crawl(path)) as crawl:
        for number in range(1, 10):
            crawl.fetch(number, raw.html(number, TEXT.format(number)))
        crawl.fetch(4, raw.html(4, TEXT.format(40)))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE articles SET facts_version = NULL WHERE id % 2")
    read_simply(monkeypatch)
    return path


def again(path, filters=EVERYTHING, **options):
    with Archive(path, must_exist=True) as archive:
        return restate(archive, filters, **options)


def amounts(path):
    with closing(sqlite3.connect(path)) as db:
        sql = "SELECT article_id, value FROM facts WHERE kind = 'investment' ORDER BY 1"
        return [(number, value / 1e8) for number, value in db.execute(sql)]


ALL = [(number, 40 if number == 4 else number) for number in range(1, 10)]


def test_facts_are_those_that_a_save_would_have_read(raw, stated, monkeypatch):
    shutil.rmtree(stated.parent / "warc")
    done = again(stated)
    assert (done.notices, done.changed, done.problems) == (9, 9, [])
    assert done.facts_version == "simple"
    assert amounts(stated) == ALL
    dumped = raw.dump(stated)
    with closing(sqlite3.connect(stated)) as db, db:
        db.execute("UPDATE articles SET facts_version = 'other'")
    assert (again(stated).notices, again(stated).changed) == (9, 0)
    assert raw.dump(stated) == dumped


def test_what_todays_rules_have_read_is_not_looked_at(stated, monkeypatch):
    again(stated)
    monkeypatch.setattr(read, "read_facts", lambda *_, **__: pytest.fail("read again"))
    done = again(stated)
    assert (done.notices, done.changed) == (0, 0)


def test_nothing_but_facts_changes(raw, stated):
    before = raw.dump(stated)
    again(stated)
    after = raw.dump(stated)
    for table in ("article_versions", "pages", "removed_text", "article_tags", "articles_fts"):
        assert after[table] == before[table]
    kept = [{n: v for n, v in row.items() if not is_fact(n)} for row in before["articles"]]
    assert [{n: v for n, v in row.items() if not is_fact(n)} for row in after["articles"]] == kept


def is_fact(name):
    return name.startswith("event_") or name in ("stale", "stage", "facts_version")


def test_a_dry_run_shows_what_differs_and_writes_nothing(raw, stated):
    before = raw.dump(stated)
    done = again(stated, dry_run=True)
    assert raw.dump(stated) == before
    assert (done.notices, done.changed) == (9, 9)
    counts = done.fields[raw.PORTAL.name]
    assert counts == {
        **dict.fromkeys(("stage", "facts", "other_numbers", "places", "actors"), 9),
    }
    one = next(example for example in done.examples if example.field == "facts")
    assert (one.old, [row[:2] for row in one.new]) == ([], [("investment", 1e8)])


@pytest.mark.parametrize(("filters", "count"), [({"since": "2025-07-08"}, 2), ({}, 9)])
def test_some_notices_only(raw, stated, filters, count):
    done = again(stated, Filters(portal=raw.PORTAL.name, **filters))
    assert (done.notices, done.changed) == (count, count)


def test_a_run_that_is_broken_off_goes_on(stated, monkeypatch):
    monkeypatch.setattr(restatements, "BATCH", 2)

    def broken_off(batches, count):
        for number, batch in enumerate(batches):
            if number == 2:
                raise KeyboardInterrupt
            yield batch

    with pytest.raises(KeyboardInterrupt):
        again(stated, show=broken_off)
    assert 0 < len(amounts(stated)) < 9
    done = again(stated)
    assert done.notices == 9 - 4
    assert amounts(stated) == ALL


def test_kill_9_leaves_a_part_done(raw, path):
    raw.fill(path, 250)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE articles SET facts_version = 'older'")
        command = ["reextract", "--facts", "--workers", "1", "--archive", str(path)]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        with processes.start("-m", "cqcrawler", *command, env=env) as process:
            db.commit()
            left = "SELECT count(*) FROM articles WHERE facts_version = 'older'"
            while db.execute(left).fetchone() == (250,):
                assert process.poll() is None
                time.sleep(0.001)
            process.kill()
            process.communicate()
        (before,) = db.execute(left).fetchone()
    assert again(path).notices == before
    assert again(path).notices == 0


def test_what_cannot_be_read_is_named_and_the_others_are_read(stated, monkeypatch):
    def defective(title, body, **options):
        return 1 // 0 if "第3批" in body else simple_facts(title, body, **options)

    monkeypatch.setattr(read, "read_facts", defective)
    done = again(stated)
    (problem,) = done.problems
    assert (problem.article_id, problem.version) == (3, 1)
    assert problem.reason.startswith("its facts cannot be read: ZeroDivisionError")
    assert (done.notices, done.changed) == (9, 8)
    assert len(amounts(stated)) == 8


def test_the_command(raw, stated):
    def cq(*arguments):
        return CliRunner().invoke(
            main, ["reextract", "--facts", *arguments, "--archive", str(stated), "--workers", "1"]
        )

    result = cq("--dry-run")
    assert result.stderr == "facts of 9 notices read again by simple, 9 would change\n"
    assert f"{raw.PORTAL.name}\tstage\t9\n" in result.stdout
    said = json.loads(cq("--json").stdout)
    assert (said["facts_version"], said["notices"], said["changed"]) == ("simple", 9, 9)
    assert cq().stderr == "facts of 0 notices read again by simple, 0 changed\n"


def test_what_a_better_reader_gives_has_its_facts_read_again(raw, stated):
    """Facts follow the text, also where that is read again from raw pages."""
    again(stated)
    with closing(sqlite3.connect(stated)) as db, db:
        db.execute("UPDATE articles SET title = '旧', body = '旧', stage = NULL WHERE id = 2")
        db.execute("DELETE FROM facts WHERE article_id = 2")
    result = CliRunner().invoke(main, ["reextract", "--archive", str(stated), "--workers", "1"])
    assert result.exit_code == 0
    assert amounts(stated) == ALL
