"""Pages in files: what a probe keeps, to be looked at again and as fixtures of a portal's test.

Beside a page lies what is known of it: `list.html` and `list.toml`, as with our golden pages.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cqcrawler.exceptions import UsageError
from cqcrawler.models import PageKind
from cqcrawler.probe.run import Seen
from cqcrawler.reading.page.decoding import LARGEST
from cqcrawler.run.interpret import open_answer

_NAMES = {PageKind.UNKNOWN: "list", PageKind.LISTING: "further", PageKind.NOTICE: "notice"}
_ROBOTS = "robots.txt"
_TOLD = ".toml"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page of a file; `url` and `content_type` are empty where nothing beside it tells them, and
    `at` (aware) is when it came or, at least, when the file was written."""

    body: bytes
    at: datetime
    url: str = ""
    content_type: str = ""


def check_folder(folder: Path) -> None:
    """Raise UsageError if a file that pages are kept in is there already."""
    names = (*(f"{name}.*" for name in _NAMES.values()), _ROBOTS)
    found = next((file for name in names for file in folder.glob(name)), None)
    if found:
        raise UsageError(f"--save: {found} is there already: choose another folder")


def keep(folder: Path, seen: Sequence[Seen], robots: str) -> list[Path]:
    """Write the pages that came, each with what is known of it, and robots.txt if there is one.

    Returns the files of the pages. Raises UsageError for a folder that cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if robots:
            (folder / _ROBOTS).write_text(robots, encoding="utf-8")
        return list(_kept(folder, seen))
    except OSError as error:
        raise UsageError(f"--save {folder}: {error.strerror}") from error


def _kept(folder: Path, seen: Sequence[Seen]) -> Iterator[Path]:
    for page, answer in ((each.page, each.answer) for each in seen):
        if answer is not None:
            document = open_answer(answer, page)
            suffix = ".json" if document.data is not None else ".html"
            path = folder / f"{_NAMES[page.kind]}{suffix}"
            path.write_bytes(answer.body)
            path.with_suffix(_TOLD).write_text(
                f"url = {json.dumps(document.page.url)}\n"
                f"content_type = {json.dumps(document.page.content_type)}\n"
                f"fetched_at = {answer.at.replace(microsecond=0).isoformat()}\n",
                encoding="utf-8",
            )
            yield path


def load(path: Path) -> KeptPage:
    """Return the page in a file; raises UsageError for one that cannot be read."""
    try:
        size, written = path.stat().st_size, path.stat().st_mtime
        if size > LARGEST:
            raise UsageError(
                f"{path} has {size:,} bytes: a crawl reads no page of more than {LARGEST:,}"
            )
        body = path.read_bytes()
    except OSError as error:
        hint = "" if path.exists() else "; a URL begins with http:// or https://"
        raise UsageError(f"{path}: {error.strerror}{hint}") from error
    told = told_beside(path)
    url, content_type, at = (told.get(key) for key in ("url", "content_type", "fetched_at"))
    return KeptPage(
        body,
        at if isinstance(at, datetime) and at.tzinfo else datetime.fromtimestamp(written, UTC),
        url if isinstance(url, str) else "",
        content_type if isinstance(content_type, str) else "",
    )


def told_beside(page: Path) -> dict[str, object]:
    """Return what the file beside a page tells of it; nothing if there is none, UsageError for one
    that cannot be read."""
    path = page.with_suffix(_TOLD)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}, beside the page, cannot be read as TOML: {error}") from error
