"""What a listing says of its own size: notices in all, pages in all, the number of this page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from cqcrawler.text.words import any_word

# White space between figures keeps them apart: `页次1/4 1 2 3 4`.
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
# Such a statement is a short line of its own; a longer one, or one of several sentences, is text
# of a notice: `集中签约26个项目。总投资……`.
_LONGEST_LINE = 120
_SENTENCES = re.compile(r"[。！？][^。！？]")

# Headlines and texts count too (集中签约26个项目, 招商政策共20条, 合计438亩): what is counted there
# are no notices of this listing. So a number needs a unit and a noun of notices, or else a unit
# and nothing before it but other statements of the pager.
_NUMBER = r"(?<![\d,.])(\d[\d,]{0,9}+)"
_STRONG = "[条篇则]"
_COUNTED = (
    f"(?:{_STRONG}|{any_word('total_unit')}{any_word('total_noun')}){any_word('total_noun')}?"
)
_NOTICES = f"{_STRONG}{any_word('total_noun')}"
_FIRST = r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[页条到您有]))"
_TURNS = any_word("pager_next", "pager_previous", "pager_first", "pager_last", "pager_jump")
_ENDS = rf"(?=$|[^\u4e00-\u9fff.%]|第|共|每|当|分|页|记|{_TURNS})"
# How many rows a page has, or can have: `每页20条`, `每页 20 50 100 条`.
_ON_A_PAGE = re.compile(
    rf"({any_word('on_a_page')})[:：]?\d[\d\s|/、,·]{{0,30}}(?:{any_word('total_unit')}|$)"
)
_ALL = r"共(?:有|计|(?:找|搜索|检索|查询)到)?(?:相关结果)?[:：]?"
_TOTALS = (
    re.compile(rf"{_FIRST}{_ALL}{_NUMBER}{_COUNTED}{_ENDS}|{_ALL}{_NUMBER}{_NOTICES}{_ENDS}"),
    re.compile(rf"(?:总(?:记录|条|信息)数|(?:记录|信息)总?数)[:：为]?共?{_NUMBER}(?!页)"),
    re.compile(rf"总数[:：为]?共?{_NUMBER}(?:{_COUNTED})?{_ENDS}"),
    re.compile(rf"(?:总计|合计)[:：为]?共?{_NUMBER}(?:{_COUNTED}{_ENDS}|(?=\W|第|共|每).*页)"),
    re.compile(
        rf"(?<!每页)(?<!显示)(?:{_FIRST}{_NUMBER}{_COUNTED}{any_word('total_noun')}?"
        rf"|{_NUMBER}{_NOTICES}){_ENDS}"
    ),
)
_SCRIPT_TOTAL = re.compile(
    r"\b(?:totalRecords?|totalCount|totalRows?|totalNum|recordCount|total_?records?)\b"
    r"[\"']?\s{0,3}[:=]\s{0,3}[\"']?(\d{1,9})\b",
    re.IGNORECASE,
)

# `第1页/共12页`, `页次：1/12`, `1/12页`; and either number alone.
_PLACE = re.compile(r"(?:第|页次|页码|当前页?)[:：]?(\d{1,5})页?[/,，;；共总页数:：]{1,6}(\d{1,5})")
_FRACTION = re.compile(r"(?<![\d/])(\d{1,5})/(\d{1,5})页")
_PAGES = re.compile(r"(?:共(?:计|有)?|页数)[:：]?(\d{1,5})页|页数[:：]?(\d{1,5})")
_CURRENT = re.compile(r"第(\d{1,5})页")

# A link that is nothing but a number, by its title, or with its unit: `45条`.
_LINKED_TOTAL = re.compile(rf"(\d{{1,9}})({_STRONG}(?:{any_word('total_noun')})?)?")
_TITLES_OF_TOTAL = ("总数", "总记录数")


class PageCount(NamedTuple):
    """The number of this page and of all pages; None for what the page does not say."""

    current: int | None = None
    total: int | None = None


def declared_total(lines: Iterable[str], scripts: Iterable[str]) -> int | None:
    """Return how many notices the page says that its listing has, or None.

    `lines` are its visible lines outside links, `scripts` the texts of its scripts.
    """
    for line in map(_statement, lines):
        for pattern in _TOTALS:
            if found := pattern.search(line):
                return int(found[found.lastindex or 1].replace(",", ""))
    for script in scripts:
        if found := _SCRIPT_TOTAL.search(script):
            return int(found[1])
    return None


def linked_total(links: Iterable[tuple[str, str]]) -> int | None:
    """Return the number of notices that a pager prints as a link, as 帝国 and PHPCMS do.

    `links` are the titles of links and what they say.
    """
    for title, text in links:
        said = _LINKED_TOTAL.fullmatch(_SPACE.sub("", text))
        if said and (said[2] or title.strip() in _TITLES_OF_TOTAL):
            return int(said[1])
    return None


def page_count(lines: Iterable[str]) -> PageCount:
    """Return what the page says of its place among the pages of its listing."""
    count = PageCount()
    for line in map(_statement, lines):
        if "页" not in line:
            continue
        if place := _PLACE.search(line) or _FRACTION.search(line):
            return PageCount(int(place[1]), int(place[2]))
        if pages := _PAGES.search(line):
            count = count._replace(total=int(pages[1] or pages[2]))
        if place := _CURRENT.search(line):
            count = count._replace(current=int(place[1]))
    return count


def _statement(line: str) -> str:
    bare = _SPACE.sub("", line)
    if len(bare) > _LONGEST_LINE or _SENTENCES.search(bare):
        return ""
    return _ON_A_PAGE.sub(r"\1/", bare)
