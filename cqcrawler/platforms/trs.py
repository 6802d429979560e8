"""TRS WCM: static lists whose pager is written by a script, most often `createPageHTML`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cqcrawler.platforms.base import Part, Platform
from cqcrawler.reading.addresses import base_url, resolve
from cqcrawler.reading.page.document import Document

# Names that the system gives: its pager, its editor's containers, its detail pages.
_SIGNS = re.compile(
    r"createPageHTML|TRS_(?:Editor|UEDITOR|PreAppend)|trs_editor_view|/\d{6}/t\d{8}_\d{1,12}\.s?html?",
)
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
# createPageHTML(34, 0, "index", "htm") counts pages from 0;
# createPageHTML('page_div', 84, 1, 'list', 'shtml', 1000) from 1, the last number being rows.
_CALL = re.compile(
    r"createPageHTML\d?\s*\(\s*(?:(?P<box>'[^']{1,80}'|\"[^\"]{1,80}\")\s*,)?"
    r"\s*['\"]?(?P<pages>\d{1,6})['\"]?\s*,\s*['\"]?(?P<current>\d{1,6})['\"]?\s*,"
    r"\s*['\"](?P<name>[^'\"]{1,80})['\"]\s*,\s*['\"]\.?(?P<ext>[A-Za-z]{1,8})['\"]"
    r"(?:\s*,\s*['\"]?(?P<rows>\d{1,9}))?"
)
# Older templates write the pager in place, from two variables counted from 0.
_PAGES = re.compile(r"\b(?:countPage|totalPage|pageCount)\s*=\s*['\"]?(\d{1,6})\b")
_CURRENT = re.compile(r"\b(?:currentPage|curPage|currPage)\s*=\s*['\"]?(\d{1,6})\b")
_NUMBERED_NAME = re.compile(r"['\"]_['\"]")
_FIRST_PAGE = re.compile(r"(?<![\w-])([\w-]{1,80}+)\.(s?html?)\b")
_MOST_PAGES = 5000


class _Pages(NamedTuple):
    """Static pages `name.ext`, `name_1.ext`, ...: the first number, how many, which is this."""

    name: str
    ext: str
    first: int
    pages: int
    current: int
    rows: int | None = None

    def files(self) -> Iterator[tuple[int, str]]:
        """Yield the numbers and file names of all pages but this one."""
        for number in range(self.first, self.first + min(self.pages, _MOST_PAGES)):
            if number != self.current:
                mark = "" if number == self.first else f"_{number}"
                yield number, f"{self.name}{mark}.{self.ext}"


def _read(document: Document) -> Part | None:
    """Return all other pages of a list: page k of n names them all."""
    if "script" not in document.text and "SCRIPT" not in document.text:
        return None
    base = base_url(document)
    for script in document.root.iter("script"):
        if pages := _declared(_COMMENT.sub("", script.text or "")):
            found = ((number, resolve(file, base)) for number, file in pages.files())
            urls = {url: number for number, url in found if url}
            earlier = (url for url, number in urls.items() if number < pages.current)
            return Part(pages=tuple(urls), declared_total=pages.rows, earlier=tuple(earlier))
    return None


def _declared(script: str) -> _Pages | None:
    if call := _CALL.search(script):
        first = 1 if call["box"] else 0
        rows = int(call["rows"]) if call["box"] and call["rows"] else None
        pages, current = int(call["pages"]), int(call["current"])
        return _Pages(call["name"], call["ext"], first, pages, current, rows)
    if (pages_found := _PAGES.search(script)) is None or not _NUMBERED_NAME.search(script):
        return None  # Nearly all scripts end here; what follows is slow on long ones.
    file, current_found = _FIRST_PAGE.search(script), _CURRENT.search(script)
    if file is None:
        return None
    current = int(current_found[1]) if current_found else 0
    return _Pages(file[1], file[2], 0, int(pages_found[1]), current)


def _signs(document: Document) -> tuple[str, ...]:
    if sign := _SIGNS.search(document.text):
        return (sign[0],)
    part = _read(document)
    return ("its script counts the pages",) if part and part.pages else ()


TRS = Platform("trs", "TRS WCM", _signs, _read)
