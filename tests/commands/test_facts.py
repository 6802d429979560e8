"""What notices state, as the commands print, filter and export it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook

from cqcrawler.commands import extract
from cqcrawler.models import Article
from tests.stating import read_simply, simple_facts

LARGE = Article(
    "http://h/large",
    "渝北区芯片项目签约",
    region="重庆",
    published="2025-07-01",
    paragraphs=(
        "2025-06-30，甲公司与两江新区签约，总投资超30亿元，用地30亩。",
        "其中6亿元为设备。补贴200元，截止2025-09-30。",
    ),
)
SMALL = Article(
    "http://h/small",
    "疫苗项目开工",
    published="2025-07-02",
    paragraphs=("2024-01-05，成都市项目开工，总投资2亿元。",),
)
NONE = Article("http://h/none", "招商政策", published="2025-07-03", paragraphs=("没有金额。",))


@pytest.fixture(autouse=True)
def _simply(monkeypatch: pytest.MonkeyPatch) -> None:
    read_simply(monkeypatch)


@pytest.fixture
def facts(cq: Callable[..., Result], archive_of: Callable[..., Path]) -> Callable[..., Result]:
    """Run a command on an archive of three notices."""
    path = archive_of(LARGE, SMALL, NONE)
    return lambda *arguments, **options: cq(*arguments, "--archive", str(path), **options)


def ids(result: Result) -> list[int]:
    assert result.exit_code == 0, result.output
    return [int(line.split("\t")[0]) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--place", "渝北"], [1]),
        (["--stage", "开工"], [2]),
        (["--industry", "生物医药"], [2]),
        (["--min", "2亿"], [2, 1]),
        (["--min", "3e9"], [1]),
        (["项目", "--event-since", "2025-01-01"], [1]),
        (["--event-until", "2024-12-31", "--stage", "开工"], [2]),
        (["--sort", "amount"], [1, 2, 3]),
        (["项目", "--sort", "newest"], [2, 1]),
        (["芯片", "--sort", "relevance"], [1]),
        (["项目", "--sort", "amount", "--limit", "1"], [1]),
    ],
)
def test_search(facts: Callable[..., Result], arguments: list[str], found: list[int]) -> None:
    assert ids(facts("search", *arguments)) == found


def test_hits_carry_what_they_state(facts: Callable[..., Result]) -> None:
    answer = json.loads(facts("search", "芯片", "--json").stdout)
    (hit,) = answer["hits"]
    assert (hit["event_from"], hit["event_to"]) == ("2025-06-30", "2025-06-30")
    assert (hit["stage"], hit["amount"]) == ("签约", 3e9)
    first = facts("search", "--sort", "amount").stdout.splitlines()[0]
    assert first.split("\t")[3] == "渝北区芯片项目签约 (30亿元)"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--stage", "开建"], "no stage '开建': did you mean"),
        (["--industry", "芯片"], "no industry '芯片': it is one of"),
        (["--min", "十分大"], "is no amount: write it like 10亿"),
        (["--place", "火星"], "no region is called '火星'"),
        (["--event-since", "早年"], "'早年' is no date"),
        (
            ["--event-since", "2025-02-01", "--event-until", "2025-01-01"],
            "--event-since 2025-02-01 is later than --event-until 2025-01-01",
        ),
        (["项目", "--sort", "size"], "is not one of"),
        (["项目", "--rank", "--sort", "amount"], "--rank is --sort relevance"),
        (["--sort", "relevance"], "say what to search for"),
    ],
)
def test_wrong_usage(facts: Callable[..., Result], arguments: list[str], message: str) -> None:
    result = facts("search", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_show_prints_them(facts: Callable[..., Result]) -> None:
    lines = facts("show", "1").stdout.splitlines()
    head = lines[: lines.index("")]
    assert "stage       签约" in head
    assert "event       2025-06-30  2025-06-30" in head
    assert "industries  集成电路" in head
    assert "mentions    渝北区 两江新区" in head
    assert "ahead       deadline 2025-09-30" in head
    assert head[-3:] == [
        "facts       超30亿元  investment, single, planned, project  项目",
        "            30亩  area, single  项目",
        "            6亿元  investment, part, planned, project  项目",
    ]
    assert "event       2024-01-05  2024-01-05  stale" in facts("show", "2").stdout.splitlines()
    assert "facts" not in facts("show", "3").stdout


def test_show_as_json(facts: Callable[..., Result]) -> None:
    shown = json.loads(facts("show", "1", "--json").stdout)
    assert (shown["facts"][0]["kind"], shown["facts"][0]["value"]) == ("investment", 3e9)
    assert (shown["stage"], shown["stale"]) == ("签约", False)
    assert (shown["industries"], shown["places"]) == (["集成电路"], ["渝北区", "两江新区"])
    assert shown["actors"][0]["name"] == "甲公司"


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "xlsx", "parquet"])
def test_projects_as_a_file(facts: Callable[..., Result], tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"projects.{suffix}"
    result = facts("export", str(file), "--table", "projects")
    assert result.exit_code == 0
    assert f"projects written to {file}" in result.stdout


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "xlsx", "parquet"])
def test_facts_as_a_file(facts: Callable[..., Result], tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"facts.{suffix}"
    result = facts("export", str(file), "--table", "facts")
    assert result.stdout.startswith(f"4 facts written to {file}")
    rows = read(file)
    assert [(row["article_id"], row["kind"], float(row["value"])) for row in rows] == [
        (2, "investment", 2e8),
        (1, "investment", 3e9),
        (1, "area", 20000.0),
        (1, "investment", 6e8),
    ]
    assert {row["title"] for row in rows} == {LARGE.title, SMALL.title}
    assert [bool(row["stale"]) for row in rows] == [True, False, False, False]
    assert rows[1]["sentence"] == "2025-06-30，甲公司与两江新区签约，总投资超30亿元，用地30亩。"
    assert str(rows[1]["event_from"])[:10] == "2025-06-30"


def read(file: Path) -> list[dict[str, Any]]:
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig") as lines:
            rows = list(csv.DictReader(lines))
        whole = {"article_id": int, "stale": int}
        return [
            row | {name: kind(row[name]) for name, kind in whole.items() if name in row}
            for row in rows
        ]
    if file.suffix == ".jsonl":
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    if file.suffix == ".xlsx":
        heading, *cells = load_workbook(file).active.values
        return [dict(zip(heading, row, strict=True)) for row in cells]
    from pyarrow.parquet import read_table

    return list(read_table(file).to_pylist())


def test_exports_take_the_filters_and_the_order(
    facts: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "a.jsonl"
    facts("export", str(file), "--table", "facts", "--stage", "开工")
    assert [row["article_id"] for row in read(file)] == [2]
    facts("export", str(file), "--sort", "amount")
    assert [row["id"] for row in read(file)] == [1, 2, 3]
    facts("export", str(file), "--min", "1亿")
    rows = read(file)
    assert [row["id"] for row in rows] == [2, 1]
    assert (rows[1]["industries"], rows[1]["stale"]) == (["集成电路"], False)
    facts("export", str(file), "项目", "--sort", "amount", "--table", "facts")
    assert [row["article_id"] for row in read(file)] == [1, 1, 1, 2]
    facts("export", str(file), "芯片", "--table", "facts")
    assert {row["article_id"] for row in read(file)} == {1}


def test_articles_in_a_table_have_their_names_in_one_cell(
    facts: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    facts("export", str(file), "--place", "渝北")
    (row,) = read(file)
    assert (row["places"], row["industries"], row["stale"]) == ("渝北区;两江新区", "集成电路", 0)


def test_extract(
    cq: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "read_facts", simple_facts)
    page = tmp_path / "page.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in LARGE.paragraphs)
    page.write_text(
        f"<h1>{LARGE.title}</h1><p>发布日期：2025年07月01日</p>{paragraphs}", encoding="utf-8"
    )
    read_page = json.loads(cq("extract", str(page)).stdout)
    names = ("event_from", "event_to", "event_text", "stale", "stage")
    assert [read_page[name] for name in names] == ["2025-06-30"] * 3 + [False, "签约"]
    assert read_page["industries"] == ["集成电路"]
    assert read_page["places"] == ["渝北区", "两江新区"]
    assert read_page["actors"] == [{"kind": "company", "name": "甲公司"}]
    fact = read_page["facts"][0]
    assert (fact["kind"], fact["value"], fact["qualifier"]) == ("investment", 3e9, "超")
    assert read_page["body"][fact["start"] : fact["stop"]] == fact["text"] == "超30亿元"
    assert "other_numbers" not in read_page
    why = json.loads(cq("extract", "--why", str(page)).stdout)
    assert [(n["kind"], n["text"]) for n in why["other_numbers"]] == [("subsidy", "200")]
