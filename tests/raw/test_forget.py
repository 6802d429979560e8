"""A notice that is forgotten is in no file any more, and whatever a kill leaves is whole."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from cqcrawler import forget as forgetting
from cqcrawler.archive import Archive
from cqcrawler.archive.file.lock import writing
from cqcrawler.archive.forgetting import Forgetting
from cqcrawler.archive.upkeep import Upkeep
from cqcrawler.commands import main
from cqcrawler.models import Article, Exchange, Link, PageKind, ReadNotice, Visit
from cqcrawler.verify import verify

SECRET = "联系人张三丰，电话一三八零零零零零零零零，请在工作日来访洽谈。"


def cq(path, *arguments):
    return CliRunner().invoke(main, [*arguments, "--archive", str(path)], catch_exceptions=False)


def execute(path, sql, *values):
    with closing(sqlite3.connect(path)) as db, db:
        return db.execute(sql, values).fetchall()


def bytes_of(path):
    """All that lies beside the archive, raw pages unpacked."""
    files = [file for file in path.parent.rglob("*") if file.is_file()]
    return b"".join(
        gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        for file in files
    )


def record_of(path, url):
    """The file and the offset of the raw page that an address has now."""
    sql = "SELECT warc_file, warc_offset FROM pages WHERE url = ?"
    ((file, at),) = execute(path, sql, url)
    return path.parent / file, at


def problems(path):
    with Archive(path, must_exist=True) as archive:
        return verify(archive, lambda part, count: lambda: None).problems


@pytest.fixture
def secret(raw, filled):
    """The archive, with a notice in two versions that names a person, and a link to it."""
    with closing(raw.Crawl(filled)) as crawl:
        crawl.fetch(20, raw.html(2, SECRET))
        crawl.fetch(20, raw.html(2, f"{SECRET}逾期不候。"))
        crawl.fetch(22, raw.html(6))
        headers = ((b"ETag", b"1"),)
        crawl.warc.write([Exchange(raw.url(20), "GET", (), 304, headers, b"", raw.AT)], None)
    link = "INSERT INTO related_links VALUES (1, 0, '张三丰来访', ?, NULL)"
    execute(filled, link, raw.url(20))
    execute(filled, "UPDATE runs SET reason = ? WHERE id = 1", f"{raw.url(20)}: odd")
    assert SECRET.encode() in bytes_of(filled)
    return filled


def test_nothing_of_it_is_left(raw, secret):
    others = set(execute(secret, "SELECT id, url, body FROM articles WHERE id <> 10"))
    result = cq(secret, "forget", raw.url(20), "--yes", "--json")
    said = json.loads(result.stdout)
    assert (result.exit_code, said["article"], said["versions"]) == (0, 10, 2)
    assert (said["records"], said["files"]) == (6, 1)
    left = bytes_of(secret)
    for text in (SECRET, "张三丰", "逾期不候", raw.url(20)):
        assert text.encode() not in left
    assert "洽".encode() not in left  # The index has words of two characters.
    assert set(execute(secret, "SELECT id, url, body FROM articles")) == others
    assert problems(secret) == []
    with Archive(secret, must_exist=True) as archive:
        assert archive.count("张三丰") == 0
        assert archive.count("项目") == 10
    for version in ("1", "2"):
        assert cq(secret, "show", "4", "--raw", "--version", version).exit_code == 0
    assert cq(secret, "reextract").exit_code == 0
    # Not even its address is told, only that it was forgotten.
    (row,) = execute(secret, "SELECT url_hash FROM tombstones")
    assert len(row[0]) == 64


def test_what_was_deleted_before_goes_too(raw, secret):
    with closing(sqlite3.connect(secret)) as db:
        db.execute("PRAGMA secure_delete = OFF")  # As most builds of SQLite have it.
        for reason in (SECRET * 1000, ""):
            with db:
                db.execute("UPDATE runs SET reason = ?", [reason])
    assert bytes_of(secret).count(SECRET.encode()) > 500
    assert cq(secret, "forget", raw.url(20), "--yes").exit_code == 0
    assert SECRET.encode() not in bytes_of(secret)


def test_it_does_not_come_back(raw, secret):
    cq(secret, "forget", raw.url(20), "--yes")
    with Archive(secret, must_exist=True) as archive:
        for written in ("HTTP://H:80/info/20.html", f"{raw.url(20)}#text"):
            assert archive.forgetting.held(written).forgotten
    with closing(raw.Crawl(secret)) as crawl:
        assert crawl.fetch(20, raw.html(2, SECRET)) == "none"
        assert crawl.fetch(21, raw.html(3)) == "new"
    assert execute(secret, "SELECT count(*) FROM pages WHERE url = ?", raw.url(20)) == [(0,)]
    assert SECRET not in str(execute(secret, "SELECT * FROM articles"))
    # What came over the network in between is forgotten when it is said again.
    assert SECRET.encode() in bytes_of(secret)
    again = cq(secret, "forget", raw.url(20), "--yes")
    assert (again.exit_code, again.stdout) == (0, "forgotten: 2 raw records in 1 files\n")
    assert SECRET.encode() not in bytes_of(secret)


def test_no_link_to_it_comes_back(raw, secret):
    cq(secret, "forget", raw.url(20), "--yes")
    links = Link(raw.url(20), "张三丰来访"), Link(raw.url(21), "别的项目")
    article = Article(raw.url(30), "来访洽谈", paragraphs=("项目来访。",), related=links)
    with Archive(secret) as archive:
        archive.save(ReadNotice(Visit(article.url, "演示", PageKind.NOTICE, raw.AT), article), 1)
    assert execute(secret, "SELECT url FROM related_links") == [(raw.url(21),)]


@pytest.mark.parametrize("stage", ["doom", "forget", "delete_doomed", "scrub"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_leaves_a_whole_archive(raw, secret, monkeypatch, stage, when):
    owner = Upkeep if stage == "delete_doomed" else Forgetting
    real = getattr(owner, stage)

    def killed(*arguments):
        if when == "after":
            real(*arguments)
        raise KeyboardInterrupt

    with Archive(secret) as archive, monkeypatch.context() as patched:
        patched.setattr(owner, stage, killed)
        with pytest.raises(KeyboardInterrupt):
            forgetting.forget(archive, raw.url(20))
    assert problems(secret) == []
    gone = not execute(secret, "SELECT 1 FROM articles WHERE id = 10")
    assert gone == (
        (stage, when) not in {("doom", "before"), ("doom", "after"), ("forget", "before")}
    )
    Archive(secret).close()  # The next writer deletes what is left over.
    assert problems(secret) == []
    assert execute(secret, "SELECT * FROM doomed_files") == []
    warc = b"".join(gzip.decompress(f.read_bytes()) for f in secret.parent.rglob("*.gz"))
    assert (SECRET.encode() in warc) != gone
    assert cq(secret, "forget", raw.url(20), "--yes").exit_code == 0
    assert SECRET.encode() not in bytes_of(secret)


def test_what_led_to_it_goes_with_it(raw, secret):
    def exchange(url, status, body=b"", **headers):
        pairs = tuple((name.encode(), value.encode()) for name, value in headers.items())
        return Exchange(url, "GET", (), status, pairs, body, datetime.now(UTC))

    with closing(raw.Crawl(secret)) as crawl:
        to_it = exchange("http://h/old", 301, Location="/info/20.html")
        it = exchange(f"{raw.url(20)}#top", 302, Location="http://h/moved#x")
        body = exchange("http://h/moved", 200, SECRET.encode())
        other = exchange("http://h/other", 200, "别的公告".encode())
        record = crawl.warc.write([to_it, it, body], None)
        crawl.warc.write([other], None)
    named = "UPDATE pages SET warc_file = ?, warc_offset = ? WHERE url = ?"
    execute(secret, named, record.file, record.offset, raw.url(3))
    result = cq(secret, "forget", raw.url(20), "--yes")
    assert f"{raw.url(3)} led to it, and has lost its raw page" in result.stderr
    left = bytes_of(secret)
    assert SECRET.encode() not in left
    assert b"http://h/old" not in left
    assert "别的公告".encode() in left
    assert problems(secret) == []


def test_a_damaged_record_elsewhere_stays_as_it_is(raw, secret):
    (at,) = execute(secret, "SELECT warc_offset FROM pages WHERE url = ?", raw.url(3))[0]
    (path,) = secret.parent.rglob("*-1-001.warc.gz")
    with path.open("r+b") as file:
        file.seek(at + 150)
        file.write(b"\xff\xff\xff")
    with closing(raw.Crawl(secret)) as crawl:  # Into the same run's files as the damaged one.
        crawl.fetch(5, raw.html(5))
    execute(secret, "UPDATE pages SET warc_file = NULL WHERE url = ?", raw.url(3))
    before = len(problems(secret))
    target = raw.url(2)
    assert cq(secret, "forget", target, "--yes").exit_code == 0
    assert len(problems(secret)) == before
    for article in (1, 4, 5, 9):
        assert cq(secret, "show", str(article), "--raw").exit_code == 0


def test_what_is_not_reached_is_named(raw, secret, tmp_path):
    copy = tmp_path / "elsewhere.db"
    cq(secret, "snapshot", str(copy))
    (path, _) = sorted(secret.parent.rglob("*.warc.gz"))
    cq(secret, "warc", "retire", str(path))
    path.rename(tmp_path / "away")
    said = cq(secret, "forget", raw.url(20), "--yes").stderr
    assert f"not reached: {copy}" in said
    assert f"{path.name} is offline: put it back and say this again" in said


def test_files_that_are_missing_are_named(raw, secret, tmp_path):
    path, _ = record_of(secret, raw.url(20))
    path.rename(tmp_path / "away")
    said = cq(secret, "forget", raw.url(20), "--yes").stderr
    assert f"{path.name} is not there: put it back and say this again" in said
    (tmp_path / "away").rename(path)
    assert cq(secret, "forget", raw.url(20), "--yes").exit_code == 0
    assert SECRET.encode() not in bytes_of(secret)


def test_folders_that_links_lead_to_are_looked_through(raw, secret, tmp_path):
    (folder,) = (secret.parent / "warc").iterdir()
    real = tmp_path / "disk" / "pages"
    real.parent.mkdir()
    folder.rename(real)
    folder.symlink_to(real)
    (real / "round").symlink_to(real)
    assert cq(secret, "forget", raw.url(20), "--yes").exit_code == 0
    kept = b"".join(gzip.decompress(file.read_bytes()) for file in real.glob("*.gz"))
    assert SECRET.encode() not in kept
    assert len(kept) > 1000
    assert problems(secret) == []


def test_a_file_that_a_link_led_to_is_named(raw, secret, tmp_path):
    path, _ = record_of(secret, raw.url(20))
    away = tmp_path / "away.warc.gz"
    path.rename(away)
    path.symlink_to(away)
    said = cq(secret, "forget", raw.url(20), "--yes").stderr
    assert f"not reached: {away}, where a link led: delete it" in said
    kept = b"".join(gzip.decompress(file.read_bytes()) for file in path.parent.iterdir())
    assert SECRET.encode() not in kept
    assert (away.exists(), path.is_symlink()) == (True, False)


def refuses(secret, closed, raw):
    refused = cq(secret, "forget", raw.url(20), "--yes")
    found = cq(secret, "verify")
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"cqcrawler: {closed} cannot be read or written anew")
    assert refused.stderr.count("\n") == 1
    assert (found.exit_code, closed.name in found.stdout) == (1, True)
    return execute(secret, "SELECT count(*) FROM articles WHERE url = ?", raw.url(20)) == [(1,)]


def test_nothing_is_forgotten_where_a_file_cannot_be_read(raw, secret, tmp_path):
    path, _ = record_of(secret, raw.url(20))
    path.rename(tmp_path / "away.warc.gz")
    path.symlink_to("/nowhere/away.warc.gz")  # A disk that is not mounted.
    assert refuses(secret, path, raw)


def test_nothing_is_forgotten_where_a_folder_cannot_be_read(raw, secret, monkeypatch):
    closed = sorted(secret.parent.rglob("*.warc.gz"))[0].parent
    scan = os.scandir

    def scandir(path):  # As for anybody but root, who runs tests in containers.
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert refuses(secret, closed, raw)


@pytest.mark.parametrize("where", ["checksum", "head"])
def test_a_damaged_record_that_no_row_names(raw, secret, where):
    """The one that a page had before it was fetched again: programs read much of it still."""
    path, at = record_of(secret, raw.url(20))
    data = path.read_bytes()
    end = data.index(b"\x1f\x8b\x08", at + 10)
    begin = end - 8 if where == "checksum" else at + 10
    path.write_bytes(data[:begin] + b"\xff" * 4 + data[begin + 4 :])
    for table in ("pages", "article_versions"):
        name = path.relative_to(secret.parent).as_posix()
        sql = f"UPDATE {table} SET warc_file = NULL WHERE (warc_file, warc_offset) = (?, ?)"
        execute(secret, sql, name, at)
    said = cq(secret, "forget", raw.url(20), "--yes")
    assert said.exit_code == 0
    left = any(data[at + 20 : begin - 4] in file.read_bytes() for file in [*path.parent.iterdir()])
    assert (left, "1 records of" in said.stderr) == (where == "head", where == "head")


def test_a_file_that_cannot_be_deleted_is_named_and_stops_nobody(raw, secret, monkeypatch):
    def refuse(path, missing_ok=False):
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        said = cq(secret, "forget", raw.url(20), "--yes")
        assert said.exit_code == 0
        assert "as its folder cannot be written: delete it" in said.stderr
        with Archive(secret):
            pass
    with Archive(secret):  # The next writer that may does it.
        pass
    assert SECRET.encode() not in bytes_of(secret)


def test_it_asks_and_refuses(raw, secret, tmp_path):
    refused = cq(secret, "forget", raw.url(20))
    assert (refused.exit_code, "give --yes" in refused.stderr) == (2, True)
    with writing(secret):
        assert cq(secret, "forget", raw.url(20), "--yes").exit_code == 3
    unknown = cq(secret, "forget", "http://h/none.html", "--yes")
    assert (unknown.exit_code, "no page http://h/none.html is known" in unknown.stderr) == (2, True)
    missing = cq(tmp_path / "x" / "none.db", "forget", raw.url(20), "--yes")
    assert (missing.exit_code, (tmp_path / "x").exists()) == (2, False)
    assert execute(secret, "SELECT count(*) FROM articles WHERE id = 10") == [(1,)]


def test_an_archive_that_was_lost_is_not_made_anew(raw, secret):
    secret.write_bytes(b"")
    refused = cq(secret, "forget", raw.url(20), "--yes")
    assert (refused.exit_code, "is empty" in refused.stderr) == (2, True)
    assert secret.read_bytes() == b""


def test_readers_keep_the_log(raw, secret):
    with closing(sqlite3.connect(secret)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM articles").fetchone()
        result = cq(secret, "forget", raw.url(20), "--yes")
        assert (result.exit_code, "end them, say it again" in result.stderr) == (1, True)
    assert cq(secret, "forget", raw.url(20), "--yes").exit_code == 0
    assert SECRET.encode() not in bytes_of(secret)
