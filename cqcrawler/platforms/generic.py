"""The platform of pages that no family recognises: all there is to know stands in the links."""

from __future__ import annotations

from cqcrawler.platforms.base import Part, Platform
from cqcrawler.reading.page.document import Document


def _signs(document: Document) -> tuple[str, ...]:
    return ()


def _read(document: Document) -> Part | None:
    return None


GENERIC = Platform("generic", "no known system", _signs, _read)
