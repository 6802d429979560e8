"""Every golden page reads exactly as the answer beside it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.golden.__main__ import make
from tests.golden.pages import (
    ARTICLES,
    FOLDER,
    LISTINGS,
    SHOWABLE,
    GoldenPage,
    all_pages,
    answer_of,
    read,
    written,
)

PAGES = all_pages()
# A fault is a wrong answer, not a crash, and its mending must be noticed.
KNOWN = {"strict": True, "raises": AssertionError}
FAULTS = [
    pytest.param(page, name, marks=pytest.mark.xfail(**KNOWN, reason=why), id=f"{page.name} {name}")
    for page in PAGES
    for name, why in page.faults.items()
]
by_name = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@by_name
def test_a_page_reads_as_its_answer_says(page: GoldenPage) -> None:
    right = answer_of(page)
    assert read(page) | {name: right[name] for name in page.faults} == right


@pytest.mark.parametrize(("page", "name"), FAULTS)
def test_what_the_reader_gets_wrong(page: GoldenPage, name: str) -> None:
    assert read(page)[name] == answer_of(page)[name]


@by_name
def test_an_answer_has_what_the_page_shows_and_no_more(page: GoldenPage) -> None:
    answer = answer_of(page)
    names = SHOWABLE[page.path.parent.name]
    assert {name for name in names if answer[name] not in (None, "", [], {})} == page.shows


@by_name
def test_an_answer_is_written_as_the_command_writes_it(page: GoldenPage) -> None:
    assert page.answer_file.read_text(encoding="utf-8") == written(answer_of(page))


@pytest.mark.parametrize("kind", [ARTICLES, LISTINGS])
def test_every_page_has_a_sidecar_and_an_answer(kind: str) -> None:
    files = [path for path in (FOLDER / kind).iterdir() if path.is_file()]
    names = {path.stem for path in files}
    assert len(names) >= 15
    assert {path.name for path in files} == {
        f"{name}.{suffix}" for name in names for suffix in ("html", "toml", "json")
    }


def test_the_command_writes_answers_and_keeps_those_of_faults(tmp_path: Path) -> None:
    folder = tmp_path / ARTICLES
    folder.mkdir()
    page = next(page for page in PAGES if not page.faults and not page.is_listing)
    for suffix in (".html", ".toml"):
        shutil.copy(page.path.with_suffix(suffix), folder)
    (made,) = make(tmp_path)
    assert made.answer_file.read_text(encoding="utf-8") == page.answer_file.read_text("utf-8")
    assert make(tmp_path) == []
    with made.path.with_suffix(".toml").open("a", encoding="utf-8") as sidecar:
        sidecar.write('[faults]\ntitle = "for the sake of this test"\n')
    made.answer_file.write_text(written(answer_of(page) | {"title": "对的标题"}), encoding="utf-8")
    make(tmp_path)
    answer = answer_of(made)
    assert answer["title"] == "对的标题"
    assert answer["paragraphs"] == answer_of(page)["paragraphs"]
    assert "title" not in answer["provenance"]
