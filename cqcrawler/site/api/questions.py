"""What the API asks the archive, each in a thread of the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from cqcrawler import portals
from cqcrawler.archive.answers.money import Amount, sums
from cqcrawler.archive.articles.citation import Citation
from cqcrawler.archive.articles.files import AttachedFile
from cqcrawler.archive.articles.stored import StoredArticle, Version
from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.facets import Facet, Facets
from cqcrawler.archive.search.search import Hit
from cqcrawler.models import Link
from cqcrawler.site import counts
from cqcrawler.site.api import answers
from cqcrawler.site.api.problems import Refusal
from cqcrawler.site.pages.common import portal_title

if TYPE_CHECKING:
    from cqcrawler.archive import Archive
    from cqcrawler.site.desk import Desk

T = TypeVar("T")

# Of more, neither the number nor the money is told; as `cqcrawler search` has it.
_MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request asks: its path, the numbers in that, and its parameters."""

    path: str
    numbers: Mapping[str, int]
    given: Mapping[str, str]

    @property
    def limit(self) -> int:
        """How many at most."""
        return int(self.given.get("limit", 20))

    @property
    def cursor(self) -> str:
        """Where to go on, empty at the beginning."""
        return self.given.get("cursor", "")

    def next(self, cursor: str | None) -> str | None:
        """Return the address of the page behind a cursor."""
        return cursor and f"{self.path}?{urlencode({**self.given, 'cursor': cursor})}"


async def search(desk: Desk, asked: Asked) -> answers.SearchResults:
    """Answer /search."""
    wanted = Search.of(asked.given)
    with_facets = asked.given.get("facets") == "1"
    found = await desk.ask(lambda archive: _results(archive, wanted, asked))
    # Counting asks more than a page does, and is the same for all of them.
    key = ("counted", replace(wanted, order=Search().order), with_facets)
    amounts, facets = await asyncio.gather(counts.amounts(desk), counts.facets(desk))
    count = await desk.recall(
        key, lambda archive: _count(archive, wanted, amounts, facets if with_facets else None)
    )
    return replace(found, **{field.name: getattr(count, field.name) for field in fields(count)})


def _results(archive: Archive, wanted: Search, asked: Asked) -> answers.SearchResults:
    with archive.reading():
        page = archive.page(wanted, asked.cursor, limit=asked.limit)
        hits = archive.hits(
            page.ids, wanted.terms, place=wanted.filters.place, substring=wanted.substring
        )
    return answers.SearchResults(
        0, False, None, None, tuple(map(_hit, hits)), asked.next(page.cursor)
    )


def _hit(hit: Hit) -> answers.SearchHit:
    plain = {name: getattr(hit, name) for name in Hit.__slots__ if name not in ("title", "passage")}
    return answers.SearchHit(
        title=hit.title.text,
        title_marks=hit.title.marks,
        passage=hit.passage.text,
        passage_marks=hit.passage.marks,
        **plain,
    )


def _count(
    archive: Archive, wanted: Search, amounts: Sequence[Amount], facets: Facets | None
) -> answers.Count:
    found = archive.find(
        wanted.terms, wanted.filters, substring=wanted.substring, most=_MOST_COUNTED
    )
    ids = None if wanted.is_empty else frozenset(found.ids)
    if ids is not None and not found.complete:
        return answers.Count(len(found.ids), True, None, None)
    counted = {one: tuple(facets.count(one, ids)) for one in Facet} if facets else None
    return answers.Count(len(found.ids), not found.complete, sums(amounts, ids), counted)


async def article(desk: Desk, asked: Asked) -> answers.ArticleAnswer:
    """Answer /articles/{id}."""
    number = asked.numbers["id"]
    return _there(await desk.ask(lambda archive: _article(archive, number)), f"article {number}")


async def article_at(desk: Desk, asked: Asked) -> answers.ArticleAnswer:
    """Answer /articles, which asks for the one at an address."""
    url = asked.given["url"]
    address = portals.address_of(url)
    return _there(await desk.ask(lambda archive: _article(archive, address)), f"article at {url}")


def _article(archive: Archive, key: int | str) -> answers.ArticleAnswer | None:
    with archive.reading():
        article = archive.article(key)
        if article is None:
            return None
        held = archive.ids([link.url for link in article.related])
        files = enumerate(archive.files(article.id), start=1)
        made = {
            "related": tuple(_related(link, held) for link in article.related),
            "attachments": tuple(_file(article.id, number, file) for number, file in files),
            "removed": tuple(archive.removed(article.id)),
            "versions": tuple(_version(article.id, one) for one in archive.versions(article.id)),
            "citation": _citation(archive.citation(article.id, portal_title(article.portal))),
        }
    plain = {name: getattr(article, name) for name in StoredArticle.__slots__}
    return answers.ArticleAnswer(**(plain | made))


def _related(link: Link, held: Mapping[str, int]) -> answers.RelatedLink:
    return answers.RelatedLink(link.url, link.title, link.published, held.get(link.url))


def _file(article_id: int, number: int, file: AttachedFile) -> answers.OfferedFile:
    href = f"/articles/{article_id}/files/{number}" if file.is_held else None
    plain = {name: getattr(file, name) for name in AttachedFile.__slots__ if name != "record"}
    return answers.OfferedFile(**plain, held=href)


def _version(article_id: int, version: Version) -> answers.VersionEntry:
    return answers.VersionEntry(
        version.version,
        version.captured_at,
        version.title,
        version.region,
        version.published,
        version.reader_version,
        f"/api/v1/articles/{article_id}/versions/{version.version}",
    )


def _citation(citation: Citation) -> answers.CitationLine:
    # Where the raw page lies is of no use to who cannot reach it; `line` names it.
    told = {k: v for k, v in asdict(citation).items() if not k.startswith("warc_")}
    return answers.CitationLine(**told, line=citation.line)


async def version(desk: Desk, asked: Asked) -> answers.VersionText:
    """Answer /articles/{id}/versions/{version}."""
    number, wanted = asked.numbers["id"], asked.numbers["version"]
    versions = await desk.ask(lambda archive: archive.versions(number))
    found = next((one for one in versions if one.version == wanted), None)
    one = _there(found, f"version {wanted} of article {number}")
    plain = {name: getattr(one, name) for name in Version.__slots__ if name != "run_id"}
    return answers.VersionText(article_id=number, **plain)


async def projects(desk: Desk, asked: Asked) -> answers.ProjectList:
    """Answer /projects."""
    filters = Search.of(asked.given).filters
    page = await desk.ask(
        lambda archive: archive.projects_page(filters, asked.cursor, limit=asked.limit)
    )
    return answers.ProjectList(page.projects, asked.next(page.cursor))


async def project(desk: Desk, asked: Asked) -> answers.ProjectAnswer:
    """Answer /projects/{id}."""
    number = asked.numbers["id"]
    found = await desk.ask(lambda archive: archive.project(number))
    one, told_in = _there(found, f"project {number}")
    return answers.ProjectAnswer(**_plain(one), told_in=told_in)


async def facts(desk: Desk, asked: Asked) -> answers.FactList:
    """Answer /facts."""
    ask = partial(
        _facts_page,
        filters=Search.of(asked.given).filters,
        cursor=asked.cursor,
        kind=asked.given.get("kind"),
        limit=asked.limit,
    )
    page = await desk.ask(ask)
    return answers.FactList(page.facts, asked.next(page.cursor))


def _facts_page(archive: Archive, **asked: Any) -> Any:
    return archive.facts_page(**asked)


def _plain(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def _there(found: T | None, what: str) -> T:
    if found is None:
        raise Refusal(404, f"no {what}")
    return found
