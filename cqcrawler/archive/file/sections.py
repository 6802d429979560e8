"""The sections under which listings show a notice, read from what is kept of them."""

from __future__ import annotations

import json
import sqlite3

# Of a row of `pages`: the names as a JSON list, those of whole listings before the headings of
# blocks, which stand on home pages and may belong to the block beside.
SECTIONS = """(
    SELECT json_group_array(name) FROM (
        SELECT coalesce(listed.section, first.section) AS name
        FROM listed JOIN pages AS first ON first.id = listing_id
        WHERE page_id = pages.id AND name IS NOT NULL
        ORDER BY listed.section IS NOT NULL, listing_id))"""


def section_names(listed: str) -> tuple[str, ...]:
    """Return the names that `SECTIONS` gives."""
    return tuple(json.loads(listed))


def fill_kinds(db: sqlite3.Connection) -> None:
    """Tell the kinds of the sections of articles by their names, in the caller's transaction."""
    from cqcrawler.text.sections import section_kind  # only a migration wants it

    named = db.execute("SELECT DISTINCT section FROM articles WHERE section IS NOT NULL")
    kinds = [(section_kind(name), name) for (name,) in named.fetchall()]
    db.executemany("UPDATE articles SET section_kind = ? WHERE section = ?", kinds)
