"""The portal file that a probe leads to: what is not the default, with what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from cqcrawler import portals
from cqcrawler.exceptions import PortalError, UsageError
from cqcrawler.platforms import GENERIC
from cqcrawler.platforms.canonical import canonical_url
from cqcrawler.portals import read_portal, site_of
from cqcrawler.portals.additions import quoted
from cqcrawler.portals.enabled import folder_to_write
from cqcrawler.portals.overrides import NONE, Overrides
from cqcrawler.portals.portal import check_name
from cqcrawler.probe.report import Probe, Rows
from cqcrawler.text import regions
from cqcrawler.text.controls import one_line
from cqcrawler.text.unknown_regions import why_unknown

NEEDS_REGION = (
    "the pages do not say which place the portal speaks for: --write needs --region, a name "
    "(渝北区, 重庆-巴岳新区) or a GB/T 2260 code"
)
_ADDRESS = re.compile(r"[\d.]+")
_NOT_PLAIN = re.compile(r"[^a-z0-9_-]+")


def place_for(name: str, url: str) -> Path:
    """Return where the file of a new portal goes: into the operator's folder, over no other.

    Raises UsageError if there is no such folder, or a portal of that name or site.
    """
    folder = folder_to_write()
    if problem := check_name(name):
        raise UsageError(f"--name {problem}")
    if name in portals.portal_files():
        raise UsageError(f"--write: a portal is called {name} already: choose another --name")
    for portal in portals.all_portals():
        if site_of(url) in portal.sites:
            raise UsageError(f"--write: {site_of(url)} is of the portal {portal.name} already")
    return folder / f"{name}.toml"


def name_of(host: str, domain: str) -> str:
    """Return what a portal is called after its host, of which `domain` was registered by somebody:
    `invest-suzhou` for invest.suzhou.gov.cn."""
    below = [part for part in host.removesuffix(domain).split(".") if part not in ("", "www")]
    own = domain if _ADDRESS.fullmatch(domain) else domain.partition(".")[0]
    return _NOT_PLAIN.sub("-", ".".join((*below, own)).lower()).strip("-_")


def check_region(region: str) -> None:
    """Raise UsageError for what the operator gives as a region and is none."""
    if region and not regions.find(region):
        raise UsageError(f"--region: {why_unknown(region)}")


@dataclass(frozen=True, slots=True)
class Told:
    """What the operator says of a new portal: its name, its region, a name or code, which outranks
    what the pages say, and selectors with the reason for them."""

    name: str
    region: str = ""
    overrides: Overrides = NONE
    reason: str = ""


def why_no_draft(probe: Probe) -> str:
    """Say why a probe leads to no portal file; empty if it does."""
    if probe.error:
        return "an error of ours came in between"
    return "" if probe.listing else "there is no list to start from"


def draft(probe: Probe, told: Told, today: date) -> str:
    """Return the text of a portal file.

    Raises UsageError if nothing says which place the portal speaks for.
    """
    lines = (*_lines(probe, told.name, told.region, today), *_selectors(told, today))
    return "\n".join(lines) + "\n"


def _selectors(told: Told, today: date) -> Iterator[str]:
    reason = told.reason or f"to fill in: what the general rules read wrong ({today})"
    tables = {
        "listing": asdict(told.overrides.listing),
        "notice": asdict(told.overrides.notice),
    }
    for name, table in tables.items():
        said = {key: value for key, value in table.items() if value and key != "file"}
        if said:
            yield f"\n[{name}]\nreason = {quoted(reason)}"
            yield from (f"{key} = {_value(value)}" for key, value in said.items())


def _value(value: str | Sequence[str]) -> str:
    return quoted(value) if isinstance(value, str) else f"[{', '.join(map(quoted, value))}]"


def write_new(path: Path, text: str) -> None:
    """Write a portal file that is valid, over no other. Raises PortalError for one that is not, or
    cannot be written, and leaves nothing of it behind."""
    try:
        file = path.open("x", encoding="utf-8")
    except OSError as error:
        raise PortalError(f"{path}: {error.strerror}") from error
    try:
        with file:
            file.write(text)
        read_portal(path)
    except BaseException as error:
        path.unlink()
        if isinstance(error, OSError):
            raise PortalError(f"{path}: {error.strerror}") from error
        raise


def _lines(probe: Probe, name: str, region: str, today: date) -> Iterator[str]:
    code, why = _region(probe, region)
    url = canonical_url(probe.page.answered)
    yield _comment(f"Drafted by cqcrawler probe on {today}.")
    yield from (_comment(f"Not wholly: {problem}") for problem in probe.problems)
    yield f"name = {quoted(name)}"
    yield f"title = {quoted(probe.site.name or site_of(url))}"
    if probe.platform.name:
        yield _comment("; ".join(probe.platform.signs))
    yield f"platform = {quoted(probe.platform.name or GENERIC.name)}"
    yield _comment(why)
    yield f"region = {quoted(code)}"
    yield from _about_list(probe)
    yield f"start_urls = [{quoted(url)}]"


def _region(probe: Probe, asked: str) -> tuple[str, str]:
    if asked:
        place = regions.find(asked)
        return place.code if place else asked, f"{asked}, as the operator says"
    if not probe.site.region_code:
        raise UsageError(NEEDS_REGION)
    return probe.site.region_code, f"{probe.site.region}, by {probe.site.region_from}"


def _about_list(probe: Probe) -> Iterator[str]:
    if found := probe.listing:
        rows, total = found.rows, found.declared_total
        declared = "no total" if total is None else f"{total} declared"
        yield _comment(
            f"{len(rows.rows)} rows, {_dated(rows)}; {len(found.pages)} other pages; {declared}"
        )


def _dated(rows: Rows) -> str:
    if not rows.dated:
        return "none of them dated"
    return f"{rows.dated} of them dated, {rows.newest} to {rows.oldest}"


def _comment(text: str) -> str:
    return f"# {one_line(text)}"
