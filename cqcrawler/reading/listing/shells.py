"""Pages without rows that wait for a script: which system or application draws them."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from cqcrawler.reading.listing.row_text import lines, pieces
from cqcrawler.reading.page.document import Document
from cqcrawler.text.normalize import collapse

# Systems whose lists stand in scripts, by what only their pages hold: pages are named by it that
# their platform could not read either, such as a column without a notice.
_SYSTEMS = (
    (
        "大汉 jpage",
        re.compile(r"<datastore\b|\bjpage[\w.]{0,20}\s*\(|\bnextgroup\b", re.IGNORECASE),
    ),
    ("大汉 jpaas", re.compile(r"\bjpaas\b", re.IGNORECASE)),
    ("gkmlpt", re.compile(r"\bgkmlpt\b")),
    ("新点 Epoint", re.compile(r"ShowAjaxNewPage|EpointWebBuilder")),
    ("新华 Xhwpage", re.compile(r"\bXhwpage\b", re.IGNORECASE)),
)
_FETCHES = re.compile(
    r"(\$\.(?:ajax|get|post|getJSON)|\baxios(?:\.\w{1,10})?|\bfetch|\bXMLHttpRequest)\s*\("
)
# In pieces of text: a page that shows more says something beside the place for its script.
_MOST_PIECES = 30
# In lines, and in characters: the foot of a page, and short hints, have no long sentences.
_MOST_LINES, _TEXT = 2000, 40


def shell(document: Document) -> str:
    """Say by which script a page without rows draws its list; empty if nothing shows it."""
    for name, sign in _SYSTEMS:
        if sign.search(document.text):
            return f"its list is drawn by script ({name})"
    body, script = document.root.find("body"), next(document.root.iter("script"), None)
    if body is None or script is None:
        return ""
    shown = len(list(islice(pieces(body), _MOST_PIECES)))
    place = _waiting_place(document)
    if place and shown < _MOST_PIECES:
        return f"it draws itself by script (#{place})"
    if not shown:
        return "it draws itself by script"
    call = _FETCHES.search(document.text)
    return f"a script may fetch its list ({call[1]})" if call else ""


def waits(document: Document) -> bool:
    """Whether a page has a place that a script may fill, and no text of its own."""
    if not _waiting_place(document) or is_titled(document):
        return False
    return not any(map(_is_text, islice(lines(document.root), _MOST_LINES)))


def is_titled(document: Document) -> bool:
    """Whether the head of a page states the title of an article, as those of notices do."""
    metas = document.root.iter("meta")
    named = (meta for meta in metas if (meta.get("name") or "").lower() == "articletitle")
    return any(collapse(meta.get("content") or "") for meta in named)


def _is_text(line: str) -> bool:
    return len(line) >= _TEXT and "。" in line


def _waiting_place(document: Document) -> str:
    return next((name for element in document.root.iter() if (name := _empty_place(element))), "")


def _empty_place(element: etree._Element) -> str:
    """Return the name of an element in which there is nothing."""
    if element.tag not in ("div", "main", "section", "ul", "tbody"):
        return ""
    empty = not len(element) and not collapse(element.text or "")
    return (element.get("id") or "") if empty else ""
