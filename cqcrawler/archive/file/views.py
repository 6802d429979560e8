"""The views that answer what is asked first, and the indexes that keep them fast."""

from __future__ import annotations

import sqlite3

# `withdrawn_at` lies behind the body, so that reading it from the table would read all text.
INDEXES = (
    """CREATE INDEX articles_by_region ON articles(
        province, city, district, zone, published, withdrawn_at)""",
    "CREATE INDEX articles_by_portal ON articles(portal, published, withdrawn_at)",
    "CREATE INDEX articles_by_source ON articles(source, published)",
    "CREATE INDEX article_versions_later ON article_versions(captured_at) WHERE version > 1",
)

_BY_MONTH = """
CREATE VIEW notices_by_month AS
SELECT substr(published, 1, 7) AS month, province, count(*) AS notices,
    count(withdrawn_at) AS withdrawn
FROM articles
GROUP BY month, province
ORDER BY month DESC, notices DESC, province
"""

_BY_REGION = """
CREATE VIEW notices_by_region AS
SELECT province, city, district, zone, count(*) AS notices, count(withdrawn_at) AS withdrawn,
    max(published) AS newest
FROM articles
GROUP BY province, city, district, zone
ORDER BY notices DESC, province, city, district, zone
"""

_TOP_TAGS = """
CREATE VIEW top_tags AS
SELECT tag, count(DISTINCT article_id) AS notices
FROM article_tags
GROUP BY tag
ORDER BY notices DESC, tag
"""

_TOP_SOURCES = """
CREATE VIEW top_sources AS
SELECT source, count(*) AS notices, max(published) AS newest
FROM articles WHERE source IS NOT NULL
GROUP BY source
ORDER BY notices DESC, source
"""

_BY_SECTION = """
CREATE VIEW notices_by_section AS
SELECT section_kind, section, count(*) AS notices, max(published) AS newest
FROM articles WHERE coalesce(section, section_kind) IS NOT NULL
GROUP BY section_kind, section
ORDER BY notices DESC, section_kind, section
"""

_CHANGES = """
CREATE VIEW changes AS
SELECT 'changed' AS change, captured_at AS at, article_id, later.version, later.published,
    later.title, later.region, portal, url
FROM article_versions AS later JOIN articles ON articles.id = article_id
WHERE later.version > 1
UNION ALL
SELECT 'withdrawn', withdrawn_at, id, version, published, title, region, portal, url
FROM articles WHERE withdrawn_at IS NOT NULL
ORDER BY at DESC, article_id DESC
"""

_PORTAL_HEALTH = """
CREATE VIEW portal_health AS
SELECT portal, outcome, reason, started_at, ended_at,
    (SELECT max(ended_at) FROM runs AS good
        WHERE good.portal = runs.portal AND good.outcome IN ('ok', 'quiet')
        AND good.imported = '') AS last_good_at,
    declared_total,
    (SELECT count(*) FROM articles WHERE articles.portal = runs.portal) AS notices,
    (SELECT max(published) FROM articles WHERE articles.portal = runs.portal) AS newest,
    (SELECT count(*) FROM pages
        WHERE pages.portal = runs.portal AND state = 'pending') AS pending,
    (SELECT count(*) FROM pages
        WHERE pages.portal = runs.portal AND state = 'failed') AS failed
FROM runs
WHERE id IN (SELECT max(id) FROM runs WHERE imported = '' GROUP BY portal)
ORDER BY portal
"""

# A listing may leave out the year; the page of the notice knows better, where there is one.
_COVERAGE = """
CREATE VIEW coverage AS
SELECT pages.portal, substr(coalesce(articles.published, pages.published), 1, 7) AS month,
    count(*) AS listed,
    count(articles.id) AS archived,
    count(*) - count(articles.id) AS missing,
    count(*) FILTER (WHERE articles.id IS NULL AND state = 'pending') AS pending,
    count(*) FILTER (WHERE articles.id IS NULL AND state = 'failed') AS failed,
    count(*) FILTER (WHERE articles.id IS NULL AND state = 'rejected') AS rejected,
    count(*) FILTER (WHERE articles.id IS NULL AND state = 'gone') AS gone,
    count(*) FILTER (WHERE articles.id IS NULL AND state = 'excluded') AS excluded
FROM pages LEFT JOIN articles ON articles.url = pages.url
WHERE kind = 'notice'
GROUP BY pages.portal, month
ORDER BY pages.portal, month DESC
"""

_REMOVED_BY_RULE = """
CREATE VIEW removed_by_rule AS
SELECT rule, count(*) AS paragraphs, count(DISTINCT article_id) AS notices,
    sum(length(text)) AS characters
FROM removed_text
GROUP BY rule
ORDER BY paragraphs DESC, rule
"""

# A file is one page, however many notices offer it. What was had last stays when it is gone.
_FILES = """
CREATE VIEW attached_files AS
SELECT article_id, position, name, attachments.url, attachments.kind, state, media_type, size,
    digest AS sha256, fetched_at, checked_at,
    iif(state = 'rejected', (SELECT reason || ': ' || detail FROM rejects
        WHERE rejects.url = pages.url ORDER BY run_id DESC LIMIT 1), error) AS error,
    warc_file, warc_offset
FROM attachments LEFT JOIN pages ON pages.url = attachments.url AND pages.kind = 'file'
"""

# The facts as they stand: those that were read, and those that people corrected.
_FACTS_CURRENT = """
CREATE VIEW facts_current AS
SELECT id, article_id, field, kind, value, value_max, unit, qualifier, role, basis, scope, subject,
    text, sentence, start, stop, correction_id
FROM facts WHERE superseded = 0
"""

_FACT_SOURCES = """
CREATE VIEW fact_sources AS
SELECT facts.id AS fact_id, article_id, kind, value, value_max, unit, qualifier, role, basis, scope,
    subject, text, sentence, field, start, stop, title, url, portal, published, province, city,
    district, zone, event_from, event_to, stale, stage, withdrawn_at
FROM facts_current AS facts JOIN articles ON articles.id = article_id
"""

# The notice of a story that counts in sums: its copies tell of the same yuan. The plus has SQLite
# ask this of each amount, and not go through all stories in search of amounts.
_LEADS = "+articles.id IN (SELECT leader FROM stories)"

# The same money of a project, as another notice of it that counts tells it: before this one what
# was promised, after it what was spent, which grows. What a person made something else of
# (intended, a statistic, no investment) is in no sum, and stands before nothing.
_TOLD_BY_ANOTHER = """EXISTS (
    SELECT 1 FROM project_amounts AS this
    JOIN project_amounts AS other ON other.project_id = this.project_id
        AND other.realised = this.realised AND other.article_id <> this.article_id
    WHERE (this.article_id, this.field, this.start) = (facts.article_id, facts.field, facts.start)
    AND iif(this.realised, (other.at, other.article_id) > (this.at, this.article_id),
        (other.at, other.article_id) < (this.at, this.article_id))
    AND other.article_id IN (SELECT leader FROM stories)
    AND EXISTS (SELECT 1 FROM facts AS held WHERE held.superseded = 0
        AND held.kind = 'investment' AND held.role <> 'part'
        AND held.scope IN ('project', 'batch')
        AND iif(this.realised, held.basis IN ('paid_in', 'spent'),
            held.basis IN ('planned', 'agreed', 'contract')) AND
        (held.article_id, held.field, held.start) =
        (other.article_id, other.field, other.start)))"""

# The amounts that sums are made of: no part of another, and of no statistic, which may contain
# what other notices tell. Promised and realised money is the same money at two times.
COUNTABLE = """kind = 'investment' AND role <> 'part' AND scope IN ('project', 'batch')
AND basis IN ('planned', 'agreed', 'contract', 'paid_in', 'spent')"""
AMOUNTS = f"""SELECT facts.id AS fact_id, article_id, value, unit, basis, scope,
    iif(basis IN ('planned', 'agreed', 'contract'), value, NULL) AS promised,
    iif(basis IN ('paid_in', 'spent'), value, NULL) AS realised,
    province, city, district, zone,
    substr(coalesce(event_from, published), 1, 7) AS month, stale, withdrawn_at
FROM facts_current AS facts
JOIN articles INDEXED BY articles_of_sums ON articles.id = article_id
WHERE {COUNTABLE}"""
_INVESTMENTS = f"""
CREATE VIEW investments AS
{AMOUNTS} AND {_LEADS}
AND NOT {_TOLD_BY_ANOTHER}
"""

_SUMS = """count(DISTINCT article_id) AS notices, sum(promised) AS investment_total,
    sum(realised) AS realised_total,
    count(DISTINCT iif(withdrawn_at IS NULL, NULL, article_id)) AS withdrawn"""

_INVESTMENT_BY_REGION = f"""
CREATE VIEW investment_by_region AS
SELECT province, city, district, zone, unit, {_SUMS}
FROM investments
GROUP BY province, city, district, zone, unit
ORDER BY unit = 'CNY' DESC, investment_total DESC, province, city, district, zone, unit
"""

# A notice may name several industries, and its amounts are not split among them.
_INVESTMENT_BY_INDUSTRY = """
CREATE VIEW investment_by_industry AS
SELECT name AS industry, unit, count(DISTINCT investments.article_id) AS notices_naming_it,
    sum(promised) AS investment_naming_it, sum(realised) AS realised_naming_it,
    count(DISTINCT iif(withdrawn_at IS NULL, NULL, investments.article_id)) AS withdrawn
FROM investments LEFT JOIN (
    SELECT DISTINCT article_id, name FROM article_industries) AS named
ON named.article_id = investments.article_id
GROUP BY name, unit
ORDER BY unit = 'CNY' DESC, investment_naming_it DESC, name, unit
"""

_INVESTMENT_BY_MONTH = f"""
CREATE VIEW investment_by_month AS
SELECT month, stale, unit, {_SUMS}
FROM investments
GROUP BY month, stale, unit
ORDER BY month DESC, stale, unit = 'CNY' DESC, unit
"""

_OFFICIAL_FIGURES = f"""
CREATE VIEW official_figures AS
SELECT event_from, event_to, event_text, province, city, district, zone, value, value_max, unit,
    qualifier, role, basis, subject, text, sentence, published, title, url, article_id,
    facts.id AS fact_id, withdrawn_at
FROM facts_current AS facts JOIN articles ON articles.id = article_id
WHERE scope = 'statistic' AND {_LEADS}
ORDER BY event_to DESC, published DESC, article_id DESC, start
"""

_STALE_NEWS = """
CREATE VIEW stale_news AS
SELECT id, published, event_from, event_to, event_text,
    CAST(julianday(published) - julianday(event_to) AS INTEGER) AS days_old, title, region, portal,
    url, withdrawn_at
FROM articles INDEXED BY articles_stale WHERE stale = 1
ORDER BY published DESC, id DESC
"""

# From agreement to start to production, in months of 30 days.
_CONVERSION = """
CREATE VIEW conversion AS
SELECT project_id, name, investor, place_code, zone, industry, invested, unit,
    signed_at, started_at, producing_at,
    CAST((julianday(started_at) - julianday(signed_at)) / 30 AS INTEGER) AS months_to_start,
    CAST((julianday(producing_at) - julianday(started_at)) / 30 AS INTEGER) AS months_to_produce
FROM projects JOIN (
    SELECT project_id, min(at) FILTER (WHERE stage = '签约') AS signed_at,
        min(at) FILTER (WHERE stage IN ('开工', '在建')) AS started_at,
        min(at) FILTER (WHERE stage IN ('竣工', '投产')) AS producing_at
    FROM project_notices GROUP BY project_id) ON project_id = projects.id
WHERE coalesce(signed_at, started_at, producing_at) IS NOT NULL
ORDER BY coalesce(signed_at, started_at, producing_at) DESC, project_id
"""

# Copies tell of one signing; so may two notices within three months.
_REPEATED_SIGNINGS = """
CREATE VIEW repeated_signings AS
SELECT projects.id AS project_id, projects.name, investor, place_code, zone, invested, unit,
    earlier.at AS signed_at, later.at AS signed_again_at,
    CAST(julianday(later.at) - julianday(earlier.at) AS INTEGER) AS days_between,
    earlier.article_id, later.article_id AS again_article_id
FROM projects
JOIN project_notices AS earlier ON earlier.project_id = projects.id AND earlier.stage = '签约'
JOIN project_notices AS later ON later.project_id = projects.id AND later.stage = '签约'
    AND julianday(later.at) - julianday(earlier.at) > 90
JOIN stories AS first ON first.leader = earlier.article_id
JOIN stories AS second ON second.leader = later.article_id
ORDER BY later.at DESC, projects.id, earlier.at
"""

VIEWS = (
    _BY_MONTH,
    _BY_REGION,
    _TOP_TAGS,
    _TOP_SOURCES,
    _BY_SECTION,
    _CHANGES,
    _PORTAL_HEALTH,
    _COVERAGE,
    _REMOVED_BY_RULE,
    _FILES,
    _FACTS_CURRENT,
    _FACT_SOURCES,
    _INVESTMENTS,
    _INVESTMENT_BY_REGION,
    _INVESTMENT_BY_INDUSTRY,
    _INVESTMENT_BY_MONTH,
    _OFFICIAL_FIGURES,
    _STALE_NEWS,
    _CONVERSION,
    _REPEATED_SIGNINGS,
)


def select_of(name: str) -> str:
    """Return the SELECT that a view of ours is."""
    return next(view for view in VIEWS if view.split()[2] == name).partition(" AS\n")[2]


def outdated(db: sqlite3.Connection) -> dict[str, str]:
    """Return the views, by name, that differ in the archive from those of this cqcrawler."""
    held = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))
    wanted = {view.split()[2]: view.strip() for view in VIEWS}
    return {name: view for name, view in wanted.items() if held.get(name) != view}


def replace(db: sqlite3.Connection, views: dict[str, str]) -> None:
    """Create views again, inside the caller's transaction: they hold no data that could be lost."""
    for name, view in views.items():
        db.execute(f"DROP VIEW IF EXISTS {name}")
        db.execute(view)
