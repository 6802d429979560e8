"""The API: what it answers, page by page, and what it says of what it cannot answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from cqcrawler.archive import Archive, Order
from cqcrawler.archive.search.asked import FILTER_NAMES
from cqcrawler.exceptions import TooSlow
from cqcrawler.models import Article
from cqcrawler.site.api import parameters
from cqcrawler.site.api.endpoints import ENDPOINTS
from cqcrawler.site.api.openapi import document
from cqcrawler.site.application import ArchiveSite, build
from cqcrawler.site.desk import Desk
from tests import processes
from tests.site.conftest import LEAD, NOW, save

PROBLEM = "application/problem+json"
PATHS = [
    "/api/v1",
    "/api/v1/openapi.json",
    "/api/v1/search",
    "/api/v1/articles?url=http://h/1",
    "/api/v1/articles/1",
    "/api/v1/articles/1/versions/2",
    "/api/v1/projects",
    "/api/v1/facts",
]


def asked(get: Callable[..., Any], path: str, **given: Any) -> Any:
    answer = get(f"{path}?{urlencode(given)}" if given else path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def refused(answer: Any, status: int) -> str:
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["content-security-policy"]
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail"}
    assert told["status"] == status
    return str(told["detail"])


def test_it_lists_what_there_is(get: Callable[..., Any]) -> None:
    listed = [entry["path"] for entry in asked(get, "/api/v1")["entries"]]
    assert listed == [*(one.path for one in ENDPOINTS), "/api/v1/openapi.json"]
    assert asked(get, "/api/v1/openapi.json") == json.loads(json.dumps(document()))


def test_every_parameter_says_what_it_is() -> None:
    assert {one.name for one in parameters.FILTERS} == set(FILTER_NAMES.values())
    assert all(one.description for end in ENDPOINTS for one in end.parameters)


def test_hits_are_those_of_the_command(get: Callable[..., Any], archive_path: Path) -> None:
    command = ["search", "医药", "--place", "渝北", "--json", "--archive", str(archive_path)]
    printed = json.loads(processes.run("-m", "cqcrawler", *command).stdout)
    answer = asked(get, "/api/v1/search", q="医药", place="渝北")
    assert answer["hits"] == printed["hits"]
    assert {name: answer[name] for name in ("found", "capped", "sums")} == {
        name: printed[name] for name in ("found", "capped", "sums")
    }
    assert answer["next"] is answer["facets"] is None
    assert answer["sums"]["promised"] == 1e10
    (hit,) = answer["hits"]
    assert [hit["passage"][start:stop] for start, stop in hit["passage_marks"]] == ["医药"]


def test_facets_are_counted_when_asked_for(get: Callable[..., Any]) -> None:
    facets = asked(get, "/api/v1/search", q="医药", facets="1", limit=1)["facets"]
    assert facets["portal"] == [{"value": "chongqing", "count": 31}]
    assert {"value": "2025-04", "count": 30} in facets["month"]
    everything = asked(get, "/api/v1/search", facets="1", limit=1)
    assert everything["found"] == 33
    assert everything["facets"]["portal"] == [{"value": "chongqing", "count": 33}]


def test_of_too_many_neither_money_nor_facets_are_told(
    get: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, site: ArchiveSite
) -> None:
    monkeypatch.setattr("cqcrawler.site.api.questions._MOST_COUNTED", 5)
    monkeypatch.setattr(site, "desk", Desk(site.desk.path))
    answer = asked(get, "/api/v1/search", q="公告", facets="1", limit=1)
    assert (answer["found"], answer["capped"]) == (5, True)
    assert answer["sums"] is answer["facets"] is None


def _slow(*_: Any, **__: Any) -> Any:
    raise TooSlow("it takes too long")


@pytest.mark.parametrize("sort", ["newest", "amount", "relevance"])
def test_pages_while_a_crawl_writes(sort: str, tmp_path: Path) -> None:
    """Every page is followed by newer notices, and none is skipped or comes twice."""
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        run_id = archive.runs.begin("chongqing", scope="full", version="1.0", at=NOW)
        for number in range(12):
            _write(archive, run_id, number, f"2025-04-{number // 2 + 1:02}")
        archive.index_all()
        site = build(path)
        asyncio.run(site.invoke_startup())
        link: str | None = f"/api/v1/search?{urlencode({'q': '招商', 'sort': sort, 'limit': 5})}"
        read: list[str] = []
        before = [hit.url for hit in archive.search("招商", order=Order(sort))]
        while link:
            answer = asyncio.run(site.client.get(link)).json()
            read += [hit["url"] for hit in answer["hits"]]
            link = answer["next"]
            _write(archive, run_id, 100 + len(read), "2025-09-01")
        for database in site.databases.values():
            database.close()
    assert read == before


def _write(archive: Archive, run_id: int, number: int, day: str) -> None:
    text = (f"重庆市项目招商，总投资{number + 1}亿元。",)
    notice = Article(f"http://h/{number}", f"第{number}号", published=day, paragraphs=text)
    save(archive, run_id, notice, NOW)


def test_an_article_with_all_that_is_known(get: Callable[..., Any]) -> None:
    answer = asked(get, "/api/v1/articles/1")
    assert answer == asked(get, "/api/v1/articles", url="http://h/1")
    assert answer["body"].startswith(LEAD.replace("三家", "五家"))
    assert answer["removed"] == [{"position": 2, "rule": "repeat", "text": LEAD}]
    assert [one["article_id"] for one in answer["related"]] == [None, None]
    (file,) = answer["attachments"]
    assert (file["name"], file["kind"], file["held"]) == ("项目清单", "pdf", None)
    assert "[EB/OL]" in answer["citation"]["line"]
    for fact in answer["facts"]:
        text = answer[fact["field"]]
        assert text[fact["start"] : fact["stop"]] == fact["text"]
        assert fact["text"] in fact["sentence"]
    assert answer["facts"]
    old, new = (asked(get, version["href"]) for version in answer["versions"])
    assert "三家" in old["body"]
    assert new["body"] == answer["body"]
    assert datetime.fromisoformat(old["captured_at"]).utcoffset() is not None
    assert asked(get, "/api/v1/articles/4")["removed"][0]["text"] == "要闻0"


def test_projects_and_facts_go_on(get: Callable[..., Any]) -> None:
    projects = asked(get, "/api/v1/projects", limit=1)
    assert projects["next"] is None
    facts = asked(get, "/api/v1/facts", kind="investment", place="渝北")["facts"]
    assert {fact["url"] for fact in facts} == {"http://h/1"}
    link, read = "/api/v1/facts?limit=1&place=%E6%B8%9D%E5%8C%97", []
    while link:
        page = asked(get, link)
        read += page["facts"]
        link = page["next"]
    assert read == asked(get, "/api/v1/facts", place="渝北")["facts"]
    assert len(read) > len(facts)


@pytest.mark.parametrize(
    ("asked_for", "said"),
    [
        ("search?regoin=x", "did you mean region"),
        ("search?x=1", "there are q, region"),
        ("articles/1?x=1", "there is none here"),
        ("search?region=渝背", "渝中区"),
        ("search?tag=制造", "did you mean 制造业"),
        ("search?stage=签", "did you mean 签约"),
        ("search?sort=new", "did you mean newest"),
        ("search?substring=yes", "it is one of 0, 1"),
        ("search?since=gestern", "is no date"),
        ("search?min=viel", "is no amount"),
        ("search?limit=0", "from 1 to 100"),
        ("search?limit=101", "from 1 to 100"),
        ("search?limit=", "from 1 to 100"),
        ("search?limit=１", "from 1 to 100"),
        ("search?q=a&q=b", "q is given twice"),
        (f"search?q={'a' * 301}", "more than 300"),
        ("search?cursor=x", "no cursor"),
        ("search?sort=amount&cursor=newest__2025-04-01_5", "no cursor of results by amount"),
        ("projects?cursor=x", "no cursor"),
        ("facts?cursor=x", "no cursor"),
        ("facts?kind=investments", "did you mean investment"),
        ("articles", "url is missing"),
        ("articles?url=%20", "url is missing"),
    ],
)
def test_what_is_wrong_is_said_with_the_nearest(
    get: Callable[..., Any], asked_for: str, said: str
) -> None:
    assert said in refused(get(f"/api/v1/{asked_for}"), 400)


@pytest.mark.parametrize(
    "path",
    [
        *("/api", "/api/", "/api/v2", "/api/v1/", "/api/v1/nothing", "/api/v1//search"),
        *("/api/v1/articles/999", "/api/v1/articles/x", "/api/v1/articles/-1"),
        *("/api/v1/articles?url=http://elsewhere/", "/api/v1/articles/1/versions/9"),
        *("/api/v1/articles/999/versions/1", "/api/v1/projects/999", "/api/v1/search/"),
        *(f"/api/v1/articles/{'9' * 19}", "/api/v1/articles/１", "/api/v1/search.csv"),
    ],
)
def test_what_is_not_there(get: Callable[..., Any], path: str) -> None:
    refused(get(path), 404)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
def test_it_is_only_read(site: ArchiveSite, path: str, method: str) -> None:
    answer = asyncio.run(site.client.request(method, path))
    refused(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", [*PATHS, "/api/v1/nothing"])
def test_no_page_of_another_site_reads_it(get: Callable[..., Any], path: str) -> None:
    answer = get(path, headers={"origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    refused(get(path, headers={"host": "evil.example"}), 421)


@pytest.mark.parametrize("path", PATHS)
def test_heads_and_tags(get: Callable[..., Any], site: ArchiveSite, path: str) -> None:
    tag = get(path).headers["etag"]
    assert asyncio.run(site.client.head(path)).headers["etag"] == tag
    same = get(path, headers={"if-none-match": f'"x", W/{tag}'})
    assert (same.status_code, same.content) == (304, b"")
    assert get(path, headers={"if-none-match": '"x"'}).status_code == 200


def test_what_takes_too_long_is_told(
    get: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Archive, "page", _slow)
    assert refused(get("/api/v1/search"), 503) == "it takes too long"


def test_an_error_tells_nothing_of_the_machine(
    get: Callable[..., Any], site: ArchiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> None:
        raise RuntimeError("/home/analyst/secret.db")

    with monkeypatch.context() as patch:
        patch.setattr(site.desk, "ask", fail)
        assert "secret" not in refused(get("/api/v1/articles/1"), 500)
    monkeypatch.setattr(site.desk, "path", Path("/home/analyst/secret.db"))
    monkeypatch.setattr(site.desk, "_local", type(site.desk._local)())
    assert "secret" not in refused(get("/api/v1/articles/1"), 503)


def test_who_comes_when_all_places_are_taken_is_told(
    get: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, archive_path: Path
) -> None:
    monkeypatch.setattr("cqcrawler.site.middleware._SEARCHES_AT_ONCE", 0)
    monkeypatch.setattr("cqcrawler.site.middleware._SEARCHES_WAIT", 0.01)
    site = build(archive_path)
    asyncio.run(site.invoke_startup())
    for name in ("search", "projects", "facts"):
        answer = asyncio.run(site.client.get(f"/api/v1/{name}"))
        refused(answer, 503)
        assert answer.headers["retry-after"]
    for database in site.databases.values():
        database.close()
