"""新点 Epoint: lists of its web builder, which scripts ask for as JSON, or which are files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from cqcrawler.platforms.answers import (
    MOST_PAGES,
    NO_DATA,
    Fields,
    further,
    inner,
    number,
    parsed,
    records,
    rows,
    text,
)
from cqcrawler.platforms.base import Part, Platform
from cqcrawler.platforms.canonical import post_address, request_of
from cqcrawler.platforms.clues import is_clue, known_of, lead
from cqcrawler.platforms.scripts import Scripts
from cqcrawler.reading.addresses import resolve
from cqcrawler.reading.listing.shells import waits
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.scripts.syntax import LONGEST, Node, parse_members

_NAME = "epoint"
_ACTION = r"/rest/\w{1,60}/getPageInfoListNew\w{0,10}"
_API = re.compile(rf".*{_ACTION}")
_CALL = re.compile(rf"['\"`]([^'\"`\s?]{{0,100}}{_ACTION})(?=[?'\"`])")
_FILES = re.compile(
    r"ShowAjaxNewPage\(\s{0,9}(?:window\.)?location\.pathname\s{0,9},"
    r"\s{0,9}['\"]categorypagingcontent['\"]\s{0,9},\s{0,9}(\d{1,5})\s{0,9}\)"
)
_NUMBERED = re.compile(r".*/(\d{1,5})\.html?")
# Names that the web builder gives, and one that only the page of a notice has.
_MARKS = re.compile(r"\bwb-data-item\b|\bewb-[a-z]|EpointWebBuilder")
_WORDS = ("wb-data-item", "ewb-", "EpointWebBuilder")
_NOTICE = re.compile(r"\bviewGuid\b")

# What the scripts of a site tell of it; and its columns: three digits for each level.
_SITE = re.compile(r"siteGuid['\"]?\s{0,9}[:=]\s{0,9}['\"]([0-9a-f-]{36})['\"]", re.IGNORECASE)
_PROJECT = re.compile(r"projectName['\"]?\s{0,9}[:=]\s{0,9}['\"](/[\w./-]{1,80})['\"]")
_COLUMN = re.compile(r".*/((?:\d{3}){1,8})/[^/]*")
_REQUEST = re.compile(
    r"\{(?=[^{}]{0,1500}?\bpageIndex\b)(?=[^{}]{0,1500}?\bcategoryNum\b)", re.IGNORECASE
)
_SENT_BY = re.compile(r"(?:\$|jQuery)\.(get|getJSON|post|ajax)\s{0,9}\(|\bajax\s{0,9}\(")
_METHOD = re.compile(r"\b(?:type|method)['\"]?\s{0,9}:\s{0,9}['\"](get|post)['\"]", re.IGNORECASE)
_DIRECTLY = re.compile(r"\bdata['\"]?\s{0,9}:\s{0,9}\Z")
# In characters: around an address that is asked for, within the call that asks; and `data: {`.
_REACH, _NEAR = 500, 40
_ROWS = 15  # on one page, where nothing says how many the site asks for
_LACKS = "no script of the page tells all that getPageInfoListNew is to be asked with (新点 Epoint)"


def _signs(document: Document) -> tuple[str, ...]:
    if is_clue(document, _NAME):
        return ("asked for by a page of it",)
    if _is_api(document):
        return ("getPageInfoListNew",)
    # Plain words first: the patterns are slow on long texts.
    text = document.text
    called = "getPageInfoListNew" in text and _CALL.search(text)
    if found := called or _FILES.search(text):
        return (found[0].strip("'\"`"),)
    marked = any(word in text for word in _WORDS) and _MARKS.search(text)
    return (marked[0],) if marked and _is_empty_column(document) else ()


def _is_api(document: Document) -> bool:
    return _API.fullmatch(urlsplit(request_of(document.page.url).url).path) is not None


def _is_empty_column(document: Document) -> bool:
    is_column = _COLUMN.fullmatch(urlsplit(document.page.url).path)
    return bool(is_column) and not _NOTICE.search(document.text) and waits(document)


def _read(document: Document) -> Part | None:
    if _is_api(document):
        return _answer(document)
    scripts = Scripts(document)
    if is_clue(document, _NAME):
        known = _learn(scripts, known_of(document))
        return lead(document, _NAME, known, _first(document, known), lacks=_LACKS)
    if _FILES.search(document.text):
        return _files(document)
    known = _learn(scripts, {"category": _category(scripts), "size": _size(scripts)})
    sure = "action" in known and not _NOTICE.search(document.text)
    if sure or _is_empty_column(document):
        return lead(document, _NAME, known, _first(document, known), lacks=_LACKS, sure=sure)
    return None


def _files(document: Document) -> Part:
    """Return the pages that are files beside this one: `2.html` and so on."""
    here = document.page.url
    numbered = _NUMBERED.fullmatch(urlsplit(here).path)
    current = int(numbered[1]) if numbered else 1
    # A page of a longer list names the one behind it all the same.
    most = max(MOST_PAGES, current + 1)
    last = min(most, max(int(call[1]) for call in _FILES.finditer(document.text)))
    pages = {n: urljoin(here, f"{n}.html") for n in range(2, last + 1) if n != current}
    earlier = tuple(url for n, url in pages.items() if n < current)
    return Part(pages=tuple(pages.values()), earlier=earlier)


def _category(scripts: Scripts) -> str:
    named = (scripts.setting(name) for name in ("categoryNum", "categorynum"))
    folder = _COLUMN.fullmatch(urlsplit(scripts.document.page.url).path)
    return next(filter(None, named), folder[1] if folder else "")


def _size(scripts: Scripts) -> str:
    return scripts.setting("pageSize") or scripts.setting("pagesize") or ""


def _learn(scripts: Scripts, known: Mapping[str, str]) -> dict[str, str]:
    """Return what is known of a list, with what these scripts add to it."""
    learned = dict(known)
    for name, pattern in (("site", _SITE), ("project", _PROJECT)):
        if found := pattern.search(scripts.code):
            learned.setdefault(name, found[1])
    if "action" not in learned and (call := _CALL.search(scripts.code)):
        learned |= _call(scripts, call, learned)
    return learned


def _call(scripts: Scripts, call: re.Match[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return how a script asks: for what, by which method, with which parameters in which field."""
    code = scripts.code
    *_, sent_by = [None, *_SENT_BY.finditer(code, max(0, call.start() - _REACH), call.start())]
    start = sent_by.start() if sent_by else call.start()
    options = code[start : call.end() + _REACH].partition("success")[0]
    params, asked = _usual(known), _REQUEST.search(code)
    if asked:
        given = parse_members(code[asked.end() - 1 : asked.end() + LONGEST])
        params |= _given(scripts, given, known)
    is_form = asked and _DIRECTLY.search(code, max(0, asked.start() - _NEAR), asked.start())
    return {
        "action": call[1],
        "method": _method(sent_by, options),
        "field": "" if is_form else "params",
        "params": _compact(params),
    }


def _method(sent_by: re.Match[str] | None, options: str) -> str:
    if told := _METHOD.search(options):
        return told[1].upper()
    # jQuery gets where it is not told; the web builder's own `Util.ajax` posts.
    posts = sent_by is not None and sent_by[1] in ("post", None)
    return "POST" if posts else "GET"


def _usual(known: Mapping[str, str]) -> dict[str, Any]:
    return {
        "siteGuid": "",
        "categoryNum": known.get("category", ""),
        "kw": "",
        "startDate": "",
        "endDate": "",
        "pageIndex": 0,
        "pageSize": number(known.get("size")) or _ROWS,
    }


def _given(
    scripts: Scripts, expressions: Mapping[str, Node], known: Mapping[str, str]
) -> dict[str, Any]:
    """Return the parameters that a script gives; a filter that it leaves to readers is empty."""
    usual = {name.lower(): value for name, value in _usual(known).items()}
    params: dict[str, Any] = {}
    for name, expression in expressions.items():
        value = scripts.value(expression)
        match name.lower():
            case "pageindex":
                params[name] = 0
            case "pagesize":
                params[name] = number(value) or usual["pagesize"]
            case key:
                params[name] = value or usual.get(key, "")
    return params


def _first(document: Document, known: Mapping[str, str]) -> str | None:
    """Return the address of the first rows, once all is known that it takes."""
    params, action = parsed(known.get("params", "")), known.get("action", "")
    prefix = known.get("project") if action.startswith("/rest/") else ""
    if prefix is None or "site" not in known or not inner(params, "categoryNum"):
        return None
    for name in params:
        if name.lower() == "siteguid":
            params[name] = params[name] or known["site"]
    url = resolve(prefix.rstrip("/") + action, document.page.url)
    return url and _address(url, known.get("method", ""), known.get("field", ""), params)


def _address(url: str, method: str, field: str, params: Mapping[str, Any]) -> str:
    fields = {field: _compact(params)} if field else {n: str(v) for n, v in params.items()}
    if method == "POST":
        return post_address(url, fields.items())
    return f"{url}?{urlencode(fields)}"


def _compact(params: Mapping[str, Any]) -> str:
    return json.dumps(params, ensure_ascii=False, separators=(",", ":"))


def _answer(document: Document) -> Part:
    asked = request_of(document.page.url)
    fields = dict(parse_qsl(asked.body or urlsplit(asked.url).query, keep_blank_values=True))
    field = "params" if "params" in fields else ""
    params = parsed(fields[field]) if field else fields
    custom = inner(document.data, "custom")
    custom = parsed(custom) if isinstance(custom, str) else custom
    items, total = records(inner(custom, "infodata")), number(inner(custom, "count"))
    page, size = (number(inner(params, "pageIndex")) or 0) + 1, number(inner(params, "pageSize"))
    url = asked.url.partition("?")[0]
    return Part(
        rows=rows(document, items, _row),
        pages=tuple(
            _address(url, asked.method, field, {**params, "pageIndex": n - 1})
            for n in further(total, size, page)
        ),
        declared_total=total,
        beyond="" if custom else _refusal(document.data),
        is_answer=True,
    )


def _refusal(data: Any) -> str:
    said = text(inner(data, "status", "text"))
    return f"it answers without rows: {said}" if said else NO_DATA


def _row(item: dict[str, Any]) -> Fields:
    return Fields(item.get("infourl"), item.get("title"), (item.get("infodate"),))


EPOINT = Platform(_NAME, "新点 Epoint", _signs, _read)
