"""Two versions of an article beside each other, with what stayed the same folded."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from datasette.utils.asgi import NotFound, Response

from cqcrawler.archive import Archive
from cqcrawler.archive.articles.stored import StoredArticle, Version
from cqcrawler.site.pages.common import fill
from cqcrawler.text.differences import Paragraph, compare

_COMPARED = ("title", "region", "published")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs that follow each other, all the same in both versions or all changed."""

    is_same: bool
    paragraphs: tuple[Paragraph, ...]


async def page(datasette: Any, request: Any) -> Response:
    """Answer /articles/ID/changes: of one version that is asked for, what it changed, or what was
    changed since; by default what was changed last."""
    number = int(request.url_vars["id"])
    found: tuple[StoredArticle, list[Version]] | None = await datasette.desk.ask(
        lambda archive: _read(archive, number)
    )
    if found is None:
        raise NotFound(f"no article {number}")
    article, versions = found
    pair = _pair(versions, request.args.get("from") or "", request.args.get("to") or "")
    if pair is None:
        answer = await fill(
            datasette, request, "cq_changes.html", article=article, versions=versions, old=None
        )
        answer.status = 404
        return answer
    old, new = pair
    fields = [(name, getattr(old, name), getattr(new, name)) for name in _COMPARED]
    return await fill(
        datasette,
        request,
        "cq_changes.html",
        article=article,
        versions=versions,
        old=old,
        new=new,
        fields=[
            (name, compare(before or "", after or ""))
            for name, before, after in fields
            if before != after
        ],
        stretches=folded(compare(old.body, new.body)),
    )


def folded(paragraphs: list[Paragraph]) -> list[Stretch]:
    """Return paragraphs in stretches of the same and of the changed."""
    groups = groupby(paragraphs, lambda paragraph: paragraph.is_same)
    return [Stretch(is_same, tuple(stretch)) for is_same, stretch in groups]


def _pair(versions: list[Version], old: str, new: str) -> tuple[Version, Version] | None:
    """Return the versions that are compared; None where there is none of a number asked for."""
    by_number = {str(version.version): version for version in versions}
    if (old and old not in by_number) or (new and new not in by_number):
        return None
    after = by_number[new] if new else versions[-1]
    before = [version for version in versions if version.version < after.version]
    return by_number[old] if old else (before or [after])[-1], after


def _read(archive: Archive, number: int) -> tuple[StoredArticle, list[Version]] | None:
    article = archive.article(number)
    return (article, archive.versions(number)) if article else None
