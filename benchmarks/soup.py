"""Markup that hypothesis makes up: fragments of pages in no sensible order."""

from __future__ import annotations

from hypothesis import strategies as st

_TAGS = (
    "html", "head", "body", "title", "meta", "link", "script", "style", "div", "p", "span", "h1",
    "br", "a", "img", "table", "tr", "td", "ul", "li", "iframe", "form", "textarea", "select",
    "option", "template", "noscript", "svg", "math", "frameset", "pre",
)  # fmt: skip
_WORDS = (
    "发布时间：", "来源：", "2024-06-12", "6月12日", "【示范区】", "首页", "附件：", "上一篇：",
    "项目总投资八十亿元，年底前建成投用。", "&nbsp;", "\u3000", "\u200b", "]]>", "-->",
)  # fmt: skip
_ATTRIBUTES = (
    "", ' class="content"', ' style="display:none"', ' href="/a/b.html"', ' href="http://["',
    ' id="UCAP-CONTENT"', ' name="PubDate" content="2024-13-45"', ' charset="utf-16"', ' x="', " >",
    ' name="ArticleTitle" content="示范区"', ' property="article:published_time" content="0"',
)  # fmt: skip

_opening = st.builds("<{}{}>".format, st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES))
_closing = st.builds("</{}>".format, st.sampled_from(_TAGS))
_piece = st.one_of(_opening, _closing, st.sampled_from(_WORDS), st.text(max_size=20))

tag_soup: st.SearchStrategy[str] = st.lists(_piece, max_size=60).map("".join)
