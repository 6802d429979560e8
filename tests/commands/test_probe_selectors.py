"""`cqcrawler probe --rows …`: selectors tried beside the general reading, before they are kept."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cqcrawler.commands import main
from cqcrawler.portals import read_portal
from tests import processes
from tests.crawl.conftest import QUICK, Reply, notice_path, serving, title
from tests.processes import ROOT

HOST = "http://zs.example.gov.cn"
PAGE = "<title>招商动态</title>" + "".join(
    f"<ul class={name}>"
    + "".join(
        f"<li><a href='/{name}/{n}.html'>{title(n)}</a> 2025-0{n}-01</li>" for n in range(1, 4)
    )
    + "</ul>"
    for name in ("hot", "list")
)


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "list.html"
    path.write_text(PAGE, encoding="utf-8")
    return str(path)


def probe(page: str, *arguments: str, folder: Path | None = None) -> Result:
    words = ["probe", page, "--url", f"{HOST}/l/", *arguments]
    env = {"CQCRAWLER_PORTALS": str(folder) if folder else None}
    return CliRunner().invoke(main, words, env=env, catch_exceptions=False)


def test_both_readings_are_shown_side_by_side(page: str) -> None:
    result = probe(page, "--exclude", ".hot", "--title", "a")
    assert result.exit_code == 0
    assert "tried        listing.exclude .hot   1 found on /l/" in result.stdout
    assert "             listing.title a   in rows on /l/" in result.stdout
    assert "readings     by the general rules | by these selectors" in result.stdout
    assert "             rows       6 | 3" in result.stdout
    assert f"row        2025-01-01 {title(1)} {HOST}/hot/1.html | —" in result.stdout


def test_without_a_difference_they_are_not_needed(page: str) -> None:
    result = probe(page, "--rows", "li")
    assert "readings     the general rules read the same without" in result.stdout
    assert "tried" not in probe(page).stdout


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (("--exclude", ".no"), f"listing.exclude .no matches nothing on {HOST}/l/"),
        (("--next", ".no"), f"listing.next .no matches nothing on {HOST}/l/"),
        (("--rows", ".no"), "it lists no notices"),
        (("--rows", "li", "--date", "b"), f"listing.date b matches nothing on {HOST}/l/"),
    ],
)
def test_what_matches_nothing_is_the_verdict(
    page: str, arguments: tuple[str, ...], verdict: str
) -> None:
    result = probe(page, *arguments)
    assert result.exit_code == 1
    assert verdict in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--rows", "li["), "--rows: 'li[' is no CSS selector: "),
        (("--title", "//a"), "--title: '//a' begins at the top of the page"),
        (("--notice-exclude", "//a[$x]"), "--notice-exclude: '//a[$x]' has a variable"),
        (("--body", "x" * 400), "--body: has 400 characters"),
        (("--reason", "why"), "--reason are for the portal file: add --write"),
    ],
)
def test_what_is_no_selector_is_told_on_one_line(
    page: str, arguments: tuple[str, ...], message: str
) -> None:
    result = probe(page, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_they_go_into_the_portal_file(page: str, tmp_path: Path) -> None:
    words = ("--exclude", '[class="hot"]', "--exclude", "//b", "--body", "#zoom")
    words += ("--write", "--region", "重庆", "--name", "zs")
    probe(page, *words, folder=tmp_path)
    file = tmp_path / "zs.toml"
    overrides = read_portal(file).overrides
    assert overrides.listing.exclude == ('[class="hot"]', "//b")
    assert overrides.notice.body == "#zoom"
    assert file.read_text().count('reason = "to fill in: what the general rules read wrong') == 2
    file.unlink()
    probe(page, *words, "--reason", "a box of old news", folder=tmp_path)
    assert file.read_text().count('reason = "a box of old news"') == 2


def test_notices_and_further_pages_are_tried_too(tmp_path: Path) -> None:
    with serving() as site:
        site.portal(20)
        site.pages["/older"] = Reply(site.pages["/list_2.html"].body)
        first = site.pages["/"].body.replace("</body>", "<p class=o><a href=/older>旧</a></body>")
        site.pages["/"] = Reply(first)
        words = ("--next", ".o", "--body", "p:nth-child(1)", "--notice-title", "h2", "--json")
        env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
        done = processes.run(
            "-m", "cqcrawler", "probe", site.url, *words, *QUICK, cwd=tmp_path, env=env
        )
        asked = [request.path for request in site.requests]
        url = site.url
    assert asked == ["/robots.txt", "/", "/older", notice_path(1)]
    found: dict[str, Any] = json.loads(done.stdout)
    tried = {
        (each["name"], each["url"].removeprefix(url)): each["found"]
        for each in found["trial"]["tried"]
    }
    assert tried["listing.next", "/"] == 1
    assert tried["listing.next", "/older"] == 0
    assert tried["notice.body", notice_path(1)] == 1
    assert tried["notice.title", notice_path(1)] == 0
    differ = {each["what"]: each for each in found["trial"]["differences"]}
    assert differ["pages"]["selected"] == f"{url}/older"
    assert int(differ["characters"]["selected"]) < int(differ["characters"]["general"])
    assert f"notice.title h2 matches nothing on {url}{notice_path(1)}" in found["problems"]
