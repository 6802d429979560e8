from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler.models import Place
from cqcrawler.text.regions import RegionRow, all_regions, candidates, find, resolve

CHONGQING = Place("500000", "重庆市")
CHENGDU = Place("510100", "四川省", "成都市")
SHUANGLIU = Place("510116", "四川省", "成都市", "双流区")
YUBEI = Place("500112", "重庆市", None, "渝北区")
XIANGCHENG = Place("320507", "江苏省", "苏州市", "相城区")
LIANGJIANG = Place("500000", "重庆市", zone="两江新区")
SCIENCE_CITY = Place("500000", "重庆市", zone="西部(重庆)科学城")


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ("四川-成都", CHENGDU),
        ("江苏-苏州-相城区", XIANGCHENG),
        ("重庆", CHONGQING),
        ("四川省 成都市 双流区", SHUANGLIU),
        ("四川/成都", CHENGDU),
        ("重庆市渝北区", YUBEI),
        ("渝北区", YUBEI),
        ("渝北", YUBEI),
        ("四川成都双流", SHUANGLIU),
        ("江苏-相城区", XIANGCHENG),
        ("【四川-成都】", CHENGDU),
        ("重庆-重庆市-渝北区", YUBEI),
        ("重庆市-市辖区-渝北区", YUBEI),
        ("中国重庆", CHONGQING),
        ("中国-四川-成都", CHENGDU),
        ("重慶市渝北區", YUBEI),
        ("臺灣", Place("710000", "台湾省")),
        ("香港", Place("810000", "香港特别行政区")),
        ("澳門", Place("820000", "澳门特别行政区")),
        ("广东-东莞", Place("441900", "广东省", "东莞市")),
        ("上海-浦东新区", Place("310115", "上海市", None, "浦东新区")),
        ("浦东", Place("310115", "上海市", None, "浦东新区")),
    ],
)
def test_a_stated_place_is_read_to_full_names_and_code(stated: str, place: Place) -> None:
    assert resolve(stated) == place


@pytest.mark.parametrize("separator", [*"-－–—―_/／\\>＞›»→·•・、,，|", " ", "　", " - ", "——", ""])
def test_any_separator_or_none_stands_between_the_names(separator: str) -> None:
    assert resolve(f"四川{separator}成都{separator}双流区") == SHUANGLIU


@pytest.mark.parametrize(
    ("stated", "code", "name"),
    [
        ("内蒙古", "150000", "内蒙古自治区"),
        ("广西自治区", "450000", "广西壮族自治区"),
        ("延边", "222400", "延边朝鲜族自治州"),
        ("恩施", "422800", "恩施土家族苗族自治州"),
        ("湘西州", "433100", "湘西土家族苗族自治州"),
        ("阿坝", "513200", "阿坝藏族羌族自治州"),
        ("凉山", "513400", "凉山彝族自治州"),
        ("海西州", "632800", "海西蒙古族藏族自治州"),
        ("大兴安岭", "232700", "大兴安岭地区"),
        ("锡林郭勒", "152500", "锡林郭勒盟"),
        ("石柱", "500240", "石柱土家族自治县"),
        ("石柱县", "500240", "石柱土家族自治县"),
        ("甘肃-东乡", "622926", "东乡族自治县"),
        ("鄂温克旗", "150724", "鄂温克族自治旗"),
        ("神农架", "429021", "神农架林区"),
        ("洛阳-瀍河", "410304", "瀍河回族区"),
        ("伊犁-伊宁", "654002", "伊宁市"),
        ("湖南-长沙-宁乡", "430182", "宁乡市"),
    ],
)
def test_short_and_autonomous_names(stated: str, code: str, name: str) -> None:
    place = resolve(stated)
    assert place
    assert (place.code, place.district or place.city or place.province) == (code, name)


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("吉林", "220000"),  # the province, not 吉林市
        ("吉林-吉林", "220200"),
        ("海南", "460000"),
        ("青海-海南", "632500"),
        ("内蒙古-乌海-海南区", "150303"),
        ("西安", "610100"),  # the city, not 西安区 in 牡丹江
        ("大同", "140200"),
        ("长沙", "430100"),
        ("湖南-长沙-长沙", "430121"),
    ],
)
def test_of_several_units_with_a_name_the_highest_one_is_meant(stated: str, code: str) -> None:
    assert find(stated) == find(code)


@pytest.mark.parametrize(
    ("stated", "district"),
    [
        ("湖北-仙桃", "仙桃市"),
        ("海南-省直辖县级行政区划-文昌市", "文昌市"),
        ("新疆-石河子", "石河子市"),
    ],
)
def test_a_county_right_below_its_province_is_a_district_without_a_city(
    stated: str, district: str
) -> None:
    place = resolve(stated)
    assert place
    assert (place.city, place.district) == (None, district)


@pytest.mark.parametrize(
    ("headline_tag", "place"),
    [
        ("【长寿区招商】", Place("500115", "重庆市", None, "长寿区")),
        ("长寿招商引资", Place("500115", "重庆市", None, "长寿区")),
        ("[渝北投资]", YUBEI),
        ("【渝北区】", YUBEI),
        ("【重庆渝北招商】", YUBEI),
        ("【两江新区招商】", LIANGJIANG),
        ("【高新区招商】", Place("500000", "重庆市", zone="重庆高新技术产业开发区")),
        ("【重庆招商】", CHONGQING),
        ("【成都招商】", CHONGQING),
        ("【南山区招商】", CHONGQING),
        ("【招商】", CHONGQING),
        ("【政策解读】", CHONGQING),
        ("【天下城区招商】", CHONGQING),
        ("", CHONGQING),
    ],
)
@pytest.mark.parametrize(("stated", "home"), [("重庆", ""), ("重庆", "四川")])
def test_the_tag_narrows_the_stated_place_only_from_inside(
    stated: str, home: str, headline_tag: str, place: Place
) -> None:
    assert resolve(stated, headline_tag, home) == place


@pytest.mark.parametrize(
    ("stated", "headline_tag", "place"),
    [
        ("四川", "【成都招商】", CHENGDU),
        ("四川-成都", "【四川招商】", CHENGDU),
        ("四川-成都", "【四川双流招商】", SHUANGLIU),
        ("四川-成都-双流区", "【成都招商】", SHUANGLIU),
        ("湖南-长沙", "【长沙招商】", Place("430100", "湖南省", "长沙市")),
        ("重庆-长寿区", "【两江新区招商】", Place("500115", "重庆市", None, "长寿区")),
        ("重庆-两江新区", "【渝北区招商】", LIANGJIANG),
    ],
)
def test_the_tag_and_the_stated_place_at_other_levels(
    stated: str, headline_tag: str, place: Place
) -> None:
    assert resolve(stated, headline_tag) == place


@pytest.mark.parametrize("stated", ["", "全国", "其他", "四川北路", "天下城区", "新加坡"])
def test_without_a_readable_stated_place_the_tag_decides_and_then_home(stated: str) -> None:
    assert resolve(stated, "【渝北区招商】", "重庆") == YUBEI
    assert resolve(stated, "【成都招商】", "重庆") == CHENGDU
    assert resolve(stated, "【光明】", "重庆") == CHONGQING
    assert resolve(stated, "【光明招商】", "重庆") == Place("440311", "广东省", "深圳市", "光明区")
    assert resolve(stated, "", "500000") == CHONGQING
    assert resolve(stated, "", "渝北区") == YUBEI
    assert resolve(stated) is None


@pytest.mark.parametrize(
    "text",
    [
        "四川北路",
        "天下城区",
        "重庆啤酒",
        "南京路",
        "上海大众",
        "海口味",
        "重庆大学",
        "成都银行",
        "北京东路",
        "渝北啤酒",
        "四川-北路",
        "重庆-啤酒",
        "成都-渝北区",
        "重庆-双流区",
        "重庆市渝北区人民政府",
        "重庆市江北嘴",
        "中国",
        "四",
        "市辖区",
        "新加坡",
        "高新区",
        "招商",
        "999999",
        "50011",
    ],
)
def test_names_inside_other_words_are_no_places(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize(
    ("name", "home", "code"),
    [
        ("朝阳区", "北京", "110105"),
        ("朝阳区", "吉林", "220104"),
        ("鼓楼区", "江苏-南京", "320106"),
        ("市中区", "济南", "370103"),
        ("江北", "重庆", "500105"),
        ("江北", "宁波", "330205"),
        ("朝阳", "北京", "110105"),
        ("高新区", "成都", None),
        ("海南", "内蒙古", "460000"),  # a province's name is never a district of home
    ],
)
def test_an_ambiguous_name_is_read_inside_home(name: str, home: str, code: str | None) -> None:
    place = resolve(name, "", home)
    assert place
    assert place.code == (code or "510100")


@pytest.mark.parametrize("name", ["朝阳区", "鼓楼区", "市中区", "江北", "江北区", "通州"])
def test_an_ambiguous_name_alone_is_nothing_but_its_candidates_are_known(name: str) -> None:
    assert find(name) is None
    assert len(candidates(name)) > 1


def test_candidates_are_the_places_themselves() -> None:
    assert candidates("江北区") == (
        Place("330205", "浙江省", "宁波市", "江北区"),
        Place("500105", "重庆市", None, "江北区"),
    )
    assert candidates("重庆啤酒") == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("双流县", "510116"),
        ("四川-成都-郫县", "510117"),
        ("510122", "510116"),
        ("襄樊", "420600"),
        ("湖北-襄樊市", "420600"),
        ("伊克昭盟", "150600"),
        ("云南-思茅市", "530800"),
        ("四川-资阳-简阳市", "510185"),  # moved to 成都
        ("安徽-安庆-枞阳县", "340722"),
        ("重庆-綦江县", "500110"),
        ("万盛区", "500110"),
        ("三明-三元区", "350404"),
        ("公主岭市", "220184"),
    ],
)
def test_a_renamed_or_moved_unit_is_what_it_is_now(old: str, new: str) -> None:
    place = find(old)
    assert place
    assert place.code == new
    assert place == find(new)


@pytest.mark.parametrize(
    ("stated", "code", "district"),
    [
        ("北京-宣武区", "110104", "宣武区"),
        ("浙江-杭州-下城区", "330103", "下城区"),
        ("重庆-江北区", "500105", "江北区"),
        ("500112", "500112", "渝北区"),
        ("山西-大同-南郊区", "140211", "南郊区"),
    ],
)
def test_a_merged_or_divided_unit_keeps_its_code_and_name(
    stated: str, code: str, district: str
) -> None:
    place = find(stated)
    assert place
    assert (place.code, place.district) == (code, district)


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ("两江新区", LIANGJIANG),
        ("重庆-两江新区", LIANGJIANG),
        ("重庆市两江新区", LIANGJIANG),
        ("重庆-渝北区-两江新区", Place("500112", "重庆市", None, "渝北区", "两江新区")),
        ("西部(重庆)科学城", SCIENCE_CITY),
        ("西部（重庆）科学城", SCIENCE_CITY),
        ("重庆-西部（重慶）科學城", SCIENCE_CITY),
        ("西部科学城（重庆）", SCIENCE_CITY),
        ("西部(成都)科学城", Place("510100", "四川省", "成都市", zone="西部(成都)科学城")),
        ("四川天府新区", Place("510000", "四川省", zone="天府新区")),
        ("雄安新区", Place("130000", "河北省", zone="雄安新区")),
        ("青岛西海岸新区", Place("370211", "山东省", "青岛市", "黄岛区", "西海岸新区")),
        ("江苏-江北新区", Place("320100", "江苏省", "南京市", zone="江北新区")),
        ("江苏-苏州-工业园区", Place("320500", "江苏省", "苏州市", zone="苏州工业园区")),
        ("重庆经开区", Place("500000", "重庆市", zone="重庆经济技术开发区")),
        ("成都经开区", Place("510112", "四川省", "成都市", "龙泉驿区", "成都经济技术开发区")),
        ("四川-成都-高新区", Place("510100", "四川省", "成都市", zone="成都高新技术产业开发区")),
        ("长寿经开区", Place("500115", "重庆市", None, "长寿区", "长寿经济技术开发区")),
        ("上海-张江", Place("310115", "上海市", None, "浦东新区", "张江科学城")),
    ],
)
def test_a_zone_is_coded_by_what_contains_it(stated: str, place: Place) -> None:
    assert resolve(stated) == place


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ("璧山高新区", Place("500120", "重庆市", None, "璧山区", "璧山高新技术产业开发区")),
        ("重庆市璧山区经开区", Place("500120", "重庆市", None, "璧山区", "璧山经开区")),
        ("江苏-无锡-锡东新城", Place("320200", "江苏省", "无锡市", zone="锡东新城")),
        ("江苏-苏州-相城区-元和街道", XIANGCHENG),
        ("江苏-苏州-相城区-元和街道-玉成社区", XIANGCHENG),
    ],
)
def test_zones_and_townships_that_are_in_no_list(stated: str, place: Place) -> None:
    assert resolve(stated) == place


def test_the_district_liangjiang_is_found_by_its_code() -> None:
    assert find("500157") == Place("500157", "重庆市", None, "两江新区")


@given(
    st.sampled_from([row for row in all_regions() if not row.valid_to]),
    st.sampled_from(["-", "/", " ", ""]),
)
def test_every_unit_is_found_by_its_code_and_by_its_names_from_the_top(
    row: RegionRow, separator: str
) -> None:
    by_code = {region.code: region for region in all_regions()}
    chain = [row]
    while parent := chain[0].parent:
        chain.insert(0, by_code[parent])
    place = find(row.code)
    assert place
    assert place.code == row.code
    if row.name != "两江新区":  # read as the new area
        assert resolve(separator.join(unit.name for unit in chain)) == place


@given(*[st.text("重庆渝北区市县招商【】()-/ 成都高新A1\x00", max_size=80)] * 3)
def test_no_text_fails(stated: str, headline_tag: str, home: str) -> None:
    place = resolve(stated, headline_tag, home)
    assert place is None or place.province in {"重庆市", "四川省"}


@pytest.mark.parametrize("text", ["重庆" * 100_000, "重庆-" * 100_000, "-" * 100_000, "中国" * 99])
def test_very_long_text_is_no_place(text: str) -> None:
    assert find(text) is None
    assert resolve("重庆", text, text) == CHONGQING
