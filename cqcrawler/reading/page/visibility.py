"""What a page does not show: elements that browsers never display, and what hides the others.

Articles are read from tokens, listings from a tree; what is hidden is the same for both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from lxml import etree

# What stands in these is for browsers without scripts, for scripts, or for a form.
NEVER_SHOWN = tuple("title script style noscript template datalist textarea".split())
# Elements without content, which hide nothing when they are hidden.
EMPTY = tuple("area br col embed frame hr img input link meta base param source track wbr".split())
# A page that hides all of itself waits for its script to show it.
NEVER_HIDDEN = frozenset(("html", "body", *EMPTY))

_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_DECLARATION = re.compile(r"(?:^|;)\s*+([\w-]++)\s*+:\s*+([^;!]*+)(!\s*+important)?")
_ZERO = re.compile(r"0*+(?:\.0*+)?(?:px|r?em|pt|%)?")
_ZERO_VALUE = re.compile(r":\s*[0.]")
_MAYBE_ZERO = re.compile(r"(?:size|height|opacity)\s*:\s*[0.]")
# So far off the screen stands no picture of a carousel.
_FAR_OFF = re.compile(r"-(?:9{3,}|[1-9]0{4,})(?:px|r?em|pt)?")
_COLOURLESS = re.compile(r"transparent|rgba\((?:[^,)]*,){3}\s*0*+(?:\.0*+)?\s*\)")
_SIDES = ("left", "top", "right", "bottom", "text-indent")
# Properties that say that a script will fade an element in, or unfold it.
_MOTION = re.compile(r"-?(?:\w+-)?(?:transi|anim|transform)|will-change")

_MAY_BE_UNSEEN = etree.XPath(
    " | ".join(["//*[@hidden or @style]", *(f"//{name}" for name in NEVER_SHOWN)])
)


def may_hide(style: str) -> bool:
    """Whether a style, in lower case, may hide anything: most have none of these words, and this
    check is quicker than to read them."""
    return (
        ("none" in style and "display" in style)
        or ("hidden" in style and "visibil" in style)
        or "-999" in style
        or "0000px" in style
        or "transparent" in style
        or "rgba" in style
        or (_ZERO_VALUE.search(style) is not None and _MAYBE_ZERO.search(style) is not None)
    )


def declarations(style: str) -> dict[str, str]:
    """Return what a style states by property, in lower case: the last declaration of a property
    counts, but for important ones."""
    stated: dict[str, str] = {}
    important: dict[str, str] = {}
    for name, value, mark in _DECLARATION.findall(_CSS_COMMENT.sub("", style.lower())):
        (important if mark else stated)[name] = value.strip()
    return stated | important


def hides_all(stated: Mapping[str, str]) -> bool:
    """Whether declarations hide an element with all that it holds.

    What is collapsed, transparent or off the screen is meant for those who copy. Where the style
    names a motion too, a script is about to show it to readers.
    """
    if stated.get("display") == "none":
        return True
    if any(_FAR_OFF.fullmatch(stated.get(side, "")) for side in _SIDES):
        return "text-indent" in stated or stated.get("position") in ("absolute", "fixed")
    if _is_zero(stated, "opacity") or _is_collapsed(stated):
        return not any(map(_MOTION.match, stated))
    return False


def _is_collapsed(stated: Mapping[str, str]) -> bool:
    """Whether an element has no height and cuts off what it holds. (Frames for films have no
    height, but padding.)"""
    flat = _is_zero(stated, "height") or _is_zero(stated, "max-height")
    cuts_off = "hidden" in (stated.get("overflow"), stated.get("overflow-y"))
    return flat and cuts_off and not any(name.startswith("padding") for name in stated)


def _is_zero(stated: Mapping[str, str], name: str) -> bool:
    value = stated.get(name, "")
    return "0" in value and _ZERO.fullmatch(value) is not None


def letters(stated: Mapping[str, str]) -> dict[str, bool]:
    """Return whether letters are seen, by each stated property that elements take over from those
    around them: what is inside may be seen again."""
    seen = {}
    if "visibility" in stated:
        seen["visibility"] = stated["visibility"] != "hidden"
    if "font-size" in stated:
        seen["font-size"] = not _is_zero(stated, "font-size")
    if "color" in stated:
        # Letters without colour may have a picture behind them, or a shadow.
        filled = any("clip" in name or "fill" in name or "shadow" in name for name in stated)
        seen["color"] = filled or _COLOURLESS.fullmatch(stated["color"]) is None
    return seen


def is_unseen(element: etree._Element) -> bool:
    """Whether an element hides what it holds, unless that states that it is seen."""
    return _hides_all(element) or _hides_letters(element)


def unseen_elements(root: etree._Element) -> frozenset[etree._Element]:
    """Return the elements of a tree that nobody sees, and all inside of them."""
    unseen: set[etree._Element] = set()
    looked_at: dict[etree._Element, dict[str, bool]] = {}
    for element in cast("list[etree._Element]", _MAY_BE_UNSEEN(root)):
        if element in unseen:
            continue
        if _hides_all(element):
            unseen.update(element.iter())
        elif element not in looked_at and _hides_letters(element):
            for inner in element.iter():
                around = inner.getparent()
                seen = looked_at.get(around, {}) if around is not None else {}
                looked_at[inner] = {**seen, **_letters(inner)}
    unseen.update(inner for inner, seen in looked_at.items() if not all(seen.values()))
    return frozenset(unseen)


def _hides_all(element: etree._Element) -> bool:
    if element.tag in NEVER_SHOWN:
        return True
    if element.tag in NEVER_HIDDEN:
        return False
    style = (element.get("style") or "").lower()
    hidden = element.get("hidden") is not None
    return hidden or (may_hide(style) and hides_all(declarations(style)))


def _hides_letters(element: etree._Element) -> bool:
    style = (element.get("style") or "").lower()
    return may_hide(style) and not all(_letters(element).values())


def _letters(element: etree._Element) -> dict[str, bool]:
    """As `letters`, but for the size: to close the gaps between its rows, a list sets them to no
    size, and style sheets give the rows one."""
    style = element.get("style")
    if not style or element.tag in NEVER_HIDDEN:
        return {}
    seen = letters(declarations(style))
    seen.pop("font-size", None)
    return seen
