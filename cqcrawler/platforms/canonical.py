"""The one address of a page, by which frontier and archive know it, and how to ask for it.

Some pages are had by sending a form. Their address has the form behind `#post:`, which no server
ever sees: so one string stays the identity of a page wherever addresses are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from cqcrawler.platforms.passing import lasting_path, lasting_query
from cqcrawler.reading.addresses import normalise

_POST = "#post:"
# 大汉 draws further pages of a column in the browser: to the server they are one page.
_COLUMN = re.compile(r"(?:.*/)?col/col\d+/(?:index\.html)?")
_DRAWN = re.compile(r"(?:uid|pageNum)=\d*")


class Request(NamedTuple):
    """How a page is asked for: `body` is the form that goes with a POST."""

    url: str
    method: str = "GET"
    body: str = ""


def post_address(url: str, fields: Iterable[tuple[str, str]], encoding: str = "utf-8") -> str:
    """Return the address of the page that `url` answers with when a form is sent to it.

    Characters that the `encoding` of a form has not are sent as browsers send them.
    """
    form = urlencode([*fields], encoding=encoding, errors="xmlcharrefreplace")
    return f"{url.partition('#')[0]}{_POST}{form}"


def request_of(address: str) -> Request:
    """Return how the page at an address is asked for."""
    url, is_post, form = address.partition(_POST)
    return Request(url, "POST", form) if is_post else Request(url)


def with_form_of(asked: str, answered: str) -> str:
    """Return the address that answered with the form that was sent to it."""
    _, is_post, form = asked.partition(_POST)
    return f"{answered}{is_post}{form}"


# The pages of a listing name each other, and are asked for under the same addresses.
@lru_cache(maxsize=8192)
def canonical_url(url: str) -> str:
    """Return the one address of the page at `url`, by what is safe for every site.

    One spelling of scheme, host, port and characters, no fragment, query parameters in the
    order of their names, and no sessions, random numbers or names of who sent the reader.
    `index.html` and a trailing slash stay: they tell pages apart on some sites. The form of a page
    that is had by sending one stays as it is, and so does what is no http address.
    """
    address, is_post, form = url.partition(_POST)
    return f"{_canonical(address)}{is_post}{form}"


def _canonical(url: str) -> str:
    address = normalise(url)
    if address is None:
        return url
    parts = urlsplit(address)
    path = lasting_path(parts.path)
    query = _sorted_query(lasting_query(path, parts.query)) if parts.query else ""
    if query and _COLUMN.fullmatch(path):
        query = "&".join(pair for pair in query.split("&") if not _DRAWN.fullmatch(pair))
    return parts._replace(path=path, query=query).geturl()


def _sorted_query(query: str) -> str:
    pairs = query.split("&")
    if not all("=" in pair for pair in pairs):
        return query  # not parameters at all, such as `?2180` or `?/news/5`
    return "&".join(sorted(pairs, key=lambda pair: pair.partition("=")[0]))
