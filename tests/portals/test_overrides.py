"""`[listing]` and `[notice]` of a portal's file: what they mean, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cqcrawler.exceptions import PortalError
from cqcrawler.platforms.list_api import ListApi
from cqcrawler.portals import Portal, read_portal
from cqcrawler.portals.overrides import NONE, Overrides
from cqcrawler.reading.page.selectors import ListingSelectors, NoticeSelectors

HEAD = """name = "cq"
title = "重庆招商网"
platform = "generic"
region = "500000"
start_urls = ["http://cq.example.cn/"]
"""
API = """[[listing.api]]
at = "/zsdt/"
pages = "/api?n={n}"
rows = "rows"
link = "/d/{id}"
title = "title"
total = "total"
"""


def read(folder: Path, lines: str) -> Portal:
    path = folder / "cq.toml"
    path.write_text(HEAD + lines)
    return read_portal(path)


def test_reads_what_is_said(tmp_path: Path) -> None:
    portal = read(
        tmp_path,
        f"""[listing]
reason = "hot news are no list"
exclude = [".hot", "//aside"]
rows = "div.list > a"
title = "::attr(title)"
date = "./span"
next = "a.next"
{API}first = 0
[notice]
reason = "a video stands in the text"
exclude = [".video"]
body = "#zoom"
title = "h1"
date = ".date::text"
""",
    )
    assert portal.overrides == Overrides(
        "cq.toml",
        ListingSelectors(
            "cq.toml",
            (".hot", "//aside"),
            "div.list > a",
            "::attr(title)",
            "./span",
            "a.next",
        ),
        NoticeSelectors("cq.toml", (".video",), "#zoom", "h1", ".date::text"),
        (ListApi("/zsdt/", "/api?n={n}", "rows", "/d/{id}", "title", "", "total", 0),),
    )


def test_most_portals_say_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "").overrides is NONE or read(tmp_path, "").overrides == NONE
    assert NONE.digest == ""


def test_a_digest_changes_with_what_is_read_and_with_nothing_else(tmp_path: Path) -> None:
    lines = '[notice]\nreason = "{}"\nexclude = ["{}"]'
    first, same, other = (
        read(tmp_path, lines.format(*words)).overrides.digest
        for words in (("why", ".a"), ("for that", ".a"), ("why", ".b"))
    )
    assert first == same != other
    assert replace(read(tmp_path, "").overrides, file="x").digest == ""


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('listing = "x"', "listing: must be a table, [listing]"),
        ('[listing]\nexclude = [".a"]', "listing.reason: say why"),
        ('[listing]\nreason = " "\nexclude = [".a"]', "listing.reason: say why"),
        ('[listing]\nreason = "r"', "listing: says nothing; it may have exclude, rows"),
        ('[notice]\nreason = "r"\nrows = "a"', "unknown key 'notice.rows'"),
        ('[notice]\nreason = "r"\nbodi = "a"', "(did you mean 'body'?)"),
        ('[listing]\nreason = "r"\nrows = 7', "listing.rows: 7 is no text"),
        ('[listing]\nreason = "r"\nrows = "a["', "listing.rows: 'a[' is no CSS selector"),
        ('[listing]\nreason = "r"\ntitle = "//a"', "listing.title: '//a' begins at the top"),
        ('[listing]\nreason = "r"\nexclude = ".a"', "listing.exclude: must be a list of 50"),
        ('[notice]\nreason = "r"\nexclude = ["a", "..b"]', "notice.exclude: '..b' is no CSS"),
        ('[notice]\nreason = "r"\nbody = "//p[re:test(.,1)]"', "there is no function re:test()"),
        ('[listing]\nreason = "r"\napi = "x"', "listing.api: must be written [[listing.api]]"),
    ],
)
def test_refuses_what_is_wrong_and_names_it(tmp_path: Path, lines: str, message: str) -> None:
    refuses(tmp_path, lines, message)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('at = "zsdt"', "listing.api at zsdt: at: 'zsdt' is no path, which begins with /"),
        ('pages = "api?n={n}"', "pages: 'api?n={n}' begins neither with / nor with http"),
        ('pages = "/api?n={n}&m={n}"', "has a number twice"),
        ('pages = "/api?n={page}"', "only {n} and {offset} are known"),
        ('rows = "data["', "rows: 'data[' is no JMESPath"),
        ('link = "url["', "link: 'url[' is no JMESPath"),
        ("title = 7", "title: 7 is no text"),
        ("first = 2", "first: 2 is no number that pages are counted from: 0 or 1"),
        ("first = true", "first: True is no number"),
        ("total", "missing total, which says how far its pages go"),
        ("title", "missing title"),
        ('dates = "x"', "unknown key 'listing.api at /zsdt/: dates' (did you mean 'date'?)"),
    ],
)
def test_refuses_an_api_that_is_wrong(tmp_path: Path, line: str, message: str) -> None:
    key = line.split(" ")[0]
    kept = [each for each in API.splitlines() if each.split(" ")[0] != key]
    lines = "\n".join([*kept, line] if "=" in line else kept)
    refuses(tmp_path, f'[listing]\nreason = "r"\n{lines}', message)


def refuses(folder: Path, lines: str, message: str) -> None:
    with pytest.raises(PortalError) as caught:
        read(folder, lines)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(folder / "cq.toml"))
    assert "\n" not in str(caught.value)
