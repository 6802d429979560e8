"""Commands load what they need and nothing else: modules are counted, as times vary."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest

import cqcrawler
from cqcrawler.archive import Archive
from cqcrawler.commands import main
from cqcrawler.models import Article, Outcome, PageKind, ReadNotice, Visit

BARE = ("-c", "import click, sqlite3, json")
# What needs no page read, no portal file and nothing written.
LIGHT = {
    ("--help",): 10,
    ("schedule", "--format", "cron"): 15,
    ("search", "重庆"): 49,
    ("search", "重庆", "--json"): 49,
    ("show", "1"): 46,
    ("show", "1", "--versions"): 46,
    ("new",): 46,
    ("runs",): 46,
}
# The standard library's own that take long.
SLOW = {"asyncio", "csv", "importlib.metadata", "tempfile", "tomllib", "urllib.request"}
AT = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("startup") / "archive.db"
    article = Article("http://h/1", title="重庆招商", paragraphs=("重庆市渝北区。",))
    page = ReadNotice(Visit("http://h/1", "cq", PageKind.NOTICE, AT), article)
    with Archive(path) as archive:
        run_id = archive.runs.begin("cq", scope="full", version="1", at=AT)
        archive.save(page, run_id)
        archive.index_all()
        archive.runs.end(run_id, at=AT, outcome=Outcome.OK, counts={}, stats={})
    return path


def imported(archive_path: Path, *command: str, locale: str = "C.UTF-8") -> set[str]:
    """The modules that a process imports, by Python's own account of it."""
    done = subprocess.run(
        command,
        env={
            **os.environ,
            "PYTHONPROFILEIMPORTTIME": "1",
            "PYTHONUTF8": "1",
            "LC_ALL": locale,
            "CQCRAWLER_ARCHIVE": str(archive_path),
        },
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.mark.parametrize("arguments", LIGHT, ids=" ".join)
def test_a_light_command_loads_little(arguments: tuple[str, ...], archive_path: Path) -> None:
    beyond = imported(archive_path, sys.executable, "-m", "cqcrawler", *arguments)
    beyond -= imported(archive_path, sys.executable, *BARE)
    installed = packages_distributions().keys() - {"cqcrawler", "click"}
    assert not {name.partition(".")[0] for name in beyond} & installed
    assert not beyond & SLOW
    assert sum(name.startswith("cqcrawler.") for name in beyond) <= LIGHT[arguments]
    assert "cqcrawler.text.gazetteer" not in beyond


def test_chinese_loads_the_catalogue_and_nothing_else(archive_path: Path) -> None:
    command = (sys.executable, "-m", "cqcrawler", "search", "重庆")
    beyond = imported(archive_path, *command, locale="zh_CN.UTF-8")
    beyond -= imported(archive_path, *command)
    ours = {name.removeprefix("cqcrawler.") for name in beyond if name.startswith("cqcrawler.")}
    rooms = {name.partition(".")[0] for name in ours - {"commands.chinese"}}
    assert rooms == {"messages"}
    assert not beyond & (SLOW - {"tomllib"})


def test_the_console_script_loads_as_little(archive_path: Path) -> None:
    script = Path(sys.executable).with_name("cqcrawler")
    modules = imported(archive_path, str(script), "search", "重庆")
    assert "cqcrawler.archive.search.search" in modules
    assert not modules & {"cqcrawler.api", "sqlite_utils", "pandas", "rich", "scrapy", "lxml"}


@pytest.mark.parametrize("arguments", [["health"], ["portals"], ["export", "{out}"]])
def test_reading_an_archive_loads_nothing_that_writes_it(
    arguments: list[str], archive_path: Path, tmp_path: Path
) -> None:
    typed = [argument.format(out=tmp_path / "out.csv") for argument in arguments]
    # The exit code of `health` says how the portals are.
    code = f"from cqcrawler.commands import main; main({typed}, standalone_mode=False)"
    modules = imported(archive_path, sys.executable, "-c", code)
    assert "cqcrawler.archive.store" in modules
    assert not modules & {"sqlite_utils", "pandas", "numpy", "scrapy", "twisted", "dateparser"}


def test_help_says_of_a_command_what_the_command_says() -> None:
    context = click.Context(main)
    listed = main.get_help(context)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert f"  {name:<10} {command.get_short_help_str(limit=70)}\n" in f"{listed}\n"


def test_public_names_are_there_when_asked_for() -> None:
    for name in cqcrawler.__all__:
        assert name in dir(cqcrawler)
        assert getattr(cqcrawler, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'read_pages'"):
        cqcrawler.read_pages  # noqa: B018
