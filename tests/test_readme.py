"""Every command in the documentation is run, in the order of its page."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.commands import main
from cqcrawler.demo import DemoPortal, gold
from cqcrawler.demo.site import canonical, site
from tests import processes
from tests.processes import ROOT

PAGES = [
    "README.md",
    "README.zh-CN.md",
    "docs/api.md",
    "docs/archive.md",
    "docs/cookbook.md",
    "docs/cookbook.zh-CN.md",
    "docs/crawling.md",
    "docs/exports.md",
    "docs/facts.md",
    "docs/operations.md",
    "docs/portals.md",
    "docs/reading.md",
    "docs/site.md",
    "docs/watching.md",
]
# What is in two languages has the same commands, which a test below holds, but for those of make.
TRANSLATED = {"README.md": "README.zh-CN.md", "docs/cookbook.md": "docs/cookbook.zh-CN.md"}
RUN = [page for page in PAGES if page not in TRANSLATED.values()]
EXAMPLE = "http://www.example.gov.cn/zsyz/"
SITE = "http://127.0.0.1:8001"
# Commands of Python without anything that only a shell understands.
_FORKED = re.compile(r"(cqcrawler|scrapy)( [^|&;<>$`*~]*)")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[tuple[str, str]]:
    """The fenced blocks of a page: language and text."""
    return _BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


def environment(folder: Path) -> dict[str, str]:
    """What a user of the `.venv` has, with portal files of their own."""
    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "CQCRAWLER_PORTALS": str(folder / "portals"),
    }


def run(command: str, folder: Path, *, fork: bool = True, env: dict[str, str] | None = None) -> str:
    """Run a command as a shell does, or fork what a program of Python would do with it."""
    forked = _FORKED.fullmatch(command) if fork else None
    surroundings: dict[str, Any] = {"cwd": folder, "env": env or environment(folder)}
    if forked:
        done = processes.run("-m", forked[1], *shlex.split(forked[2]), **surroundings)
    else:
        done = subprocess.run(
            command, shell=True, capture_output=True, text=True, check=False, **surroundings
        )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def portal() -> Iterator[DemoPortal]:
    with DemoPortal().serving() as portal:
        yield portal


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, portal: DemoPortal) -> Path:
    """A folder in which 重庆's portal is the bundled one, crawled twice, and a page is saved.

    The demo has been there, too.
    """
    folder = tmp_path_factory.mktemp("desk")
    (folder / "portals").mkdir()
    (folder / "portals/chongqing.toml").write_text(
        'name = "chongqing"\ntitle = "重庆"\nplatform = "generic"\nregion = "500000"\n'
        f'start_urls = ["{portal.url}"]\n',
        encoding="utf-8",
    )
    for name, region in (("js", "320000"), ("sc", "510000")):  # `crawl --due` must not reach them.
        (folder / f"portals/{name}.toml").write_text(
            f'name = "{name}"\ntitle = "{name}"\nplatform = "generic"\nregion = "{region}"\n'
            f'start_urls = ["http://{name}.invalid/"]\ninterval_hours = 0\n',
            encoding="utf-8",
        )
    (folder / "page.html").write_bytes(site(1)[canonical(gold()[0].path)].body)
    shutil.copy(ROOT / "scrapy.cfg", folder)
    for revision in (1, 2):  # In between, something is added, edited and withdrawn.
        portal.revision = revision
        run(on_loopback("cqcrawler crawl chongqing --quiet", portal), folder)
    run("cqcrawler demo", folder)
    return folder


@pytest.fixture(scope="module")
def served(desk: Path) -> Iterator[str]:
    """The address of the site over the archive of that folder."""
    command = ["-m", "cqcrawler", "site", "--port", "0"]
    with processes.start(*command, cwd=desk, env=environment(desk)) as process:
        assert process.stderr
        told = process.stderr.readline()
        assert "is served on" in told, told
        yield told.split("served on ")[1].split()[0].rstrip("/")
        process.terminate()


def after(command: str, folder: Path, env: dict[str, str]) -> dict[str, str]:
    """What the commands that follow `export` or `unset` have around them, in the same shell."""
    told = run(f"{command}; env -0", folder, env=env)
    return dict(entry.split("=", 1) for entry in told.split("\0") if entry)


def which(command: str) -> bool:
    """Whether there is the program of a command."""
    return shutil.which(command.partition(" ")[0]) is not None


def on_loopback(command: str, portal: DemoPortal) -> str:
    """The command as it stands, but for a site that no test may reach and for waiting."""
    command = command.replace(EXAMPLE, portal.url)
    if command.startswith(("cqcrawler crawl", "cqcrawler probe", "scrapy crawl")):
        command += " -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=False"
    return command


@pytest.mark.parametrize("page", RUN)
def test_shell_commands(
    page: str, desk: Path, portal: DemoPortal, request: pytest.FixtureRequest
) -> None:
    if not shutil.which("cqcrawler", path=environment(desk)["PATH"]):
        pytest.skip("the cqcrawler command is not installed beside this Python: make install")
    shell = "".join(text for language, text in blocks(page) if language == "sh").splitlines()
    env = environment(desk)
    # The first program of each page is the installed command as it stands, in a shell.
    first = next((command for command in shell if _FORKED.fullmatch(command)), None)
    for command in shell:
        if command.startswith(("export ", "unset ")):
            env = after(command, desk, env)
        elif command.partition(" ")[0] not in ("curl", "sqlite3") or which(command):
            if SITE in command:
                command = command.replace(SITE, request.getfixturevalue("served"))
            run(on_loopback(command, portal), desk, fork=command != first, env=env)


@pytest.mark.parametrize("page", PAGES)
def test_what_only_reads_makes_no_archive(page: str, tmp_path: Path) -> None:
    """The examples for other programs and in Python, where no crawl and no demo ever was."""
    (tmp_path / "data").mkdir()
    for language, text in blocks(page):
        if language == "python":
            subprocess.run(
                [sys.executable, "-c", text], cwd=tmp_path, check=False, capture_output=True
            )
        for command in text.splitlines() if language == "sh" and shutil.which("sqlite3") else ():
            if command.startswith("sqlite3 "):
                done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True)
                assert done.returncode
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize("page", RUN)
def test_cron_lines(page: str, desk: Path, portal: DemoPortal) -> None:
    for language, text in blocks(page):
        if language == "cron":
            command = text.strip().partition(".venv/bin/")[2]
            run(on_loopback(command, portal), desk)


@pytest.mark.parametrize("page", RUN)
def test_python(page: str, desk: Path, request: pytest.FixtureRequest) -> None:
    """Each script prints something, and just the block of output below it where there is one."""
    every = [*blocks(page), ("", "")]
    for number, ((language, text), (following, output)) in enumerate(pairwise(every)):
        if language == "python":
            script = desk / f"block{number}.py"
            if SITE in text:
                text = text.replace(SITE, request.getfixturevalue("served"))
            script.write_text(text, encoding="utf-8")
            printed = run(f"{sys.executable} -W error::SyntaxWarning {script.name}", desk)
            assert printed == output if following == "output" else printed


@pytest.mark.parametrize("page", RUN)
def test_sql(page: str, desk: Path) -> None:
    with sqlite3.connect(desk / "data/archive.db") as connection:
        for language, text in blocks(page):
            if language == "sql":
                assert connection.execute(text).fetchall(), text
    connection.close()


@pytest.mark.parametrize("page", PAGES)
def test_make_targets(page: str) -> None:
    for language, text in blocks(page):
        if language == "make":
            for command in text.splitlines():
                subprocess.run(
                    [*command.split("#")[0].split(), "-n"],
                    cwd=ROOT,
                    check=True,
                    capture_output=True,
                )


def test_the_portal_file_of_the_docs_is_valid(tmp_path: Path) -> None:
    text = next(text for language, text in blocks("docs/portals.md") if language == "toml")
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "suzhou.toml").write_text(text, encoding="utf-8")
    run(f"{sys.executable} -m cqcrawler portals check", tmp_path)
    listed = run(f"{sys.executable} -m cqcrawler portals --json", tmp_path)
    assert '"suzhou"' in listed


@pytest.mark.parametrize("page", TRANSLATED)
def test_a_page_and_its_translation_show_the_same_commands(page: str) -> None:
    english, chinese = (
        [(language, text) for language, text in blocks(page) if language != "make"]
        for page in (page, TRANSLATED[page])
    )
    assert english == chinese


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_command_is_in_the_readme(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    missing = [name for name in main.list_commands(None) if f"cqcrawler {name}" not in text]
    assert missing == []


def test_the_tables_of_the_docs_are_those_of_the_archive(desk: Path) -> None:
    text = (ROOT / "docs/archive.md").read_text(encoding="utf-8")
    documented = {
        name: columns.split(", ")
        for name, columns in re.findall(r"^\| `(\w+)` \| `([\w, ]+)` \|$", text, re.MULTILINE)
    }
    with sqlite3.connect(desk / "data/archive.db") as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            " AND name NOT LIKE 'articles_fts_%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        ).fetchall()
        real = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for (name,) in names
        }
    connection.close()
    assert documented == real


def test_links_lead_somewhere() -> None:
    for page in [
        *PAGES,
        "docs/architecture.md",
        "docs/quality.md",
        "docs/questions.md",
        "docs/tour.zh-CN.md",
    ]:
        path = ROOT / page
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            away = target.startswith("https://")  # No test leaves this machine.
            assert away or (path.parent / target).exists(), f"{page}: {target}"
