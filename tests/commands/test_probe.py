"""`cqcrawler probe`: what it says of portals on loopback and of saved pages, and what it asks."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cqcrawler import platforms
from cqcrawler.commands import main
from cqcrawler.platforms.canonical import canonical_url
from cqcrawler.portals import read_portal
from cqcrawler.probe.draft import NEEDS_REGION
from cqcrawler.probe.run import USED_UP
from tests import processes
from tests.crawl.conftest import (
    QUICK,
    Reply,
    Site,
    listing,
    notice,
    notice_path,
    published,
    serving,
    title,
)
from tests.crawl.test_addresses import RESOLVER
from tests.families.portal import Portal as FamilyPortal
from tests.families.portal import serving as serving_family
from tests.processes import ROOT
from tests.shared import shared

# The address that the portals on loopback have in what is compared.
HOST = "http://zs.example.gov.cn"
NEW_HOST = "127-0-0-1"
HOST_PATH = "/tzfw/zsdt/common_list.html"
# How long an answer took, and what follows from the day on which a test runs.
SECONDS = re.compile(r"\b\d+\.\d s\b")
PASSING = re.compile(
    r"\d+\.\d s$|[\d.]+ s between requests \([^()]*\)|about \d+ \w+ the first time"
    r"|then [\d.]+ new a day and \d+ requests?|on \d{4}-\d\d-\d\d\.",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Probed:
    """A probe that has ended: its exit code and what it printed."""

    exit: int
    stdout: str
    stderr: str

    @property
    def json(self) -> dict[str, Any]:
        result: dict[str, Any] = json.loads(self.stdout)
        assert result["exit"] == self.exit
        return result

    @property
    def lines(self) -> dict[str, str]:
        """The first line of each label."""
        found = (line.split(maxsplit=1) for line in self.stdout.splitlines() if line[:1].strip())
        return {line[0]: line[-1] for line in found}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The operator's folder of portal files."""
    made = tmp_path / "portals"
    made.mkdir()
    return made


@pytest.fixture
def probe(tmp_path: Path, folder: Path) -> Callable[..., Probed]:
    """Run the command in a process of its own, without delays."""

    def run(*arguments: str, quick: bool = True) -> Probed:
        env = os.environ | {
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
            "CQCRAWLER_PORTALS": str(folder),
        }
        words = ("probe", *arguments, *(QUICK if quick else ()))
        done = processes.run("-m", "cqcrawler", *words, cwd=tmp_path, env=env)
        assert "Traceback" not in done.stderr, done.stderr
        return Probed(done.returncode, done.stdout, done.stderr)

    return run


def undated(text: str) -> str:
    return PASSING.sub("…", text)


def asked(site: Site) -> list[str]:
    return [request.path for request in site.requests]


def test_a_feed_is_looked_at_as_a_list(site: Site, probe: Callable[..., Probed]) -> None:
    items = "".join(
        f"<item><title>{title(n)}</title><link>{notice_path(n)}</link>"
        f"<pubDate>{published(n)} 08:00</pubDate></item>"
        for n in (1, 2, 3)
    )
    site.pages["/rss.xml"] = Reply(f"<rss version='2.0'><channel>{items}</channel></rss>")
    site.pages[notice_path(1)] = Reply(notice(1))
    found = probe(f"{site.url}/rss.xml")
    assert asked(site) == ["/robots.txt", "/rss.xml", notice_path(1)]
    assert found.exit == 0, found.stdout
    assert "list         3 rows, all dated" in found.stdout
    assert "             a feed, which has the newest notices only" in found.stdout


def test_what_a_site_offers_beside_its_lists_is_named(
    site: Site, probe: Callable[..., Probed]
) -> None:
    offer = '<link rel="alternate" type="application/rss+xml" href="/rss.xml"><title>'
    site.pages["/"] = Reply(listing([1, 2, 3]).replace("<title>", offer))
    site.pages["/robots.txt"] = Reply(f"Sitemap: {site.url}/map.xml")
    site.pages[notice_path(1)] = Reply(notice(1))
    lines = probe(site.url).lines
    assert lines["also"] == f"feed {site.url}/rss.xml; sitemap {site.url}/map.xml"


def test_four_requests_tell_all(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(43)
    site.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /admin/\nCrawl-delay: 0.1\n")
    found = probe(site.url)
    assert asked(site) == ["/robots.txt", "/", "/list_2.html", notice_path(1)]
    assert found.exit == 0
    shown = SECONDS.sub("0.1 s", found.stdout.replace(site.url, HOST))
    assert shown.splitlines()[:5] == [
        f"page         {HOST}/   HTTP 200, 2 kB, utf-8 (header), 0.1 s",
        "robots.txt   allows the page, Crawl-delay 0.1",
        "site         招商动态",
        f"region       {NEEDS_REGION}",
        "platform     not known: read by structure and labels alone",
    ]
    assert "list         10 rows, all dated, 2025-09-29 … 2025-09-20, newest first" in shown
    assert f"             {published(1)}  {title(1)}  {notice_path(1)}" in shown
    assert "             … and 5 more (--json has them)" in shown
    assert "pages        4 other pages: /list_2.html … /list_5.html" in shown
    assert "             /list_2.html was read: 10 rows, 10 of them new" in shown
    assert "total        none declared: nobody can tell whether a crawl had all" in shown
    assert f"notice       {HOST}{notice_path(1)}   " in shown
    assert f"             published  {published(1)}   (label 发布日期, 0.98)" in shown
    assert "             region     重庆-渝北区   (label 所属地区, 0.98)" in shown
    assert (
        "politeness   0.1 s between requests (Crawl-delay); 5 pages + up to 50 notices: "
        "about 6 seconds the first time" in shown
    )
    assert "requests     4 of at most 4" in shown
    assert shown.endswith("verdict      can be crawled\n")
    assert found.stderr == ""
    agents = {request.headers["User-Agent"] for request in site.requests}
    assert len(agents) == 1
    assert agents.pop().startswith("cqcrawler/")


def test_json_has_the_same(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(43)
    found = probe(site.url, "--json").json
    assert (found["exit"], found["can_be_crawled"], found["problems"]) == (0, True, [])
    assert [row["title"] for row in found["listing"]["rows"]["rows"]] == [
        title(number) for number in range(1, 11)
    ]
    assert found["listing"]["further"] == {
        "url": f"{site.url}/list_2.html",
        "rows": 10,
        "new": 10,
        "problem": "",
    }
    assert found["not_asked"] == {}
    assert [each["url"] for each in found["requests"]] == [site.url + path for path in asked(site)]
    assert [each["status"] for each in found["requests"]] == [404, 200, 200, 200]
    assert found["robots"] == {"says": "there is none (HTTP 404)", "crawl_delay": None}


def test_it_waits_as_a_crawl_does(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(3)
    site.pages["/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 1.5\n")
    probe(site.url, "-s", "DOWNLOAD_DELAY=0", quick=False)
    times = [request.at for request in site.requests]
    assert len(times) == 3
    assert times[2] - times[1] > 1.4


def test_a_list_of_one_page_costs_three_requests(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(4)
    found = probe(site.url)
    assert asked(site) == ["/robots.txt", "/", notice_path(1)]
    assert found.exit == 0
    assert found.lines["pages"] == "no other page is named"


def test_the_first_row_may_be_pinned_and_odd(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(9)
    page = listing(range(1, 10)).replace(
        "<ul>", '<ul><li><a href="/zt/special.html">渝北区招商专题网页上线运行</a></li>'
    )
    site.pages["/"] = Reply(page)
    assert probe(site.url).exit == 0
    assert asked(site)[-1] == notice_path(1)


def test_the_example_of_the_docs(tmp_path: Path) -> None:
    """All of it, but for where the portal stands, how fast it answered, and what day it is."""
    docs = (ROOT / "docs/portals.md").read_text(encoding="utf-8")
    example = re.search(r"```text\n\$ cqcrawler (probe .*?)\n(.*?)```", docs, re.DOTALL)
    drafted = re.search(r"```toml\n(# Drafted by .*?)```", docs, re.DOTALL)
    assert example
    assert drafted
    (tmp_path / "portals").mkdir()
    env = os.environ | {"PYTHONPATH": str(ROOT), "CQCRAWLER_PORTALS": "portals"}
    with serving_family(next(each for each in FAMILIES if HOST_PATH in each.start)) as server:
        words = example[1].replace(HOST, server.url).split()
        done = processes.run("-m", "cqcrawler", *words, cwd=tmp_path, env=env)
        printed = (done.stdout + done.stderr).replace(server.url, HOST)
        written = (tmp_path / "portals/yudong.toml").read_text().replace(server.url, HOST)
    assert done.returncode == 0
    assert undated(printed) == undated(example[2])
    assert undated(written) == undated(drafted[1])


# -- What stands in the way ---------------------------------------------------------------


def test_robots_forbids(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(30)
    site.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /\n")
    found = probe(site.url)
    assert asked(site) == ["/robots.txt"]
    assert found.exit == 1
    assert found.lines["robots.txt"] == "forbids the page"
    assert found.lines["verdict"] == "not wholly: forbidden by robots.txt"


def test_robots_forbids_notices_only(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(30)
    site.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /info/\n")
    found = probe(site.url)
    assert asked(site) == ["/robots.txt", "/", "/list_2.html"]
    assert found.exit == 1
    assert found.lines["robots.txt"] == "allows the page"
    assert found.lines["verdict"] == (
        f"not wholly: {site.url}{notice_path(1)}: forbidden by robots.txt"
    )


def test_a_robots_txt_that_cannot_be_had(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(30)
    site.pages["/robots.txt"] = Reply("oops", 500)
    found = probe(site.url)
    assert set(asked(site)) == {"/robots.txt"}
    assert found.exit == 1
    assert found.lines["robots.txt"] == "cannot be had"
    assert "cannot be had (HTTP 500), so that nothing is allowed" in found.lines["verdict"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("<p>404</p>", 404), "HTTP 404"),
        (Reply("<p>gone</p>", 410), "HTTP 410"),
        (Reply("<script>var $_ts={};</script>", 412), "script challenge (HTTP 412, 瑞数)"),
        (Reply("<p>403</p>", 403), "refuses access (HTTP 403)"),
        (
            Reply("<html><script>document.cookie='C3VK=1'</script></html>"),
            "script challenge (C3VK)",
        ),
        (Reply("oops", 503), "HTTP 503"),
        (Reply(drop=True), "ConnectionDone"),
        (Reply("<html>" + "x" * 3000, cut=2000), "the body is cut off"),
        (Reply("", headers={"Content-Type": ""}), "the page is empty"),
        (Reply(b"%PDF-1.4 binary"), "not a text page: a PDF document"),
        (
            Reply("", 302, headers={"Location": "http://www.elsewhere.example/zsdt/"}),
            "redirects to http://www.elsewhere.example/zsdt/, which is another site",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_page_that_cannot_be_read(
    site: Site, probe: Callable[..., Probed], reply: Reply, reason: str
) -> None:
    site.pages["/"] = reply
    found = probe(site.url)
    assert found.exit == 1
    assert reason in found.lines["verdict"]
    assert len(asked(site)) <= 4
    assert "list" not in found.lines


def test_a_page_that_takes_too_long(site: Site, probe: Callable[..., Probed]) -> None:
    site.pages["/"] = Reply("late", seconds=3)
    found = probe(site.url, "-s", "DOWNLOAD_TIMEOUT=0.5")
    assert asked(site) == ["/robots.txt", "/"]
    assert found.exit == 1
    assert "Timeout" in found.lines["verdict"]


def test_a_page_that_is_too_large(site: Site, probe: Callable[..., Probed]) -> None:
    site.pages["/"] = Reply(listing(range(1, 30)) + " " * 60_000)
    found = probe(site.url, "-s", "DOWNLOAD_MAXSIZE=50000")
    assert asked(site) == ["/robots.txt", "/"]
    assert found.exit == 1
    assert "larger than download max size" in found.lines["verdict"]


def test_a_host_that_nobody_knows(probe: Callable[..., Probed]) -> None:
    found = probe("http://nobody.invalid/zsdt/")
    assert found.exit == 1
    assert found.lines["requests"] == "0 of at most 4"
    assert "nobody.invalid" in found.lines["verdict"]


def test_a_private_address_behind_a_public_name(
    site: Site, probe: Callable[..., Probed], tmp_path: Path
) -> None:
    site.portal(3)
    (tmp_path / "names.py").write_text(RESOLVER)
    url = site.url.replace("127.0.0.1", "portal.example.com")
    found = probe(url, "-s", "TWISTED_DNS_RESOLVER=names.Resolver")
    assert found.exit == 1
    assert "portal.example.com leads to 127.0.0.1, a private address" in found.lines["verdict"]
    assert site.requests == []


# -- Lists that are not whole -------------------------------------------------------------


def test_a_further_page_that_is_gone(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(43)
    del site.pages["/list_2.html"]
    found = probe(site.url)
    assert asked(site) == ["/robots.txt", "/", "/list_2.html", notice_path(1)]
    assert found.exit == 1
    assert found.lines["verdict"] == f"not wholly: {site.url}/list_2.html: HTTP 404"
    assert "/list_2.html was read: HTTP 404" in found.stdout


def test_a_pager_that_gives_the_first_page_again(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(43)
    site.pages["/list_2.html"] = site.pages["/"]
    found = probe(site.url)
    assert found.exit == 1
    assert "/list_2.html shows no rows that the first page has not" in found.lines["verdict"]


def test_a_further_page_that_is_refused_ends_the_asking(
    site: Site, probe: Callable[..., Probed]
) -> None:
    site.portal(43)
    site.pages["/list_2.html"] = Reply("<p>403</p>", 403)
    found = probe(site.url)
    assert asked(site) == ["/robots.txt", "/", "/list_2.html"]
    assert found.exit == 1
    assert found.lines["notice"] == "not asked for: the site fails or refuses"


def test_a_pager_without_addresses(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(9)
    pager = '<a href="javascript:go(2)">2</a><a href="javascript:go(2)">下一页</a>'
    site.pages["/"] = Reply(listing(range(1, 10)).replace("</ul>", f"</ul><div>{pager}</div>"))
    found = probe(site.url)
    assert found.exit == 1
    assert "goes on where we cannot follow" in found.lines["verdict"]
    assert found.lines["notice"].startswith(site.url)


def test_no_list_but_links_to_some(site: Site, probe: Callable[..., Probed]) -> None:
    menu = "".join(f'<a href="/{n}/">{n}</a>' for n in ("招商动态", "招商项目", "投资指南"))
    site.pages["/"] = Reply(f"<html><title>某区招商网</title><body>{menu}</body></html>")
    found = probe(site.url)
    assert asked(site) == ["/robots.txt", "/"]
    assert found.exit == 1
    assert found.lines["verdict"] == "not wholly: it lists no notices"
    assert found.lines["sections"].endswith("招商动态, 招商项目, 投资指南")


def test_a_page_that_draws_itself(site: Site, probe: Callable[..., Probed]) -> None:
    site.pages["/"] = Reply(
        "<html><head><title>招商网</title></head><body><div id=app></div>"
        "<script src=/app.js></script></body></html>"
    )
    found = probe(site.url)
    assert found.exit == 1
    assert found.lines["verdict"] == "not wholly: it draws itself by script (#app)"


def test_a_notice_in_place_of_a_list(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(9)
    trail = '<p>当前位置：<a href="/">首页</a> &gt; <a href="/zsdt/">招商动态</a></p>'
    page = notice(1).replace("<body>", f"<body>{trail}")
    site.pages[notice_path(1)] = Reply(page)
    found = probe(site.url + notice_path(1))
    assert asked(site) == ["/robots.txt", notice_path(1)]
    assert found.exit == 1
    assert found.lines["verdict"] == (
        f"not wholly: this is a notice: give the address of its list, perhaps {site.url}/zsdt/"
    )
    assert title(1) in found.stdout


def test_rows_whose_notices_are_gone(site: Site, probe: Callable[..., Probed]) -> None:
    site.portal(9)
    del site.pages[notice_path(1)]
    found = probe(site.url)
    assert found.exit == 1
    assert found.lines["verdict"] == f"not wholly: {site.url}{notice_path(1)}: HTTP 404"


def test_rows_that_all_lead_elsewhere(site: Site, probe: Callable[..., Probed]) -> None:
    site.pages["/"] = Reply(
        listing(range(1, 10)).replace('href="', 'href="http://www.elsewhere.example')
    )
    found = probe(site.url)
    assert asked(site) == ["/robots.txt", "/"]
    assert found.exit == 1
    assert found.lines["notice"] == "not asked for: no row leads to a page of this site"
    assert found.lines["verdict"] == "not wholly: 9 of 9 rows lead to another site or to a file"


def test_redirects_count(site: Site, probe: Callable[..., Probed]) -> None:
    """http to https, and to the folder: what does not fit into four requests is not asked for."""
    site.portal(43)
    site.pages["/zs"] = Reply("", 302, headers={"Location": "/"})
    found = probe(f"{site.url}/zs")
    assert asked(site) == ["/robots.txt", "/zs", "/", "/list_2.html"]
    assert found.exit == 0
    assert f"redirected from {site.url}/zs" in found.stdout
    assert found.lines["notice"] == (f"not asked for: {USED_UP}")
    site.requests.clear()
    site.pages["/list_2.html"] = Reply("", 302, headers={"Location": "/list_3.html"})
    found = probe(f"{site.url}/zs")
    assert asked(site) == ["/robots.txt", "/zs", "/", "/list_2.html"]
    assert f"none of them was asked for: {USED_UP}" in found.stdout
    site.requests.clear()
    site.pages["/"] = Reply("", 302, headers={"Location": "/zs"})
    assert probe(f"{site.url}/zs").exit == 1
    assert len(asked(site)) == 4


# -- Saved pages --------------------------------------------------------------------------


def test_a_saved_page_asks_for_nothing(
    site: Site, probe: Callable[..., Probed], tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(listing(range(1, 11), 1, 5), encoding="utf-8")
    found = probe("page.html", "--url", site.url)
    assert site.requests == []
    assert found.exit == 0
    assert found.lines["page"].startswith(f"{site.url}/   saved, ")
    assert found.lines["robots.txt"] == "not asked for: a saved page asks for nothing"
    assert "none of them was asked for: a saved page asks for nothing" in found.stdout
    assert found.lines["notice"] == "not asked for: a saved page asks for nothing"
    assert found.lines["requests"] == "0 of at most 4"
    assert found.lines["verdict"] == "can be crawled, by what it shows"
    assert "new a day" not in found.stdout
    without = probe("page.html", "--json").json
    assert without["listing"]["pages"][0] == "/list_2.html"
    assert len(without["listing"]["rows"]["rows"]) == 10


def run_here(*arguments: str, env: dict[str, str] | None = None) -> Result:
    """Run the command in this process: a saved page needs no event loop."""
    return CliRunner().invoke(main, ["probe", *arguments], env=env, catch_exceptions=False)


def test_a_file_beside_a_saved_page_tells_where_it_was(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(listing(range(1, 11)).replace("2025-09-29", "昨天"), encoding="utf-8")
    page.with_suffix(".toml").write_text(
        f'url = "{HOST}/zsdt/"\nfetched_at = 2025-09-30T08:00:00+08:00\n'
    )
    found = json.loads(run_here(str(page), "--json").stdout)
    assert found["page"]["url"] == f"{HOST}/zsdt/"
    assert found["listing"]["rows"]["rows"][0]["published"] == "2025-09-29"
    page.with_suffix(".toml").write_text("url = ")
    assert "cannot be read as TOML" in run_here(str(page)).stderr


def test_where_a_saved_page_was_may_have_to_be_said(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(listing(range(1, 10)).replace('href="', f'href="{HOST}'), encoding="utf-8")
    without, said = run_here(str(page)), run_here(str(page), "--url", f"{HOST}/zsdt/")
    assert (without.exit_code, said.exit_code) == (1, 0)
    assert "(--url says where a saved page was)" in without.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.html"], "nowhere.html: No such file or directory; a URL begins with http://"),
        (["www.example.gov.cn"], "a URL begins with http:// or https://"),
        (["."], ".: Is a directory"),
        (["ftp://example.gov.cn/"], "'ftp://example.gov.cn/' is no http or https URL"),
        (["http://me:secret@example.gov.cn/"], "a name and password before the host are not used"),
        ([f"{HOST}/", "--url", HOST], "--url says where a saved page was: leave it out"),
        (
            [f"{HOST}/", "--name", "zs"],
            "--name, --region and --reason are for the portal file",
        ),
        ([f"{HOST}/", "-s", "DOWNLOAD_DELAY"], "write it NAME=VALUE"),
        ([f"{HOST}/", "-s", "DOWNLOAD_DELAY=-1"], "DOWNLOAD_DELAY is '-1'"),
    ],
)
def test_wrong_usage(arguments: list[str], message: str) -> None:
    result = run_here(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "secret" not in result.stderr


def test_a_file_that_no_crawl_would_read(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    with page.open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    result = run_here(str(page))
    assert result.exit_code == 2
    assert "11,534,336 bytes: a crawl reads no page of more than 10,485,760" in result.stderr


def test_a_huge_page_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(listing(range(1, 11)) + "<p>x\n" * 400_000, encoding="utf-8")
    result = run_here(str(page))
    assert "only the first 300000 tags and lines of the page are read" in result.stdout
    assert "list         10 rows" in result.stdout


def test_a_list_that_a_script_fetches_is_told_how_to_describe(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    scripts = "<script>$.getJSON('/api/news?pageNo=1', draw)</script>"
    page.write_text(
        f"<html><body>{'<p>招商动态</p>' * 40}{scripts}</body></html>", encoding="utf-8"
    )
    shown = run_here(str(page), "--url", f"{HOST}/zsdt/").stdout.splitlines()
    verdict = next(n for n, line in enumerate(shown) if line.startswith("verdict"))
    assert [line[13:] for line in shown[verdict:]] == [
        "not wholly: a script may fetch its list ($.getJSON)",
        "describe it by [[listing.api]] in the portal's file: docs/portals.md, Lists of JSON",
        "scripts of the page name /api/news?pageNo=1",
    ]


def test_paths_are_those_of_the_lists(tmp_path: Path) -> None:
    hot = "".join(f'<li><a href="/v/{n}.html">第{n}期园区推介视频回放</a></li>' for n in range(5))
    page = tmp_path / "page.html"
    markup = listing(range(1, 11)).replace("</body>", f'<ol class="hot">{hot}</ol></body>')
    page.write_text(markup.replace("<ul>", '<ul class="news">'), encoding="utf-8")
    shown = run_here(str(page), "--paths").stdout.splitlines()
    rows = next(n for n, line in enumerate(shown) if line.startswith("list "))
    left_out = next(n for n, line in enumerate(shown) if line.startswith("left out"))
    assert shown[rows + 1].strip() == "at ul.news"
    assert shown[left_out].endswith("5 links, undated")
    assert shown[left_out + 1].strip() == "at ol.hot"
    assert "at ul.news" not in run_here(str(page)).stdout


def test_what_a_page_says_steers_no_terminal(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        listing(range(1, 11)).replace("签约", "签\u202e约\x1b[31m").replace("招商动态", "招\x9b商"),
        encoding="utf-8",
    )
    for options in ((), ("--json",), ("--paths",)):
        printed = run_here(str(page), *options).output
        assert not set("\x1b\x9b\u202e") & set(printed)


# -- Pages kept, and the portal file ------------------------------------------------------


def test_what_came_is_kept_as_it_came(
    site: Site, probe: Callable[..., Probed], tmp_path: Path
) -> None:
    site.portal(43)
    site.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /admin/\n")
    site.pages["/list_2.html"] = Reply(
        listing(range(11, 21), 2, 5).encode("gb18030"), headers={"Content-Type": "text/html"}
    )
    found = probe(site.url, "--save", "kept/pages")
    kept = tmp_path / "kept/pages"
    assert found.exit == 0
    assert sorted(path.name for path in kept.iterdir()) == [
        *("further.html", "further.toml", "list.html", "list.toml"),
        *("notice.html", "notice.toml", "robots.txt"),
    ]
    for name, path in (("list", "/"), ("further", "/list_2.html"), ("notice", notice_path(1))):
        body = site.pages[path].body
        assert (kept / f"{name}.html").read_bytes() == (
            body.encode() if isinstance(body, str) else body
        )
        again = json.loads(run_here(str(kept / f"{name}.html"), "--json").stdout)
        assert again["page"]["url"] == site.url + path
    assert f"written: {Path('kept/pages/list.html')}" in found.stderr
    site.requests.clear()
    found = probe(site.url, "--save", "kept/pages")
    assert (found.exit, site.requests) == (2, [])
    assert "is there already: choose another folder" in found.stderr
    found = probe(str(kept / "list.html"), "--save", "other")
    assert (found.exit, (tmp_path / "other").exists()) == (2, False)


def test_an_answer_that_failed_is_kept_too(
    site: Site, probe: Callable[..., Probed], tmp_path: Path
) -> None:
    site.pages["/"] = Reply("<script>var $_ts={};</script>", 412)
    probe(site.url, "--save", "kept")
    assert "$_ts" in (tmp_path / "kept/list.html").read_text()


GOVERNMENT = (
    '<head><meta name="SiteName" content="两江&quot;新区&quot;招商网">'
    '<meta name="SiteIDCode" content="5001120017">'
)


def test_the_portal_file_is_valid_and_says_what_it_rests_on(
    site: Site, probe: Callable[..., Probed], folder: Path
) -> None:
    site.portal(43)
    first = site.pages["/"].body.replace("<head>", GOVERNMENT)
    site.pages["/"] = Reply(first)
    found = probe(site.url, "--write")
    file = folder / f"{NEW_HOST}.toml"
    assert found.exit == 0
    assert found.stderr.strip() == f"written: {file}"
    portal = read_portal(file)
    assert (portal.name, portal.title) == (NEW_HOST, '两江"新区"招商网')
    assert (portal.platform, portal.region) == ("generic", "500112")
    assert portal.start_urls == (f"{site.url}/",)
    text = file.read_text()
    assert "# 重庆市渝北区, by SiteIDCode 5001120017" in text
    assert "# 10 rows, 10 of them dated, 2025-09-29 to 2025-09-20; 4 other pages; no total" in text
    keys = [line.partition(" ")[0] for line in text.splitlines() if line[:1] != "#"]
    assert keys == ["name", "title", "platform", "region", "start_urls"]
    site.requests.clear()
    again = probe(site.url, "--write", "--name", "other")
    assert (again.exit, site.requests) == (2, [])
    assert f"is of the portal {NEW_HOST} already" in again.stderr
    assert file.read_text() == text


def test_the_operator_knows_better(site: Site, probe: Callable[..., Probed], folder: Path) -> None:
    site.portal(3)
    found = probe(site.url, "--write", "--name", "xinqu", "--region", "两江新区")
    portal = read_portal(folder / "xinqu.toml")
    assert (found.exit, portal.name, portal.title) == (0, "xinqu", "招商动态")
    assert portal.region == "500000"  # what contains the zone
    assert "region" not in found.lines


def test_what_nobody_says_is_asked_of_the_operator(
    site: Site, probe: Callable[..., Probed], folder: Path
) -> None:
    site.portal(3)
    found = probe(site.url, "--write")
    assert found.exit == 2
    assert "which place the portal speaks for: --write needs --region, a name" in found.stderr
    assert found.lines["verdict"] == "can be crawled"
    assert "speaks for: --write needs --region" in found.lines["region"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--name", "js"], "a portal is called js already"),
        (["--name", "Big Name"], "'Big Name' is not lower-case letters, digits"),
        (["--region", "无此地"], "--region: no region is called '无此地'"),
    ],
)
def test_a_portal_file_that_cannot_be_is_refused_before_anything_is_asked(
    site: Site, probe: Callable[..., Probed], options: list[str], message: str
) -> None:
    site.portal(3)
    found = probe(site.url, "--write", *options)
    assert (found.exit, site.requests) == (2, [])
    assert message in found.stderr


def test_nothing_is_drafted_without_a_list_or_a_folder(
    site: Site, probe: Callable[..., Probed], folder: Path, tmp_path: Path
) -> None:
    site.pages["/"] = Reply("<p>nothing</p>")
    found = probe(site.url, "--write", "--region", "重庆")
    assert found.exit == 1
    assert "no portal file was drafted" in found.stderr
    assert list(folder.iterdir()) == []
    page = tmp_path / "page.html"
    page.write_text(listing(range(1, 11)), encoding="utf-8")
    result = run_here(str(page), "--url", HOST, "--write", env={"CQCRAWLER_PORTALS": ""})
    assert result.exit_code == 2
    assert "CQCRAWLER_PORTALS has to name the folder of your portal files" in result.stderr
    result = run_here(str(page), "--write", env={"CQCRAWLER_PORTALS": str(folder)})
    assert "--write has to know where the page was: add --url" in result.stderr


# -- Families and real pages --------------------------------------------------------------

FAMILIES = [
    portal
    for path in sorted((ROOT / "tests/families").glob("*.py"))
    if not path.stem.startswith("test_")
    for portal in getattr(import_module(f"tests.families.{path.stem}"), "PORTALS", ())
    if portal.family in platforms.names()
]


@pytest.mark.parametrize("portal", FAMILIES, ids=lambda portal: portal.id)
def test_a_family_is_named_and_its_second_page_compared(
    portal: FamilyPortal, probe: Callable[..., Probed]
) -> None:
    with serving_family(portal) as server:
        found = probe(server.url + portal.start, "--json").json
        targets = [request.target for request in server.requests]
    assert (found["problems"], found["platform"]["name"]) == ([], portal.family)
    assert found["platform"]["signs"]
    assert len(targets) == 4
    assert targets[:2] == ["/robots.txt", portal.start]
    assert found["listing"]["further"]["new"] > 0
    if found["notice"] is None:  # A script file had to be asked how to ask for the rows.
        assert found["listing"]["is_shell"]
        assert found["not_asked"] == {"notice": USED_UP}
    else:
        notices = {canonical_url(server.url + portal.path_of(each)) for each in portal.notices}
        assert found["notice"]["url"] in notices
        assert found["notice"]["characters"] > 0


# The family of each page, by the beginning of its name, where it can be told from it: what may be
# said of a page is this or nothing. The paths of fjmjzz are those that 帝国 gives by default.
REAL = {
    **{name: {"trs"} for name in ("cpaxj", "gzdzhrss", "pucheng", "uudiv", "ctq", "most")},
    **{name: {""} for name in ("gxpopss", "ggzy", "soc", "tangshan")},
    "fjmjzz": {"", "empire"},
    "jl": {"", "trs"},
}


@pytest.mark.parametrize("part", ["columns", "listings"])
def test_real_pages_get_no_wrong_name(part: str) -> None:
    corpus = shared(f"corpus/{part}")
    for line in (corpus / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        where = ("--url", gold["url"]) if gold["url"] else ()
        page = corpus / "pages" / f"{gold['id']}.html"
        result = run_here(str(page), *where, "--json")
        found = json.loads(result.stdout)
        assert found["platform"]["name"] in REAL[gold["id"].partition("_")[0]], gold["id"]
        assert bool(found["platform"]["name"]) == bool(found["platform"]["signs"])
        if found["platform"]["name"] == "":
            assert "platform     not known" in run_here(str(page), *where).stdout
