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
}
