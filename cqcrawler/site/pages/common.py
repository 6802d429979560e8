"""What the pages share: filters from an address, and filling a template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from cqcrawler import portals
from cqcrawler.archive import Filters
from cqcrawler.exceptions import PortalError
from cqcrawler.text import regions

# Longer than any that a person types, and short enough to read a hundred times a second.
_LONGEST = 300
_FILTERS = ("region", "portal", "tag", "since", "until", "section")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; everything is as typed, without outer space."""

    terms: str = ""
    region: str = ""
    portal: str = ""
    tag: str = ""
    since: str = ""
    until: str = ""
    section: str = ""
    rank: bool = False
    page: int = 1

    @property
    def filters(self) -> Filters:
        """The filters, None for those left empty."""
        return Filters(*(getattr(self, name) or None for name in _FILTERS))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed and no filter set."""
        return not self.terms and self.filters == Filters()

    def link(self, path: str = "/search", **changes: Any) -> str:
        """Return the address that asks for this, with some of it changed."""
        asked = replace(self, **{"page": 1, **changes})
        pairs = {
            "q": asked.terms,
            **{name: getattr(asked, name) for name in _FILTERS},
            "rank": "1" if asked.rank else "",
            "page": str(asked.page) if asked.page > 1 else "",
        }
        query = urlencode({name: value for name, value in pairs.items() if value})
        return f"{path}?{query}" if query else path


def read(request: Any) -> Asked:
    """Return what a request asks for; what makes no sense in it is as if it were not there."""
    typed = {name: _clean(request.args.get(name)) for name in ("q", *_FILTERS, "page")}
    page = typed["page"]
    return Asked(
        terms=typed["q"],
        region=typed["region"],
        portal=typed["portal"],
        tag=typed["tag"],
        since=typed["since"],
        until=typed["until"],
        section=typed["section"],
        rank=request.args.get("rank") == "1",
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def _clean(text: str | None) -> str:
    # Half of a surrogate pair cannot be written to the archive, nor a NUL asked of it.
    readable = (text or "").encode("utf-8", "replace").decode().replace("\0", " ")
    return readable[:_LONGEST].strip()


def region_name(code: str) -> str:
    """Return the full name of a region by its code, as search understands it."""
    place = regions.find(code)
    return f"{place.province}{place.city or ''}{place.district or ''}" if place else code


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
