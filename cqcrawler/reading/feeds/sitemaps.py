"""Sitemaps (sitemaps.org): addresses of pages, or of other sitemaps, in XML or line by line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cqcrawler.models import Link
from cqcrawler.reading.addresses import normalise, resolve
from cqcrawler.reading.feeds.entries import Entry
from cqcrawler.reading.feeds.records import Records
from cqcrawler.text.markup import without_markup
from cqcrawler.text.moments import read_change, read_day

_ADDRESS_LINE = re.compile(r"https?://\S{1,2000}", re.IGNORECASE)
# So many pages of one sitemap, and more than half of them, are not changed on one day: that is
# when the file was made.
_MANY = 10


def map_entries(sitemap: Records, url: str) -> Iterator[Entry]:
    """Yield the pages that a sitemap at `url` names, or the sitemaps that an index does.

    Titles and dates of publication are those of the extension for news. `lastmod` is when a page
    was changed, and never when it was published.
    """
    for record in sitemap.records:
        location = record.value("loc").replace("&amp;", "&")
        # Nearly all are absolute, as the protocol wants them.
        address = normalise(location) or resolve(location, url)
        if address and address.startswith("http"):
            news = "news" in record.elements
            title = without_markup(record.value("title")) if news else ""
            day = read_day(record.value("publication_date")) if news else None
            yield Entry(Link(address, title, day), read_change(record.value("lastmod")))


def text_entries(text: str) -> Iterator[Entry]:
    """Yield the pages that a sitemap names line by line."""
    for line in text.split():
        if address := resolve(line, ""):
            yield Entry(Link(address), None)


def is_text_sitemap(text: str) -> bool:
    """Whether a text has addresses and nothing else, one a line."""
    lines = text.lstrip("\ufeff").split("\n")
    return all(_ADDRESS_LINE.fullmatch(line.strip()) for line in lines if line.strip()) and any(
        line.strip() for line in lines
    )


def changes(entries: Sequence[Entry]) -> Mapping[str, str]:
    """Return when which pages were changed, as far as a sitemap can be believed."""
    known = {entry.link.url: entry.changed for entry in entries if entry.changed}
    days = Counter(moment[:10] for moment in known.values())
    most = max(days.values(), default=0)
    return {} if most >= _MANY and 2 * most > len(entries) else known
