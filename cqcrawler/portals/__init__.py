"""The registry of portals: one small TOML file each, and portals made up from a URL."""

from __future__ import annotations

from cqcrawler.portals.enabled import disable, enable
from cqcrawler.portals.portal import Portal, read_portal
from cqcrawler.portals.registry import (
    ad_hoc,
    address_of,
    all_portals,
    for_urls,
    former_addresses,
    load,
    portal_files,
    problems,
    problems_of,
    title_of,
    valid_portals,
)
from cqcrawler.portals.sites import site_of

__all__ = [
    "Portal",
    "ad_hoc",
    "address_of",
    "all_portals",
    "disable",
    "enable",
    "for_urls",
    "former_addresses",
    "load",
    "portal_files",
    "problems",
    "problems_of",
    "read_portal",
    "site_of",
    "title_of",
    "valid_portals",
]
