"""Reading a page in one call: what the package offers as `read_article` and `read_listing`."""

from __future__ import annotations

from datetime import datetime

from cqcrawler import platforms
from cqcrawler.cleaning import clean
from cqcrawler.models import Article, Listing, Page
from cqcrawler.reading.addresses import without_userinfo
from cqcrawler.reading.article import extract_article
from cqcrawler.reading.page.document import open_page


def read_article(
    html: bytes | str,
    url: str = "",
    *,
    content_type: str = "",
    fetched_at: datetime | None = None,
    region: str = "",
) -> Article:
    """Read and clean the notice on a page, as the archive would hold it; never raises.

    `content_type` is the header's value, `fetched_at` (aware) the base of relative dates,
    without which they are not read, and `region` the portal's own, a name or a code, for pages
    that state none.
    """
    page = Page(without_userinfo(url), html, content_type, fetched_at)
    return clean(extract_article(open_page(page), home=region))


def read_listing(html: bytes | str, url: str, *, content_type: str = "") -> Listing:
    """Read the rows of a listing and the addresses of its other pages; never raises."""
    return platforms.read_listing(open_page(Page(without_userinfo(url), html, content_type)))
