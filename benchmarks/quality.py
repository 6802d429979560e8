"""Scores our reader and its peers side by side on the corpus and draws docs/quality.md."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import mean, median

import click
from rich.progress import track

from benchmarks import floors, moved, report, venv
from benchmarks.corpus import MISSING, PARTS, ROOT, find_corpus, fingerprint, gold_file, load
from benchmarks.isolated import IsolatedReader, read_all, worker_command
from benchmarks.plot import draw
from benchmarks.readers import OURS, READERS
from benchmarks.report import Row
from benchmarks.scoring import PartScore, Prediction, score_part
from cqcrawler import read_article

OUT = ROOT / "benchmarks" / "out"
SCORER = ROOT.parent / "shared" / "tools" / "score_extraction.py"


@click.group(invoke_without_command=True)
@click.option("--ours", is_flag=True, help="Only our reader; the docs stay as they are.")
@click.option("--update-floors", is_flag=True, help="Raise the floors of the tests to our scores.")
@click.option("--reset-floors", is_flag=True, help="Set the floors, even lower or on a new corpus.")
@click.pass_context
def main(context: click.Context, ours: bool, update_floors: bool, reset_floors: bool) -> None:
    """Score our reader and its peers on the corpus, and write docs/quality.md."""
    context.obj = corpus = _corpus()
    if context.invoked_subcommand:
        return
    own = measure(OURS, Path(sys.executable), corpus)
    if update_floors or reset_floors:
        _set_floors(own, corpus, reset_floors)
    if ours or update_floors or reset_floors:
        click.echo(report.score_table([own]))
        return
    rows = [own, *_peers(corpus)]
    scores = f"{report.score_table(rows)}\n\n{report.when('python -m benchmarks.quality')}"
    report.write_blocks({"scores": scores, "pages": report.page_tables(own)})
    (ROOT / "docs" / "img" / "quality.svg").write_text(draw(rows), encoding="utf-8")
    click.echo(report.score_table(rows))
    _shared_scorer(corpus)


@main.command("moved")
@click.argument("before", default="HEAD")
@click.pass_obj
def moved_command(corpus: Path, before: str) -> None:
    """Show the pages that read differently from BEFORE: a git revision, or a saved out folder."""
    moved.show(corpus, before)


@main.command("left-out")
@click.pass_obj
def left_out_command(corpus: Path) -> None:
    """Show how many bytes of text a notice has in its body, and beside it in lines left out."""
    head = ["part", "notices", "body: mean", "median", "left out: mean", "median", "lines"]
    rows = []
    for part in PARTS:
        bodies, beside, lines = [], [], 0
        for page in load(corpus, part):
            article = read_article(page.path.read_bytes(), page.url)
            bodies.append(len(article.body.encode()))
            beside.append(sum(len(line.text.encode()) for line in article.left_out))
            lines += len(article.left_out)
        sizes = (mean(bodies), median(bodies), mean(beside), median(beside), lines / len(bodies))
        rows.append([part, str(len(bodies)), *(f"{size:.0f}" for size in sizes)])
    table = report.table(head, rows)
    made = report.when("python -m benchmarks.quality left-out")
    report.write_blocks({"left-out": f"{table}\n\n{made}"})
    click.echo(table)


def measure(name: str, python: Path, corpus: Path) -> Row:
    """Read the corpus with one reader, save what it read under `out/`, and score it."""
    scores: dict[str, PartScore] = {}
    errors: list[str] = []
    with IsolatedReader(worker_command(name, python)) as reader:
        for part in PARTS:
            gold = load(corpus, part)
            label = f"{report.label(name)} on {part}"
            predictions = list(track(read_all(reader, gold), label, total=len(gold)))
            _save(OUT / part / f"{name}.jsonl", predictions)
            scores[part] = score_part(gold, predictions)
            errors += [read["error"] for read in predictions if "error" in read]
    if len(errors) == sum(len(score.pages) for score in scores.values()):
        raise click.ClickException(f"{name} read no page at all: {errors[0]}")
    return Row(name, scores, len(errors))


def _corpus() -> Path:
    if corpus := find_corpus():
        return corpus
    raise click.UsageError(MISSING)


def _peers(corpus: Path) -> list[Row]:
    python = venv.peers_python()
    return [
        measure(name, python, corpus) if venv.has(python, name) else report.quoted(name, corpus)
        for name in READERS
        if name != OURS
    ]


def _set_floors(own: Row, corpus: Path, reset: bool) -> None:
    new = floors.measured(own.scores, fingerprint(corpus))
    try:
        floors.save(new if reset else floors.raised(floors.load(), new))
    except floors.FloorsError as error:
        raise click.ClickException(f"{error}; --reset-floors sets them all the same") from error


def _save(path: Path, predictions: Iterable[Prediction]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for prediction in predictions:
            print(json.dumps(prediction, ensure_ascii=False), file=file)


def _shared_scorer(corpus: Path) -> None:
    """Print the longer tables of the scorer that lies beside the corpus, where it does."""
    if not SCORER.exists():
        return
    for part in PARTS:
        click.echo(f"\n{part}, by {SCORER.name}:")
        predictions = sorted((OUT / part).glob("*.jsonl"))
        subprocess.run([sys.executable, SCORER, gold_file(corpus, part), *predictions], check=True)


if __name__ == "__main__":
    main()
