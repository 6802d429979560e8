"""大汉 jpage: columns whose rows stand in a script, and come in groups of pages for the others.

`<datastore>` holds a group of rows, each a fragment of HTML, and `jpage({…})` says how many there
are in all. Further groups are the same in XML: at the address of `nextgroup` with another number,
or, where there is none, by a form that asks for the rows from one number to another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import islice, zip_longest
from typing import NamedTuple

from cqcrawler.platforms.base import Part, Platform, page_numbers
from cqcrawler.platforms.canonical import post_address
from cqcrawler.reading.addresses import base_url, query_encoding, resolve
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.ending import BREAKS_OFF
from cqcrawler.reading.scripts.comments import without_comments

_SIGNS = ("<datastore", ".jpage(", "/jpage/")

# The script around a store goes with it: what stands in a script is not seen.
_BEGINS = re.compile(
    r"(?:<script\b[^<>]{0,300}>(?:\s{1,200}|//|<!--|<!\[CDATA\[|<\?xml[^<>]{0,200}\?>){0,9}+)?"
    r"<datastore\b[^<>]{0,200}>",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"</datastore\s{0,9}>(?:(?:\s{1,200}|//|-->|\]\]>){0,9}+</script\s{0,9}>)?", re.IGNORECASE
)
_CDATA = re.compile(r"\s*+<!\[CDATA\[(.*)\]\]>\s*", re.DOTALL)
_HREF = re.compile(r"\bhref\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_GROUP = re.compile(r"(?<=[?&]page=)\d*")

_CALL = re.compile(r"\bjpage\s{0,5}\(\s{0,5}(?:\{|(\w{1,60})\s{0,5}\))")
_FORM = re.compile(r"\bajaxParam['\"]?\s{0,5}:\s{0,5}(?:\{|(\w{1,60}))")
_OPTION = re.compile(
    r"['\"]?\b(\w{1,40})['\"]?\s{0,5}:\s{0,5}(?:'([^']{0,500})'|\"([^\"]{0,500})\"|([\w.-]{1,80}))"
)
_MOST_CALLS = 20
_LONGEST_OPTIONS = 4000
_NUMBER = re.compile(r"[0-9]{1,9}")
_USUAL_GROUP = 3  # pages

_UNTOLD = "its further rows are fetched by a script (大汉 jpage), and where from is not told"


class _Store(NamedTuple):
    """Rows as fragments of HTML, where in the text they stand, and what is told of the others."""

    start: int = 0
    end: int = 0
    records: tuple[str, ...] = ()
    next_group: str = ""
    total: int | None = None
    is_whole: bool = True

    @property
    def markup(self) -> str:
        return "\n".join(self.records)


class _Call(NamedTuple):
    """What the script of a list is told: of its size, and how to ask for its rows."""

    total: int | None = None
    per_page: int | None = None
    group_size: int | None = None
    proxy: str = ""
    form: tuple[tuple[str, str], ...] = ()

    @property
    def group(self) -> int:
        """How many rows a group has."""
        return (self.per_page or 0) * (self.group_size or _USUAL_GROUP)


def _read(document: Document) -> Part | None:
    if not _signs(document):
        return None
    stores = tuple(_stores(document.text))
    return _answer(stores) if document.is_data else _page(document, stores)


def _answer(stores: tuple[_Store, ...]) -> Part | None:
    """Read a group; it names no other, as the page that it belongs to has named them all."""
    if not stores:
        return None
    return Part(
        markup="\n".join(store.markup for store in stores),
        pages=(),
        declared_total=_sum(store.total for store in stores),
        beyond="" if all(store.is_whole for store in stores) else BREAKS_OFF,
        is_answer=True,
    )


def _page(document: Document, stores: tuple[_Store, ...]) -> Part | None:
    """Read a page; it may have several lists, and each of them its store and its call."""
    lists = list(zip_longest(stores, _calls(document)))
    known = [(store or _Store(), call or _Call()) for store, call in lists]
    further = [_further_groups(document, store, call) for store, call in known]
    pages = tuple(url for urls in further for url in urls or ())
    has_rows = any(store.records for store in stores)
    if not (has_rows or pages):
        return None
    beyond = _UNTOLD if None in further else ""
    return Part(
        markup=_with_rows(document.text, stores),
        pages=pages,
        declared_total=_sum(_total(store, call) for store, call in known),
        beyond=beyond if all(store.is_whole for store in stores) else BREAKS_OFF,
        is_shell=not has_rows,
    )


def _further_groups(document: Document, store: _Store, call: _Call) -> list[str] | None:
    """Return the addresses of the groups that a page does not hold; None if it does not tell."""
    held, total = len(store.records), _total(store, call)
    if total is not None and total <= held:
        return []
    address = _address_of_groups(document, store, call)
    if total is None or not call.group or address is None:
        return None
    first = 2 if held >= call.group else 1
    return [address(number) for number in page_numbers(first, -(-total // call.group), first)]


def _address_of_groups(
    document: Document, store: _Store, call: _Call
) -> Callable[[int], str] | None:
    """Return what gives the address of a group by its number, from 1."""
    base = base_url(document)
    url = resolve(store.next_group, base, query_encoding(document))
    if url and _GROUP.search(url):
        return lambda number: _GROUP.sub(str(number), url, count=1)
    proxy = resolve(call.proxy, base)
    if store.next_group or proxy is None or not call.form:
        return None

    def posted(number: int) -> str:
        last = number * call.group
        rows = f"startrecord={last - call.group + 1}&endrecord={last}&perpage={call.per_page}"
        return post_address(f"{proxy}{'&' if '?' in proxy else '?'}{rows}", call.form)

    return posted


def _total(store: _Store, call: _Call) -> int | None:
    return store.total if call.total is None else call.total


def _sum(totals: Iterator[int | None]) -> int | None:
    told = [total for total in totals if total is not None]
    return sum(told) if told else None


def _with_rows(text: str, stores: tuple[_Store, ...]) -> str:
    """Return the text of a page with the rows of its stores in their places."""
    pieces, at = [], 0
    for store in stores:
        pieces += [text[at : store.start], store.markup]
        at = store.end
    return "".join([*pieces, text[at:]])


def _stores(text: str) -> Iterator[_Store]:
    at = 0
    while begins := _BEGINS.search(text, at):
        ends = _ENDS.search(text, begins.end())
        inner = text[begins.end() : ends.start() if ends else len(text)]
        at = ends.end() if ends else len(text)
        yield _Store(
            begins.start(),
            at,
            tuple(map(_content, _inside(inner, "record"))),
            _address(next(_inside(inner, "nextgroup"), "")),
            _number(next(_inside(inner, "totalrecord"), "")),
            is_whole=ends is not None,
        )


def _inside(text: str, name: str) -> Iterator[str]:
    """Yield what the elements of a name hold, none of which holds another."""
    begin = re.compile(rf"<{name}(?:\s[^<>]{{0,200}})?>", re.IGNORECASE)
    end = re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE)
    at = 0
    while (opened := begin.search(text, at)) and (closed := end.search(text, opened.end())):
        yield text[opened.end() : closed.start()]
        at = closed.end()


def _content(inner: str) -> str:
    cdata = _CDATA.fullmatch(inner)
    return cdata[1] if cdata else unescape(inner)


def _address(inner: str) -> str:
    href = _HREF.search(_content(inner))
    # No entity but this one: `&parameter=` would be another for those without a semicolon.
    return (href[1] or href[2] or "").replace("&amp;", "&") if href else ""


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text.strip()) else None


def _calls(document: Document) -> Iterator[_Call]:
    texts = (script.text or "" for script in document.root.iter("script"))
    code = "\n".join(without_comments(text) for text in texts if "<datastore" not in text)
    calls = list(islice(_CALL.finditer(code), _MOST_CALLS))
    return (_call(_braces(code, call), code) for call in calls)


def _call(options: str, code: str) -> _Call:
    told: dict[str, str] = {}
    for name, value in _options(options):
        told.setdefault(name, value)
    asked = _FORM.search(options)
    form = _braces(code if asked[1] else options, asked) if asked else ""
    return _Call(
        _number(told.get("totalRecord", "")),
        _number(told.get("perPage", "")),
        _number(told.get("groupSize", "")),
        told.get("proxyUrl", ""),
        tuple(_options(form.partition("}")[0])),
    )


def _braces(code: str, opens: re.Match[str]) -> str:
    """Return what follows an opening brace, or that of the variable that stands in its place."""
    at = opens.end()
    if opens[1]:
        given = re.search(rf"\b{opens[1]}\s{{0,5}}=\s{{0,5}}\{{", code)
        at = given.end() if given else len(code)
    return code[at : at + _LONGEST_OPTIONS]


def _options(code: str) -> Iterator[tuple[str, str]]:
    return ((name, "".join(values)) for name, *values in _OPTION.findall(code))


def _signs(document: Document) -> tuple[str, ...]:
    return tuple(sign for sign in _SIGNS if sign in document.text)


JPAGE = Platform("jpage", "大汉 jpage", _signs, _read)
