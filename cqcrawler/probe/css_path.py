"""CSS paths of elements, short ones where names tell them."""

from __future__ import annotations

import re
from itertools import islice
from typing import cast

from cssselect import HTMLTranslator
from lxml import etree

# Names that need no escaping in CSS.
_PLAIN = re.compile(r"-?[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff-]{0,60}")
_MOST_CLASSES = 2
# Steps of a path that names make; what takes more is counted from the top.
_MOST_STEPS = 5


def css_path(element: etree._Element) -> str:
    """Return a CSS path that selects this element of its page and no other."""
    path = ""
    for each in islice((element, *element.iterancestors()), _MOST_STEPS):
        path = f"{_named(each)} > {path}" if path else _named(each)
        if _selected(path, element) == [element]:
            return path
    return _counted(element)


def _named(element: etree._Element) -> str:
    tag = _tag(element)
    name = element.get("id") or ""
    if _PLAIN.fullmatch(name):
        return f"{tag}#{name}" if tag != "div" else f"#{name}"
    classes = [name for name in (element.get("class") or "").split() if _PLAIN.fullmatch(name)]
    return "".join([tag, *(f".{name}" for name in classes[:_MOST_CLASSES])])


def _tag(element: etree._Element) -> str:
    return element.tag if _PLAIN.fullmatch(str(element.tag)) else "*"


def _selected(path: str, element: etree._Element) -> list[etree._Element]:
    selector = etree.XPath(HTMLTranslator().css_to_xpath(path))
    return cast("list[etree._Element]", selector(element.getroottree()))


def _counted(element: etree._Element) -> str:
    steps = []
    for each in (element, *element.iterancestors()):
        if each.tag in ("body", "html"):
            steps.append(str(each.tag))
            break
        before = sum(1 for _ in each.itersiblings(preceding=True))
        steps.append(f"{_tag(each)}:nth-child({before + 1})")
    return " > ".join(reversed(steps))
