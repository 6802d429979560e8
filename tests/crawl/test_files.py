"""The files that notices offer, where the portal's file asks for them."""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.models import Record
from cqcrawler.warc import read_answer
from tests import processes
from tests.crawl.conftest import QUICK, Crawled, Crawler, Reply, Request, Site, notice, notice_path

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
BINARY = {"Content-Type": "application/octet-stream"}


def with_files(number: int, *paths: str) -> Reply:
    links = "".join(f'<p><a href="{path}">附件：项目清单</a></p>' for path in paths)
    return Reply(notice(number).replace("</div>\n</body>", f"{links}</div>\n</body>"))


@pytest.fixture
def files(crawl: Crawler, site: Site, tmp_path: Path) -> Any:
    """Crawl the portal with its files, and return the report."""
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "yunling.toml").write_text(
        'name = "yunling"\ntitle = "云岭"\nplatform = "generic"\nregion = "500112"\n'
        f'start_urls = ["{site.url}/"]\nattachments = true\n',
        encoding="utf-8",
    )
    crawl.env["CQCRAWLER_PORTALS"] = str(folder)

    def run(*options: str) -> Crawled:
        archive = ("--archive", str(crawl.archive), "--json")
        return crawl.wait(crawl.start("yunling", *QUICK, *options, *archive))

    return run


def held(crawl: Crawler, columns: str = "state, media_type, size, sha256, error") -> Any:
    sql = f"SELECT url, {columns} FROM attached_files ORDER BY article_id, position"
    with closing(sqlite3.connect(crawl.archive)) as db:
        return {"/" + url.split("/", 3)[3]: tuple(rest) for url, *rest in db.execute(sql)}


def counts(crawl: Crawler) -> dict[str, int]:

    with closing(sqlite3.connect(crawl.archive)) as db:
        (told,) = db.execute("SELECT counts FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return dict(json.loads(told))


def test_files_come_last_and_are_kept_with_their_digest(
    site: Site, crawl: Crawler, files: Any
) -> None:
    site.portal(3)
    site.pages[notice_path(1)] = with_files(1, "/files/1.pdf", "/files/2.docx")
    site.pages[notice_path(2)] = with_files(2, "/files/1.pdf")  # of two notices, fetched once
    site.pages["/files/1.pdf"] = Reply(PDF, headers={"Content-Type": "application/pdf"})
    site.pages["/files/2.docx"] = Reply(b"PK\x03\x04rest", headers={"Content-Type": "text/html"})
    assert files().portal["outcome"] == "ok"
    assert sorted(site.hits[-2:]) == ["/files/1.pdf", "/files/2.docx"]
    digest = hashlib.sha256(PDF).hexdigest()
    found = held(crawl)
    assert found["/files/1.pdf"] == ("done", "application/pdf", len(PDF), digest, None)
    assert found["/files/2.docx"][:3] == ("done", "application/zip", 8)
    assert counts(crawl)["files"] == 2
    record = held(crawl, "warc_file, warc_offset")["/files/1.pdf"]
    assert read_answer(crawl.folder, Record(*record)).body == PDF
    checked = crawl.run("verify")
    assert (checked.returncode, "all is well" in checked.stdout + checked.stderr) == (0, True)
    site.requests.clear()
    assert files().portal["outcome"] == "quiet"
    assert not [path for path in site.hits if path.startswith("/files")]


def test_what_cannot_be_had_is_told_in_its_row(site: Site, crawl: Crawler, files: Any) -> None:
    site.portal(2)
    paths = ["gone.pdf", "page.pdf", "empty.pdf", "large.pdf", "login.pdf", "error.pdf", "good.pdf"]
    other = "http://else.example/files/1.pdf"
    site.pages[notice_path(1)] = with_files(1, *(f"/files/{path}" for path in paths), other)
    site.pages |= {
        "/files/page.pdf": Reply("<html><title>系统提示</title><p>请稍候再试</p></html>"),
        "/files/empty.pdf": Reply(b"", headers=BINARY),
        "/files/large.pdf": Reply(PDF * 20, headers=BINARY),
        "/files/login.pdf": Reply("<title>用户登录</title><input type=password>"),
        "/files/error.pdf": Reply("busy", 500),
        "/files/good.pdf": Reply(PDF, headers=BINARY),
    }
    crawled = files("-s", "CQCRAWLER_FILE_MAXSIZE=100000", "-s", "RETRY_TIMES=0")
    report = crawled.portal
    assert (report["outcome"], report["new"], report["failed"]) == ("partial", 2, 0)
    assert "6 files of notices could not be had, such as" in report["reason"]
    found = held(crawl, "state, error, media_type")
    states = {path.rpartition("/")[2]: row for path, row in found.items()}
    assert states["gone.pdf"][:2] == ("gone", "HTTP 404")
    assert states["page.pdf"][:2] == ("rejected", "no file: a page came in its place: 系统提示")
    assert states["empty.pdf"][:2] == ("rejected", "no file: the answer is empty")
    assert states["large.pdf"][:2] == ("rejected", "too large: has more than 100,000 bytes")
    assert states["login.pdf"][:2] == ("failed", "blocked: login page")
    assert states["error.pdf"][:2] == ("failed", "HTTP 500")
    assert states["good.pdf"] == ("done", None, "application/pdf")
    assert states["1.pdf"][:2] == ("excluded", "lies on another site")
    # What failed is tried again; what was no file is not, before its notice is edited.
    site.requests.clear()
    site.pages["/files/error.pdf"] = Reply(PDF, headers=BINARY)
    assert "1 files of notices could not be had" in files().portal["reason"]
    asked = {path for path in site.hits if path.startswith("/files")}
    assert asked == {"/files/login.pdf", "/files/error.pdf"}


def test_an_unchanged_file_is_not_stored_twice(site: Site, crawl: Crawler, files: Any) -> None:
    site.portal(1)
    site.pages[notice_path(1)] = with_files(1, "/files/a.pdf", "/files/b.pdf")

    def tagged(request: Request) -> Reply:
        headers = {**BINARY, "ETag": '"1"'}
        known = request.headers.get("If-None-Match") == '"1"'
        return Reply("", 304, headers) if known else Reply(PDF, headers=headers)

    site.pages["/files/a.pdf"] = tagged
    site.pages["/files/b.pdf"] = Reply(PDF + b"b", headers=BINARY)
    files()
    before = held(crawl, "state, sha256, warc_file, warc_offset")
    # An edit of the notice is a reason to look at both.
    edited = with_files(1, "/files/a.pdf", "/files/b.pdf").body
    assert isinstance(edited, str)
    site.pages[notice_path(1)] = Reply(edited.replace("总投资3亿元", "总投资9亿元"))
    site.requests.clear()
    assert files().portal["changed"] == 1
    assert {"/files/a.pdf", "/files/b.pdf"} <= {*site.hits}
    assert held(crawl, "state, sha256, warc_file, warc_offset") == before


def test_files_of_a_run_are_bounded_and_go_on_in_the_next(
    site: Site, crawl: Crawler, files: Any
) -> None:
    site.portal(1)
    paths = [f"/files/{number}.pdf" for number in range(1, 24)]
    site.pages[notice_path(1)] = with_files(1, *paths)
    site.pages |= {path: Reply(PDF, headers=BINARY) for path in paths}
    report = files("-s", "CQCRAWLER_MAX_FILES=5").portal
    assert (report["outcome"], counts(crawl)["files"]) == ("ok", 5)
    assert "15 files of notices wait for the next run" in report["reason"]
    files()
    states = [state for (state,) in held(crawl, "state").values()]
    # Twenty of a notice, and no more.
    assert (states.count("done"), states.count(None)) == (20, 3)


def test_without_the_key_no_file_is_asked_for(site: Site, crawl: Crawler) -> None:
    site.portal(1)
    site.pages[notice_path(1)] = with_files(1, "/files/1.pdf")
    assert crawl(site.url).portal["outcome"] == "ok"
    assert "/files/1.pdf" not in site.hits
    assert held(crawl) == {"/files/1.pdf": (None,) * 5}


def test_show_lists_files_and_prints_one(site: Site, crawl: Crawler, files: Any) -> None:
    site.portal(1)
    site.pages[notice_path(1)] = with_files(1, "/files/1.pdf", "/files/2.pdf")
    site.pages["/files/1.pdf"] = Reply(PDF, headers=BINARY)
    files()
    digest = hashlib.sha256(PDF).hexdigest()[:16]
    shown = crawl.run("show", "1").stdout
    assert f"/files/1.pdf  (done, {len(PDF):,} bytes, sha256 {digest})" in shown
    assert "/files/2.pdf  (gone, HTTP 404)" in shown
    kept = processes.run(
        *("-m", "cqcrawler", "show", "1", "--file", "1", "--archive", str(crawl.archive)),
        env=crawl.env,
        text=False,
    )
    assert kept.stdout == PDF
    missing = crawl.run("show", "1", "--file", "2")
    assert (missing.returncode, "is not held: HTTP 404" in missing.stderr) == (2, True)


def test_forgetting_a_notice_takes_its_own_files(site: Site, crawl: Crawler, files: Any) -> None:
    site.portal(2)
    site.pages[notice_path(1)] = with_files(1, "/files/own.pdf", "/files/shared.pdf")
    site.pages[notice_path(2)] = with_files(2, "/files/shared.pdf")
    site.pages["/files/own.pdf"] = Reply(PDF + b"own", headers=BINARY)
    site.pages["/files/shared.pdf"] = Reply(PDF + b"shared", headers=BINARY)
    files()
    assert crawl.run("forget", site.url + notice_path(1), "--yes").returncode == 0
    assert list(held(crawl)) == ["/files/shared.pdf"]
    with closing(sqlite3.connect(crawl.archive)) as db:
        kept = db.execute("SELECT url FROM pages WHERE kind = 'file'").fetchall()
    assert kept == [(f"{site.url}/files/shared.pdf",)]
    raw = b"".join(map(unpacked, (crawl.folder / "warc").rglob("*.warc.gz")))
    assert (b"own.pdf" in raw.replace(b'href="/files/own.pdf"', b""), b"shared" in raw) == (
        False,
        True,
    )
    assert crawl.run("verify").returncode == 0


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())
