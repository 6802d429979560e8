"""`cqcrawler warc`: raw pages that lie elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from cqcrawler.archive import Archive
from cqcrawler.archive.file.lock import writing
from cqcrawler.commands.common import archive_option
from cqcrawler.commands.output import tell
from cqcrawler.exceptions import UsageError


@click.group()
def command() -> None:
    """Say of raw pages where they are.

    \b
    Example:
      cqcrawler warc retire data/warc/chongqing/2023-05-04-12-001.warc.gz
    """


@command.command()
@click.argument("files", metavar="FILE ...", nargs=-1, required=True)
@archive_option
def retire(files: tuple[str, ...], archive_path: Path) -> None:
    """Say that WARC files were moved away on purpose.

    FILE is where the file was or still is, or its name in the archive (warc/PORTAL/NAME). What
    was read from it stays, and portals are asked for changes only, as before; verify reports it
    as offline and not as damage, show --raw and reextract say so. A file that is put back is in
    use again, without any command.

    \b
    Examples:
      mv data/warc/chongqing/2023-*.warc.gz /mnt/cold/
      cqcrawler warc retire data/warc/chongqing/2023-05-04-12-001.warc.gz
    """
    if not archive_path.exists():
        with Archive(archive_path, must_exist=True):
            return
    with writing(archive_path), Archive(archive_path, must_exist=True) as archive:
        known = archive.upkeep.known_files()
        named = [_name(file, archive_path.parent, known) for file in files]
        archive.upkeep.retire(named, datetime.now(UTC))
        offline = archive.upkeep.offline()
    for name in named:
        tell(f"{name} is offline" if name in offline else f"{name} is to be moved away")


def _name(typed: str, folder: Path, known: set[str]) -> str:
    """Return the name that rows have for a file."""
    path = Path(typed)
    names = [typed]
    if path.absolute().is_relative_to(folder.absolute()):
        names.append(path.absolute().relative_to(folder.absolute()).as_posix())
    for name in names:
        if name in known or ((folder / name).is_file() and name.startswith("warc/")):
            return name
    raise UsageError(f"{typed} is no WARC file of this archive: they lie in {folder / 'warc'}")
