"""Articles as an Atom feed (RFC 4287).

An entry is known by the address of its notice at the portal, so that readers who take the feeds
of two archives see a notice once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree import ElementTree as ET

from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.site.formats import moment, web_link
from cqcrawler.site.languages import current, say
from cqcrawler.text.typed_amounts import shown_amount

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# A feed must say when it was updated, also one that nothing happened in.
_LONG_AGO = "1970-01-01T00:00:00Z"
# What no XML may have, however it is escaped (https://www.w3.org/TR/xml/#charsets).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_CHARACTERS = 20_000

ET.register_namespace("", _NAMESPACE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a feed, with its page here; `amount` is the largest investment, in yuan."""

    article: StoredArticle
    page: str
    publisher: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own address, that of its page, and entries with the latest first."""

    title: str
    address: str
    page: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> str:
        """When something last happened to an entry, ISO 8601 in UTC."""
        return max((entry.article.updated for entry in self.entries), default=_LONG_AGO)

    def to_xml(self) -> bytes:
        """Return the feed in the reader's language."""
        feed = ET.Element(f"{{{_NAMESPACE}}}feed", {_LANGUAGE: _language()})
        _add(feed, "id", _iri(self.address))
        _add(feed, "title", self.title)
        _add(feed, "updated", self.updated)
        _add(_add(feed, "author"), "name", say("site.title"))
        _add(feed, "generator", "cqcrawler")
        _link(feed, "self", self.address, MEDIA_TYPE)
        _link(feed, "alternate", self.page, "text/html")
        for entry in self.entries:
            _add_entry(feed, entry)
        xml: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
        return xml


def _add_entry(feed: ET.Element, entry: Entry) -> None:
    article = entry.article
    element = _add(feed, "entry")
    _add(element, "id", _iri(article.url))
    gone = f" ({say('article.withdrawn')})" if article.withdrawn_at else ""
    _add(element, "title", f"{article.title or article.url}{gone}")
    _add(element, "updated", article.updated)
    if article.published:
        _add(element, "published", f"{article.published}T00:00:00+08:00")
    _add(_add(element, "author"), "name", article.source or entry.publisher)
    _link(element, "alternate", entry.page, "text/html")
    if web_link(article.url):
        _link(element, "via", article.url, "text/html")
    for term in dict.fromkeys((*article.industries, *article.tags)):
        _add(element, "category").set("term", _readable(term))
    happened = _happened(article)
    amount = shown_amount(entry.amount) if entry.amount else None
    if summary := " · ".join(filter(None, (*happened, article.stage, amount, article.region))):
        _add(element, "summary", summary)
    text = article.body[:_MOST_CHARACTERS] + "…" * (len(article.body) > _MOST_CHARACTERS)
    _add(element, "content", "\n".join((*happened, text))).set("type", "text")


def _happened(article: StoredArticle) -> list[str]:
    """Say of an article when it was edited and withdrawn."""
    happened = []
    if article.withdrawn_at:
        happened.append(say("feed.withdrawn", at=moment(article.withdrawn_at)))
    if article.changed_at:
        happened.append(say("feed.edited", at=moment(article.changed_at)))
    return happened


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    element = ET.SubElement(parent, f"{{{_NAMESPACE}}}{name}")
    element.text = _readable(text)
    return element


def _link(parent: ET.Element, relation: str, address: str, media_type: str) -> None:
    link = _add(parent, "link")
    link.attrib.update(rel=relation, type=media_type, href=_iri(address))


def _readable(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _iri(address: str) -> str:
    """Return an address without what no address may have, such as spaces."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=-._~")


def _language() -> str:
    return "zh-CN" if current.get() == "zh" else "en"
