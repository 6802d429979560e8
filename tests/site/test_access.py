"""Who may ask the site for what: names, methods, pages, and what every answer carries."""

from __future__ import annotations

import asyncio
import re
import socket
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from cqcrawler.site import hosts
from cqcrawler.site.application import ArchiveSite

POLICY = "content-security-policy"
METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"]
CLOSED = [
    *(f"/-/{name}" for name in "databases versions plugins settings threads metadata".split()),
    *(f"/-/{name}.json" for name in "databases versions plugins settings threads".split()),
    *(f"/-/{name}" for name in "actor allow-debug auth-token config logout messages".split()),
    *("/-/patterns", "/-/permissions", "/:memory:", "/.json"),
]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "localhost:8001", "127.0.0.1:80"])
@pytest.mark.parametrize("path", ["/", "/archive.json", "/search.csv"])
def test_loopback_is_answered(get: Callable[..., Any], host: str, path: str) -> None:
    assert get(path, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8001", "10.0.0.5"]
)
@pytest.mark.parametrize("path", ["/", "/archive.json", "/search.csv", "/assets/site.css"])
def test_another_name_is_not_answered(get: Callable[..., Any], host: str, path: str) -> None:
    answer = get(path, headers={"host": host})
    assert answer.status_code == 421
    assert "--allow-host" in answer.text
    assert answer.headers[POLICY]


@pytest.mark.parametrize("host", ["", "a b", "user@localhost", "localhost:80:evil", "localhost/x"])
def test_what_is_no_name_is_refused(get: Callable[..., Any], host: str) -> None:
    answer = get("/", headers={"host": host})
    assert answer.status_code == 400
    assert answer.headers[POLICY]


def test_names_of_a_site() -> None:
    assert hosts.names("127.0.0.1", ()) == hosts.LOOPBACK
    assert hosts.names("archive.lan", ["Archive.Example.org."]) - hosts.LOOPBACK == {
        "archive.lan",
        "archive.example.org",
    }
    assert "0.0.0.0" not in hosts.names("0.0.0.0", ())
    assert socket.gethostname().lower() in hosts.names("0.0.0.0", ())
    assert hosts.name_in("[::1]:8001") == "::1"
    assert hosts.is_known("10.0.0.5", hosts.LOOPBACK, "10.0.0.5")
    assert not hosts.is_known("10.0.0.6", hosts.LOOPBACK, "10.0.0.5")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/", "/archive", "/archive/articles", "/assets/site.css"])
def test_the_site_is_only_read(address: str, method: str, path: str) -> None:
    head, _ = _ask(address, f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert head.startswith("http/1.1 405 ")
    assert "\r\nallow: get, head\r\n" in head
    assert f"\r\n{POLICY}: " in head


def test_the_head_of_a_page_can_be_had(site: ArchiveSite) -> None:
    for path in ("/", "/archive/articles", "/articles/1"):
        assert asyncio.run(site.client.head(path)).status_code == 200


@pytest.mark.parametrize("path", CLOSED)
def test_what_an_analyst_does_not_need_is_closed(get: Callable[..., Any], path: str) -> None:
    answer = get(path)
    assert answer.status_code == 404
    assert answer.headers[POLICY]


def test_no_file_is_loaded_or_told_of(get: Callable[..., Any], archive_path: Path) -> None:
    assert get("/archive.db").status_code == 403
    for path in ("/archive", "/archive.json", "/archive/articles", "/_internal", "/archive.db"):
        assert str(archive_path.parent) not in get(path).text
    sql = {"sql": "select * from pragma_database_list"}
    for path in ("/archive", "/archive.json", "/archive.csv"):
        answer = get(path, params=sql)
        assert answer.status_code == 400
        assert str(archive_path.parent) not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../../etc",
        "/assets//etc",
        "/assets/../plugin.py",
        "/-/static/../app.py",
        "/a//b",
    ],
)
def test_nothing_tells_of_other_folders(address: str, path: str) -> None:
    head, _ = _ask(address, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert head.startswith("http/1.1 404 ")


@pytest.mark.parametrize("path", ["/", "/archive", "/api/v1", "/assets/site.css"])
def test_caches_are_told_that_languages_differ(get: Callable[..., Any], path: str) -> None:
    assert "accept-language" in get(path).headers["vary"].lower()


def test_a_language_that_makes_no_sense_is_no_error(get: Callable[..., Any]) -> None:
    answer = get("/", headers={"accept-language": "en;q=1.2.3, zh;q=..., *;q=9e9"})
    assert answer.status_code == 200


def test_an_error_tells_nothing_of_the_machine(
    get: Callable[..., Any], site: ArchiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> None:
        raise RuntimeError("/home/analyst/secret.db")

    monkeypatch.setattr(site.desk, "recall", fail)
    answer = get("/")
    assert answer.status_code == 500
    assert answer.headers[POLICY]
    assert "secret" not in answer.text
    monkeypatch.setattr(site, "render_template", fail)
    answer = get("/")
    assert answer.status_code == 500
    assert answer.headers[POLICY]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "secret" not in answer.text


def test_an_archive_that_cannot_be_read_is_not_named(
    get: Callable[..., Any], site: ArchiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site.desk, "path", Path("/home/analyst/secret.db"))
    monkeypatch.setattr(site.desk, "_local", type(site.desk._local)())
    answer = get("/articles/1")
    assert answer.status_code == 503
    assert "secret" not in answer.text


@pytest.mark.parametrize("request_line", ["nonsense", "GET /caf\u00e9 HTTP/1.1"])
def test_what_is_no_request_gets_the_policy_too(address: str, request_line: str) -> None:
    head, _ = _ask(address, f"{request_line}\r\nHost: localhost\r\n\r\n")
    assert head.startswith("http/1.1 400 ")
    assert f"\r\n{POLICY}: " in head


ODD = [
    "?_sort=body;",
    '?_through={"table":"x"}',
    "?_through={bad",
    "?_next=a,b,c",
    "?_size=-1",
    "?_col=nothing",
    "?_search=%22&_searchmode=raw",
    "?_where=1=1)%20union%20select%201%20--",
    "?_where=length(zeroblob(900000000))",
    "?id__nothing=1",
]


@pytest.mark.parametrize("asked", ODD)
def test_no_odd_address_is_an_error_of_ours(get: Callable[..., Any], asked: str) -> None:
    for path in ("/archive/articles", "/archive/articles.json", "/archive/articles.csv"):
        answer = get(f"{path}{asked}")
        assert answer.status_code in (200, 302, 400), answer.text
        assert answer.headers[POLICY]


def test_a_name_that_is_too_long_is_no_error(get: Callable[..., Any]) -> None:
    assert get(f"/assets/{'a' * 5000}").status_code == 404


@pytest.mark.parametrize("path", ["//evil.example/", "/%2Fevil.example/", "/%5Cevil.example/"])
def test_no_redirect_leads_elsewhere(address: str, path: str) -> None:
    head, _ = _ask(address, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
    for line in head.split("\r\n"):
        if line.startswith("location: "):
            assert not line.removeprefix("location: ").startswith(("//", "/\\", "http"))


def _ask(address: str, request: str) -> tuple[str, bytes]:
    """Return the head, in small letters, and the body of what a server answers."""
    parts = urlsplit(address)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0))) as connection:
        connection.sendall(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").encode())
        answer = b"".join(iter(lambda: connection.recv(2**16), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return f"{head.decode().lower()}\r\n", body


def test_no_class_is_styled_twice_for_different_parts() -> None:
    css = files("cqcrawler.site").joinpath("static/site.css").read_text(encoding="utf-8")
    named = re.findall(r"^(\.[\w-]+) \{", css, re.MULTILINE)
    assert [name for name, times in Counter(named).items() if times > 1] == []
