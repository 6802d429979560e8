"""The command line: each module here parses its options, calls one function and prints."""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

import click

from cqcrawler.commands.output import use_utf8
from cqcrawler.exceptions import CqcrawlerError

_COMMANDS = (
    "crawl",
    "demo",
    "doctor",
    "export",
    "extract",
    "health",
    "new",
    "portals",
    "reextract",
    "runs",
    "schedule",
    "search",
    "show",
    "site",
    "snapshot",
    "verify",
)


class _Commands(click.Group):
    """Imports a command only when it is named, so that `search` does not wait for Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"cqcrawler.commands.{cmd_name}")
        return cast(click.Command, module.command)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        use_utf8()  # First of all: --help prints Chinese, too.
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CqcrawlerError as error:
            click.echo(f"cqcrawler: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Commands)
@click.version_option(package_name="cqcrawler")
def main() -> None:
    """Crawl investment-promotion portals (招商网) into one searchable SQLite archive."""
