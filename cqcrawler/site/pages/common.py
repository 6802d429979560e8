"""What the pages share: what an address asks for, and filling a template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from cqcrawler import portals
from cqcrawler.archive import Filters, Order
from cqcrawler.archive.search.asked import FILTER_NAMES, Search
from cqcrawler.exceptions import PortalError, QueryError
from cqcrawler.text import regions

# Longer than any that a person types, and short enough to read a hundred times a second.
_LONGEST = 300
_NAMES = ("q", *FILTER_NAMES.values(), "sort")


@dataclass(frozen=True, slots=True)
class Asked:
    """A search that an address asks for, without outer space, and the page of its results."""

    search: Search = field(default_factory=Search)
    page: int = 1

    @property
    def terms(self) -> str:
        return self.search.terms

    @property
    def filters(self) -> Filters:
        return self.search.filters

    @property
    def order(self) -> Order:
        return self.search.order

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed and no filter set."""
        return self.search.is_empty

    def get(self, name: str) -> str:
        """Return what is asked for under a name, as addresses have it; empty without it."""
        return self.search.pairs().get(name, "")

    def set_filters(self) -> Iterator[tuple[str, str]]:
        """Yield the name and value of each filter that is set."""
        pairs = self.search.pairs()
        return ((name, pairs[name]) for name in FILTER_NAMES.values() if name in pairs)

    def link(self, path: str = "/search", **changes: object) -> str:
        """Return the address that asks for this, with some of it changed; `page` is an int, of
        which the first is left out."""
        pairs = self.search.pairs() | changes
        query = urlencode({name: value for name, value in pairs.items() if value and value != 1})
        return f"{path}?{query}" if query else path


def read(request: Any) -> Asked:
    """Return what a request asks for; what makes no sense in it is as if it were not there."""
    typed = {name: clean(request.args.get(name)) for name in (*_NAMES, "page")}
    if request.args.get("rank") == "1":  # As addresses had it before there was `sort`.
        typed["sort"] = Order.RELEVANCE.value
    page = typed["page"]
    try:
        search = Search.of(typed)
    except QueryError:
        search = Search.of(typed | {"sort": ""})
    return Asked(
        search, max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    )


def clean(text: str | None) -> str:
    """Return what was typed as the archive may be asked for it, of bounded length."""
    # Half of a surrogate pair cannot be written to the archive, nor a NUL asked of it.
    readable = (text or "").encode("utf-8", "replace").decode().replace("\0", " ")
    return readable[:_LONGEST].strip()


def region_name(code: str) -> str:
    """Return the full name of a region by its code, as search understands it."""
    place = regions.find(code)
    return f"{place.province}{place.city or ''}{place.district or ''}" if place else code


def region_short(code: str) -> str:
    """Return the last part of a region's name by its code."""
    place = regions.find(code)
    return (place.district or place.city or place.province) if place else code


def portal_title(name: str) -> str:
    """Return what a portal calls itself; its short name if it is not registered, or not well."""
    try:
        return portals.load(name).title
    except PortalError:
        return name


async def fill(datasette: Any, request: Any, template: str, **context: Any) -> Response:
    """Return a template of ours with what it shows."""
    body = await datasette.render_template(template, context, request=request)
    return Response.html(body)
