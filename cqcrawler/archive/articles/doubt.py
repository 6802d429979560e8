"""Whether a page still reads as it did: a new layout must not pass for an edit of the notice."""

from __future__ import annotations

import json
import sqlite3

from cqcrawler.models import FROM_ROW, Article, PageResult, ReadNotice, Rejected

MISREAD = "reads no longer as it did"

# What a page states in places of its own, which an edit of the text leaves alone.
_STATED = ("published", "region")
# A text that shrinks to less than this part is gone rather than edited, if it was of some length.
_SHRUNK_TO = 3
_SOME_LENGTH = 100


def doubted(db: sqlite3.Connection, result: PageResult) -> PageResult:
    """Return the result, as a rejected page if what it reads as is worse than what is held.

    That is so where a page lost both date and place that it stated, or one of them with most of
    its text, or its title and all of its text. A person may accept a run in which it was so
    (`health --accept`): then it is taken as it is.
    """
    if not isinstance(result, ReadNotice):
        return result
    url = result.visit.url
    held = db.execute(_HELD, [url]).fetchone()
    if held is None or not (lost := _lost(held, result.article)):
        return result
    if db.execute(_ACCEPTED, [url, MISREAD]).fetchone():
        return result
    return Rejected(result.visit, MISREAD, f"lost {', '.join(lost)}")


def _lost(held: tuple[str, int, str | None, str | None, str], article: Article) -> list[str]:
    title, chars, published, region, provenance = held
    origins = {name: evidence["origin"] for name, evidence in json.loads(provenance).items()}
    stated = {"published": published, "region": region}
    lost = [
        name
        for name in _STATED
        if stated[name] and origins.get(name) != FROM_ROW and not _states(article, name)
    ]
    shrunk = chars >= _SOME_LENGTH and _SHRUNK_TO * len(article.body) < chars
    if shrunk and (lost or (not article.body and article.title != title)):
        return [*lost, "most of its text"]
    return lost if len(lost) == len(_STATED) else []


def _states(article: Article, name: str) -> bool:
    evidence = article.provenance.get(name)
    from_listing = evidence is not None and evidence.origin == FROM_ROW
    return bool(getattr(article, name)) and not from_listing


_HELD = "SELECT title, body_chars, published, region, provenance FROM articles WHERE url = ?"

_ACCEPTED = """
SELECT 1 FROM rejects JOIN runs ON runs.id = run_id
WHERE url = ? AND accepted AND rejects.reason = ?
"""
