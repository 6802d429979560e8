"""Real pages with another body or other surroundings, whose right reading is still known.

The corpus's own pages are few and known to our rules. Put the text of one into the page of
another, or lists, comments and statements around it, and they become many that nobody has seen.
Everything is drawn from the `Random` that is handed in, so a page can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from random import Random

from lxml import etree, html

from benchmarks.bodies import BODIES, FORMS
from benchmarks.corpus import GoldPage
from benchmarks.scoring import normalise
from cqcrawler.models import Page
from cqcrawler.reading.page.document import open_page

# The element of a body holds nearly all of its text.
_NEARLY_ALL = 0.9
_SHORTEST = 4
# A line of the body is known by so many characters.
_START = 12
_COMMENTS = (
    "写得真好，支持一下！", "说得太对了，顶！", "希望能够尽快落实，老百姓等着呢。", "沙发",
    "这个政策什么时候在我们这边实行？", "不知道具体怎么申请，有没有人了解一下？谢谢。",
    "看完了，学到很多，感谢分享。", "楼上说得有道理，但我还是觉得不太现实……", "转发了",
    "去年就听说了，今年终于看到结果，不容易啊！", "为家乡点赞！祝越来越好！",
)  # fmt: skip
_READERS = ("山城网友", "清风徐来", "老李头", "user_8812", "江边散步", "一米阳光", "匿名用户")
_STATEMENTS = (
    "版权声明：凡本网注明“来源：本站”的所有作品，版权均属于本站，未经本网授权不得转载、摘编或利用"
    "其它方式使用上述作品。已经本网授权使用作品的，应在授权范围内使用，并注明“来源：本站”。",
    "免责声明：本网站部分内容转载自其他媒体，转载目的在于传递更多信息，并不代表本网赞同其观点和对其"
    "真实性负责。如涉及作品内容、版权和其它问题，请在30日内与本网联系，我们将在第一时间删除内容。",
    "主办单位：某某市人民政府办公室　地址：某某市人民路1号　邮编：400000　电话：023-00000000",
)


@dataclass(frozen=True, slots=True)
class Site:
    """A page of the corpus as a tree, with the element that holds its body."""

    page: GoldPage
    root: html.HtmlElement
    body: html.HtmlElement


# What changes a page returns what is right for it, or None where it cannot be changed.
Change = Callable[[Site, Random, Sequence[GoldPage]], GoldPage | None]
Furniture = Callable[[Random, Sequence[GoldPage]], str]


def open_site(page: GoldPage) -> Site | None:
    """Return the page's tree, or None where no element of it holds the gold body."""
    text = open_page(Page("", page.path.read_bytes())).text
    root = html.document_fromstring(text.encode("utf-8"), html.HTMLParser(encoding="utf-8"))
    wanted = set(map(normalise, page.body.split("\n")))
    holder, whole = None, len(normalise(page.body)) * _NEARLY_ALL
    element: html.HtmlElement | None = root
    while element is not None:
        holder = element
        held = (child for child in element.iterchildren(etree.Element) if child.tag != "head")
        element = next((child for child in held if _share(child, wanted) >= whole), None)
    if holder is None or holder.tag in ("html", "p", "tr", "table", "ul", "script"):
        return None
    return Site(page, root, holder)


def _share(element: html.HtmlElement, lines: set[str]) -> int:
    text = normalise(element.text_content())
    return sum(len(line) for line in lines if line in text)


def page_bytes(site: Site) -> bytes:
    for element in site.root.iter("meta"):
        if "charset" in (element.get("content") or "") or element.get("charset"):
            element.drop_tree()
    return b'<!DOCTYPE html><meta charset="utf-8">' + html.tostring(site.root, encoding="utf-8")


def transplanted(body: str, form: str) -> Change:
    """Put the text of another page, cut to a kind of body, where the page's own one stood."""

    def change(site: Site, random: Random, others: Sequence[GoldPage]) -> GoldPage | None:
        lines = BODIES[body](random, random.choice(others).body.split("\n"))
        if not _replace_body(site, FORMS[form](lines)):
            return None
        cells = [cell for line in lines for cell in line.split("\t")]
        return replace(site.page, body="\n".join(cells))

    return change


def _replace_body(site: Site, markup: str) -> bool:
    """Replace the children from the first that has text of the body to the last; say whether
    none of it is left elsewhere; scripts that might hold it go too."""
    gold = normalise(site.page.body)
    holder = site.body
    for script in [*site.root.iter("script")]:
        script.drop_tree()
    _wrap_texts(holder)
    own = [i for i, node in enumerate(holder) if _is_of(node, gold)]
    if not own:
        return False
    for node in holder[own[0] : own[-1] + 1]:
        holder.remove(node)
    left = normalise(site.root.find("body").text_content())
    for i, node in enumerate(html.fragments_fromstring(markup), own[0]):
        holder.insert(i, node)
    for script in [*site.root.iter("script")]:  # which may hold the text too
        script.drop_tree()
    texts = map(normalise, site.page.body.split("\n"))
    return not any(text[:_START] in left for text in texts if len(text) > 2 * _START)


def _wrap_texts(holder: html.HtmlElement) -> None:
    """Give texts between elements an element of their own."""
    for child in list(holder):
        _wrap(holder, holder.index(child) + 1, child.tail)
        child.tail = None
    _wrap(holder, 0, holder.text)
    holder.text = None


def _wrap(holder: html.HtmlElement, at: int, text: str | None) -> None:
    if text and not text.isspace():
        span = etree.Element("span")
        span.text = text
        holder.insert(at, span)


def _is_of(node: html.HtmlElement, gold: str) -> bool:
    if not isinstance(node.tag, str) or node.tag in ("script", "style"):
        return False
    text = normalise(node.text_content())
    return len(text) >= _SHORTEST and (text[:_START] in gold or text[-_START:] in gold)


def textless(markup: str) -> Change:
    """Leave no text where the body stood: whatever is read is furniture."""

    def change(site: Site, random: Random, others: Sequence[GoldPage]) -> GoldPage | None:
        return replace(site.page, body="") if _replace_body(site, markup) else None

    return change


def _same(site: Site, random: Random, others: Sequence[GoldPage]) -> GoldPage:
    return site.page


def _renamed(site: Site, random: Random, others: Sequence[GoldPage]) -> GoldPage:
    for element in site.root.iter(etree.Element):
        for name in ("class", "id"):
            if element.attrib.pop(name, None):
                element.set(name, f"x{random.randrange(10**6)}")
    return site.page


def _without_head(site: Site, random: Random, others: Sequence[GoldPage]) -> GoldPage:
    for element in [*site.root.iter("meta")]:
        element.drop_tree()
    return site.page


def retagged(*tags: str, to: str) -> Change:
    def change(site: Site, random: Random, others: Sequence[GoldPage]) -> GoldPage:
        for element in [*site.root.iter(*tags)]:
            element.tag = to
        return site.page

    return change


def _broken(site: Site, random: Random, others: Sequence[GoldPage]) -> GoldPage:
    """Let line breaks stand where the body had paragraphs."""
    for element in [*site.body.iter("p")]:
        element.tail = "\u3000\u3000" + (element.tail or "").lstrip()
        element.addnext(etree.Element("br"))
        element.drop_tag()
    return site.page


def inserted(make: Furniture, where: str) -> Change:
    """Put furniture at the top of the page, inside the end of the body's element, or below it."""

    def change(site: Site, random: Random, others: Sequence[GoldPage]) -> GoldPage:
        node = html.fragment_fromstring(make(random, others), create_parent="div")
        if where == "above":
            site.root.find("body").insert(0, node)
        elif where == "inside":
            site.body.append(node)
        else:
            around = [site.body, *site.body.iterancestors("div", "td", "section", "article")]
            _add_below(random.choice(around[:3]), node)
        return site.page

    return change


def _add_below(element: html.HtmlElement, node: html.HtmlElement) -> None:
    node.tail, element.tail = element.tail, None
    element.addnext(node)


def links(random: Random, others: Sequence[GoldPage]) -> str:
    heading = random.choice(("相关新闻", "推荐阅读", "热门文章", "您可能感兴趣的", "今日要闻", ""))
    shown = random.sample(others, 12)
    rows = "".join(
        f'<li><a href="/a/{i}.html">{escape(o.title)}</a></li>' for i, o in enumerate(shown)
    )
    return f"<div>{heading}</div><ul>{rows}</ul>"


def plain_titles(random: Random, others: Sequence[GoldPage]) -> str:
    rows = "".join(
        f"<li>{escape(o.title)}<span>{o.date}</span></li>" for o in random.sample(others, 8)
    )
    return f"<h3>推荐阅读</h3><ul>{rows}</ul>"


def teasers(random: Random, others: Sequence[GoldPage]) -> str:
    rows = []
    for i, other in enumerate(random.sample(others, 8)):
        text = other.body.replace("\n", "")[: random.randrange(40, 110)]
        rows.append(
            f'<div><h3><a href="/a/{i}.html">{escape(other.title)}</a></h3>'
            f"<p>{escape(text)}{random.choice(('…', '...'))}</p>"
            f"<span>{other.date or '昨天'}</span></div>"
        )
    return "".join(rows)


def comments(random: Random, others: Sequence[GoldPage]) -> str:
    rows = [
        f"<div><span>{random.choice(_READERS)}</span><span>{random.randrange(2, 28)}天前</span>"
        f"<p>{text}</p><a href='#'>回复</a><a href='#'>赞({random.randrange(50)})</a></div>"
        for text in random.sample(_COMMENTS, 8)
    ]
    return f"<h3>网友评论（{len(rows)}）</h3>{''.join(rows)}"


def statement(random: Random, others: Sequence[GoldPage]) -> str:
    return f"<p>{'</p><p>'.join(_STATEMENTS)}</p>"


def neighbours(random: Random, others: Sequence[GoldPage]) -> str:
    before, after = random.sample(others, 2)
    return (
        "<p>责任编辑：张三</p><div>分享到：<a>微信</a><a>微博</a></div>"
        f"<p>上一篇：<a href='/1.html'>{escape(before.title)}</a></p>"
        f"<p>下一篇：<a href='/2.html'>{escape(after.title)}</a></p>"
    )


_FURNITURE: dict[str, Furniture] = {
    "links": links,
    "titles": plain_titles,
    "teasers": teasers,
    "comments": comments,
    "statement": statement,
    "neighbours": neighbours,
}
_ABOVE = ("links", "teasers")
SURROUNDINGS: dict[str, Change] = {
    "as it is": _same,
    "classes renamed": _renamed,
    "metas dropped": _without_head,
    "headings to div": retagged("h1", "h2", "h3", "h4", to="div"),
    "p to div": retagged("p", to="div"),
    "p to br": _broken,
    **{
        f"{name} {where}": inserted(make, where)
        for name, make in _FURNITURE.items()
        for where in ("above", "inside", "below")
        if where != "above" or name in _ABOVE
    },
}
CHANGES: dict[str, Change] = {
    **SURROUNDINGS,
    "images only": textless("<p><img src='1.jpg'></p><p><img src='2.jpg'></p>"),
    "files only": textless("<p><a href='1.pdf'>报名表.pdf</a></p><p><a href='2.doc'>附件2</a></p>"),
    **{f"{body} in {form}": transplanted(body, form) for body in BODIES for form in FORMS},
}
