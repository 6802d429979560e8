"""What counts as one site, and the sites that a portal had before it moved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

# An address up to its path.
_ORIGIN = re.compile(r"[^/?#]*//[^/?#]*")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def site_of(url: str) -> str:
    """Return the host of `url`, with its port unless that is the usual one of its scheme.

    So http and https of one host are one site, as portals redirect between them. Empty for
    what is no web address.
    """
    found = _ORIGIN.match(url)
    return _site_at(found[0] if found else url)


# The addresses of a page have few origins, and a sitemap names fifty thousand.
@lru_cache(maxsize=1024)
def _site_at(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return ""
    return (
        parts.hostname
        if port in (None, _DEFAULT_PORTS[parts.scheme])
        else (f"{parts.hostname}:{port}")
    )


@dataclass(frozen=True, slots=True)
class FormerSites:
    """The `sites` that a portal had before it moved, and its `home` now: scheme and host.

    The pages are the same, so those of today are known by their addresses at home only.
    """

    sites: tuple[str, ...] = ()
    home: str = ""

    def at_home(self, url: str) -> str:
        """Return the address that a page at a former site has now, any other one as it is."""
        return _with_origin(url, self.home) if self.sites and site_of(url) in self.sites else url

    def before(self, url: str) -> set[str]:
        """Return the addresses that a page at home may have had at the former sites."""
        if not self.sites or site_of(url) != site_of(self.home):
            return set()
        schemes = ("http", "https")
        return {
            _with_origin(url, f"{scheme}://{site}") for site in self.sites for scheme in schemes
        }


NOWHERE = FormerSites()


def _with_origin(url: str, origin: str) -> str:
    scheme, _, host = origin.partition("://")
    return urlsplit(url)._replace(scheme=scheme, netloc=host).geturl()
