"""How pages of answers are narrowed: the search of an address, chips, and links that keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from cqcrawler.archive.search.asked import FILTER_NAMES, Search
from cqcrawler.archive.search.filters import Filters
from cqcrawler.exceptions import QueryError
from cqcrawler.facts.industry_names import INDUSTRIES
from cqcrawler.facts.model import Stage
from cqcrawler.site.languages import say, say_name
from cqcrawler.site.pages.common import region_name
from cqcrawler.text import regions

# Longer than any that a person types, and short enough to read a hundred times a second.
_LONGEST = 300
_NAMES = ("q", "substring", *FILTER_NAMES.values())


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in words, and the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What forms offer."""

    industries: Sequence[str] = INDUSTRIES
    stages: Sequence[str] = tuple(stage.value for stage in Stage)


def typed(request: Any, name: str) -> str:
    """Return what an address gives for a name, without outer space."""
    # Half of a surrogate pair cannot be written to the archive, nor a NUL asked of it.
    text = request.args.get(name) or ""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")[:_LONGEST].strip()


def read(request: Any) -> Search:
    """Return the search of an address; its order is for the page to read."""
    return Search.of({name: typed(request, name) for name in _NAMES})


def narrowed(search: Search, **changes: str | None) -> Search:
    """Return a search with other terms or filters, by the names that they have in Python."""
    terms = changes.pop("terms", search.terms) or ""
    return replace(search, terms=terms, filters=replace(search.filters, **changes))


def address(path: str, search: Search, extra: Mapping[str, str] | None = None) -> str:
    """Return the address of a page for a search; of `extra` what is empty is left out."""
    pairs = search.pairs() | {name: value for name, value in (extra or {}).items() if value}
    return f"{path}?{urlencode(pairs)}" if pairs else path


def chips(
    path: str, search: Search, extra: Mapping[str, str], *, besides: Sequence[str] = ()
) -> list[Chip]:
    """Return the conditions of a search, and how to take each away; `besides` are shown
    elsewhere."""
    found = [
        Chip(filter_label(one.name), _value(one.name, value), without)
        for one in fields(Filters)
        if (value := getattr(search.filters, one.name)) and one.name not in besides
        for without in [address(path, narrowed(search, **{one.name: None}), extra)]
    ]
    if search.terms and "terms" not in besides:
        without = address(path, narrowed(search, terms=""), extra)
        found.insert(0, Chip(say("narrow.words"), search.terms, without))
    return found


def hidden(search: Search, besides: Sequence[str]) -> dict[str, str]:
    """Return what a form keeps without showing it: all but the filters that it has fields for."""
    kept = replace(search, filters=replace(search.filters, **dict.fromkeys(besides)), terms="")
    return kept.pairs()


def candidates(search: Search, path: str, extra: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the names of several places that one may mean, each with its address."""
    name = search.filters.place or search.filters.region
    field = "place" if search.filters.place else "region"
    if not name or regions.find(name):
        return []
    return [
        (
            f"{region_name(place.code)} {place.code}",
            address(path, narrowed(search, **{field: place.code}), extra),
        )
        for place in regions.candidates(name)
    ]


def cursor(text: str, *, numeric: bool) -> tuple[float | str, int] | None:
    """Return where a page begins: what its last row was sorted by, and the number of that.

    Raises QueryError for what is none.
    """
    if not text:
        return None
    value, _, number = text.rpartition("~")
    try:
        return (float(value) if numeric else value), int(number[:18])
    except ValueError:
        raise QueryError(say("narrow.no_cursor")) from None


def cursor_text(place: tuple[float | str, int]) -> str:
    """Return such a place as addresses have it; `cursor` reads it."""
    value, number = place
    return f"{value!r}~{number}" if isinstance(value, float) else f"{value}~{number}"


def filter_label(name: str) -> str:
    """Return what a filter is called."""
    return say("filter." + FILTER_NAMES[name])


def _value(name: str, value: str) -> str:
    if name in ("place", "region") and value.isdigit():
        return region_name(value)
    return say_name("project_stage", value) if name == "stage" else value
