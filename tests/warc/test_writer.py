"""What is in the files, and that it is whole whatever happens."""

from __future__ import annotations

import json
import os
import re
import resource

import pytest
from fastwarc.warc import WarcRecordType as Kind

from cqcrawler.exceptions import ArchiveError
from cqcrawler.models import Record
from cqcrawler.warc import read_answer
from tests import processes


def kinds(found):
    return [record.kind for record in found]


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.gz"))


def check(*paths):
    done = processes.run("-m", "warcio.cli", "check", "-v", *map(str, paths))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_page_is_a_response_and_its_request(tmp_path, writer, make, look):
    warc = writer(about={"operator": "archive@example.org", "robots": "obey"})
    record = warc.write([make(b"body")], None)
    warc.close()
    assert re.fullmatch(r"warc/cq/\d{4}-\d\d-\d\d-1-001\.warc\.gz", record.file)
    path = tmp_path / record.file
    info, response, request = found = look(path)
    assert kinds(found) == [Kind.warcinfo, Kind.response, Kind.request]
    assert response.offset == record.offset
    lines = info.block.decode().splitlines()
    assert "operator: archive@example.org" in lines
    assert "format: WARC File Format 1.1" in lines
    assert any(line.startswith("software: cqcrawler/") for line in lines)
    assert info.headers["WARC-Filename"] == path.name
    assert response.headers["WARC-Date"] == "2025-07-07T08:00:00.123456Z"
    assert response.headers["WARC-Target-URI"] == "http://h/1"
    assert response.headers["WARC-Warcinfo-ID"] == info.headers["WARC-Record-ID"]
    assert request.headers["WARC-Concurrent-To"] == response.headers["WARC-Record-ID"]
    assert response.block == b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nbody"
    assert request.block == b"GET /1 HTTP/1.1\r\nHost: h\r\nUser-Agent: cqcrawler\r\n\r\n"
    assert check(path).count("digest pass") == 3


def test_what_is_returned_is_there(tmp_path, writer, make):
    """Whoever is killed now has it, so that a row may name it."""
    warc = writer()
    record = warc.write([make(b"body")], None)
    assert read_answer(tmp_path, record).body == b"body"
    warc.close()


def test_headers_are_kept_to_the_byte(tmp_path, writer, make, look):
    headers = (
        (b"Set-Cookie", b"a=1; path=/"),
        (b"Set-Cookie", b"b=2"),
        (b"X-City", "重庆".encode("gb18030")),
        (b"X-Junk", bytes(range(0x80, 0x100)) + b"\x00%41: ;="),
        (b"X-Empty", b""),
    )
    odd = make(headers=headers, status=521, protocol="HTTP/1.0", url="http://h/?q=%E6#x")
    record = writer().write([odd], None)
    _, response, request = look(tmp_path / record.file)
    head, _, body = response.block.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    assert (status, body) == (b"HTTP/1.0 521 ", odd.body)
    assert tuple(tuple(line.split(b": ", 1)) for line in lines) == headers
    assert request.block.startswith(b"GET /?q=%E6 HTTP/1.1\r\n")
    check(tmp_path / record.file)


@pytest.mark.parametrize("body", [b"", b"\x1f\x8b", os.urandom(3_000_000)], ids=len)
def test_bodies_of_any_size_are_kept_as_they_came(tmp_path, writer, make, look, body):
    record = writer().write([make(body, headers=((b"Content-Encoding", b"gzip"),))], None)
    _, response, _ = look(tmp_path / record.file)
    assert response.block == b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + body
    check(tmp_path / record.file)


def test_redirects_stand_before_the_page(tmp_path, writer, make, look):
    moved = make(b"", "http://h/old", status=302, headers=((b"Location", b"/1"),))
    record = writer().write([moved, make()], None)
    found = look(tmp_path / record.file)[1:]
    assert kinds(found) == [Kind.response, Kind.request] * 2
    assert [r.headers["WARC-Target-URI"] for r in found[::2]] == ["http://h/old", "http://h/1"]
    assert found[2].offset == record.offset


def test_the_same_bytes_again_are_a_revisit(tmp_path, writer, make, look):
    first, again = writer(), writer(run_id=2)
    record = first.write([make()], None)
    assert again.write([make(at=make().at.replace(year=2026))], record) == record
    again.close()
    original = look(tmp_path / record.file)[1].headers
    (path,) = (tmp_path / "warc/cq").glob("*-2-001.warc.gz")
    _, revisit, _ = found = look(path)
    assert kinds(found)[1:] == [Kind.revisit, Kind.request]
    assert revisit.headers["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert revisit.headers["WARC-Payload-Digest"] == original["WARC-Payload-Digest"]
    assert revisit.headers["WARC-Refers-To-Target-URI"] == "http://h/1"
    assert revisit.headers["WARC-Refers-To-Date"] == original["WARC-Date"]
    assert revisit.headers["WARC-Refers-To"] == original["WARC-Record-ID"]
    assert revisit.block == b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    check(path)


@pytest.mark.parametrize(
    "difference",
    [
        {"body": b"<p>other</p>"},
        {"status": 404},
        {"url": "http://h/2"},
        {"headers": ((b"Content-Type", b"text/html; charset=gbk"),)},
        {"headers": ((b"Content-Type", b"text/html"), (b"Content-Encoding", b"br"))},
    ],
)
def test_what_may_read_otherwise_is_no_revisit(tmp_path, writer, make, look, difference):
    warc = writer()
    record = warc.write([make()], None)
    other = warc.write([make(**difference)], record)
    assert other not in (None, record)
    assert kinds(look(tmp_path / other.file))[3] is Kind.response


def test_a_304_refers_to_the_body_it_confirms(tmp_path, writer, make, look):
    warc = writer()
    record = warc.write([make()], None)
    unmodified = make(b"", status=304, headers=((b"Etag", b'"1"'),))
    assert warc.write([unmodified], record) == record
    assert warc.write([unmodified], None) is None
    found = look(tmp_path / record.file)
    known, unknown = found[3], found[5]
    for revisit in (known, unknown):
        assert revisit.headers["WARC-Profile"].endswith("/1.1/revisit/server-not-modified")
    head = 'HTTP/1.1 304 Not Modified\r\nEtag: "1"\r\n\r\n'
    assert unknown.block == head.encode()
    # With a head in its block, pywb answers with an empty 304 in the place of the page.
    assert known.block == b""
    assert json.loads(known.headers["WARC-JSON-Metadata"]) == {"httpHead": head}
    original = found[1].headers
    assert known.headers["WARC-Payload-Digest"] == original["WARC-Payload-Digest"]
    assert known.headers["WARC-Refers-To-Date"] == original["WARC-Date"]
    assert "WARC-Refers-To-Date" not in unknown.headers
    check(tmp_path / record.file)


def test_a_lost_original_is_written_anew(writer, make, caplog):
    warc = writer()
    record = warc.write([make()], Record("warc/cq/lost.warc.gz", 7))
    assert record.offset > 7
    assert "lost.warc.gz at 7" in caplog.text


def test_a_full_file_is_followed_by_another(tmp_path, writer, make, look):
    warc = writer(most_bytes=2500)
    written = [warc.write([make(os.urandom(900), f"http://h/{n}")], None) for n in range(4)]
    warc.close()
    names = files(tmp_path)
    assert [name[-13:] for name in names] == ["1-001.warc.gz", "1-002.warc.gz"]
    assert sorted({record.file for record in written}) == names
    for name in names:
        assert kinds(look(tmp_path / name))[0] is Kind.warcinfo


def test_a_file_that_is_there_is_never_touched(tmp_path, writer, make):
    first = writer().write([make()], None)
    before = (tmp_path / first.file).read_bytes()
    second = writer().write([make()], None)
    assert second.file == first.file.replace("-001.", "-002.")
    assert (tmp_path / first.file).read_bytes() == before


@pytest.mark.parametrize("portal", ["..", ".hidden", "[::1]-80", "a/b", "例子.中国-8080", "x y"])
def test_odd_names_of_portals_stay_in_the_folder(tmp_path, writer, make, portal):
    record = writer(portal).write([make()], None)
    top, folder, _ = record.file.split("/")
    assert (top, folder[0] != ".") == ("warc", True)
    assert (tmp_path / record.file).resolve().is_relative_to(tmp_path / "warc")


def test_a_full_disk_leaves_whole_records(tmp_path, writer, make, look):
    """The disk is full half-way through a page, as a limit on the size of files."""
    warc = writer()
    record = warc.write([make()], None)
    before = (tmp_path / record.file).read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 5000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            warc.write([make(os.urandom(9000))], None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (tmp_path / record.file).read_bytes() == before
    after = warc.write([make(url="http://h/2")], None)
    assert after.offset == len(before)
    assert len(look(tmp_path / record.file)) == 5


def test_a_folder_that_cannot_be_written_is_named(tmp_path, writer, make):
    (tmp_path / "warc").write_text("a file in the way")
    with pytest.raises(ArchiveError, match=r"cannot write to .*warc/cq: "):
        writer().write([make()], None)


def test_nothing_written_makes_no_file(tmp_path, writer):
    writer().close()
    assert not (tmp_path / "warc").exists()
