"""Keep a small archive of today's schema for a test: `python scripts/schema_fixture.py`.

It writes `<number of the schema>.db.gz` into the folder given, by default that of the test. Run it
when the schema has a new number, before anything else changes, and commit the file.
"""

from __future__ import annotations

import gzip
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.articles import projects, statements, stories
from cqcrawler.archive.search.asked import Search
from cqcrawler.facts.model import (
    Actor,
    ActorKind,
    Basis,
    DateAhead,
    Event,
    Fact,
    Facts,
    Field,
    Industry,
    Kind,
    NamedPlace,
    OtherNumber,
    Role,
    Scope,
    Stage,
    Standing,
)
from cqcrawler.facts.project_amounts import Amount
from cqcrawler.facts.projects import Project
from cqcrawler.models import (
    Article,
    Attachment,
    Candidate,
    Evidence,
    Gone,
    Link,
    Listing,
    Outcome,
    PageKind,
    Place,
    ReadListing,
    ReadNotice,
    Rejected,
    RemovedParagraph,
    SectionKind,
    Visit,
)

FOLDER = Path(__file__).parent.parent / "tests" / "archive" / "file" / "schemas"
PORTAL, HOST = "yunling", "http://yunling.example"
FIRST, SECOND = (datetime(2025, 7, day, 8, 0, tzinfo=UTC) for day in (7, 8))
URLS = [f"{HOST}/info/{number}.html" for number in range(1, 5)]

SIGNING = Article(
    URLS[0],
    title="云岭新区举行智能装备项目签约仪式",
    headline_tag="渝北区",
    region="重庆-渝北区",
    place=Place("500112", "重庆市", None, "渝北区"),
    published="2025-07-05",
    section="招商动态",
    section_kind=SectionKind.NEWS,
    source="云岭日报",
    author="陈云",
    tags=("智能装备", "签约"),
    paragraphs=("7月5日，云岭新区举行签约仪式。", "项目总投资12亿元，将建设三条生产线。"),
    related=(Link(URLS[1], "云岭新区产业园开园", "2025-07-01"),),
    attachments=(Attachment(f"{HOST}/files/1.pdf", "项目简介", "pdf"),),
    provenance={"title": Evidence("h1", "云岭新区举行智能装备项目签约仪式", 0.9)},
    warnings=("the author stands in two places",),
)
OPENING = Article(
    URLS[1],
    title="云岭新区产业园开园",
    region="重庆",
    place=Place("500000", "重庆市", None, None),
    published="2025-07-01",
    paragraphs=("园区占地三百亩，首批企业已经入驻。",),
)
POLICY = Article(
    URLS[2],
    title="云岭新区发布投资政策",
    published="2025-06-30",
    paragraphs=("新办企业可以申请补贴。",),
    removed=(RemovedParagraph(1, "repeat", "新办企业可以申请补贴。"),),
)

_SENTENCE = "项目总投资12亿元，将建设三条生产线。"
_BODY_START = len("7月5日，云岭新区举行签约仪式。\n")
STATED = Facts(
    numbers=(
        Fact(
            *(Kind.INVESTMENT, 1.2e9, None, "CNY", "", Role.SINGLE, Basis.PLANNED, Scope.PROJECT),
            *("项目", "12亿元", _SENTENCE, Field.BODY, _BODY_START + 5, _BODY_START + 9),
        ),
    ),
    other_numbers=(
        OtherNumber(
            *("lines", 3, None, "count", "", "三条", _SENTENCE),
            *(Field.BODY, _BODY_START + 13, _BODY_START + 15),
        ),
    ),
    event=Event("2025-07-05", "2025-07-05", "day", "7月5日", Field.BODY, 0, 4),
    dates_ahead=(DateAhead("deadline", "2025-07-05", "7月5日", "7月5日，", Field.BODY, 0, 4),),
    industries=(Industry("智能装备", "智能装备", Field.TITLE, 6, 10),),
    actors=(Actor(ActorKind.ZONE, "云岭新区", "host", None, Field.TITLE, 0, 4),),
    places=(NamedPlace("云岭新区", "500112", Standing.TITLE, Field.TITLE, 0, 4),),
    stage=Stage.SIGNED,
)


PROJECT = Project(
    name="智能装备项目",
    names=("智能装备项目",),
    investor=None,
    units=(),
    amounts=(Amount("", STATED.numbers[0]),),
    stage=Stage.SIGNED,
    phase="",
    field=Field.TITLE,
    start=6,
    stop=12,
)


def make(path: Path) -> None:
    """Make the archive: three notices, of which one was edited and one withdrawn later.

    What they state does not follow the rules of a day, so that the file can be made again.
    """
    with (
        patch.object(statements, "today", lambda: "0"),
        patch.object(
            statements, "read", lambda columns: STATED if "签约" in columns["title"] else Facts()
        ),
        patch.object(stories, "candidate_keys", lambda telling: (len(telling.title),)),
        patch.object(
            projects, "read_projects", lambda title, *_: (PROJECT,) if "签约" in title else ()
        ),
    ):
        _fill(path)


def _fill(path: Path) -> None:
    with Archive(path) as archive:
        run = archive.runs.begin(PORTAL, scope="full", version="0", at=FIRST)
        listing = _visit(FIRST, f"{HOST}/list.html", kind=PageKind.LISTING)
        rows = tuple(Candidate(url, PageKind.NOTICE) for url in URLS)
        shown = Listing(listing.url, section="招商动态")
        archive.save(ReadListing(listing, shown, rows), run)
        for article in (SIGNING, OPENING, POLICY):
            archive.save(ReadNotice(_visit(FIRST, article.url, digest="1"), article), run)
        archive.save(Rejected(_visit(FIRST, URLS[3]), "no text", "an empty shell"), run)
        _end(archive, run, FIRST, new=3)
        run = archive.runs.begin(PORTAL, scope="full", version="0", at=SECOND)
        archive.frontier.begin(PORTAL, (), SECOND, revisits=0)
        edited = replace(SIGNING, paragraphs=(*SIGNING.paragraphs, "投产后年产值20亿元。"))
        archive.save(ReadNotice(_visit(SECOND, edited.url, digest="2"), edited), run)
        archive.save(Gone(_visit(SECOND, URLS[1], status=404), "HTTP 404"), run)
        listing = _visit(SECOND, f"{HOST}/list.html", kind=PageKind.LISTING)
        left = tuple(row for row in rows if row.url != URLS[1])
        archive.save(ReadListing(listing, shown, left), run)
        archive.frontier.make_unlisted_due(PORTAL, run, len(rows))
        archive.withdraw_gone(PORTAL, run, begun=SECOND, looked_at=2)
        archive.index_all()
        _end(archive, run, SECOND, changed=1, withdrawn=1)
        archive.runs.accept(PORTAL)
        archive.runs.note_alarm(PORTAL, "redesigned", SECOND)
        archive.watches.add("签约", Search("签约", Filters(since="1y")), SECOND)


def _visit(
    at: datetime,
    url: str,
    *,
    kind: PageKind = PageKind.NOTICE,
    status: int = 200,
    digest: str | None = None,
) -> Visit:
    return Visit(url, PORTAL, kind, at, status=status, digest=digest)


def _end(archive: Archive, run: int, at: datetime, **counts: int) -> None:
    archive.runs.end(run, at=at, outcome=Outcome.OK, counts=counts, stats={})


def pack(path: Path) -> bytes:
    """Return the archive without the tables that whoever opens it fills, compressed."""
    with closing(sqlite3.connect(path)) as conn:
        for table in ("regions", "industries", "data_dictionary"):
            conn.execute(f"DELETE FROM {table}")
        conn.commit()
        conn.execute("PRAGMA journal_mode = DELETE")
        conn.execute("VACUUM")
    return gzip.compress(path.read_bytes(), mtime=0)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    with TemporaryDirectory() as temporary:
        path = Path(temporary) / "archive.db"
        make(path)
        packed = pack(path)
        with closing(sqlite3.connect(path)) as conn:
            (schema,) = conn.execute("PRAGMA user_version").fetchone()
    (folder / f"{schema}.db.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
