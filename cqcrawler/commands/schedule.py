"""`cqcrawler schedule`: the units that crawl what is due."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import click

from cqcrawler.commands.common import archive_option
from cqcrawler.commands.output import tell
from cqcrawler.exceptions import UsageError
from cqcrawler.schedule import EVERY, Job, cron, systemd

_FORMATS = {"cron": cron, "systemd": systemd}
_PREFIX = "CQCRAWLER_"
# It stands on the command line already.
_ARCHIVE = "CQCRAWLER_ARCHIVE"


@click.command()
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), required=True)
@click.option(
    "--every",
    type=click.Choice(list(EVERY)),
    default="1h",
    show_default=True,
    help="How often to look what is due.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write files into this folder instead of printing them.",
)
@archive_option
def command(form: str, every: str, output: Path | None, archive_path: Path) -> None:
    """Print units of cron or systemd that run `crawl --due`.

    They name this program, this folder, the archive and the CQCRAWLER_ settings of the
    environment as they are now. How often a portal is crawled is up to its interval_hours.

    \b
    Examples:
      cqcrawler schedule --format cron
      cqcrawler schedule --format systemd --output units
    """
    folder = Path.cwd()
    job = Job(
        # -P: no file of the working folder is taken for a module.
        program=(sys.executable, "-P", "-m", "cqcrawler"),
        archive=folder / archive_path,
        folder=folder,
        environment={
            name: value
            for name, value in sorted(os.environ.items())
            if name.startswith(_PREFIX) and name != _ARCHIVE
        },
        user=_user(),
    )
    units = _FORMATS[form](job, every)
    if output is None:
        click.echo("\n".join(f"# {name}\n{text}" for name, text in units.items()), nl=False)
        return
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, text in units.items():
            _write(output / name, text)
            tell(f"{output / name} written")
    except OSError as error:
        raise UsageError(f"cannot write to {output}: {error.strerror}") from error


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # The account has no name, as in some containers.
        return str(os.getuid())


def _write(path: Path, text: str) -> None:
    # For the owner alone: the settings may hold the address of a webhook, which is a secret.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
