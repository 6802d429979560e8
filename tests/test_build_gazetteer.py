"""The rules by which scripts/build_gazetteer.py tells a renamed unit from a merged one."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cqcrawler.text.regions import all_regions

SCRIPTS = Path(__file__).parent.parent / "scripts"


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("build_gazetteer")


def snapshot(build: ModuleType, *units: tuple[str, str, str]) -> dict[str, Any]:
    return {code: build.Unit(code, name, "510100", link) for code, name, link in units}


def history(build: ModuleType, monkeypatch: pytest.MonkeyPatch, *snapshots: Any) -> Any:
    """Return the history of yearly snapshots, the last of which holds today."""
    monkeypatch.setattr(build, "LAST_YEAR", build.FIRST_YEAR + len(snapshots) - 2)
    years = {build.FIRST_YEAR + number: units for number, units in enumerate(snapshots[:-1])}
    return build.History(years, snapshots[-1])


@pytest.mark.parametrize(
    ("before", "after", "former"),
    [
        (("510122", "双流县", ""), ("510116", "双流区", ""), [("510116", "双流县")]),
        (("510124", "郫县", "7"), ("510117", "郫都区", "7"), [("510117", "郫县")]),
        (("510181", "简阳市", ""), ("510185", "简阳市", ""), []),
    ],
)
def test_a_renamed_unit_has_a_successor_and_gives_it_its_name(
    build: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    before: tuple[str, str, str],
    after: tuple[str, str, str],
    former: list[tuple[str, str]],
) -> None:
    past = history(build, monkeypatch, snapshot(build, before), snapshot(build, after))
    assert past.successor(before[0]) == after[0]
    assert past.former_names() == former
    assert past.valid_to[before[0]] == build.FIRST_YEAR + 1


def test_a_name_changed_in_place_is_a_former_name(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = ("510802", "市中区", ""), ("510802", "利州区", "")
    past = history(build, monkeypatch, snapshot(build, before), snapshot(build, after))
    assert past.former_names() == [("510802", "市中区")]
    assert past.units == {}


def test_units_that_merged_give_the_new_one_no_name_but_its_own(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(build, ("510101", "东江县", "7"), ("510102", "西江县", "7"))
    past = history(build, monkeypatch, before, snapshot(build, ("510103", "西江区", "7")))
    assert past.successor("510101") == past.successor("510102") == "510103"
    assert past.former_names() == [("510103", "西江县")]


def test_a_chain_of_successors_is_followed_to_its_end(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [("510101", "东江县", ""), ("510102", "东江市", ""), ("510103", "东江区", "")]
    past = history(build, monkeypatch, *(snapshot(build, step) for step in steps))
    assert past.successor("510101") == "510103"
    assert past.former_names() == [("510103", "东江县"), ("510103", "东江市")]


def test_a_unit_without_trace_has_no_successor(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = history(build, monkeypatch, snapshot(build, ("510101", "东江县", "7")), {})
    assert past.successor("510101") == ""
    assert past.former_names() == []


def test_sources_that_disagree_stop_the_build(build: ModuleType) -> None:
    current = snapshot(build, ("510101", "东江县", ""))
    with pytest.raises(SystemExit, match="东江市"):
        build.check_current(current, snapshot(build, ("510101", "东江市", "")))


def test_a_zone_in_an_unknown_unit_stops_the_build(build: ModuleType) -> None:
    with pytest.raises(SystemExit, match="东江新区"):
        build.check_zones("name,code,aliases\n东江新区,510199,\n", {})


def test_the_hand_kept_successors_are_those_of_the_built_table(build: ModuleType) -> None:
    corrections = importlib.import_module("gazetteer_corrections")
    rows = {row.code: row for row in all_regions()}
    for code, successor in corrections.SUCCESSORS.items():
        assert rows[code].valid_to
        assert (rows[code].successor or "") == successor
