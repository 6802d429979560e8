"""A page decoded once, for everything that reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

from lxml import etree

from cqcrawler.models import Page
from cqcrawler.reading.page.decoding import Decoded, decode
from cqcrawler.reading.page.visibility import unseen_elements

# A stray end tag in mid-page makes libxml2 close the document and drop what follows.
_DOCUMENT_END = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
# In bytes: so few behind the end tag hold no text of the page.
_EPILOGUE = 16
# libxml2 takes quadratic time for a tag of many attributes: seconds for 100 kB. Only tags with an
# embedded image are that long, and that is one attribute.
_LONG_TAG = re.compile(rb"<(\w{1,20})\s[^<>]{20000,}+>")

# XML begins with a declaration, which some list APIs leave out, and so may pages of XHTML.
_XML = re.compile(r"[\ufeff\s]*+<(?:\?xml|datastore)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_START = 1000  # characters
# The root of a feed or sitemap, behind whatever stands before it that is no page: a declaration,
# comments, messages of the program that made it.
FEED_ROOT = re.compile(
    r"(?:(?!<(?:!doctype\s+html|html|head|body)\b).){0,4000}?"
    r"(?P<root><(?:[\w-]{1,20}:)?(?P<name>rss|feed|rdf|urlset|sitemapindex)(?=[\s>]))",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)

# Tags and lines: twenty times what the largest pages of the corpus have. Each takes half a
# kilobyte while it is read.
_MOST_MARKS = 300_000
_MARK = re.compile(r"[<\n]")
_CUT = f"only the first {_MOST_MARKS} tags and lines of the page are read"


@dataclass(frozen=True, slots=True)
class TakenOut:
    """The elements that were taken out of a page: the markup of each, and the page with marks
    where they stood (see `exclusion`)."""

    markup: tuple[str, ...]
    marked: str


@dataclass(frozen=True)
class Document:
    """A page with its text, and its element tree for those who ask for it.

    `encoding_why` says what decided the encoding; `warnings` what was lost or repaired. `shown`
    are the tags, by their index, whose elements are read though the page hides them. `whole` is
    all of the text of a feed or sitemap that is cut; empty where nothing is. `taken_out` is what
    the portal's file takes out of the page, which `text` has no more.
    """

    page: Page
    text: str
    encoding: str
    encoding_why: str
    warnings: tuple[str, ...] = ()
    shown: Set[int] = frozenset()
    whole: str = ""
    taken_out: TakenOut | None = None

    @cached_property
    def root(self) -> etree._Element:
        """The `<html>` element; comments and processing instructions are not in the tree.

        Elements nested beyond libxml2's limit are not either. Reading an article does without
        the tree: it loses nothing, and needs no parse.
        """
        return parse(self.text)

    @cached_property
    def data(self) -> Any:
        """What the page says as JSON; None for a page that is none."""
        if self.text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
            return None
        try:
            return json.loads(self.text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return None

    @property
    def is_data(self) -> bool:
        """Whether this is an answer of a list API: JSON or XML rather than a page."""
        start = self.text[:_START]
        is_xml = _XML.match(start) and not _PAGE.search(start)
        return self.data is not None or bool(is_xml)

    def with_text(self, text: str) -> Document:
        """The same page with other markup."""
        return replace(self, text=text)

    @cached_property
    def unseen(self) -> frozenset[etree._Element]:
        """The elements of the tree that nobody sees."""
        return unseen_elements(self.root)


def open_page(page: Page) -> Document:
    """Decode `page`; never raises, whatever the bytes."""
    decoded = (
        Decoded(page.body, "str", "decoded by the caller")
        if isinstance(page.body, str)
        else decode(page.body, page.content_type)
    )
    text = decoded.text
    if isinstance(page.body, str) or b"\x00" in page.body:
        text = text.replace("\x00", "")
    warnings, whole = list(decoded.warnings), ""
    if not text or text.isspace():
        warnings.append("the page is empty")
    if len(text) > _MOST_MARKS and text.count("<") + text.count("\n") > _MOST_MARKS:
        whole = text if FEED_ROOT.match(text) else ""
        text = text[: next(islice(_MARK.finditer(text), _MOST_MARKS, None)).start()]
        warnings.append(_CUT)
    return Document(page, text, decoded.encoding, decoded.why, tuple(warnings), whole=whole)


def parse(text: str) -> etree._Element:
    """Return the `<html>` element of a page, without comments and processing instructions."""
    # A lone surrogate cannot be encoded.
    markup = text.encode("utf-8", "replace")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    if len(markup) - markup.find(b"</html") > _EPILOGUE or b"</HTML" in markup:
        markup = _DOCUMENT_END.sub(b"", markup)
    root = etree.fromstring(_LONG_TAG.sub(rb"<\1>", markup), parser)
    return root if root is not None else etree.fromstring(b"<html><body/></html>", parser)
