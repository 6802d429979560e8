"""What the numbers of a notice are: in sentences of our own, a kind each."""

from __future__ import annotations

import pytest

from cqcrawler.facts.model import Basis, Fact, Kind, Role, Scope
from cqcrawler.facts.numbers import read_numbers


def facts(body: str, title: str = "") -> dict[str, Fact]:
    return {fact.text: fact for fact in read_numbers(title, body).facts}


def reasons(body: str) -> dict[str, str]:
    return {other.text: other.kind for other in read_numbers("", body).others}


@pytest.mark.parametrize(
    ("body", "words", "kind", "basis"),
    [
        ("项目计划总投资18亿元。", "18亿元", Kind.INVESTMENT, Basis.PLANNED),
        ("双方签订协议，协议引资36亿元。", "36亿元", Kind.INVESTMENT, Basis.AGREED),
        ("上半年新签合同额92亿元。", "92亿元", Kind.INVESTMENT, Basis.CONTRACT),
        ("截至5月底，到位省外资金21亿元。", "21亿元", Kind.INVESTMENT, Basis.PAID_IN),
        ("力争全年到位资金60亿元。", "60亿元", Kind.INVESTMENT, Basis.PLANNED),
        ("工程累计完成投资7亿元。", "7亿元", Kind.INVESTMENT, Basis.SPENT),
        ("企业投资3亿元建成的车间已经点火。", "3亿元", Kind.INVESTMENT, Basis.SPENT),
        ("会上达成意向投资12亿元。", "12亿元", Kind.INVESTMENT, Basis.INTENDED),
        ("集中推介招商项目20个，总投资150亿元。", "150亿元", Kind.INVESTMENT, Basis.OFFERED),
        ("达产后年产值可达30亿元。", "30亿元", Kind.OUTPUT, Basis.EXPECTED),
        ("去年园区实现产值88亿元。", "88亿元", Kind.OUTPUT, Basis.ACTUAL),
        ("企业去年营收4.6亿元。", "4.6亿元", Kind.REVENUE, Basis.ACTUAL),
        ("预计年纳税6000万元。", "6000万元", Kind.TAX, Basis.EXPECTED),
        ("可新增就业岗位900个。", "900个", Kind.JOBS, Basis.EXPECTED),
        ("公司现有职工450人。", "450人", Kind.JOBS, Basis.ACTUAL),
        ("解决周边200余名村民就近务工。", "200余名", Kind.JOBS, Basis.ACTUAL),
    ],
)
def test_kind_and_basis(body: str, words: str, kind: Kind, basis: Basis) -> None:
    fact = facts(body)[words]
    assert (fact.kind, fact.basis) == (kind, basis)


@pytest.mark.parametrize(
    ("body", "words", "reason"),
    [
        ("公司注册资本8000万元。", "8000万元", "registered_capital"),
        ("累计争取专项资金1.5亿元。", "1.5亿元", "subsidy"),
        ("设立总规模50亿元的引导基金。", "50亿元", "fund"),
        ("该地块以3.2亿元成交。", "3.2亿元", "land_price"),
        ("银行现场授信40亿元。", "40亿元", "loan"),
        ("企业完成B轮融资2亿元。", "2亿元", "financing"),
        ("现场签下订单6000万元。", "6000万元", "order"),
        ("全县生产总值达到210亿元。", "210亿元", "economy"),
        ("预计年利税4亿元。", "4亿元", "profit"),
        ("亩均税收达25万元。", "25万元", "rate"),
        ("投资强度不低于350万元/亩。", "不低于350万元", "rate"),
        ("正在打造千亿级集群。", "千亿", "class"),
        ("培育产值超10亿元企业12家。", "超10亿元", "class"),
        ("对投资2亿元以上的，给予500万元奖励。", "2亿元以上", "condition"),
        ("对投资2亿元以上的，给予500万元奖励。", "500万元", "subsidy"),
        ("产值由95亿元增至310亿元。", "95亿元", "change_from"),
        ("增资1亿美元（约合7.1亿元人民币）。", "7.1亿元", "conversion"),
        ("签订战略合作协议6个。", "6个", "agreements"),
        ("引进研发机构5家。", "5家", "institutes"),
        ("全区幅员面积1200平方公里。", "1200平方公里", "district"),
    ],
)
def test_why_a_number_is_no_fact(body: str, words: str, reason: str) -> None:
    assert words not in facts(body)
    assert reasons(body)[words] == reason


def test_what_a_change_leads_to_is_a_fact() -> None:
    assert facts("产业产值由95亿元增至310亿元。")["310亿元"].kind is Kind.OUTPUT


def test_money_raised_that_goes_into_a_project_is_an_investment() -> None:
    body = "公司募集资金9亿元，其中4亿元用于智能工厂建设项目。"
    assert list(facts(body)) == ["4亿元"]
    assert reasons(body) == {"9亿元": "financing"}


def test_one_is_an_article() -> None:
    assert facts("一家企业与我区签订一个项目。") == {}


@pytest.mark.parametrize(
    ("body", "roles"),
    [
        (
            "签约项目30个，总投资200亿元，其中工业项目18个、总投资140亿元。",
            {"30个": "total", "200亿元": "total", "18个": "part", "140亿元": "part"},
        ),
        ("项目总投资9亿元，一期投资4亿元。", {"9亿元": "total", "4亿元": "part"}),
        ("在库项目90个，已开工40个、在建30个。", {"90个": "total", "40个": "part", "30个": "part"}),
        (
            "集中签约5个项目，总投资20亿元。\n甲项目投资8亿元。\n乙项目投资12亿元。",
            {"5个": "single", "20亿元": "total", "8亿元": "part", "12亿元": "part"},
        ),
        (
            "甲项目投资3亿元，乙项目投资2亿元，合计5亿元。",
            {"3亿元": "part", "2亿元": "part", "5亿元": "total"},
        ),
        (
            "活动现场洽谈项目5个，意向投资20亿元。\n甲项目意向投资8亿元。\n乙项目投资3亿元。",
            {"5个": "single", "20亿元": "total", "8亿元": "part", "3亿元": "single"},
        ),
        ("合同额60亿元，到位资金20亿元。", {"60亿元": "single", "20亿元": "single"}),
        (
            "占地120亩，建筑面积10万平方米，其中厂房8万平方米。",
            {"120亩": "single", "10万平方米": "total", "8万平方米": "part"},
        ),
        (
            "共核查项目40个。经核实，已投产25个，在建9个，终止6个。",
            {"40个": "total", "25个": "part", "9个": "part", "6个": "part"},
        ),
    ],
)
def test_what_is_part_of_what(body: str, roles: dict[str, str]) -> None:
    assert {text: fact.role.value for text, fact in facts(body).items()} == roles


@pytest.mark.parametrize(
    ("body", "words", "scope"),
    [
        ("今年以来，全县新签约项目45个，总投资130亿元。", "130亿元", Scope.STATISTIC),
        ("活动现场集中签约项目12个，总投资80亿元。", "80亿元", Scope.BATCH),
        ("该项目总投资6亿元。", "6亿元", Scope.PROJECT),
        ("总投资7亿元的智能仓储基地开工。", "7亿元", Scope.PROJECT),
        ("上半年实际使用外资3000万美元。", "3000万美元", Scope.STATISTIC),
        ("园区累计完成投资90亿元。", "90亿元", Scope.STATISTIC),
    ],
)
def test_scope(body: str, words: str, scope: Scope) -> None:
    assert facts(body)[words].scope is scope


def test_a_rounded_headline_of_an_exact_figure_is_no_fact_of_its_own() -> None:
    found = read_numbers("总投资超80亿元 新能源基地开工", "基地总投资83.6亿元。").facts
    assert [fact.text for fact in found] == ["83.6亿元"]
    found = read_numbers("总投资超80亿元 新能源基地开工", "基地今天开工。").facts
    assert [(fact.text, fact.start) for fact in found] == [("超80亿元", 3)]


def test_what_is_said_again_counts_once() -> None:
    body = "项目总投资12.5亿元。\n记者了解到，该项目总投资12.5亿元，占地90亩。"
    assert [fact.text for fact in read_numbers("", body).facts] == ["12.5亿元", "90亩"]


@pytest.mark.parametrize("whose", ["该项目", "上述项目", "这批项目", "整个工程", "该基地"])
def test_a_round_sum_counts_once_where_words_point_back(whose: str) -> None:
    body = f"云山制剂厂项目总投资54亿元，其中一期投资9亿元。\n据介绍，{whose}总投资54亿元。"
    assert [fact.text for fact in read_numbers("", body).facts] == ["54亿元", "9亿元"]


def test_a_round_sum_of_another_project_is_another() -> None:
    body = "云山制剂厂项目总投资5亿元。\n江口冷链园项目总投资5亿元。"
    assert [fact.text for fact in read_numbers("", body).facts] == ["5亿元", "5亿元"]


def test_equal_sums_of_two_projects_in_a_sentence_are_two() -> None:
    body = "甲项目投资5亿元，乙项目投资5亿元。"
    assert [fact.value for fact in read_numbers("", body).facts] == [5e8, 5e8]


def test_words_and_sentences_are_slices_of_what_is_stored() -> None:
    title, body = "签约 总投资8亿元", "开头。\n项目，占地（约）60亩！\n用工200人"
    for fact in read_numbers(title, body).facts:
        text = title if fact.field == "title" else body
        assert text[fact.start : fact.stop] == fact.text
        assert fact.text in fact.sentence
        assert fact.sentence in text


def test_a_long_notice_is_read_in_proportion() -> None:
    sentence = "其中甲项目投资5亿元，占地60亩，用工200人；"
    found = read_numbers("", "总投资9000亿元。" + sentence * 3000).facts
    assert len({fact.start for fact in found}) == len(found)
    assert all(len(fact.sentence) <= 1000 for fact in found)


@pytest.mark.parametrize("body", ["", "\n\n", "。。。", "亿" * 5000, "1个" * 20000, "（" * 9999])
def test_hostile_bodies_are_read(body: str) -> None:
    read_numbers("", body)


def test_role_of_everything_is_known() -> None:
    assert {fact.role for fact in facts("投资3亿元，用工20人。").values()} == {Role.SINGLE}


@pytest.mark.parametrize(
    "body",
    [
        "1.甲项目，计划投资5亿元。\n2.乙项目，计划投资3亿元。\n合计8亿元。",
        "甲投资5亿元，乙投资3亿元。两项合计8亿元。",
    ],
)
def test_an_amount_that_only_sums_up_is_of_what_it_adds_up(body: str) -> None:
    found = facts(body)
    assert {text: fact.role.value for text, fact in found.items()} == {
        "5亿元": "part",
        "3亿元": "part",
        "8亿元": "total",
    }
    assert found["8亿元"].kind is Kind.INVESTMENT


def test_a_heading_of_offers_holds_for_the_list_below_it_and_no_further() -> None:
    body = (
        "四、招商项目\n1.石墨精深加工项目，总投资5亿元；\n2.草莓育苗项目，总投资3亿元。\n"
        "五、已建项目\n3.轴承项目，总投资2亿元。"
    )
    bases = {text: fact.basis for text, fact in facts(body).items()}
    assert bases == {"5亿元": Basis.OFFERED, "3亿元": Basis.OFFERED, "2亿元": Basis.PLANNED}


def test_figures_of_items_that_are_planned_are_expected() -> None:
    listed = facts("1.石墨项目，总投资5亿元，年产值9亿元，用工300人。")
    assert listed["9亿元"].basis is listed["300人"].basis is Basis.EXPECTED
    told = facts("石墨厂总投资5亿元，年产值9亿元。")
    assert told["9亿元"].basis is Basis.ACTUAL


def test_what_comes_out_of_money_raised_is_invested_all_the_same() -> None:
    found = facts("项目总投资5亿元，其中2亿元来自本轮融资。")
    assert (found["2亿元"].kind, found["2亿元"].role) == (Kind.INVESTMENT, Role.PART)


def test_the_whole_is_not_called_by_the_name_of_its_part() -> None:
    found = facts("石墨产业园总投资9亿元，其中一期投资4亿元，达产后年产值20亿元。")
    assert found["4亿元"].subject == "一期"
    assert found["20亿元"].subject == "石墨产业园"
