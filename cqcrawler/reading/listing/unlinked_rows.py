"""Rows of a listing that name no address: a script opens them, or nothing does any more."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import islice

from lxml import etree

from cqcrawler.reading.listing.carousels import in_carousel
from cqcrawler.reading.listing.choose_list import has_short_titles, is_aside, is_site_link
from cqcrawler.reading.listing.groups import find_groups
from cqcrawler.reading.listing.row import Hyperlink, Row
from cqcrawler.text.normalize import collapse

# In characters: shorter is what tabs and buttons say.
TITLE_LENGTH = 6
_MOST_TEXT_NODES = 200
_LONGEST_CITED = 30


def unlinked_rows(
    elements: Sequence[etree._Element],
    links: Sequence[Hyperlink],
    rows: Sequence[Row],
    no_rows: AbstractSet[etree._Element],
    base: datetime | None,
) -> list[Row]:
    """Return the dated rows, two or more in one list, behind which there is no address.

    `elements` are those that can be clicked, `links` those with an address, `rows` those of them
    that lead to notices; `base` is what relative dates are relative to. Without a date nothing
    tells a row from a button.
    """
    mute = _mute(elements, links, rows, no_rows)
    if not mute:
        return []
    groups = find_groups([*links, *mute], base)
    lists = (group for group in groups if len(group.rows) > 1 and not is_aside(group))
    lost = set(mute)
    return [
        row
        for group in lists
        for row in group.rows
        if row.link in lost and row.published and len(row.title) >= TITLE_LENGTH
    ]


def without_menu(rows: list[Row], unlinked: Sequence[Row]) -> list[Row]:
    """Return the rows of a page, none if they are its menu, and its list has no addresses."""
    return [] if unlinked and has_short_titles(rows) else rows


def say_unlinked(unlinked: Sequence[Row]) -> str:
    """Say which rows cannot be followed; empty if there are none."""
    if not unlinked:
        return ""
    title = unlinked[0].title
    cited = title if len(title) <= _LONGEST_CITED else title[: _LONGEST_CITED - 1] + "…"
    count = len(unlinked)
    what = f"{count} rows name no address" if count > 1 else "a row names no address"
    return f"{what}: {cited}"


def _mute(
    elements: Sequence[etree._Element],
    links: Sequence[Hyperlink],
    rows: Sequence[Row],
    no_rows: AbstractSet[etree._Element],
) -> list[Hyperlink]:
    """Return what looks like the link of a row, but leads nowhere: the innermost of several."""
    linked = {link.element for link in links}
    others = (each for each in elements if each not in linked and each not in no_rows)
    found = {each: position for position, each in enumerate(others) if _may_be_title(each)}
    if not found:
        return []
    # A row may hold a link to something else: `更多`, a place.
    titled = (link.element for link in links if len(link.text) >= TITLE_LENGTH)
    inner = (*found, *titled, *(row.link.element for row in rows))
    around = {outer for each in inner for outer in each.iterancestors()}
    return [
        Hyperlink(each, f"#{position}", text_of(each), position)
        for each, position in found.items()
        if each not in around and linked.isdisjoint(each.iterancestors())
    ]


def _may_be_title(element: etree._Element) -> bool:
    text = text_of(element)
    return len(text) >= TITLE_LENGTH and not is_site_link(text) and not in_carousel(element)


def text_of(element: etree._Element) -> str:
    """Return all that stands in an element on one line."""
    return collapse("".join(map(str, islice(element.itertext(), _MOST_TEXT_NODES))))
