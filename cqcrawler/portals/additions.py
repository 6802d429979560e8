"""Lines added to the operator's own file of a portal."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from errno import EACCES
from pathlib import Path
from typing import NamedTuple

from cqcrawler.exceptions import PortalError, UsageError
from cqcrawler.portals.enabled import folder_to_write
from cqcrawler.portals.portal import read_portal
from cqcrawler.portals.registry import portal_files
from cqcrawler.text.controls import one_line

_WRITABLE = 0o222


class Addition(NamedTuple):
    """An entry of `[[boilerplate]]`: `key` is `line` or `title_end`."""

    key: str
    text: str
    reason: str


def add_boilerplate(name: str, additions: Sequence[Addition]) -> Path:
    """Add entries to a portal's file in the operator's folder, and return its path.

    A bundled portal's file is copied there first. The file is valid, or stays as it was. Raises
    UsageError without a folder or a file, PortalError for a file that cannot be written.
    """
    folder = folder_to_write()
    source = portal_files().get(name)
    if source is None:
        raise UsageError(f"--write: {name} has no portal file; cqcrawler probe --write drafts one")
    path = folder / f"{name}.toml"
    text = source.read_text(encoding="utf-8").rstrip("\n") + "\n"
    _replace(path, text + "".join(map(_entry, additions)))
    return path


def _entry(addition: Addition) -> str:
    key, text, reason = addition
    return f"\n[[boilerplate]]\n{key} = {quoted(text)}\nreason = {quoted(reason)}\n"


def quoted(text: str) -> str:
    """Return a string as TOML has it, which is as JSON does where there are no controls."""
    return json.dumps(one_line(text), ensure_ascii=False)


def _replace(path: Path, text: str) -> None:
    """Put a file that is valid in place of another, at once; a link stays one."""
    kept = path.resolve()
    try:
        if kept.exists() and not kept.stat().st_mode & _WRITABLE:
            raise PermissionError(EACCES, "is read-only, and stays as it was")
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".") as folder:
            trial = Path(folder) / path.name
            trial.write_text(text, encoding="utf-8")
            _check(trial, path)
            if kept.exists():
                trial.chmod(kept.stat().st_mode)
            trial.replace(kept)
    except OSError as error:
        raise PortalError(f"{path}: {error.strerror}") from error


def _check(trial: Path, path: Path) -> None:
    try:
        read_portal(trial)
    except PortalError as error:
        why = str(error).removeprefix(f"{trial}: ")
        raise PortalError(f"{path} stays as it was, for what is proposed: {why}") from error
