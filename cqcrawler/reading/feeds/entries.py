"""The entries of feeds: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from cqcrawler.models import Link
from cqcrawler.reading.addresses import resolve
from cqcrawler.reading.feeds.records import Record, Records, text_of
from cqcrawler.text.markup import without_markup
from cqcrawler.text.moments import read_change, read_day

_PUBLISHED = ("published", "pubdate", "issued", "created", "date")
_CHANGED = ("updated", "modified")
# RFC 5005: the next page of a paged feed, the older one of an archived feed.
_FURTHER = ("next", "prev-archive")
_JSON_FEED = "jsonfeed.org/version/"


class Entry(NamedTuple):
    """An entry, and when its file says that the page was changed last."""

    link: Link
    changed: str | None


def xml_entries(feed: Records, url: str) -> Iterator[Entry]:
    """Yield the entries of a feed at `url` that lead somewhere."""
    base = _base(feed.head, url)
    for record in feed.records:
        if address := _address(record, _base(record, base)):
            title = without_markup(record.value("title"))
            link = Link(address, title, read_day(record.value(*_PUBLISHED)))
            yield Entry(link, read_change(record.value(*_CHANGED)))


def further_pages(feed: Records, url: str) -> Iterator[str]:
    """Yield the addresses of older entries of a paged or archived feed."""
    base = _base(feed.head, url)
    for link in feed.head.elements.get("link", ()):
        if link.get("rel") in _FURTHER and (address := _resolved(link.get("href") or "", base)):
            yield address


def _address(record: Record, base: str) -> str | None:
    """Return where an entry leads: its link, or an identifier that is an address."""
    links = record.elements.get("link", ())
    # One entry may name its page in several forms.
    pages = sorted(
        (link for link in links if link.get("rel", "alternate") == "alternate"),
        key=lambda link: "html" not in (link.get("type") or "html"),
    )
    named = (_resolved(link.get("href") or text_of(link), base) for link in pages)
    known = [*map(text_of, _permanent(record)), record.attributes.get("about", "")]
    return next(filter(None, (*named, *(_resolved(text, "") for text in known))), None)


def _permanent(record: Record) -> Iterator[etree._Element]:
    """Yield the identifiers of an entry that may be addresses, too."""
    for name in ("guid", "id"):
        for element in record.elements.get(name, ()):
            if "false" not in (element.get("isPermaLink"), element.get("ispermalink")):
                yield element


def _resolved(text: str, base: str) -> str | None:
    # Many systems escape addresses once too often.
    address = resolve(text.strip().replace("&amp;", "&"), base)
    return address if address and address.startswith("http") else None


def _base(record: Record, base: str) -> str:
    """Return what addresses in a feed or entry are relative to (`xml:base`)."""
    own = record.attributes.get("base")
    return (resolve(own, base) or base) if own else base


def is_json_feed(data: Any) -> bool:
    """Whether JSON says that it is a feed."""
    version = data.get("version") if isinstance(data, dict) else None
    return isinstance(version, str) and _JSON_FEED in version


def json_entries(data: dict[str, Any], url: str) -> Iterator[Entry]:
    """Yield the entries of a JSON feed at `url` that lead somewhere."""
    items = data.get("items")
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        texts = {key: text for key, text in item.items() if isinstance(text, str)}
        named = texts.get("url") or texts.get("external_url") or ""
        if address := _resolved(named, url) or _resolved(texts.get("id", ""), ""):
            title = without_markup(texts.get("title", ""))
            link = Link(address, title, read_day(texts.get("date_published", "")))
            yield Entry(link, read_change(texts.get("date_modified", "")))


def json_further(data: dict[str, Any], url: str) -> Iterator[str]:
    """Yield the address of older entries of a JSON feed."""
    named = data.get("next_url")
    if isinstance(named, str) and (address := _resolved(named, url)):
        yield address
