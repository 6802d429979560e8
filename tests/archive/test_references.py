"""References as programs of others read them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware

from cqcrawler.archive import Archive
from cqcrawler.archive.export import write, write_references
from cqcrawler.archive.export.references import write_bib, write_ris
from cqcrawler.exceptions import UsageError
from cqcrawler.models import Place, Record

HOSTILE = '100% A&B_C #1 $5 ~x^2 {a} } { \\input{x} "q" @online{y, 甲\r\nER  - \r\nTY  - BOOK\x00'
READ = '100% A&B_C #1 $5 ~x^2 {a} } { \\input{x} "q" @online{y, 甲 ER - TY - BOOK'
YUBEI = Place("500112", "重庆市", district="渝北区")


def _title(name: str) -> str:
    return {"cq": "重庆招商网"}.get(name, name)


def _bib(archive: Archive) -> list[dict[str, str]]:
    """The entries as they are in a document, without the marks of LaTeX."""
    file = BytesIO()
    count = write_bib(archive.citations(archive.found(), _title), file)
    # These are what LaTeX calls them, but the parser knows no braces by name.
    text = file.getvalue().decode()
    text = text.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    assert len(library.entries) == len(library.blocks) == count
    assert {entry.entry_type for entry in library.entries} <= {"online"}
    return [
        {"key": entry.key} | {field.key: field.value for field in entry.fields}
        for entry in library.entries
    ]


def _ris(archive: Archive) -> list[dict[str, Any]]:
    file = BytesIO()
    count = write_ris(archive.citations(archive.found(), _title), file)
    text = file.getvalue().decode()
    assert text.count("\n") == text.count("\r\n")
    entries = rispy.loads(text)
    assert len(entries) == count
    return entries


def _whole(value: str) -> str:
    return value.removeprefix("{").removesuffix("}").replace("ˆ", "^")


def test_an_article_in_bibtex(crawl: Any, archive: Archive) -> None:
    record = Record("warc/cq/a_1.warc.gz", 4096)
    crawl.notice(
        "http://h.gov.cn/a?b=1&c_d=%E4%B8%AD#x",
        "项目落户",
        source="渝北招商",
        published="2025-07-01",
        place=YUBEI,
        page={"record": record},
    )
    (entry,) = _bib(archive)
    citation = archive.citation(1, "重庆招商网")
    assert entry["key"].startswith("h.gov.cn-")
    assert _whole(entry["title"]) == "项目落户"
    assert _whole(entry["author"]) == "渝北招商"
    assert _whole(entry["organization"]) == "重庆招商网"
    assert (entry["date"], entry["urldate"]) == ("2025-07-01", "2025-07-07")
    assert (entry["language"], entry["langid"]) == ("chinese", "chinese")
    assert entry["note"] == "，".join(citation.notes)
    assert "原始网页：warc/cq/a_1.warc.gz:4096" in entry["note"]


def test_an_address_is_as_it_is(crawl: Any, archive: Archive) -> None:
    """Programs take it word for word, where `%` and `_` mean nothing."""
    crawl.notice("http://h/a_b?c=%20&d=~{e}\\")
    file = BytesIO()
    write_bib(archive.citations([1], _title), file)
    assert "  url = {http://h/a_b?c=%20&d=~%7Be%7D%5C},\n" in file.getvalue().decode()


def test_an_article_in_ris(crawl: Any, archive: Archive) -> None:
    crawl.notice(title="项目落户", source="渝北招商", published="2025-07-01", place=YUBEI)
    crawl.withdraw()
    (entry,) = _ris(archive)
    assert (entry["type_of_reference"], entry["title"]) == ("ELEC", "项目落户")
    assert (entry["authors"], entry["publisher"]) == (["渝北招商"], "重庆招商网")
    assert (entry["year"], entry["date"]) == ("2025", "2025/07/01")
    assert (entry["urls"], entry["access_date"]) == (["http://h/1"], "2025/07/07")
    assert (entry["language"], entry["id"]) == ("zh", _bib(archive)[0]["key"])
    (note,) = entry["notes"]
    assert "发现已撤下" in note
    assert "地区：重庆市渝北区" in note


def test_what_is_not_known_is_left_out(crawl: Any, archive: Archive) -> None:
    crawl.notice()
    (entry,) = _bib(archive)
    assert _whole(entry["author"]) == "重庆招商网"
    assert not {"date", "organization"} & set(entry)
    assert not {"year", "date"} & set(_ris(archive)[0])


def test_nothing_in_a_page_becomes_more_than_text(crawl: Any, archive: Archive) -> None:
    crawl.notice("javascript:alert(1)", title=HOSTILE, source=HOSTILE)
    crawl.notice("http://h/2", title="甲")
    _, entry = _bib(archive)
    assert _whole(entry["title"]) == _whole(entry["author"]) == READ
    _, record = _ris(archive)
    assert record["title"] == record["authors"][0] == READ
    assert "url" not in entry
    assert "urls" not in record


def test_a_key_is_that_of_the_address(crawl: Any, archive: Archive, make_crawl: Any) -> None:
    crawl.notice("http://h/1", "旧")
    (before,) = _bib(archive)
    make_crawl(archive, "other").notice("http://h/2", published="2025-07-02")
    crawl.notice("http://h/1", "新", published="2025-07-01")
    keys = [entry["key"] for entry in _bib(archive)]
    assert keys[1] == before["key"] != keys[0]


@pytest.mark.parametrize("kind", ["bib", "ris"])
def test_a_file_of_references(crawl: Any, archive: Archive, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"some.{kind}"
    assert write_references(archive.citations(archive.found(), _title), path).rows == 0
    assert path.read_bytes() == b""
    crawl.notice()
    assert write_references(archive.citations([7, 1], _title), path).rows == 1
    with pytest.raises(UsageError, match="takes citations"):
        write([], [], path)
