"""What a portal's file points at on a page, by CSS or by XPath.

A selector that begins with `/`, `./`, `../` or `(` is an XPath, any other one is CSS, with the
`::text` and `::attr(name)` of parsel. XPath has the functions of its version 1.0 and no others: no
regular expressions, no variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import cast

from lxml import etree

from cqcrawler.text.normalize import collapse

# In characters: longer ones are no selectors for people, and may take for ever.
_LONGEST = 300
_XPATH = ("/", "./", "../", "(")
_FUNCTIONS = frozenset(
    (
        *("last position count id local-name namespace-uri name string concat starts-with").split(),
        *("contains substring-before substring-after substring string-length").split(),
        *("normalize-space translate boolean not true false lang number sum floor").split(),
        *("ceiling round text node comment processing-instruction and or div mod").split(),
    )
)
_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
_CALL = re.compile(r"([\w:.-]+)\s*\(")
_SAMPLE = etree.fromstring("<html><body><p class='a'>b</p></body></html>")
_MOST_TEXTS = 200
_TEXTS = etree.XPath("descendant::text()[not(parent::script or parent::style)]")


class NoSelector(ValueError):
    """Raised for what is no selector of CSS; says why."""


@dataclass(frozen=True, slots=True)
class ListingSelectors:
    """How a portal's file reads its listings: `exclude` is taken out of a page before it is read,
    `title` and `date` stand in a row. What is empty is read as on any page."""

    file: str = ""
    exclude: tuple[str, ...] = ()
    rows: str = ""
    title: str = ""
    date: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class NoticeSelectors:
    """How a portal's file reads its notices; `exclude` is taken out of a page before the rest is
    looked for. What is empty is read as on any page."""

    file: str = ""
    exclude: tuple[str, ...] = ()
    body: str = ""
    title: str = ""
    date: str = ""


# The selectors by their keys, besides `exclude`; and those that are looked for in rows.
IN_LISTING = ("rows", "title", "date", "next")
IN_NOTICE = ("body", "title", "date")
IN_ROW = ("title", "date")
LISTING_AS_EVER, NOTICE_AS_EVER = ListingSelectors(), NoticeSelectors()


def matches_nothing(file: str, name: str) -> str:
    """Say of a selector of a portal's file, by its name, that it finds nothing."""
    return f"{file}: {name} matches nothing"


def is_xpath(selector: str) -> bool:
    """Whether a selector is an XPath rather than CSS."""
    return selector.startswith(_XPATH)


def problem_of(selector: str, *, in_row: bool = False) -> str | None:
    """Say what is wrong with a selector; None for nothing. One that is looked for `in_row` must
    not begin at the top of the page."""
    if not selector.strip():
        return "is empty"
    if len(selector) > _LONGEST:
        return f"has {len(selector)} characters, {_LONGEST} at most are read"
    if selector != selector.strip():
        return "begins or ends with white space"
    if is_xpath(selector):
        return _problem_of_xpath(selector, in_row=in_row)
    try:
        _compiled(selector)
    except (NoSelector, etree.XPathError) as error:
        hint = "; an XPath begins with / or ./" if selector[0] in "@." or "::" in selector else ""
        return f"{selector!r} is no CSS selector: {_one_line(error)}{hint}"
    return None


def _problem_of_xpath(selector: str, *, in_row: bool) -> str | None:
    if in_row and selector.startswith("/"):
        return f"{selector!r} begins at the top of the page: begin with ./ or .//"
    bare = _LITERAL.sub("''", selector)
    if "$" in bare:
        return f"{selector!r} has a variable, and there are none"
    for name in _CALL.findall(bare):
        if name.rpartition("::")[2] not in _FUNCTIONS:
            return f"{selector!r}: there is no function {name}() in XPath 1.0"
    try:
        found = _compiled(selector)(_SAMPLE)
    except etree.XPathError as error:
        return f"{selector!r} is no XPath: {_one_line(error)}"
    if isinstance(found, bool | float):
        return f"{selector!r} gives a number, not elements or their text"
    return None


def _one_line(error: Exception) -> str:
    return collapse(str(error))


@lru_cache(maxsize=256)
def _compiled(selector: str) -> etree.XPath:
    path = selector if is_xpath(selector) else _xpath_of(selector)
    return etree.XPath(path, regexp=False)


def _xpath_of(css: str) -> str:
    # Imported here: most portals have no selectors, and commands that read portal files no pages.
    from cssselect import SelectorError
    from parsel.csstranslator import HTMLTranslator

    try:
        return HTMLTranslator().css_to_xpath(css)
    except SelectorError as error:
        raise NoSelector(str(error)) from error


def select(element: etree._Element, selector: str) -> list[etree._Element | str]:
    """Return the elements and texts that a selector finds below an element, in page order; nothing
    for one that cannot be read."""
    try:
        found = _compiled(selector)(element)
    except (NoSelector, etree.XPathError):
        return []
    if isinstance(found, str):
        return [found] if found.strip() else []
    return cast("list[etree._Element | str]", found) if isinstance(found, list) else []


def elements(element: etree._Element, selector: str) -> list[etree._Element]:
    """Return the elements that a selector finds; those that hold the texts that it finds."""
    found = dict.fromkeys(map(_element_of, select(element, selector)))
    return [each for each in found if each is not None]


def _element_of(found: etree._Element | str) -> etree._Element | None:
    if isinstance(found, str):
        return found.getparent() if hasattr(found, "getparent") else None
    return found


def texts(element: etree._Element, selector: str) -> Iterator[str]:
    """Yield what a selector finds as texts of one line, those that are not empty."""
    for found in islice(select(element, selector), _MOST_TEXTS):
        text = collapse(found if isinstance(found, str) else _text_of(found))
        if text:
            yield text


def _text_of(element: etree._Element) -> str:
    return "".join(map(str, cast("list[str]", _TEXTS(element))))
