"""广东省政府信息公开平台 (gkmlpt): a page without rows, and an address that gives them as JSON."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from cqcrawler.platforms.answers import (
    NO_DATA,
    Fields,
    further,
    inner,
    number,
    parsed,
    records,
    rows,
)
from cqcrawler.platforms.base import Part, Platform
from cqcrawler.platforms.scripts import Scripts
from cqcrawler.reading.addresses import resolve
from cqcrawler.reading.page.document import Document

_PAGE = re.compile(r"(?P<root>.*/gkmlpt)/?(?:(?:index|policy)/?(?:index\.html?)?)?")
_API = re.compile(r".*/gkmlpt/api/all/\d+/?")
_SID = re.compile(r"\bSID['\"]?\s{0,9}[:=]\s{0,9}['\"]?(\d{1,12})\b")
_TREE = re.compile(r"\bTREE['\"]?\s{0,9}[:=]\s{0,9}(\[)")
_ALL = 0  # the category of all notices
_ROWS = 100  # on one page
_DATES = ("display_publish_time", "first_publish_time", "created_at", "create_time")
_LACKS = "its list is drawn by script (gkmlpt), and the page names no SID"


def _signs(document: Document) -> tuple[str, ...]:
    found = _API.fullmatch(_path(document)) or _PAGE.fullmatch(_path(document))
    return (found[0],) if found else ()


def _path(document: Document) -> str:
    return urlsplit(document.page.url).path


def _read(document: Document) -> Part | None:
    if _API.fullmatch(_path(document)):
        return _answer(document)
    page = _PAGE.fullmatch(_path(document))
    if page is None:
        return None
    code = Scripts(document).code
    sid = _SID.search(code)
    if sid is None:
        return Part(is_shell=True, beyond=_LACKS)
    address = f"{page['root']}/api/all/{_category(code)}?page=1&sid={sid[1]}"
    first = resolve(address, document.page.url)
    return Part(pages=(first,) if first else (), is_shell=True)


def _category(code: str) -> int:
    """Return the category that the page shows: the only one of its tree, or that of all."""
    tree = _TREE.search(code)
    roots = records(parsed(code, tree.start(1))) if tree else []
    only = number(roots[0].get("id")) if len(roots) == 1 else None
    return _ALL if only is None else only


def _answer(document: Document) -> Part:
    parts = urlsplit(document.page.url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    items, total = records(inner(document.data, "articles")), number(inner(document.data, "total"))
    page = number(asked.get("page")) or 1
    # The first page shows how many rows there are on one, the last one does not.
    size = len(items) if page == 1 else max(len(items), _ROWS)
    pages = (urlencode({**asked, "page": n}) for n in further(total, size, page))
    return Part(
        rows=rows(document, items, _row),
        pages=tuple(parts._replace(query=query, fragment="").geturl() for query in pages),
        declared_total=total,
        beyond="" if document.data else NO_DATA,
        is_answer=True,
    )


def _row(item: dict[str, Any]) -> Fields:
    # `post_url` is the notice on its site, `url` the same text within the platform; `date` is the
    # day on which a document was written.
    address = item.get("post_url") or item.get("url")
    return Fields(address, item.get("title"), tuple(map(item.get, _DATES)))


GKMLPT = Platform("gkmlpt", "广东省政府信息公开平台", _signs, _read)
