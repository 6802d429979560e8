"""Short ways to write exchanges into WARC files and to look at what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from cqcrawler.models import Exchange
from cqcrawler.warc import WarcSettings, WarcWriter

AT = datetime(2025, 7, 7, 8, 0, 0, 123456, tzinfo=UTC)


def exchange(body: bytes = b"<p>page</p>", url: str = "http://h/1", **fields: Any) -> Exchange:
    defaults: dict[str, Any] = {
        "method": "GET",
        "request_headers": ((b"Host", b"h"), (b"User-Agent", b"cqcrawler")),
        "status": 200,
        "headers": ((b"Content-Type", b"text/html"),),
        "at": AT,
    }
    return Exchange(url=url, body=body, **(defaults | fields))


@dataclass(frozen=True)
class Found:
    """A record of a file."""

    kind: WarcRecordType
    offset: int
    headers: dict[str, str]
    block: bytes


def records(path: Path) -> list[Found]:
    """Every record of a file, as another library reads it and finds its digest right."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.any_type, parse_http=False):
            assert record.verify_block_digest(consume=False), record.headers
            headers = dict(record.headers.astuples())
            block = record.reader.read()
            found.append(Found(record.record_type, record.stream_pos, headers, block))
    return found


@pytest.fixture
def make() -> Callable[..., Exchange]:
    return exchange


@pytest.fixture
def look() -> Callable[[Path], list[Found]]:
    return records


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Callable[..., WarcWriter]]:
    with ExitStack() as opened:

        def writer(portal: str = "cq", run_id: int = 1, **settings: Any) -> WarcWriter:
            warc = WarcWriter(tmp_path, portal, run_id, WarcSettings(**settings))
            return opened.enter_context(closing(warc))

        yield writer
