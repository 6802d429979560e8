"""Which of a page's lists hold its notices: the strongest one, and those of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from cqcrawler.reading.addresses import folders, leads_to_detail, leads_to_section, same_host
from cqcrawler.reading.listing.groups import Group
from cqcrawler.reading.listing.row import Row
from cqcrawler.reading.listing.row_text import visible_text
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.words import any_word

# Titles of links that every page of a site carries.
_SITE_LINK = re.compile(any_word("site_link"), re.IGNORECASE)
# What stands over lists that repeat notices of other pages.
_ASIDE = re.compile(any_word("related", "aside"), re.IGNORECASE)
# The same on a page of one section; on a home page it is a list like others.
_ASIDE_OF_SECTION = re.compile(any_word("related", "aside", "aside_of_section"), re.IGNORECASE)
# A path such as `首页 > 热点新闻` names the page, not the list below it.
_PATH = re.compile(f"[>»＞]|{any_word('place_label')}")
_LONGEST_HEADING = 20
_HEADING_WITHIN = 3
_MOST_COUNTED = 30
# In characters: an undated list has titles of this length on average, or is too even for a menu.
_TITLE_LENGTH = 9
_SHORT_TITLE_LENGTH = 4
_LONE_TITLE_LENGTH = 6


def is_site_link(title: str) -> bool:
    """Whether a link's text is one that belongs to the site's frame, not to a notice."""
    if len(title) > _LONGEST_HEADING:
        return False
    return bool(_SITE_LINK.fullmatch(comparison_key(title).strip("[]<>()")))


def has_short_titles(rows: Sequence[Row]) -> bool:
    """Whether rows are undated and short, as the links of menus are, too."""
    dated = any(row.published for row in rows)
    return not dated and sum(len(row.title) for row in rows) < _TITLE_LENGTH * len(rows)


def is_aside(group: Group) -> bool:
    """Whether what stands over a list says that it repeats notices of other pages."""
    return bool(_ASIDE.search(heading(group)))


def notice_rows(groups: Sequence[Group], here: str, pager_at: int | None) -> list[Row]:
    """Return the rows that lead to notices, in page order.

    `here` is the page's URL and `pager_at` the place of its pager among the links, if it has
    one: the list before the pager is what it pages through.
    """
    rows = [row for group in _notice_groups(groups, here, pager_at) for row in group.rows]
    kept = (row for row in rows if row.published or same_host(row.link.url, here))
    return sorted(kept, key=lambda row: row.link.position)


def _notice_groups(groups: Sequence[Group], here: str, pager_at: int | None) -> list[Group]:
    lists = [group for group in groups if _is_list(group, here)]
    if not lists:
        return [group for group in groups if _is_rest(group, here)]
    paged = _last_before(lists, pager_at)
    pattern = _ASIDE if pager_at is None else _ASIDE_OF_SECTION

    def is_aside(group: Group) -> bool:
        return group is not paged and bool(pattern.search(heading(group)))

    foremost = [group for group in lists if not is_aside(group)] or lists
    main = max(foremost, key=lambda group: _strength(group) * (2 if group is paged else 1))
    return [
        group
        for group in groups
        if group is main
        or (
            (_is_like(group, main) or (group in lists and _is_dated_as(group, main, paged)))
            and not is_aside(group)
            and not (paged and _is_other_column(group, main))
            and not (_lacks_dates(group, main) and (paged or group not in lists))
        )
    ]


def _is_other_column(group: Group, main: Group) -> bool:
    """Whether a list has a heading of its own, and rows from other folders: on a page of one
    section it shows what another one has."""
    ours, theirs = _columns(main), _columns(group)
    return bool(ours and theirs and heading(group)) and ours.isdisjoint(theirs)


def _columns(group: Group) -> set[str]:
    """Return the innermost folders of rows that have a name, which those of days have not."""
    paths = (folders(row.link.url) for row in group.rows)
    names = (next((n for n in path if not any(map(str.isdigit, n))), "") for path in paths)
    return set(filter(None, names))


def _lacks_dates(group: Group, main: Group) -> bool:
    """Whether a group has no date where the list has all: a box of another column, on a page of one
    section, or a link of the foot. On a home page it may be the list of another section."""
    return main.dated == 1 and group.dated == 0


def _is_list(group: Group, here: str) -> bool:
    rows = group.rows
    if len(rows) == 1:
        return _is_lone_row(rows[0], here)
    if sum(is_site_link(row.title) for row in rows) * 3 >= len(rows):
        return False
    if group.dated >= 0.5:
        return True
    if _share(same_host(row.link.url, here) for row in rows) < 0.5 or len(rows) < 3:
        return False
    sections = _share(leads_to_section(row.link.url) for row in rows)
    if group.title_length >= _TITLE_LENGTH:
        return sections < 0.5
    return len(rows) > 4 and group.title_length >= _SHORT_TITLE_LENGTH and _details(group) > 0.8


def _is_rest(group: Group, here: str) -> bool:
    """Whether a group may be all there is on a page without a list: a few undated rows."""
    return (
        group.title_length >= _TITLE_LENGTH
        and _details(group) == 1
        and all(same_host(row.link.url, here) for row in group.rows)
    )


def _is_lone_row(row: Row, here: str) -> bool:
    """Whether a single link is the one row of a listing's last page."""
    return (
        row.published is not None
        and len(row.link.text) >= _LONE_TITLE_LENGTH
        and same_host(row.link.url, here)
        and not leads_to_section(row.link.url)
    )


def _details(group: Group) -> float:
    return _share(leads_to_detail(row.link.url) for row in group.rows)


def _share(facts: Iterator[bool]) -> float:
    known = list(facts)
    return sum(known) / len(known)


def _strength(group: Group) -> float:
    """Weigh a list: how many rows, how long their titles, whether dated, whether to details."""
    titles = min(group.title_length, 24) / 8
    return min(len(group.rows), _MOST_COUNTED) * (1 + titles + 3 * group.dated + _details(group))


def _last_before(lists: Sequence[Group], pager_at: int | None) -> Group | None:
    if pager_at is None:
        return None
    before = [group for group in lists if group.rows[-1].link.position < pager_at]
    return max(before, key=lambda group: group.rows[-1].link.position, default=None)


def _is_dated_as(group: Group, main: Group, paged: Group | None) -> bool:
    """Whether a list is dated, as `main` is, or on a page without a pager, where a long menu may
    be the strongest list."""
    return group.dated >= 0.5 and (main.dated >= 0.5 or paged is None)


def _is_like(group: Group, main: Group) -> bool:
    """Whether a group holds notices as `main` does: a second block, or pinned rows."""
    if all(is_site_link(row.title) for row in group.rows):
        return False
    alike = not group.shapes.isdisjoint(main.shapes)
    return alike and group.title_length >= _SHORT_TITLE_LENGTH and _details(group) >= _details(main)


def heading(group: Group) -> str:
    """Return the short text that stands before a list, or an empty string."""
    first = group.rows[0].record
    for element in (first, *islice(first.iterancestors(), _HEADING_WITHIN)):
        if element.tag == "body":
            return ""
        for before in element.itersiblings(preceding=True):
            if text := visible_text(before, _LONGEST_HEADING):
                return "" if len(text) > _LONGEST_HEADING or _PATH.search(text) else text
    return ""
