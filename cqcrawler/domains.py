"""Registered domains, by the public suffix list that comes with tldextract."""

from __future__ import annotations

from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract

# Never fetched nor kept in the home folder: nothing but the portals is ever asked.
_split = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def registered_domain(host: str) -> str:
    """Return the domain that somebody registered, such as `cq.gov.cn` of `zs.cq.gov.cn`.

    A host without one, such as `localhost`, is returned as it is.
    """
    return _split(host).top_domain_under_public_suffix or host


def use_bundled_list() -> None:
    """Have Scrapy's cookies go by the same list.

    Theirs is fetched for the first cookie, inside the event loop and without a timeout.
    """
    assert isinstance(cookies._split_domain, TLDExtract)
    cookies._split_domain = _split
