"""The archive of China's investment-promotion portals: crawl, read, clean, search."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cqcrawler.api import read_article, read_listing
    from cqcrawler.archive import Archive
    from cqcrawler.facts.model import Facts
    from cqcrawler.facts.read import read_facts
    from cqcrawler.models import Article, Listing
    from cqcrawler.platforms.canonical import canonical_url

__version__ = "0.1.0"
__all__ = [
    "Archive",
    "Article",
    "Facts",
    "Listing",
    "canonical_url",
    "read_article",
    "read_facts",
    "read_listing",
]

# Loaded when asked for: searching an archive needs nothing that reading a page needs.
_MODULES = {
    "Archive": "cqcrawler.archive",
    "Article": "cqcrawler.models",
    "Facts": "cqcrawler.facts.model",
    "Listing": "cqcrawler.models",
    "canonical_url": "cqcrawler.platforms.canonical",
    "read_article": "cqcrawler.api",
    "read_facts": "cqcrawler.facts.read",
    "read_listing": "cqcrawler.api",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
