"""Saved pages in folders: where they were, when, and what cannot be taken."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.importing import Imported
from cqcrawler.importing.addresses import CANONICAL, told_by_page
from cqcrawler.importing.folders import _NO_ADDRESS, FROM_FILE
from cqcrawler.verify import verify
from tests.crawl.conftest import listing, notice, notice_path, title
from tests.importing.conftest import AT, HOST, Kept, only, page

Bring = Callable[..., Imported]
URL = HOST + notice_path(1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    return folder


def write(path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    os.utime(path, (AT.timestamp(), AT.timestamp()))
    return path


def held(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        found = db.execute("SELECT url, title, first_seen, warnings FROM articles ORDER BY url")
        return [(*rest, json.loads(said)) for *rest, said in found]


def refused(done: Imported) -> list[str]:
    return [f"{Path(each.where).name}: {each.why}" for each in done.refused]


TSV = "file\turl\tfetched_at\na/1.html\t{url}\t2025-10-01 09:30\n"
CSV = 'url,file,fetched_at\n"{url}",a/1.html,2025-10-01T01:30:00Z\n'
JSON = '[{{"file": "a/1.html", "url": "{url}", "fetched_at": "2025-10-01T09:30:00+08:00"}}]'


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("urls.tsv", TSV, "utf-8"),
        ("urls.csv", CSV, "utf-8-sig"),
        ("urls.csv", CSV.replace("url,", "说明,url,").replace('"{url}"', '公告,"{url}"'), "gbk"),
        ("urls.json", JSON, "utf-8"),
    ],
)
def test_a_list_says_where_pages_were_and_when(
    folder: Path, bring: Bring, path: Path, name: str, text: str, encoding: str
) -> None:
    write(folder / "a/1.html", notice(1))
    write(folder / name, text.format(url=URL), encoding)
    assert bring(folder).exit == 0
    # A time without a zone is that of Beijing.
    assert held(path) == [(URL, title(1), "2025-10-01T01:30:00Z", [])]


def test_each_folder_may_have_a_list_and_a_file_is_looked_for_in_that_beside_it(
    folder: Path, bring: Bring, path: Path
) -> None:
    write(folder / "urls.tsv", f"file\turl\n./a/../a/1.html\t{URL}\n")
    write(folder / "a/1.html", notice(1))
    write(folder / "b/urls.csv", f"file,url\nc\\2.html,{HOST}{notice_path(2)}\n", "utf-16")
    write(folder / "b/c/2.html", notice(2))
    write(folder / "b/urls.csv.html", notice(3))
    write(folder / "d/urls.tsv", f"file\turl\n4.html\t{HOST}{notice_path(4)}\n")
    single = write(folder / "d/4.html", notice(4))
    assert only(bring(single)).new == 1
    assert refused(bring(folder)) == [f"urls.csv.html: {_NO_ADDRESS}"]
    assert [url for url, *_ in held(path)] == [HOST + notice_path(n) for n in (1, 2, 4)]


@pytest.mark.parametrize(("at", "year"), [(0, 1970), (315532800, 1980)])
def test_a_file_of_a_time_before_the_web_is_refused(
    folder: Path, bring: Bring, at: int, year: int
) -> None:
    """Archives and package managers set such times; read as of then, a notice of today is none."""
    mark = f"<!-- saved from url=(0045){URL} -->"
    os.utime(write(folder / "1.html", notice(1).replace("<head>", f"<head>{mark}")), (at, at))
    (said,) = refused(bring(folder))
    assert said.startswith(f"1.html: is of {year}-01-01, before there was a web: name its time")


def test_nothing_that_may_hold_pages_is_passed_over(folder: Path, bring: Bring) -> None:
    outside = write(folder.parent / "else/1.html", notice(1)).parent
    (folder / "linked").symlink_to(outside)
    write(folder / "detail.aspx", notice(1))
    write(folder / "list.php?id=3", b"\xef\xbb\xbf\r\n<!-- x -->\n<!DOCTYPE html><title>")
    write(folder / "site.wacz", b"PK\x03\x04")
    write(folder / "note.txt", "index.html")
    done = bring(folder)
    assert [line.split(": ")[0] for line in refused(done)] == [
        "linked",
        "detail.aspx",
        "list.php?id=3",
        "site.wacz",
    ]
    assert (done.files, done.exit) == (1, 1)


def test_what_a_list_says_cannot_break_our_raw_pages(
    folder: Path, bring: Bring, path: Path
) -> None:
    row = f'1.html,"{URL}","text/html\r\nX-A: b\r\n\r\n<p>"\n'
    lines = f'2.html,"{URL}\r\nWARC-Type: x",\n'
    write(folder / "1.html", notice(1))
    write(folder / "2.html", notice(2))
    write(folder / "urls.csv", f"file,url,content_type\n{row}{lines}")
    assert [line.partition(" (")[0] for line in refused(bring(folder))] == [
        "2.html: has an address that is none of the web"
    ]
    with Archive(path) as archive:
        assert verify(archive, lambda what, steps: lambda: None).ok


def test_a_page_may_say_where_it_was_and_its_file_when(
    folder: Path, bring: Bring, path: Path
) -> None:
    for number, mark in (
        (1, f"<!-- saved from url=(0045){HOST}{notice_path(1)} -->"),
        (2, f"<!--\n Page saved with SingleFile \n url: {HOST}{notice_path(2)} \n saved date: "
            "Wed Oct 01 2025 09:30:00 GMT+0800 (China Standard Time)\n-->"),
        (3, f'<link rel="Canonical" href="{HOST}{notice_path(3)}">'),
    ):  # fmt: skip
        text = notice(number).replace("<head>", f"<head>{mark}")
        write(folder / f"{number}.html", text, "utf-16" if number == 1 else "utf-8")
    assert bring(folder).exit == 0
    at = "2025-10-07T08:00:00Z"
    assert held(path) == [
        (HOST + notice_path(1), title(1), at, [FROM_FILE]),
        (HOST + notice_path(2), title(2), "2025-10-01T01:30:00Z", []),
        (HOST + notice_path(3), title(3), at, [CANONICAL, FROM_FILE]),
    ]
    with closing(sqlite3.connect(path)) as db:
        (stats,) = db.execute("SELECT stats FROM runs").fetchone()
    assert json.loads(stats)["said"] == {CANONICAL: 1, FROM_FILE: 2}


@pytest.mark.parametrize(
    "text",
    [
        "<p>no word of it</p>",
        "<!-- saved from url=(0014)about:internet --><p>x</p>",
        '<link rel="canonical" href="/info/1.html">',
    ],
)
def test_an_address_is_never_guessed(text: str) -> None:
    assert told_by_page(text.encode()) is None


def test_what_cannot_be_taken_is_named_and_the_others_go_on(
    folder: Path, bring: Bring, path: Path, tmp_path: Path
) -> None:
    outside = write(tmp_path / "secret.html", notice(2))
    write(folder / "1.html", notice(1))
    write(folder / "bare.html", notice(2))
    write(folder / "empty.html", b" \n")
    write(folder / "binary.html", b"<html>\0\1\2")
    write(folder / "page.mht", b"From: <Saved by Blink>\r\n")
    write(folder / "pages.wacz.html", b"PK\x03\x04rest")
    write(folder / "policy.pdf", b"%PDF-1.7")
    write(folder / "cut.html.gz", b"\x1f\x8b\x08\x00")
    write(folder / "style.css", "p {}")
    write(folder / "1_files/frame.html", "<!-- saved from url=(0020)http://ads.example/ -->")
    (folder / "link.html").symlink_to(outside)
    rows = [
        ("1.html", URL),
        ("../secret.html", f"{HOST}/2.html"),
        ("/etc/passwd", f"{HOST}/3.html"),
        ("missing.html", f"{HOST}/4.html"),
        ("1.html", "ftp://h/1"),
        ("1.html", ""),
    ]
    lines = "".join(f"{file}\t{url}\n" for file, url in rows)
    write(folder / "urls.tsv", f"file\turl\n{lines}")
    done = bring(folder)
    told = {line.split(":")[0]: line for line in refused(done)}
    assert len(done.refused) == len(told) == 12
    assert told["urls.tsv row 2"].endswith("../secret.html leads out of the folder")
    assert told["urls.tsv row 3"].endswith("/etc/passwd leads out of the folder")
    assert told["urls.tsv row 4"].endswith("missing.html is not there")
    assert told["urls.tsv row 6"].endswith("names no address")
    assert "is none of the web (ftp://h/1)" in told["1.html"]
    assert "has no address: name it in a urls.tsv" in told["bare.html"]
    assert told["link.html"].endswith("is a link that leads out of the folder")
    assert [told[name].split(": ")[1].split(" ")[1] for name in ("empty.html", "binary.html")] == [
        "empty",
        "binary,",
    ]
    assert "MHTML" in told["page.mht"]
    assert "unpack it" in told["pages.wacz.html"]
    # A style sheet, and what is no page by its name.
    assert (done.files, done.exit) == (2, 1)
    assert held(path) == [(URL, title(1), "2025-10-07T08:00:00Z", [FROM_FILE])]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("urls.csv", "datei,url\n1.html,http://h/", "does not name the column file"),
        ("urls.csv", "file,url\n1.html,http://h/\n".encode("utf-16")[:-1], "cannot be read"),
        ("urls.csv", "file,url\n1.html,http://h/" + "x" * 140_000, "cannot be read: field larger"),
        ("urls.json", "[" * 100_000, "cannot be read"),
        ("urls.tsv", f"file\turl\tfetched_at\n1.html\t{URL}\t0001-01-01", "before there was a web"),
        ("urls.json", "{}", "no list of objects"),
        ("urls.json", "[1]", "no object"),
        ("urls.json", "[", "cannot be read"),
        ("urls.tsv", f"file\turl\tfetched_at\n1.html\t{URL}\tgestern", "'gestern' is no time"),
        ("urls.tsv", f"file\turl\tfetched_at\n1.html\t{URL}\t2999-01-01", "yet to come"),
    ],
)
def test_a_list_that_cannot_be_read_is_told(
    folder: Path, bring: Bring, name: str, text: str | bytes, why: str
) -> None:
    write(folder / "1.html", notice(1))
    write(folder / name, text)
    done = bring(folder)
    assert any(why in line for line in refused(done)), refused(done)
    assert (done.exit, done.portals) == (1, [])


def test_what_a_probe_keeps_is_read(folder: Path, bring: Bring, path: Path) -> None:
    """The first page of the list comes behind the other by its name, and before it by its time."""
    for name, number, text in (
        ("list", 0, listing((1, 2), 1, 2)),
        ("further", 1, listing((3, 4), 2, 2)),
        ("notice", 2, notice(1)),
    ):
        url = HOST + ("/", "/list_2.html", notice_path(1))[number]
        write(folder / f"{name}.html", text)
        beside = f'url = "{url}"\nfetched_at = 2025-10-07T08:00:0{number}+00:00\n'
        write(folder / f"{name}.toml", f'{beside}content_type = "text/html"\n')
    write(folder / "robots.txt", "User-agent: *")
    report = only(bring(folder))
    assert (report.new, report.lists, report.missing) == (1, 2, 3)
    with closing(sqlite3.connect(path)) as db:
        further = db.execute("SELECT listing FROM pages WHERE url LIKE '%list_2.html'").fetchone()
    assert further == (f"{HOST}/",)


def test_a_folder_of_warc_files_and_pages(folder: Path, bring: Bring, path: Path) -> None:
    Kept(folder).warc("a.warc.gz", page(1))
    mark = f"<!-- saved from url=(0045){HOST}{notice_path(2)} -->"
    single = write(folder / "deeper/2.html", notice(2).replace("<head>", f"<head>{mark}"))
    assert only(bring(single)).new == 1
    assert only(bring(folder)).new == 1
    assert len(held(path)) == 2
