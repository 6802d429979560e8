"""What says where a saved page was: a list of addresses, or the page itself."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any, cast

from lxml import etree

from cqcrawler.models import Page
from cqcrawler.reading.page.decoding import WIDE_BEGINNINGS
from cqcrawler.reading.page.document import open_page
from cqcrawler.text.clock import BEIJING

LISTS = ("urls.tsv", "urls.csv", "urls.json")
COLUMNS = ("file", "url", "fetched_at", "content_type")
CANONICAL = "its address is the one that the page calls canonical, which may be another page's"
# How far into a page browsers say what they saved, in characters.
_HEAD = 4096
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    r"Page saved with SingleFile\s+url:\s*(https?://\S+)(?:\s+saved date:\s*([^\n(]+))?"
)
_DATE = "%a %b %d %Y %H:%M:%S GMT%z"
_CANONICAL = etree.XPath("//link[translate(@rel, 'CANONICAL', 'canonical') = 'canonical']/@href")


@dataclass(frozen=True, slots=True)
class Told:
    """Where a page was, and when, as far as that is told: `at` is aware. `said` is what is doubtful
    of it."""

    url: str
    at: datetime | None = None
    content_type: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list of addresses: where it stands, a file, and what is told of it; `problem` says
    why that is of no use."""

    where: str
    file: str = ""
    told: Told = Told("")
    problem: str = ""


def read_list(path: Path) -> Iterator[Row]:
    """Yield the rows of a list: a table with a heading, or JSON objects, with the `COLUMNS`."""
    try:
        text = _text(path.read_bytes())
        rows = json.loads(text) if path.suffix == ".json" else _table(text, path.suffix)
    except (OSError, ValueError, csv.Error, RecursionError) as error:
        yield Row(str(path), problem=f"cannot be read: {error}")
        return
    if not isinstance(rows, list):
        yield Row(str(path), problem="is no list of objects with 'file' and 'url'")
        return
    for number, row in enumerate(rows, 1):
        yield _row(f"{path} row {number}", row)


def told_by_page(body: bytes, content_type: str = "") -> Told | None:
    """Return what a page says of where it was saved from; None if it says nothing."""
    document = open_page(Page("", body, content_type))
    head = document.text[:_HEAD]
    if saved := _SAVED_FROM.search(head):
        return Told(saved[1])
    if single := _SINGLE_FILE.search(head):
        at = None
        with suppress(ValueError):
            at = datetime.strptime((single[2] or "").strip(), _DATE)
        return Told(single[1], at)
    named = map(str, cast("list[str]", _CANONICAL(document.root)))
    url = next((url.strip() for url in named if "://" in url), None)
    return Told(url, said=CANONICAL) if url else None


def _text(raw: bytes) -> str:
    """Decode a list: UTF-8, or what Excel makes of Chinese on Windows: `Unicode text`, or GBK."""
    if raw.startswith(WIDE_BEGINNINGS):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _table(text: str, suffix: str) -> list[dict[str, str]]:
    reader = csv.DictReader(StringIO(text), delimiter="\t" if suffix == ".tsv" else ",")
    missing = [name for name in COLUMNS[:2] if name not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"its first line does not name the column {' and '.join(missing)}")
    return list(reader)


def _row(where: str, row: Any) -> Row:
    if not isinstance(row, Mapping):
        return Row(where, problem="is no object with 'file' and 'url'")
    file, url, date, content_type = (str(row.get(name) or "").strip() for name in COLUMNS)
    if not file or not url:
        return Row(where, file, problem=f"names no {'address' if file else 'file'}")
    try:
        at = datetime.fromisoformat(date) if date else None
    except ValueError:
        return Row(where, file, problem=f"{date!r} is no time: write it like 2025-07-07 16:00")
    if at and at.tzinfo is None:
        at = at.replace(tzinfo=BEIJING)
    return Row(where, file, Told(url, at, content_type))
