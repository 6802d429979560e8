"""The command line: each module here parses its options, calls one function and prints."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from keyword import iskeyword
from typing import Any, cast

import click

from cqcrawler.commands.output import tell, use_utf8
from cqcrawler.exceptions import CqcrawlerError, NoArchive
from cqcrawler.messages import ENGLISH, language

# Each with the first sentence of its help (a test compares them), so that `cqcrawler --help`
# need not import them all.
_COMMANDS = {
    "correct": "Correct what was read of facts and stories, by their words.",
    "crawl": "Crawl portals into the archive, by name or from a start page.",
    "demo": "Crawl a bundled portal, twice, and try four queries on it.",
    "digest": "Write what a week or month brought as one page, to be mailed.",
    "doctor": "Check Python, SQLite, disk and archive, and say what to do.",
    "drill": "Restore a backup into a scratch folder, and verify it.",
    "export": "Write articles to a file for other programs.",
    "extract": "Read saved pages and print each as one line of JSON.",
    "forget": "Delete one notice for good, and keep it from coming back.",
    "health": "Say how every portal is, and why.",
    "import": "Bring WARC files and saved pages into the archive.",
    "new": "List what was found new, changed or withdrawn lately.",
    "portals": "List the registered portals, with their last and next run.",
    "probe": "Look at a site before it is crawled, or at a saved page.",
    "recover": "Bring what can be read of a damaged archive into NEW_FILE.",
    "reextract": "Read the raw pages again by today's rules, without any network.",
    "runs": "List the latest runs of portals, newest first.",
    "schedule": "Print units of cron or systemd that run `crawl --due`.",
    "search": "Search titles and texts, newest first.",
    "show": "Show one article; ID is its number or its address.",
    "site": "Serve the archive as a web site for analysts, on this machine.",
    "snapshot": "Copy the archive to FILE, to share or to keep.",
    "verify": "Check SQLite's file, the full-text index and every raw page.",
    "warc": "Say of raw pages where they are.",
    "watch": "Keep searches under a name, and hear what is new to them.",
}


class _Commands(click.Group):
    """Imports a command only when it is named, so that `search` does not wait for Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        module = import_module(f"cqcrawler.commands.{name}")
        return cast(click.Command, module.command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:  # Click knows no names to suggest: they are ours.
            raise click.NoSuchCommand(error.command_name, None, _COMMANDS, ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def main(self, *args: Any, **kwargs: Any) -> Any:
        use_utf8()  # First of all: --help prints Chinese, too.
        with _help_in_words():
            return super().main(*args, **kwargs)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _errors_in_words():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _errors_in_words():
                return super().invoke(ctx)
        except CqcrawlerError as error:
            tell(f"cqcrawler: {error}")
            if isinstance(error, NoArchive):
                from cqcrawler.commands.common import demo_archive_hint

                if hint := demo_archive_hint():
                    tell(f"cqcrawler: {hint}")
            ctx.exit(error.exit_code)


def _help_in_words() -> AbstractContextManager[None]:
    """Have Click's help in the reader's language."""
    if language() == ENGLISH:
        return nullcontext()
    from cqcrawler.commands import chinese

    return chinese.speaking()


def _errors_in_words() -> AbstractContextManager[None]:
    """Have Click's errors in the reader's language."""
    if language() == ENGLISH:
        return nullcontext()
    from cqcrawler.commands import chinese

    return chinese.errors()


@click.group(cls=_Commands)
@click.version_option(package_name="cqcrawler", message="%(prog)s %(version)s")
def main() -> None:
    """Crawl investment-promotion portals (招商网) into one searchable SQLite archive."""
