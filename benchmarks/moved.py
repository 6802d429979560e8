"""Shows which pages read differently than before, and whether for better or worse."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import click

from benchmarks.corpus import PARTS, ROOT, GoldPage, load
from benchmarks.isolated import IsolatedReader, read_all, worker_command
from benchmarks.readers import OURS
from benchmarks.report import page_line
from benchmarks.scoring import PageScore, score_page

DIFF_LINES = 12
LINE_WIDTH = 100

Prediction = dict[str, Any]
Predictions = dict[str, list[Prediction]]


def show(corpus: Path, before: str) -> None:
    """Print what moved since `before`: a folder of saved predictions, or a git revision."""
    old = _saved(Path(before)) if Path(before).is_dir() else _at_revision(corpus, before)
    new = _read(corpus, ROOT)
    for part in PARTS:
        verdicts = []
        for gold, was, now in zip(load(corpus, part), old[part], new[part], strict=True):
            if {**was} != {**now}:
                verdict, lines = compare(gold, was, now)
                verdicts.append(verdict)
                click.echo("\n".join(lines) + "\n")
        counts = ", ".join(f"{verdicts.count(v)} {v}" for v in ("better", "worse", "level"))
        click.echo(f"{part}: {counts}\n")


def compare(gold: GoldPage, was: Prediction, now: Prediction) -> tuple[str, list[str]]:
    """Return `better`, `worse` or `level`, and the lines that show what changed."""
    before, after = score_page(gold, was), score_page(gold, now)
    verdict = _verdict(before, after)
    lines = [f"{gold.id}: {verdict}", f"  was {page_line(before)}", f"  now {page_line(after)}"]
    lines += [
        f"  {field}: {was.get(field)!r} -> {now.get(field)!r}"
        for field in sorted(was.keys() | now.keys())
        if field != "body" and was.get(field) != now.get(field)
    ]
    return verdict, lines + _body_diff(was.get("body") or "", now.get("body") or "")


def _verdict(before: PageScore, after: PageScore) -> str:
    """A lost title or date is worse even if the text won."""
    fields = [
        (after.f1 > before.f1) - (after.f1 < before.f1),
        after.title - before.title,
        (after.date or False) - (before.date or False),
    ]
    return "worse" if min(fields) < 0 else "better" if max(fields) > 0 else "level"


def _body_diff(was: str, now: str) -> list[str]:
    diff = list(unified_diff(was.splitlines(), now.splitlines(), n=0, lineterm=""))
    lines = [f"    {line[:LINE_WIDTH]}" for line in diff[2:] if not line.startswith("@@")]
    more = [f"    and {len(lines) - DIFF_LINES} more lines"] if len(lines) > DIFF_LINES else []
    return lines[:DIFF_LINES] + more


def _saved(folder: Path) -> Predictions:
    return {part: list(_lines(folder / part / f"{OURS}.jsonl")) for part in PARTS}


def _lines(path: Path) -> Iterator[Prediction]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _at_revision(corpus: Path, revision: str) -> Predictions:
    """Read with the package as it was; the tree and git's own state stay as they are."""
    packed = subprocess.run(
        ["git", "archive", revision, "cqcrawler"], cwd=ROOT, capture_output=True, check=False
    )
    if packed.returncode:
        raise click.ClickException(f"no such revision or folder: {packed.stderr.decode().strip()}")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout, check=True)
        return _read(corpus, Path(folder))


def _read(corpus: Path, source: Path) -> Predictions:
    with IsolatedReader(worker_command(OURS), source) as reader:
        return {part: list(read_all(reader, load(corpus, part))) for part in PARTS}
