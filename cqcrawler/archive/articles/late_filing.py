"""Notices that were read before the listing that tells their section, as from a home page."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cqcrawler.archive.articles.articles import written
from cqcrawler.archive.file.connection import Connection
from cqcrawler.archive.file.sections import SECTIONS, section_names
from cqcrawler.filing import Filed, filed_under
from cqcrawler.models import (
    Evidence,
    PageKind,
    PageResult,
    ReadListing,
    ReadNotice,
    SectionKind,
)


def file_late(db: Connection, result: PageResult) -> None:
    """File the articles that a page shows and of whose section too little is known, inside the
    caller's transaction: under what the listings that show them are called by now."""
    for url in _shown(result):
        unfiled = db.execute(_UNFILED, [url]).fetchone()
        if unfiled is None:
            continue
        article_id, section, kind, provenance, listed = unfiled
        evidence = {name: Evidence(**told) for name, told in json.loads(provenance).items()}
        known = Filed(section, SectionKind(kind) if kind else None, evidence)
        filed = filed_under(section_names(listed), known)
        if filed != known:
            columns = {
                "section": filed.section,
                "section_kind": filed.kind.value if filed.kind else None,
                "provenance": written(filed.provenance),
            }
            db.table("articles").update(article_id, columns)


def _shown(result: PageResult) -> Iterator[str]:
    if isinstance(result, ReadListing):
        yield from (row.url for row in result.candidates if row.kind is PageKind.NOTICE)
    elif isinstance(result, ReadNotice):
        yield result.visit.url


_UNFILED = f"""
SELECT articles.id, articles.section, section_kind, provenance, {SECTIONS}
FROM pages JOIN articles USING (url)
WHERE url = ? AND (articles.section IS NULL OR section_kind IS NULL)
"""
