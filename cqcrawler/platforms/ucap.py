"""UCAP (开普): pages without rows, whose scripts ask a search address for those of the column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from cqcrawler.platforms.answers import NO_DATA, Fields, further, inner, number, records, rows
from cqcrawler.platforms.base import Part, Platform
from cqcrawler.platforms.clues import is_clue, known_of, lead
from cqcrawler.platforms.scripts import Scripts
from cqcrawler.platforms.trs import TRS
from cqcrawler.reading.addresses import base_url, resolve
from cqcrawler.reading.listing.shells import is_titled, waits
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.scripts.syntax import LONGEST, Node, parse_members, parse_value, terms

_NAME = "ucap"
_ID = "[0-9a-f]{32}"
_SEARCH = re.compile(rf"/(?:common/search|searchList)/{_ID}(?=[/?]|$)")
_CALL = re.compile(r"['\"`](?:[^'\"`\s]{0,100}/)?(?:common/search|searchList)/")
_WORDS = ("common/search/", "searchList/")
_DATA = re.compile(r"\bdata\s{0,9}:\s{0,9}\{")
_REACH = 300  # characters between an address and the object of what goes with it
_MOST_CALLS = 5
_NOTICE = re.compile(r"UCAP-?(?:CONTENT|TITLE)", re.IGNORECASE)
_PAGE, _SIZE = "page", "_pageSize"
_ROWS = "20"  # as many are given as are asked for
_LACKS = "no script of the page names the address that its list is asked for at (UCAP)"


def _signs(document: Document) -> tuple[str, ...]:
    if is_clue(document, _NAME):
        return ("asked for by a page of it",)
    if asked := _SEARCH.search(urlsplit(document.page.url).path):
        return (asked[0],)
    # Plain words first: the pattern is slow on long texts full of quotes.
    if any(word in document.text for word in _WORDS) and (call := _CALL.search(document.text)):
        return (call[0].strip("'\"`"),)
    return ("channelid",) if _is_empty_column(document) else ()


def _is_empty_column(document: Document) -> bool:
    """Whether a page names its channel and waits for rows; some list them as TRS does."""
    named = "channelid" in document.text or "channelId" in document.text
    return bool(named and _channel(document) and waits(document) and not TRS.signs(document))


def _channel(document: Document) -> str:
    for meta in document.root.iter("meta"):
        if (meta.get("name") or "").lower() == "channelid":
            found = re.fullmatch(_ID, (meta.get("content") or "").strip())
            return found[0] if found else ""
    return ""


def _read(document: Document) -> Part | None:
    if _SEARCH.search(urlsplit(document.page.url).path):
        return _answer(document)
    scripts = Scripts(document)
    if is_clue(document, _NAME):
        known = known_of(document)
        return lead(document, _NAME, known, _address(scripts, known), lacks=_LACKS)
    # The page of a notice names the channel of its column, too.
    if _NOTICE.search(document.text) or is_titled(document):
        return None
    known = {"channel": _channel(document), "size": scripts.setting("pageSize") or _ROWS}
    address = _address(scripts, known)
    if address or _is_empty_column(document):
        return lead(document, _NAME, known, address, lacks=_LACKS, sure=bool(address))
    return None


def _address(scripts: Scripts, known: Mapping[str, str]) -> str | None:
    """Return the address of the first rows, as one of the scripts puts it together."""
    for call in islice(_CALL.finditer(scripts.code), _MOST_CALLS):
        address = ""
        node = parse_value(scripts.code[call.start() :][:LONGEST])
        for term in terms(node) if node else ():
            address += _term(term, address, scripts, known)
        if "?" not in address:
            address += "?" + urlencode([*_fields(scripts, call.end(), known)])
        # What a reader searches the site for has no pages to turn.
        if _SEARCH.search(address) and _PAGE in dict(parse_qsl(address.partition("?")[2])):
            return resolve(address, base_url(scripts.document))
    return None


def _term(term: Node, before: str, scripts: Scripts, known: Mapping[str, str]) -> str:
    if term[0] == "value":
        return str(term[1])
    if before.endswith("/"):
        return known.get("channel") or scripts.value(term) or ""
    return _field(re.split("[?&]", before)[-1].rstrip("="), term, scripts, known)


def _field(name: str, expression: Node, scripts: Scripts, known: Mapping[str, str]) -> str:
    if name == _PAGE:
        return "1"
    return scripts.value(expression) or (known.get("size", _ROWS) if name == _SIZE else "")


def _fields(scripts: Scripts, at: int, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the parameters that go along as an object, behind an address without any."""
    if data := _DATA.search(scripts.code, at, at + _REACH):
        for name, expression in parse_members(scripts.code[data.end() - 1 :][:LONGEST]).items():
            yield name, _field(name, expression, scripts, known)


def _answer(document: Document) -> Part:
    asked = dict(parse_qsl(urlsplit(document.page.url).query, keep_blank_values=True))
    if document.data is None:
        # `_isJson=false` asks for rows as markup, with links to pages.
        no_data = asked.get("_isJson") == "true"
        return Part(rows=() if no_data else None, beyond=NO_DATA if no_data else "", is_answer=True)
    data = inner(document.data, "data")
    items, total = records(inner(data, "results")), number(inner(data, "total"))
    page, size = number(asked.get(_PAGE)) or 1, number(asked.get(_SIZE)) or len(items)
    return Part(
        rows=rows(document, items, _row),
        pages=tuple(_numbered(document.page.url, asked, n) for n in further(total, size, page)),
        declared_total=total,
        is_answer=True,
    )


def _row(item: dict[str, Any]) -> Fields:
    # The text is what the site shows; the moment is off by hours on some sites.
    dates = (item.get("publishedTimeStr"), item.get("publishedTime"))
    return Fields(item.get("url"), item.get("title"), dates)


def _numbered(url: str, asked: Mapping[str, str], page: int) -> str:
    return f"{url.partition('?')[0]}?{urlencode({**asked, _PAGE: page})}"


UCAP = Platform(_NAME, "UCAP (开普)", _signs, _read)
