"""大汉 jpaas: pages without rows, which a script fetches as HTML within JSON.

A page has a script with the address of a unit and what it is asked (`url`, `queryData`); the unit
answers with rows and a pager (`rows`, `count`, `pageNo`) for which only `paramJson` changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, cast
from urllib.parse import parse_qsl, urlencode

from lxml import etree

from cqcrawler.platforms.base import Part, Platform, page_numbers
from cqcrawler.reading.addresses import base_url, resolve
from cqcrawler.reading.page.document import Document

_SIGNS = ("jpaas", "/front/page/build/unit")

_UNITS = etree.XPath("//*[@querydata or (@rows and @count)]")
_PAIR = re.compile(
    r"['\"](\w{1,40})['\"]\s{0,5}:\s{0,5}"
    r"(?:'((?:[^'\\]|\\.){0,9000}+)'|\"((?:[^\"\\]|\\.){0,9000}+)\"|([\w.-]{1,80}))"
)
_LONGEST_QUERY = 20_000
_ESCAPED = re.compile(r"\\(.)")
_NUMBER = re.compile(r"[0-9]{1,9}")
_ASKED = "paramJson"


class _Unit(NamedTuple):
    """A unit of a page: its address, what it is asked, and, as its pager tells, its number of
    notices, how many of them a page has, and the number of this page."""

    address: str
    query: Mapping[str, str]
    total: int | None = None
    size: int = 0
    number: int = 1

    @property
    def asked(self) -> dict[str, Any]:
        """What of its query is an object of JSON; nothing else tells pages apart."""
        return _object(self.query.get(_ASKED, ""))

    @property
    def url(self) -> str:
        """The address with what it is asked: that of the first page, as the page has it."""
        return f"{self.address}?{urlencode(self.query, errors='replace')}"

    @property
    def others(self) -> dict[str, int]:
        """The further pages but this one, with their numbers, for which what the first is asked is
        kept; the first itself is asked for already."""
        last = -(-(self.total or 0) // self.size) if self.size else 0
        numbers = page_numbers(2, last, self.number)
        asked = {"pageNo": 1, "pageSize": self.size} | self.asked
        bare = self._replace(query={k: v for k, v in self.query.items() if k != _ASKED}).url

        def address(number: int) -> str:
            told = json.dumps(asked | {"pageNo": number}, ensure_ascii=False, separators=(",", ":"))
            return f"{bare}&{urlencode({_ASKED: told}, errors='replace')}"

        return {address(number): number for number in numbers if number != self.number}


def _read(document: Document) -> Part | None:
    if not _signs(document):
        return None
    return _page(document) if document.data is None else _answer(document)


def _page(document: Document) -> Part | None:
    """Read a page whose units are still to be asked, or have written their first page into it."""
    base = base_url(document)
    units = [unit for element in _elements(document) if (unit := _unit(element, base))]
    drawn = {unit.url: unit for unit in units if unit.total is not None}
    waiting = dict.fromkeys(unit.url for unit in units if unit.url not in drawn)
    if not units:
        return None
    others = [url for unit in drawn.values() for url in unit.others]
    totals = [unit.total or 0 for unit in drawn.values()]
    return Part(
        pages=(*waiting, *others),
        declared_total=sum(totals) if totals and not waiting else None,
        is_shell=bool(waiting),
    )


def _answer(document: Document) -> Part:
    """Read what a unit answers; without HTML it says why."""
    answer = document.data if isinstance(document.data, dict) else {}
    data = answer.get("data")
    html = data.get("html") if isinstance(data, dict) else None
    if not isinstance(html, str):
        said = answer.get("message") or answer.get("msg") or answer.get("code")
        return Part(rows=(), is_answer=True, beyond=f"the unit has no rows but says: {said!s:.100}")
    unit = _pager(document, document.with_text(html))
    if unit is None:
        return Part(markup=html, is_answer=True)
    others = unit.others
    return Part(
        markup=html,
        pages=tuple(others),
        declared_total=unit.total,
        earlier=tuple(url for url, number in others.items() if number < unit.number),
        is_answer=True,
    )


def _pager(document: Document, shown: Document) -> _Unit | None:
    """Return the unit as the pager of its answer tells, with what it was asked."""
    here = document.page.url.partition("#")[0]
    address, _, query = here.partition("?")
    own = _Unit(address, dict(parse_qsl(query, keep_blank_values=True)))
    for element in _elements(shown):
        unit = _unit(element, here) or _counted(own, _told(element) | _query(element))
        if unit.total is not None:
            asked = unit.asked | own.asked
            return unit._replace(query={**unit.query, _ASKED: json.dumps(asked)})
    return None


def _elements(document: Document) -> list[etree._Element]:
    return cast("list[etree._Element]", _UNITS(document.root))


def _unit(element: etree._Element, base: str) -> _Unit | None:
    """Return the unit that an element names, if it does."""
    address = resolve(element.get("uniturl") or element.get("url") or "", base)
    query = _query(element)
    if not (address and query):
        return None
    return _counted(_Unit(address.partition("?")[0], query), _told(element))


def _told(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _counted(unit: _Unit, told: Mapping[str, str]) -> _Unit:
    """Return a unit with the numbers that its pager tells."""
    numbers = {name.lower(): _number(value) for name, value in told.items()}
    total, size, number = map(numbers.get, ("count", "rows", "pageno"))
    return unit._replace(total=total, size=size or 0, number=number or 1)


def _query(element: etree._Element) -> dict[str, str]:
    """Read an object of JSON, or of JavaScript in single quotes, as parameters of an address."""
    text = (element.get("querydata") or "")[:_LONGEST_QUERY]
    if parameters := _object(text):
        return {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in parameters.items()
        }
    return {name: _unquoted("".join(values)) for name, *values in _PAIR.findall(text)}


def _unquoted(value: str) -> str:
    # What is JSON already holds backslashes of its own.
    return value if _object(value) else _ESCAPED.sub(r"\1", value)


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _signs(document: Document) -> tuple[str, ...]:
    text, url = document.text, document.page.url
    return tuple(sign for sign in _SIGNS if sign in text or sign in url)


JPAAS = Platform("jpaas", "大汉 jpaas", _signs, _read)
