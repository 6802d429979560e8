"""The portals we know: the files beside this module, and the operator's own."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from cqcrawler.exceptions import PortalError
from cqcrawler.platforms.canonical import canonical_url
from cqcrawler.portals.enabled import FILE, OWN_PORTALS, enabled_names, own_folder
from cqcrawler.portals.portal import (
    Portal,
    postback_problem,
    read_portal,
    userinfo_problem,
)
from cqcrawler.portals.sites import FormerSites, site_of
from cqcrawler.reading.addresses import without_userinfo

_SUFFIX = ".toml"


def portal_files() -> dict[str, Traversable]:
    """Return the file of each portal by name; the operator's folder adds and overrides."""
    folders = [resources.files(__package__)]
    if own := own_folder():
        folders.append(own)
    files = (file for folder in folders for file in folder.iterdir())
    found = {file.name.removesuffix(_SUFFIX): file for file in files if file.name.endswith(_SUFFIX)}
    return dict(sorted(found.items()))


def load(name: str) -> Portal:
    """Return the portal called `name`; PortalError if there is none or its file is not valid."""
    files = portal_files()
    if name not in files:
        raise PortalError(f"no portal is called {name!r}{_suggestion(name, files)}")
    return _switched(read_portal(files[name]), enabled_names())


def title_of(name: str) -> str:
    """Return what a portal calls itself; its short name if it is not registered, or not well."""
    try:
        return load(name).title
    except PortalError:
        return name


def all_portals() -> list[Portal]:
    """Return every portal, by name; PortalError for the first file that is not valid."""
    enabled = enabled_names()
    return [_switched(read_portal(path), enabled) for path in portal_files().values()]


def _switched(portal: Portal, enabled: Collection[str]) -> Portal:
    """Return a portal that is never crawled by itself if nobody has reached it yet, unless the
    operator has enabled it."""
    if portal.verified or portal.name in enabled:
        return portal
    return replace(portal, interval=0.0, is_enabled=False)


def ad_hoc(*urls: str) -> Portal:
    """Return the portal to crawl from `urls`, all of one site.

    It is the registered one of that site if there is one, and else named after its host.
    """
    site = _site(urls[0])
    starts = tuple(dict.fromkeys(map(canonical_url, urls)))
    for portal in all_portals():
        if site in portal.sites or site in portal.former.sites:
            return replace(portal, start_urls=tuple(map(portal.address, starts)))
    return Portal(name=site.replace(":", "-"), title=site, start_urls=starts)


def address_of(url: str) -> str:
    """Return the address by which the archive knows a page: that of today, if it is one of a
    registered portal that was elsewhere before."""
    address = canonical_url(url)
    return next(
        (former.at_home(address) for former in _moved() if site_of(url) in former.sites), address
    )


def former_addresses(url: str) -> set[str]:
    """Return the addresses that a page may have had before its portal moved."""
    return {address for former in _moved() for address in former.before(url)}


def _moved() -> list[FormerSites]:
    return _moved_by(os.environ.get(OWN_PORTALS))


# Asked for many addresses, and portal files do not change under a run.
@cache
def _moved_by(own: str | None) -> list[FormerSites]:
    return [portal.former for portal in valid_portals()[0] if portal.former.sites]


def for_urls(urls: Iterable[str]) -> list[Portal]:
    """Return the portals to crawl from `urls`, one for each site."""
    by_site: dict[str, list[str]] = {}
    for url in urls:
        by_site.setdefault(_site(url), []).append(url)
    return [ad_hoc(*same) for same in by_site.values()]


def problems() -> list[str]:
    """Return what is wrong with the portal files, a line for each fault; empty if nothing is."""
    portals, found = valid_portals()
    return found + _shared_sites(portals) + _unknown_names(portal_files())


def problems_of(paths: Iterable[Path]) -> list[str]:
    """Return what is wrong with these files, a line for each; they need not be registered."""
    return _read_all(paths, ())[1]


def valid_portals() -> tuple[list[Portal], list[str]]:
    """Return the portals whose files are valid, by name, and what is wrong with the others."""
    return _read_all(portal_files().values(), enabled_names())


def _read_all(
    paths: Iterable[Traversable], enabled: Collection[str]
) -> tuple[list[Portal], list[str]]:
    portals: list[Portal] = []
    found: list[str] = []
    for path in paths:
        try:
            portals.append(_switched(read_portal(path), enabled))
        except PortalError as error:
            found.append(str(error))
    return portals, found


def _unknown_names(files: Collection[str]) -> list[str]:
    # Else a portal that got another name would stop being crawled without a word.
    names = [name for name in enabled_names() if name not in files]
    return [f"{own_folder()}/{FILE}: no portal is called {name!r}" for name in names]


def _shared_sites(portals: list[Portal]) -> list[str]:
    # A page belongs to one portal, so a site does too.
    claims = {portal.name: portal.sites.union(portal.former.sites) for portal in portals}
    sites = Counter(site for claimed in claims.values() for site in claimed)
    return [
        f"{site}: claimed by {', '.join(name for name in claims if site in claims[name])}"
        for site, count in sites.items()
        if count > 1
    ]


def _site(url: str) -> str:
    site = site_of(url)
    if not site:
        plain = without_userinfo(url if "://" in url else f"//{url}").removeprefix("//")
        hint = "" if "://" in url else f"; did you mean http://{plain} ?"
        raise PortalError(f"{plain!r} is no http or https URL{hint}")
    if problem := userinfo_problem(url) or postback_problem(url):
        raise PortalError(problem)
    return site


def _suggestion(name: str, files: dict[str, Traversable]) -> str:
    near = difflib.get_close_matches(name, files, n=1) or [
        portal.name for portal in valid_portals()[0] if name in portal.title
    ]
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return "; `cqcrawler portals` lists them"
