"""The one address of a page, by which frontier and archive know it, and how to ask for it.

Some pages are had by sending a form. Their address has the form behind `#post:`, which no server
ever sees: so one string stays the identity of a page wherever addresses are kept. Others are read
for what they say of a list that another page has begun to tell of; they have that behind `#clue:`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from cqcrawler.models import Postback
from cqcrawler.platforms.passing import lasting_path, lasting_query
from cqcrawler.reading.addresses import CLUE, is_posted, normalise, post_address, split_form

__all__ = [
    "Request",
    "canonical_url",
    "clue_address",
    "clue_of",
    "post_address",
    "request_of",
    "with_form_of",
]

# 大汉 draws further pages of a column in the browser: to the server they are one page.
_COLUMN = re.compile(r"(?:.*/)?col/col\d+/(?:index\.html)?")
_DRAWN = re.compile(r"(?:uid|pageNum)=\d*")


class Request(NamedTuple):
    """How a page is asked for: `body` is the form that goes with a POST."""

    url: str
    method: str = "GET"
    body: str = ""


def clue_address(url: str, known: Mapping[str, str]) -> str:
    """Return the address of the page at `url` as one that is asked for to add to what is known."""
    return f"{url.partition('#')[0]}{CLUE}{urlencode(known)}"


def clue_of(address: str) -> dict[str, str]:
    """Return what was known when the page at an address was named for what it may add."""
    return dict(parse_qsl(address.partition(CLUE)[2], keep_blank_values=True))


def request_of(address: str, postback: Postback | None = None) -> Request:
    """Return how the page at an address is asked for; `postback` is what the page before it holds
    for one that only that page leads to."""
    if postback is not None:
        return Request(postback.url, "POST", postback.form)
    url, form = split_form(address)
    if is_posted(address):
        return Request(url, "POST", form.partition(":")[2])
    return Request(url)


def with_form_of(asked: str, answered: str) -> str:
    """Return the address that answered, with what stands behind the one that was asked for."""
    return answered.partition("#")[0] + split_form(asked)[1]


# The pages of a listing name each other, and are asked for under the same addresses.
@lru_cache(maxsize=8192)
def canonical_url(url: str) -> str:
    """Return the one address of the page at `url`, by what is safe for every site.

    One spelling of scheme, host, port and characters, no fragment, query parameters in the
    order of their names, and no sessions, random numbers or names of who sent the reader.
    `index.html` and a trailing slash stay: they tell pages apart on some sites. What we put behind
    an address ourselves stays as it is, and so does what is no http address.
    """
    address, form = split_form(url)
    return _canonical(address) + form


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
