"""The facts of an article with what people said of them: which stand, and which do not.

A correction is anchored on words and which of their places in the title or body is meant. So it
outlives another reading of the text, whatever that reads there, and an edit that leaves the words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

REJECT, SET, ADD = "reject", "set", "add"
# What a person may say of a fact; where it stands and its sentence follow from the words.
CHANGEABLE = (
    *("kind", "value", "value_max", "unit", "qualifier", "role", "basis", "scope", "subject"),
)
_COLUMNS = (*CHANGEABLE, "text", "sentence", "field", "start", "stop")


class Anchor(NamedTuple):
    """Words in the title or body, and which of the places where they stand there, from 1."""

    field: str
    text: str
    ordinal: int


class Span(NamedTuple):
    """A stretch of the title or body, as offsets in characters."""

    field: str
    start: int
    stop: int


@dataclass(slots=True)
class _Fact:
    """A fact while corrections are applied to it: `row` is its number where it was read."""

    values: dict[str, Any]
    row: int | None = None
    correction: int | None = None
    stands: bool = True
    changed: bool = field(default=False)

    def span(self) -> Span:
        return Span(*(self.values[name] for name in ("field", "start", "stop")))


def locate(anchor: Anchor, texts: Mapping[str, str]) -> Span | None:
    """Return where the words of an anchor stand in these texts, None where they do not."""
    text, start = texts[anchor.field], -1
    for _ in range(anchor.ordinal):
        start = text.find(anchor.text, start + 1)
        if start < 0:
            return None
    return Span(anchor.field, start, start + len(anchor.text))


def ordinal_of(span: Span, texts: Mapping[str, str]) -> int:
    """Return which of the places with its words a span is, from 1."""
    text = texts[span.field]
    words, count, start = text[span.start : span.stop], 0, -1
    while start < span.start:
        start = text.find(words, start + 1)
        count += 1
    return count


def apply_corrections(db: sqlite3.Connection, article_id: int) -> None:
    """Have the facts of an article, which were just read, stand as people corrected them.

    Inside the caller's transaction. What a correction changes stays as a row that is superseded;
    a correction whose words are gone is marked as orphaned, and changes nothing.
    """
    corrections = db.execute(_CORRECTIONS, [article_id]).fetchall()
    if not corrections:
        return
    title, body = db.execute(
        "SELECT title, body FROM articles WHERE id = ?", [article_id]
    ).fetchone()
    texts = {"title": title, "body": body}
    facts = _read(db, article_id)
    for number, action, *words, kind, changes, was, orphaned in corrections:
        span = locate(Anchor(*words), texts)
        if (span is None) != bool(orphaned):
            db.execute(_ORPHAN, [span is None, number])
        if span is not None:
            change = json.loads(changes)
            whole = {**json.loads(was), **change}
            _apply(facts, _Correction(number, action, kind, span, change, whole), texts)
    _write(db, article_id, facts)


def apply_again(db: sqlite3.Connection, article_id: int) -> None:
    """Apply the corrections of an article as they are now, inside the caller's transaction."""
    made = "article_id = ? AND superseded = 0 AND correction_id IS NOT NULL"
    db.execute(f"DELETE FROM facts WHERE {made}", [article_id])
    db.execute(
        "UPDATE facts SET superseded = 0, correction_id = NULL WHERE article_id = ?", [article_id]
    )
    apply_corrections(db, article_id)


class _Correction(NamedTuple):
    """A correction whose words are there: `change` is what it sets, `whole` the fact that it is
    of where nothing is read at its words."""

    number: int
    action: str
    kind: str
    span: Span
    change: Mapping[str, Any]
    whole: Mapping[str, Any]


def _apply(facts: list[_Fact], correction: _Correction, texts: Mapping[str, str]) -> None:
    meant = _meant(facts, correction)
    for fact in meant:
        fact.correction, fact.changed = correction.number, True
        if correction.action == SET:
            fact.values |= correction.change
        else:  # The words of one number are not two facts of a kind.
            fact.stands = False
    if correction.action == ADD or (correction.action == SET and not meant):
        facts.append(_made(correction, texts))


def _meant(facts: Sequence[_Fact], correction: _Correction) -> list[_Fact]:
    """Return the facts that a correction is about: at its very words, else across them."""
    of_kind = [f for f in facts if f.stands and f.values["kind"] == correction.kind]
    same = [fact for fact in of_kind if fact.span() == correction.span]
    across = [fact for fact in of_kind if _meet(fact, correction.span)]
    if same or across or correction.action != SET:
        return same or across
    # They may be read as another kind by now, of which a person said what it is.
    return [fact for fact in facts if fact.stands and fact.span() == correction.span]


def _meet(fact: _Fact, span: Span) -> bool:
    other = fact.span()
    return other.field == span.field and other.start < span.stop and span.start < other.stop


def _made(correction: _Correction, texts: Mapping[str, str]) -> _Fact:
    field_name, start, stop = correction.span
    values = {
        **{name: correction.whole.get(name) for name in CHANGEABLE},
        "text": texts[field_name][start:stop],
        "sentence": _sentence(texts[field_name], correction.span),
        **correction.span._asdict(),
    }
    return _Fact(values, None, correction.number, changed=True)


def _sentence(text: str, span: Span) -> str:
    from cqcrawler.facts.model import Field
    from cqcrawler.facts.sentences import split_sentences

    sentences = split_sentences(text, Field(span.field))
    return next((s.text for s in sentences if s.start <= span.start < s.stop), "")


def _read(db: sqlite3.Connection, article_id: int) -> list[_Fact]:
    rows = db.execute(
        f"SELECT id, {', '.join(_COLUMNS)} FROM facts WHERE article_id = ? ORDER BY id",
        [article_id],
    )
    return [_Fact(dict(zip(_COLUMNS, values, strict=True)), row) for row, *values in rows]


def _write(db: sqlite3.Connection, article_id: int, facts: Sequence[_Fact]) -> None:
    changed = [fact for fact in facts if fact.changed]
    db.executemany(
        "UPDATE facts SET superseded = 1, correction_id = ? WHERE id = ?",
        [(fact.correction, fact.row) for fact in changed if fact.row is not None],
    )
    db.executemany(
        _INSERT,
        [
            (article_id, *(fact.values[name] for name in _COLUMNS), fact.correction)
            for fact in changed
            if fact.stands
        ],
    )


_CORRECTIONS = """
SELECT fact_corrections.id, action, field, text, ordinal, kind, changes, was, orphaned
FROM articles JOIN fact_corrections USING (url) WHERE articles.id = ? ORDER BY fact_corrections.id
"""
_ORPHAN = "UPDATE fact_corrections SET orphaned = ? WHERE id = ?"
_INSERT = f"""
INSERT INTO facts (article_id, {", ".join(_COLUMNS)}, correction_id)
VALUES ({", ".join("?" * (len(_COLUMNS) + 2))})
"""
