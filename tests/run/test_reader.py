"""The reader's version changes with whatever may change what is read."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from cqcrawler.run import reader

PACKAGE = Path(reader.__file__).parent.parent
# What reading imports and is not changed by: where results go, not what they are.
OUTSIDE = ("archive", "exceptions", "portals", "run.tally", "warc")


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the package that may be edited, and its reader's version."""
    folder = tmp_path / "cqcrawler"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(reader, "files", lambda _: folder)

    def version():
        reader.rules_version.cache_clear()
        return reader.reader_version()

    yield folder, version
    reader.rules_version.cache_clear()


@pytest.mark.parametrize(
    "part",
    [
        "reading/body/container.py",
        "text/dates.py",
        "platforms/trs.py",
        "resources/boilerplate.toml",
        "resources/regions.csv",
        "cleaning.py",
        "run/interpret.py",
    ],
)
def test_another_rule_is_another_version(copy, part):
    folder, version = copy
    before = version()
    with (folder / part).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert version() != before


def test_a_new_or_renamed_module_is_another_version(copy):
    folder, version = copy
    versions = [version()]
    (folder / "reading/more.py").write_text("")
    versions.append(version())
    (folder / "reading/more.py").rename(folder / "reading/other.py")
    versions.append(version())
    assert len(set(versions)) == 3


def test_another_parser_is_another_version(copy, monkeypatch):
    _, version = copy
    before = version()
    monkeypatch.setattr(reader, "version", lambda name: "9")
    assert version() != before


@pytest.mark.parametrize("part", ["commands/show.py", "resources/data_dictionary.toml"])
def test_what_has_no_part_in_reading_leaves_it(copy, part):
    folder, version = copy
    before = version()
    (folder / part).write_text("")
    (folder / "reading/__pycache__").mkdir()
    (folder / "reading/__pycache__/container.py").write_text("")
    assert version() == before


def test_nothing_that_reading_imports_is_left_out():
    known = {
        path.relative_to(PACKAGE).as_posix()
        for part in reader._PARTS
        for path in ([PACKAGE / part] if part.endswith(".py") else (PACKAGE / part).rglob("*.py"))
    }
    left, seen = ["run/interpret.py", "cleaning.py"], set()
    while left:
        part = left.pop()
        if part not in seen:
            seen.add(part)
            left += imports(PACKAGE / part)
    assert seen > {"reading/article.py", "text/regions.py", "models.py"}
    assert seen <= known


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cqcrawler"):
            for name in node.names:
                yield from modules(f"{node.module}.{name.name}".removeprefix("cqcrawler."))


def modules(name):
    """The files that an imported name stands for, or is in."""
    if name.startswith(OUTSIDE):
        return
    for part in (name, name.rpartition(".")[0]):
        for path in (f"{part.replace('.', '/')}.py", f"{part.replace('.', '/')}/__init__.py"):
            if part and (PACKAGE / path).is_file():
                yield path
