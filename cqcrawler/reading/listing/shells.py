"""Pages without rows that wait for a script: which system or application draws them."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from cqcrawler.reading.listing.row_text import pieces
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
    ("UCAP", re.compile(r"/(?:searchList|common/search)/[0-9a-f]{32}")),
    ("新点 Epoint", re.compile(r"getPageInfoListNew|ShowAjaxNewPage|EpointWebBuilder")),
    ("新华 Xhwpage", re.compile(r"\bXhwpage\b", re.IGNORECASE)),
)
_FETCHES = re.compile(
    r"(\$\.(?:ajax|get|post|getJSON)|\baxios(?:\.\w{1,10})?|\bfetch|\bXMLHttpRequest)\s*\("
)
# In pieces of text: a page that shows more says something beside the place for its script.
_MOST_PIECES = 30


def shell(document: Document) -> str:
    """Say by which script a page without rows draws its list; empty if nothing shows it."""
    for name, sign in _SYSTEMS:
        if sign.search(document.text):
            return f"its list is drawn by script ({name})"
    body, script = document.root.find("body"), next(document.root.iter("script"), None)
    if body is None or script is None:
        return ""
    shown = len(list(islice(pieces(body), _MOST_PIECES)))
    place = next((name for element in body.iter() if (name := _empty_place(element))), "")
    if place and shown < _MOST_PIECES:
        return f"it draws itself by script (#{place})"
    if not shown:
        return "it draws itself by script"
    call = _FETCHES.search(document.text)
    return f"a script may fetch its list ({call[1]})" if call else ""


def _empty_place(element: etree._Element) -> str:
    """Return the name of an element in which there is nothing."""
    if element.tag not in ("div", "main", "section", "ul", "tbody"):
        return ""
    empty = not len(element) and not collapse(element.text or "")
    return (element.get("id") or "") if empty else ""
