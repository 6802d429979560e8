"""What a page does not show: elements that browsers never display, and what hides the others.

Articles are read from tokens, listings from a tree; what is hidden is the same for both.
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

# What stands in these is for browsers without scripts, for scripts, or for a form.
NEVER_SHOWN = tuple("title script style noscript template datalist textarea".split())
# Elements without content, which hide nothing when they are hidden.
_EMPTY = "area br col embed frame hr img input link meta base param source track wbr".split()
# A page that hides all of itself waits for its script to show it.
NEVER_HIDDEN = frozenset(("html", "body", *_EMPTY))
# Properties and the value with which they hide an element. (The attribute `hidden` does so too.)
HIDING = {"display": "none", "visibility": "hidden"}
HIDING_STYLE = "|".join(rf"{name}\s*:\s*{value}" for name, value in HIDING.items())

_HIDING_STYLE = re.compile(HIDING_STYLE, re.IGNORECASE)
_MAY_BE_UNSEEN = etree.XPath(
    " | ".join(["//*[@hidden or @style]", *(f"//{name}" for name in NEVER_SHOWN)])
)


def is_unseen(element: etree._Element) -> bool:
    """Whether an element hides what it holds."""
    if element.tag in NEVER_SHOWN:
        return True
    style = element.get("style")
    if style is None and element.get("hidden") is None:
        return False
    is_hiding = style is None or _HIDING_STYLE.search(style) or element.get("hidden") is not None
    return bool(is_hiding) and element.tag not in NEVER_HIDDEN


def unseen_elements(root: etree._Element) -> frozenset[etree._Element]:
    """Return the elements of a tree that nobody sees, and all inside of them."""
    unseen: set[etree._Element] = set()
    for element in cast("list[etree._Element]", _MAY_BE_UNSEEN(root)):
        if element not in unseen and is_unseen(element):
            unseen.update(element.iter())
    return frozenset(unseen)
