from __future__ import annotations

import asyncio
import json
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from cqcrawler.archive import Archive
from cqcrawler.commands import demo, main
from cqcrawler.demo import DemoPortal, gold, tour
from cqcrawler.demo.site import canonical
from cqcrawler.models import Outcome, SectionKind
from cqcrawler.site.application import build

COUNTED = ("new", "changed", "unchanged", "withdrawn", "failed")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data" / "demo.db"


@pytest.fixture(scope="module")
def portals() -> Iterator[list[DemoPortal]]:
    """The portals that the command makes, in order: the first is the one it crawls."""
    made: list[DemoPortal] = []

    def make(port: int = 0) -> DemoPortal:
        made.append(DemoPortal(port=port))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tour, "DemoPortal", make)
        yield made


@pytest.fixture(scope="module")
def first(archive_path: Path, portals: list[DemoPortal]) -> Result:
    return run("demo", "--archive", str(archive_path))


def without_host(url: str) -> str:
    parts = urlsplit(url)
    return canonical(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def counts(row: str) -> dict[str, int]:
    return dict(zip(COUNTED, map(int, row.split("\t")[3:8]), strict=True))


def test_it_crawls_both_states_of_the_portal(first: Result) -> None:
    assert first.exit_code == 0, first.output
    rows = first.stdout.splitlines()
    as_it_is, later = (row for row in rows if row.startswith(("as it is", "days later")))
    assert counts(as_it_is) == dict.fromkeys(COUNTED, 0) | {"new": 400}
    assert counts(later) == {
        "new": 2,
        "changed": 1,
        "unchanged": 398,
        "withdrawn": 1,
        "failed": 0,
    }


def test_the_notices_are_as_they_were_written(first: Result, archive_path: Path) -> None:
    assert f"401 of 401 notices stand in {archive_path} exactly as written." in first.stdout


def listed(archive_path: Path, section: str) -> list[str]:
    """The paths of the notices that `search --section` finds, without withdrawn ones."""
    limits = ("--limit", "500", "--json", "--archive", archive_path)
    hits = json.loads(run("search", "--section", section, *limits).stdout)["hits"]
    return sorted(without_host(hit["url"]) for hit in hits if not hit["withdrawn_at"])


@pytest.mark.parametrize("kind", SectionKind)
def test_a_kind_of_section_has_the_notices_that_were_written_for_it(
    first: Result, archive_path: Path, kind: SectionKind
) -> None:
    paths = [canonical(page.path) for page in gold(2) if page.section_kind is kind]
    assert listed(archive_path, kind) == sorted(paths)
    assert len(paths) >= 16


@pytest.mark.parametrize("section", ["招商政策", "会展活动", "厂房租赁"])
def test_the_name_of_a_section_finds_what_stands_in_it(
    first: Result, archive_path: Path, section: str
) -> None:
    paths = [canonical(page.path) for page in gold(2) if page.section == section]
    assert listed(archive_path, section) == sorted(paths)
    assert paths


def test_the_crawl_has_manners(first: Result, portals: list[DemoPortal]) -> None:
    assert first.exit_code == 0, first.output
    requests = portals[0].requests
    assert requests[0].path == "/robots.txt"
    assert {request.user_agent.partition("/")[0] for request in requests} == {"cqcrawler"}
    assert not [r.path for r in requests if r.path.startswith(("/internal/", "/search.asp"))]
    pages = Counter(canonical(r.path) for r in requests if r.status == 200)
    notices = {canonical(page.path) for page in gold(1)}
    edited = [path for path in notices if pages[path] == 2]
    assert [path for path in notices if pages[path] == 0] == []
    assert len(edited) < 20  # with the neighbours and relations of what is new or gone
    assert Counter(r.status for r in requests)[304] > 300


def test_each_query_can_be_pasted_and_answers_as_shown(first: Result) -> None:
    shown = first.stdout.split("\n$ ")[1:]
    assert len(shown) == 4
    for part in shown:
        line, _, answer = part.partition("\n")
        words = shlex.split(line)
        again = run(*words[words.index("search" if "search" in words else "new") :])
        assert again.exit_code == 0
        assert again.stdout.strip() == answer.strip() != ""
    # What its portal published in 2025 and came into the archive today.
    assert shown[3].count("\narchived\t") == 2
    assert shown[3].count("\nchanged\t") == shown[3].count("\nwithdrawn\t") == 1


def test_run_again_it_finds_nothing_new(first: Result, archive_path: Path) -> None:
    again = run("demo", "--archive", str(archive_path))
    assert again.exit_code == 0, again.output
    assert again.stdout.count("days later\tquiet\t") == 1
    assert "as it is" not in again.stdout
    assert again.stdout.split("\n$ ")[1:] == first.stdout.split("\n$ ")[1:]
    with Archive(archive_path, must_exist=True) as archive:
        assert archive.count() == 402
        assert [r.outcome for r in archive.runs.latest(tour.NAME)] == [
            Outcome.QUIET,
            Outcome.OK,
            Outcome.OK,
        ]


def test_its_raw_pages_are_text_on_the_site(first: Result, archive_path: Path) -> None:
    site = build(archive_path)

    async def get(path: str) -> Any:
        await site.invoke_startup()
        return await site.client.get(path)

    assert 'href="/articles/5/raw"' in asyncio.run(get("/articles/5")).text
    shown = asyncio.run(get("/articles/5/raw?version=1")).text
    assert "&lt;title&gt;" in shown
    assert "?plain=1&amp;version=1" in shown
    answer = asyncio.run(get("/articles/5/raw?plain=1&version=1"))
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "<title>" in answer.text
    assert asyncio.run(get("/articles/5/raw?version=9")).status_code == 404


def test_a_real_archive_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        archive.runs.begin("chongqing", scope="full", version="0", at=datetime.now(UTC))
    before = path.read_bytes()
    refused = run("demo", "--archive", str(path))
    assert refused.exit_code == 2
    assert "chongqing" in refused.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("found", "called", "expected"),
    [
        ("/usr/bin/cqcrawler", "cqcrawler", "cqcrawler"),
        (None, ".venv/bin/cqcrawler", ".venv/bin/cqcrawler"),
        (None, "/src/cqcrawler/__main__.py", f"{sys.executable} -m cqcrawler"),
    ],
)
def test_the_queries_name_a_program_that_the_shell_finds(
    monkeypatch: pytest.MonkeyPatch, found: str | None, called: str, expected: str
) -> None:
    monkeypatch.setattr(demo.shutil, "which", lambda name: found)
    monkeypatch.setattr(demo.sys, "argv", [called])
    assert demo._program() == expected


def test_the_next_command_names_the_archive_of_the_demo_and_does_not_open_it(
    first: Result, archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert first.exit_code == 0, first.output
    monkeypatch.chdir(archive_path.parents[1])
    told = "add --archive data/demo.db, or set CQCRAWLER_ARCHIVE=data/demo.db"
    for command in (["search", "生物医药"], ["site"], ["export", "all.csv"], ["show", "5"]):
        result = run(*command)
        assert result.exit_code == 2
        assert f"no archive at data/archive.db in {archive_path.parents[1]}: " in result.stderr
        assert told in result.stderr
    assert told in run("doctor").stdout
    assert [path.name for path in archive_path.parents[1].iterdir()] == ["data"]
    assert not archive_path.with_name("archive.db").exists()
    archive_path.with_name("archive.db").touch()  # as other programs make one by opening it
    assert told in run("search", "生物医药").stderr
    archive_path.with_name("archive.db").unlink()
    monkeypatch.setenv("CQCRAWLER_ARCHIVE", "data/demo.db")
    assert run("search", "生物医药").exit_code == 0


def test_without_a_demo_nobody_is_told_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "demo's archive" not in run("search", "生物医药").stderr


def test_no_real_portal_is_crawled_into_the_archive_of_the_demo(
    first: Result, archive_path: Path
) -> None:
    before = archive_path.read_bytes()
    refused = run("crawl", "--url", "http://127.0.0.1:9/", "--archive", str(archive_path))
    assert refused.exit_code == 2
    assert "the demo's invented notices: crawl into another file" in refused.stderr
    assert archive_path.read_bytes() == before
