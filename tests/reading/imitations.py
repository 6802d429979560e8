"""Pages that stand as real templates do, named by what is difficult about them.

The texts are invented. Each page has one right reading; what it leaves out is furniture.
"""

from __future__ import annotations

from typing import NamedTuple

TITLE = "云栖镇旧书交换日迎来首批参观者"
DATE = "2021-05-03"
BODY = (
    "五月三日上午，云栖镇的旧书交换日正式启动，三百多名居民带着家里的旧书赶来参加。",
    "“我们最初只想把这件事做小、做细，没想到会有这么多人愿意来。”镇图书馆负责人陈若水说。",
    "下一步，图书馆将把交换日的经验推广到周边五个乡镇，力争在年底前完成第一阶段任务。",
)
OTHERS = (
    "青岚市社区菜园扩容 居民有了新去处",
    "松岭县古桥修缮工程进入收尾阶段",
    "走进河湾区，看老街照明如何升级",
    "南浦市山地自行车道今起试运行",
    "十年守一座校园天文台",
    "石桥乡的放映队又出发了",
)
TEASER = (
    "记者从文化馆了解到，本次活动共收到来自多个省份的作品，最终三十件入选。"
    "对此，有业内人士认为，活动能否长久，关键要看后续的管理，而不是……"
)
MORE = "当被问到为什么坚持这么多年时，她笑着摆了摆手：“习惯了，一天不来心里就空落落的。”"
LONG = tuple(f"{day}，{line}" for day in ("第一天", "第二天", "第三天") for line in BODY)
COMMENT = "请问有谁知道下一次是什么时候吗？我家孩子想去看一看，很着急。"
VERSES = ("风从山那边来", "带着未写完的信", "我在桥头等一盏灯", "等它慢慢亮", "等水声变轻")
CELLS = ("项目", "一期", "二期", "长度（公里）", "12.5", "30", "投资（万元）", "860", "1920")
NAMES = (
    "一等奖",
    "陈若水 李思源 王一川 赵青禾 孙竹溪 周远帆",
    "二等奖",
    "郑怀谷 冯知秋 许长亭 何见山 吴晓岚 林疏影",
)
BUTTONS = (
    "<div>分享到：<ul><li><a href=#>易信</a><li><a href=#>微信</a><li><a href=#>微博</a></ul>"
    "<p>用微信扫码二维码</p></div>"
)
TEXT = "".join(f"<p>　　{line}</p>" for line in BODY)
NAVIGATION = "".join(
    f"<li><a href=/c/{name}/>{name}</a></li>" for name in "首页 国内 国际 财经 科技 体育".split()
)
FOOT = "<div><a href=/about>关于我们</a> | <a href=/map>网站地图</a><p>渝ICP备00000000号</p></div>"


class Imitation(NamedTuple):
    """A page, and what to read on it besides the title and the date, which all share."""

    main: str
    body: tuple[str, ...] = BODY
    source: str | None = None
    author: str | None = None
    title_tag: str = f"{TITLE}_某某网"

    @property
    def html(self) -> str:
        return (
            f"<html><head><title>{self.title_tag}</title></head>"
            f"<body><ul>{NAVIGATION}</ul>{self.main}{FOOT}</body></html>"
        )


def cards(card: str) -> str:
    """Other articles, each printed as `card` with `title` and `teaser` filled in."""
    return "".join(card.format(title=title, teaser=TEASER) for title in OTHERS)


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def rows(cells: tuple[str, ...]) -> str:
    """A table of three columns."""
    return "".join(
        f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in cells[i : i + 3])}</tr>"
        for i in range(0, len(cells), 3)
    )


LINKS = "".join(f"<li><a href=/{i}>{title}</a></li>" for i, title in enumerate(OTHERS))
PICTURE_CARDS = cards(
    "<div><a href=/1><img src=1.jpg></a><h4><a href=/1>{title}</a></h4><p>{teaser}</p>"
    "<div><a href=/u>南浦晚报</a><span>03-11</span><span>12评论</span></div></div>"
)

IMITATIONS = {
    "buttons above the title, cards with pictures below": Imitation(
        f"<h3>本周专题</h3><div><span>评论</span><ul><li>分享到</li></ul></div><div><h1>{TITLE}</h1>"
        f"<div><span>{DATE} 08:30</span><span>来源:<a href=/s>青岚日报</a></span></div></div>"
        f"<article>{TEXT}</article><h2>推荐阅读</h2>{PICTURE_CARDS}",
        source="青岚日报",
    ),
    "one sentence above cards with pictures": Imitation(
        f"<h1>{TITLE}</h1><div><span>{DATE} 08:30</span></div>"
        f"<div><p>{BODY[0]}</p></div><div><h2>猜你喜欢</h2>{PICTURE_CARDS}</div>",
        body=BODY[:1],
    ),
    "a title that links to itself, subheadings, the date below": Imitation(
        f"<h1><a href=/>陈若水的小屋</a></h1><h2>写代码，也写生活</h2>"
        f"<h1><a href=/p/1>{TITLE}</a></h1>"
        f"<div><p>{BODY[0]}</p><h3>缘起：一间旧仓库</h3><p>{BODY[1]}</p>"
        f"<h3>把路走宽</h3><p>{BODY[2]}</p></div>"
        "<div>分类: <a href=/c>工具</a></div><div>"
        "上一篇： <a href=/p/0>十年守一座校园天文台</a></div>"
        f"<div>posted @ <span>{DATE} 08:30</span> <a href=/u>陈若水</a>"
        " 阅读(<span>128</span>)</div>",
        body=(BODY[0], "缘起：一间旧仓库", BODY[1], "把路走宽", BODY[2]),
        title_tag=f"{TITLE} - 陈若水 - 某某园",
    ),
    "a subtitle between title and labels, two sections in the title tag": Imitation(
        f"<h3>本报系列报道之三</h3><h1>{TITLE}</h1>"
        f"<h4>三百多名居民带着家里的旧书赶来参加交换</h4>"
        "<div>本报记者 陈若水</div><div>2021年05月03日08:30 | 来源：<a href=/s>青岚日报</a></div>"
        f"<div>{TEXT}</div><div>(责编：李思源、王一川)</div><div>分享让更多人看到</div>",
        title_tag=f"{TITLE}--时政--某某网",
        source="青岚日报",
    ),
    "a digital newspaper, whose title tag names the paper": Imitation(
        "<table><tr><td><a href=1>上一篇</a> <a href=2>下一篇</a></td><td>2021年5月3日</td>"
        "<td><a href=#>放大</a><a href=#>缩小</a></td></tr></table>"
        f"<table><tr><td align=center><strong>{TITLE}</strong></td></tr>"
        f"<tr><td align=center>本报记者 陈若水</td></tr><tr><td>{TEXT}</td></tr></table>"
        "<table><tr><td>版权声明：本数字报所有内容未经许可不得转载</td></tr></table>",
        body=("本报记者 陈若水", *BODY),
        title_tag="青岚日报多媒体数字报",
    ),
    "the date in a link below the title, none in the head": Imitation(
        f"<h1>{TITLE}</h1><div><a href=/>2021年05月03日 08:30:05</a><br><span>来源：</span>"
        f"<a href=/s>青岚日报</a></div><div>{TEXT}</div>",
        source="青岚日报",
    ),
    "date and count in spans without labels": Imitation(
        f"<h3>{TITLE}</h3><div><i></i><span>2021.05.03</span><i></i><span>128</span></div>{TEXT}"
    ),
    "a forum, with marks on either side of the title": Imitation(
        f"<div><a href=/>某某论坛</a> » <a href=/1>生活区</a> › {TITLE}</div><table><tr>"
        f"<td>查看: 1280</td><td>"
        f"<h1>[<a href=/t>随拍</a>] {TITLE} <a href=#>[复制链接]</a></h1></td></tr></table>"
        f"<div>发表于 2021-5-3 08:30:11 | <a href=#>只看该作者</a></div>"
        f"<div>{TEXT}</div>"
        "<div>发表于 2021-5-4 10:01:12</div><div>路过，顶一个。</div>",
        title_tag=f"{TITLE} - 生活区 - 某某论坛",
    ),
    "a poem, above cards and comments": Imitation(
        f"<h1>{TITLE}</h1><div><span>{DATE} 08:30</span> <span>来源：青岚日报</span></div>"
        f"<div>{paragraphs(VERSES)}</div><div>责任编辑：李思源</div>"
        f"<div><h2>猜你喜欢</h2>{PICTURE_CARDS}</div>",
        body=VERSES,
        source="青岚日报",
    ),
    "a poem with a note, behind a link": Imitation(
        f"<h1>{TITLE}</h1><div>{DATE}</div><div><a href=#>收藏本文</a></div>"
        f"<div><div>{paragraphs((*VERSES, '注释：', BODY[1]))}</div></div>"
        f"<div><h2>猜你喜欢</h2>{PICTURE_CARDS}</div>",
        body=(*VERSES, "注释：", BODY[1]),
    ),
    "a table between two sentences": Imitation(
        f"<h1>{TITLE}</h1><div>{DATE}</div><div><p>{BODY[0]}</p><table>"
        f"{rows(CELLS)}</table><p>{BODY[2]}</p></div><div><a href=/>返回列表</a></div>",
        body=(BODY[0], *CELLS, BODY[2]),
    ),
    "verses and a sentence, above a list of links in the same element": Imitation(
        f"<h1>{TITLE}</h1><div>发表于 <a href=/p><time>2021年5月3日</time></a></div><div>"
        f"{paragraphs((*VERSES, BODY[0], *VERSES[:2]))}<h3>相关文章</h3><ul>{LINKS}</ul></div>"
        f"<div><h2>猜你喜欢</h2>{PICTURE_CARDS}</div>",
        body=(*VERSES, BODY[0], *VERSES[:2]),
    ),
    "a summary between title and labels": Imitation(
        f"<h1>{TITLE}</h1><p>一场延续多年的旧书交换，如何在小镇上重新开始，又将走向何方。</p>"
        f"<div><a href=/u>陈若水</a><span>2021/05/03 08:30</span><span>浏览 2.3w</span></div>"
        f"<div>{TEXT}</div><div><a href=#>收藏</a> <a href=#>点赞 12</a></div>{PICTURE_CARDS}",
    ),
    "one sentence between links of tags": Imitation(
        f"<h1><a href=/p/1>{TITLE}</a></h1><div>{DATE}</div>"
        "<div><a href=/t/1>小镇生活</a><a href=/t/2>旧书交换</a></div>"
        f"<article><p>{BODY[0]}</p></article><div><a href=/t/1>小镇生活与旧书</a></div>"
        f"<div><h2>猜你喜欢</h2>{PICTURE_CARDS}</div>",
        body=BODY[:1],
    ),
    "names in rows, between two bars of buttons": Imitation(
        f"<h1>{TITLE}</h1><div>{DATE} 来源: 青岚日报</div>{BUTTONS}{paragraphs(NAMES)}"
        f"<div>本文来源：青岚日报 责任编辑：李思源</div>{BUTTONS}<div><a href=/c>跟贴1199</a></div>"
        f"<div><h2>猜你喜欢</h2>{PICTURE_CARDS}</div>",
        body=NAMES,
        source="青岚日报",
    ),
    "a poem in a forum, below particulars of its author, a licence and links": Imitation(
        f"<h1>[<a href=/t>随拍</a>] {TITLE} <a href=#>[复制链接]</a></h1><div><a href=/u>陈若水</a>"
        f"<p>主题 12 帖子 88 积分 301</p><a href=#>发消息</a></div>"
        f"<div>发表于 {DATE} 08:30:11</div>"
        "<div>版权声明：本文为博主原创文章，转载请附上原文出处链接和本声明。</div>"
        f"<div>{'<br>'.join(VERSES)}</div><div><a href=#>收藏</a> <a href=#>淘帖</a></div>"
        "<div><a href=/u/2>用户二</a></div><div>路过，顶一个，希望能坚持下去。</div>",
        body=VERSES,
        title_tag=f"{TITLE} - 生活区 - 某某论坛",
    ),
    "a short text above counted comments, and summaries above the names of authors": Imitation(
        f"<div><h1>{TITLE}</h1><div><a href=/u>陈若水</a><div>2021.05.03 21:15*</div></div>"
        f"<div>{paragraphs(BODY[:2])}</div><a href=/c>日记本</a><div>12条评论</div><div>"
        f"<a href=/u/2>用户二</a><p>{COMMENT}</p></div></div><div>推荐阅读"
        + "".join(
            f"<div><h4><a href=/1>{title}</a></h4><p>{TEASER[:-2]}。{MORE}</p>"
            "<div><a href=/u>陈若水</a> 阅读 128 评论 0</div></div>"
            for title in OTHERS
        )
        + "</div>",
        body=BODY[:2],
    ),
    "a question, with other answers in the element of the text": Imitation(
        f"<h1>{TITLE}</h1><div>发布于 {DATE} 21:30</div><div>{paragraphs(BODY)}"
        + 3 * f"<div>发布于 2021-05-04<p>{COMMENT}</p><p>{MORE}</p><p>赞同 20 评论 2</p></div>"
        + "</div>",
    ),
    "comments without a heading in the element of the text, with buttons to answer": Imitation(
        f"<div><h1>{TITLE}</h1><div>{DATE}</div>{'<br>'.join(BODY)}"
        + 3
        * f"<div><a href=/u/2>用户二</a> 2021-05-04 10:01<p>{COMMENT}</p><a href=#>回复</a></div>"
        + "</div>",
    ),
    "a short text above summaries, and how long ago they were posted": Imitation(
        f"<div><h1>{TITLE}</h1><div>发表于 {DATE} 17:32</div><div>{paragraphs(BODY[:2])}</div>"
        "<div>相关文章"
        + "".join(
            f"<div><a href=/1>{title}</a><p>{TEASER[:-2]}。{MORE}</p><span>3小时前</span></div>"
            for title in OTHERS
        )
        + "</div></div>",
        body=BODY[:2],
    ),
    "a thread in one element, with the names of those who answer": Imitation(
        f"<div><h1>{TITLE}</h1><div>楼主：<a href=/u>陈若水</a> 时间：2021-05-03 20:12:00</div>"
        f"<div><div>{'<br>'.join(BODY)}</div></div>"
        + 4 * f"<div><a href=/u/2>用户二</a> 回复于 2021-05-04 10:01:12<div>{COMMENT}</div></div>"
        + "</div>",
    ),
    "statements below the text, and a sentence that only this site prints": Imitation(
        f"<div><h1>{TITLE}</h1><div>{DATE} 08:30</div><div>{paragraphs(LONG)}</div>"
        "<p>本文系作者授权某媒体发表，并经某媒体编辑，转载请注明出处、作者和本文链接。</p>"
        "<p>想和更多的用户分享你的新奇观点和发现，点击<a href=/t>这里</a>投稿。</p></div>",
        body=LONG,
    ),
    "links amid the text, counts and a licence below": Imitation(
        f"<h1>{TITLE}</h1><div>{DATE}</div><div>{TEXT}<p><strong>相关阅读</strong></p>"
        f"<ul>{LINKS}</ul><p>{MORE}</p></div><div>您的支持将鼓励我继续创作！</div>"
        "<div>本文作者：陈若水</div><div>本文链接：<a href=/p/1>/p/1</a></div>"
        "<div>阅读<span>(128)</span> 评论<span>(3)</span> 转载</div>",
        body=(*BODY, MORE),
    ),
}
