"""The golden pages: what the reader is told about each, and the right answer beside it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.corpus import GoldPage
from cqcrawler import platforms, read_article
from cqcrawler.models import Article, Listing, Page, PageKind
from cqcrawler.reading.page.document import open_page

FOLDER = Path(__file__).parent
ARTICLES, LISTINGS = "articles", "listings"

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldenPage:
    """A page and what its sidecar says.

    `shows` names the fields that a person finds on the page: these and no others have a value in
    the answer. `faults` names those that the reader gets wrong, with what it does instead: the
    answer then holds what is right. `kind` is what the page is where nothing was expected of it:
    unknown if too little tells; `kind_fault` says why it is taken for something else.
    """

    path: Path
    url: str
    shows: frozenset[str]
    kind: PageKind
    content_type: str = ""
    fetched_at: datetime | None = None
    region: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    kind_fault: str = ""

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def body(self) -> bytes:
        return self.path.read_bytes()

    @property
    def answer_file(self) -> Path:
        return self.path.with_suffix(".json")

    @property
    def is_plain(self) -> bool:
        """Whether the page is plainly a notice or a listing, and taken for it."""
        return self.kind is not PageKind.UNKNOWN and not self.kind_fault

    @property
    def is_listing(self) -> bool:
        return self.path.parent.name == LISTINGS


def load(path: Path) -> GoldenPage:
    """Return the page at `path` with its sidecar, `path` with the suffix `.toml`."""
    told = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    usual = PageKind.LISTING if path.parent.name == LISTINGS else PageKind.NOTICE
    told["kind"] = PageKind(told.get("kind", usual))
    told["shows"] = frozenset(told["shows"])
    return GoldenPage(path, **told)


def pages(kind: str, folder: Path = FOLDER) -> list[GoldenPage]:
    """Return the pages of one kind, `ARTICLES` or `LISTINGS`, by name."""
    return [load(path) for path in sorted((folder / kind).glob("*.html"))]


def all_pages(folder: Path = FOLDER) -> list[GoldenPage]:
    return [*pages(ARTICLES, folder), *pages(LISTINGS, folder)]


def read(page: GoldenPage) -> Answer:
    """Return what the reader makes of a page, as JSON has it."""
    if page.is_listing:
        told = Page(page.url, page.body, page.content_type, page.fetched_at)
        listing: Answer = _plain(platforms.read_listing(open_page(told)))
        listing.pop("unmatched", None)  # no portal's file takes part
        return listing
    article = read_article(
        page.body,
        page.url,
        content_type=page.content_type,
        fetched_at=page.fetched_at,
        region=page.region,
    )
    answer: Answer = _plain(article)
    answer.pop("left_out", None)  # `removed` holds these lines too
    answer.pop("unmatched", None)  # no portal's file takes part
    del answer["items"]  # reading says it to cleaning, and nobody else
    for name in page.faults:
        answer["provenance"].pop(name, None)
    return answer


def answer_of(page: GoldenPage) -> Answer:
    answer: Answer = json.loads(page.answer_file.read_text(encoding="utf-8"))
    return answer


def written(answer: Answer) -> str:
    """Return the text of an answer's file."""
    return json.dumps(answer, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def gold_pages() -> list[GoldPage]:
    """Return the notices as the benchmarks have those of the corpus; faults have no score."""
    return [_gold_page(page, answer_of(page)) for page in pages(ARTICLES) if not page.faults]


def _gold_page(page: GoldenPage, answer: Answer) -> GoldPage:
    title, date, body = answer["title"], answer["published"], "\n".join(answer["paragraphs"])
    return GoldPage(page.name, page.path, page.url, title, date, body)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


# What a page may show, by kind; the rest of an answer follows from it or tells of the reading.
SHOWABLE = {
    ARTICLES: {item.name for item in fields(Article)}
    - {
        "url",
        "items",
        "left_out",
        "place",
        "provenance",
        "warnings",
        "removed",
        "section_kind",
        "unmatched",
    },
    LISTINGS: {item.name for item in fields(Listing)} - {"url", "form", "unmatched"},
}
