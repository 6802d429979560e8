from __future__ import annotations

import pytest

from cqcrawler.text.boilerplate import match_line
from cqcrawler.text.lines import Lines
from cqcrawler.text.surroundings import take_single_lines, take_surroundings

LEAD = "2025年6月，长寿区举行新材料产业招商推介会，十二个项目现场签约。"
MORE = "签约项目以高性能纤维和电子化学品为主。"
END = "推介会由市招商投资局指导。"
TAGGED = [
    "【长寿区招商】长寿新材料项目开工",
    "2025-07-07",
    "【渝北区招商】渝北数据中心投用",
    "2025-07-06",
]
DATED = [
    "涪陵页岩气装备项目投产",
    "2025-07-07",
    "万州食品产业园开园",
    "2025-07-06",
    "永川汽车试验场扩建",
    "2025-07-05",
]
HOSTS = ["主办单位：某某人民政府办公室", "承办单位：某某信息中心"]
FOOT = [
    "版权所有：某某网",
    "地址：某路1号",
    "电话：023-63010000",
    "渝ICP备00000000号-1",
    "欢迎光临",
]


def taken(*texts: str) -> dict[int, str]:
    rules = {i: rule for i, text in enumerate(texts) if (rule := match_line(text))}
    lines = Lines(texts, rules)
    take_single_lines(lines)
    take_surroundings(lines, set())
    return lines.gone


def left(*texts: str) -> list[str]:
    gone = taken(*texts)
    return [text for i, text in enumerate(texts) if i not in gone]


@pytest.mark.parametrize(
    "surplus",
    [
        ["相关推荐", "某地项目开工", "某地园区投用"],
        ["重庆招商项目", "更多项目", *TAGGED],
        ["猜你喜欢", *DATED],
        ["最新动态", *DATED],
        TAGGED,
        TAGGED[::2],
        DATED,
        [
            "某某园区举行签约活动 2025-07-07",
            "某某产业基金正式设立 2025-07-06",
            "某某大道通车 2025-07-05",
        ],
        ["热门活动", *(line for day in "567" for line in (f"{LEAD}现场……", f"2025-07-0{day}"))],
        ["重庆产业园区", "重庆招商引资", "招商政策", "投资流程"],
        ["- 联系我们", "- 企业入驻", "立即获取"],
        ["联系我们"],
        ["关于我们 | 网站地图 | 联系我们", "地址：某路1号", "电话：023-63010000"],
        FOOT,
        HOSTS + FOOT,
        ["扫一扫在手机打开当前页", "某某区政府", "某某市政府"],
        ["责任编辑：张三", "深度观察", "某地的一天"],
        ["上一篇：", "某地项目开工", "下一篇：", "没有了"],
        ["分享到：", "微信公众号"],
        ["附件："],
        ["免责声明：本站内容来自网络，如有侵权请联系删除。"],
        ["免责声明", "凡本网注明来源的内容，转载请注明出处。", *FOOT],
        ["招商热线：400-000-0000", "提交"],
        ["以上内容来自网络，如有侵权请联系我们删除", "点赞12", "打赏", "阅读原文"],
    ],
    ids=lambda surplus: surplus[0],
)
def test_what_follows_the_text_goes(surplus: list[str]) -> None:
    assert left(LEAD, MORE, *surplus) == [LEAD, MORE]


@pytest.mark.parametrize(
    "end",
    [
        ["联系人：张三", "联系电话：023-63010000", "地址：渝北区黄山大道"],
        ["联系我们", "联系人：张三", "联系电话：023-63010000"],
        ["联系人：张三", "招商热线：400-000-0000", "邮箱：a@example.org"],
        ["活动时间：7月10日", "活动地点：悦来", *HOSTS],
        ["附件：1.报名表", "2.承诺书", "重庆市招商投资局", "2025年7月7日"],
        ["重庆市招商投资局", "2025-07-07"],
        ["重点项目", "1.高性能纤维", "2.电子化学品", "3.食品加工"],
        ["招商政策", "1.用地优惠", "2.设备补助"],
        ["相关链接", "联系电话：023-63010000"],
        ["项目备案号：2503-500112-04-01-000000", "建设单位：某某公司"],
        ["郑重声明：未经我局授权，任何单位不得以我局名义招商。"],
        ["（来源：重庆日报）"],
        ["来源：重庆日报"],
        ["微信：", "cq-invest", "长寿区 | 12亿元"],
    ],
    ids=lambda end: end[0],
)
def test_what_ends_a_notice_stays(end: list[str]) -> None:
    assert left(LEAD, MORE, *end) == [LEAD, MORE, *end]


def test_contacts_before_the_foot_stay_and_those_in_it_go() -> None:
    contacts = ["联系人：张三", "联系电话：023-63010001"]
    assert left(LEAD, *contacts, *FOOT) == [LEAD, *contacts]


def test_hosts_of_an_event_stay_above_the_foot() -> None:
    event = ["活动时间：7月10日", "活动地点：悦来", *HOSTS]
    assert left(LEAD, *event, *FOOT) == [LEAD, *event]


def test_what_a_site_says_below_its_foot_goes() -> None:
    greeting = "欢迎光临，请在此输入您想办理的事项。"
    assert left(LEAD, MORE, END, *FOOT, greeting, "发送") == [LEAD, MORE, END]


def test_attachments_stay_below_a_list() -> None:
    assert left(LEAD, "相关新闻", "某地项目开工", "附件：报名表.docx") == [
        LEAD,
        "附件：报名表.docx",
    ]


def test_titles_stay_that_follow_a_label_of_the_text() -> None:
    assert left(LEAD, "下一条", MORE, "下一篇", "某地项目开工") == [LEAD, MORE, "某地项目开工"]


@pytest.mark.parametrize(
    "head",
    [
        ["所属地区:重庆", "发布日期:2025年07月07日"],
        ["所属地区：四川-成都 发布日期：2025年07月09日"],
        ["2025-07-07 10:30", "来源：重庆日报", "浏览次数：12", "【字体：大 中 小】"],
        ["您当前的位置：首页 > 招商项目 > 重庆", "2025-07-07"],
        ["首页", "招商项目", "招商政策", "联系我们"],
        ["首页 | 招商项目 | 招商政策 | 联系我们"],
        ["版权声明：本文为博主原创文章，遵循版权协议，转载请附上原文出处链接和本声明。"],
    ],
    ids=lambda head: head[0],
)
def test_labels_above_the_text_go(head: list[str]) -> None:
    assert left(*head, LEAD, MORE) == [LEAD, MORE]


@pytest.mark.parametrize(
    "head",
    [
        ["一、总体要求"],
        ["招商政策"],
        ["2025年7月7日"],
        ["时间：2025年7月10日", "地点：悦来", "主办单位：重庆市商务委员会"],
        ["郑重声明：未经我局授权，任何单位不得以我局名义招商。"],
        ["采购编号：ZC001", "发布日期：2025年7月7日"],
        ["联系我们", "企业入驻", "一图读懂"],
        ["——在推介会上的致辞", "（2025年7月7日）", "张三"],
    ],
    ids=lambda head: head[0],
)
def test_what_begins_a_notice_stays(head: list[str]) -> None:
    assert left(*head, LEAD, MORE) == [*head, LEAD, MORE]


@pytest.mark.parametrize(
    "block",
    [
        ["相关推荐", *TAGGED],
        ["重庆招商项目", "更多项目", *TAGGED],
        ["推荐阅读", *DATED],
        TAGGED,
        ["重庆产业园区", "招商政策", "投资流程", "优惠政策"],
        ["立即咨询", "招商热线：400-000-0000"],
        ["网站地图", "渝ICP备00000000号-1"],
    ],
    ids=lambda block: block[0],
)
def test_a_block_goes_and_the_text_behind_it_stays(block: list[str]) -> None:
    assert left(LEAD, *block, "二、工作安排", MORE, END) == [LEAD, "二、工作安排", MORE, END]


@pytest.mark.parametrize(
    "block",
    [
        ["相关链接"],
        ["延伸阅读", "长寿区的家底", "一座港的来历"],
        ["招商政策", "投资流程"],
        ["重点项目", *DATED],
        ["某某项目开工", "2025-07-07", "某某项目投产", "2025-07-06"],
        ["【长寿区招商】长寿新材料项目开工"],
        ["主办单位：重庆市商务委员会", "承办单位：某某会展公司"],
        ["暂无", "关闭", "中"],
    ],
    ids=lambda block: block[0],
)
def test_what_may_belong_to_the_text_around_it_stays(block: list[str]) -> None:
    assert left(LEAD, *block, MORE) == [LEAD, *block, MORE]


def test_without_sentences_the_foot_is_in_the_second_half() -> None:
    fields = ["项目名称：纤维项目", "投资额：12亿元", "长寿区", "联系人：张三"]
    assert left(*fields, "版权所有：某某网", "欢迎光临") == fields
    assert left("欢迎光临", "网站地图", *fields) == ["欢迎光临", *fields]


def test_without_any_text_a_list_is_no_surroundings() -> None:
    assert left(*DATED) == DATED


def test_lines_go_under_the_names_of_their_rules() -> None:
    gone = taken("来源：某报", LEAD, "分享到：", "更多项目", *TAGGED[:2], "招商政策", *FOOT[:2])
    assert gone == {
        0: "label line",
        2: "share bar",
        3: "related list",
        4: "related list",
        5: "related list",
        6: "navigation",
        7: "copyright",
        8: "page foot",
    }


def test_numbers_beside_the_lines_of_a_program_go() -> None:
    assert set(taken(LEAD, "1", "2", "3", "import sys", END)) == {1, 2, 3}
    assert not taken(LEAD, "1", "2", "项目", "2", "3", "4", END)
    assert not taken(LEAD, "栏次", "1", "2", "3", "一、工业", "12.5", END)


ASIDE = "还在为场地发愁？扫码咨询专属顾问"


@pytest.mark.parametrize(
    "block",
    [
        ["—— 广告 ——", ASIDE],
        ["【推广】", "铁艺大门厂家直销"],
        ["—— 广告 ——"],
        ["【推广】铁艺大门厂家直销"],
        ["赞助商：大力搬家，全城仅需99元"],
        ["厂房选址专线 400-000-0000"],
        ["广告"],
        ["本站服务热线：400-000-0000（工作日 9:00-17:00） 在线留言"],
        ["记者日前从县里获悉，有关工作进展顺利……[详细]"],
    ],
    ids=lambda block: block[0],
)
def test_an_advertisement_goes_from_the_middle_of_the_text(block: list[str]) -> None:
    assert left(LEAD, *block, MORE, END) == [LEAD, MORE, END]


@pytest.mark.parametrize(
    "block",
    [
        ["报名热线 400-000-0000"],
        ["联系人：张三", "厂房选址专线 400-000-0000"],
        ["主办单位：某某商会", "赞助商：某某建设集团"],
        ["推广：将试点做法在全市推行"],
        ["广告", "印刷", "纸箱", "标牌", "灯具"],
        [ASIDE],
    ],
    ids=lambda block: block[0],
)
def test_what_only_looks_like_an_advertisement_stays(block: list[str]) -> None:
    assert left(LEAD, *block, MORE, END) == [LEAD, *block, MORE, END]


@pytest.mark.parametrize("below", ["会场之外", "联系电话：023-63010000", MORE])
def test_what_follows_the_mark_of_a_picture_stays(below: str) -> None:
    assert left(LEAD, "—— 广告 ——", below, END) == [LEAD, below, END]


def test_a_notice_that_ends_with_a_number_keeps_it() -> None:
    assert left(LEAD, MORE, "厂房选址专线 400-000-0000") == [
        LEAD,
        MORE,
        "厂房选址专线 400-000-0000",
    ]


def test_a_text_that_begins_like_a_teaser_stays() -> None:
    teaser = "记者日前从县里获悉，有关工作进展顺利……[详细]"
    assert left(teaser, LEAD, MORE) == [teaser, LEAD, MORE]


@pytest.mark.parametrize(
    "surplus",
    [
        ["长按识别二维码，关注“某某发布”公众号", "查看原文>>", "（责任编辑：张三）"],
        ["原创文章，作者：张三，如若转载，请注明出处：http://x.test/a/1.html"],
        [
            "以上信息由企业提供，某某招商网不对其真实性承担责任，投资有风险。",
            "找地找房，上某某网 www.x.test",
        ],
        ["编辑 | 张三  校对 | 李四"],
        ["【审核：张三】"],
        ["阅读 6021 点赞 在看"],
        ["【大 中 小】【打印】【关闭】"],
    ],
    ids=lambda surplus: surplus[0],
)
def test_what_the_page_adds_below_the_signature_goes(surplus: list[str]) -> None:
    notice = [LEAD, MORE, "联系人：张三", "咨询热线：023-63010000", "某某县招商局"]
    assert left(*notice, *surplus) == notice
