"""A page parsed once, for everything that reads it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from lxml import etree
from resiliparse.extract.html2text import extract_plain_text

from cqcrawler.models import Page
from cqcrawler.reading.decoding import Decoded, decode

# A stray end tag in mid-page makes libxml2 close the document and drop what follows.
_DOCUMENT_END = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>([^<]{0,1000})", re.IGNORECASE)
# No text of a page hides in so few bytes behind its end tag.
_EPILOGUE = 16
_LIMIT_HIT = "ERR_RESOURCE_LIMIT"


@dataclass(frozen=True, slots=True)
class Document:
    """A page with its text and element tree.

    `root` is the `<html>` element; comments and processing instructions are not in the tree.
    `encoding_why` says what decided the encoding; `warnings` what was lost or repaired.
    """

    page: Page
    text: str
    encoding: str
    encoding_why: str
    root: etree._Element
    warnings: tuple[str, ...] = ()


def open_page(page: Page) -> Document:
    """Decode and parse `page`; never raises, whatever the bytes."""
    decoded = (
        Decoded(page.body, "str", "decoded by the caller")
        if isinstance(page.body, str)
        else decode(page.body, page.content_type)
    )
    # The parser takes UTF-8: bytes that are UTF-8 already need no second encoding.
    same = decoded.encoding == "utf-8" and isinstance(page.body, bytes)
    root, warnings = _parse(decoded.text, page.body if same else None)
    return Document(
        page, decoded.text, decoded.encoding, decoded.why, root, decoded.warnings + warnings
    )


def _parse(text: str, utf8: bytes | str | None) -> tuple[etree._Element, tuple[str, ...]]:
    # A lone surrogate cannot be encoded, and a zero character is no text.
    markup = utf8 if isinstance(utf8, bytes) else text.encode("utf-8", "replace")
    markup = markup.replace(b"\x00", b"")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    if len(markup) - markup.find(b"</html") > _EPILOGUE or b"</HTML" in markup:
        markup = _DOCUMENT_END.sub(b"", markup)
    root = etree.fromstring(markup, parser)
    last_error = parser.error_log.last_error
    if last_error is not None and last_error.type_name == _LIMIT_HIT:
        warning = f"read as plain text, since the parser gave up: {last_error.message.strip()}"
        return _parse_flat(text), (warning,)
    if root is None:
        return etree.fromstring(b"<html><body/></html>", parser), ("the page is empty",)
    return root, ()


def _parse_flat(text: str) -> etree._Element:
    """Return the visible text, a paragraph a line: for pages nested beyond libxml2's limit."""
    title = _TITLE.search(text)
    lines = extract_plain_text(text, preserve_formatting=True, links=False).splitlines()
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
    head = f"<head><title>{title[1]}</title></head>" if title else ""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)
    return etree.fromstring(f"<html>{head}<body>{paragraphs}</body></html>".encode(), parser)
