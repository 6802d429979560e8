"""The stage of a notice is that of its main event, as far as it has come."""

from __future__ import annotations

import pytest

from cqcrawler.facts.model import Stage
from cqcrawler.facts.stages import read_stage


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("在谈项目32个，拟投资120亿元。", Stage.TALKS),
        ("双方签署战略合作框架协议。", Stage.SIGNED),
        ("某电子项目落户高新区，计划明年开工。", Stage.SIGNED),
        ("大会期间达成投资协议18个。", Stage.SIGNED),
        ("昨日上午，项目举行奠基仪式。", Stage.STARTED),
        ("项目二期正式启动建设，建成后年产值5亿元。", Stage.STARTED),
        ("项目从签约到动工只用了40天。", Stage.STARTED),
        ("项目1号厂房主体完工，正在安装设备。", Stage.UNDER_CONSTRUCTION),
        ("项目主楼近日封顶，预计年底投产。", Stage.UNDER_CONSTRUCTION),
        ("项目已竣工，即将投产。", Stage.COMPLETED),
        ("生产线近日建成投产。", Stage.IN_PRODUCTION),
        ("产业园正式开园，一期于2021年开工。", Stage.IN_PRODUCTION),
        ("去年8月签订协议，今年3月动工。", Stage.STARTED),
        ("上半年新开工项目46个，到位资金30亿元。", Stage.STARTED),
    ],
)
def test_the_stage_is_what_has_come_last(body: str, expected: Stage) -> None:
    assert read_stage("产业动态（3）", body) is expected


@pytest.mark.parametrize(
    "body",
    [
        "全年签约项目50个、开工30个、投产12个。",
        "上半年引进项目57个。",
        "项目投产后，可实现年产值8亿元。",
        "力争6月底前开工。",
        "市发展改革委召开工作会议。",
        "园区已签约入驻企业90家。",
        "项目尚未开工。",
        "重点考核项目开工率、投产率。",
        "欢迎有实力的企业前来洽谈。",
        "已签订投资协议的项目按协议约定执行。",
        "实行拿地即开工，随着项目逐步建成，配套更加完善。",
        "市政府召开工作会。",
        "",
    ],
)
def test_what_is_mixed_wished_or_counted_otherwise_has_none(body: str) -> None:
    assert read_stage("", body) is None


def test_the_title_goes_before_the_body_and_its_tag_does_not_count() -> None:
    body = "项目去年8月签约。"
    assert read_stage("【竣工项目】总投资8亿元的项目投产", body) is Stage.IN_PRODUCTION
    assert read_stage("【开工快讯】重点项目有新进展", body) is Stage.SIGNED


def test_a_roundup_has_the_stage_that_all_of_it_has() -> None:
    lines = "永川区：3月2日，签约2个项目。\n荣昌区：3月3日，{}。"
    assert read_stage("", lines.format("3个项目开工")) is None
    assert read_stage("", lines.format("签约3个项目")) is Stage.SIGNED
    assert read_stage("招商一周要闻", "甲项目签约。乙项目投产。") is None


def test_a_notice_of_rules_has_none() -> None:
    body = "对新落户企业给予奖励。去年签约项目12个。"
    assert read_stage("园区出台支持企业政策", body) is None
    assert read_stage("园区动态", body) is Stage.SIGNED


@pytest.mark.parametrize("name", ["未来科学城", "模拟芯片", "现代服务业", "接待中心"])
def test_letters_of_what_is_to_come_may_be_part_of_a_name(name: str) -> None:
    assert read_stage("", f"{name}项目昨日开工。") is Stage.STARTED


def test_what_was_before_gives_way_to_the_news() -> None:
    assert read_stage("", "此前，园区已有6家企业投产。昨日，三个项目签约。") is Stage.SIGNED


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("项目签约后怎么办？", "问：签约后找谁？"),
        ("电缆项目落户某县的办理步骤", "项目要经过洽谈、签约、报建三个环节。"),
        ("标准厂房对外招租", "租金面议，签约三年以上的有装修免租期。"),
        ("", "公司分两期建设，二期视订单启动。"),
        ("", "专利辅导由签约机构承担。建成预冷库后，损耗下降。"),
        ("对话园区负责人", "上半年新签约项目9个。"),
        ("访安泽县药材企业负责人：慢工出好药", "公司去年在县里投产了新厂。"),
        ("湘东产业母基金首笔投资到账", "基金投向的两家企业去年落户。"),
        ("关于闲置项目清理退出的情况", "经核查，在建的12个项目进度正常，签约9个。"),
        ("园区工业产值突破80亿元", "全区新开工项目6个。"),
        ("", "一季度经济运行调度会召开。会议指出，新开工项目8个。"),
        ("小齿轮咬住大产业", "公司创立于1996年，前身是一家农机厂。去年，公司新厂投产。"),
        ("老街新味", "答：先说厂子。\n问：投产了吗？\n答：去年投产的。"),
        ("", "车间里，一台台整车正在下线。"),
        ("", "走进某家居企业的车间，工人正在赶制订单。2019年，公司落户园区。"),
        ("去年锂电产业产值首破90亿元", "全市在建项目21个。"),
        ("", "会议要求紧盯项目，推动早开工、早投产。"),
    ],
)
def test_portraits_talks_funds_and_performance_have_none(title: str, body: str) -> None:
    assert read_stage(title, body) is None


def test_a_tally_has_the_stage_that_all_of_its_sentences_have() -> None:
    signed = "1—6月，全县新签约项目31个，协议资金96亿元。"
    assert read_stage("", signed + "到位资金18亿元。") is Stage.SIGNED
    assert read_stage("", signed + "已开工17个、投产5个。") is None
    assert read_stage("", "经核实，已建成投产41个，在建9个。") is None
    assert read_stage("", "会上集中签约项目11个。去年的项目开工17个。") is Stage.SIGNED


def test_what_comes_late_or_has_come_so_far_is_not_the_event() -> None:
    harvest = "秋收时节，稻田一片金黄。全县种植水稻30万亩。农户忙着收割。粮仓已经腾空。"
    assert read_stage("稻香满仓", harvest + "某米业项目开工。") is None
    assert read_stage("", "会议召开。截至目前，已有9家企业投产。") is None
    assert read_stage("", "截至目前，全区已有9个项目开工。") is Stage.STARTED
    assert read_stage("", "稻田里一片繁忙。这家企业2021年落户本县。") is None


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("宜黄赴东莞考察对接塑料产业", "座谈会上，企业表示有意投资4亿元。", Stage.TALKS),
        ("", "3月6日，县长一行赴无锡拜访电缆企业。", Stage.TALKS),
        ("", "上周，招商局一行前往无锡，与4家电缆企业座谈。", Stage.TALKS),
        ("新厂房面向电缆企业招租", "3月6日，园区新建厂房完成竣工验收。", Stage.COMPLETED),
        ("电缆企业的一天考察路线", "商会一行到县里考察厂房。53家小厂同时开工。", Stage.TALKS),
        ("电缆展会之后 收获了什么", "本届展会签约项目9个。", Stage.SIGNED),
        ("万年赴宁波考察", "活动期间共签约项目3个。", Stage.SIGNED),
        ("园区工程进展顺利", "一期厂房已建成4万平方米。", Stage.UNDER_CONSTRUCTION),
        ("年产值10亿元的项目来了", "昨日，某项目签约。", Stage.SIGNED),
        ("", "项目已完成总工程量的七成，设备陆续进场。", Stage.UNDER_CONSTRUCTION),
        ("", "首台收割机成功下线。", Stage.IN_PRODUCTION),
        ("又添新房", "正在加紧建设的药材园二期，共有厂房8栋。", Stage.UNDER_CONSTRUCTION),
    ],
)
def test_visits_are_talks_and_reports_of_progress_are_building(
    title: str, body: str, expected: Stage
) -> None:
    assert read_stage(title, body) is expected


@pytest.mark.parametrize("text", ["启动" * 50_000, "主体" * 50_000, "正在，" * 50_000])
def test_hostile_texts_are_read(text: str) -> None:
    assert read_stage(text, text) in {None, Stage.STARTED}
