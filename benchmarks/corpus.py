"""The corpus of real pages with hand-made gold, read where it lies."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("articles", "gov", "bureaus")
MISSING = "no corpus: put it at ../shared/corpus beside the project, or set CQCRAWLER_CORPUS"


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page and what a careful reader takes from it; `date` is ISO, None where none is shown."""

    id: str
    path: Path
    url: str
    title: str
    date: str | None
    body: str


def find_corpus() -> Path | None:
    """Return the corpus's folder, or None where this machine has none."""
    folder = Path(os.environ.get("CQCRAWLER_CORPUS") or ROOT.parent / "shared" / "corpus")
    return folder if all(gold_file(folder, part).is_file() for part in PARTS) else None


def gold_file(corpus: Path, part: str) -> Path:
    return corpus / part / "gold.jsonl"


def load(corpus: Path, part: str) -> list[GoldPage]:
    """Return the pages of one part in the order of its gold."""
    rows = map(json.loads, gold_file(corpus, part).read_text(encoding="utf-8").splitlines())
    return [
        GoldPage(
            id=row["id"],
            path=corpus / part / "pages" / f"{row['id']}.html",
            url=row.get("url") or "",
            title=row["title"],
            date=row["date"],
            body=row["body"],
        )
        for row in rows
    ]


def fingerprint(corpus: Path) -> str:
    """Return a SHA-256 over all gold and pages: scores on different corpora do not compare."""
    digest = hashlib.sha256()
    for part in PARTS:
        digest.update(gold_file(corpus, part).read_bytes())
        for page in sorted(load(corpus, part), key=lambda page: page.id):
            digest.update(hashlib.sha256(page.path.read_bytes()).digest())
    return digest.hexdigest()
