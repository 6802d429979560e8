"""The registry of portals: one small TOML file each, and portals made up from a URL."""

from __future__ import annotations

from cqcrawler.portals.enabled import disable, enable
from cqcrawler.portals.portal import Portal, read_portal, site_of
from cqcrawler.portals.registry import (
    ad_hoc,
    all_portals,
    for_urls,
    load,
    portal_files,
    problems,
    problems_of,
    valid_portals,
)

__all__ = [
    "Portal",
    "ad_hoc",
    "all_portals",
    "disable",
    "enable",
    "for_urls",
    "load",
    "portal_files",
    "problems",
    "problems_of",
    "read_portal",
    "site_of",
    "valid_portals",
]
