"""What a page says of its title and its date, in forms and places that mislead."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cqcrawler import read_article

SITE = "江城市人民政府门户网站"
TITLE = "全市重点产业项目集中开工活动举行"
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "5月1日，全市重点产业项目集中开工活动在高新区举行，共有三十二个项目开工建设。",
        "项目涉及装备制造、新材料和现代物流等领域，建成后可以新增就业岗位六千多个。",
        "活动现场，有关部门还同十家企业签订了合作协议，并就用地用能保障作出安排。",
    )
)
COLUMNS = "首页 要闻动态 政务公开 政务服务 互动交流 魅力江城".split()
ROWS = "".join(
    f"<li><a href='/{day}'>全市应急管理工作会议召开</a><span>[2021-06-{day}]</span></li>"
    for day in ("07", "08", "09")
)
MENU = "<ul>" + "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in COLUMNS) + "</ul>"
TEASERS = (
    "<h3><a href='/07'>全市应急管理工作会议召开</a></h3><p>会议传达学习有关精神。会议强调，...</p>"
    "<h3><a href='/08'>全市防汛抗旱工作会议召开</a></h3><p>会议通报当前汛情。会议要求，...</p>"
)
LABELS = "<p>发布时间：2021-05-03 来源：江城日报</p>"
DAY = "2021-05-03"
FETCHED = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def page(above: str, title_tag: str = SITE) -> str:
    """A page without headings or meta tags: what stands `above` the text, and the text."""
    return (
        f"<html><head><title>{title_tag}</title></head><body><div>{above}{TEXT}</div></body></html>"
    )


@pytest.mark.parametrize(
    ("above", "title_tag"),
    [
        (f"<h1>{SITE}</h1>{MENU}<p>{TITLE}</p>{LABELS}", SITE),
        (f"<h1>{TITLE}</h1>{LABELS}", TITLE[:8]),
        (f"<p>{TITLE}</p><p><a href=/>2021-05-03 江城日报</a></p>", TITLE[:9]),
        (f"{MENU}<h2>要闻动态</h2><p>{TITLE}</p>{LABELS}", SITE),
        (f"<p>{TITLE}</p>{LABELS}<p>{TITLE}现场，通讯员摄</p>", f"{TITLE[:10]}...-{SITE}"),
        (f"<p>江城在线</p><p>来源：江城日报</p><p>{TITLE}</p><p>字号：大 中 小</p>{LABELS}", SITE),
        (f"<p>{TITLE}</p><p>www.example.test</p><p>2021 05/03 10:21</p>{LABELS}", SITE),
        (f"<h2>最新信息</h2><ul>{ROWS}</ul><p>{TITLE}</p><p>【来源】江城日报</p>", SITE),
        (f"<p>{TITLE}</p><p>——2021年上半年工作综述</p>{LABELS}", SITE),
        (f"<p>标题：{TITLE}</p><p>{TITLE}</p><p>江府发〔2021〕3号</p>{LABELS}", SITE),
        (f"<p>标题：{TITLE}</p>{LABELS}", SITE),
        (
            f"<ul><li>索引号：1</li><li>公文名称：{TITLE}</li><li>发文日期：2021-05-03</li></ul>",
            SITE,
        ),
        (f"<h1>{TITLE}</h1><h2>三十二个项目年内建成投产，新增就业六千人</h2>{LABELS}", SITE),
        (f"{TEASERS}<p>{TITLE}</p>{LABELS}", SITE),
        (f"<p>{TITLE}</p>{LABELS}<p>截止日期：2021-06-01</p><p>字号：大 中 小</p>", SITE),
        (f"<p>{TITLE}</p><p>字号：大 中 小</p><p>扫一扫在手机打开当前页</p>{LABELS}", SITE),
        (
            f"<table><tr><td>发布机构：<td>市政府<td>主题词：<td></tr></table><p>{TITLE}</p>",
            SITE,
        ),
    ],
    ids=(
        "site, longer heading, longer line, column, cut short, among labels, above a clock, "
        "beside a list, with a subtitle, below its label, with a label, in a list of labels, "
        "above a heading, below teasers, above a time, above tools, below an empty label"
    ).split(", "),
)
def test_titles(above: str, title_tag: str) -> None:
    assert read_article(page(above, title_tag)).title == TITLE


@pytest.mark.parametrize("title_tag", [f"{TITLE}-{SITE}", f"{SITE} > {TITLE}", f"{SITE} {TITLE}"])
@pytest.mark.parametrize(
    "above",
    [
        f"<p>{TITLE[:8]}<br>{TITLE[8:]}</p>{LABELS}",
        f"<p>{TITLE} <small>2021-05-03 来源：江城日报</small></p>",
        f"<p>{TITLE}</p><p>三十二个项目年内建成投产</p>{LABELS}",
        f"<p>{TITLE}</p><p>{TITLE}</p>{LABELS}",
    ],
    ids=["two lines", "one line with a date", "with a subtitle", "twice"],
)
def test_titles_that_the_head_states_among_other_names(above: str, title_tag: str) -> None:
    article = read_article(page(above, title_tag))
    assert article.title.replace(" ", "") == TITLE
    assert (article.published, article.source) == ("2021-05-03", "江城日报")


@pytest.mark.parametrize("title", ["外婆的灶台", "市长热线：为民办事"])
def test_a_telephone_above_a_short_title_is_none(title: str) -> None:
    above = f"<p>急诊电话：0354-3078120</p><p>{title}</p>{LABELS}"
    assert read_article(page(above, f"江城医院-{title}")).title == title


def test_the_software_of_a_forum_is_no_title() -> None:
    posts = f"<p>[散文] 外婆的灶台</p>{LABELS}{TEXT}<p>Powered by <b>Discuz!</b></p>"
    title_tag = "外婆的灶台 - 江城论坛 - Powered by Discuz!"
    article = read_article(f"<title>{title_tag}</title><body>{posts}")
    assert article.title.endswith("外婆的灶台")
    assert article.paragraphs[0].startswith("5月1日，")


@pytest.mark.parametrize("title", ["任免信息", "公 告", "2021年5月3日空气质量日报"])
def test_titles_that_look_like_tags_or_dates(title: str) -> None:
    assert read_article(page(f"<p>{title}</p>{LABELS}", f"{title}_{SITE}")).title == title


def test_a_short_heading_above_linked_labels_is_the_title() -> None:
    posted = "<p>2021-05-03 08:14　来源: <a>江城观察</a></p><div><a>0</a><p>分享至</p></div>"
    above = f"<h1>时间的礼物</h1>{posted}<p>用微信扫码二维码</p>"
    assert read_article(page(above, "时间的礼物|江城号")).title == "时间的礼物"


def test_a_short_line_above_labels_is_the_title_where_nothing_else_is() -> None:
    assert read_article(page(f"{MENU}<p>任免信息</p>{LABELS}")).title == "任免信息"


def test_a_short_heading_above_labels_is_the_title_rather_than_a_note_below_them() -> None:
    above = "<h1>慢的力量</h1><p>2021-05-03 08:14</p><p>这篇影评可能有剧透</p>"
    html = page(above, "慢的力量（长空之王）影评") + "<div><a>江小城</a> 2021-05-04 10:20</div>"
    assert read_article(html).title == "慢的力量"


def test_a_title_above_a_longer_subtitle() -> None:
    above = "<p>老街豆浆铺</p><h4>三百多名居民带着家里的旧碗赶来品尝</h4><p>2021-05-03 08:14</p>"
    assert read_article(page(above, f"老街豆浆铺_{SITE}")).title == "老街豆浆铺"


@pytest.mark.parametrize(
    "particulars", ["<p>2021-05-03 08:14</p>", "<p>江城晚报</p><p>2021-05-03 08:14</p>"]
)
@pytest.mark.parametrize("heading", ["网友评论", "热门文章", "猜你喜欢"])
def test_a_title_of_two_characters_above_headings_of_lists(particulars: str, heading: str) -> None:
    below = f"<h3>{heading}</h3><div><a>江小城</a> 2021-05-04 10:20<p>写得真好，支持！</p></div>"
    html = page(f"<p>春天</p>{particulars}", "春天_江城论坛").replace("</body>", below)
    article = read_article(html)
    assert (article.title, article.published) == ("春天", "2021-05-03")
    assert len(article.paragraphs) == 3


def test_a_short_title_in_a_newspaper_that_states_but_its_name() -> None:
    above = f"{MENU}<p>西街旧事</p><p>春到龙泉桥</p><p>■ 半山</p>"
    assert read_article(page(above, "江城日报数字报")).title == "春到龙泉桥"


def test_a_title_may_read_like_a_sentence() -> None:
    article = read_article(page(f"<p>大干快上，重点项目开工啦！</p>{LABELS}"))
    assert article.title == "大干快上，重点项目开工啦！"
    assert article.paragraphs[0].startswith("5月1日，")


@pytest.mark.parametrize(
    ("above", "published"),
    [
        ("<p>{}</p><p>May 3, 2021</p>", "2021-05-03"),
        ("<p>{}</p><p>20210503</p>", "2021-05-03"),
        ("<p>{}</p><p>05-03</p>", "2026-05-03"),
        ("<p>{}</p><script>var publish_time = '2021-05-03 18:00';</script>", "2021-05-03"),
        ('<p>{}</p><script>({{"createTime":1620036000000,"id":1}})</script>', "2021-05-03"),
        (
            "<meta itemprop=datePublished content='2021-05-03T08:00:00+08:00'><p>{}</p>",
            "2021-05-03",
        ),
        ('<p>{}</p><script>var ct = "1620036000";</script>', "2021-05-03"),
        ("<p>{}</p><script>var d = {{create_time: JsDecode('2021-05-03 10:00')}}</script>", DAY),
        ("<p>{}</p><p>发布时间：21-05-03</p>", DAY),
        ("<p>{}</p><p>發布日期：110-05-03</p>", DAY),
        ("<p>{}</p><p>中華民國110年5月3日</p>", DAY),
        ("<p>{}</p><p>发布时间：5/3/2021 10:21:00 AM</p>", DAY),
        ("<p>{}</p><p>2021 May 3</p>", DAY),
        ("<p>{}</p><p>3天前</p>", "2026-11-21"),
        ("<p>{}</p><p><a href=/d>2021年05月03日 18:03:35 来自江城</a></p>", "2021-05-03"),
        (
            "<p>{}</p><p>发表于2021-5-3| 164次阅读| 来源江城| 0 条评论| 作者小江同学</p>",
            "2021-05-03",
        ),
        ("<p>{}</p><time datetime='2021-05-03T08:00:00+08:00'>上午</time>", "2021-05-03"),
        ("<p>成文日期：2021-04-30 发布日期：2021-05-03</p><p>{}</p>", "2021-05-03"),
        ("<p>施行日期：2021年6月1日</p><p>{}</p>", None),
        ("<ul>" + ROWS + "</ul><p>{}</p><p>公布时间2021-05-03</p>", "2021-05-03"),
        ("<p>{}</p><p>——在全市大会上的讲话（2021年1月15日）</p>" + LABELS, "2021-05-03"),
        ("<p>{}</p><p>[发布时间] 2021-05-03</p>", "2021-05-03"),
        ("<p>{}</p><p>报名时间：2021年6月1日</p><p>活动地点：江城会展中心</p>", None),
        ("<p>{}</p><p>公示期 2021-06-01至2021-06-07</p>", None),
        ("<div>03<br>2021-05</div><p>{}</p>", "2021-05-03"),
        ("<p>{}</p><div>2021年<br>5月3日</div>", "2021-05-03"),
        ("<p>{}</p><p>2021年4月20日市人大常委会第九次会议通过</p>", None),
        ("<p>今天是2026年11月24日 星期二</p><p>{}</p>", None),
        ("<p>2026年11月24日 星期二 12℃</p><p>{}</p><p>2021年05月03　星期一</p>", "2021-05-03"),
        ("<p>江城日报 2021年05月03日 星期一</p><p>{}</p>", "2021-05-03"),
        ("<p>{}</p><p>Mon May 03 14:02:11 CST 2021</p>", "2021-05-03"),
    ],
)
def test_dates(above: str, published: str | None) -> None:
    article = read_article(page(above.format(TITLE), TITLE), fetched_at=FETCHED)
    assert (article.title, article.published) == (TITLE, published)


def test_labels_below_the_second_copy_of_a_title() -> None:
    tools = "<p>字号：大 中 小</p>", "<p>A- A A+</p><p>分享到 微信 微博 QQ空间</p>"
    above = f"<p>{TITLE}</p>{tools[0]}<p>{TITLE}</p>{tools[1]}<p>2021-05-03</p>"
    article = read_article(page(above, f"{TITLE}-{SITE}"))
    assert article.published == "2021-05-03"
    assert article.paragraphs[0].startswith("5月1日，")


def test_sentences_that_begin_with_a_date_belong_to_the_text() -> None:
    article = read_article(page(f"<p>{TITLE}</p>{LABELS}<p>2021年5月3日，市政府决定：</p>"))
    assert article.paragraphs[0] == "2021年5月3日，市政府决定："
    assert article.published == "2021-05-03"


@pytest.mark.parametrize(
    "posted",
    [
        "05-03 14:02",
        "5月3日 14:02 阅读 128",
        "3小时前",
        "江城生活<span>05-03 14:02</span>",
        "江城晚报客户端 · 3小时前",
    ],
)
def test_a_date_without_its_year_below_the_title_is_no_text(posted: str) -> None:
    article = read_article(page(f"<p>{TITLE}</p><p>{posted}</p>", TITLE))
    assert article.paragraphs[0].startswith("5月1日，")


def test_an_event_with_its_time_below_the_title_belongs_to_the_text() -> None:
    article = read_article(page(f"<p>{TITLE}</p><p>5月3日 14:02 开工仪式</p>", TITLE))
    assert article.paragraphs[0] == "5月3日 14:02 开工仪式"


def test_a_line_that_says_who_posted_a_text_and_when_is_no_text() -> None:
    posted = "<p>由 江城 发布于 2021年5月3日 暂无评论 1,203 次浏览 五分钟读完</p>"
    article = read_article(page(f"<p>{TITLE}</p>{posted}"))
    assert article.paragraphs[0].startswith("5月1日，")
    assert article.published == "2021-05-03"


def test_when_an_event_takes_place_belongs_to_the_text() -> None:
    article = read_article(page(f"<p>{TITLE}</p><p>报名时间：2021年6月1日</p>", TITLE))
    assert article.paragraphs[0] == "报名时间：2021年6月1日"


def test_a_short_text_above_its_labels() -> None:
    text = "<p>5月1日，全市重点产业项目集中开工活动举行，共有三十二个项目开工建设。</p>"
    html = f"<title>{TITLE}</title>{MENU}<div><h1>{TITLE}</h1><div>{text}</div>{LABELS}</div>{MENU}"
    assert read_article(html).body in text


def test_a_meta_tag_dates_a_page_better_than_the_day_of_its_speech() -> None:
    meta = '<meta name="publishdate" content="2021-05-03">'
    above = f"<h1>{TITLE}</h1><p>（2021年4月20日）</p>"
    assert read_article(meta + page(above)).published == "2021-05-03"
    assert read_article(page(above)).published == "2021-04-20"


def test_a_label_below_the_text_dates_a_page_better_than_the_day_of_its_speech() -> None:
    html = page(f"<h1>{TITLE}</h1><p>（2021年4月20日）</p>")
    html = html.replace("</div>", "</div><div><span>发布时间：2021-05-03</span></div>")
    assert read_article(html).published == "2021-05-03"


def test_a_label_right_below_the_text_dates_a_page_better_than_a_meta_tag() -> None:
    html = '<meta name="PubDate" content="2024-01-15">' + page(f"<h1>{TITLE}</h1>")
    html = html.replace("</div>", "</div><div><span>发布时间：2021-05-03</span></div>")
    assert read_article(html).published == "2021-05-03"


def test_a_sentence_that_holds_the_title_is_no_title() -> None:
    first = f"5月1日上午，{TITLE}。市领导出席活动并讲话。"
    html = page(f"<img src=title.png>{LABELS}<p>{first}</p>", f"{TITLE}_{SITE}")
    article = read_article(html)
    assert (article.title, article.paragraphs[0]) == (TITLE, first)


def test_the_tag_of_a_place_belongs_to_the_title() -> None:
    tagged = f"【江城招商】{TITLE}"
    html = page(f"<h1>{tagged}</h1>{LABELS}", f"{TITLE}_江城招商引资_某某招商网")
    assert read_article(html).title == tagged


def test_a_subtitle_above_the_labels_is_no_text() -> None:
    article = read_article(page(f"<p>{TITLE}</p><p>——在全市大会上的讲话（节选）</p>{LABELS}"))
    assert article.paragraphs[0].startswith("5月1日，")


@pytest.mark.parametrize(
    "line",
    [
        "江城日报客户端 2021-05-03 15:35:47",
        "2021年5月3日 江城日报客户端",
        "2021-05-03江城日报客户端",
    ],
)
def test_a_publisher_beside_a_date_is_the_source(line: str) -> None:
    article = read_article(page(f"<p>{TITLE}</p><p>{line}</p>"))
    assert (article.source, article.published) == ("江城日报客户端", "2021-05-03")


@pytest.mark.parametrize("name", ["江城日报", "高新区管委会", "县政府办公室", "市场监管科"])
@pytest.mark.parametrize("row", ["day name tool", "name day tool", "tool name day"])
@pytest.mark.parametrize("tool", ["", "打印", "收藏", "【关闭】", "阅读(128)"])
def test_a_publisher_and_buttons_beside_a_date(name: str, row: str, tool: str) -> None:
    words = {"day": f"{DAY} 10:20", "name": name, "tool": tool}
    line = "".join(f"<i>{words[word]}</i>" for word in row.split())
    article = read_article(page(f"<p>{TITLE}</p><div>{line}</div>"))
    assert (article.source, article.published) == (name, DAY)


@pytest.mark.parametrize(
    "row", ["招商动态", "周明", "打印", "文章于</i><i>发布", "江城日报</i><i>社会"]
)
def test_other_words_beside_a_date_are_no_source(row: str) -> None:
    article = read_article(page(f"<p>{TITLE}</p><div><i>{DAY} 10:20</i><i>{row}</i></div>"))
    assert (article.source, article.published) == (None, DAY)


@pytest.mark.parametrize("label", ["报到时间：5月6日", "会务热线：8102", "主讲人：周明"])
def test_a_source_ends_where_any_label_begins(label: str) -> None:
    row = f"<i>{DAY}</i><i>来源：县商务局</i><i>{label}</i>"
    assert read_article(page(f"<p>{TITLE}</p><div>{row}</div>")).source == "县商务局"


@pytest.mark.parametrize("label", ["人气：1817次", f"发布日期：{DAY}", "作者：周明"])
def test_labels_inside_a_heading_are_no_title(label: str) -> None:
    html = page(f"<h1>{TITLE}<br><span>{label}</span></h1><p>发布日期：{DAY}</p>", TITLE)
    assert read_article(html).title == TITLE


@pytest.mark.parametrize("label", ["供稿时间：2021-05-03", "2021-05-03 10:20"])
def test_a_date_right_below_the_text(label: str) -> None:
    html = page(f"<p>{TITLE}</p>", TITLE).replace("</div>", f"</div><div><p>{label}</p></div>")
    assert read_article(html).published == "2021-05-03"


@pytest.mark.parametrize(
    "label",
    [
        "发布时间：2021-05-03 10:30",
        "<b>责任编辑：王某</b> <b>日期：2021-05-03</b>",
        "2021-05-03 来源：江城日报",
        "【作者：王某】【时间：2021-05-03】【关闭】",
    ],
)
def test_when_a_text_was_posted_in_its_element(label: str) -> None:
    html = page(f"<p>{TITLE}</p>", TITLE).replace("</div>", f"<p>{label}</p></div>")
    article = read_article(html)
    assert article.published == "2021-05-03"
    assert article.paragraphs[-1].startswith("活动现场，")


def test_a_date_below_a_summary_is_surer_than_a_meta_tag() -> None:
    summary = "<p>摘要：三十二个项目开工，新增岗位六千多个。</p>"
    above = f"<h1>{TITLE}</h1>{summary}<p>发布日期：2021-05-03</p>"
    html = '<meta name="publishdate" content="2021-05-09">' + page(above, TITLE)
    assert read_article(html).published == "2021-05-03"


def test_labels_below_the_text_make_no_title_of_what_stands_above_them() -> None:
    thanks = "<p>文中人物均为化名</p><p>感谢江城科技大学对本文的帮助</p><p>作者：王某</p>"
    html = page(f"{MENU}<p>三十二个项目 开工</p>").replace(
        "</div>", f"{thanks}</div>欢迎来信来稿。"
    )
    assert read_article(html).paragraphs[0].startswith("5月1日，")


def test_codes_in_a_table_of_particulars_are_no_text() -> None:
    rows = (
        "<tr><td>索引号：</td><td>000014349/2021-00051</td><td>主题分类：</td><td>综合政务</td></tr>"
        f"<tr><td>标题：</td><td colspan=3>{TITLE}</td></tr>"
        "<tr><td>发文字号：</td><td>江政发〔2021〕3号</td><td>发布日期：</td><td>2021-05-03</td></tr>"
    )
    names = "<p>江城重工有限公司</p><p>南浦新材料有限公司</p>"
    article = read_article(page(f"<table>{rows}</table>").replace(TEXT, names))
    assert (article.title, article.published) == (TITLE, "2021-05-03")
    assert article.paragraphs == ("江城重工有限公司", "南浦新材料有限公司")


def test_labels_and_furniture_in_traditional_characters() -> None:
    text = TEXT.replace("产业项目", "產業項目")
    labels = (
        "<div><span>發佈日期：110-05-03</span><span>資料來源：某某處</span></div>"
        "<p>發布單位：新聞處</p><p>瀏覽人次：128</p>"
    )
    foot = "<p>版權所有 江城市政府</p><p>更新日期：110-05-04</p><p>瀏覽次數：128</p>"
    article = read_article(
        f"<title>{TITLE}-江城</title><h1>{TITLE}</h1>{labels}<div>{text}{foot}</div>"
    )
    assert (article.published, article.source) == (DAY, "新聞處")
    assert len(article.paragraphs) == 3
    assert "產業項目" in article.body
