"""Files in place of pages: what a file is, and what is none."""

from __future__ import annotations

from cqcrawler.models import Page
from cqcrawler.reading.page.document import open_page

# How far a page in place of a file is looked at, in bytes.
_HEAD = 2**16
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta", b"<title")
_PAGE = "text/html"
_SAYS_NOTHING = ("", _PAGE, "text/plain", "application/octet-stream", "binary/octet-stream")
_UNKNOWN = "application/octet-stream"
# How the files begin that portals offer, where their servers do not say what they are.
_MAGIC = {
    b"%PDF": "application/pdf",
    b"PK\x03\x04": "application/zip",  # those of newer office programs, too
    b"\xd0\xcf\x11\xe0": "application/x-ole-storage",  # those of older ones
    b"Rar!": "application/vnd.rar",
    b"7z\xbc\xaf": "application/x-7z-compressed",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
}


def media_type_of(body: bytes, content_type: str) -> str | None:
    """Return what a file is, by its server or its first bytes; None for a page in its place."""
    said = content_type.partition(";")[0].strip().lower()
    found = next((kind for mark, kind in _MAGIC.items() if body.startswith(mark)), "")
    if not found and (is_markup(body) or said == _PAGE):
        return None
    return (found or _UNKNOWN) if said in _SAYS_NOTHING else said


def is_markup(body: bytes) -> bool:
    """Whether bytes begin as a page does."""
    return body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)


def beginning(body: bytes, content_type: str) -> str:
    """Return the beginning of a page that came in place of a file, decoded."""
    return open_page(Page("", body[:_HEAD], content_type)).text
