"""What a killed run leaves behind."""

from __future__ import annotations

import pytest

from cqcrawler.warc import cut_torn_tails


@pytest.fixture
def torn(tmp_path, writer, make):
    """A file of two pages, and a function that gives it an end and has it seen to."""
    warc = writer()
    first = warc.write([make()], None)
    second = warc.write([make(bytes(range(256)) * 40, "http://h/2")], None)
    path = tmp_path / first.file
    whole = path.read_bytes()

    def torn(data):
        path.write_bytes(data)
        cut_torn_tails(tmp_path, "cq", [1])
        return path.read_bytes() if path.exists() else None

    torn.whole, torn.second = whole, second.offset
    return torn


def test_a_whole_file_stays(torn):
    assert torn(torn.whole) == torn.whole


@pytest.mark.parametrize("length", [1, 12, 300])
def test_the_beginning_of_a_record_is_cut_off(torn, length):
    assert torn(torn.whole + torn.whole[:length]) == torn.whole


def test_a_record_that_lacks_a_byte_is_cut_off(torn):
    kept = torn(torn.whole[:-1])
    # The last one is the request; the response before it is whole.
    assert torn.second < len(kept) < len(torn.whole) - 1
    assert torn.whole.startswith(kept)


def test_zeros_behind_the_last_record_are_cut_off(torn):
    assert torn(torn.whole + bytes(5000)) == torn.whole


def test_damage_inside_the_file_is_not_touched(torn):
    data = bytearray(torn.whole)
    data[torn.second + 200 : torn.second + 210] = b"0123456789"
    assert torn(bytes(data)) == bytes(data)


def test_a_file_without_a_whole_record_goes(torn):
    assert torn(torn.whole[:50]) is None
    assert torn(b"") is None


def test_files_of_other_runs_are_not_touched(tmp_path, writer, make):
    record = writer(run_id=21).write([make()], None)
    path = tmp_path / record.file
    path.write_bytes(path.read_bytes()[:-5])
    size = path.stat().st_size
    cut_torn_tails(tmp_path, "cq", [1, 2])
    assert path.stat().st_size == size
