"""`cqcrawler snapshot`: a copy of the archive for sharing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cqcrawler.archive import Archive
from cqcrawler.commands.common import archive_option, json_option, quiet_option
from cqcrawler.commands.output import print_json, say, stages, tell


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@archive_option
@json_option
@quiet_option
def command(file: Path, force: bool, archive_path: Path, as_json: bool, quiet: bool) -> None:
    """Copy the archive to FILE, to share or to keep.

    The copy is of one moment, also while a crawl writes. It is checked before it gets its
    name, takes no more room than its content needs, and opens anywhere, even from a folder
    that cannot be written. Raw pages are not in it: they stay in warc/ beside the archive. The
    archive remembers when the copy was made and where, and cqcrawler health says it.

    \b
    Examples:
      cqcrawler snapshot archive-2025-07.db
      cqcrawler snapshot /srv/share/archive.db --force
    """
    with Archive(archive_path, must_exist=True) as archive, stages(show=not quiet) as watch:
        taken = archive.snapshot(file, force=force, watch=watch)
        noted = archive.writable
    if not noted:
        tell(f"{archive_path} cannot be written, so health will not know of this copy")
    if as_json:
        print_json({"file": str(file)} | asdict(taken))
        return
    say(
        f"{taken.articles} articles and {taken.versions} versions copied to {file}, "
        f"{taken.size / 2**20:.1f} MiB, SHA-256 {taken.sha256}"
    )
