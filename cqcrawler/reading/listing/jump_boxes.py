"""Boxes for the number of a page, with the button that leads there: `转到第 [  ] 页 [GO]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from lxml import etree

from cqcrawler.reading.listing.clicks import Clicks, Turn, Way, turns
from cqcrawler.reading.scripts.forms import Control
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.words import any_word

_LABEL = re.compile(any_word("pager_jump"), re.IGNORECASE)
# A box has the number of this page in it, or nothing.
_NUMBER = re.compile(r"\d{0,5}")
_NAME = re.compile(r"page|jump|goto|turn", re.IGNORECASE)
# Of each there are a few at most: one above and one below the list.
_MOST = 4


def jump_box(clicks: Clicks, elements: Sequence[etree._Element]) -> Turn | None:
    """Return the way to a page by its number in a box; None where there is no such box."""
    buttons = (element for element in elements if _is_button(element))
    return next(filter(turns, _turns(clicks, [*islice(buttons, _MOST)])), None)


def _turns(clicks: Clicks, buttons: Sequence[etree._Element]) -> Iterator[Turn]:
    boxes = [*islice(filter(_is_box, clicks.browser.forms.controls), _MOST)] if buttons else []
    for box in boxes:
        for button in buttons:
            yield partial(_jump, clicks, button, box)


def _jump(clicks: Clicks, button: etree._Element, box: Control, page: int) -> Way:
    return clicks.on(button, {box: str(page)})


def _is_button(element: etree._Element) -> bool:
    if element.tag == "input" and element.get("type") == "image":
        return True
    text = "".join(map(str, islice(element.itertext(), 3))) or element.get("value") or ""
    return bool(_LABEL.fullmatch(comparison_key(text)))


def _is_box(control: Control) -> bool:
    if control.tag == "select":
        return [option.value for option in control.options[:2]] == ["1", "2"]
    names = f"{control.name} {control.attributes.get('id', '')}"
    is_page = bool(_NAME.search(names)) or control.value.isdecimal()
    return control.is_typed and is_page and bool(_NUMBER.fullmatch(control.value))
