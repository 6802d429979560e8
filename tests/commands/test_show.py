from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cqcrawler.models import Article, Link, RemovedParagraph


def test_everything_that_is_known_is_shown(cq: Callable[..., Result]) -> None:
    lines = cq("show", "1").stdout.splitlines()
    assert lines[0] == "【渝北区招商】三个智能终端项目落户空港工业园区(更新)"
    facts = dict(line.split(maxsplit=1) for line in lines[1 : lines.index("")])
    assert facts["region"] == "重庆-渝北区"
    assert facts["place"] == "重庆市  渝北区  500112"
    assert facts["published"] == "2025-07-07"
    assert facts["source"] == "渝北招商"
    assert facts["tags"] == "招商项目 制造业"
    assert facts["url"] == "http://h/1"
    assert facts["version"].startswith("2, changed 20")
    assert "withdrawn" not in facts
    assert sum(line.startswith("重庆市渝北区与三家企业签约") for line in lines) == 1
    assert "  pdf  项目清单.pdf  http://h/files/plan.pdf" in lines
    provenance = lines[lines.index("provenance") + 1 :]
    assert any(line.split()[:3] == ["published", "label", "发布日期"] for line in provenance)
    assert not {"related", "warnings", "versions"} & set(lines)
    assert not [line for line in lines if line.startswith("  - [")]


def test_what_a_page_lacks_is_left_out(cq: Callable[..., Result]) -> None:
    lines = cq("show", "3").stdout.splitlines()
    assert lines[1].split()[0] == "withdrawn"
    assert not [line for line in lines if line.startswith(("region", "place", "author", "tags"))]


def test_related_links_and_warnings(
    cq: Callable[..., Result], archive_of: Callable[..., Path]
) -> None:
    related = (Link("http://h/9", "相关", "2025-07-01"), Link("http://h/8", "无日期"))
    path = archive_of(Article("http://h/1", "标题", related=related, warnings=("no body found",)))
    lines = cq("show", "1", "--archive", str(path)).stdout.splitlines()
    assert lines[lines.index("related") + 1 :][:2] == [
        "  2025-07-01  相关  http://h/9",
        "  无日期  http://h/8",
    ]
    assert lines[lines.index("warnings") + 1] == "  no body found"


def test_what_was_removed(cq: Callable[..., Result]) -> None:
    lines = cq("show", "1", "--removed").stdout.splitlines()
    last = next(i for i, line in enumerate(lines) if line.startswith("项目分两期建设"))
    assert re.match(r"  - \[repeat.*\] 重庆市渝北区与三家企业签约", lines[last + 2])


def test_what_was_left_out_stands_in_its_place(
    cq: Callable[..., Result], archive_of: Callable[..., Path]
) -> None:
    links = [RemovedParagraph(1 + i, "links", f"要闻{i}") for i in range(7)]
    removed = (
        *links,
        RemovedParagraph(8, "teaser", "扫码\x1b[31m关注"),
        RemovedParagraph(10, "below the text", "以上内容仅供参考。"),
    )
    article = Article("http://h/1", "标题", paragraphs=("首段。", "末段。"), removed=removed)
    show = ("show", "1", "--removed", "--archive", str(archive_of(article)))
    text = cq(*show).stdout
    column = text[
        text.index("\n首段") : text.index("\nprovenance") if "provenance" in text else None
    ]
    assert column.split("\n") == [
        "",
        "首段。",
        "",
        "  - [links] 要闻0",
        "  - [links] … and 6 more (--all shows them)",
        "  - [teaser] 扫码 [31m关注",
        "",
        "末段。",
        "",
        "  - [below the text] 以上内容仅供参考。",
        "",
    ]
    everything = cq(*show, "--all").stdout
    assert [line for line in everything.splitlines() if "[links]" in line] == [
        f"  - [links] 要闻{i}" for i in range(7)
    ]
    assert len(json.loads(cq(*show, "--json").stdout)["removed"]) == 9


def test_long_runs_of_links_belong_to_what_was_removed(cq: Callable[..., Result]) -> None:
    result = cq("show", "1", "--all")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "add --removed" in result.stderr


def test_the_versions(cq: Callable[..., Result]) -> None:
    lines = cq("show", "1", "--versions").stdout.splitlines()
    first, second = lines[lines.index("versions") + 1 :]
    assert first.split()[0] == "1"
    assert first.endswith("空港工业园区  重庆-渝北区")
    assert second.split()[0] == "2"
    assert second.endswith("空港工业园区(更新)  重庆-渝北区")


@pytest.mark.parametrize("url", ["http://h/2", "HTTP://H:80/2#top"])
def test_an_address_names_an_article(cq: Callable[..., Result], url: str) -> None:
    assert cq("show", url).stdout.startswith("重庆[bold]发布5G规划\n")


@pytest.mark.parametrize("typed", ["99", "9" * 30, "http://h/99", "重庆"])
def test_an_unknown_article(cq: Callable[..., Result], typed: str) -> None:
    result = cq("show", typed)
    assert result.exit_code == 2
    assert f"no article {typed} in " in result.stderr


def test_json(cq: Callable[..., Result]) -> None:
    article = json.loads(cq("show", "1", "--json").stdout)
    assert (article["id"], article["district"], article["version"]) == (1, "渝北区", 2)
    assert article["tags"] == ["招商项目", "制造业"]
    assert article["provenance"]["region"]["text"] == "重庆-渝北区"
    assert not {"removed", "versions"} & set(article)
    more = json.loads(cq("show", "1", "--json", "--removed", "--versions").stdout)
    assert any(paragraph["rule"].startswith("repeat") for paragraph in more["removed"])
    assert [version["version"] for version in more["versions"]] == [1, 2]


def test_a_line_to_cite_by(cq: Callable[..., Result]) -> None:
    (line,) = cq("show", "1", "--cite").stdout.splitlines()
    assert line.startswith("渝北招商, 重庆招商网. 【渝北区招商】三个智能终端项目落户")
    assert "[EB/OL]. (2025-07-07)[" in line
    assert "]. http://h/1. 存档：第2版，" in line
    answer = json.loads(cq("show", "1", "--cite", "--json").stdout)
    assert answer["line"] == line
    assert (answer["publisher"], answer["place"]) == ("重庆招商网", "重庆市渝北区")


def test_what_was_edited(cq: Callable[..., Result], terminal: Callable[..., str]) -> None:
    title = "【渝北区招商】三个智能终端项目落户空港工业园区"
    lines = cq("show", "1", "--diff", "1", "2").stdout.splitlines()
    assert [line.split(",")[0] for line in lines[:2]] == ["version 1", "version 2"]
    assert lines[3] == f"title: {title}{{+(更新)+}}"
    back = cq("show", "1", "--diff", "2", "1").stdout
    assert f"title: {title}[-(更新)-]" in back
    assert "\x1b[32m\x1b[1m(更新)" in terminal("show", "1", "--diff", "1", "2")
    found = json.loads(cq("show", "1", "--diff", "1", "2", "--json").stdout)
    assert found["fields"]["title"][0]["pieces"] == [
        {"kind": "same", "text": title},
        {"kind": "added", "text": "(更新)"},
    ]
    assert "The two read the same." in cq("show", "1", "--diff", "2", "2").stderr


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (["1", "9"], "no version 9: it has 1, 2"),
        (["1"], "requires 2 arg"),
        (["0", "1"], "0 is not"),
    ],
)
def test_versions_to_compare_must_be_there(
    cq: Callable[..., Result], numbers: list[str], message: str
) -> None:
    result = cq("show", "1", "--diff", *numbers)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize(
    "options", [["--raw", "--cite"], ["--cite", "--diff", "1", "2"], ["--raw", "--json"]]
)
def test_only_one_thing_can_be_printed_alone(cq: Callable[..., Result], options: list[str]) -> None:
    result = cq("show", "1", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "give one of them" in result.stderr
