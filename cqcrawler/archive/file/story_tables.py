"""The tables of stories and projects: which notices tell the same, and which tell of one thing."""

from __future__ import annotations

_STORIES = """
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    leader INTEGER NOT NULL UNIQUE REFERENCES articles(id),  -- which the others are copies of
    digest INTEGER NOT NULL  -- of its keys: another one when its text is another
) STRICT
"""

# Of leaders only: a story that is reprinted a thousand times takes no more room, and is found.
_BANDS = """
CREATE TABLE story_bands (
    hash INTEGER NOT NULL,   -- a key of its text, by cqcrawler.facts.shingles
    article_id INTEGER NOT NULL REFERENCES articles(id),
    PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID
"""

_PROJECTS = """
CREATE TABLE projects (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,      -- as its first notice prints it
    investor TEXT,           -- as printed
    place_code TEXT,         -- GB/T 2260
    zone TEXT,
    industry TEXT,
    invested REAL,           -- all of it, or its first phase, as first stated
    unit TEXT,
    basis TEXT,
    stage TEXT,              -- the furthest that a notice tells
    first_at TEXT,           -- the first and the last day that notices tell of, or came out on
    last_at TEXT,
    notices INTEGER NOT NULL,
    article_id INTEGER REFERENCES articles(id),  -- its first notice
    known TEXT NOT NULL      -- JSON: names, investor, units and amounts, by which it is known again
) STRICT
"""

_PROJECT_NOTICES = """
CREATE TABLE project_notices (
    project_id INTEGER NOT NULL REFERENCES projects(id),
    article_id INTEGER NOT NULL REFERENCES articles(id),
    stage TEXT,
    at TEXT NOT NULL,        -- the day of the event, else of publication, else of the first visit
    name TEXT NOT NULL,
    phase TEXT NOT NULL,     -- that the notice is of, empty for all
    told TEXT NOT NULL,      -- JSON: what it tells of it
    PRIMARY KEY (project_id, article_id)
) STRICT, WITHOUT ROWID
"""

# Which facts are the money of a project, so that sums count it once: the same at other times.
_PROJECT_AMOUNTS = """
CREATE TABLE project_amounts (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    project_id INTEGER NOT NULL REFERENCES projects(id),
    at TEXT NOT NULL,
    realised INTEGER NOT NULL,  -- 1 for money that was paid in or spent
    PRIMARY KEY (article_id, field, start)
) STRICT, WITHOUT ROWID
"""

_PROJECT_KEYS = """
CREATE TABLE project_keys (
    key TEXT NOT NULL,       -- a part of a name, or the stem of a firm's
    project_id INTEGER NOT NULL REFERENCES projects(id),
    PRIMARY KEY (key, project_id)
) STRICT, WITHOUT ROWID
"""

_POSSIBLE_SAME = """
CREATE TABLE possible_same (
    project_id INTEGER NOT NULL REFERENCES projects(id),
    other_id INTEGER NOT NULL REFERENCES projects(id),
    PRIMARY KEY (project_id, other_id)
) STRICT, WITHOUT ROWID
"""

STATEMENTS = (
    _STORIES,
    _BANDS,
    _PROJECTS,
    _PROJECT_NOTICES,
    _PROJECT_AMOUNTS,
    _PROJECT_KEYS,
    _POSSIBLE_SAME,
    "ALTER TABLE articles ADD COLUMN story_id INTEGER REFERENCES stories(id)",
    "CREATE INDEX articles_by_story ON articles(story_id)",
    "CREATE INDEX story_bands_by_article ON story_bands(article_id)",
    "CREATE INDEX projects_by_article ON projects(article_id)",
    "CREATE INDEX projects_by_place ON projects(place_code, industry)",
    "CREATE INDEX project_notices_by_article ON project_notices(article_id)",
    "CREATE INDEX project_amounts_by_project ON project_amounts(project_id, realised, at)",
    "CREATE INDEX project_keys_by_project ON project_keys(project_id)",
    "CREATE INDEX possible_same_by_other ON possible_same(other_id)",
    "CREATE INDEX story_corrections_by_url ON story_corrections(url)",
    "CREATE INDEX story_corrections_by_other ON story_corrections(other_url)",
    # Every article has a story; `reextract --facts` finds out which are one.
    "INSERT INTO stories (id, leader, digest) SELECT id, id, 0 FROM articles",
    "UPDATE articles SET story_id = id",
)

# In an order that foreign keys allow, of what follows from the articles.
TABLES = (
    *("possible_same", "project_keys", "project_amounts", "project_notices", "projects"),
    *("story_bands", "stories"),
)
