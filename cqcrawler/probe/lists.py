"""The lists of links on a page: those that the rows stand in, and those that were left out."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from lxml import etree

from cqcrawler.models import Link
from cqcrawler.probe.css_path import css_path
from cqcrawler.probe.report import LinkList
from cqcrawler.reading.addresses import same_host
from cqcrawler.reading.listing.choose_list import heading
from cqcrawler.reading.listing.groups import Group
from cqcrawler.reading.listing.listing import link_groups
from cqcrawler.reading.page.document import Document

# Fewer links are no list that anybody would miss.
_FEWEST = 3
_MOST_LISTS = 20
# In characters: names of sections are shorter than titles on average.
_SHORT_TITLE = 8


def split_lists(
    document: Document, rows: Sequence[Link]
) -> tuple[tuple[LinkList, ...], tuple[LinkList, ...]]:
    """Return the lists of a page that hold its rows, and the others, the longest of them first."""
    urls = {row.url for row in rows}
    dated = any(row.published for row in rows)
    groups = link_groups(document)
    holding = [group for group in groups if any(row.link.url in urls for row in group.rows)]
    others = [group for group in groups if len(group.rows) >= _FEWEST and group not in holding]
    others.sort(key=lambda group: -len(group.rows))
    records = (row.record for group in holding for row in group.rows)
    above = {each for record in records for each in (record, *record.iterancestors())}
    return (
        tuple(_described(group, css_path(group.container), "") for group in holding[:_MOST_LISTS]),
        tuple(
            _described(group, _path(group, above), _why(group, document.page.url, dated=dated))
            for group in others[:_MOST_LISTS]
        ),
    )


def _described(group: Group, path: str, why: str) -> LinkList:
    return LinkList(
        links=len(group.rows),
        dated=sum(row.published is not None for row in group.rows),
        path=path,
        heading=heading(group),
        why=why,
        first=group.rows[0].title,
    )


def _why(group: Group, here: str, *, dated: bool) -> str:
    """Say what sets a list apart from the rows of the page."""
    if not any(same_host(row.link.url, here) for row in group.rows):
        return "other hosts"
    if group.title_length < _SHORT_TITLE and not group.dated:
        return "short names"
    if dated and not group.dated:
        return "undated"
    return "another column"


def _path(group: Group, above: AbstractSet[etree._Element]) -> str:
    """Return a path of the list of a group, of its links where rows of the page stand in it too:
    `above` are all elements that hold one."""
    if group.container in above:
        return ", ".join(css_path(row.record) for row in group.rows[:_MOST_LISTS])
    return css_path(group.container)
