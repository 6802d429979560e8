"""Pages of a listing that are had by sending a form: what is asked, kept, and read again."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from tests import processes
from tests.crawl.conftest import Crawler
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices, serving

NOTICES = notices(20)
ROWS = 8


def path(notice: Notice) -> str:
    return f"/view.jsp?id={notice.number}"


def listed(page: int) -> Reply:
    rows = "".join(
        f'<li><a href="{path(n)}">{n.title}</a> {n.published}</li>'
        for n in NOTICES[(page - 1) * ROWS : page * ROWS]
    )
    return Reply(f"""<html><body><h2>招商动态</h2><ul>{rows}</ul>
<form name="f" method="post" action=""><input type="hidden" name="column" value="招商">
<input type="hidden" name="pageNo" value="{page}"></form>
<p>共3页，第{page}页 <a href="javascript:to(1)">首页</a>
<a href="javascript:to({page + 1})">下一页</a>
<a href="javascript:to(3)">尾页</a></p>
<script>function to(n) {{ document.f.pageNo.value = n; document.f.submit(); }}</script>
</body></html>""")


def noticed(request: Request) -> Reply:
    notice = NOTICES[int(request.query["id"]) - 1]
    return Reply(f"""<html><body><h1>{notice.title}</h1><div>发布日期：{notice.published}</div>
<div>{notice.html}</div></body></html>""")


def answer(request: Request) -> Reply:
    if request.path == "/view.jsp":
        return noticed(request)
    if request.path != "/list.jsp" or (request.method == "POST") != ("column" in request.form):
        return NOT_FOUND
    return listed(int(request.form.get("pageNo", "1")))


def redirecting(request: Request) -> Reply:
    """A server that sends whoever posts a form to an address of its own."""
    if request.method == "POST":
        return Reply("", 303, headers={"Location": f"/list.jsp?p={request.form['pageNo']}"})
    if request.path == "/list.jsp" and "p" in request.query:
        return listed(int(request.query["p"]))
    return answer(request)


def coming_back(request: Request) -> Reply:
    """A server that remembers what was posted, and sends to the same address."""
    if request.method == "POST":
        page = request.form["pageNo"]
        return Reply("", 302, headers={"Location": "/list.jsp", "Set-Cookie": f"page={page}"})
    if request.path == "/list.jsp":
        return listed(int(request.headers.get("cookie", "page=1").partition("page=")[2]))
    return answer(request)


@pytest.fixture
def crawl(tmp_path) -> Crawler:
    return Crawler(tmp_path)


def portal(respond) -> Portal:
    return Portal("posted", "test", "/list.jsp", NOTICES, path, respond, lambda _: None)


def rows(crawl, sql):
    with closing(sqlite3.connect(crawl.archive)) as archive:
        return archive.execute(sql).fetchall()


def forms(crawl) -> list[tuple[str, bytes]]:
    """The first line and the body of every raw request that sent a form."""
    found = []
    for file in sorted((crawl.folder / "warc").rglob("*.warc.gz")):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.request):
                if record.http_headers.status_line.startswith("POST"):
                    found.append((record.http_headers.status_line, record.reader.read()))
    return found


@pytest.mark.parametrize("respond", [answer, redirecting, coming_back], ids=lambda f: f.__name__)
def test_a_listing_is_read_to_its_end(crawl, respond):
    with serving(portal(respond)) as server:
        report = crawl(f"{server.url}/list.jsp").portal
        assert (report["outcome"], report["complete"], report["new"]) == ("ok", True, 20)
        posts = [request for request in server.requests if request.method == "POST"]
        assert [request.form for request in posts] == [
            {"column": "招商", "pageNo": "2"},
            {"column": "招商", "pageNo": "3"},
        ]
        assert {request.headers["referer"] for request in posts} == {f"{server.url}/list.jsp"}
        assert crawl(f"{server.url}/list.jsp", "--full").portal["outcome"] == "quiet"
        addresses = [url for (url,) in rows(crawl, "SELECT url FROM pages WHERE kind = 'listing'")]
        form = "#post:column=%E6%8B%9B%E5%95%86&pageNo="
        assert addresses == [f"{server.url}/list.jsp{end}" for end in ("", f"{form}2", f"{form}3")]


@pytest.mark.parametrize("respond", [answer, coming_back], ids=lambda f: f.__name__)
def test_the_raw_pages_have_the_forms_and_can_be_read(crawl, respond):
    with serving(portal(respond)) as server:
        crawl(f"{server.url}/list.jsp")
    sent = [
        ("POST /list.jsp HTTP/1.1", b"column=%E6%8B%9B%E5%95%86&pageNo=" + n) for n in (b"2", b"3")
    ]
    assert forms(crawl) == sent
    files = map(str, (crawl.folder / "warc").rglob("*.warc.gz"))
    assert processes.run("-m", "warcio.cli", "check", *files).returncode == 0
    assert crawl.run("verify").returncode == 0
    again = crawl.run("reextract", "--json")
    assert (again.returncode, '"problems": []' in again.stdout) == (0, True)
    assert NOTICES[0].title in crawl.run("show", "1", "--raw").stdout


def test_a_row_that_names_the_record_of_another_page_is_found(crawl):
    with serving(portal(answer)) as server:
        crawl(f"{server.url}/list.jsp")
    with closing(sqlite3.connect(crawl.archive)) as archive, archive:
        (offset,) = archive.execute(
            "SELECT warc_offset FROM pages WHERE url LIKE '%view.jsp?id=1'"
        ).fetchone()
        archive.execute(
            "UPDATE pages SET warc_offset = ?, digest = NULL WHERE url LIKE '%#post:%pageNo=2'",
            [offset],
        )
    verified = crawl.run("verify")
    assert verified.returncode == 1
    assert "the record is no response of" in verified.stdout + verified.stderr


def test_robots_txt_counts_for_forms(crawl):
    def respond(request: Request) -> Reply:
        if request.path == "/list.jsp" and request.method == "GET":
            page = listed(1)
            return Reply(page.body.replace('action=""', 'action="/more.jsp"'))
        return answer(request)

    with serving(portal(respond)) as server:
        plain = server.answer
        rules = Reply("User-agent: *\nDisallow: /more", content_type="text/plain")
        server.answer = lambda asked: rules if asked.path == "/robots.txt" else plain(asked)  # type: ignore[method-assign]
        report = crawl(f"{server.url}/list.jsp").portal
        assert not [request for request in server.requests if request.method == "POST"]
    assert report["outcome"] == "incomplete"
    assert "forbidden by robots.txt" in report["reason"]
