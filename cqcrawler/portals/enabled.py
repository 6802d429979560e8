"""Portals that nobody has reached yet, and which of them the operator lets be crawled.

Their names stand in `enabled.txt` of the operator's own folder of portals, one a line: beside the
files that change or replace what we ship, where upgrades leave them and everybody can see them.
"""

from __future__ import annotations

import os
from pathlib import Path

from cqcrawler.exceptions import PortalError, UsageError

OWN_PORTALS = "CQCRAWLER_PORTALS"
FILE = "enabled.txt"


def own_folder() -> Path | None:
    """Return the operator's folder of portals; PortalError if what is named is no folder."""
    own = os.environ.get(OWN_PORTALS)
    if own and not Path(own).is_dir():
        raise PortalError(f"{OWN_PORTALS} is {own!r}, which is no folder")
    return Path(own) if own else None


def folder_to_write() -> Path:
    """Return the folder that `--write` writes to; UsageError if none is named."""
    if not os.environ.get(OWN_PORTALS):
        raise UsageError(f"--write: {OWN_PORTALS} has to name the folder of your portal files")
    return Path(os.environ[OWN_PORTALS])


def enabled_names() -> list[str]:
    """Return the names of the portals that are enabled; lines that begin with `#` are comments."""
    folder = own_folder()
    if folder is None or not (folder / FILE).exists():
        return []
    lines = map(str.strip, _read(folder / FILE))
    return [line for line in lines if line and not line.startswith("#")]


def enable(name: str) -> Path:
    """Have a portal crawled by itself from now on; return the file that says so."""
    file = _own_file()
    if name not in enabled_names():
        _write(file, [*_read(file), name])
    return file


def disable(name: str) -> Path:
    """Have a portal crawled by itself no longer; return the file that said so."""
    file = _own_file()
    _write(file, [line for line in _read(file) if line.strip() != name])
    return file


def _own_file() -> Path:
    folder = own_folder()
    if folder is None:
        raise PortalError(
            f"{OWN_PORTALS} names no folder, and what is enabled is kept in one of yours: "
            f"make one, and name it, as by export {OWN_PORTALS}=$PWD/portals"
        )
    return folder / FILE


def _read(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise PortalError(f"{file}: cannot be read: {error}") from error


def _write(file: Path, lines: list[str]) -> None:
    new = file.with_suffix(".new")
    try:
        new.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        new.replace(file)
    except OSError as error:
        raise PortalError(f"{file}: cannot be written: {error.strerror}") from error
