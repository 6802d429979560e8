from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cqcrawler.commands import search
from cqcrawler.models import Article


def ids(result: Result) -> list[int]:
    assert result.exit_code == 0, result.output
    return [int(line.split("\t")[0]) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["重庆"], [1, 2, 3]),
        (["重庆", "-成都"], [1, 3]),
        (["-成都", "重庆"], [1, 3]),
        (["重庆", "5G"], [2]),
        (["重庆 5G"], [2]),
        (['"重庆 5G"'], []),
        (['"发布5G"'], [2]),
        (["--", "-重庆"], [4]),
        (["BYD"], []),
        (["BYD", "--substring"], [2]),
        (["重庆", "--limit", "1"], [1]),
        (["成都", "--rank"], [4, 2]),
        (["成都", "--sort", "relevance"], [4, 2]),
        (["5G", "OR", "BYDs", "OR", "智能终端"], [1, 2]),
        (["重庆", "--since", "2025-06", "--until", "2025H1"], [2]),
        (["成都"], [2, 4]),
        (["--region", "重庆"], [1]),
        (["重庆", "--since", "2025-06-01", "--until", "2025-06-30"], [2]),
        (["--tag", "制造业"], [1]),
        (["--portal", "sc"], [4]),
        (["(更新)"], [1]),
        (["((", "*", "NEAR("], []),
        (["AND", "OR", '"'], []),
    ],
)
def test_what_is_found(cq: Callable[..., Result], arguments: list[str], found: list[int]) -> None:
    assert ids(cq("search", *arguments)) == found


def test_a_hit_in_a_pipe_is_a_line(cq: Callable[..., Result]) -> None:
    first, second, third = cq("search", "重庆").stdout.splitlines()
    number, published, region, title, passage = first.split("\t")
    assert (number, published, region) == ("1", "2025-07-07", "重庆-渝北区")
    assert title == "【渝北区招商】三个智能终端项目落户空港工业园区(更新)"
    assert passage.startswith("重庆市渝北区与三家企业签约")
    assert second.split("\t")[3] == "重庆[bold]发布5G规划"
    assert third.split("\t")[3] == "撤下的重庆公告 (withdrawn)"


def test_the_number_found_stands_beside_the_result(cq: Callable[..., Result]) -> None:
    money = "100亿元 promised in 1 of them"
    assert cq("search", "重庆").stderr == f"3 found; {money}\n"
    shown = cq("search", "重庆", "--limit", "2").stderr
    assert shown == f"3 found, 2 shown: --limit shows more; {money}\n"
    assert cq("search", "5G").stderr == "1 found\n"
    assert cq("search", "重庆", "--quiet").stderr == ""


def test_a_count_that_was_broken_off_says_so(
    cq: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_MOST_COUNTED", 2)
    result = cq("search", "重庆", "--limit", "1")
    assert result.stderr == "at least 2 found, 1 shown: --limit shows more\n"
    assert json.loads(cq("search", "重庆", "--limit", "1", "--json").stdout)["capped"] is True
    assert cq("search", "重庆", "--limit", "1", "--json").stdout.count('"sums": null') == 1
    assert cq("search", "重庆", "--limit", "5").stderr.startswith("3 found;")


def test_nothing_found_is_no_error(cq: Callable[..., Result], filled: Path) -> None:
    result = cq("search", "火星")
    told = f"nothing found in {filled}\n"
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", told)
    none = {"notices": 0, "promised": 0.0, "realised": 0.0}
    empty = {"found": 0, "capped": False, "sums": none, "hits": []}
    assert json.loads(cq("search", "火星", "--json").stdout) == empty


def test_json(cq: Callable[..., Result]) -> None:
    answer = json.loads(cq("search", "重庆", "--limit", "2", "--json").stdout)
    assert (answer["found"], answer["capped"]) == (3, False)
    hit = answer["hits"][1]
    start, end = hit["passage_marks"][0]
    assert hit["passage"][start:end] == "重庆"
    assert hit["title_marks"] == [[0, 2]]
    assert list(hit) == [
        *("id", "published", "region", "title", "title_marks"),
        *("passage", "passage_marks", "portal", "url", "withdrawn_at"),
        *("event_from", "event_to", "stage", "source", "amount", "place", "place_stands"),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "say what to search for"),
        (['""'], "say what to search for"),
        (["重庆", "--regoin", "渝北"], "No such option '--regoin'. Did you mean '--region'?"),
        (["重庆", "--since", "2025-13-01"], "'2025-13-01' is no date: write it like 2025-07-07"),
        (["重庆", "--until", "July"], "'July' is no date: write it like 2025-07-07"),
        (["--since", "2025-08-01", "--until", "2025-07-01"], "--since 2025-08-01 is later than"),
        (["--region", "火星"], "no region is called '火星'"),
        (["--tag", "制造"], "no tag '制造' in this archive: did you mean 制造业?"),
        (["--since", "2025Q3", "--until", "2025H1"], "--since 2025Q3 is later than --until 2025H1"),
        (["--limit", "0"], "0 is not in the range"),
    ],
)
def test_wrong_usage_says_what_to_do(
    cq: Callable[..., Result], arguments: list[str], message: str
) -> None:
    result = cq("search", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_archive_that_is_not_there(cq: Callable[..., Result], tmp_path: Path) -> None:
    result = cq("search", "重庆", "--archive", str(tmp_path / "no.db"))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"cqcrawler: there is no archive at {tmp_path / 'no.db'}")
    assert not (tmp_path / "no.db").exists()


def test_on_a_terminal_the_words_are_bold(terminal: Callable[..., str]) -> None:
    assert terminal("search", "5G", "--limit", "1") == (
        "     2  2025-06-01  重庆          重庆[bold]发布\x1b[1m5G\x1b[0m规划\n"
        "        重庆与成都共建\x1b[1m5G\x1b[0m基站。 新能源BYD520工厂。\n"
        "1 found\n"
    )


def test_a_page_cannot_play_with_the_terminal(
    cq: Callable[..., Result], terminal: Callable[..., str], archive_of: Callable[..., Path]
) -> None:
    article = Article("http://h/1", "红\x1b[31m\x9b31m", region="a\tb\nc", paragraphs=("红",))
    arguments = ("search", "红", "--archive", str(archive_of(article)))
    assert cq(*arguments).stdout == "1\t\ta b c\t红 [31m 31m\t红\n"
    assert " [31m 31m\n" in terminal(*arguments)


def test_a_limit_beyond_all_measure_is_wrong_usage(cq: Callable[..., Result]) -> None:
    assert cq("search", "重庆", "--limit", "9" * 20).exit_code == 2
