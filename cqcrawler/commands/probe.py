"""`cqcrawler probe`: what a site is like, before it is crawled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from cqcrawler import portals
from cqcrawler.commands.common import json_option, parse_settings, quiet_option, settings_option
from cqcrawler.commands.output import print_json, stages, tell
from cqcrawler.exceptions import UsageError
from cqcrawler.portals import Portal
from cqcrawler.text.clock import BEIJING

if TYPE_CHECKING:
    from cqcrawler.probe.keep import KeptPage
    from cqcrawler.probe.look import Came
    from cqcrawler.probe.report import Probe


@click.command()
@click.argument("where", metavar="URL_OR_FILE")
@click.option("--url", default="", help="Where a saved page was, which its links are relative to.")
@click.option("--paths", is_flag=True, help="Show the CSS path of every list of links.")
@click.option("--write", is_flag=True, help="Draft the portal's file in CQCRAWLER_PORTALS.")
@click.option("--name", default="", help="What to call the portal; by default after its host.")
@click.option("--region", default="", help="The place that the portal speaks for, a name or code.")
@click.option(
    "--save",
    "save_to",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep the pages that came in this folder.",
)
@click.option("--exclude", multiple=True, metavar="SELECTOR", help="Take out of the list's page.")
@click.option("--rows", default="", metavar="SELECTOR", help="The rows of the list.")
@click.option("--title", default="", metavar="SELECTOR", help="The title in a row.")
@click.option("--date", default="", metavar="SELECTOR", help="The date in a row.")
@click.option("--next", default="", metavar="SELECTOR", help="What leads to further pages.")
@click.option("--notice-exclude", multiple=True, metavar="SELECTOR", help="Take out of a notice.")
@click.option("--body", default="", metavar="SELECTOR", help="The text of a notice.")
@click.option("--notice-title", default="", metavar="SELECTOR", help="The title of a notice.")
@click.option("--notice-date", default="", metavar="SELECTOR", help="The date of a notice.")
@click.option("--reason", default="", help="Why selectors are needed, for the portal file.")
@settings_option
@json_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    where: str,
    url: str,
    paths: bool,
    write: bool,
    name: str,
    region: str,
    save_to: Path | None,
    settings: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    reason: str,
    **selectors: str | tuple[str, ...],
) -> None:
    """Look at a site before it is crawled, or at a saved page.

    Says what the site runs on and why we think so, which rows and further pages a list has and
    which links were left out, how a notice reads, what robots.txt allows, and what a crawl would
    cost. Four requests are sent at most, as politely as a crawl: robots.txt, the page, one further
    page, one notice. A saved page takes none. Give the address of a list.

    Selectors, CSS or XPath, are tried beside the general reading, and both readings are shown.
    --write puts them into the portal file.

    The exit code is 0 if the site can be crawled, 1 if not wholly, 2 for wrong usage.

    \b
    Examples:
      cqcrawler probe http://www.example.gov.cn/zsdt/
      cqcrawler probe http://www.example.gov.cn/zsdt/ --save pages --write
      cqcrawler probe pages/list.html --paths
      cqcrawler probe pages/list.html --exclude .hot --exclude "#side"
    """
    # Reading pages takes long to load, and Scrapy longer: --help need not wait for them.
    from cqcrawler.commands.probed import print_probe
    from cqcrawler.probe.look import look

    if (name or region or reason) and not write:
        raise UsageError("--name, --region and --reason are for the portal file: add --write")
    overrides = parse_settings(settings)
    portal, kept = _portal(where, url)
    portal = replace(_told(portal, selectors), region=region or portal.region)
    file = _draft_file(portal, name, region) if write else None
    _check_folder(save_to, saved=kept is not None)
    came = _open(kept, portal) if kept else _ask(portal, overrides, quiet=quiet)
    probe = look(portal, came)
    if as_json:
        result = {"exit": probe.exit_code, "can_be_crawled": not probe.exit_code}
        print_json({**result, **asdict(probe)})
    else:
        print_probe(probe, with_paths=paths)
    for written in (*_keep(save_to, came), *_draft(file, probe, portal, region, reason)):
        tell(f"written: {written}")
    ctx.exit(probe.exit_code)


def _portal(where: str, url: str) -> tuple[Portal, KeptPage | None]:
    """Return what is to be probed: a portal that starts at the page, and the page if it is kept in
    a file."""
    from cqcrawler.probe.keep import load

    if "://" in where:
        if url:
            raise UsageError("--url says where a saved page was: leave it out")
        return portals.ad_hoc(where), None
    kept = load(Path(where))
    url = url or kept.url
    return portals.ad_hoc(url) if url else Portal("page", "a saved page", ("",)), kept


def _told(portal: Portal, selectors: Mapping[str, str | tuple[str, ...]]) -> Portal:
    """Return the portal with the selectors that are given, in place of those of its file."""
    from cqcrawler.probe.trial import overrides_of

    tried = overrides_of(selectors)
    if not tried.digest:
        return portal
    return replace(portal, overrides=replace(tried, apis=portal.overrides.apis))


def _open(kept: KeptPage, portal: Portal) -> Came:
    from cqcrawler.probe.saved import saved_page
    from cqcrawler.settings import DOWNLOAD_DELAY

    return saved_page(kept, portal, DOWNLOAD_DELAY)


def _ask(portal: Portal, overrides: dict[str, str], *, quiet: bool) -> Came:
    from cqcrawler.probing import probe

    with stages(show=not quiet) as told:
        return probe(portal, overrides=overrides, watch=lambda stage: told(stage, None))


def _check_folder(folder: Path | None, *, saved: bool) -> None:
    from cqcrawler.probe.keep import check_folder

    if folder and saved:
        raise UsageError("--save keeps pages that were asked for, and this one is saved already")
    if folder:
        check_folder(folder)


def _keep(folder: Path | None, came: Came) -> list[Path]:
    from cqcrawler.probe.keep import keep

    return keep(folder, came.seen, came.robots_text) if folder else []


def _draft_file(portal: Portal, name: str, region: str) -> Path:
    """Return where the portal file goes; raises UsageError if it cannot be written there."""
    from cqcrawler.domains import registered_domain
    from cqcrawler.probe.draft import check_region, name_of, place_for

    url = portal.start_urls[0]
    if not url:
        raise UsageError("--write has to know where the page was: add --url")
    check_region(region)
    host = urlsplit(url).hostname or ""
    return place_for(name or name_of(host, registered_domain(host)), url)


def _draft(
    file: Path | None, probe: Probe, portal: Portal, region: str, reason: str
) -> Iterator[Path]:
    """Write the portal file, unless the probe leads to none."""
    from cqcrawler.probe.draft import Told, draft, why_no_draft, write_new

    if file and (why := why_no_draft(probe)):
        tell(f"no portal file was drafted, as {why}")
    elif file:
        told = Told(file.stem, region, portal.overrides, reason)
        write_new(file, draft(probe, told, datetime.now(BEIJING).date()))
        yield file
