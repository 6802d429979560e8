"""What the templates of a section get to print, and what a section is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cqcrawler.demo.notice import Notice
from cqcrawler.models import SectionKind


@dataclass(frozen=True, slots=True)
class Row:
    """A notice as others link to it."""

    title: str
    path: str
    published: date
    summary: str


@dataclass(frozen=True, slots=True)
class Detail:
    """The page of one notice; `paragraphs` are printed as they are, with their repeats."""

    notice: Notice
    region: str
    paragraphs: tuple[str, ...]
    related: tuple[Row, ...]
    previous: Row | None
    following: Row | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a listing, newest rows first; `number` counts from 1.

    `pinned` is an old notice that some sections show above the rows of every page.
    """

    number: int
    pages: int
    total: int
    rows: tuple[Row, ...]
    pinned: Row


def hyphenated(notice: Notice) -> str:
    return "-".join(notice.levels)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the portal with URLs, markup and habits of its own.

    `kinds` are those of the events that its notices tell of. Where it is not `is_named`, only its
    folder tells which section it is.
    """

    name: str
    title: str
    kind: SectionKind
    kinds: tuple[str, ...]
    page_size: int
    notice_path: Callable[[Notice], str]
    page_path: Callable[[int], str]
    print_detail: Callable[[Detail], str]
    print_sheet: Callable[[Sheet], str]
    region: Callable[[Notice], str] = hyphenated
    encoding: str = "utf-8"
    content_type: str = "text/html; charset=utf-8"
    prints_source: bool = True
    prints_tags: bool = False
    prints_date: bool = True
    is_named: bool = True
