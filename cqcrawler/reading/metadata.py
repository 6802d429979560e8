"""What the head of a page says about it: meta tags, the title tag, JSON-LD."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from cqcrawler.text.normalize import collapse

# Names in lower case (sites write them in any), the surest first. ArticleTitle, PubDate,
# ContentSource and ColumnName are those of 国办发〔2017〕47号; the rest are Open Graph,
# schema.org and the habits of news sites.
_NAMES = {
    "title": ("articletitle", "og:title", "twitter:title"),
    "published": (
        "pubdate article:published_time publishdate publish_date publishtime og:release_date "
        "og:time datepublished firstpublishedtime weibo:article:create_at"
    ).split(),
    "source": ("contentsource", "source", "article:source"),
    "author": ("author", "article:author"),
    "section": ("columnname", "article:section"),
}
_FIELD_OF = {
    name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names)
}
_LD_DATE = re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"([^"\\]{8,40})"')


@dataclass(slots=True)
class Metadata:
    """`title_tag` is the text of `<title>`, `base` the `href` of `<base>`; `values` holds, for each
    field, what the meta tags say, the surest first, as (name of the tag, content)."""

    title_tag: str = ""
    base: str = ""
    values: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def read_metadata(root: etree._Element, text: str) -> Metadata:
    """Collect the head's statements; empty and placeholder values are left out."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    title_tag = base = ""
    head = root.find("head")
    # A page that begins with stray text has its meta tags in the body.
    scope = head if head is not None and head.find("title") is not None else root
    for element in scope.iter("title", "meta", "base"):
        if element.tag == "title":
            title_tag = title_tag or collapse("".join(map(str, element.itertext())))
            continue
        if element.tag == "base":
            base = base or element.get("href") or ""
            continue
        name = (element.get("name") or element.get("property") or "").strip().lower()
        known = _FIELD_OF.get(name)
        content = collapse(element.get("content") or "") if known else ""
        if known and content and content not in ("null", "undefined"):
            found.setdefault(known[0], []).append((known[1], name, content))
    values = {
        field: [(name, content) for _, name, content in sorted(entries)]
        for field, entries in found.items()
    }
    if "published" not in values and (match := _LD_DATE.search(text)):
        values["published"] = [("json-ld", match[1])]
    return Metadata(title_tag, base, values)
