"""What was written comes back, or it is said what is wrong with it."""

from __future__ import annotations

import gzip

import pytest

from cqcrawler.exceptions import RecordError
from cqcrawler.models import Record
from cqcrawler.warc import members, read_answer, read_head


def test_an_answer_comes_back_as_the_crawl_read_it(tmp_path, writer, make):
    headers = (
        (b"Content-Type", "text/html; charset=重".encode("gb18030")),
        (b"Content-Encoding", b"gzip"),
        (b"Set-Cookie", b"a=1"),
        (b"Set-Cookie", b"b=2"),
    )
    body = "<p>招商</p>\r\n\r\n".encode()
    warc = writer()
    warc.write([make()], None)
    record = warc.write([make(gzip.compress(body), headers=headers)], None)
    answer = read_answer(tmp_path, record)
    assert (answer.url, answer.status, answer.at) == ("http://h/1", 200, make().at)
    assert answer.body == body
    assert answer.headers == {
        "content-type": "text/html; charset=重".encode("gb18030").decode("latin-1"),
        "set-cookie": "a=1, b=2",
    }


def test_the_head_is_read_without_the_body(tmp_path, writer, make):
    record = writer().write([make(b"x" * 1_000_000)], None)
    path = tmp_path / record.file
    path.write_bytes(path.read_bytes()[:-300])
    assert read_head(tmp_path, record).status == 200


def damaged(path, record):
    data = bytearray(path.read_bytes())
    data[record.offset + 300] ^= 0xFF
    path.write_bytes(data)


def cut(path, record):
    path.write_bytes(path.read_bytes()[: record.offset + 200])


def removed(path, record):
    path.unlink()


@pytest.mark.parametrize("harm", [damaged, cut, removed])
def test_harm_is_an_error_that_says_where(tmp_path, writer, make, harm):
    record = writer().write([make(bytes(range(256)) * 4)], None)
    harm(tmp_path / record.file, record)
    with pytest.raises(RecordError, match=rf"001\.warc\.gz at {record.offset}: "):
        read_answer(tmp_path, record)


def test_an_offset_of_something_else(tmp_path, writer, make):
    record = writer().write([make()], None)
    for offset in (0, 7, 10**6):
        with pytest.raises(RecordError):
            read_head(tmp_path, Record(record.file, offset))


def test_bytes_that_were_changed_and_packed_again(tmp_path, writer, make):
    record = writer().write([make(b"total 30")], None)
    path = tmp_path / record.file
    plain = gzip.decompress(path.read_bytes()[record.offset :])
    path.write_bytes(
        path.read_bytes()[: record.offset] + gzip.compress(plain.replace(b"total 30", b"total 99"))
    )
    with pytest.raises(RecordError, match="does not match its digests"):
        read_answer(tmp_path, record)


@pytest.mark.parametrize("name", ["{}", "x/../../{}", "letter.txt"])
def test_only_files_of_the_archive_are_read(tmp_path, writer, make, name):
    record = writer().write([make()], None)
    outside = tmp_path.parent / f"{tmp_path.name}.warc.gz"
    outside.write_bytes((tmp_path / record.file).read_bytes())
    (tmp_path / "letter.txt").write_bytes(outside.read_bytes())
    (tmp_path / "x").mkdir()
    file = name.format(outside if name == "{}" else outside.name)
    with pytest.raises(RecordError, match="no file of raw pages"):
        read_answer(tmp_path, Record(file, record.offset))


def test_a_record_larger_than_any_is_damaged(tmp_path, monkeypatch):
    monkeypatch.setattr(members, "_LARGEST", 1_000_000)
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(b"x" * 2_000_000))
    with pytest.raises(RecordError, match="more than 1000000 bytes, as no record does"):
        read_answer(tmp_path, Record("a.warc.gz", 0))
