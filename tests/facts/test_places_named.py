"""Places are divisions and zones that a notice names, and nothing that only looks like one."""

from __future__ import annotations

import pytest

from cqcrawler.facts.division_names import short_names
from cqcrawler.facts.model import Field
from cqcrawler.facts.places_named import read_places
from cqcrawler.facts.vocabulary import words_of


def names(body: str, title: str = "", region: str = "重庆") -> set[str]:
    return {place.name for place in read_places(title, body, region)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("项目在江津区开工。", {"江津区"}),
        ("来自浙江省宁波市的客商到访。", {"宁波市"}),
        ("涪陵、合川等地形成链条。", {"涪陵", "合川"}),
        ("福建泉州晋江的企业来渝。", {"晋江"}),
        ("一家苏州企业投资2亿元。", {"苏州"}),
        ("荣昌高新区新增项目3个。", {"荣昌高新区"}),
        ("江津综保区与西部（重庆）科学城联动。", {"江津综保区", "西部（重庆）科学城"}),
        ("綦江通惠产业园开园。", {"綦江"}),
        ("项目在石柱县投产，石柱土家族自治县给予支持。", {"石柱土家族自治县"}),
        ("广州市场前景好，渝北区域优势明显。", {"广州", "渝北"}),
        ("合作市与碌曲县签约。", {"合作市", "碌曲县"}),
        ("记者从江阴市获悉，首次接触两江新区的企业增多。", {"江阴市", "两江新区"}),
        (
            "在新区，武进国家高新区与合肥经济技术开发区结对。",
            {"武进国家高新区", "合肥经济技术开发区"},
        ),
    ],
)
def test_divisions_and_zones_are_named(body: str, expected: set[str]) -> None:
    assert names(body) == expected


def test_a_letter_of_another_word_begins_no_name() -> None:
    assert names("五金园区扩建，合金园区投产。") == set()
    assert names("项目落户长春绿园区。") == {"绿园区"}


def test_banners_go_by_short_names() -> None:
    (place,) = read_places("", "项目落户察右中旗。", "内蒙古")
    assert (place.name, place.code) == ("察右中旗", "150927")


def test_a_district_that_is_called_only_a_new_area_is_none() -> None:
    assert names("新区招商局通报，上半年新区新签约项目9个。") == set()


@pytest.mark.parametrize(
    "body",
    [
        "双方开展合作，共享资源，新建厂房。",
        "会同有关部门打通绿色通道。",
        "力争把园区建设成为长三角后花园。",
        "深圳某某科技有限公司、重庆大学、永川区商务局参加。",
        "完成都市圈规划，推广西部经验，保障安全和安定。",
        "企业沿长江布局，产品长寿命、高性能。",
        "项目位于北京路88号，毗邻江北机场。",
        "成渝地区、川渝两地、长三角企业。",
        "宁德时代与长安汽车签约。",
        "重庆市组织企业参会，重庆全市签约。",
        "栖霞文旅与园区签约，永兴科技表示，将扩大投资。",
        "项目落户金凤软件园，来凤片区同步招商，地址四川北路8号。",
        "示范县、本市和县里的企业共享城区和郊区资源。",
        "",
    ],
)
def test_words_macro_regions_and_parts_of_names_are_no_places(body: str) -> None:
    assert names(body) == set()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("赴资源考察，与资源县对接。", {"资源县"}),
        ("走进合作考察项目。", {"合作"}),
        ("和平共处，和平县签约5个项目，和平引资3亿元。", {"和平县"}),
        ("永兴科技总部落户。", set()),
        ("项目在永兴开工。", {"永兴"}),
    ],
)
def test_a_word_is_a_place_only_where_its_surroundings_say_so(
    body: str, expected: set[str]
) -> None:
    assert names(body, region="广东") == expected


def test_the_headline_tag_and_the_notices_own_region_do_not_count() -> None:
    assert names("永川区签约5个项目。", title="【万州区招商】永川再签大单") == {"永川区"}
    assert names("重庆市渝北区签约。", region="渝北区") == set()


def test_a_code_is_that_inside_the_region_or_none() -> None:
    (place,) = read_places("", "朝阳区举行推介会。", "北京")
    assert place.code == "110105"
    (place,) = read_places("", "朝阳区举行推介会。", "重庆")
    assert place.code is None
    (zone,) = read_places("", "大足高新区招商。", "重庆")
    assert zone.code == "500111"


def test_a_place_is_a_slice_of_its_text() -> None:
    title, body = "赴杭州招商", "在宁波召开推介会，宁波市委领导出席。"
    for place in read_places(title, body, "重庆"):
        text = title if place.field is Field.TITLE else body
        assert text[place.start : place.stop] == place.name


def test_homographs_are_short_names() -> None:
    assert set(words_of("homographs", "words", "parts", "across")) <= short_names()


@pytest.mark.parametrize(
    "text", ["渝北" * 50_000, "合作、" * 50_000, "重庆四川" * 30_000, "区" * 100_000]
)
def test_hostile_texts_are_read(text: str) -> None:
    assert len(names(text)) <= 2
