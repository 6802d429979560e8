"""`cqcrawler forget`: one notice, gone for good."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cqcrawler.archive import Archive
from cqcrawler.archive.file.lock import writing
from cqcrawler.commands.common import archive_option, json_option, quiet_option
from cqcrawler.commands.output import in_words, one_line, print_json, progress, say, tell
from cqcrawler.exceptions import UsageError
from cqcrawler.forget import Forgotten, forget


@click.command()
@click.argument("url", metavar="URL")
@click.option("--yes", is_flag=True, help="Do not ask.")
@archive_option
@json_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context, url: str, yes: bool, archive_path: Path, as_json: bool, quiet: bool
) -> None:
    """Delete one notice for good, and keep it from coming back.

    Its rows go with all versions, what was left out of them, links to it, its words in the
    full-text index, and its raw pages: their WARC files are written anew without them. The
    database file is written anew as well, which takes its time and as much room again. A hash
    of the address stays, so that no crawl archives it again.

    Copies, exports and logs that were made before are not reached. Exit code 1 says that
    readers have the archive open: end them and say it again.

    \b
    Examples:
      cqcrawler forget http://chongqing.010b.com/info/detail/9132.html
      cqcrawler forget http://chongqing.010b.com/info/detail/9132.html --yes
    """
    from cqcrawler.portals import address_of

    with Archive(archive_path, must_exist=True):
        pass  # None is made where there was none, or an empty file is left of one.
    address = address_of(url)
    with writing(archive_path), Archive(archive_path) as archive:
        held = archive.forgetting.held(address)
        if held is None and (held := archive.forgetting.held(url)):
            address = url  # Stored when addresses were written in another way.
        if held is None:
            raise UsageError(f"no page {address} is known in {archive_path}: look at its address")
        if not yes:
            _ask(held.title or address)
        done = forget(archive, address, lambda files: progress(files, "Raw pages", show=not quiet))
    if as_json:
        print_json(done)
    else:
        _print(done)
    ctx.exit(0 if done.scrubbed else 1)


def _ask(what: str) -> None:
    if not sys.stdin.isatty():
        raise UsageError("this cannot be undone: give --yes")
    click.confirm(in_words(f"Delete {one_line(what)} for good?"), abort=True, err=True)


def _print(done: Forgotten) -> None:
    article = f"article {done.article}, {done.versions} versions; " if done.article else ""
    say(f"forgotten: {article}{done.records} raw records in {done.files} files")
    for url in done.elsewhere:
        tell(f"{one_line(url)} led to it, and has lost its raw page: forget it, too")
    for file in done.offline:
        tell(f"{file} is offline: put it back and say this again, if it may hold the notice")
    for file in done.missing:
        tell(f"{file} is not there: put it back and say this again, if it may hold the notice")
    for file, count in done.unread.items():
        tell(f"not reached: {count} records of {file} that are damaged, and may be of the notice")
    for file in done.undeleted:
        tell(f"not reached: {one_line(file)}, as its folder cannot be written: delete it")
    for file in done.linked:
        tell(f"not reached: {one_line(file)}, where a link led: delete it")
    for backup in done.backups:
        tell(f"not reached: {one_line(backup)}")
    tell("not reached: copies of warc/, exports, log files, and what other pages print of it")
    if not done.scrubbed:
        tell("readers have the archive open, so its log still has the text: end them, say it again")
