"""Whoever reads Chinese reads nothing else: help, results, causes and errors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cqcrawler.archive import Archive
from cqcrawler.commands import main
from cqcrawler.messages.widths import width
from cqcrawler.models import Article, Outcome
from tests.commands.conftest import YESTERDAY, Crawl
from tests.messages.test_catalogue import commands

# Two words in a row that are none of a program's own.
_ENGLISH = re.compile(r"(?<![\w./<=-])[A-Za-z]{2,}[,;:]? [a-z]{2,}(?![\w/.]*[/=])")
# What stands in Chinese as it is: commands to be typed, names and codes.
_AS_IT_IS = re.compile(
    r"`[^`]*`|cqcrawler(?: [a-z-]+)*|pip install [\w.'\[\]]+|Lists of JSON|docs/\S+|https?://\S+"
    r"|main(?: [a-z-]+)*"
)


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


def english_in(text: str) -> list[str]:
    return _ENGLISH.findall(_AS_IT_IS.sub("", text))


def paths() -> Iterator[tuple[str, ...]]:
    yield ()
    for name in main.list_commands(None):  # type: ignore[arg-type]
        command = main.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        yield (name,)
        for below in list(commands(command, name))[1:]:
            yield (name, below.name or "")


@pytest.mark.parametrize("path", list(paths()), ids=" ".join)
def test_help(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*path, "--help"], prog_name="cqcrawler").output
    explained, _, options = shown.partition("\n选项：\n")
    examples = re.sub(r"(?m)^    .*$", "", explained)
    assert english_in(examples + options) == []
    assert all(width(line) <= 80 for line in (examples + options).splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ["health"],
        ["health", "--portal", "nobody"],
        ["runs"],
        ["runs", "--portal", "nobody"],
        ["portals"],
        ["portals", "show", "chongqing"],
        ["portals", "check"],
        ["portals", "learn"],
        ["portals", "enable", "chongqing"],
        ["show", "1"],
        ["show", "1", "--removed", "--versions"],
        ["show", "1", "--diff", "1", "9"],
        ["show", "1", "--raw"],
        ["show", "1", "--all"],
        ["show", "nowhere"],
        ["search", "重庆"],
        ["search", "重庆", "--region", "渝被"],
        ["search", "--section", "nothing"],
        ["search", "--industry", "nothing"],
        ["search", "--min", "many"],
        ["search", "重庆", "--since", "2025-07-07", "--until", "2025-01-01"],
        ["search", "重庆", "--since", "yesterday"],
        ["search", "重庆", "--place", "渝北"],
        ["search", "--tag", "没有"],
        ["search", "--stage", "没有"],
        ["search"],
        ["search", "--nothing"],
        ["search", "--limit", "0", "重庆"],
        ["new"],
        ["new", "--since", "1900"],
        ["new", "--since", "someday"],
        ["new", "--watch", "nobody"],
        ["digest"],
        ["digest", "--week", "--month"],
        ["digest", "--since", "2999"],
        ["digest", "--site", "nowhere"],
        ["digest", "--to", "nobody"],
        ["watch", "list"],
        ["watch", "add", "渝北"],
        ["watch", "add", "渝北", "签约"],
        ["watch", "add", "!", "签约"],
        ["watch", "remove", "渝北"],
        ["watch", "alert"],
        ["watch", "alert", "--webhook", "http://127.0.0.1:9/", "渝北"],
        ["verify"],
        ["doctor"],
        ["extract", "/nowhere/page.html"],
        ["export", "articles.doc"],
        ["export", "a.csv", "--columns", "titel"],
        ["export", "a.csv", "--no-text", "--columns", "body"],
        ["export", "a.csv", "--table", "briefing"],
        ["export", "a.jsonl", "--headings", "zh"],
        ["export", "a.bib", "--table", "facts"],
        ["export", "a.bib", "--no-text"],
        ["correct", "list"],
        ["correct", "reject", "1", "没有"],
        ["correct", "set", "1", "百亿元", "colour=red"],
        ["correct", "undo", "s1"],
        ["forget", "http://h/nowhere"],
        ["warc", "retire", "nowhere"],
        ["crawl"],
        ["crawl", "nobody"],
        ["crawl", "--due", "chongqing"],
        ["crawl", "chongqing", "-s", "x"],
        ["probe", "/nowhere/page.html"],
        ["probe", "http://h/", "--name", "x"],
        ["schedule"],
        ["schedule", "--format", "at"],
        ["nothing"],
        [],
    ],
    ids=" ".join,
)
def test_no_english_sentence_is_left(cq: Callable[..., Result], arguments: list[str]) -> None:
    done = cq(*arguments)
    assert english_in(done.output) == [], done.output
    assert re.search("[\u4e00-\u9fff]", done.output)


def test_remarks_stand_in_the_brackets_of_chinese(
    cq: Callable[..., Result], tmp_path: Path
) -> None:
    assert "\t撤下的重庆公告（已撤下）\t" in cq("search", "撤下").stdout
    path = tmp_path / "places.db"
    with Archive(path) as archive:
        crawl = Crawl(archive, "chongqing")
        crawl.save(Article("http://h/1", title="渝北区项目签约", region="四川"), YESTERDAY)
    arguments = ["search", "--place", "渝北", "--archive", str(path)]
    assert "\t四川 渝北区（标题）\t" in CliRunner().invoke(main, arguments).stdout


@pytest.fixture
def failed(tmp_path: Path) -> Callable[..., Result]:
    """Run a command on the archive of a portal whose last run failed in part."""
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        crawl = Crawl(archive, "chongqing")
        crawl.save(Article("http://h/1", title="重庆招商"), YESTERDAY)
        crawl.end(Outcome.PARTIAL, "5 pages failed, such as http://h/9: HTTP 500")
    return lambda *arguments: CliRunner().invoke(main, [*arguments, "--archive", str(path)])


def test_causes_and_codes_in_a_pipe(failed: Callable[..., Result]) -> None:
    """A program finds the outcome where it was, and a person its cause in Chinese."""
    heading, row = (line.split("\t") for line in failed("runs").stdout.splitlines())
    assert heading == ["开始时间", "门户", "页面", "新增", "改动", "失败", "结果"]
    assert row[-1] == "partial: 5 个页面失败，例如 http://h/9：HTTP 500"


def test_json_is_for_programs(failed: Callable[..., Result]) -> None:
    (run,) = json.loads(failed("runs", "--json").stdout)
    assert run["reason"] == "5 pages failed, such as http://h/9: HTTP 500"
    assert run["ended_at"].endswith("Z")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["search", "--nothing", "x"], 2, "错误：没有选项“--nothing”。"),
        (["show"], 2, "错误：缺少参数“ID”。"),
        (["serch"], 2, "错误：没有命令“serch”。是否指“search”？"),
        (["show", "999"], 2, "cqcrawler："),
    ],
)
def test_errors_keep_their_code(
    cq: Callable[..., Result], arguments: list[str], code: int, said: str
) -> None:
    done = cq(*arguments)
    assert done.exit_code == code
    assert said in done.stderr


def test_an_interruption_is_told_in_chinese(
    cq: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cqcrawler.commands.runs._row", interrupt)
    done = cq("runs")
    assert (done.exit_code, done.stderr) == (1, "\n已中止！\n")


def test_on_a_terminal_the_codes_are_words(
    terminal: Callable[..., str], environment: dict[str, str]
) -> None:
    shown = terminal("runs", env={**environment, "LC_ALL": "zh_CN.UTF-8"})
    assert "部分失败" in shown
    assert "partial" not in shown


def test_english_help_is_back_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    CliRunner().invoke(main, ["--help"])
    monkeypatch.setenv("LC_ALL", "C")
    assert "Options:" in CliRunner().invoke(main, ["--help"]).output


def test_times_in_a_cause_are_those_of_beijing(failed: Callable[..., Result]) -> None:
    """The last run began a month ago."""
    said = failed("health", "--portal", "chongqing").stdout
    assert re.search(r"\t\d{4}-\d\d-\d\d \d\d:\d\d 之后没有抓取，该次结果为部分失败", said)
