"""What a family of content management systems has in common, as plain functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cqcrawler.models import Link
    from cqcrawler.reading.page.document import Document

# One page of a list names no more than so many others; the next ones of a longer list follow from
# the pages behind it.
_MOST_PAGES = 5000


def page_numbers(first: int, last: int, here: int) -> range:
    """Return the numbers of pages that page `here` of a list names, its own included."""
    if last - first >= _MOST_PAGES:
        first = max(first, here)
    return range(first, min(last, first + _MOST_PAGES - 1) + 1)


class Part(NamedTuple):
    """What a platform knows of one page of a list, or of one answer of its list API.

    `rows` are notices as an API gives them as data. `markup` is what stands for the page: HTML
    whose rows the general reading finds. Without either the page's own markup is read. `pages` are
    the other parts of the list, the newest first, none if this is all of it; None leaves it to the
    general reading. `earlier` are those of them that come before this part. `beyond` says why the
    list goes on where we may not follow. An `is_answer` is data rather than a page; a page that
    `is_shell` has no rows (what it shows without dates is the frame of its site), and its `pages`
    have them. A `clue` is a page that may lead to rows, which is left alone where there are some
    all the same. `unmatched` is what a portal's file looks for in an answer that has it not.
    """

    rows: tuple[Link, ...] | None = None
    markup: str | None = None
    pages: tuple[str, ...] | None = None
    declared_total: int | None = None
    earlier: tuple[str, ...] = ()
    beyond: str = ""
    is_answer: bool = False
    is_shell: bool = False
    clue: str = ""
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Platform:
    """A family of systems.

    `signs` gives the evidence that a page, or an answer of a list API, was made by it: words for
    people, nothing where there is none. `read` gives its part of a list, None for a page that is
    no list of its kind. Both look at nothing but the document, and never raise.
    """

    name: str
    title: str
    signs: Callable[[Document], tuple[str, ...]]
    read: Callable[[Document], Part | None]
