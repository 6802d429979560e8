"""Lists of JSON that scripts fetch, as a portal's file describes them in JMESPath."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions

from cqcrawler.models import Link
from cqcrawler.platforms.answers import NO_DATA, day, further, number, text
from cqcrawler.platforms.base import Part
from cqcrawler.platforms.canonical import canonical_url
from cqcrawler.reading.addresses import resolve
from cqcrawler.reading.page.document import Document
from cqcrawler.text.normalize import collapse

NUMBER, OFFSET = "{n}", "{offset}"
# What a portal's file calls such a list.
API = "listing.api"
_LONGEST = 300  # characters
_FIELD = re.compile(r"\{([A-Za-z_][\w.]*)\}")
# So many rows or more that all lead to one page are no chance.
_FEW = 3
# Stands for a number while an address is written in its one spelling.
_ANY = "770077007700"


@dataclass(frozen=True, slots=True)
class ListApi:
    """A list that scripts fetch.

    Its listing pages are those whose path, with the query, begins with `at`. `pages` is the address
    of a part of it, in which `{n}` counts the parts from `first` on and `{offset}` the rows from 0.
    All others are JMESPath: `rows` and `total` in an answer, `link`, `title` and `date` in a row; a
    `link` may be an address with `{field}` in it, too. `total` is empty where one answer has all.
    """

    at: str
    pages: str
    rows: str
    link: str
    title: str
    date: str = ""
    total: str = ""
    first: int = 1

    @property
    def is_single(self) -> bool:
        """Whether one answer has the whole list."""
        return NUMBER not in self.pages and OFFSET not in self.pages

    def address(self, index: int, size: int, base: str) -> str | None:
        """Return the address of a part by its index from 0; `size` is the number of rows on one."""
        number = str(self.first + index)
        asked = self.pages.replace(NUMBER, number).replace(OFFSET, str(index * size))
        return resolve(asked, base)


def problem_of(expression: str) -> str | None:
    """Say what is wrong with a JMESPath; None for nothing."""
    if not expression.strip():
        return "is empty"
    if len(expression) > _LONGEST:
        return f"has {len(expression)} characters, {_LONGEST} at most are read"
    try:
        parsed = jmespath.compile(expression).parsed
    except (JMESPathError, RecursionError) as error:
        return f"{expression!r} is no JMESPath: {collapse(str(error).splitlines()[0])}"
    unknown = next((name for name in _functions(parsed) if name not in _KNOWN), None)
    return f"{expression!r}: JMESPath has no function {unknown}()" if unknown else None


_KNOWN = frozenset(Functions.FUNCTION_TABLE)


def _functions(node: dict[str, Any]) -> Iterator[str]:
    if node["type"] == "function_expression":
        yield node["value"]
    for child in node["children"]:
        if isinstance(child, dict):
            yield from _functions(child)


def link_fields(link: str) -> list[str]:
    """Return the fields that an address names in braces; none if it is a JMESPath."""
    return _FIELD.findall(link)


def read_api(document: Document, apis: Sequence[ListApi]) -> Part | None:
    """Return what a page is of one of the lists: its page, or an answer; None for no part of it."""
    try:
        parts = urlsplit(document.page.url)
    except ValueError:  # no address at all
        return None
    if api := answering(document.page.url, apis):
        return _answer(api, document, _asked(api, document.page.url) or 0)
    path = f"{parts.path}?{parts.query}"
    standing = max(
        (api for api in apis if path.startswith(api.at)), key=lambda api: len(api.at), default=None
    )
    if standing is None:
        return None
    first = standing.address(0, 0, document.page.url)
    return Part(pages=(first,) if first else (), is_shell=True)


def answering(url: str, apis: Sequence[ListApi]) -> ListApi | None:
    """Return the list of which an address asks for a part; None if it does so for none."""
    return next((api for api in apis if _asked(api, url) is not None), None)


def _asked(api: ListApi, url: str) -> int | None:
    """Return the number that an address asks for: that of the part, or where there is none, of the
    rows before it; None if it asks for another list."""
    asked = _pattern(api.pages, url).fullmatch(canonical_url(url))
    if asked is None:
        return None
    told = asked.groupdict()
    if (number := told.get("n")) is not None:
        return int(number) - api.first
    return int(told.get("offset") or 0)


@lru_cache(maxsize=256)
def _template(pages: str, origin: str) -> re.Pattern[str]:
    marked = pages.replace(NUMBER, f"{_ANY}1").replace(OFFSET, f"{_ANY}2")
    address = re.escape(canonical_url(resolve(marked, origin) or marked))
    address = address.replace(f"{_ANY}1", r"(?P<n>\d{1,9})", 1)
    return re.compile(address.replace(f"{_ANY}2", r"(?P<offset>\d{1,9})", 1))


def _pattern(pages: str, url: str) -> re.Pattern[str]:
    parts = urlsplit(url)
    return _template(pages, f"{parts.scheme}://{parts.netloc}/")


def _answer(api: ListApi, document: Document, asked: int) -> Part:
    items = _found(api.rows, document.data)
    if not isinstance(items, list):
        beyond = NO_DATA if document.data is None else "the answer has no list where it was"
        return Part(rows=(), is_answer=True, beyond=beyond, unmatched=(named(api, "rows"),))
    total = number(_found(api.total, document.data)) if api.total else None
    links = [_link(api, item, document.page.url) for item in items]
    rows = () if _is_one_page(links) else tuple(link for link in links if link.url)
    unmatched = tuple(named(api, key) for key in _missing(api, links, total))
    if links and not rows:  # Those of other parts would lead nowhere, either.
        return Part(rows=(), is_answer=True, unmatched=unmatched)
    return Part(
        rows=rows,
        pages=tuple(_pages(api, document.page.url, asked, len(items), total)),
        declared_total=total,
        is_answer=True,
        unmatched=unmatched,
    )


def _found(expression: str, data: Any) -> Any:
    try:
        return _compiled(expression).search(data)
    except (JMESPathError, RecursionError, ArithmeticError, TypeError, ValueError):
        return None


@lru_cache(maxsize=256)
def _compiled(expression: str) -> Any:
    return jmespath.compile(expression)


def _link(api: ListApi, item: Any, base: str) -> Link:
    date = day(_found(api.date, item)) if api.date else None
    return Link(_address(api.link, item, base), text(_found(api.title, item)), date)


def _address(link: str, item: Any, base: str) -> str:
    """Return where a row leads, empty where it does not say so."""
    if not link_fields(link):
        found = _found(link, item)
        return (resolve(found, base) or "") if isinstance(found, str) and found else ""
    values = {name: text(_found(name, item)) for name in link_fields(link)}
    if not all(values.values()):
        return ""
    return resolve(_FIELD.sub(lambda field: values[field[1]], link), base) or ""


def _pages(api: ListApi, url: str, asked: int, size: int, total: int | None) -> Iterator[str]:
    """Yield the addresses of the other parts that one names: the first names all, and where
    addresses count rows, any other names the next."""
    if api.is_single or not size or not total:
        return
    if asked == 0:
        indices = (page - 1 for page in further(total, size, 1))
        yield from filter(None, (api.address(index, size, url) for index in indices))
    elif NUMBER not in api.pages and asked + size < total:
        following = resolve(api.pages.replace(OFFSET, str(asked + size)), url)
        yield from filter(None, (following,))


def _missing(api: ListApi, links: Sequence[Link], total: int | None) -> Iterator[str]:
    """Yield what an answer lacks: each row leads somewhere, some have a title and a date."""
    if api.total and total is None:
        yield "total"
    if not all(link.url for link in links):
        yield "link"
    elif _is_one_page(links):
        yield "link (the same for all rows)"
    if links and not any(link.title for link in links):
        yield "title"
    if links and api.date and not any(link.published for link in links):
        yield "date"


def _is_one_page(links: Sequence[Link]) -> bool:
    """Whether all rows lead to one page, as where only what stands behind `#` tells them apart."""
    return len(links) >= _FEW and len({canonical_url(link.url) for link in links}) == 1


def named(api: ListApi, key: str) -> str:
    """Return a key of a list as messages name it."""
    return f"{API} at {api.at}: {key}"
