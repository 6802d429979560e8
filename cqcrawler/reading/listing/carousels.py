"""Carousels: pictures that slide, with arrows and numbers that look like those of a pager."""

from __future__ import annotations

import re
from itertools import islice, takewhile

from lxml import etree

_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?:flex|bx|super|nivo|my)?-?slid(?:e[rs]?|ing)|swiper|carousel|banner|focus"
    r"|flash|lunbo(?:tu)?|jiaodian(?:tu)?|slick|owl|marquee|gallery|roll|gundong)(?:$|[\s_\d-])",
    re.IGNORECASE,
)
# An arrow, its list, the block around both, and one more.
_NEAR = 5


def in_carousel(element: etree._Element) -> bool:
    """Whether an element is of a carousel, as its name or that of a block close around it says."""
    around = takewhile(lambda each: each.tag not in ("body", "html"), element.iterancestors())
    return any(
        _NAME.search(f"{each.get('id') or ''} {each.get('class') or ''}")
        for each in (element, *islice(around, _NEAR))
    )
