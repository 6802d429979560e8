"""The floors that a test holds: the lowest scores allowed on one exact corpus."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.corpus import ROOT
from benchmarks.scoring import PartScore

FLOORS = ROOT / "tests" / "quality" / "floors.json"
FIELDS = ("f1", "title", "date")

Floors = dict[str, Any]


class FloorsError(Exception):
    """Raised by `raised` for floors that would sink or belong to another corpus."""


def load(path: Path = FLOORS) -> Floors:
    """Return `{corpus: sha256, PART: {f1, title, date}}`."""
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def save(floors: Floors, path: Path = FLOORS) -> None:
    path.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")


def measured(scores: Mapping[str, PartScore], fingerprint: str) -> Floors:
    """Return floors right under `scores`, rounded down to three places."""
    parts = {
        part: {field: math.floor((getattr(score, field) or 0) * 1000) / 1000 for field in FIELDS}
        for part, score in scores.items()
    }
    return {"corpus": fingerprint, **parts}


def raised(old: Floors, new: Floors) -> Floors:
    """Return `new` if nothing in it is below `old`; a corpus that changed compares with nothing."""
    if old["corpus"] != new["corpus"]:
        raise FloorsError("the corpus is not the one of the floors: look at what changed in it")
    if lower := below(old, new):
        raise FloorsError("; ".join(lower))
    return new


def below(floors: Floors, scores: Floors) -> list[str]:
    """Return a line for each score under its floor."""
    return [
        f"{part} {field}: {scores[part][field]} is under its floor {floor}"
        for part in floors
        if part != "corpus"
        for field, floor in floors[part].items()
        if scores[part][field] < floor
    ]
