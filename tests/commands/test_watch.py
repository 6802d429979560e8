from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cqcrawler.archive import Archive
from cqcrawler.commands import main
from cqcrawler.models import Article


@pytest.fixture
def run(archive_of: Callable[..., Path]) -> Callable[..., Result]:
    path = archive_of(
        Article("http://h/1", "渝北签约", tags=("招商",), paragraphs=("总投资12亿元。",)),
        Article("http://h/2", "成都开工"),
    )

    def run(*arguments: str) -> Result:
        env = {"CQCRAWLER_ARCHIVE": str(path)}
        return CliRunner().invoke(main, ["watch", *arguments], env=env, catch_exceptions=False)

    return run


def test_added_listed_and_removed(run: Callable[..., Result]) -> None:
    filters = ("--min", "1亿", "--since", "2000", "--event-since", "1y")
    added = run("add", "渝北", "签约", "-招聘", *filters)
    assert (added.exit_code, added.stderr) == (0, "渝北 is kept; it finds 0 now\n")
    heading, line = run("list").stdout.splitlines()
    assert heading.split("\t") == ["name", "added", "last told", "search"]
    name, _, told_at, search = line.split("\t")
    assert (name, told_at) == ("渝北", "")
    assert search == "签约 -招聘 --since 2000 --min 1亿 --event-since 1y"
    assert run("remove", "渝北").stderr == "渝北 is removed\n"
    assert run("list").stderr == "there are no watches: cqcrawler watch add makes one\n"


def test_json(run: Callable[..., Result]) -> None:
    added = json.loads(run("add", "x", "签约", "--tag", "招商", "--json").stdout)
    (listed,) = json.loads(run("list", "--json").stdout)
    assert added == listed | {"found": 1}
    assert listed["search"] == {"q": "签约", "tag": "招商"}
    assert (listed["name"], listed["told_at"]) == ("x", None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("add", "x"), "say what to watch for"),
        (("add", "x y", "签约"), "'x y' is no name for a watch"),
        (("add", "x", "--tag", "招"), "no tag '招' in this archive: did you mean 招商?"),
        (("add", "x", "--since", "2025-02-30"), "'2025-02-30' is no date"),
        (("add", "x", "签约", "--sinc", "7d"), "No such option '--sinc'. Did you mean '--since'?"),
        (("remove", "x"), "no watch 'x': there are none yet"),
    ],
)
def test_what_makes_no_sense(
    run: Callable[..., Result], arguments: tuple[str, ...], message: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert json.loads(run("list", "--json").stdout) == []


def test_an_archive_that_cannot_be_written(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Archive, "writable", False)
    result = run("add", "x", "签约")
    assert result.exit_code == 2
    assert "cannot be written, and watches are kept in it" in result.stderr
