"""博达 VSB: static lists that count down. Page k of n of the list `x.htm` is `x/{n-k+1}.htm`.

So the oldest page is `x/1.htm`, old pages keep their addresses, and the newest is the list's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from cqcrawler.platforms.base import Part, Platform, page_numbers
from cqcrawler.reading.addresses import base_url, resolve
from cqcrawler.reading.page.document import Document
from cqcrawler.text.normalize import collapse

# Its scripts and styles, its pagers and rows, containers and addresses of its notices.
_SIGNS = (
    "_simple_list_gotopage_fun",
    "/system/resource/js/",
    "/system/resource/css/",
    'class="p_pages"',
    'class="p_no_d"',
    'id="line_u',
    "vsb_content",
    "news.NewsContentUrl",
    "_showDynClicks",
)
_STATED = re.compile(r"_simple_list_gotopage_fun\s{0,5}\(\s{0,5}(\d{1,5})\s{0,5},")
_FILE = re.compile(r"(.*)\.html?", re.DOTALL)
_NUMBERED = re.compile(r"(.*)/([1-9]\d{0,4})(\.html?)", re.DOTALL)
# `2`, `下页`, `尾页`, `>`
_LABEL = re.compile(r"[\d<>«»\[\]]{1,5}|.{0,4}页")
_LONGEST_LABEL = 6


class _Link(NamedTuple):
    """A link of a pager to `stem/number.htm`, with the number of the page that it says, if any."""

    stem: str
    number: int
    suffix: str
    page: int | None


def _read(document: Document) -> Part | None:
    if not _signs(document):
        return None
    here = document.page.url.partition("#")[0].partition("?")[0]
    file, numbered = _FILE.fullmatch(here), _NUMBERED.fullmatch(here)
    lists: dict[str, list[_Link]] = {}
    for link in _links(document):
        lists.setdefault(link.stem, []).append(link)
    stated = {int(pages) for pages in _STATED.findall(document.text)}
    if links := lists.get(file[1] if file else f"{here}index"):
        return _part(links, stated)
    if numbered and (links := lists.get(numbered[1])) and _leads_to_list(document, numbered):
        return _part(links, stated, int(numbered[2]))
    return Part(pages=()) if stated == {1} else None


def _part(links: list[_Link], stated: set[int], number: int | None = None) -> Part | None:
    """Return the pages of a list of which these are links, on its first page or on one with a
    `number`; None if it does not count down."""
    last = _count(links, stated, number)
    if last is None:
        return None
    here = 1 if number is None else last - number + 1
    stem, _, suffix, _ = links[0]
    pages = {
        f"{stem}{suffix}" if page == 1 else f"{stem}/{last - page + 1}{suffix}": page
        for page in page_numbers(1, last, here)
        if page != here
    }
    earlier = (url for url, page in pages.items() if page < here)
    return Part(pages=tuple(pages), earlier=tuple(earlier))


def _count(links: list[_Link], stated: set[int], number: int | None) -> int | None:
    """Return how many pages there are: what a link says and its number always make one more."""
    counts = {link.page + link.number - 1 for link in links if link.page}
    top = max([*(link.number for link in links), number or 0])
    if counts:
        count = counts.pop()
        return count if count > top and not counts else None
    # The first page leads to the second, whose number is the highest; or to the last one alone.
    if number is None and top == 1 and len(stated) == 1:
        return max(2, *stated)
    return top + 1


def _leads_to_list(document: Document, numbered: re.Match[str]) -> bool:
    """Whether a numbered page is one of a list: notices lead to their neighbours as well."""
    base, first = base_url(document), f"{numbered[1]}{numbered[3]}"
    name = first.rpartition("/")[2]
    hrefs = (element.get("href") or "" for element in document.root.iter("a"))
    return any(name in href and resolve(href, base) == first for href in hrefs)


def _links(document: Document) -> Iterator[_Link]:
    base = base_url(document)
    for element in document.root.iter("a"):
        href = element.get("href") or ""
        found = _NUMBERED.fullmatch(resolve(href, base) or "") if ".htm" in href else None
        if found is None:
            continue
        label = collapse("".join(map(str, islice(element.itertext(), _LONGEST_LABEL))))
        if len(label) <= _LONGEST_LABEL and _LABEL.fullmatch(label):
            said = label.strip("[]")
            yield _Link(found[1], int(found[2]), found[3], int(said) if said.isdecimal() else None)


def _signs(document: Document) -> tuple[str, ...]:
    return tuple(sign for sign in _SIGNS if sign in document.text)


VSB = Platform("vsb", "博达 VSB", _signs, _read)
