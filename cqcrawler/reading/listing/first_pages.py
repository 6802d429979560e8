"""Which links that say `首页` lead to the first page of a listing, and not of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import islice

from lxml import etree

from cqcrawler.reading.addresses import path_of

# A pager is no larger than this, in elements; a block that is holds a list as well.
_MOST_ELEMENTS = 400
# `首页 > 招商动态` is the path to the page.
_LEADS_DOWN = re.compile(r"\s*[>»›＞→]")
_SUFFIX = re.compile(r"\.\w{2,5}$")
# The beginnings of `/zsdt/list_2.html` that another page of the list may be: /zsdt, /zsdt/list.
_ENDS = re.compile(r"[/_.-]|$")


def stands_in_pager(
    element: etree._Element, around: Iterable[etree._Element], marks: AbstractSet[etree._Element]
) -> bool:
    """Whether another one of the marks stands right behind a link, or before one that ends a pager.

    `around` are the blocks around it, from the innermost on; the one that decides is the first that
    has another mark. In a path, a menu or a foot, names of sections follow.
    """
    if _LEADS_DOWN.match(element.tail or ""):
        return False
    for block in around:
        links = list(_links(block, element, marks))
        if element in links and any(link in marks for link in links if link is not element):
            at = links.index(element)
            behind, before = links[at + 1 : at + 2], links[max(0, at - 1) : at]
            return any(link in marks for link in behind or before)
    return False


def _links(
    block: etree._Element, element: etree._Element, marks: AbstractSet[etree._Element]
) -> Iterator[etree._Element]:
    for each in islice(block.iter(), _MOST_ELEMENTS):
        leads = each.get("href") is not None or each.get("onclick") is not None
        if each is element or each in marks or (leads and each.tag != "link"):
            yield each


class Places:
    """Where the pages of a listing lie: `urls` are addresses of some of them."""

    def __init__(self, urls: Iterable[str]) -> None:
        self._paths = set(map(path_of, urls))
        self._folders = {path.rpartition("/")[0] for path in self._paths} - {""}
        self._beginnings = {
            path[: end.start()] for path in self._paths for end in _ENDS.finditer(path)
        } - {""}

    def have(self, url: str) -> bool:
        """Whether the first page may be at an address: beside the others, or above them.

        In the folder of the whole site lie other pages as well, so there it is one of them by its
        name.
        """
        path = path_of(url)
        beside = path in self._paths or path.rpartition("/")[0] in self._folders
        return beside or _SUFFIX.sub("", path).rstrip("/") in self._beginnings
