"""Whether a page came to its end: a connection may cut it, and some servers do."""

from __future__ import annotations

import re
from collections import Counter

from cqcrawler.reading.page.document import Document

# Why a listing goes on behind such a page.
BREAKS_OFF = "the page breaks off in the middle"

_END_OF_PAGE = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_LAST = 2000
# Elements whose end tags no author leaves out for a whole site.
_BLOCK = re.compile(r"<(/?)(ul|ol|dl|table|div|select|script)\b", re.IGNORECASE)


def lacks_end(document: Document) -> bool:
    """Whether the markup ends without the end tags of a page, as that of some sites always does."""
    return not _END_OF_PAGE.search(document.text[-_LAST:])


def breaks_off(document: Document) -> bool:
    """Whether the markup ends in the middle: without these tags, and inside a block or a tag."""
    if not lacks_end(document):
        return False
    text = document.text
    if text.rfind("<") > text.rfind(">"):
        return True
    open_blocks = Counter[str]()
    for end, name in _BLOCK.findall(text):
        open_blocks[name.lower()] += -1 if end else 1
    return max(open_blocks.values(), default=0) > 0
