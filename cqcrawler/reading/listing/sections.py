"""The sections beside a listing: what may be listings of the same site themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from cqcrawler.models import Link
from cqcrawler.reading.addresses import is_file, leads_to_detail, same_host, url_shape
from cqcrawler.reading.listing.row import Hyperlink
from cqcrawler.text.words import any_word

_NAME = re.compile(r"\W{0,4}\w.{1,11}")
# Pages of the same host that list no notices: by the words on the link, and by the address.
_NO_SECTION = re.compile(any_word("no_listing"), re.IGNORECASE)
_NO_SECTION_ADDRESS = re.compile(rf"/{any_word('no_listing_folder')}(?:[/.?_]|$)", re.IGNORECASE)


def neighbours(links: Iterable[Hyperlink], here: str, rows: AbstractSet[str]) -> tuple[Link, ...]:
    """Return the links of the page at `here` that may lead to listings.

    Not the addresses of its `rows`; a numbered one of their shape leads to another notice.
    """
    notices = frozenset(map(url_shape, rows))
    found: dict[str, Link] = {}
    for link in links:
        if link.url not in rows and link.url != here and _may_list(link, here, notices):
            found.setdefault(link.url, Link(link.url, link.text))
    return tuple(found.values())


def lists_nothing(url: str) -> bool:
    """Whether an address is that of a search, a login, a feed or the like."""
    return _NO_SECTION_ADDRESS.search(url) is not None


def _may_list(link: Hyperlink, here: str, notices: AbstractSet[str]) -> bool:
    is_notice = leads_to_detail(link.url) and url_shape(link.url) in notices
    return not is_notice and (
        same_host(link.url, here)
        and _NAME.fullmatch(link.text) is not None
        and not _NO_SECTION.search(link.text)
        and not lists_nothing(link.url)
        and not is_file(link.url)
    )
