"""Corrections as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cqcrawler.archive import Archive
from cqcrawler.models import Article
from tests.stating import read_simply

ONE = Article(
    "http://h/1",
    "总投资8亿元的项目",
    published="2025-07-01",
    paragraphs=("甲公司总投资30亿元，用地30亩。", "乙公司总投资30亿元。招工三千人，另有9亿美元。"),
)
TWO = Article("http://h/2", "另一条", paragraphs=("没有金额，注资亿元一事不算。",))


@pytest.fixture(autouse=True)
def _simply(monkeypatch: pytest.MonkeyPatch) -> None:
    read_simply(monkeypatch)


@pytest.fixture
def path(archive_of: Callable[..., Path]) -> Path:
    return archive_of(ONE, TWO)


@pytest.fixture
def correct(cq: Callable[..., Result], path: Path) -> Callable[..., Result]:
    return lambda *arguments: cq("correct", *arguments, "--archive", str(path))


def facts(path: Path, number: int = 1) -> list[tuple[str, float, str]]:
    with Archive(path, must_exist=True) as archive:
        article = archive.article(number)
        assert article is not None
        return [(fact.kind, fact.value, fact.field) for fact in article.facts]


def test_reject_list_and_undo(correct: Callable[..., Result], path: Path) -> None:
    before = facts(path)
    result = correct("reject", "1", "8亿元", "--reason", "标题", "--by", "李四")
    assert (result.exit_code, result.stderr) == (0, "1: reject investment 8亿元\n")
    assert facts(path) == before[1:]
    assert correct("list").stdout.splitlines()[1:] == ["1\treject\t1\tinvestment 8亿元\t李四\t标题"]
    assert correct("undo", "1").stderr == "1 is undone\n"
    assert facts(path) == before
    assert correct("list").stderr == "there are no corrections\n"


def test_set(correct: Callable[..., Result], path: Path) -> None:
    assert correct("set", "http://h/1", "8亿元", "value=80亿", "scope=", "unit=USD").exit_code == 0
    assert facts(path)[0] == ("investment", 80e8, "title")
    shown = json.loads(correct("list", "--json").stdout)
    (one,) = shown["facts"]
    assert one["changes"] == {"value": 80e8, "scope": None, "unit": "USD"}
    assert (one["was"]["value"], one["was"]["scope"]) == (8e8, "project")
    assert (one["url"], one["field"], one["ordinal"]) == ("http://h/1", "title", 1)
    assert one["by"]


def test_add(correct: Callable[..., Result], path: Path) -> None:
    result = correct("add", "2", "注资亿元")
    assert (result.exit_code, result.stderr) == (0, "1: add investment 注资亿元\n")
    assert correct("add", "1", "三千人", "kind=jobs", "value=3000").exit_code == 0
    assert facts(path, 2) == [("investment", 1e8, "body")]
    assert ("jobs", 3000.0, "body") in facts(path)


def test_orphaned_corrections_are_listed(correct: Callable[..., Result], path: Path) -> None:
    correct("reject", "1", "8亿元")
    correct("reject", "1", "30亩")
    with Archive(path) as archive:
        archive._db.execute("UPDATE articles SET title = '改了' WHERE id = 1")
        from cqcrawler.archive.articles import statements

        statements.refresh(archive._db, 1)
        archive._db.commit()
    (line,) = correct("list", "--orphaned").stdout.splitlines()[1:]
    assert line.startswith("1\treject (orphaned)\t1\tinvestment 8亿元")
    assert len(correct("list").stdout.splitlines()) == 3


def test_stories(correct: Callable[..., Result]) -> None:
    assert correct("join", "1", "http://h/2", "--by", "李四").stderr == "s1: join 1 2\n"
    assert correct("list").stdout.splitlines()[1] == "s1\tjoin\thttp://h/1\thttp://h/2\t李四\t"
    assert correct("part", "2", "1").exit_code == 0
    assert [c["action"] for c in json.loads(correct("list", "--json").stdout)["stories"]] == [
        "part"
    ]
    assert correct("undo", "s2").exit_code in (0, 2)
    assert correct("undo", "s9").exit_code == 2


def test_export(correct: Callable[..., Result], path: Path, tmp_path: Path) -> None:
    correct("reject", "1", "8亿元", "--reason", "重复")
    file = tmp_path / "gold.jsonl"
    assert correct("export", str(file)).stderr == f"1 notices written to {file}\n"
    (line,) = map(json.loads, file.read_text("utf-8").splitlines())
    assert (line["id"], line["not_facts"]) == ("http://h/1", [{"text": "8亿元", "why": "重复"}])
    assert len(line["facts"]) == len(facts(path))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["reject", "1", "30亿元"],
            "several facts are '30亿元' (investment in the body: …甲公司总",
        ),
        (
            ["reject", "1", "7亿元"],
            "article 1 states no fact as '7亿元': it has 8亿元 (investment)",
        ),
        (["reject", "2", "7亿元"], "it has none"),
        (["reject", "1", "8亿元", "--kind", "tax"], "states no fact as"),
        (["reject", "1", "8亿元", "--field", "body"], "states no fact as"),
        (["reject", "9", "8亿元"], "no article 9"),
        (["set", "1", "8亿元"], "Missing argument"),
        (["set", "1", "8亿元", "role"], "role: write it NAME=VALUE, where NAME is one of value"),
        (["set", "1", "8亿元", "text=x"], "text=x: write it NAME=VALUE"),
        (["set", "1", "8亿元", "role=half"], "role=half: it is one of total, part, single"),
        (["set", "1", "8亿元", "role="], "it is one of total, part, single"),
        (["set", "1", "8亿元", "value=很多"], "value=很多: '很多' is no amount"),
        (["set", "1", "8亿元", "value="], "is no amount"),
        (["set", "1", "8亿元", "unit=元"], "unit=元: it is CNY or another ISO code"),
        (["add", "1", "三千人", "kind=jobs"], "'三千人' has no value that can be read"),
        (["add", "1", "30亩", "kind=area"], "has no value that can be read"),
        (["add", "1", "9亿美元"], "'9亿美元' are of another currency: give unit=USD"),
        (["add", "1", "四亿元", "value=4亿"], "does not stand in the title of article 1"),
        (["add", "1", "30亿元"], "'30亿元' stands 2 times in the body: say which by --nth"),
        (["add", "1", "30亿元", "--nth", "3"], "does not stand 3 times in the body"),
        (["undo", "7"], "no correction 7: cqcrawler correct list shows their numbers"),
        (["undo", "x"], "no correction x"),
        (["join", "1", "1"], "both are article 1"),
        (["export", "gold.csv"], "gold is in JSON lines"),
    ],
)
def test_wrong_usage_says_what_to_do(
    correct: Callable[..., Result], path: Path, arguments: list[str], message: str
) -> None:
    before = facts(path)
    result = correct(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert facts(path) == before


def test_which_of_several_is_said_by_its_place(correct: Callable[..., Result], path: Path) -> None:
    assert correct("reject", "1", "30亿元", "--nth", "2").exit_code == 0
    with Archive(path, must_exist=True) as archive:
        (correction,) = archive.corrections.facts()
        assert (correction.text, correction.ordinal) == ("30亿元", 2)
        found = archive.article(1)
    assert found is not None
    assert [fact.text for fact in found.facts] == ["8亿元", "30亿元", "30亩", "9亿美元"]


def test_a_fact_is_found_by_a_part_of_its_words(correct: Callable[..., Result], path: Path) -> None:
    assert correct("reject", "1", "9亿").exit_code == 0
    assert all(value != 9e8 for _, value, _ in facts(path))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (("set", "1", "8亿元", "kind=jobs"), "jobs in CNY: add unit=person"),
        (("set", "1", "8亿元", "kind=output"), "output with basis=planned: it has one of expected"),
        (("set", "1", "8亿元", "kind=tax", "basis="), "only investments have one, add scope="),
        (("set", "1", "8亿元", "kind=area", "unit=m2"), "it has none, add basis="),
        (("set", "1", "8亿元", "basis=actual"), "it has one of planned"),
        (("set", "1", "8亿元", "unit=m2"), "add unit=CNY, or another ISO code"),
        (("set", "1", "8亿元", "value_max=7亿"), "more than the value, 8e+08"),
        (("set", "1", "8亿元", "value=7亿", "value=9亿"), "value=9亿: value is given twice"),
        (("add", "1", "三千人", "kind=jobs", "value=3000", "unit=CNY"), "add unit=person"),
        (("add", "1", "", "value=3", "--nth", "1"), "no words are given"),
        (("reject", "1", " "), "no words are given"),
        (("reject", "1", "30亿元", "--nth", "3"), "of '30亿元' article 1 has 2 only"),
        (("reject", "1", "8亿元", "--kind", "tax"), "no fact as '8亿元' with --kind tax: it has"),
    ],
)
def test_what_no_fact_can_be_is_refused(
    correct: Callable[..., Result], path: Path, typed: tuple[str, ...], why: str
) -> None:
    before = facts(path)
    result = correct(*typed)
    assert (result.exit_code, why in result.stderr) == (2, True), result.stderr
    assert facts(path) == before


def test_a_kind_is_changed_with_all_that_goes_with_it(
    correct: Callable[..., Result], path: Path
) -> None:
    changes = ("kind=output", "basis=expected", "scope=")
    assert correct("set", "1", "8亿元", *changes).exit_code == 0
    assert facts(path)[0] == ("output", 8e8, "title")


def test_what_is_corrected_is_shown_with_its_value(
    correct: Callable[..., Result], cq: Callable[..., Result], path: Path
) -> None:
    correct("set", "1", "8亿元", "value=80亿", "value_max=90亿")
    shown = cq("show", "1", "--archive", str(path)).stdout
    assert "(8,000,000,000 to 9,000,000,000 CNY, correction 1)" in shown
    assert shown.count("correction") == 1
