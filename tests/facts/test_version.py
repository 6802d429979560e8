"""Facts have a version of their own, which changes with whatever may change what they say."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cqcrawler.facts import version
from cqcrawler.run import reader

PACKAGE = Path(version.__file__).parent.parent
Versions = Callable[[], tuple[str, str]]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Versions]]:
    """A copy of the package that may be edited, and its versions of facts and of the reader."""
    folder = tmp_path / "cqcrawler"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for module in (version, reader):
        monkeypatch.setattr(module, "files", lambda _: folder)

    def versions() -> tuple[str, str]:
        version.facts_version.cache_clear()
        reader.rules_version.cache_clear()
        return version.facts_version(), reader.rules_version()

    yield folder, versions
    version.facts_version.cache_clear()
    reader.rules_version.cache_clear()


@pytest.mark.parametrize(
    ("part", "facts", "reading"),
    [
        ("facts/read.py", True, False),
        ("facts/data/more.toml", True, False),
        ("text/dates.py", True, True),
        ("resources/regions.csv", True, True),
        ("reading/article.py", False, True),
        ("archive/store.py", False, False),
        ("resources/data_dictionary.toml", False, False),
    ],
)
def test_which_rules_change_which_version(
    copy: tuple[Path, Versions], part: str, facts: bool, reading: bool
) -> None:
    folder, versions = copy
    before = versions()
    (folder / part).parent.mkdir(exist_ok=True)
    with (folder / part).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert [new != old for new, old in zip(versions(), before, strict=True)] == [facts, reading]
