from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

TEXT = """【渝北区招商】三个智能终端项目落户空港工业园区
所属地区:重庆-渝北区
发布日期:2025年07月07日
重庆市渝北区与三家企业签约,在空港工业园区建设智能终端项目,总投资 < 100 亿元,用地两百亩。

项目分两期建设,首期明年投产,达产后年产值预计达到六十亿元,带动就业三千人。
"""
LINES = [line for line in TEXT.splitlines() if line]
HTML = "".join(f"<div>{line.replace('<', '&lt;')}</div>" for line in LINES)


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., str]:
    def write(content: bytes | str, name: str = "page.html") -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def articles(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_keys_and_their_order(cq: Callable[..., Result], page: Callable[..., str]) -> None:
    file = page(HTML + '<p><a href="/a.pdf">项目清单.pdf</a></p>')
    result = cq("extract", file, "--url", "http://h/info/1.html")
    assert (result.exit_code, result.stderr) == (0, "")
    (article,) = articles(result)
    assert list(article) == [
        *("file", "url", "title", "region", "region_code", "province", "city", "district", "zone"),
        *("published", "source", "author", "section", "tags", "body", "related", "attachments"),
        *("facts", "event_from", "event_to", "event_text", "stale", "industries", "actors"),
        *("places", "stage", "provenance", "warnings"),
    ]
    assert (article["file"], article["url"]) == (file, "http://h/info/1.html")
    assert article["title"] == LINES[0]
    assert (article["region_code"], article["district"]) == ("500112", "渝北区")
    assert article["published"] == "2025-07-07"
    assert article["body"].split("\n") == [*LINES[3:], "项目清单.pdf"]
    assert article["attachments"] == [
        {"url": "http://h/a.pdf", "name": "项目清单.pdf", "kind": "pdf"}
    ]
    assert article["provenance"]["region"]["text"] == "重庆-渝北区"
    assert "渝北区" in result.stdout  # Readable as it is, without escapes.


def test_several_files_in_order(cq: Callable[..., Result], page: Callable[..., str]) -> None:
    files = [page(HTML, f"{name}.html") for name in "ba"]
    assert [article["file"] for article in articles(cq("extract", *files))] == files


def test_standard_input(cq: Callable[..., Result]) -> None:
    (article,) = articles(cq("extract", "-", stdin=HTML.encode("gb18030")))
    assert (article["file"], article["title"]) == ("-", LINES[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_without_markup_has_a_paragraph_a_line(
    cq: Callable[..., Result], page: Callable[..., str], encoding: str
) -> None:
    (article,) = articles(cq("extract", page(TEXT.encode(encoding), "seed.txt")))
    assert (article["title"], article["published"]) == (LINES[0], "2025-07-07")
    assert article["body"].split("\n") == LINES[3:]


def test_markup_is_known_in_wide_encodings(
    cq: Callable[..., Result], page: Callable[..., str]
) -> None:
    (article,) = articles(cq("extract", page(HTML.encode("utf-16"))))
    assert article["body"].split("\n") == LINES[3:]


def test_a_file_that_fails_does_not_stop_the_others(
    cq: Callable[..., Result], page: Callable[..., str], tmp_path: Path
) -> None:
    missing = str(tmp_path / "no.html")
    result = cq("extract", missing, str(tmp_path), page(HTML))
    assert result.exit_code == 1
    assert [article["title"] for article in articles(result)] == [LINES[0]]
    assert result.stderr.splitlines() == [
        f"cqcrawler: {missing}: No such file or directory",
        f"cqcrawler: {tmp_path}: Is a directory",
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the page is empty"),
        (b" \n", "the page is empty"),
        (b"%PDF-1.7 <a href", "not a text page: a PDF document"),
        (random.Random(1).randbytes(100_000), "not a text page: binary data"),
        (b"<html><body></body></html>", "no title found"),
        (b"\x00" * 1_000_002, "the page is empty"),
        (
            "总投资3亿元。".encode() * 60_000,
            "text without markup of more than 1,000,000 bytes is no notice: split it",
        ),
    ],
)
def test_what_is_no_article_is_named(
    cq: Callable[..., Result], page: Callable[..., str], content: bytes, why: str
) -> None:
    file = page(content)
    result = cq("extract", file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"cqcrawler: {file}: no article found: {why}\n"


def test_a_truncated_page_gives_what_is_there(
    cq: Callable[..., Result], page: Callable[..., str]
) -> None:
    cut = HTML.encode()[: len(HTML.encode()) - 60]
    result = cq("extract", page(cut))
    assert result.exit_code == 0
    (article,) = articles(result)
    assert article["title"] == LINES[0]
    assert article["body"].startswith(LINES[3])


@pytest.mark.parametrize("piece", ["<div>", "<p>重庆市渝北区招商项目签约落地。</p>", "重庆"])
def test_large_input(cq: Callable[..., Result], page: Callable[..., str], piece: str) -> None:
    # A hundredth of the 50 MB that are promised.
    content = piece.encode() * (500_000 // len(piece.encode()))
    result = cq("extract", page(content))
    assert len(articles(result)) + len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_no_file_is_wrong_usage(cq: Callable[..., Result]) -> None:
    assert cq("extract").exit_code == 2


def test_progress_does_not_mix_with_the_result(
    terminal: Callable[..., str], page: Callable[..., str], tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    files = [page(HTML, "a.html"), str(tmp_path / "no.html"), page(HTML, "b.html")]
    with output.open("wb") as stdout:
        shown = terminal("extract", *files, stdout=stdout.fileno())
    assert "Reading" in shown
    assert f"cqcrawler: {files[1]}: No such file" in shown.replace("\n", "")
    assert len([json.loads(line) for line in output.read_bytes().splitlines()]) == 2
    with output.open("wb") as stdout:
        assert "Reading" not in terminal("extract", "--quiet", *files, stdout=stdout.fileno())


def test_a_name_that_is_no_text(process: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xb5\xc0.html")
    path.write_text(HTML, encoding="utf-8")
    with process("extract", str(path), stdout=-1, stderr=-1) as run:
        answer, errors = run.communicate()
    assert (run.returncode, errors) == (0, b"")
    assert json.loads(answer)["file"] == str(path)
