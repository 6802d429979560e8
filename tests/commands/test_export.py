from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from cqcrawler.archive.export.columns import COLUMNS
from cqcrawler.archive.export.words import heading
from cqcrawler.archive.file.dictionary import meanings


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_jsonl(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_csv(cq: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    result = cq("export", str(path))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert result.stdout == f"4 articles written to {path}, SHA-256 {sha256}\n"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row["id"] for row in read_csv(path)] == ["1", "2", "3", "4"]
    assert read_csv(path)[0]["tags"] == "招商项目;制造业"


def test_versions(cq: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "versions.jsonl"
    cq("export", str(path), "--table", "versions", "--region", "渝北")
    first, second = read_jsonl(path)
    assert (first["article_id"], first["version"], second["version"]) == (1, 1, 2)
    assert str(second["title"]) == f"{first['title']}(更新)"
    assert first["url"] == "http://h/1"
    cq("export", str(tmp_path / "versions.csv"), "--table", "versions")
    rows = read_csv(tmp_path / "versions.csv")
    assert [(row["article_id"], row["version"]) for row in rows] == [
        *(("1", "1"), ("1", "2")),
        *(("2", "1"), ("3", "1"), ("4", "1")),
    ]


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
@pytest.mark.parametrize(("table", "rows"), [("articles", 4), ("versions", 5)])
def test_other_kinds(
    cq: Callable[..., Result], tmp_path: Path, kind: str, table: str, rows: int
) -> None:
    path = tmp_path / f"all.{kind}"
    result = cq("export", str(path), "--table", table)
    assert result.stdout.startswith(f"{rows} {table} written to {path}, SHA-256 ")
    read = pd.read_excel if kind == "xlsx" else pd.read_parquet
    assert len(read(path)) == rows


def test_filters(cq: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    cq("export", str(path), "--portal", "chongqing", "--until", "2025-06-30")
    assert [row["id"] for row in read_jsonl(path)] == [2, 3]


SEARCHES = [
    ("重庆", [1, 2, 3]),
    ("重庆 -成都", [1, 3]),
    ("5G OR 智能终端", [1, 2]),
    ("5G|智能终端", [1, 2]),
    ('"发布5G"', [2]),
    ('"重庆 5G"', []),
    ("BYD", []),
    ("BYD --substring", [2]),
    ("重庆 --region 重庆 --since 2025-07", [1]),
    ("成都 --sort relevance", [4, 2]),
    ("成都 --sort newest", [2, 4]),
    ("-- -重庆", [4]),
]


@pytest.mark.parametrize(("typed", "found"), SEARCHES)
def test_what_a_search_finds_is_exported(
    cq: Callable[..., Result], tmp_path: Path, typed: str, found: list[int]
) -> None:
    path, words = tmp_path / "some.jsonl", typed.split(" ")
    if '"' in typed:
        words = [typed]
    assert cq("export", str(path), *words).exit_code == 0
    assert [row["id"] for row in read_jsonl(path)] == found
    lines = cq("search", *words).stdout.splitlines()
    assert [int(line.split("\t")[0]) for line in lines] == found
    cq("export", str(path), "--table", "versions", *words)
    rows = [row["article_id"] for row in read_jsonl(path)]
    assert list(dict.fromkeys(rows)) == found
    assert rows.count(1) == (2 if 1 in found else 0)


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [(["重庆", "--regoin", "渝北"], "--region"), (["--tabel=facts", "重庆"], "--table")],
)
def test_a_mistyped_option_is_none_of_the_terms(
    cq: Callable[..., Result], tmp_path: Path, arguments: list[str], nearest: str
) -> None:
    result = cq("export", str(tmp_path / "some.csv"), *arguments)
    assert result.exit_code == 2
    assert f"Did you mean '{nearest}'?" in result.stderr
    assert list(tmp_path.iterdir()) == []
    result = cq("export", "--tabel", "facts", str(tmp_path / "some.csv"))
    assert "Did you mean '--table'?" in result.stderr


def test_columns_are_chosen(cq: Callable[..., Result], tmp_path: Path) -> None:
    chosen = ("--columns", "published, title,url")
    cq("export", str(tmp_path / "some.csv"), "重庆", *chosen)
    (first, *_), names = read_csv(tmp_path / "some.csv"), ["published", "title", "url"]
    assert (list(first), first["published"], first["url"]) == (names, "2025-07-07", "http://h/1")
    cq("export", str(tmp_path / "some.parquet"), *chosen)
    assert list(pd.read_parquet(tmp_path / "some.parquet")) == names
    cq("export", str(tmp_path / "some.jsonl"), "--columns", "attachments,id")
    assert list(read_jsonl(tmp_path / "some.jsonl")[0]) == ["attachments", "id"]
    cq("export", str(tmp_path / "some.jsonl"), "--table", "versions", "--columns", "version")
    assert [*map(list, read_jsonl(tmp_path / "some.jsonl"))] == [["version"]] * 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--columns", "id,titel"], "no column 'titel' of articles in such a file: did you mean"),
        (["--columns", "id,titel"], "title"),
        (["--columns", "x9"], "'x9' of articles in such a file: It has id, portal, url, title"),
        (["--columns", "related"], "no column 'related' of articles"),
        (["--columns", "title", "--table", "facts", "--no-text"], ""),
        (["--columns", "sentence", "--table", "facts", "--no-text"], "leaves out sentence"),
        (["--columns", ""], "no column ''"),
    ],
)
def test_columns_that_are_none(
    cq: Callable[..., Result], tmp_path: Path, arguments: list[str], message: str
) -> None:
    result = cq("export", str(tmp_path / "some.csv"), *arguments)
    assert message in result.stderr
    assert result.exit_code == (2 if message else 0)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "parquet"])
@pytest.mark.parametrize("table", ["articles", "facts", "versions"])
def test_texts_are_left_out(
    cq: Callable[..., Result], tmp_path: Path, table: str, kind: str
) -> None:
    path = tmp_path / f"some.{kind}"
    assert cq("export", str(path), "--table", table, "--no-text").exit_code == 0
    if kind == "jsonl":
        assert "智能终端项目" in path.read_text("utf-8")
        assert "重庆市渝北区与三家企业签约" not in path.read_text("utf-8")
        return
    read = {"csv": pd.read_csv, "xlsx": pd.read_excel, "parquet": pd.read_parquet}[kind]
    names = list(read(path))
    assert "title" in names
    assert not {"body", "sentence"} & set(names)


def test_chinese_headings(cq: Callable[..., Result], tmp_path: Path) -> None:
    chosen = ("--columns", "title,first_seen", "--headings", "zh")
    cq("export", str(tmp_path / "some.csv"), *chosen)
    assert list(read_csv(tmp_path / "some.csv")[0]) == ["标题", "首次收录时间"]
    cq("export", str(tmp_path / "some.xlsx"), *chosen)
    assert list(pd.read_excel(tmp_path / "some.xlsx")) == ["标题", "首次收录时间 (UTC+8)"]
    result = cq("export", str(tmp_path / "some.jsonl"), *chosen)
    assert (result.exit_code, "are for .csv and .xlsx" in result.stderr) == (2, True)


def test_every_column_has_a_chinese_heading_of_its_own() -> None:
    # Those that an export puts together of other tables have a line in the docs.
    made = {"tags", "industries", "places", "place", "investors"}
    explained = {meaning.column_name for meaning in meanings()} | made
    for table, columns in COLUMNS.items():
        headings = [heading(table, column.name) for column in columns]
        assert len(set(headings)) == len(headings)
        assert {column.name for column in columns} <= explained


def test_references(cq: Callable[..., Result], tmp_path: Path) -> None:
    assert cq("export", str(tmp_path / "some.bib"), "智能终端").stdout.startswith("1 articles")
    text = (tmp_path / "some.bib").read_text("utf-8")
    assert "organization = {{重庆招商网}}" in text
    assert "第2版" in text
    cq("export", str(tmp_path / "some.ris"), "重庆")
    assert (tmp_path / "some.ris").read_text("utf-8").count("TY  - ELEC") == 3


@pytest.mark.parametrize(
    "options", [["--table", "facts"], ["--columns", "title"], ["--no-text"], ["--headings", "zh"]]
)
def test_references_have_no_columns(
    cq: Callable[..., Result], tmp_path: Path, options: list[str]
) -> None:
    result = cq("export", str(tmp_path / "some.bib"), *options)
    assert (result.exit_code, "reference" in result.stderr) == (2, True)


def test_a_briefing(cq: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "meeting.xlsx"
    result = cq("export", str(path), "重庆", "--table", "briefing")
    assert result.stdout.startswith(f"3 articles written to {path}, SHA-256 ")
    assert list(pd.read_excel(path, sheet_name="来源")["门户"]) == ["重庆招商网"] * 3
    asked = pd.read_excel(path, sheet_name="说明").set_index("说明")["内容"]
    assert asked["检索词"] == "重庆"
    result = cq("export", str(path), "--table", "briefing", "--columns", "title")
    assert (result.exit_code, "a form of its own" in result.stderr) == (2, True)
    result = cq("export", str(tmp_path / "meeting.csv"), "--table", "briefing")
    assert (result.exit_code, "end 'meeting.csv' in .xlsx" in result.stderr) == (2, True)


def test_a_file_that_exists_is_replaced(cq: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text("old\n" * 1000)
    cq("export", str(path), "--tag", "制造业")
    assert [row["id"] for row in read_jsonl(path)] == [1]


def test_json(cq: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    answer = json.loads(cq("export", str(path), "--json").stdout)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert answer == {"file": str(path), "table": "articles", "rows": 4, "sha256": sha256}


@pytest.mark.parametrize("name", ["all.xls", "all"])
def test_another_kind_of_file(cq: Callable[..., Result], tmp_path: Path, name: str) -> None:
    result = cq("export", str(tmp_path / name))
    assert result.exit_code == 2
    assert "end it in .csv, .jsonl, .xlsx, .parquet, .bib or .ris" in result.stderr
    assert not (tmp_path / name).exists()


def test_a_terminal_shows_how_far_it_is(terminal: Callable[..., str], tmp_path: Path) -> None:
    path = str(tmp_path / "all.csv")
    assert "Finishing" in terminal("export", path)
    assert "Finishing" not in terminal("export", path, "--quiet")
