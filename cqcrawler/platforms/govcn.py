"""中国政府网 and its kin: one JSON file beside the page holds all rows of a column."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from cqcrawler.platforms.answers import NO_DATA, Fields, records, rows
from cqcrawler.platforms.base import Part, Platform
from cqcrawler.platforms.scripts import Scripts
from cqcrawler.reading.addresses import base_url, resolve
from cqcrawler.reading.page.document import Document

# The name is that of the column in capitals: YAOWENLIEBIAO.json, ZCJD_QZ.json.
_FILE = r"[A-Z][A-Z0-9_]{2,60}\.json"
_NAMED = re.compile(rf"['\"]((?:[^'\"\s]{{0,200}}/)?{_FILE})(?:\?[^'\"\s]{{0,80}})?['\"]")
_ASKED = re.compile(rf".*/{_FILE}")
# Fields of a row, in a script that draws the list.
_DRAWN = re.compile(r"\.(?:TITLE|URL|DOCRELPUBTIME)\b")
_TITLE, _URL, _DATE = "TITLE", "URL", "DOCRELPUBTIME"


def _signs(document: Document) -> tuple[str, ...]:
    if _is_answer(document):
        return (_DATE,)
    # Plain words first: the page is parsed for its scripts.
    text = document.text
    may_draw = ".json" in text and any(f".{name}" in text for name in (_TITLE, _URL, _DATE))
    named = _named(document) if may_draw and not document.is_data else ""
    return (named,) if named else ()


def _named(document: Document) -> str:
    """Return the file that a script of the page draws a list from."""
    code = Scripts(document).code
    named = _NAMED.search(code)
    return named[1] if named and _DRAWN.search(code) else ""


def _is_answer(document: Document) -> bool:
    return _ASKED.fullmatch(urlsplit(document.page.url).path) is not None


def _read(document: Document) -> Part | None:
    if _is_answer(document):
        items = [each for each in records(document.data) if _TITLE in each and _URL in each]
        beyond = "" if items else NO_DATA
        return Part(rows=rows(document, items, _row), beyond=beyond, is_answer=True)
    address = resolve(_named(document), base_url(document))
    return Part(pages=(address,), is_shell=True) if address else None


def _row(item: dict[str, Any]) -> Fields:
    return Fields(item[_URL], item[_TITLE], (item.get(_DATE),))


GOVCN = Platform("govcn", "中国政府网", _signs, _read)
