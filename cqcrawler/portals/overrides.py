"""What a portal's file says of how its pages are read, where the general rules read them wrong."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from cqcrawler.platforms import list_api
from cqcrawler.platforms.list_api import NUMBER, OFFSET, ListApi
from cqcrawler.reading.page import selectors
from cqcrawler.reading.page.selectors import (
    IN_LISTING,
    IN_NOTICE,
    IN_ROW,
    ListingSelectors,
    NoticeSelectors,
)

_MOST_EXCLUDED = 50
_OF_API = ("at", "pages", "rows", "link", "title")


@dataclass(frozen=True, slots=True)
class Overrides:
    """How the pages of one portal are read, beside the general rules; `file` has it."""

    file: str = ""
    listing: ListingSelectors = selectors.LISTING_AS_EVER
    notice: NoticeSelectors = selectors.NOTICE_AS_EVER
    apis: tuple[ListApi, ...] = ()

    @property
    def digest(self) -> str:
        """Eight characters that change with what is read by them; empty where nothing is."""
        said = {**asdict(self), "file": ""}
        if said == asdict(NONE):
            return ""
        return sha256(repr(said).encode()).hexdigest()[:8]


NONE = Overrides()


def read_overrides(fields: Mapping[str, Any], file: str) -> Overrides:
    """Return what a portal's file says of its listings and notices, which must be valid."""
    listing, notice = fields.get("listing", {}), fields.get("notice", {})
    return Overrides(
        file if listing or notice else "",
        ListingSelectors(file, **_told(listing, IN_LISTING)) if listing else NONE.listing,
        NoticeSelectors(file, **_told(notice, IN_NOTICE)) if notice else NONE.notice,
        tuple(ListApi(**api) for api in listing.get("api", ())),
    )


def _told(table: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {
        "exclude": tuple(table.get("exclude", ())),
        **{key: table[key] for key in keys if key in table},
    }


def listing_problems(value: Any) -> Iterator[str]:
    """Yield what is wrong with `[listing]`, the key first."""
    yield from _problems("listing", value, IN_LISTING, ("api",))
    apis = value.get("api", []) if isinstance(value, dict) else []
    if not isinstance(apis, list) or not all(isinstance(api, dict) for api in apis):
        yield "listing.api: must be written [[listing.api]]"
        return
    for api in apis:
        yield from _api_problems(api)


def notice_problems(value: Any) -> Iterator[str]:
    """Yield what is wrong with `[notice]`, the key first."""
    yield from _problems("notice", value, IN_NOTICE)


def _problems(
    name: str, table: Any, keys: tuple[str, ...], others: tuple[str, ...] = ()
) -> Iterator[str]:
    if not isinstance(table, dict):
        yield f"{name}: must be a table, [{name}]"
        return
    known = ("reason", "exclude", *keys, *others)
    yield from unknown_keys(table, known, f"{name}.")
    reason = table.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        yield f"{name}.reason: say why the general rules do not do, and since when"
    if not table.keys() & {"exclude", *keys, *others}:
        yield f"{name}: says nothing; it may have {', '.join(known[1:])}"
    yield from _exclude_problems(name, table.get("exclude", []))
    for key in keys:
        if key in table:
            check = partial(selectors.problem_of, in_row=name == "listing" and key in IN_ROW)
            yield from _text_problem(f"{name}.{key}", table[key], check)


def _exclude_problems(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list) or len(value) > _MOST_EXCLUDED:
        yield f'{name}.exclude: must be a list of {_MOST_EXCLUDED} selectors at most: [".hot"]'
        return
    for selector in value:
        yield from _text_problem(f"{name}.exclude", selector, selectors.problem_of)


def _text_problem(key: str, value: Any, check: Callable[[str], str | None]) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{key}: {value!r} is no text"
    elif problem := check(value):
        yield f"{key}: {problem}"


def _api_problems(api: dict[str, Any]) -> Iterator[str]:
    known = (*_OF_API, "date", "total", "first")
    at = api.get("at")
    name = f"listing.api at {at}" if isinstance(at, str) else "listing.api"
    yield from unknown_keys(api, known, f"{name}: ")
    if missing := [key for key in _OF_API if key not in api]:
        yield f"{name}: missing {', '.join(missing)}"
    for key in ("at", "pages"):
        if key in api:
            yield from _text_problem(f"{name}: {key}", api[key], _ADDRESS_CHECKS[key])
    for key in ("rows", "link", "title", "date", "total"):
        if key in api:
            check = _link_problem if key == "link" else list_api.problem_of
            yield from _text_problem(f"{name}: {key}", api[key], check)
    first = api.get("first", 1)
    if type(first) is not int or not 0 <= first <= 1:
        yield f"{name}: first: {first!r} is no number that pages are counted from: 0 or 1"
    pages = api.get("pages", "")
    counted = isinstance(pages, str) and (NUMBER in pages or OFFSET in pages)
    if counted and "total" not in api:
        yield f"{name}: missing total, which says how far its pages go"


def _at_problem(at: str) -> str | None:
    return None if at.startswith("/") else f"{at!r} is no path, which begins with /"


def _pages_problem(pages: str) -> str | None:
    if not pages.startswith(("/", "http://", "https://")):
        return f"{pages!r} begins neither with / nor with http"
    if any(pages.count(each) > 1 for each in (NUMBER, OFFSET)):
        return f"{pages!r} has a number twice"
    rest = pages.replace(NUMBER, "").replace(OFFSET, "")
    return f"{pages!r}: only {NUMBER} and {OFFSET} are known" if {*"{}"} & {*rest} else None


_ADDRESS_CHECKS = {"at": _at_problem, "pages": _pages_problem}


def _link_problem(link: str) -> str | None:
    fields = list_api.link_fields(link)
    if not fields:
        return list_api.problem_of(link)
    return next(filter(None, map(list_api.problem_of, fields)), None)


def unknown_keys(table: Mapping[str, Any], known: Iterable[str], place: str = "") -> Iterator[str]:
    """Yield the keys of a table that mean nothing, with what may have been meant."""
    names = list(known)
    for key in table.keys() - {*names}:
        near = difflib.get_close_matches(key, names, n=1)
        yield f"unknown key {place + key!r}" + (f" (did you mean {near[0]!r}?)" if near else "")
