"""`cqcrawler export FILE.wacz`: evidence that replays, with nothing else in it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from click.testing import CliRunner, Result

from cqcrawler.archive import Archive
from cqcrawler.commands import main
from cqcrawler.models import Article, Exchange, PageKind, ReadNotice, Record, Visit
from cqcrawler.wacz import index
from cqcrawler.wacz.index import Index, surt
from cqcrawler.warc import Capture, WarcSettings, WarcWriter
from cqcrawler.warc.reader import read_head
from cqcrawler.warc.records import Builder
from tests import processes
from tests.processes import ROOT

AT = datetime(2025, 7, 7, 8, 0, 0, 500, tzinfo=UTC)
HTML = ((b"Content-Type", b"text/html; charset=utf-8"),)
# A Python that has pywb, which cannot be installed beside what tests have: see scripts/replay.py.
PYWB = os.environ.get("CQCRAWLER_PYWB", "")


def exchange(url: str, body: str = "", status: int = 200, days: int = 0, **more: Any) -> Exchange:
    at = AT + timedelta(days=days)
    return Exchange(url, "GET", (), status, more.get("headers", HTML), body.encode(), at)


def elsewhere(url: str, to: str) -> Exchange:
    return exchange(url, status=302, headers=((b"Location", to.encode()),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of three notices: one that was edited and did not change since, one that another
    address leads to, one without a raw page; and a list that nobody asks for."""
    path = tmp_path / "data/archive.db"
    with Archive(path) as archive:
        run = archive.runs.begin("cq", scope="full", version="1", at=AT)
        writer = WarcWriter(path.parent, "cq", run, WarcSettings())

        def save(url: str, title: str, record: Record | None, days: int = 0) -> None:
            at = AT + timedelta(days=days)
            visit = Visit(url, "cq", PageKind.NOTICE, at, record=record)
            archive.save(ReadNotice(visit, Article(url, title, paragraphs=(title,))), run)

        one, two = "http://h.test/1", "http://h.test/2"
        writer.write([exchange("http://h.test/list", "<ul>")], None)
        first = writer.write([exchange(one, "first")], None)
        save(one, "签约公告", first)
        edited = writer.write([exchange(one, "second", days=1)], first)
        save(one, "签约公告更正", edited, days=1)
        writer.write([exchange(one, status=304, days=2)], edited)
        writer.write([exchange(one, "second", days=3)], edited)
        moved = [elsewhere(two, "/new/2"), exchange("http://www.h.test/new/2", "moved")]
        moved[0] = elsewhere(two, "http://www.h.test/new/2")
        save(two, "开工公告", writer.write(moved, None))
        save("http://h.test/3", "投产公告", None)
        writer.write([elsewhere("http://h.test/9", "http://h.test/8")], None)
        writer.close()
        archive.index_all()
    return path


@pytest.fixture
def export(path: Path, tmp_path: Path) -> Callable[..., Result]:
    def run(*arguments: str) -> Result:
        line = ["export", str(tmp_path / "x.wacz"), *arguments, "--archive", str(path)]
        return CliRunner().invoke(main, line, catch_exceptions=False)

    return run


@pytest.fixture
def wacz(tmp_path: Path) -> Path:
    return tmp_path / "x.wacz"


def lines(wacz: Path) -> list[tuple[str, str, dict[str, str]]]:
    """The index: key, time and what it says of each capture."""
    packed = ZipFile(wacz).read("indexes/index.cdx.gz")
    parts = (line.split(" ", 2) for line in gzip.decompress(packed).decode().splitlines())
    return [(key, time, json.loads(said)) for key, time, said in parts]


def test_a_selection_has_its_captures_and_no_others(
    export: Callable[..., Result], wacz: Path
) -> None:
    answer = json.loads(export("签约", "--json").stdout)
    assert (answer["articles"], answer["captures"], answer["missing"]) == (1, 4, 0)
    assert answer["sha256"] == hashlib.sha256(wacz.read_bytes()).hexdigest()
    assert [(key, time) for key, time, _ in lines(wacz)] == [
        ("test,h)/1", f"2025070{day}080000") for day in (7, 8, 9)
    ] + [("test,h)/1", "20250710080000")]
    kinds = [said["mime"] for *_, said in lines(wacz)]
    assert kinds == ["text/html", "text/html", "warc/revisit", "warc/revisit"]


def test_its_records_are_whole(export: Callable[..., Result], wacz: Path, tmp_path: Path) -> None:
    export()
    with ZipFile(wacz) as package:
        package.extract("archive/pages.warc.gz", tmp_path)
        assert package.getinfo("archive/pages.warc.gz").compress_type == ZIP_STORED
    done = processes.run("-m", "warcio.cli", "check", str(tmp_path / "archive/pages.warc.gz"))
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "warc/cq").mkdir(parents=True)
    (tmp_path / "archive/pages.warc.gz").rename(tmp_path / "warc/cq/pages.warc.gz")
    for _, _, said in lines(wacz):
        if said.get("mime") != "warc/revisit":
            found = read_head(tmp_path, Record("warc/cq/pages.warc.gz", int(said["offset"])))
            assert (found.url, found.payload_digest) == (said["url"], said["digest"])
    urls = [said["url"] for _, _, said in lines(wacz)]
    assert "http://h.test/2" in urls  # The redirect came with the page that it led to.
    assert "http://www.h.test/new/2" in urls
    assert not {"http://h.test/list", "http://h.test/9"} & {*urls}


def test_every_part_has_its_hash(export: Callable[..., Result], wacz: Path) -> None:
    export("--sort", "relevance", "公告", "--since", "2020")
    with ZipFile(wacz) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    digest = json.loads(parts.pop("datapackage-digest.json"))
    listed = parts.pop("datapackage.json")
    assert digest["hash"] == f"sha256:{hashlib.sha256(listed).hexdigest()}"
    known = json.loads(listed)
    assert known["wacz_version"] == "1.1.1"
    assert {each["path"]: (each["hash"], each["bytes"]) for each in known["resources"]} == {
        name: (f"sha256:{hashlib.sha256(part).hexdigest()}", len(part))
        for name, part in parts.items()
    }


def test_it_says_where_it_comes_from(export: Callable[..., Result], wacz: Path) -> None:
    result = export("公告", "--portal", "cq")
    assert "3 articles with 6 captures of their pages written to" in result.stdout
    assert "the raw pages of 1 versions are not there" in result.stderr
    with ZipFile(wacz) as package:
        told = json.loads(package.read("provenance/provenance.json"))
        rows = [json.loads(row) for row in package.open("provenance/articles.jsonl")]
        pages = [json.loads(row) for row in package.open("pages/pages.jsonl")]
    assert (told["archive"], told["terms"], told["options"]["portal"]) == (
        "archive.db",
        "公告",
        "cq",
    )
    assert (told["captures"], told["missing"], len(told["files"])) == (6, 1, 1)
    assert {row["title"] for row in rows} == {"签约公告更正", "开工公告", "投产公告"}
    assert pages[0]["format"] == "json-pages-1.0"
    assert [(page["url"], page["ts"][:10], page["title"]) for page in pages[1:]] == [
        ("http://h.test/1", "2025-07-07", "签约公告"),
        ("http://h.test/1", "2025-07-08", "签约公告更正"),
        ("http://www.h.test/new/2", "2025-07-07", "开工公告"),
    ]


def with_old_304(path: Path) -> None:
    """Add the file of a run of before: the head of the 304 stands in its block."""
    with Archive(path, read_only=True) as archive:
        first = next(page.record for page in archive.raw_pages([1]) if page.record)
    head = read_head(path.parent, first)
    builder = Builder("old", AT, {})
    refers = {
        "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
        "WARC-Payload-Digest": head.payload_digest,
        "WARC-Refers-To": head.record_id,
        "WARC-Refers-To-Target-URI": head.url,
        "WARC-Refers-To-Date": head.date,
    }
    old = b"".join(builder._pair(exchange(head.url, status=304, days=9), "revisit", b"", refers))
    alone = builder.revisit(exchange(head.url, status=304, days=10), None)
    file = path.parent / "warc/cq/2025-07-16-9-001.warc.gz"
    file.write_bytes(builder.info() + old + alone)


def test_an_old_304_is_mended_and_one_of_nothing_left_out(
    export: Callable[..., Result], path: Path, wacz: Path
) -> None:
    with_old_304(path)
    assert json.loads(export("签约", "--json").stdout)["captures"] == 5
    _, time, said = lines(wacz)[-1]
    assert (time, said["mime"], "status" in said) == ("20250716080000", "warc/revisit", False)
    data = ZipFile(wacz).read("archive/pages.warc.gz")
    begins = int(said["offset"])
    record = gzip.decompress(data[begins : begins + int(said["length"])])
    assert b"\r\nContent-Length: 0\r\n" in record
    assert b"304 Not Modified" in record.partition(b"WARC-JSON-Metadata: ")[2]
    assert b"WARC-Refers-To-Target-URI: http://h.test/1\r\n" in record


@pytest.mark.skipif(not PYWB, reason="CQCRAWLER_PYWB names no Python with pywb")
def test_pywb_replays_it(export: Callable[..., Result], path: Path, wacz: Path) -> None:
    with_old_304(path)
    export()
    command = [PYWB, str(ROOT / "scripts/replay.py"), str(wacz)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "7 captures" in done.stdout


def test_what_makes_no_sense_with_raw_pages_is_refused(
    export: Callable[..., Result], wacz: Path
) -> None:
    for arguments in (["--table", "facts"], ["--columns", "id"], ["--no-text"]):
        refused = export(*arguments)
        assert refused.exit_code == 2
        assert "a WACZ file has the raw pages of articles" in refused.stderr
    assert not wacz.exists()


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.CQ.gov.cn", "cn,gov,cq)/"),
        ("https://cq.gov.cn:443/A/B.html", "cn,gov,cq)/a/b.html"),
        ("http://cq.gov.cn:8080/list/?b=2&a=X", "cn,gov,cq:8080)/list?a=x&b=2"),
    ],
)
def test_keys_are_those_of_replay_tools(url: str, key: str) -> None:
    assert surt(url) == key


def test_an_index_of_many_parts_and_blocks_is_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_PART", 7)
    monkeypatch.setattr(index, "_BLOCK", 4)
    capture = Capture("", "2025-07-07T08:00:00.5Z", "text/html", "200", "sha1:X")
    made = Index(tmp_path)
    for number in (n * 13 % 30 for n in range(30)):
        made.add(replace(capture, url=f"http://h.test/{number:02}"), "a.warc.gz", number, 1)
    head, *blocks = list(made.write(tmp_path / "index", "index.cdx.gz"))
    assert json.loads(head.removeprefix(b"!meta 0 "))["filename"] == "index.cdx.gz"
    data, keys = (tmp_path / "index").read_bytes(), []
    for block in blocks:
        key, time, said = block.decode().split(" ", 2)
        where = json.loads(said)
        part = data[where["offset"] : where["offset"] + where["length"]]
        assert where["digest"] == f"sha256:{hashlib.sha256(part).hexdigest()}"
        found = gzip.decompress(part).decode().splitlines()
        assert found[0].startswith(f"{key} {time} ")
        keys += [line.partition(" ")[0] for line in found]
    assert keys == [f"test,h)/{number:02}" for number in range(30)]
