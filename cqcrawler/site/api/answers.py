"""What the API answers with. Names are those of the archive's columns and of `search --json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cqcrawler.archive.answers.money import Sums
from cqcrawler.archive.articles.paged import ProjectNotice
from cqcrawler.archive.articles.stated import SourcedFact, StoredProject
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.archive.search.facets import Facet, Value
from cqcrawler.models import RemovedParagraph


@dataclass(frozen=True, slots=True)
class Entry:
    """An address of the API, and what it answers."""

    path: str
    summary: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that there is. `version` is of cqcrawler."""

    version: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A notice that was found; the marks are (start, end) offsets of what was searched for."""

    id: int
    published: str | None
    region: str | None
    title: str
    title_marks: tuple[tuple[int, int], ...]
    passage: str
    passage_marks: tuple[tuple[int, int], ...]
    portal: str
    url: str
    withdrawn_at: str | None
    event_from: str | None
    event_to: str | None
    stage: str | None
    source: str | None
    amount: float | None
    place: str | None
    place_stands: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many were found, `capped` where there are more: then neither is money summed up, nor are
    `facets` counted, where that is asked for; nor where it takes too long."""

    found: int
    capped: bool
    sums: Sums | None
    facets: Mapping[Facet, tuple[Value, ...]] | None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """Results, what all of them together are, and the address of those that follow."""

    found: int
    capped: bool
    sums: Sums | None
    facets: Mapping[Facet, tuple[Value, ...]] | None
    hits: tuple[SearchHit, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A related notice; `article_id` if the archive has it, too."""

    url: str
    title: str
    published: str | None
    article_id: int | None


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file that a notice offers, what became of it, and where it can be had if it is held."""

    position: int
    name: str
    url: str
    kind: str
    state: str | None
    media_type: str | None
    size: int | None
    sha256: str | None
    fetched_at: str | None
    error: str | None
    held: str | None


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """A version of a notice; `href` leads to its text."""

    version: int
    captured_at: str
    title: str
    region: str | None
    published: str | None
    reader_version: str
    href: str


@dataclass(frozen=True, slots=True)
class VersionText:
    """A version of a notice with its text."""

    article_id: int
    version: int
    captured_at: str
    title: str
    region: str | None
    published: str | None
    body: str
    reader_version: str


@dataclass(frozen=True, slots=True)
class CitationLine:
    """What it takes to cite a notice; `line` is all of it after GB/T 7714."""

    author: str
    title: str
    publisher: str
    published: str | None
    accessed: str
    url: str
    place: str
    version: int
    captured_at: str
    withdrawn_at: str | None
    body_sha256: str
    line: str


@dataclass(frozen=True, slots=True)
class ArticleAnswer(StoredArticle):
    """A notice with all that the archive knows of it."""

    related: tuple[RelatedLink, ...]  # type: ignore[assignment]
    attachments: tuple[OfferedFile, ...]  # type: ignore[assignment]
    removed: tuple[RemovedParagraph, ...]
    versions: tuple[VersionEntry, ...]
    citation: CitationLine


@dataclass(frozen=True, slots=True)
class ProjectAnswer(StoredProject):
    """A project with the notices that tell of it, in the order of what they tell."""

    told_in: tuple[ProjectNotice, ...]


@dataclass(frozen=True, slots=True)
class ProjectList:
    """Projects by their numbers, and the address of those that follow."""

    projects: tuple[StoredProject, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class FactList:
    """Facts by articles and their places in the text, and the address of those that follow."""

    facts: tuple[SourcedFact, ...]
    next: str | None
