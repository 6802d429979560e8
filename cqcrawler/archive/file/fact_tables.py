"""The tables and columns of what notices state, and of what people say of that.

`field` is the text that words stand in, title or body; `start` and `stop` are offsets into it, in
characters.
"""

from __future__ import annotations

# Of the present version, like all that follows from its text. NULL until its facts are read.
_COLUMNS = tuple(
    f"ALTER TABLE articles ADD COLUMN {column}"
    for column in (
        "event_from TEXT  /* the first day of what it tells of, and the last one */",
        "event_to TEXT",
        "event_text TEXT  /* the words that say so */",
        "event_precision TEXT  /* day, week, month, quarter, half, year, span */",
        "event_field TEXT",
        "event_start INTEGER",
        "event_stop INTEGER",
        "stale INTEGER  /* 1 where that was long over when it was published */",
        "stage TEXT  /* of its main event: talks, signed, started, … in production, in Chinese */",
        "facts_version TEXT  /* of the rules by which facts were read */",
    )
)

_NUMBER = """value REAL NOT NULL,
    value_max REAL,          -- of a range
    unit TEXT NOT NULL,      -- CNY and other currencies, m2, person, count
    qualifier TEXT NOT NULL, -- the printed word (超, 约), empty without one"""

_WORDS = """field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL"""

_FACTS = f"""
CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    kind TEXT NOT NULL,      -- investment, output, revenue, tax, area, jobs, projects, companies
    {_NUMBER}
    role TEXT NOT NULL,      -- total, part, single
    basis TEXT,              -- planned, agreed, contract, paid_in, spent, …; expected, actual
    scope TEXT,              -- project, batch, statistic
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    sentence TEXT NOT NULL,
    {_WORDS},
    correction_id INTEGER,   -- the last correction that made or changed it
    superseded INTEGER NOT NULL DEFAULT 0  -- 1 if a person rejected it, or put another in its place
) STRICT
"""

_OTHER_NUMBERS = f"""
CREATE TABLE other_numbers (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,      -- why it is no fact: subsidy, land_price, rate, …
    {_NUMBER}
    text TEXT NOT NULL,
    sentence TEXT NOT NULL,
    {_WORDS},
    PRIMARY KEY (article_id, position)
) STRICT
"""

_DATES_AHEAD = f"""
CREATE TABLE dates_ahead (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,      -- deadline, valid_until
    day TEXT NOT NULL,
    text TEXT NOT NULL,
    sentence TEXT NOT NULL,
    {_WORDS},
    PRIMARY KEY (article_id, position)
) STRICT
"""

_INDUSTRIES = f"""
CREATE TABLE article_industries (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,      -- the first words that show it
    {_WORDS},
    PRIMARY KEY (article_id, position)
) STRICT
"""

_PLACES = f"""
CREATE TABLE article_places (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    code TEXT,               -- GB/T 2260, of a zone that of what contains it
    text TEXT NOT NULL,
    {_WORDS},
    PRIMARY KEY (article_id, position)
) STRICT
"""

_ACTORS = f"""
CREATE TABLE article_actors (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,      -- company, park, zone, government, institute
    name TEXT NOT NULL,
    role TEXT,               -- investor, host, organiser
    origin TEXT,             -- where an investor is from, as printed
    text TEXT NOT NULL,
    {_WORDS},
    PRIMARY KEY (article_id, position)
) STRICT
"""

# By address and words, as numbers of articles and facts do not last.
_FACT_CORRECTIONS = """
CREATE TABLE fact_corrections (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,       -- of the notice
    action TEXT NOT NULL,    -- reject, set, add
    field TEXT NOT NULL,
    text TEXT NOT NULL,      -- the words that it is about
    ordinal INTEGER NOT NULL,  -- which of the places with these words in the field, from 1
    kind TEXT NOT NULL,      -- of the fact that it is about
    changes TEXT NOT NULL,   -- JSON: {column: value} of what is set or added
    was TEXT NOT NULL,       -- JSON: the fact as it was read then
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    orphaned INTEGER NOT NULL  -- 1 while its words are not there
) STRICT
"""

_STORY_CORRECTIONS = """
CREATE TABLE story_corrections (
    id INTEGER PRIMARY KEY,
    action TEXT NOT NULL,    -- join, part
    url TEXT NOT NULL,       -- of one notice, and of the other
    other_url TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT
"""

_INDEXES = (
    "CREATE INDEX facts_by_article ON facts(article_id, field, start)",
    # The amounts that articles are filtered and sorted by, largest first.
    """CREATE INDEX facts_by_amount ON facts(value DESC, article_id)
        WHERE kind = 'investment' AND unit = 'CNY' AND role <> 'part' AND superseded = 0""",
    "CREATE INDEX facts_by_scope ON facts(scope, kind, article_id)",
    "CREATE INDEX article_industries_by_name ON article_industries(name, article_id)",
    "CREATE INDEX article_places_by_name ON article_places(name, article_id)",
    "CREATE INDEX article_places_by_code ON article_places(code, article_id)",
    "CREATE INDEX article_actors_by_name ON article_actors(name, article_id)",
    "CREATE INDEX fact_corrections_by_url ON fact_corrections(url)",
    # They lie behind the body, so that filtering by them from the table would read all text.
    "DROP INDEX articles_newest",
    """CREATE INDEX articles_newest ON articles(
        published DESC, id DESC, region_code, portal, zone, section_kind, section,
        stage, event_from, event_to)""",
    "CREATE INDEX articles_stale ON articles(published DESC, id DESC) WHERE stale = 1",
    "CREATE INDEX articles_by_facts ON articles(facts_version)",
    # All that sums of investment ask of an article.
    """CREATE INDEX articles_of_sums ON articles(
        id, province, city, district, zone, published, event_from, stale, withdrawn_at)""",
)

STATEMENTS = (
    *_COLUMNS,
    _FACTS,
    _OTHER_NUMBERS,
    _DATES_AHEAD,
    _INDUSTRIES,
    _PLACES,
    _ACTORS,
    _FACT_CORRECTIONS,
    _STORY_CORRECTIONS,
    *_INDEXES,
)
