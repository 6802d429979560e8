"""One portal: what its file says, and what counts as the same site."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import urlsplit

from cqcrawler import platforms
from cqcrawler.exceptions import CqcrawlerError, PortalError
from cqcrawler.platforms.canonical import canonical_url
from cqcrawler.portals.overrides import (
    NONE,
    Overrides,
    listing_problems,
    notice_problems,
    read_overrides,
    unknown_keys,
)
from cqcrawler.portals.own_lines import boilerplate_problem, read_own_lines
from cqcrawler.portals.sites import NOWHERE, FormerSites, site_of
from cqcrawler.reading.addresses import postback_number, split_form, without_userinfo
from cqcrawler.text import regions
from cqcrawler.text.own_lines import NO_LINES, OwnLines
from cqcrawler.text.unknown_regions import why_unknown

_REQUIRED = ("name", "title", "platform", "region", "start_urls")
_OPTIONAL = (
    "delay",
    "interval_hours",
    "deadline_minutes",
    "max_pages",
    "sweep_days",
    "revisits",
    "boilerplate",
    "listing",
    "notice",
    "verified",
    "note",
    "formerly",
    "attachments",
)
_AS_THEY_ARE = ("sweep_days", "revisits", "verified", "note", "attachments")
_USUAL_INTERVAL = 24.0
_LONGEST_INTERVAL = 366 * 24
# Names become file and folder names, so they are plain.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal to crawl.

    `platform` is the name of its CMS family, empty where the pages must tell. `region` is the
    code or name of the place it speaks for, empty where nobody has said. `delay` is the least
    time between two requests in seconds, None for the usual one. `interval` is the time between
    two scheduled crawls in hours, 0 where there are none. `deadline` is the most minutes that a
    run may take, `max_pages` the most pages that it may fetch, None for the usual bounds. After
    `sweep_days` a run reads all listings to their end; `revisits` is how many notices it may
    look at again. `own_lines` are what it prints around its notices, `overrides` how its pages are
    read where the general rules do not do. One that is not `verified` was never reached by whoever
    wrote its file, as its `note` says; it is not `is_enabled` until the operator says so. `former`
    are the sites that it had before. `attachments` is whether the files that notices offer are
    fetched.
    """

    name: str
    title: str
    start_urls: tuple[str, ...]
    platform: str = ""
    region: str = ""
    delay: float | None = None
    interval: float = 0.0
    deadline: float | None = None
    max_pages: int | None = None
    sweep_days: int = 7
    revisits: int = 1000
    own_lines: OwnLines = NO_LINES
    overrides: Overrides = NONE
    verified: bool = True
    note: str = ""
    is_enabled: bool = True
    former: FormerSites = NOWHERE
    attachments: bool = False

    @property
    def sites(self) -> frozenset[str]:
        """The sites that its pages may lie on."""
        return frozenset(site_of(url) for url in self.start_urls)

    @property
    def digest(self) -> str:
        """A few characters that change with what its file says of how its pages are read; empty
        where that is nothing."""
        said = (self.overrides.digest, *self.former.sites)
        return sha256("\n".join(said).encode()).hexdigest()[:8] if any(said) else ""

    def address(self, url: str) -> str:
        """Return the one address of a page, which is at home wherever the portal was before."""
        return self.former.at_home(canonical_url(url))

    def starts_with(self, url: str, continues: str | None) -> bool:
        """Whether a page is one that the file names to start from, or a further page of one.

        These must have rows where the file says that listings have them. Others may be lists of
        another kind, or none.
        """
        return url in self.start_urls or continues in self.start_urls


def userinfo_problem(url: str) -> str | None:
    """Say what is wrong with a start page that has a name or password, without showing it."""
    plain = without_userinfo(url)
    return None if plain == url else f"{plain}: a name and password before the host are not used"


def postback_problem(url: str) -> str | None:
    """Say what is wrong with a start page that only the page before it leads to."""
    if (number := postback_number(url)) is None:
        return None
    first = split_form(url)[0]
    return f"{url}: only the pages before it lead to page {number}, so begin at {first}"


def read_portal(path: Traversable) -> Portal:
    """Return the portal that a TOML file describes; PortalError names every fault."""
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PortalError(f"{path}: cannot be read as TOML: {error}") from error
    problems = list(_problems(fields, path.name.removesuffix(".toml")))
    if problems:
        raise PortalError(f"{path}: {'; '.join(problems)}")
    return Portal(
        name=fields["name"],
        title=fields["title"],
        platform=fields["platform"],
        region=fields["region"],
        start_urls=tuple(map(canonical_url, fields["start_urls"])),
        delay=float(fields["delay"]["seconds"]) if "delay" in fields else None,
        interval=float(fields.get("interval_hours", _USUAL_INTERVAL)),
        deadline=fields.get("deadline_minutes"),
        max_pages=fields.get("max_pages"),
        own_lines=read_own_lines(fields, path.name),
        overrides=read_overrides(fields, path.name),
        former=_former(fields),
        **{key: fields[key] for key in _AS_THEY_ARE if key in fields},
    )


def _former(fields: dict[str, Any]) -> FormerSites:
    if "formerly" not in fields:
        return NOWHERE
    home = urlsplit(canonical_url(fields["start_urls"][0]))
    sites = tuple(site_of(f"http://{site}") for site in fields["formerly"])
    return FormerSites(sites, f"{home.scheme}://{home.netloc}")


def _problems(fields: dict[str, Any], stem: str) -> Iterator[str]:
    missing = [key for key in _REQUIRED if key not in fields]
    if missing:
        yield f"missing {', '.join(missing)}"
    yield from unknown_keys(fields, (*_REQUIRED, *_OPTIONAL))
    for key, check in _CHECKS.items():
        if key in fields:
            problem = check(fields[key])
            if problem:
                yield f"{key}: {problem}"
    yield from listing_problems(fields["listing"]) if "listing" in fields else ()
    yield from notice_problems(fields["notice"]) if "notice" in fields else ()
    if own := _own_sites(fields):
        yield f"formerly: {own[0]} is where its start_urls are now"
    if fields.get("verified") is False and "note" not in fields:
        yield "note: say why nobody has reached the portal, as it is not verified"
    if fields.get("name", stem) != stem:
        yield f"name: is {fields['name']!r}, but the file is called {stem}.toml"


def check_name(value: Any) -> str | None:
    """Say what is wrong with the name of a portal; None for nothing."""
    if isinstance(value, str) and _NAME.fullmatch(value):
        return None
    return f"{value!r} is not lower-case letters, digits, '-' and '_'"


def _check_title(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "must be a text"


def _own_sites(fields: dict[str, Any]) -> list[str]:
    """Return the former sites that a portal has today."""
    urls, formerly = fields.get("start_urls"), fields.get("formerly")
    if not isinstance(formerly, list) or not isinstance(urls, list):
        return []
    today = {site_of(url) for url in urls if isinstance(url, str)}
    return [site for site in formerly if site_of(f"http://{site}") in today]


def _check_formerly(value: Any) -> str | None:
    if not isinstance(value, list) or not value:
        return 'must be a list of hosts, such as ["old.example.cn"]'
    wrong = [site for site in value if not isinstance(site, str) or not _is_site(site)]
    return f"{wrong[0]!r} is no host, such as old.example.cn" if wrong else None


def _is_site(site: str) -> bool:
    """Whether a text is a host, perhaps with a port, and no address."""
    return bool(site_of(f"http://{site}")) and not set(site) & set("/@?# ")


def _check_switch(value: Any) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def _check_platform(value: Any) -> str | None:
    try:
        platforms.get(value)
    except CqcrawlerError as error:
        return str(error)
    return None


def _check_region(value: Any) -> str | None:
    if isinstance(value, str) and regions.find(value):
        return None
    return (
        why_unknown(value)
        if isinstance(value, str)
        else f"{value!r} is no text: write it in quotes"
    )


def _check_start_urls(value: Any) -> str | None:
    if not isinstance(value, list) or not value:
        return "must be a list of at least one URL"
    wrong = [url for url in value if not isinstance(url, str) or not site_of(url)]
    if wrong:
        shown = without_userinfo(wrong[0]) if isinstance(wrong[0], str) else wrong[0]
        return f"{shown!r} is no http or https URL"
    problems = (check(url) for url in value for check in (userinfo_problem, postback_problem))
    return next(filter(None, problems), None)


def _check_delay(value: Any) -> str | None:
    match value:
        case {"seconds": int() | float() as seconds, "reason": str() as reason} if len(value) == 2:
            if isinstance(seconds, bool) or not 0 < seconds <= 3600 or not reason.strip():
                return "wants seconds between 0 and 3600, and a reason"
            return None
    return 'must be written { seconds = 2.0, reason = "why" }'


def _check_interval(value: Any) -> str | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and 0 <= value <= _LONGEST_INTERVAL:
        return None
    return f"{value!r} is no number of hours up to {_LONGEST_INTERVAL} (0: never by itself)"


def _check_deadline(value: Any) -> str | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and 0 < value <= _LONGEST_INTERVAL * 60:
        return None
    return f"{value!r} is no number of minutes up to {_LONGEST_INTERVAL * 60}"


def _check_max_pages(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return None
    return f"{value!r} is no number of pages"


def _check_sweep_days(value: Any) -> str | None:
    if type(value) is int and 1 <= value <= 365:
        return None
    return "must be a number of days, from 1 to 365"


def _check_revisits(value: Any) -> str | None:
    return None if type(value) is int and value >= 0 else "must be a number of pages, or 0"


_CHECKS = {
    "name": check_name,
    "title": _check_title,
    "platform": _check_platform,
    "region": _check_region,
    "start_urls": _check_start_urls,
    "delay": _check_delay,
    "interval_hours": _check_interval,
    "deadline_minutes": _check_deadline,
    "max_pages": _check_max_pages,
    "sweep_days": _check_sweep_days,
    "revisits": _check_revisits,
    "boilerplate": boilerplate_problem,
    "verified": _check_switch,
    "note": _check_title,
    "formerly": _check_formerly,
    "attachments": _check_switch,
}
