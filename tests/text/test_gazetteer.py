"""The invariants of the tables in cqcrawler/resources, and the counts that they were built with."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib.resources import files

import pytest

from cqcrawler.text.gazetteer import all_regions, by_name, fold, short_name

ROWS = {row.code: row for row in all_regions()}
CURRENT = {code: row for code, row in ROWS.items() if not row.valid_to}


def table(name: str) -> list[dict[str, str]]:
    text = (files("cqcrawler.resources") / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_counts_of_units() -> None:
    assert Counter(row.level for row in CURRENT.values()) == {
        "province": 34,
        "city": 333,
        "district": 2847,
    }
    assert Counter(row.level for row in ROWS.values() if row.valid_to) == {
        "city": 36,
        "district": 682,
    }


def test_codes_are_sorted_and_say_their_level() -> None:
    assert list(ROWS) == sorted(ROWS)
    patterns = {"province": r"\d\d0000", "city": r"\d\d\d[1-9]00|\d\d[1-9]000"}
    for row in ROWS.values():
        pattern = patterns.get(row.level, r"\d{4}(?!00)\d\d")
        assert re.fullmatch(pattern, row.code), row


def test_parents_are_there_one_level_up_and_full_names_are_chains() -> None:
    above = {"province": set(), "city": {"province"}, "district": {"province", "city"}}
    for row in ROWS.values():
        parent = ROWS[row.parent] if row.parent else None
        assert ({parent.level} if parent else set()) <= above[row.level], row
        assert (parent is None) == (row.level == "province"), row
        assert row.full_name == (parent.full_name if parent else "") + row.name
        if parent and not row.valid_to:
            assert not parent.valid_to, row
            assert row.code.startswith(parent.code.rstrip("0")), row


def test_only_municipalities_and_direct_counties_have_districts_without_a_city() -> None:
    direct = {row.code[:4] for row in CURRENT.values() if row.level == "district"}
    direct = {code for code in direct if f"{code}00" not in CURRENT}
    municipalities = {"1101", "1201", "3101", "5001", "5002"}
    assert direct - municipalities == {"4190", "4290", "4690", "6590"}


def test_names_are_unique_inside_a_parent() -> None:
    count = Counter((row.parent, row.name) for row in CURRENT.values())
    assert max(count.values()) == 1


def test_no_statistical_unit_is_a_region() -> None:
    statistical = re.compile("市辖区|^县$|直辖|开发区|管理区|示范区|试验区")
    assert not [row.full_name for row in ROWS.values() if statistical.search(row.name)]
    # In statistics 71 to 79 as the last digits stand for development zones.
    assert not [code for code in ROWS if "71" <= code[4:] <= "79"]


@pytest.mark.parametrize("code", ["330113", "330114", "653228", "653229", "653132", "659013"])
def test_recent_units_are_in_force(code: str) -> None:
    assert code in CURRENT


def test_abolished_units_have_a_year_and_a_successor_in_force() -> None:
    for row in ROWS.values():
        assert row.valid_to is None or 2001 <= int(row.valid_to) <= 2026, row
        assert row.successor is None or (row.valid_to and row.successor in CURRENT), row


@pytest.mark.parametrize(
    ("code", "valid_to", "successor"),
    [
        ("510122", "2015", "510116"),  # 双流县 became 双流区
        ("533421", "2014", "533401"),  # 中甸县, 香格里拉县, 香格里拉市
        ("110104", "2010", "110102"),  # 宣武区 went into 西城区
        ("330103", "2021", "330105"),  # 下城区 went into 拱墅区
        ("500105", "2025", "500157"),  # 江北区 went into 两江新区
        ("500112", "2025", None),  # 渝北区 was divided
        ("371200", "2018", "370100"),
    ],
)
def test_successors(code: str, valid_to: str, successor: str | None) -> None:
    assert (ROWS[code].valid_to, ROWS[code].successor) == (valid_to, successor)


def test_former_names_belong_to_units_in_force_and_are_not_their_names() -> None:
    for row in table("former_names.csv"):
        assert row["name"] != CURRENT[row["code"]].name


def test_zones_lie_in_units_in_force_and_their_names_are_their_own() -> None:
    zones = table("zones.csv")
    assert {row["code"] for row in zones} <= set(CURRENT)
    names = Counter(
        fold(name) for row in zones for name in {row["name"], *row["aliases"].split(";")} - {""}
    )
    assert [name for name, count in names.items() if count > 1] == []


STATE_LEVEL_NEW_AREAS = [
    "浦东新区",
    "滨海新区",
    "两江新区",
    "舟山群岛新区",
    "兰州新区",
    "南沙新区",
    "西咸新区",
    "贵安新区",
    "西海岸新区",
    "金普新区",
    "天府新区",
    "湘江新区",
    "江北新区",
    "福州新区",
    "滇中新区",
    "哈尔滨新区",
    "长春新区",
    "赣江新区",
    "雄安新区",
]


@pytest.mark.parametrize("name", STATE_LEVEL_NEW_AREAS)
def test_every_state_level_new_area_has_one_meaning(name: str) -> None:
    assert len({entry.place for entry in by_name(name)}) == 1


def test_traditional_characters_are_no_characters_of_names() -> None:
    used = {character for row in ROWS.values() for character in row.name}
    for row in table("traditional.csv"):
        assert row["traditional"] not in used
        assert len(row["traditional"]) == len(row["simplified"]) == 1


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("渝北区", "渝北"),
        ("横县", "横县"),
        ("芒市", "芒市"),
        ("碑林区", "碑林"),
        ("清新区", "清新"),
        ("浦东新区", "浦东"),
        ("神农架林区", "神农架"),
        ("六枝特区", "六枝"),
        ("大兴安岭地区", "大兴安岭"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("博尔塔拉蒙古自治州", "博尔塔拉"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("瀍河回族区", "瀍河"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_no_autonomous_unit_keeps_its_people_in_the_short_name() -> None:
    shorts = [short_name(row.name) for row in ROWS.values() if "自治" in row.name]
    assert [short for short in shorts if re.search("族|自治", short)] == []
