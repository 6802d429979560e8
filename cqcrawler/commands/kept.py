"""What `cqcrawler show` prints as it came: the raw page of a version, or a file of the notice."""

from __future__ import annotations

import click

from cqcrawler.archive import Archive
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.commands.output import beijing_time, on_terminal
from cqcrawler.exceptions import RecordError, UsageError
from cqcrawler.models import Record
from cqcrawler.text.controls import escaped
from cqcrawler.warc import read_answer


def print_kept(archive: Archive, article: StoredArticle, version: int, number: int | None) -> None:
    """Print the file of an article with a number, from 1, or without one the page of a version."""
    if number:
        _print_file(archive, article, number)
    else:
        _print_raw(_raw_page(archive, article, version))


def _raw_page(archive: Archive, article: StoredArticle, version: int) -> bytes:
    """Return the page of a version as the portal sent it, unpacked."""
    if version > article.version:
        raise UsageError(f"article {article.id} has versions 1 to {article.version}")
    record = archive.readings.record_of(article.id, version)
    if record is None:
        raise UsageError(
            f"the raw page of article {article.id} version {version} was not kept: it was "
            "archived by an older cqcrawler"
        )
    _check_there(archive, record, f"the raw page of article {article.id} version {version}")
    return read_answer(archive.path.parent, record).body


def _print_file(archive: Archive, article: StoredArticle, number: int) -> None:
    """Print a file to the byte, where something else than a terminal takes it."""
    files = archive.files(article.id)
    if number > len(files):
        raise UsageError(f"article {article.id} offers {len(files)} files")
    file = files[number - 1]
    if file.record is None or not file.is_held:
        why = file.error or file.state or "its portal's file does not ask for files (attachments)"
        raise UsageError(f"file {number} of article {article.id} is not held: {why}")
    if on_terminal():
        raise UsageError(f"file {number} is {file.media_type}: send it to a file, with > NAME")
    _check_there(archive, file.record, f"file {number} of article {article.id}")
    click.echo(read_answer(archive.path.parent, file.record).body, nl=False)


def _check_there(archive: Archive, record: Record, what: str) -> None:
    """Raise RecordError for a record in a file that was moved away."""
    if since := archive.upkeep.offline().get(record.file):
        raise RecordError(
            f"{what} is offline: {record.file} was moved away (retired {beijing_time(since)}); "
            f"put it back into {(archive.path.parent / record.file).parent}"
        )


def _print_raw(page: bytes) -> None:
    """Print a page to the byte, but on a terminal, which it could play with."""
    if not on_terminal():
        click.echo(page, nl=False)
        return
    from cqcrawler.reading.page.decoding import decode

    click.echo(escaped(decode(page).text.replace("\r\n", "\n")), nl=False)
