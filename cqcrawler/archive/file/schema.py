"""The tables of an archive, as SQL that `.schema` shows to whoever opens the file.

All times are ISO 8601 in UTC (`2025-07-07T08:00:00Z`), all dates `YYYY-MM-DD` in Beijing time.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from cqcrawler.archive.file import dictionary, doubts, fact_tables, sections, story_tables, views
from cqcrawler.archive.file.version import APPLICATION_ID, SCHEMA_VERSION

migrations = Migrations("cqcrawler")

_RUNS = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    portal TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,           -- NULL while it runs, and for good when it was killed
    outcome TEXT,            -- NULL while it runs
    reason TEXT NOT NULL DEFAULT '',
    scope TEXT NOT NULL,     -- what it set out to read
    complete INTEGER,        -- 1 when its listings were read to their end, NULL when unknown
    declared_total INTEGER,  -- how many notices the portal says it has
    counts TEXT NOT NULL DEFAULT '{}',  -- JSON: pages and articles by what came of them
    stats TEXT NOT NULL DEFAULT '{}',   -- JSON: what the crawler counted
    version TEXT NOT NULL    -- of cqcrawler
) STRICT
"""

_PAGES = """
CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    portal TEXT NOT NULL,
    kind TEXT NOT NULL,      -- listing, notice, unknown
    state TEXT NOT NULL,     -- pending, done, failed, rejected, gone, excluded
    taken INTEGER NOT NULL DEFAULT 0,  -- 1 while pending in the hands of a run
    title TEXT,              -- as the listing that led here prints it
    published TEXT,
    found_on TEXT,
    found_at TEXT NOT NULL,
    status INTEGER,          -- of HTTP, the last answer
    etag TEXT,
    last_modified TEXT,
    digest TEXT,             -- of the payload that was read last
    fetched_at TEXT,         -- when that was
    checked_at TEXT,         -- when the page was last asked for
    attempts INTEGER NOT NULL DEFAULT 0,  -- in vain since it was last read
    error TEXT
) STRICT
"""

_ARTICLES = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    portal TEXT NOT NULL,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    region TEXT,             -- as printed; the rest is what it resolves to
    region_code TEXT,        -- GB/T 2260, of the smallest unit named
    province TEXT,
    city TEXT,
    district TEXT,
    zone TEXT,
    published TEXT,
    section TEXT,
    source TEXT,
    author TEXT,
    body TEXT NOT NULL,      -- clean paragraphs, one a line
    body_chars INTEGER NOT NULL,
    body_hash TEXT NOT NULL,
    version INTEGER NOT NULL,  -- 1, and one more for every edit at the portal
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    changed_at TEXT,         -- when the last edit was found
    withdrawn_at TEXT,       -- when the page was found gone
    provenance TEXT NOT NULL,  -- JSON: {field: {origin, text, confidence}}
    warnings TEXT NOT NULL,    -- JSON: [text]
    reader_version TEXT NOT NULL,
    gram_version INTEGER     -- of the tokens in articles_fts, NULL while there are none
) STRICT
"""

_VERSIONS = """
CREATE TABLE article_versions (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    version INTEGER NOT NULL,
    captured_at TEXT NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs(id),
    title TEXT NOT NULL,
    region TEXT,
    published TEXT,
    body TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    reader_version TEXT NOT NULL,
    PRIMARY KEY (article_id, version)
) STRICT
"""

_TAGS = """
CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
) STRICT
"""

_RELATED = """
CREATE TABLE related_links (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    published TEXT,
    PRIMARY KEY (article_id, position)
) STRICT
"""

_ATTACHMENTS = """
CREATE TABLE attachments (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
) STRICT
"""

# What stands beside the body in the text's column. `position` is that among these lines and those
# of the body together.
_REMOVED = """
CREATE TABLE removed_text (
    article_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    rule TEXT NOT NULL,
    text TEXT NOT NULL,
    FOREIGN KEY (article_id, version) REFERENCES article_versions(article_id, version)
) STRICT
"""

_REJECTS = """
CREATE TABLE rejects (
    url TEXT NOT NULL REFERENCES pages(url),
    run_id INTEGER NOT NULL REFERENCES runs(id),
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (url, run_id)
) STRICT
"""

_REGIONS = """
CREATE TABLE regions (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    parent TEXT,
    full_name TEXT NOT NULL,
    valid_to TEXT,           -- when the unit was abolished
    successor TEXT           -- the code of what replaced it
) STRICT
"""

_DICTIONARY = """
CREATE TABLE data_dictionary (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,  -- empty for what is said of the table itself
    meaning_en TEXT NOT NULL,
    meaning_zh TEXT NOT NULL,
    PRIMARY KEY (table_name, column_name)
) STRICT
"""

# The tokens are those of cqcrawler.text.grams. Contentless, because the text is in `articles`;
# detail=none, because every match is verified there.
_FTS = "CREATE VIRTUAL TABLE articles_fts USING fts5(grams, content='', detail=none)"

_INDEXES = (
    # Newest first, with what filters ask for, so that a walk does not touch the rows.
    """CREATE INDEX articles_newest ON articles(
        published DESC, id DESC, region_code, portal, zone)""",
    "CREATE INDEX articles_first_seen ON articles(first_seen)",
    "CREATE INDEX articles_changed ON articles(changed_at) WHERE changed_at IS NOT NULL",
    "CREATE INDEX articles_withdrawn ON articles(withdrawn_at) WHERE withdrawn_at IS NOT NULL",
    "CREATE INDEX articles_unindexed ON articles(id) WHERE gram_version IS NULL",
    "CREATE INDEX article_tags_by_tag ON article_tags(tag, article_id)",
    "CREATE INDEX removed_text_by_article ON removed_text(article_id, version, position)",
    "CREATE INDEX pages_by_state ON pages(portal, state, kind)",
    "CREATE INDEX pages_to_take ON pages(portal, kind, id) WHERE state = 'pending' AND taken = 0",
    "CREATE INDEX runs_by_portal ON runs(portal, id)",
)

_NEWEST = """
CREATE VIEW newest AS
SELECT id, published, title, region, province, city, district, portal, url, withdrawn_at
FROM articles
ORDER BY published DESC, id DESC
"""


# What each listing shows, as it was last read. The rows of a notice in several listings may
# differ for good (one cuts long titles), so a row is compared with itself alone.
_LISTED = """
CREATE TABLE listed (
    listing_id INTEGER NOT NULL REFERENCES pages(id),  -- its first page
    page_id INTEGER NOT NULL REFERENCES pages(id),     -- the notice
    title TEXT NOT NULL,     -- both as the row prints them
    published TEXT,
    run_id INTEGER NOT NULL REFERENCES runs(id),       -- the last one that saw it
    PRIMARY KEY (listing_id, page_id)
) STRICT, WITHOUT ROWID
"""

_INCREMENTAL = (
    "ALTER TABLE pages ADD COLUMN listing TEXT  /* the first page of the one that it continues */",
    _LISTED,
    "CREATE INDEX listed_by_page ON listed(page_id)",
    "CREATE INDEX pages_by_listing ON pages(listing) WHERE listing IS NOT NULL",
    """CREATE INDEX pages_by_check ON pages(portal, checked_at)
        WHERE kind = 'notice' AND state IN ('done', 'gone', 'rejected')""",
    # All that a revisit asks of an article, so that the text beside it is not read.
    """CREATE INDEX articles_ages ON articles(
        url, first_seen, changed_at, withdrawn_at, published)""",
)


@migrations()
def main_tables(db: Database) -> None:
    """Create everything that crawling and searching need."""
    tables = (_RUNS, _PAGES, _ARTICLES, _VERSIONS, _TAGS, _RELATED, _ATTACHMENTS, _REMOVED)
    for statement in (*tables, _REJECTS, _REGIONS, _FTS, *_INDEXES, _NEWEST):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@migrations()
def first_questions(db: Database) -> None:
    """Add views for what is asked first, and the indexes that they read."""
    for statement in (*views.INDEXES, *views.VIEWS):
        db.execute(statement)


@migrations()
def data_dictionary(db: Database) -> None:
    """Add the table that explains all others."""
    db.execute(_DICTIONARY)
    dictionary.fill(db.table("data_dictionary"))


@migrations()
def raw_records(db: Database) -> None:
    """Name the WARC records that pages and versions were read from."""
    # Of a page that was never read, its last answer.
    for table in ("pages", "article_versions"):
        db.execute(
            f"ALTER TABLE {table} ADD COLUMN warc_file TEXT /* relative to the archive's folder */"
        )
        db.execute(f"ALTER TABLE {table} ADD COLUMN warc_offset INTEGER")


# 1 when it set out to read all of the portal: what schedules and baselines go by.
_WHOLE = "ALTER TABLE runs ADD COLUMN whole INTEGER NOT NULL DEFAULT 1"


@migrations()
def whole_runs(db: Database) -> None:
    """Tell runs of a whole portal from those that a person narrowed."""
    db.execute(_WHOLE)
    db.execute("UPDATE runs SET whole = 0 WHERE scope <> 'full'")


@migrations()
def rules_of_portals(db: Database) -> None:
    """Keep what a portal was read by, for portals that have no file to look it up in."""
    for column in ("platform", "region"):
        db.execute(f"ALTER TABLE runs ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")


_ALARMS = """
CREATE TABLE alarms (
    portal TEXT PRIMARY KEY,
    state TEXT NOT NULL,     -- what the webhook was last told: well, an outcome, overdue, silent
    told_at TEXT NOT NULL
) STRICT
"""


@migrations()
def alarms(db: Database) -> None:
    """Remember what the webhook was told, so that it is told only once."""
    db.execute(_ALARMS)


@migrations()
def accepted_runs(db: Database) -> None:
    """Let a person take a run, and not what was before it, for what is usual."""
    db.execute("ALTER TABLE runs ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0")


@migrations()
def incremental_runs(db: Database) -> None:
    """Tell first pages of listings from further ones, and keep what the listings show."""
    for statement in _INCREMENTAL:
        db.execute(statement)


@migrations()
def gone_pages(db: Database) -> None:
    """Keep which run first found a page gone, and find equal texts."""
    db.execute("ALTER TABLE pages ADD COLUMN gone_in INTEGER /* and not been there since */")
    db.execute("UPDATE pages SET gone_in = 0 WHERE state = 'gone'")
    db.execute("CREATE INDEX articles_by_text ON articles(body_hash)")


_ROBOTS = """
CREATE TABLE robots_files (
    site TEXT PRIMARY KEY,
    body TEXT,               -- what it last said, NULL where it never answered
    fetched_at TEXT,         -- when that was
    failing_since TEXT       -- since when it cannot be had, NULL while it can
) STRICT
"""


@migrations()
def robots_files(db: Database) -> None:
    """Keep what robots.txt said last, for times when it cannot be had."""
    db.execute(_ROBOTS)


_KEEPING = (
    """CREATE TABLE retired_files (
    file TEXT PRIMARY KEY,   -- a WARC file that a person moved away, as rows name it
    retired_at TEXT NOT NULL,
    away INTEGER NOT NULL    -- 1 once it was seen to be gone: if it is back then, it is in use
) STRICT""",
    """CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY,
    taken_at TEXT NOT NULL,
    file TEXT NOT NULL,      -- the whole path, as it was then
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) STRICT""",
    """CREATE TABLE tombstones (
    url_hash TEXT PRIMARY KEY,  -- SHA-256 of an address, which may name whom it is about
    forgotten_at TEXT NOT NULL
) STRICT""",
    """CREATE TABLE doomed_files (
    file TEXT PRIMARY KEY    -- a WARC file to be deleted, as rows would name it
) STRICT""",
)


@migrations()
def keeping(db: Database) -> None:
    """Remember what was moved away, copied and forgotten."""
    for statement in _KEEPING:
        db.execute(statement)


# Made from the provenance and the warnings of articles, as is said in cqcrawler.doubts.
_DOUBTS = """
CREATE TABLE doubts (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    field TEXT NOT NULL,     -- published, title or body
    confidence REAL,         -- NULL where there is none
    why TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
) STRICT
"""


@migrations()
def doubtful_fields(db: Database) -> None:
    """Say which titles, dates and texts are doubtful, and why."""
    db.execute(_DOUBTS)
    doubts.fill(db.conn)


_SECTIONS = (
    "ALTER TABLE articles ADD COLUMN section_kind TEXT  /* news, policy, park, land, space, … */",
    "ALTER TABLE pages ADD COLUMN section TEXT  /* what a listing calls itself */",
    # Of several on a page, such as that of a home page.
    "ALTER TABLE listed ADD COLUMN section TEXT  /* the heading of the list that the row is in */",
    "DROP INDEX articles_newest",
    """CREATE INDEX articles_newest ON articles(
        published DESC, id DESC, region_code, portal, zone, section_kind, section)""",
    "CREATE INDEX articles_by_section ON articles(section, section_kind, published)",
)


@migrations()
def kinds_of_sections(db: Database) -> None:
    """Tell policies from news and parks, whatever portals call their sections."""
    for statement in _SECTIONS:
        db.execute(statement)
    sections.fill_kinds(db.conn)


@migrations()
def imports(db: Database) -> None:
    """Tell runs that read pages from files from those that asked a portal for them."""
    db.execute(
        """ALTER TABLE runs ADD COLUMN imported TEXT NOT NULL DEFAULT ''
            /* files that it read, empty for a crawl */"""
    )


_FILES = (
    "ALTER TABLE pages ADD COLUMN media_type TEXT  /* of a file that a notice offers */",
    "ALTER TABLE pages ADD COLUMN size INTEGER     /* of it, in bytes */",
    "CREATE INDEX attachments_by_url ON attachments(url)",
)


@migrations()
def files_of_notices(db: Database) -> None:
    """Keep what became of the files that notices offer."""
    for statement in _FILES:
        db.execute(statement)


@migrations()
def facts(db: Database) -> None:
    """Keep what notices state, and what people say of that. `reextract --facts` fills it."""
    for statement in fact_tables.STATEMENTS:
        db.execute(statement)
    # Filters read one of the views, also where whoever migrates only reads.
    views.replace(db.conn, views.outdated(db.conn))


@migrations()
def stories_and_projects(db: Database) -> None:
    """Keep which notices tell the same, and of which undertakings."""
    for statement in story_tables.STATEMENTS:
        db.execute(statement)
    views.replace(db.conn, views.outdated(db.conn))


_INDUSTRIES = """
CREATE TABLE industries (
    name TEXT PRIMARY KEY,   -- as article_industries has it
    strategic TEXT,          -- strategic emerging industries (2018), first level
    cluster TEXT,            -- Chongqing's 33618
    divisions TEXT NOT NULL  -- GB/T 4754-2017, JSON
) STRICT
"""


_AMOUNTS = (
    "DROP INDEX facts_by_amount",
    """CREATE INDEX facts_by_amount ON facts(value DESC, article_id)
        WHERE kind = 'investment' AND unit = 'CNY' AND role <> 'part'
        AND scope IS NOT 'statistic' AND superseded = 0""",
)


@migrations()
def industries(db: Database) -> None:
    """Say what the industries of notices are called in other classifications, and find notices by
    the amounts of undertakings, not by those of a region's half-year."""
    for statement in (_INDUSTRIES, *_AMOUNTS):
        db.execute(statement)


_STANDING = (
    "ALTER TABLE article_places ADD COLUMN stands TEXT NOT NULL DEFAULT 'text'"
    "  /* the most prominent place of its name: title, lead (the first sentence), text */",
    # As far as can be told without reading again, which `reextract --facts` does.
    """UPDATE article_places SET stands = CASE
        WHEN field = 'title' THEN 'title'
        WHEN start < (SELECT instr(replace(body, char(10), '。') || '。', '。') FROM articles
            WHERE articles.id = article_id) THEN 'lead'
        ELSE 'text' END""",
    "DROP INDEX article_places_by_name",
    "DROP INDEX article_places_by_code",
    "CREATE INDEX article_places_by_name ON article_places(name, stands, article_id)",
    "CREATE INDEX article_places_by_code ON article_places(code, stands, article_id)",
)
# What results are counted by lies behind the body.
_COUNTED = """CREATE INDEX articles_counted ON articles(
    id, published, region_code, portal, stage, section_kind, source)"""


@migrations()
def standing_of_places(db: Database) -> None:
    """Tell places that a notice is about from those that it names in passing, and count results."""
    for statement in (*_STANDING, _COUNTED):
        db.execute(statement)


_WATCHES = (
    """CREATE TABLE watches (
    name TEXT PRIMARY KEY,
    search TEXT NOT NULL,    -- JSON: as addresses of the site have it
    added_at TEXT NOT NULL
) STRICT""",
    # By address, as numbers of articles do not last.
    """CREATE TABLE watch_told (
    watch TEXT NOT NULL REFERENCES watches(name),
    url TEXT NOT NULL,       -- of the notice
    told_at TEXT,            -- NULL where it was there before the watch
    PRIMARY KEY (url, watch)
) STRICT""",
)


@migrations()
def watches(db: Database) -> None:
    """Keep searches under a name, and which notices each has told of."""
    for statement in _WATCHES:
        db.execute(statement)


def expected(version: int = SCHEMA_VERSION) -> dict[str, tuple[str, str]]:
    """Return every table, index and view of an archive by name: its type and its SQL.

    `version` is its schema. The tables behind the full-text index are left out, as FTS5 makes
    them.
    """
    with closing(sqlite3.connect(":memory:")) as conn:
        db = Database(conn, strict=True, execute_plugins=False)
        later = [migration.name for migration in migrations.pending(db)][version:]
        migrations.apply(db, stop_before=later[0] if later else None)
        rows = conn.execute(
            """SELECT name, type, sql FROM sqlite_master
            WHERE sql IS NOT NULL AND name NOT LIKE 'articles_fts_%'"""
        ).fetchall()
    return {name: (kind, sql) for name, kind, sql in rows}
