"""Notices that were read before the listing that names their section, as from a home page."""

from __future__ import annotations

import json

from cqcrawler.archive.articles.articles import written
from cqcrawler.archive.file.connection import Connection
from cqcrawler.archive.file.sections import SECTIONS, section_names
from cqcrawler.filing import Filed, filed_under
from cqcrawler.models import Evidence, PageKind, ReadListing, SectionKind


def file_late(db: Connection, result: ReadListing) -> None:
    """File the articles of a listing's rows that state no section under the one that the listing
    names, inside the caller's transaction."""
    for row in result.candidates:
        unfiled = row.kind is PageKind.NOTICE and db.execute(_UNFILED, [row.url]).fetchone()
        if unfiled:
            article_id, kind, provenance, listed = unfiled
            evidence = {name: Evidence(**told) for name, told in json.loads(provenance).items()}
            known = Filed(None, SectionKind(kind) if kind else None, evidence)
            filed = filed_under(section_names(listed), known)
            if filed != known:
                columns = {
                    "section": filed.section,
                    "section_kind": filed.kind.value if filed.kind else None,
                    "provenance": written(filed.provenance),
                }
                db.table("articles").update(article_id, columns)


_UNFILED = f"""
SELECT articles.id, section_kind, provenance, {SECTIONS}
FROM pages JOIN articles USING (url) WHERE url = ? AND articles.section IS NULL
"""
