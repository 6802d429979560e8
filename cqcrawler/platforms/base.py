"""What a family of content management systems has in common, as plain functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cqcrawler.reading.page.document import Document


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Pages of a listing that its platform implies, in order, those of them that are before this
    page, and the total it declares."""

    urls: tuple[str, ...] = ()
    declared_total: int | None = None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Platform:
    """A family of systems.

    `recognises` says whether a page was made by it, `more_pages` what pages a listing has
    besides those it links to, `canonical_url` gives the one address that is a page's identity.
    """

    name: str
    recognises: Callable[[Document], bool]
    more_pages: Callable[[Document], PageLinks]
    canonical_url: Callable[[str], str]
