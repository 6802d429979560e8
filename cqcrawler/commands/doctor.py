"""`cqcrawler doctor`: whether everything is there that a crawl needs."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path

import click

from cqcrawler.archive.file import diagnosis
from cqcrawler.archive.file.damage import way_back
from cqcrawler.archive.file.disk import LOW
from cqcrawler.archive.file.version import SCHEMA_VERSION
from cqcrawler.commands.common import archive_option, demo_archive_hint, json_option
from cqcrawler.commands.output import print_json, print_table
from cqcrawler.exceptions import ArchiveError

# Compiled or heavy: what most often fails to load on a new machine.
_PARTS = ("lxml", "resiliparse", "dateparser", "scrapy")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `advice` says what to do when it is not `ok`."""

    name: str
    ok: bool
    found: str
    advice: str = ""


@click.command()
@archive_option
@json_option
@click.pass_context
def command(ctx: click.Context, archive_path: Path, as_json: bool) -> None:
    """Check Python, SQLite, disk and archive, and say what to do.

    The exit code is 1 if something is wrong.

    \b
    Examples:
      cqcrawler doctor
      cqcrawler doctor --archive /srv/cq/archive.db --json
    """
    checks = list(_checks(archive_path))
    if as_json:
        print_json(checks)
    else:
        print_table(("", "checked", "found"), map(_row, checks))
    ctx.exit(0 if all(check.ok for check in checks) else 1)


def _row(check: Check) -> tuple[str, str, str]:
    advice = f": {check.advice}" if check.advice else ""
    return ("ok" if check.ok else "WRONG", check.name, check.found + advice)


def _checks(archive_path: Path) -> Iterator[Check]:
    folder = _existing(archive_path.absolute().parent)
    yield Check("Python", True, f"{platform.python_version()} at {sys.executable}")
    yield _check_sqlite()
    yield from (_check_part(name) for name in _PARTS)
    yield _check_writing(folder, archive_path)
    yield _check_space(folder)
    yield _check_archive(archive_path)


def _existing(folder: Path) -> Path:
    """Return the folder, or what it will be made in."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _check_sqlite() -> Check:
    problem = diagnosis.sqlite_problem()
    found = f"{diagnosis.SQLITE_VERSION}, {problem or 'with full-text search'}"
    advice = "use a Python built with a newer, complete SQLite, such as that of python.org"
    return Check("SQLite", problem is None, found, advice if problem else "")


def _check_part(name: str) -> Check:
    try:
        import_module(name)
        return Check(name, True, metadata.version(name))
    except ImportError as error:
        return Check(name, False, str(error), f"python -m pip install --force-reinstall {name}")


def _check_writing(folder: Path, archive_path: Path) -> Check:
    name = "writing"
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        advice = "get the right to write there, or name another --archive"
        return Check(name, False, f"{folder}: {error.strerror}", advice)
    if archive_path.exists() and not os.access(archive_path, os.W_OK):
        return Check(name, False, f"{archive_path} is read-only", f"chmod u+w {archive_path}")
    return Check(name, True, f"possible in {folder}")


def _check_space(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    enough = free >= LOW
    advice = "" if enough else "make room, or name an --archive on another disk"
    return Check("free disk space", enough, f"{free / 2**30:.1f} GiB", advice)


def _how_to_have_one() -> str:
    return "; ".join(filter(None, ("cqcrawler crawl makes it", demo_archive_hint())))


def _check_archive(path: Path) -> Check:
    if not path.exists():
        return Check("archive", True, f"none at {path} yet", _how_to_have_one())
    try:
        problems = diagnosis.archive_problems(path)
    except ArchiveError as error:
        return Check("archive", False, str(error))
    if problems:
        return Check("archive", False, "; ".join(problems), way_back(path))
    return Check("archive", True, f"{path} is sound, schema {SCHEMA_VERSION}")
