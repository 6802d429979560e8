"""Verifying finds whatever harm was done, and repairs what follows from the rest."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from cqcrawler.archive import Archive
from cqcrawler.archive.file.lock import writing
from cqcrawler.archive.file.version import SCHEMA_VERSION
from cqcrawler.archive.repair import repair
from cqcrawler.commands import main
from cqcrawler.models import Exchange
from cqcrawler.verify import verify


def problems(path):
    with Archive(path, must_exist=True) as archive:
        return [f"{p.where}: {p.what}" for p in verify(archive, quietly).problems]


def quietly(part, count):
    return lambda: None


def execute(path, sql, *values):
    with closing(sqlite3.connect(path)) as db, db:
        return db.execute(sql, values).fetchall()


def warc(path):
    (file,) = (path.parent / "warc").rglob("*.warc.gz")
    return file


def offset_of(path, article, version=1):
    sql = "SELECT warc_offset FROM article_versions WHERE article_id = ? AND version = ?"
    return execute(path, sql, article, version)[0][0]


def test_all_is_well(filled):
    with Archive(filled, must_exist=True) as archive:
        done = verify(archive, quietly)
    assert (done.ok, done.problems, done.notes) == (True, [], [])
    # Ten pages with a request each, and the record that describes the file.
    assert (done.articles, done.records, done.files) == (9, 21, 1)


FORGET = "INSERT INTO articles_fts (articles_fts, rowid, grams) VALUES ('delete', ?, ?)"
ADD = "INSERT INTO articles_fts (rowid, grams) VALUES (?, ?)"


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        (FORGET, (4, "渝北 园区")),
        (FORGET, (4, "龘龘")),
        (ADD, (4, "龘龘")),
        (ADD, (77, "龘龘")),
        ("UPDATE articles SET title = title || '、' || '改' WHERE id = ?", (3,)),
        ("UPDATE articles SET body = substr(body, 2) WHERE id = ?", (9,)),
        ("UPDATE articles SET gram_version = NULL WHERE id = ?", (2,)),
    ],
)
def test_an_index_that_says_something_else(filled, sql, values):
    """SQLite's own checks pass all of these."""
    execute(filled, sql, *values)
    execute(filled, "INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    assert execute(filled, "PRAGMA integrity_check") == [("ok",)]
    assert problems(filled) == [f"{filled}: the full-text index does not say what the articles do"]
    repair(filled)
    Archive(filled).close()
    assert problems(filled) == []


def test_articles_that_wait_for_the_index_are_no_fault(raw, filled):
    with closing(raw.Crawl(filled)) as crawl:
        crawl.fetch(1, raw.html(1, "总投资调整为八十亿元，其余内容不变，特此更正说明。"))
        with Archive(filled, must_exist=True) as archive:
            assert verify(archive, quietly).problems == []


def test_notices_whose_facts_were_not_read_are_named_and_no_fault(filled):
    execute(filled, "UPDATE articles SET facts_version = NULL WHERE id < 3")
    with Archive(filled, must_exist=True) as archive:
        done = verify(archive, quietly)
    assert done.problems == []
    note = "of 2 notices no facts were read yet: cqcrawler reextract --facts does that"
    assert note in done.notes


def test_rows_without_their_parents(filled):
    execute(filled, "INSERT INTO article_tags VALUES (99, 0, '孤儿')")
    what = "row 1 of article_tags belongs to a row of articles that is missing"
    assert problems(filled) == [f"{filled}: {what}"]


def damage(path, name):
    """Overwrite the first page of a table or an index."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


@pytest.mark.parametrize("name", ["articles", "article_versions"])
def test_damaged_tables_are_for_recover(filled, name):
    damage(filled, name)
    before = filled.read_bytes()
    result = cq(filled)
    assert result.exit_code == 1
    assert all("cqcrawler recover NEW_FILE" in line for line in result.stdout.splitlines())
    repaired = cq(filled, "--repair")
    assert repaired.exit_code == 2
    assert f"the table {name} of {filled} cannot be read to its end" in repaired.stderr
    assert "recover NEW_FILE" in repaired.stderr
    assert filled.read_bytes() == before


@pytest.mark.parametrize("name", ["pages_by_state", "articles_newest", "articles_fts_data"])
def test_what_follows_from_the_tables_is_made_anew(filled, name):
    damage(filled, name)
    assert cq(filled).exit_code == 1
    repaired = cq(filled, "--repair")
    assert (repaired.exit_code, repaired.stdout) == (0, "")
    assert execute(filled, "PRAGMA integrity_check") == [("ok",)]
    with Archive(filled, must_exist=True) as archive:
        assert archive.count("总投资") > 0


@pytest.mark.parametrize(("kind", "name"), [("index", "articles_newest"), ("view", "coverage")])
def test_what_is_missing_is_made_anew(filled, kind, name):
    execute(filled, f"DROP {kind} {name}")
    assert cq(filled).stdout.startswith(f"{filled}: the {kind} {name} is missing: cqcrawler verify")
    assert cq(filled, "--repair").exit_code == 0
    assert cq(filled).exit_code == 0


def test_an_archive_of_a_newer_program_is_left_alone(filled):
    execute(filled, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    execute(filled, "PRAGMA wal_checkpoint(TRUNCATE)")
    before = filled.read_bytes()
    result = cq(filled, "--repair")
    assert (result.exit_code, "upgrade cqcrawler" in result.stderr) == (2, True)
    assert filled.read_bytes() == before


def test_the_definition_of_a_table_is_put_back(filled):
    broken = "UPDATE sqlite_master SET sql = 'CREATE TABLE x (' WHERE name = 'articles'"
    with closing(sqlite3.connect(filled)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute(broken)
    result = cq(filled)
    assert (result.exit_code, "malformed database schema" in result.stderr) == (2, True)
    assert cq(filled, "--repair").exit_code == 0


def test_a_damaged_record(filled):
    at = offset_of(filled, 3)
    with warc(filled).open("r+b") as file:
        file.seek(at + 150)
        file.write(b"\xff\xff\xff")
    name = warc(filled).relative_to(filled.parent).as_posix()
    found = problems(filled)
    assert len(found) == 2
    assert {line.partition(": ")[0] for line in found} == {f"{name} at {at}"}
    assert any("article 3 version 1" in line for line in found)
    assert any("page 3" in line for line in found)


def test_bytes_that_were_exchanged(filled):
    """A record packed again with another figure in it: sound gzip, and a lie."""
    file, at = warc(filled), offset_of(filled, 4, 2)
    data = file.read_bytes()
    plain = gzip.decompress(data[at:])
    file.write_bytes(data[:at] + gzip.compress(plain.replace("九十".encode(), "九百".encode())))
    found = problems(filled)
    assert len(found) == 2
    assert all("it does not match its digests" in line for line in found)


def test_a_lost_file(filled):
    warc(filled).unlink()
    (line,) = problems(filled)
    assert line.endswith("No such file or directory: 19 rows name records in it")


def test_a_row_that_names_the_record_of_another_page(filled):
    execute(
        filled,
        "UPDATE article_versions SET warc_offset = ? WHERE article_id = 2",
        offset_of(filled, 1),
    )
    (line,) = problems(filled)
    assert "article 2 version 1: the record is no response of http://h/info/2.html" in line


@pytest.mark.parametrize("offset", [1, 10**9])
def test_a_row_that_names_no_record(filled, offset):
    execute(filled, "UPDATE pages SET warc_offset = ? WHERE id = 2", offset)
    (line,) = problems(filled)
    assert line.endswith("page 2: there is no record")


def test_a_body_that_is_not_the_one_that_was_read(filled):
    execute(filled, "UPDATE pages SET digest = ? WHERE id = 2", "0" * 64)
    (line,) = problems(filled)
    assert line.endswith("page 2: the body is not the one that was read")


def test_a_page_may_have_been_redirected(raw, filled):
    moved = ((b"Location", b"/info/new.html"),)
    with closing(raw.Crawl(filled)) as crawl:
        record = crawl.warc.write(
            [
                Exchange(raw.url(1), "GET", (), 301, moved, b"", raw.AT),
                Exchange("http://h/info/new.html", "GET", (), 200, (), b"<p>", raw.AT),
            ],
            None,
        )
        named = (record.file, record.offset)
    execute(
        filled,
        "UPDATE article_versions SET warc_file = ?, warc_offset = ? WHERE article_id = 1",
        *named,
    )
    assert problems(filled) == []
    execute(
        filled,
        "UPDATE article_versions SET warc_file = ?, warc_offset = ? WHERE article_id = 2",
        *named,
    )
    assert len(problems(filled)) == 1


def test_a_torn_tail(filled):
    with warc(filled).open("ab") as file:
        file.write(warc(filled).read_bytes()[:99])
    (line,) = problems(filled)
    assert line.endswith("the file ends inside the record")


def test_what_is_only_worth_knowing(raw, filled):
    execute(filled, "UPDATE article_versions SET warc_file = NULL WHERE article_id < 3")
    with closing(raw.Crawl(filled)) as crawl:
        crawl.warc.write([Exchange("http://h/", "GET", (), 503, (), b"", raw.AT)], None)
    with Archive(filled, must_exist=True) as archive:
        done = verify(archive, quietly)
    assert done.ok
    unnamed, without = done.notes
    assert unnamed.startswith("1 WARC files hold only what no row names")
    assert without == "2 versions were archived before raw pages were kept"


# The command


def cq(path, *arguments):
    return CliRunner().invoke(
        main, ["verify", "--archive", str(path), *arguments], catch_exceptions=False
    )


def test_the_command_says_what_to_do_and_repairs(filled):
    assert cq(filled).exit_code == 0
    execute(filled, FORGET, 4, "渝北 园区")
    result = cq(filled)
    assert result.exit_code == 1
    assert result.stdout.endswith("cqcrawler verify --repair makes it anew\n")
    assert result.stderr == "9 articles, 21 records in 1 WARC files: 1 problems\n"
    result = cq(filled, "--repair", "--json")
    done = json.loads(result.stdout)
    assert (result.exit_code, done["ok"], done["problems"], done["records"]) == (0, True, [], 21)
    assert cq(filled).exit_code == 0


def test_repair_touches_no_raw_page(filled):
    with warc(filled).open("r+b") as file:
        file.seek(offset_of(filled, 3) + 150)
        file.write(b"\xff\xff\xff")
    before = warc(filled).read_bytes()
    assert cq(filled, "--repair").exit_code == 1
    assert warc(filled).read_bytes() == before


def test_it_does_not_look_while_another_writes(filled, tmp_path):
    with writing(filled):
        assert cq(filled).exit_code == 3
    result = cq(tmp_path / "none.db")
    assert result.exit_code == 2
    assert "there is no archive" in result.stderr
    assert not (tmp_path / "none.db").exists()
