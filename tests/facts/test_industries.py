"""Industries are read from what is built and made, not from who speaks or organises."""

from __future__ import annotations

import pytest

from cqcrawler.facts.industries import read_industries
from cqcrawler.facts.model import Field
from cqcrawler.facts.numbers import read_numbers
from cqcrawler.facts.vocabulary import vocabulary


def names(body: str, title: str = "") -> set[str]:
    facts = read_numbers(title, body).facts
    return {industry.name for industry in read_industries(title, body, facts)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("某企业拟建骨科手术机器人生产线。", {"医疗器械", "人工智能及机器人"}),
        ("年产10万套工业机器人减速机项目签约。", {"人工智能及机器人", "智能装备"}),
        ("总投资6亿元的车载摄像头项目落户。", {"智能网联新能源汽车", "电子信息制造"}),
        ("动力电池壳体项目开工。", {"新能源及新型储能", "智能网联新能源汽车"}),
        ("工商业储能电池项目开工。", {"新能源及新型储能"}),
        ("新能源汽车项目3个。", {"智能网联新能源汽车"}),
        ("建设年产2万吨人造石墨负极材料基地。", {"先进材料"}),
        ("铝、镁等产业项目8个。", {"轻合金材料"}),
        ("轨道交通产业链招商。", {"智能装备"}),
        ("高速公路项目全线贯通。", {"基础设施"}),
        ("跨境电商产业园开园。", {"商贸服务"}),
        ("引进一家物流公司。", {"现代物流"}),
    ],
)
def test_the_longest_word_at_a_place_decides(body: str, expected: set[str]) -> None:
    assert names(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "市经济和信息化委员会负责人到园区调研企业。",
        "市农业农村局、县文化和旅游局参加项目推进会。",
        "市摩托车行业协会组织20家企业考察园区。",
        "对新落户企业给予银行贷款贴息。",
        "数据显示，企业满意度持续提升。",
        "建成标准厂房20万平方米，出让工业用地3宗。",
        "召开工作会议，优化工作流程，服务企业。",
        "现场观众纷纷拿出手机拍照。",
        "项目产品广泛应用于航空航天和动力电池领域。",
        "挖掘机、推土机等工程机械在项目现场来回穿梭。",
        "",
        "。",
    ],
)
def test_offices_means_and_mentions_show_none(body: str) -> None:
    assert names(body) == set()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("起降点与物流园、医院、景区一并规划。", set()),
        ("园区到高速公路入口只有十分钟车程，检验检测中心设在楼内。", set()),
        ("保险机构推出试验责任险，银行发放贷款支持企业。", set()),
        ("总投资8亿元的智慧物流园项目签约。", {"现代物流"}),
        ("引进检验检测机构6家。", {"科技服务"}),
        ("建设高速公路，总投资90亿元。", {"基础设施"}),
    ],
)
def test_what_serves_others_counts_where_it_is_what_is_undertaken(
    body: str, expected: set[str]
) -> None:
    assert names(body) == expected


def test_a_firms_name_shows_an_industry_only_where_nothing_else_does() -> None:
    firm = "重庆绿源环保科技有限公司"
    assert names(f"该县与{firm}签约。") == {"节能环保"}
    assert names(f"该县与{firm}签约，建设预制菜项目。") == {"食品及农产品加工"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("苹果浓缩汁项目开工。", {"食品及农产品加工"}),
        ("硒茶、辣椒加工项目签约。", {"食品及农产品加工"}),
        ("肉羊屠宰项目投产。", {"食品及农产品加工"}),
        ("建设苹果大棚，发展种植基地。", {"现代农业"}),
        ("药品冷库项目签约，总投资2亿元。", {"现代物流"}),
        ("粮油码头项目开工，总投资3亿元。", {"现代物流"}),
    ],
)
def test_what_is_done_to_goods_decides(body: str, expected: set[str]) -> None:
    assert names(body) == expected


def test_battery_materials_are_energy_where_the_notice_says_so() -> None:
    made = "年产2万吨隔膜项目投产。"
    assert names(made) == {"先进材料"}
    assert names(made + "产品销往储能电池厂。") == {"先进材料", "新能源及新型储能"}


@pytest.mark.parametrize(
    "aside",
    [
        "该项目位于涪州装备制造产业园。",
        "项目在钒钛高新区投产。",
        "企业在安泽县柠檬产业园生产。",
        "项目在城东软件园投产。",
        "签约仪式在半导体大厦举行。",
        "下一步，园区将引进风电叶片企业。",
        "县里紧盯生物医药、煤化工两大方向招商引资。",
    ],
)
def test_where_it_stands_and_what_is_aimed_at_shows_only_where_nothing_else_does(
    aside: str,
) -> None:
    assert names(aside)
    assert names("一家眼镜企业签约。" + aside) == {"轻纺"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("当地光伏企业集聚，配套齐全。", {"轻纺"}),
        ("园区同步新建变电站。", {"轻纺"}),
        ("另有光伏项目总投资3亿元。", {"轻纺", "新能源及新型储能"}),
        ("此次还签下光伏项目。", {"轻纺", "新能源及新型储能"}),
    ],
)
def test_what_a_region_has_anyway_shows_none(sentence: str, expected: set[str]) -> None:
    assert names("一家眼镜企业签约。\n" + sentence) == expected


def test_what_is_said_in_passing_shows_none_where_nothing_else_does() -> None:
    assert names("一家企业签约。\n当地光伏企业集聚，配套齐全。") == set()


@pytest.mark.parametrize(
    "place",
    [
        "眼镜项目在高新光伏基地投产。",
        "眼镜厂房由光伏产业园代建。",
        "客商到光伏产业园考察眼镜项目。",
        "光伏产业园推出厂房，面向眼镜企业。",
        "光伏配套园引来眼镜企业。",
    ],
)
def test_a_park_that_something_is_in_shows_none_beside_it(place: str) -> None:
    assert names(place) == {"轻纺"}


@pytest.mark.parametrize(
    "built",
    [
        "规划建设光伏产业园，引进眼镜企业。",
        "光伏产业园二期开工，眼镜项目投产。",
        "在县里建设光伏产业园，引进眼镜企业。",
    ],
)
def test_a_park_that_is_built_shows_what_it_is_for(built: str) -> None:
    assert names(built) == {"轻纺", "新能源及新型储能"}


def test_the_headline_tag_of_a_title_is_no_part_of_its_clause() -> None:
    assert names("", title="【涪州招商】光伏产业园推出厂房 面向眼镜企业") == {"轻纺"}


def test_a_fund_is_finance_where_the_title_names_it() -> None:
    assert names("", title="涪州产业引导基金去年投出4亿元") == {"现代金融"}
    assert names("用好产业引导基金，支持企业建设眼镜项目。") == {"轻纺"}


def test_the_headline_tag_is_no_part_of_the_title() -> None:
    assert names("", title="【汽车城招商】园区签约12个项目") == set()


def test_the_first_words_that_show_an_industry_are_kept() -> None:
    title, body = "一季度签约12个项目", "其中光伏组件项目3个、储能项目2个。"
    (industry,) = read_industries(title, body, ())
    assert (industry.field, industry.text) == (Field.BODY, "光伏")
    assert body[industry.start : industry.stop] == industry.text


def test_the_industries_are_the_25_and_each_says_what_it_is_elsewhere() -> None:
    assert len(set(vocabulary("industries")) - {"none"}) == 25
    helpers = {name for name in vocabulary("industry_hints") if name.isascii()}
    assert set(vocabulary("industry_hints")) - helpers <= set(vocabulary("industries"))


@pytest.mark.parametrize("text", ["轨道" * 50_000, "农业、" * 50_000, "银行和" * 50_000])
def test_hostile_texts_are_read(text: str) -> None:
    assert names(text) <= {"智能装备", "现代农业", "现代金融"}
