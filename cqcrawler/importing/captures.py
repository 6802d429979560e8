"""Pages as somebody kept them, whatever they lie in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cqcrawler import portals
from cqcrawler.models import Exchange
from cqcrawler.platforms.canonical import post_address
from cqcrawler.portals import site_of
from cqcrawler.text.controls import one_line

# A clock may be somewhat fast. What is far ahead would keep later looks from being newer.
_AHEAD = timedelta(days=1)
# Before the web there were no pages. Files that were unpacked may be of 1970 or 1980: a page would
# be read as one of then, before what it says of itself.
_FIRST = datetime(1991, 8, 6, tzinfo=UTC)
_LINE_ENDS = re.compile("[\r\n]")


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was at a time (aware): `read` gives it, `where` says where it lies.

    `address` is the one address of the page, with the form that was sent behind it. `location` is
    where it sends its reader. One that `may_be_page` is read even if nothing leads to it. `said` is
    what its article is to be warned of.
    """

    address: str
    at: datetime
    where: str
    read: Callable[[], Exchange]
    location: str = ""
    may_be_page: bool = True
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot be taken, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Passed:
    """What is no page, and left alone: a `revisit`, a `file`."""

    what: str


Item = Capture | Refused | Passed


def problem_of(url: str, at: datetime, now: datetime) -> str:
    """Say why a page with this address and time cannot be taken; empty if it can."""
    if not site_of(url) or _LINE_ENDS.search(url):
        return f"has an address that is none of the web ({one_line(url)})"
    if at < _FIRST:
        return (
            f"is of {at:%Y-%m-%d}, before there was a web: name its time in urls.tsv (fetched_at)"
        )
    if at > now + _AHEAD:
        return f"says that it is of {at:%Y-%m-%d}, which is yet to come"
    return ""


def address_of(url: str, form: str | None = None) -> str:
    """Return the one address of a page, by where it was and the form that was sent there."""
    return portals.address_of(url if form is None else f"{post_address(url, ())}{form}")
