"""Single undertakings of a notice, and whether two notices tell of one."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from benchmarks.retold import followed, invented
from cqcrawler.facts.model import Actor, ActorKind, Facts, Field, Stage
from cqcrawler.facts.projects import Project, read_projects
from cqcrawler.facts.read import read_facts
from cqcrawler.facts.stories import Telling, same_story
from cqcrawler.facts.undertakings import Match, Undertaking, joined, same_project, undertaking_of
from tests.shared import shared


def projects(title: str, body: str) -> tuple[Project, ...]:
    return read_projects(title, body, read_facts(title, body))


def names(body: str, title: str = "") -> list[str]:
    return [project.name for project in projects(title, body)]


def only(body: str, title: str = "") -> Project:
    (project,) = projects(title, body)
    return project


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("6月3日，丘北县光学镜片项目开工。", ["光学镜片项目"]),
        ("丘北县与锐嘉光学公司签约，将在园区建设光学镜片产业园。", ["光学镜片产业园"]),
        ("由远盛科技投资建设的热泵生产基地正式投产。", ["热泵生产基地"]),
        ("其中，热泵项目投资3亿元；镜片项目投资2.1亿元。", ["热泵项目", "镜片项目"]),
        ("投资4.2亿元扩建热泵生产线，6月开工。", ["热泵生产线"]),
        ("热泵生产基地二期工程竣工。", ["热泵生产基地二期工程"]),
        ("绿色数据中心项目签约落户。", ["绿色数据中心项目"]),
        ("远盛青岩工厂首批热泵下线。", ["远盛青岩工厂"]),
        ("首台热泵在远盛丘北基地下线，标志着基地正式投产。", ["远盛丘北基地"]),
        ("丘北县与远盛科技有限公司签约，共建远盛热泵产业园。", ["远盛热泵产业园"]),
        ("热泵生产基地开工，首栋数据中心年底交付，主体工程已开工。", ["热泵生产基地"]),
        ("远盛科技签约丘北县，热泵项目落户丘北县青岩产业园。", ["热泵项目"]),
        (
            "丘北县镜片项目签约，这是企业继热泵项目之后的又一项目，一月前，热泵项目已开工。",
            ["镜片项目"],
        ),
    ],
)
def test_names_of_undertakings(body: str, expected: list[str]) -> None:
    assert names(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "分别是：远盛精密投资3亿元的热泵项目，华膜新材投资2.1亿元的镜片项目。",
            ["远盛精密", "华膜新材"],
        ),
        ("热泵项目开工，由远盛科技负责建设；镜片项目投资方为华膜光学。", ["远盛科技", "华膜光学"]),
        ("6月3日，远盛纸业年产2万吨热敏纸项目在丘北县开工。", ["远盛纸业"]),
        ("走进远盛光学，热泵项目正在安装设备。", ["远盛光学"]),
        (
            "远盛光学有限公司投资2亿元的镜片项目、华膜五金有限公司投资3亿元的热泵项目开工。",
            ["远盛光学有限公司", "华膜五金有限公司"],
        ),
        ("热泵项目在丘北县开工。项目今年5月签约，由远盛数科投资2亿元建设。", ["远盛数科"]),
    ],
)
def test_each_has_its_own_firm(body: str, expected: list[str]) -> None:
    assert [project.investor for project in projects("", body)] == expected


def test_the_firm_of_the_headline_is_that_of_all() -> None:
    body = "走进丘北县，热泵项目正在吊装，镜片项目已投产。"
    told = projects("远盛光学：两个项目齐头并进", body)
    assert [each.investor for each in told] == ["远盛光学", "远盛光学"]


def test_the_city_of_a_firm_is_not_where_it_is() -> None:
    told = only("丘北县热泵项目开工，由深圳市远盛科技有限公司投资建设。")
    assert [unit.short for unit in told.units] == ["丘北"]


def test_what_headline_and_text_name_is_told_of() -> None:
    assert names("位于丘北县的热泵项目设备到场。", "热泵项目设备到场") == ["热泵项目"]
    assert names("青岩科技产业园现有空房。", "青岩科技产业园招租") == []


def test_a_place_in_the_name_is_where_it_is() -> None:
    body = "远盛科技传来喜讯，丘北基地已投产，广南基地正在安装设备，预计年底投产。"
    told = projects("远盛科技两大基地加快建设", body)
    assert [[unit.short for unit in each.units] for each in told] == [["丘北"], ["广南"]]


@pytest.mark.parametrize(
    "body",
    [
        "17个医药项目集中签约，总投资30亿元。",
        "新签约制造业项目29个，开工21个。",
        "上半年重点项目开工率达95%。",
        "强化项目全周期服务，推动更多大项目签约落地。",
        "热泵产业招商推介会举行，签约企业8家。",
        "该项目总投资3亿元，开工在即。",
        "企业成功入驻青岩产业园，完成签约。",
        "项目建设正酣，工程进度过半。",
        "生产线投产。",
        "远盛科技三大基地加快建设。",
        "园区热泵和镜片项目增多，陆续投产。",
        "",
    ],
)
def test_kinds_batches_and_places_are_none(body: str) -> None:
    assert names(body) == []


def test_what_is_told_of_an_undertaking() -> None:
    told = only(
        "8月2日，丘北县与锐嘉光学有限公司签订协议，光学镜片项目落户。项目总投资18亿元，"
        "分两期建设，其中一期投资8亿元。光学镜片项目达产后可带动就业。",
        "【文山招商】总投资18亿元 锐嘉镜片项目签约丘北县",
    )
    assert told.investor == "锐嘉光学有限公司"
    assert [unit.short for unit in told.units] == ["丘北"]
    amounts = {amount.phase: amount.fact.value for amount in told.amounts}
    assert amounts == {"": 18e8, "一期": 8e8}
    assert told.amount is not None
    assert told.amount.fact.value == 18e8
    assert told.stage == "签约"
    assert "光学镜片项目" in told.names


def test_where_it_stands() -> None:
    title, body = "【招商】热泵项目开工", "6月3日，丘北县热泵项目开工。"
    told = only(body, title)
    text = title if told.field is Field.TITLE else body
    assert text[told.start : told.stop] in told.names


def test_an_amount_belongs_to_the_name_before_it() -> None:
    body = "丘北县：热泵项目签约，总投资3.1亿元。广南县：镜片项目开工，总投资2.4亿元。"
    assert [
        (project.name, project.amount and project.amount.fact.value, project.units[0].short)
        for project in projects("", body)
    ] == [("热泵项目", 3.1e8, "丘北"), ("镜片项目", 2.4e8, "广南")]


def test_a_named_firm_is_the_investor_where_the_name_holds_it() -> None:
    title, body = "", "博川热泵基地首台产品下线，项目正式投产。"
    firm = Actor(ActorKind.COMPANY, "博川热泵科技有限公司", None, None, Field.BODY, 0, 4)
    facts = replace(read_facts(title, body), actors=(firm,))
    (told,) = read_projects(title, body, facts)
    assert told.investor == "博川热泵科技有限公司"


def test_a_firm_of_another_item_is_not_the_investor() -> None:
    body = "丘北县：热泵项目签约。\n广南县：远盛科技有限公司二期投产。"
    assert [project.investor for project in projects("一周要闻", body)] == [None]
    body = "远盛科技有限公司传来喜讯。丘北县热泵项目签约。"
    assert only(body).investor == "远盛科技有限公司"


SIGNED = (
    "5月6日，万载县与晶海光学股份有限公司签约，光学玻璃项目落户。项目总投资18亿元，一期投资8亿元。"
)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("晶海光学玻璃生产基地一期工程在万载县开工，一期投资8.3亿元。", Match.SAME),
        ("万载县光学玻璃项目投产，总投资18亿元。", Match.SAME),
        ("总投资18亿元的晶海玻璃盖板项目在万载县开工。", Match.SAME),
        ("由华膜科技投资建设的光学玻璃项目在万载县开工，总投资18亿元。", Match.OTHER),
        ("晶海光学玻璃项目在巫山县开工，总投资18亿元。", Match.OTHER),
        ("万载县光学玻璃项目开工。", Match.POSSIBLE),
        # The firm is not named, and the amount only near.
        ("万载县光学玻璃项目开工，总投资19.6亿元。", Match.POSSIBLE),
        # It calls the first phase the whole; phases that are alike do not make up for the whole.
        ("晶海光学玻璃项目在万载县开工，总投资8亿元。", Match.SAME),
        ("万载县光学玻璃项目开工，总投资40亿元，一期投资8亿元。", Match.POSSIBLE),
        ("万载县光学玻璃项目开工，总投资30亿元。", Match.POSSIBLE),
        ("万载县冷链物流项目开工，总投资18亿元。", Match.OTHER),
        # Firm, place and noun only.
        ("晶海万载基地一期封顶。", Match.SAME),
        ("首批玻璃在晶海万载工厂下线。", Match.SAME),
        ("晶海股份万载工厂投产，总投资18.6亿元。", Match.SAME),
        ("晶海万载基地投产，总投资60亿元。", Match.POSSIBLE),
        ("晶海巫山基地投产，总投资18亿元。", Match.OTHER),
        # Another product, and another amount.
        ("晶海光学薄膜项目在万载县开工。", Match.POSSIBLE),
        ("晶海特种瓶罐项目在万载县开工，总投资17亿元。", Match.OTHER),
        # Signed again, and larger; a tenth of it is another.
        ("万载县与晶海光学股份有限公司再次签约，光学玻璃项目总投资25亿元。", Match.SAME),
        ("万载县与晶海光学股份有限公司签约，光学玻璃项目总投资2.2亿元。", Match.POSSIBLE),
    ],
)
def test_firm_place_and_money_decide(other: str, expected: Match) -> None:
    one, two = undertaking_of(only(SIGNED)), undertaking_of(only(other))
    assert same_project(one, two) is expected
    assert same_project(two, one) is expected


def test_a_county_is_more_than_its_city() -> None:
    city, county = (
        undertaking_of(only("热泵项目签约，总投资3亿元。"), home) for home in ("361100", "361128")
    )
    assert [unit.short for unit in joined(city, county).units] == ["鄱阳"]
    assert joined(county, city).units == county.units
    beside = undertaking_of(only("热泵项目签约，总投资3亿元。"), "361121")
    assert same_project(city, beside) is Match.SAME
    assert same_project(joined(city, county), beside) is Match.OTHER


def test_a_province_is_no_place() -> None:
    body = "远盛科技投资建设的热泵项目开工，总投资3亿元。"
    at = [undertaking_of(only(body), home) for home in ("360000", "360922", "510000")]
    assert [same_project(at[0], other) for other in at[1:]] == [Match.SAME, Match.OTHER]
    namesless = [replace(each, investor=None) for each in at]
    assert same_project(namesless[0], namesless[1]) is Match.POSSIBLE


def test_stages_of_one_undertaking_are_one_project() -> None:
    for seed in range(25):
        known: Undertaking | None = None
        for notice in followed(Random(seed)):
            for told in map(undertaking_of, projects(notice.title, notice.body)):
                if known:
                    assert same_project(known, told) is Match.SAME
                known = joined(known, told) if known else told


def test_undertakings_of_one_frame_are_not_one() -> None:
    told = [
        [undertaking_of(each) for each in projects(notice.title, notice.body)]
        for notice in (invented(Random(seed), "signing") for seed in range(40))
    ]
    pairs = [(a, b) for x, y in combinations(told, 2) for a in x for b in y]
    assert len(pairs) > 500
    assert [pair for pair in pairs if same_project(*pair) is Match.SAME] == []


def test_what_was_known_stays() -> None:
    known, told = (
        undertaking_of(only(body))
        for body in (SIGNED, "万载县光学玻璃项目开工，总投资18.5亿元，二期投资9亿元。")
    )
    both = joined(known, told)
    assert both.investor == known.investor
    assert {money.phase: money.value for money in both.amounts}[""] == 18e8


def test_the_annotated_groups() -> None:
    lines = shared("facts/stories.jsonl").read_text("utf-8").splitlines()
    notices = [notice for notice in map(json.loads, lines) if notice["project"]]
    wrong = []
    for one, other in combinations(notices, 2):
        retold = same_story(*(Telling(each["title"], each["body"]) for each in (one, other))).same
        told = [
            [undertaking_of(project) for project in projects(each["title"], each["body"])]
            for each in (one, other)
        ]
        matches = [same_project(a, b, retold=retold) for a in told[0] for b in told[1]]
        named = [
            {each["project"]} if isinstance(each["project"], str) else set(each["project"])
            for each in (one, other)
        ]
        if (Match.SAME in matches) != bool(named[0] & named[1]):
            wrong.append((one["id"], other["id"]))
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "项目" * 20_000,
        "热泵项目签约，" * 8000,
        "一期" * 20_000,
        "由" * 20_000,
        "热泵项目投资3亿元；" * 3000,
    ],
)
def test_hostile_texts_are_read(text: str) -> None:
    told = read_projects(text[:100], text, Facts())
    assert len(told) <= 40
    for one, other in combinations(map(undertaking_of, told[:5]), 2):
        same_project(one, other)


def test_a_firm_that_builds_or_produces_has_an_undertaking_without_a_name() -> None:
    body = "6月26日，滁州晖晟半导体有限公司首批衬底在来安县下线，正式投产。"
    (told,) = projects("晖晟首批衬底下线", body)
    assert (told.investor, told.names, told.stage) == (
        "滁州晖晟半导体有限公司",
        (),
        Stage.IN_PRODUCTION,
    )
    assert told.name == body[told.start : told.stop]
    assert projects("企业家座谈", "6月26日，滁州晖晟半导体有限公司参加座谈。") == ()
