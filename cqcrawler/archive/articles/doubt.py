"""Whether a page still reads as it did, and is not archived already under another address.

A new layout must not pass for an edit of the notice.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from cqcrawler.archive.file.values import digest_of, timestamp
from cqcrawler.models import (
    CUT_SHORT,
    FROM_ROW,
    TWIN,
    Article,
    PageKind,
    PageResult,
    ReadListing,
    ReadNotice,
    Rejected,
)

MISREAD = "reads no longer as it did"

# What a page states in places of its own, which an edit of the text leaves alone.
_STATED = ("published", "region")
# A text that shrinks to less than this part is gone rather than edited, if it was of some length.
_SHRUNK_TO = 3
_SOME_LENGTH = 100
# A page that a portal shows under more addresses than this is no notice with a form for phones.
_MOST_ALIKE = 50


def doubted(db: sqlite3.Connection, result: PageResult) -> PageResult:
    """Return the result, as a rejected page if what it reads as is worse than what is held.

    That is so where a page lost both date and place that it stated, or one of them with most of
    its text, or its title and all of its text; or where it shows a list and not the title of its
    row. A person may accept a run in which it was so
    (`health --accept`): then it is taken as it is. A text that is only the beginning of the one
    held, or little in its place, on a page whose markup breaks off, is an edit once it came so on
    an earlier day.
    """
    if isinstance(result, ReadNotice):
        return _doubted_notice(db, result)
    if isinstance(result, ReadListing) and result.titled_otherwise:
        return _doubted_list(db, result)
    return result


def _doubted_notice(db: sqlite3.Connection, result: ReadNotice) -> ReadNotice | Rejected:
    url = result.visit.url
    held = db.execute(_HELD, [url]).fetchone()
    if held is None:
        return _unless_twin(db, result)
    body = result.article.body
    # A page that breaks off before its text reads as what stands above it.
    if result.cut and (_is_beginning(body, held[-1]) or _is_shrunk(body, len(held[-1]))):
        return result if _came_so_before(db, result) else _cut_short(result)
    lost = _lost(held[:-1], result.article)
    if not lost or _is_accepted(db, url):
        return result
    return Rejected(result.visit, MISREAD, f"lost {', '.join(lost)}")


def _doubted_list(db: sqlite3.Connection, result: ReadListing) -> ReadListing | Rejected:
    url = result.visit.url
    if db.execute(_HELD, [url]).fetchone() is None or _is_accepted(db, url):
        return result
    return Rejected(replace(result.visit, kind=PageKind.NOTICE), MISREAD, "shows a list")


def _lost(held: tuple[str, int, str | None, str | None, str], article: Article) -> list[str]:
    title, chars, published, region, provenance = held
    origins = {name: evidence["origin"] for name, evidence in json.loads(provenance).items()}
    stated = {"published": published, "region": region}
    lost = [
        name
        for name in _STATED
        if stated[name] and origins.get(name) != FROM_ROW and not _states(article, name)
    ]
    if _is_shrunk(article.body, chars) and (lost or (not article.body and article.title != title)):
        return [*lost, "most of its text"]
    return lost if len(lost) == len(_STATED) else []


def _unless_twin(db: sqlite3.Connection, result: ReadNotice) -> ReadNotice | Rejected:
    """Return a new notice, rejected if it is archived at its address for phones, or for desks."""
    from cqcrawler.text.twins import shared_address  # Only writers want it.

    url, article = result.visit.url, result.article
    same = db.execute(
        """SELECT url FROM articles WHERE body_hash = ? AND portal = ? AND title = ?
        ORDER BY id DESC LIMIT ?""",
        [digest_of(article.body), result.visit.portal, article.title, _MOST_ALIKE],
    )
    shared = shared_address(url)
    twin = next((other for (other,) in same if shared_address(other) == shared), None)
    return Rejected(result.visit, TWIN, f"is archived as {twin}") if twin else result


def _is_accepted(db: sqlite3.Connection, url: str) -> bool:
    return db.execute(_ACCEPTED, [url, MISREAD]).fetchone() is not None


def _is_shrunk(body: str, chars: int) -> bool:
    return chars >= _SOME_LENGTH and _SHRUNK_TO * len(body) < chars


def _is_beginning(body: str, held: str) -> bool:
    return len(body) < len(held) and held.startswith(body)


def _came_so_before(db: sqlite3.Connection, result: ReadNotice) -> bool:
    now = timestamp(result.visit.fetched_at)
    return db.execute(_CUT_BEFORE, [result.visit.url, CUT_SHORT, now]).fetchone() is not None


def _cut_short(result: ReadNotice) -> Rejected:
    detail = f"the page breaks off after {len(result.article.body)} characters of its text"
    return Rejected(result.visit, CUT_SHORT, detail)


def _states(article: Article, name: str) -> bool:
    evidence = article.provenance.get(name)
    from_listing = evidence is not None and evidence.origin == FROM_ROW
    return bool(getattr(article, name)) and not from_listing


_HELD = "SELECT title, body_chars, published, region, provenance, body FROM articles WHERE url = ?"

_CUT_BEFORE = """
SELECT 1 FROM rejects JOIN runs ON runs.id = run_id
WHERE url = ? AND rejects.reason = ? AND substr(started_at, 1, 10) < substr(?, 1, 10)
"""

_ACCEPTED = """
SELECT 1 FROM rejects JOIN runs ON runs.id = run_id
WHERE url = ? AND accepted AND rejects.reason = ?
"""
