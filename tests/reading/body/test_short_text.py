"""A text of a sentence or two is found beside whatever longer text the page holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cqcrawler import read_article
from cqcrawler.reading.body.teasers import find_teasers
from cqcrawler.reading.page.lines import read_lines

TITLE = "渝北区一季度12个智能装备项目集中签约"
HEAD = f"<title>{TITLE}-招商网</title><h1>{TITLE}</h1><p>2024-04-07 来源：本站</p>"
BODY = "昨天，12个项目落户空港片区，计划总投资86亿元，明年投产。"
LINKS = "".join(f"<li><a href=/{n}.html>第{n}个别的项目开工</a></li>" for n in range(6))


@pytest.mark.parametrize(
    "furniture",
    [
        "<p>Copyright © 2000 - 2024 EXAMPLE.TEST All Rights Reserved. 某某网版权所有，违者必究 "
        "网站标识码：5000000000，渝ICP备00000000号</p>",
        "<p>声明：以上内容(包括图片及视频)为自媒体平台用户上传并发布，本平台仅提供信息存储服务。"
        "凡本网注明来源的作品，未经本网授权，不得转载、摘编或利用其它方式使用上述作品。"
        "如有侵权，请联系我们删除。</p>" * 2,
        f"<ul>{LINKS * 3}</ul><p>{'别的部门也在这里介绍自己的工作，篇幅比正文长得多。' * 4}</p>",
    ],
)
def test_a_sentence_near_the_title_outweighs_longer_text_far_from_it(furniture: str) -> None:
    assert read_article(f"{HEAD}<p>{BODY}</p>{furniture}").body == BODY


def test_a_message_of_the_player_is_not_text() -> None:
    messages = "<p>视频加载中，请稍候。</p><p>若长时间无响应，请刷新本页面</p>"
    assert read_article(f"{HEAD}<div>{messages}<p>{BODY}</p></div>").body == BODY


def test_long_comments_below_do_not_make_the_whole_page_its_text() -> None:
    comment = (
        "<p>某某网友</p><p>3小时前</p><p>这样的好事，应该早点做！我们这里什么时候也能开工？"
        "盼着家门口有活干，不用再往外跑了。</p>"
    )
    comment += "".join(f"<div><a href=#>{do}</a></div>" for do in ("分享", "举报", "踩0", "赞9"))
    page = f"<div>{HEAD}<div><p>{BODY}</p></div><ul>{LINKS}</ul>{comment * 40}</div>"
    assert read_article(page).body == BODY


def test_a_greeting_far_below_an_image_is_not_text() -> None:
    sections = "".join(f"<li>栏目介绍第{n}号内容</li>" for n in range(40))
    greeting = "<div><p>您好！我是智能问答机器人，很高兴为您服务，请问有什么可以帮您？</p></div>"
    image = "<div><p><img src=1.jpg></p></div>"
    assert read_article(f"{HEAD}{image}<ul>{LINKS}</ul><ul>{sections}</ul>{greeting}").body == ""


@pytest.mark.parametrize(
    "heading",
    ["网友评论（8）", "最新评论", "全部评论 23条", "跟贴", "我要评论", "12条评论", "全部讨论(32)"],
)
@pytest.mark.parametrize(
    "foot",
    [
        "<a href=#>举报</a>",
        "<p>2024-04-08 10:22 <a href=#>赞</a></p>",
        "<i>04-08 10:22</i><p>回复</p>",
    ],
)
def test_comments_in_the_element_of_the_text_are_no_text(heading: str, foot: str) -> None:
    comment = f"<p>某某网友</p><p>这样的好事，应该早点做！</p>{foot}"
    page = f"{HEAD}<div><p>{BODY}</p><p>招商局</p><h3>{heading}</h3>{comment * 4}</div>"
    assert read_article(page).paragraphs == (BODY, "招商局")


@pytest.mark.parametrize("heading", ["网友评论（共2条）", "已有2条评论", "共有 2 人留言"])
@pytest.mark.parametrize("who", ["游客", "江城市江南区的手机网友", "来自江城市江南区的手机网友"])
def test_comments_have_their_writer_and_time_in_a_line(heading: str, who: str) -> None:
    comments = "".join(
        f"<div><span>{who}</span> <em>{month}月27日 21:57</em><p>{said}</p></div>"
        for month, said in ((2, "什么时候开始招工啊"), (11, "盼着早点建成"))
    )
    page = f"{HEAD}<div><p>{BODY}</p><p>招商局</p><div>{heading}</div>{comments}</div>"
    assert read_article(page).paragraphs == (BODY, "招商局")


def test_how_to_share_a_page_is_no_text_and_a_button_heads_no_comments() -> None:
    tip = "打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。"
    bar = f"<p>{tip}</p><p>微信</p><p>QQ空间</p><p><a href=#>评论</a></p>"
    texts = tuple(f"第{n}个项目{BODY}" for n in range(12))
    page = f"{HEAD}<div>{bar}<p>{'</p><p>'.join(texts)}</p></div>"
    assert read_article(page).paragraphs == texts


@pytest.mark.parametrize("links", ["", LINKS])
def test_a_part_of_the_text_about_comments_is_text(links: str) -> None:
    lines = (
        BODY,
        "网友评论",
        "不少网友认为，项目落地能让更多人在家门口上班，年轻人不必再去外地，老人孩子也有人照应。",
        "他们还建议延长公交线路，加密班次，在园区门口设站，并早日开通夜班车，方便工人上下班。",
    )
    page = HEAD + "".join(f"<p>{line}</p>" for line in lines)
    assert read_article(page + f"<ul>{links}</ul>").paragraphs == lines


def test_comments_below_a_text_dated_below_it_are_no_text() -> None:
    comment = "<p>评论列表</p><p><a href=#>#1楼</a></p><p>项目来得好，感谢大家关心。</p>"
    posted = "<p>posted @ 2024-04-07 21:30 某某 阅读(23) 评论(3)</p>"
    page = f"<title>{TITLE}</title><h1>{TITLE}</h1><div>{BODY}</div>{posted}<div>{comment}</div>"
    assert read_article(page).body == BODY


def test_the_day_of_a_speech_below_the_date_of_its_notice_is_text() -> None:
    posted = "<p><a>文旅君</a><em>2024-04-07</em><i>2.3万</i></p>"
    head = f"<title>{TITLE}</title><h1>{TITLE}</h1>{posted}"
    article = read_article(f"{head}<div><p>（2024年4月3日）</p><p>{BODY}</p></div>")
    assert article.paragraphs == ("（2024年4月3日）", BODY)
    assert article.published == "2024-04-07"


@pytest.mark.parametrize(
    "furniture",
    [
        "<p>邮政编码：400000 联系地址：渝北区人民路1号</p>",
        "<p>推荐39</p><p>最热评论 128条</p><p>12人参与跟贴</p>",
    ],
)
def test_lines_around_an_image_are_not_text(furniture: str) -> None:
    assert read_article(f"{HEAD}<div><p><img src=1.jpg></p></div>{furniture}").body == ""


def test_only_sentences_sum_up_other_notices() -> None:
    page = read_lines(
        f"<p><a href=2.html>图解：一季度智能装备项目</a></p><p>{BODY}</p><p>责任编辑：某某</p>"
        "<p><a href=3.html>下一篇：别的项目开工</a></p><p>扫一扫打开</p><p><a href=/>返回</a></p>"
    )
    assert find_teasers(replace(page, label_lines={2})) == []


def test_links_that_print_a_page_part_no_text_from_its_title() -> None:
    tools = "".join(f"<p><a href=#>{tool}</a></p>" for tool in ("打印", "字大", "字小", "分享"))
    read = "<div><p>本文共一千二百三十四字</p><p>约读三分钟</p></div>"
    page = f"{HEAD}{read}{tools}<div><p>{BODY}</p></div>"
    assert read_article(page).paragraphs[-1] == BODY


def test_a_few_words_above_a_menu_are_no_text_beside_a_much_longer_one() -> None:
    texts = [f"第{n}个项目{BODY}" for n in range(8)]
    text = "".join(f"<p>{line}</p>" for line in texts)
    page = (
        f"{HEAD}<div>江城健康网 用户一二三</div><p>栏目关注：</p><ul>{LINKS}</ul><div>{text}</div>"
    )
    assert read_article(page).paragraphs == tuple(texts)


def test_the_last_summary_of_a_list_has_nothing_but_those_above_it() -> None:
    titles = ("三个汽车配套项目年内投产", "空港片区新建八条生产线", f"{'高校和企业共' * 7}建实验室")
    entries = [f"<h4><a href=/>{title}</a></h4><p>{BODY}</p>" for title in titles]
    below = "<p>招商局</p>"
    assert find_teasers(read_lines("".join(entries) + below)) == [1, 3, 5]
    assert find_teasers(read_lines("".join(entries[:2]) + below)) == []


def test_rows_and_names_in_the_element_of_the_title_are_text() -> None:
    lines = [BODY, *(f"{name}智能装备有限公司" for name in "甲乙丙丁戊己庚辛"), "特此公示。"]
    text = "".join(f"<p>{line}</p>" for line in lines)
    article = read_article(f"<div>{HEAD}{text}</div><h4>相关信息</h4><ul>{LINKS}</ul>")
    assert article.paragraphs == tuple(lines)


def test_lines_below_an_element_of_a_short_text_are_no_text() -> None:
    rest = "<p>欢迎各界人士持续关注</p><p>请您对本次答复作出评价</p>"
    page = f"<div>{HEAD}<div><p>{BODY}</p></div>{rest}</div><ul>{LINKS}</ul>"
    assert read_article(page).body == BODY


@pytest.mark.parametrize("opening", ["各区县人民政府：", "1．招标条件", "一、招标条件"])
def test_what_opens_a_text_is_no_value_of_an_empty_label(opening: str) -> None:
    page = f"{HEAD}<p>分享到：</p><div><p>{opening}</p><p>{BODY}</p></div>"
    assert read_article(page).paragraphs == (opening, BODY)


def test_a_title_in_a_bar_above_the_menus_is_not_the_one_above_the_text() -> None:
    rows = ("空港片区 86万元", "悦来片区 92万元", "龙兴片区 75万元")
    menus = f"<p>首页 &gt; 新闻</p><h1>{TITLE}</h1><p>分享到：</p>" + "".join(
        f"<p>栏目{n}</p><ul>{LINKS}</ul>" for n in range(5)
    )
    text = "".join(f"<p>{row}</p>" for row in rows)
    foot = "<p>主办单位：某某局 地址：某路1号 邮编：400000</p><p>别的栏目也有一些字</p>"
    page = f"<title>{TITLE}-招商网</title>{menus}<h1>{TITLE}</h1><p>2024-04-07</p>{text}{foot}"
    assert read_article(page).paragraphs == rows


def test_a_shorter_sentence_below_a_paragraph_in_the_element_of_the_title_is_text() -> None:
    last = "项目将带来八百个岗位。"
    tools = "<p>分享到：</p><p><a href=#>打印页面</a></p><p><a href=/map>网站地图</a></p>"
    page = f"<title>{TITLE}</title><div>{HEAD}<p>{BODY}</p><p>{last}</p>{tools}</div>"
    assert read_article(page).paragraphs == (BODY, last)


def test_a_text_in_one_element_with_the_whole_page() -> None:
    links = "".join(f"<br><a href=/{n}.html>全市第{n}批重点产业项目集中开工</a>" for n in range(12))
    foot = "江城在线是本地最大的新闻门户，每天为读者提供及时、准确、权威的资讯。"
    texts = (BODY, "项目涉及装备制造、新材料和现代物流等领域，建成后可以新增就业岗位六千多个。")
    head = f"<title>{TITLE}</title>{TITLE}<br>发布时间：2024-04-07<br>"
    page = f"<body>{head}{'<br>'.join(texts)}{links}<br>{foot}</body>"
    assert read_article(page).paragraphs == texts


def test_a_signature_below_a_paragraph_without_an_element_of_its_own() -> None:
    signed = "<p>特此公告。<p>江城市交通运输局<p>2024年4月7日</p>"
    page = f"<td>{HEAD}<p>{BODY}</p>{signed}<p>浏览次数</p></td><a href=/>返回</a>"
    assert read_article(f"<table><tr>{page}</table>").paragraphs[1:] == (
        "特此公告。",
        "江城市交通运输局",
        "2024年4月7日",
    )


CELLS = [
    "公司名称",
    "投资（万元）",
    "江城华瑞精密机械",
    "1200",
    "蓝海生物科技",
    "860",
    "天启信息技术",
    "530",
]


def table(*cells: str) -> str:
    return f"<table>{''.join(f'<tr><td>{cell}' for cell in cells)}</table>"


def test_rows_go_on_below_the_only_sentence_among_them() -> None:
    rows = [*CELLS[:4], BODY, *CELLS[4:]]
    page = (
        f"<div>{HEAD}<p>A+ A-</p><div>{table(*rows)}</div><h3>相关链接</h3><ul>{LINKS}</ul></div>"
    )
    assert read_article(page).paragraphs == tuple(rows)


INTRODUCTION = "<p>本区始建于1993年，是一所集生产、研发、物流为一体的综合园区，现有企业1200家。</p>"


def test_what_a_site_says_of_itself_beside_the_text_is_no_text() -> None:
    side = f"<h3>园区简介</h3>{INTRODUCTION}<p><a href=/1>更多</a></p><h3>管委会</h3>{INTRODUCTION}"
    page = f"<div>{HEAD}<div><p>{BODY}</p></div></div><div>{side}</div>"
    assert read_article(page).body == BODY


def test_a_text_outside_the_element_of_title_and_summary() -> None:
    texts = [
        f"第{n}批项目涉及装备制造、新材料和现代物流，建成后可以新增岗位六百多个。" for n in range(4)
    ]
    text = "".join(f"<p>{line}</p>" for line in texts)
    summary = "<p>12个智能装备项目落户渝北区空港片区，计划总投资86亿元。</p>"
    page = f"<div>{HEAD}{summary}</div><div>{text}</div>"
    assert list(read_article(page).paragraphs[-4:]) == texts


def test_a_greeting_above_the_title_is_not_the_text_of_a_table() -> None:
    side = f"<td><p>热烈欢迎各级领导莅临指导工作！</p><ul>{LINKS}</ul>"
    head = f"<p>{TITLE}</p><p>2024-04-07 来源：本站</p>"
    page = f"<table><tr>{side}<td>{head}{table(*CELLS)}<a href=/>返回</a></table>"
    assert read_article(page).paragraphs == tuple(CELLS)


@pytest.mark.parametrize("heading", ["项目", "企业", "相关政策", "推荐园区"])
def test_what_heads_a_column_heads_no_list_of_notices(heading: str) -> None:
    rows = f"<tr><th>{heading}</th><th>面积</th></tr><tr><td>标准厂房</td><td>1200平方米</td></tr>"
    page = f"{HEAD}<table>{rows}</table>"
    assert read_article(page).paragraphs == (heading, "面积", "标准厂房", "1200平方米")
    links = f"<tr><th>{heading}</th><th><a href=/m>更多</a></th></tr><tr><td colspan=2>{LINKS}"
    listed = f"{HEAD}<p>{BODY}</p><table>{links}</table>"
    assert read_article(listed).paragraphs == (BODY,)


def test_a_line_between_the_title_and_its_editor_is_no_subtitle() -> None:
    posted = "<p><a href=/>2024-04-07 08:30 来源：某某网</a></p>"
    menu = "".join(f"<p>{name}</p>" for name in ("手机报", "客户端", "校园版", "视频站", "头条号"))
    head = f"<title>{TITLE}</title><h1>{TITLE}</h1>{posted}"
    edited = "<p>责任编辑：某某</p><p>关于我们</p>" + "<a href=/>别的网站</a><br>" * 3
    text = BODY.replace("。", "；")
    assert read_article(f"{head}<p>{text}</p>{edited}{menu}").body == text


def test_verses_above_a_list_of_summaries_are_the_text() -> None:
    verses = ("深夜看书须尽欢，", "明月照亮浊酒案。")
    lines = "<br>".join(verses)
    link = "<p><a href=/2>别的诗篇</a></p>"
    summary = f"<p>{BODY}</p><p>2024-04-06</p>"
    page = f"{HEAD}<div>{lines}</div><h3>为您推荐</h3>{link}{summary}"
    assert read_article(page).paragraphs == verses


PROFILE = "某某市图书馆创办于1950年，馆藏图书三百万册，每天开放十二小时，每年接待读者一百万人。"


@pytest.mark.parametrize(
    "closing",
    [
        "<p>上一条：<a href=/1>招生简章公布</a></p><p>下一条：<a href=/2>作息时间调整</a></p>",
        "<p>责任编辑：某某</p>",
        "<p>主办单位：某某图书馆 地址：某路1号 邮编：400000</p>",
    ],
)
def test_a_sentence_outweighs_a_longer_one_below_the_end_of_the_notice(closing: str) -> None:
    text = "接上级通知，我馆明天闭馆一天。"
    page = f"{HEAD}<div><p>{text}</p></div>{closing}<div><p>{PROFILE}</p></div>"
    assert read_article(page).body == text


def test_a_summary_above_labels_with_an_editor_is_no_text() -> None:
    labels = "<p>2024-04-07 08:30 来源：某某网 责任编辑：某某</p>"
    text = f"<div><p>{BODY}</p><p>{PROFILE}</p></div>"
    page = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>签约仪式昨天举行。</p>{labels}{text}"
    assert read_article(page).paragraphs == (BODY, PROFILE)
