"""`cqcrawler site`: the archive in a browser."""

from __future__ import annotations

import webbrowser
from collections.abc import Collection
from pathlib import Path

import click

from cqcrawler.commands.common import archive_option
from cqcrawler.commands.output import tell
from cqcrawler.exceptions import UsageError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="The port; 0 takes any that is free.",
)
@click.option("--public", is_flag=True, help="Allow a --host that others can reach.")
@click.option(
    "--allow-host",
    "names",
    metavar="NAME",
    multiple=True,
    help="A name that a proxy asks by; may be repeated.",
)
@click.option("--open", "in_browser", is_flag=True, help="Open a browser on it.")
@archive_option
def command(
    host: str,
    port: int,
    public: bool,
    names: tuple[str, ...],
    in_browser: bool,
    archive_path: Path,
) -> None:
    """Serve the archive as a web site for analysts, on this machine.

    Search, articles with their versions, dashboards, saved questions, SQL, CSV and JSON. It only
    reads, and may run while a crawl writes. There is no password: docs/site.md shows a proxy
    that asks for one.

    \b
    Examples:
      cqcrawler site
      cqcrawler site --archive data/demo.db --port 8080 --open
    """
    serve(archive_path, host, port, public=public, names=names, in_browser=in_browser)


def serve(
    archive_path: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    *,
    public: bool = False,
    names: Collection[str] = (),
    in_browser: bool = False,
) -> None:
    """Serve the site until it is stopped, and say where; UsageError without its extra."""
    try:
        from cqcrawler.site import serve
    except ModuleNotFoundError as error:
        raise UsageError(
            f"the site needs {error.name}: install cqcrawler with its extra, "
            "as in pip install '.[site]'"
        ) from error

    def ready(url: str) -> None:
        tell(f"{archive_path} is served on {url} until Ctrl-C stops it.")
        if in_browser:
            webbrowser.open(url)

    serve(archive_path, host, port, public=public, names=names, ready=ready)
