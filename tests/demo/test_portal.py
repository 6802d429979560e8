from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from cqcrawler.demo import DemoPortal, gold
from tests.processes import PATIENCE


@pytest.fixture
def portal() -> Iterator[DemoPortal]:
    with DemoPortal().serving() as serving:
        yield serving


@pytest.fixture
def connection(portal: DemoPortal) -> Iterator[HTTPConnection]:
    opened = HTTPConnection("127.0.0.1", portal.port, timeout=PATIENCE)
    yield opened
    opened.close()


def get(connection: HTTPConnection, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=names)
    response = connection.getresponse()
    return response, response.read()


def test_it_serves_on_loopback_and_records_who_asked(
    portal: DemoPortal, connection: HTTPConnection
) -> None:
    assert portal.url == f"http://127.0.0.1:{portal.port}/"
    response, body = get(connection, "/robots.txt", User_Agent="tester/1")
    assert (response.status, response.getheader("Content-Type")) == (
        200,
        "text/plain; charset=utf-8",
    )
    assert b"Disallow: /internal/" in body
    assert [(r.path, r.user_agent, r.status) for r in portal.requests] == [
        ("/robots.txt", "tester/1", 200)
    ]


def test_one_connection_answers_many_requests(
    portal: DemoPortal, connection: HTTPConnection
) -> None:
    for page in gold()[:20]:
        assert get(connection, page.path)[0].status == 200
    assert get(connection, "/nowhere.html")[0].status == 404
    assert len(portal.requests) == 21


def test_head_sends_no_body(connection: HTTPConnection) -> None:
    connection.request("HEAD", "/")
    response = connection.getresponse()
    assert response.status == 200
    assert int(response.getheader("Content-Length", "0")) > 1000
    assert response.read() == b""


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_an_unchanged_page_is_not_sent_again(connection: HTTPConnection, header: str) -> None:
    path = gold()[0].path
    first, _ = get(connection, path)
    asked = {"ETag": "If_None_Match", "Last-Modified": "If_Modified_Since"}[header]
    again, body = get(connection, path, **{asked: first.getheader(header, "")})
    assert (again.status, body) == (304, b"")


def test_the_etag_outranks_the_date(connection: HTTPConnection) -> None:
    first, _ = get(connection, "/")
    date = first.getheader("Last-Modified", "")
    again, body = get(connection, "/", If_None_Match='"other"', If_Modified_Since=date)
    assert again.status == 200
    assert body


def test_each_section_declares_its_encoding_as_badly_as_it_should(
    connection: HTTPConnection,
) -> None:
    declared = {
        page.layout: get(connection, page.path)[0].getheader("Content-Type") for page in gold()[:8]
    }
    assert declared["tables"] == "text/html"
    assert declared["breaks"] == "text/html; charset=ISO-8859-1"
    assert declared["divs"] == "text/html; charset=utf-8"


def test_the_second_revision_shows_at_once(portal: DemoPortal, connection: HTTPConnection) -> None:
    before = {page.path: page for page in gold(1)}
    after = {page.path: page for page in gold(2)}
    edited = next(path for path in before if path in after and before[path] != after[path])
    withdrawn = next(path for path in before if path not in after)
    etag = get(connection, edited)[0].getheader("ETag", "")
    portal.revision = 2
    assert get(connection, edited, If_None_Match=etag)[0].status == 200
    assert get(connection, withdrawn)[0].status == 404
    for path in after.keys() - before.keys():
        assert get(connection, path)[0].status == 200


def test_two_portals_serve_side_by_side_and_a_taken_port_is_an_error(portal: DemoPortal) -> None:
    with DemoPortal().serving() as other:
        assert other.port != portal.port
    with pytest.raises(OSError, match="in use"), DemoPortal(port=portal.port).serving():
        pass
