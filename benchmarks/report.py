"""The tables of docs/quality.md, written between its markers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.corpus import PARTS, ROOT
from benchmarks.readers import OURS
from benchmarks.scoring import PageScore, PartScore

DOCUMENT = ROOT / "docs" / "quality.md"
_LABELS = {
    "readability": "readability-lxml",
    "newspaper4k": "newspaper4k (zh)",
    "goose3": "goose3 (zh)",
    "resiliparse": "resiliparse main content",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One reader's scores by part; `quoted` ones were measured by the corpus's makers."""

    name: str
    scores: Mapping[str, PartScore] = field(default_factory=dict)
    errors: int = 0
    quoted: bool = False


def label(name: str) -> str:
    return _LABELS.get(name, name)


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def when(command: str) -> str:
    """Return the line that says how and when a table was made."""
    return f"`{command}`, {date.today():%Y-%m-%d}."


def score_table(rows: list[Row]) -> str:
    """Return the table of all readers, ours first and the others by text."""
    head = ["reader", *(f"{part}: {of}" for part in PARTS for of in ("text", "title", "date"))]
    cells = [
        [_name(row), *_figures(row), "" if row.quoted else str(row.errors)]
        for row in sorted(rows, key=_rank)
    ]
    note = "\n\n† quoted: could not be installed here" if any(row.quoted for row in rows) else ""
    return table([*head, "errors"], cells) + note


def page_tables(own: Row) -> str:
    """Return our score on every page, the worst first."""
    parts = []
    for part in PARTS:
        pages = sorted(own.scores[part].pages, key=lambda page: (page.f1, page.id))
        cells = [[page.id, f"{page.f1:.3f}", _mark(page.title), _mark(page.date)] for page in pages]
        parts.append(f"### {part}\n\n{table(['page', 'text', 'title', 'date'], cells)}")
    return "\n\n".join(parts)


def write_blocks(blocks: Mapping[str, str], document: Path = DOCUMENT) -> None:
    """Put each text between its `<!-- name -->` and `<!-- /name -->` in the document."""
    text = document.read_text(encoding="utf-8")
    for name, block in blocks.items():
        start, rest = text.split(f"<!-- {name} -->")
        _, end = rest.split(f"<!-- /{name} -->")
        text = f"{start}<!-- {name} -->\n\n{block}\n\n<!-- /{name} -->{end}"
    document.write_text(text, encoding="utf-8")


def quoted(name: str, corpus: Path) -> Row:
    """Return what the corpus's README says of a reader, on more pages than lie here."""
    text = (corpus / "README.md").read_text(encoding="utf-8")
    found = re.findall(rf"^\| {re.escape(label(name))} \|(.*)\|$", text, re.MULTILINE)
    scores = {part: _quoted_part(cells) for part, cells in zip(PARTS, found, strict=False)}
    return Row(name, scores, quoted=True)


def _quoted_part(cells: str) -> PartScore:
    f1, title, date = (_number(cell) for cell in cells.split("|")[:3])
    return PartScore(pages=(), f1=f1, title=title, date=date)


def _number(cell: str) -> float | None:
    return None if cell.strip() == "-" else float(cell)


def _name(row: Row) -> str:
    name = f"**{row.name}**" if row.name == OURS else label(row.name)
    return f"{name} †" if row.quoted else name


def _figures(row: Row) -> list[str]:
    scores = [row.scores.get(part, PartScore((), None, None, None)) for part in PARTS]
    return [_figure(value) for score in scores for value in (score.f1, score.title, score.date)]


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}".removeprefix("0")


def _mark(hit: bool | None) -> str:
    return "" if hit is None else "yes" if hit else "no"


def _rank(row: Row) -> tuple[bool, float]:
    return row.name != OURS, -sum(score.f1 or 0 for score in row.scores.values())


def page_line(page: PageScore) -> str:
    return f"text {page.f1:.3f}, title {_mark(page.title)}, date {_mark(page.date) or 'none'}"
