"""Named bodies: where their names end and begin, their longest forms, their parts."""

from __future__ import annotations

import pytest

from cqcrawler.facts.actors import read_actors
from cqcrawler.facts.model import ActorKind, Field
from cqcrawler.facts.names import find_names

COMPANY, PARK, ZONE = ActorKind.COMPANY, ActorKind.PARK, ActorKind.ZONE
GOVERNMENT, INSTITUTE = ActorKind.GOVERNMENT, ActorKind.INSTITUTE


def actors(body: str, title: str = "") -> set[tuple[ActorKind, str]]:
    return {(actor.kind, actor.name) for actor in read_actors(title, body)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("拟与杭州云栖微电子有限公司签约。", {(COMPANY, "杭州云栖微电子有限公司")}),
        ("近日，海川集团落户大足高新区。", {(COMPANY, "海川集团"), (ZONE, "大足高新区")}),
        ("由中国东方电力投资集团投资建设。", {(COMPANY, "中国东方电力投资集团")}),
        ("万州区建设投资集团有限公司成立。", {(COMPANY, "万州区建设投资集团有限公司")}),
        ("引进博恩（中国）精密技术有限公司。", {(COMPANY, "博恩（中国）精密技术有限公司")}),
        ("项目位于綦江通惠物流园。", {(PARK, "綦江通惠物流园")}),
        ("打造华中农机产业城，", {(PARK, "华中农机产业城")}),
        ("在西部（重庆）科学城设立。", {(ZONE, "西部（重庆）科学城")}),
        ("武隆区人民政府与甲公司签约。", {(GOVERNMENT, "武隆区人民政府"), (COMPANY, "甲公司")}),
        ("长寿经开区管委会负责人到会。", {(GOVERNMENT, "长寿经开区管委会")}),
        ("与云溪生物谷管委会对接。", {(GOVERNMENT, "云溪生物谷管委会")}),
        ("省商务厅、市贸促会联合主办。", {(GOVERNMENT, "省商务厅"), (INSTITUTE, "市贸促会")}),
        ("昨日，商务部发布报告。", {(GOVERNMENT, "商务部")}),
        ("与江城理工大学共建。", {(INSTITUTE, "江城理工大学")}),
        (
            "永川高新区港桥产业园内，",
            {(ZONE, "永川高新区"), (PARK, "永川高新区港桥产业园")},
        ),
    ],
)
def test_bodies_are_named_by_what_they_end_with(
    body: str, expected: set[tuple[ActorKind, str]]
) -> None:
    assert actors(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("其中已投宜阳川润能源有限公司3亿元。", {(COMPANY, "宜阳川润能源有限公司")}),
        ("基金管理人武安衡山基金管理有限公司介绍，", {(COMPANY, "武安衡山基金管理有限公司")}),
        ("土地重新供给江都永固机械有限公司。", {(COMPANY, "江都永固机械有限公司")}),
        ("厂房转让给乙公司，承租方丙公司续租。", {(COMPANY, "乙公司"), (COMPANY, "丙公司")}),
        ("1.海川集团，投资2亿元；", {(COMPANY, "海川集团")}),
        ("请介绍一下公司，因为公司发展很快，发稿前公司未回应。", set()),
        ("上半年新区新签约项目9个，品质新区建设提速。", set()),
        ("用于偿还银行借款。", set()),
        ("开州新型储能材料产业园奠基。", {(PARK, "开州新型储能材料产业园")}),
        ("位于库尔勒纺织工业城，", {(PARK, "库尔勒纺织工业城")}),
        ("苏木塔和沙产业园招商。", {(PARK, "苏木塔和沙产业园")}),
    ],
)
def test_a_name_begins_where_the_words_before_it_end(
    body: str, expected: set[tuple[ActorKind, str]]
) -> None:
    assert actors(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "该公司、母公司和上市公司均表示，各公司积极参与。",
        "某集团与一家物流公司签约，引进3家跨国公司。",
        "推动工业园区、各开发区和高新区提档升级。",
        "打造国家级经开区、特色产业园、友好型产业园区。",
        "重点发展新区经济，拓展创新区域。",
        "商务部门、各级政府、有关高校和行业协会支持。",
        "自治区政府组织召开会议。",
        "渝川集团储能项目开工。",
        "召开产业合作推介会，就开发区事宜交流。",
        "由管委会牵头，区管委会、园区管委会配合。",
        "联系园区招商部、企业服务部。",
        "公司债券发行，集团化管理。",
        "",
        "有限公司",
    ],
)
def test_what_is_called_by_its_kind_is_no_name(body: str) -> None:
    assert {name for _, name in actors(body)} <= {"自治区政府"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("德尔科（重庆）增资2亿元。", {"德尔科（重庆）"}),
        ("由晨曦微电子投资8亿元建设。", {"晨曦微电子"}),
        ("区政府与宏远乳业签署协议。", {"宏远乳业"}),
        ("其中启航智能、天枢云联等5家企业入驻。", {"启航智能", "天枢云联"}),
        (
            "与宁波远岫科技有限公司、雅岚化妆品两家企业签约。",
            {"宁波远岫科技有限公司", "雅岚化妆品"},
        ),
        ("与传统汽车投资相比，由社会资本投资。", set()),
        ("智能装备、新材料等12家企业参会。", set()),
        ("拾贝软件负责人到会，微岚芯片在展会上发布新品。", {"拾贝软件", "微岚芯片"}),
        ("乡村旅游负责人、复合材料采用新工艺。", set()),
        ("川原车身电驱动总成项目开工。", set()),
        ("三期（重庆）工程、项目（重庆）。", set()),
    ],
)
def test_firms_without_a_legal_form_are_known_by_what_they_do(
    body: str, expected: set[str]
) -> None:
    assert {name for kind, name in actors(body) if kind is COMPANY} == expected


def test_shorter_forms_are_folded_into_the_longest() -> None:
    title = "区政府与海川集团签约共建再生铝产业园"
    body = (
        "合川区人民政府与海川铝业集团在合川高新技术产业开发区签约。合川高新区将建设"
        "合川区再生铝产业园。市商务委、重庆市商务委员会到会。"
    )
    assert actors(body, title) == {
        (GOVERNMENT, "合川区人民政府"),
        (COMPANY, "海川铝业集团"),
        (ZONE, "合川高新技术产业开发区"),
        (PARK, "合川区再生铝产业园"),
        (GOVERNMENT, "重庆市商务委员会"),
    }


@pytest.mark.parametrize(
    ("body", "origin"),
    [
        ("深圳远帆科技有限公司签约落户。", "深圳"),
        ("来自德国的曼海姆有限公司签约。", "德国"),
        ("日资企业三和精密有限公司增资。", "日资"),
        ("远帆智联有限公司签约落户。", None),
    ],
)
def test_an_investors_origin_is_what_is_printed(body: str, origin: str | None) -> None:
    (actor,) = read_actors("", body)
    assert (actor.role, actor.origin) == ("investor", origin)


def test_who_hosts_and_who_organises() -> None:
    roles = {
        actor.name: actor.role
        for actor in read_actors("", "项目签约落户万盛经开区。市商务委主办推介会。")
    }
    assert roles == {"万盛经开区": "host", "市商务委": "organiser"}


def test_a_name_is_a_slice_of_its_text_and_the_tag_is_left() -> None:
    title, body = "【两江新区招商】海川集团来考察", "海川集团与两江新区签约。"
    names = find_names(title, body)
    assert [name.text for name in names] == ["海川集团", "海川集团", "两江新区"]
    for name in names:
        text = title if name.field is Field.TITLE else body
        assert text[name.start : name.stop] == name.text


@pytest.mark.parametrize(
    "text",
    [
        "公司" * 20_000,
        "有限公司与" * 10_000,
        "1" * 200_000,
        "甲" * 100_000,
        "（甲）" * 30_000,
        "甲、" * 50_000,
    ],
)
def test_hostile_texts_are_read(text: str) -> None:
    assert len(actors(text)) <= 2
