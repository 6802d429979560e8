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

_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_HIDING_DECLARATION = re.compile(
    rf"(?:^|;)\s*+({'|'.join(HIDING)})\s*+:\s*+([\w-]++)\s*+(!\s*+important)?"
)
_MAY_BE_UNSEEN = etree.XPath(
    " | ".join(["//*[@hidden or @style]", *(f"//{name}" for name in NEVER_SHOWN)])
)


def hides(style: str) -> bool:
    """Whether the value of a `style` attribute hides its element: the last declaration of a
    property counts, but for important ones."""
    style = style.lower()
    if "none" not in style and "hidden" not in style:
        return False
    stated: dict[str, str] = {}
    important: dict[str, str] = {}
    for name, value, mark in _HIDING_DECLARATION.findall(_CSS_COMMENT.sub("", style)):
        (important if mark else stated)[name] = value
    return any((stated | important).get(name) == value for name, value in HIDING.items())


def is_unseen(element: etree._Element) -> bool:
    """Whether an element hides what it holds."""
    if element.tag in NEVER_SHOWN:
        return True
    style = element.get("style")
    if style is None and element.get("hidden") is None:
        return False
    is_hiding = element.get("hidden") is not None or hides(style or "")
    return is_hiding and element.tag not in NEVER_HIDDEN


def unseen_elements(root: etree._Element) -> frozenset[etree._Element]:
    """Return the elements of a tree that nobody sees, and all inside of them."""
    unseen: set[etree._Element] = set()
    for element in cast("list[etree._Element]", _MAY_BE_UNSEEN(root)):
        if element not in unseen and is_unseen(element):
            unseen.update(element.iter())
    return frozenset(unseen)
