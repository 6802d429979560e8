"""What only TRS WCM writes into pages: its pager, its editor's containers, addresses of notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from cqcrawler.reading.page.document import Document
from cqcrawler.text.normalize import collapse

_CONTAINERS = ("TRS_Editor", "TRS_UEDITOR", "TRS_PreAppend", "trs_editor_view")
# Others have a function of this name, too: theirs gets no name of a file.
_PAGER = "createPageHTML"
_PAGER_CALLED = re.compile(
    r"createPageHTML\d?\s{0,5}\([^()]{0,120}"
    r"['\"][\w-]{1,80}['\"]\s{0,5},\s{0,5}['\"]\.?\w{1,8}['\"][^()]{0,40}\)"
)
_PAGER_DEFINED = re.compile(r"function\s{1,5}createPageHTML\d?\s{0,5}\(\s{0,5}_nPageCount\b")
# Looked for by its two plain characters first: pages are long, and few have them.
_FILE = re.compile(r"/t\d{8}_\d{1,12}\.s?html?\b")
_MONTH = re.compile(r"(?<![\w-])\d{6}\Z")
_LONGEST_MONTH = 7  # characters, with the one before it
_HOST = re.compile(r"//([^/\"'<>\s]{1,100})/[^\"'<>\s]{0,200}\Z")
_BEFORE = 300  # characters, which hold the host of an address
_MOST_LOOKED_AT = 200


def trs_signs(document: Document) -> tuple[str, ...]:
    """Return what shows that TRS WCM made a page, as it stands there."""
    text = document.text
    signs = [name for name in _CONTAINERS if name in text]
    if _PAGER in text and (pager := _PAGER_CALLED.search(text) or _PAGER_DEFINED.search(text)):
        signs.insert(0, collapse(pager[0]))
    if notices := list(dict.fromkeys(_own_notices(document))):
        more = f" and {len(notices) - 1} more addresses like it" if len(notices) > 1 else ""
        signs.append(f"{notices[0]}{more}")
    return tuple(signs)


def _own_notices(document: Document) -> Iterator[str]:
    """Yield the ends of addresses of notices that lie on the page's own host, itself among them."""
    here, text = document.page.url, document.text
    own = urlsplit(here).netloc
    yield from (here[start:end] for start, end in islice(_notices(here), 1))
    for start, end in islice(_notices(text), _MOST_LOOKED_AT):
        host = _HOST.search(text[max(0, start - _BEFORE) : start])
        if host is None or host[1] == own:
            yield text[start:end]


def _notices(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names of notices begin and end: `202609/t20260901_121.html`."""
    for file in _FILE.finditer(text):
        if month := _MONTH.search(text, max(0, file.start() - _LONGEST_MONTH), file.start()):
            yield month.start(), file.end()
