"""Where the scripts of a page may fetch its list, as far as they name an address."""

from __future__ import annotations

import re

from cqcrawler.platforms.scripts import Scripts
from cqcrawler.probe.report import Fetched, ListFound
from cqcrawler.reading.addresses import base_url, resolve, same_host
from cqcrawler.reading.listing.shells import shell
from cqcrawler.reading.page.document import Document

_MOST = 4
_TEXT = re.compile(r"(['\"`])([^'\"`\s<>]{3,200})\1")
_ADDRESS = re.compile(r"(?:https?://|\.{0,2}/|[\w./-]+\?)\S*", re.IGNORECASE)
_PAGE = re.compile("page", re.IGNORECASE)
_NUMBERED = re.compile(r"page|\d", re.IGNORECASE)
# What a page loads rather than asks.
_LOADED = re.compile(
    r"\.(?:js|css|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|mp4)(?:\?|$)", re.IGNORECASE
)


def fetched_by(document: Document, listing: ListFound | None) -> Fetched | None:
    """Return what the scripts of a page say of a list that they fetch, or of the rest of one; None
    where nothing shows that they do."""
    waits = listing.beyond if listing else shell(document)
    if not waits or document.is_data:
        return None
    scripts = Scripts(document)
    addresses = _addresses(document, scripts.code)
    if listing and not addresses:
        return None
    return Fetched(addresses, tuple(scripts.files()))


def _addresses(document: Document, code: str) -> tuple[str, ...]:
    """Return the texts that look like addresses of a list's pages on the same site, those first
    that speak of pages."""
    here, base = document.page.url, base_url(document)
    texts = dict.fromkeys(found[2] for found in _TEXT.finditer(code))
    likely = [text for text in texts if _is_likely(text)]
    own = [text for text in likely if same_host(resolve(text, base) or "", here)]
    # The beginning of another is what a script puts that together from.
    whole = [text for text in own if not any(each.startswith(text) for each in own if each != text)]
    return tuple(sorted(whole, key=lambda text: not _PAGE.search(text))[:_MOST])


def _is_likely(text: str) -> bool:
    is_address = _ADDRESS.fullmatch(text) and not _LOADED.search(text)
    return bool(is_address and _NUMBERED.search(text))
