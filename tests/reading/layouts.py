"""Pages in layouts drawn at random, for notices whose right reading is known.

Every part of a page is drawn from what Chinese portals do: where labels stand, what divides
paragraphs, what is printed twice, what surrounds the notice. No class has a name.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from html import escape

from cqcrawler.demo import GoldPage

Wrap = Callable[[str], str]
_SITE = "某某招商网"
_NAVIGATION = "首页 招商项目 产业园区 招商政策 投资流程 土地招拍挂 厂房价格 注册公司".split()
_TAGS = ("招商项目", "制造业", "经济发展", "高质量发展")


def element(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>"


def each(tag: str, parts: Sequence[str]) -> str:
    return "".join(element(tag, part) for part in parts)


def draw_page(seed: int, notice: GoldPage, others: Sequence[GoldPage]) -> str:
    """Return a page with `notice` and a few of the `others` as related ones."""
    draw = random.Random(seed)
    title = _title(draw, notice.title)
    particulars = _tags(draw) + _labels(draw, notice)
    noise = draw.choice(
        [
            "",
            "<script>var s='所属地区：北京 发布日期：2019年01月01日'</script>",
            "<script type='text/template'><p>发布日期：2011-01-01</p></script>",
            "<div style='display:none'>所属地区:上海 发布日期:2012年02月02日</div>",
        ]
    )
    body = _body(draw, notice.body.split("\n"))
    main = _wrap(draw)(
        title + particulars + _share(draw) + noise + body + _neighbours(draw, others)
    )
    related = _related(draw, draw.sample(others, 6))
    if draw.random() < 0.3:
        main = f"<table><tr><td>{main}</td><td>{related}</td></tr></table>"
        related = ""
    return (
        f"<html><head><meta charset=utf-8>{_head(draw, notice.title)}</head><body>"
        f"{_navigation(draw)}{_crumbs(draw)}{main}{related}{_foot(draw)}</body></html>"
    )


def _head(draw: random.Random, title: str) -> str:
    text = escape(title)
    return draw.choice(
        [
            "",
            element("title", _SITE),
            element("title", text),
            element("title", f"{text}-{_SITE}"),
            element("title", f"{_SITE} - {text}"),
            element("title", f"{text[:18]}..."),
        ]
    )


def _title(draw: random.Random, title: str) -> str:
    half = len(title) // 2
    text = draw.choice([escape(title), each("span", [escape(title[:half]), escape(title[half:])])])
    return draw.choice(
        [
            element("h1", text),
            element("h2", text),
            element("div", text),
            element("p", element("strong", text)),
            f"<center><font size=5>{text}</font></center>",
            f"<table><tr><td align=center><b>{text}</b></td></tr></table>",
        ]
    )


def _tags(draw: random.Random) -> str:
    tags = draw.sample(_TAGS, draw.randint(1, 3))
    return draw.choice(
        [
            "",
            each("div", tags),
            element("p", each("span", tags)),
            element("div", " ".join(f"<a href=/tag/{i}>{tag}</a>" for i, tag in enumerate(tags))),
        ]
    )


def _labels(draw: random.Random, notice: GoldPage) -> str:
    year, month, day = notice.published.split("-")
    date = draw.choice(
        [
            notice.published,
            f"{year}年{month}月{day}日",
            f"{year}年{int(month)}月{int(day)}日",
            f"{year}/{month}/{day}",
            f"{notice.published} 10:20:30",
        ]
    )
    pairs = [("所属地区", notice.region or "重庆"), (draw.choice(["发布日期", "发布时间"]), date)]
    if draw.random() < 0.5:
        pairs.append(("来源", draw.choice(["重庆日报", "招商办", _SITE])))
    colon = draw.choice([":", "：", "： "])
    lines = [f"{name}{colon}{value}" for name, value in pairs]
    cells = [part for pair in pairs for part in pair]
    return draw.choice(
        [
            each("div", lines),
            element("div", " ".join(lines)),
            element("p", "&nbsp;&nbsp;".join(lines)),
            element("div", "<br>".join(lines)),
            element("div", each("span", [f"{name}{colon}</span><span>{v}" for name, v in pairs])),
            element("div", each("span", cells)),
            element("table", each("tr", [each("td", pair) for pair in pairs])),
            element(
                "table",
                each("tr", [each("td", [n for n, _ in pairs]), each("td", [v for _, v in pairs])]),
            ),
            element("dl", "".join(f"<dt>{name}{colon}<dd>{value}" for name, value in pairs)),
            each("div", [part for name, value in pairs for part in (f"{name}{colon}", value)]),
        ]
    )


def _body(draw: random.Random, paragraphs: list[str]) -> str:
    longest = max(range(len(paragraphs)), key=lambda i: len(paragraphs[i]))
    printed = draw.choice(
        [
            paragraphs,
            paragraphs * 2,
            [*paragraphs, *paragraphs[1:]] if len(paragraphs) > 2 else paragraphs,
            [*paragraphs[: longest + 1], *paragraphs[longest:]]
            if len(paragraphs[longest]) > 40
            else paragraphs,
            [*paragraphs, *(p.replace("，", "， ") for p in paragraphs)],
        ]
    )
    texts = [_cut_up(draw, paragraph) for paragraph in printed]
    body = draw.choice(
        [
            each("p", texts),
            each("div", texts),
            "<br>".join(texts),
            "<br/><br/>\n".join(f"&nbsp;&nbsp;{text}" for text in texts),
            each("div", [element("div", element("div", text)) for text in texts]),
            element("table", each("tr", [element("td", text) for text in texts])),
            element("ul", each("li", texts)),
            each("p", [f"\n　　{text}\n" for text in texts]),
            "".join(f"<div><span>{text}</span></div><div><br></div>" for text in texts),
        ]
    )
    return _wrap(draw)(body)


def _cut_up(draw: random.Random, text: str) -> str:
    if draw.random() < 0.5:
        return escape(text)
    middle = draw.randint(1, len(text))
    tag = draw.choice(["span", "b", "font"])
    return element(tag, escape(text[:middle])) + element("span", escape(text[middle:]))


def _wrap(draw: random.Random) -> Wrap:
    wraps: list[Wrap] = [
        lambda inner: inner,
        lambda inner: element("div", element("div", inner)),
        lambda inner: element("article", inner),
        lambda inner: f"<table width=100%><tr><td>{inner}</td></tr></table>",
    ]
    return draw.choice(wraps)


def _navigation(draw: random.Random) -> str:
    links = [f"<a href=/c/{i}/>{name}</a>" for i, name in enumerate(_NAVIGATION)]
    return draw.choice(
        ["", element("ul", each("li", links)), element("div", " | ".join(links)), each("td", links)]
    )


def _crumbs(draw: random.Random) -> str:
    links = "<a href=/>首页</a> &gt; <a href=/xm/>招商项目</a> &gt; 正文"
    return draw.choice(["", element("div", f"当前位置：{links}")])


def _share(draw: random.Random) -> str:
    return draw.choice(
        ["", "<div>分享到：微信 微博 QQ空间</div>", "<p>【字体：大 中 小】 【打印】 【关闭】</p>"]
    )


def _neighbours(draw: random.Random, others: Sequence[GoldPage]) -> str:
    one, two = draw.sample(others, 2)
    return draw.choice(
        [
            "",
            f"<p>上一篇：<a href=/1>{one.title}</a></p><p>下一篇：<a href=/2>{two.title}</a>",
            "<div>上一篇：没有了</div><div>下一篇：没有了</div>",
        ]
    )


def _related(draw: random.Random, others: Sequence[GoldPage]) -> str:
    form = draw.choice(
        [
            "<div><a href={u}>{t}</a><span>{d}</span></div>",
            "<div><a href={u}>{t}</a></div><div>{d}</div>",
            "<div>{t}</div><div>{d}</div>",
            "<a href={u}><div>{t}</div><div>{d}</div></a>",
            "<div><h4><a href={u}>{t}</a></h4><p>{s}...</p><em>{d}</em></div>",
        ]
    )
    rows = "".join(
        form.format(u=f"/info/{i}.html", t=other.title, d=other.published, s=other.body[:70])
        for i, other in enumerate(others)
    )
    heading = draw.choice(["重庆招商项目", "相关推荐", "相关阅读", "热门项目"])
    return f"<div>{heading}</div><div>更多项目</div>{rows}"


def _foot(draw: random.Random) -> str:
    return draw.choice(
        [
            "<div><a href=/lx>联系我们</a><a href=/rz>企业入驻</a></div><p>渝ICP备1号-1</p>",
            "<ul><li>联系我们</li><li>企业入驻</li></ul><div>立即获取</div>",
            "<div>招商热线：400-000-0000</div><div>Copyright © 2025 某某招商网</div>",
        ]
    )
