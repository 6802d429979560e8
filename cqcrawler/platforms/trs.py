"""TRS WCM: static lists whose pager is written by a script, most often `createPageHTML`.

Page k of a list is a file, `name_{k-1}.ext` or `name_k.ext`, and the first one `name.ext`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from cqcrawler.platforms.base import Part, Platform, page_numbers
from cqcrawler.platforms.trs_signs import trs_signs
from cqcrawler.reading.addresses import base_url, resolve
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.scripts.comments import without_comments

# What a script has that counts pages; nearly no other page has any of it.
_COUNTS = ("createPage", "countPage", "totalPage", "pageCount", "m_nRecordCount", "Pager(")
_MOST_CALLS = 20

_CALL = re.compile(r"\bcreatePage(?:HTML)?\w{0,3}\s{0,5}\(([^()]{7,400})\)", re.IGNORECASE)
_OPTIONS = re.compile(r"\bPager\s{0,5}\(\s{0,5}\{([^{}]{7,400})\}")
_OPTION = re.compile(r"['\"]?\b(\w{1,20})['\"]?\s{0,5}:\s{0,5}['\"]?([\w./-]{1,80})")
_VARIABLE = re.compile(r"\b(m_[ns]\w{1,20})\s{0,5}=\s{0,5}['\"]?([\w./-]{1,80})")
_ASSIGNED = r"(?<![\w.]){}\s{{0,5}}=\s{{0,5}}['\"]?([\w./-]{{1,80}})"
_PAGES = re.compile(r"\b(?:countPage|totalPage|pageCount)\s{0,5}=\s{0,5}['\"]?(\d{1,6})\b")
_CURRENT = re.compile(r"\b(?:currentPage|curPage|currPage)\s{0,5}=\s{0,5}['\"]?(\d{1,6})\b")
# `"index"+"_" + nextPage + "."+"html`, `"list_" + (countPage-1) + ".shtml`
_NUMBERED = re.compile(
    r"(?<![\w-])([\w-]{1,80}?)(?:['\"]\s{0,5}\+\s{0,5}['\"])?_['\"]\s{0,5}\+"
    r"[^;<>]{0,60}?(?<![A-Za-z])(s?html?)\b"
)
# Where the name is a variable, the first file that the script names has it.
_MARK = re.compile(r"['\"]_['\"]")
_FIRST_FILE = re.compile(r"(?<![\w-])([\w-]{1,80}+)\.(s?html?)\b")

_NUMBER = re.compile(r"[0-9]{1,9}")
_FILE_NAME = re.compile(r"[\w./-]{1,80}")
_SUFFIX = re.compile(r"\.?([A-Za-z]{1,8})")


class _Pages(NamedTuple):
    """Files `name.ext`, `name_1.ext`, ...: the numbers of the first and the last, that of this one
    if it is said, and how many notices they have if that is."""

    name: str
    ext: str
    first: int
    last: int
    current: int | None = None
    declared: int | None = None

    def part(self, document: Document) -> Part | None:
        """Return what a page knows that has this of its list: the addresses of all others."""
        here = document.page.url
        begin = resolve(f"{self.name}.{self.ext}", base_url(document))
        if begin is None:
            return None
        stem = begin.removesuffix(f".{self.ext}")

        def address(number: int) -> str:
            return begin if number == self.first else f"{stem}_{number}.{self.ext}"

        shown = re.fullmatch(rf"{re.escape(stem)}_(\d{{1,6}})\.{self.ext}", here)
        current = int(shown[1]) if shown else self.current
        if current is None:
            current = self.first
        numbers = page_numbers(self.first, self.last, current)
        urls = {address(number): number for number in numbers if number != current}
        urls.pop(here, None)
        earlier = (url for url, number in urls.items() if number < current)
        return Part(pages=tuple(urls), declared_total=self.declared, earlier=tuple(earlier))


def _read(document: Document) -> Part | None:
    """Return all other pages of a list: page k of n names them all."""
    pages = _declared(document) if _counts(document.text) else None
    return pages.part(document) if pages else None


def _counts(text: str) -> bool:
    return any(word in text for word in _COUNTS)


def _declared(document: Document) -> _Pages | None:
    texts = (script.text or "" for script in document.root.iter("script"))
    scripts = [without_comments(text) for text in texts if _counts(text)]
    # A call may be given what another script counts.
    if pages := _from_calls("\n".join(scripts)):
        return pages
    forms = (_from_options, _from_records, _from_variables)
    return next((found for script in scripts for form in forms if (found := form(script))), None)


def _from_calls(script: str) -> _Pages | None:
    """Read `createPageHTML(34, 0, "index", "htm")`, which counts pages from 0, or with the box to
    fill `createPageHTML('page_div', 84, 1, 'list', 'shtml', 1000)`, which counts them from 1."""
    for call in islice(_CALL.finditer(script), _MOST_CALLS):
        values = [_value(argument.strip(), script) for argument in call[1].split(",")]
        is_boxed = call[1].lstrip()[:1] in ("'", '"') and not _NUMBER.fullmatch(values[0])
        first = 1 if is_boxed else 0
        if len(values) < first + 4:
            continue
        count, current, name, ext, *rest = values[first:]
        # Without a box the notices follow the name of a style.
        declared = rest[1 - first] if len(rest) > 1 - first else ""
        if pages := _pages(name, ext, first, count, current, declared):
            return pages
    return None


def _value(argument: str, script: str) -> str:
    """Return what an argument is, or what the variable of that name was given."""
    if argument[:1] in ("'", '"'):
        return argument.strip("'\"")
    if argument.isidentifier() and (given := re.search(_ASSIGNED.format(argument), script)):
        return given[1]
    return argument


def _from_options(script: str) -> _Pages | None:
    """Read `Pager({size: 25, current: 0, prefix: 'index', suffix: 'htm'})`."""
    for call in islice(_OPTIONS.finditer(script), _MOST_CALLS):
        told = dict(_OPTION.findall(call[1]))
        names = ("prefix", "suffix", "size", "current")
        name, ext, count, current = (told.get(each, "") for each in names)
        if pages := _pages(name, ext, 0, count, current):
            return pages
    return None


def _from_records(script: str) -> _Pages | None:
    """Read variables that count the notices, and those on a page, in place of the pages."""
    told: dict[str, str] = {}
    for name, value in _VARIABLE.findall(script):
        told.setdefault(name, value)  # `if (m_nRecordCount.length == 0) m_nRecordCount = 0`
    records, size = told.get("m_nRecordCount", ""), told.get("m_nPageSize", "")
    if not (_NUMBER.fullmatch(records) and _NUMBER.fullmatch(size) and int(size)):
        return None
    names = ("m_sPageName", "m_sPageExt", "m_nCurrPage")
    name, ext, current = (told.get(each, "") for each in names)
    return _pages(name, ext, 0, str(-(-int(records) // int(size))), current, records)


def _from_variables(script: str) -> _Pages | None:
    """Read the script of an older template, which writes the pager in place."""
    if (count := _PAGES.search(script)) is None:
        return None
    file = _NUMBERED.search(script) or (_MARK.search(script) and _FIRST_FILE.search(script))
    if not file:
        return None
    current = _CURRENT.search(script)
    return _pages(file[1], file[2], 0, count[1], current[1] if current else "")


def _pages(
    name: str, ext: str, first: int, count: str, current: str, declared: str = ""
) -> _Pages | None:
    """Return the pages if what stands for them can be that."""
    suffix = _SUFFIX.fullmatch(ext)
    is_list = _FILE_NAME.fullmatch(name) and not _NUMBER.fullmatch(name)
    if not (suffix and is_list and _NUMBER.fullmatch(count)):
        return None
    here = int(current) if _NUMBER.fullmatch(current) else None
    notices = int(declared) if _NUMBER.fullmatch(declared) else None
    if notices is not None and notices < int(count):
        notices = None  # a page has one at least: it counts something else
    return _Pages(name, suffix[1], first, first + int(count) - 1, here, notices)


def _signs(document: Document) -> tuple[str, ...]:
    if signs := trs_signs(document):
        return signs
    return ("its script counts the pages",) if _read(document) else ()


TRS = Platform("trs", "TRS WCM", _signs, _read)
