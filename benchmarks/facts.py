"""Scores what is read of notices on the gold of facts, and says what it costs."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks import fact_cost, fact_scores, report
from benchmarks.corpus import MISSING, ROOT, find_corpus
from benchmarks.fact_scores import Scores
from benchmarks.fact_sentences import score_sentences
from benchmarks.fact_words import count_words, read_with_words_of

DOCUMENT = ROOT / "docs" / "facts.md"
_HEAD = ["what", "precision, or share right", "recall", "of"]
_CROSS_HEAD = ["what", "all words", "recall", "words of the other half", "recall"]
_COMMAND = "python -m benchmarks.facts"


@click.command()
@click.argument(
    "gold", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.option("--errors", is_flag=True, help="Print a line for all that is wrong.")
@click.option("--sentences", is_flag=True, help="Score sentences of the corpus instead.")
@click.option(
    "--cross", is_flag=True, help="Score each half with the words of the other half only."
)
@click.option("--cost", is_flag=True, help="Measure CPU: of a notice, and up to a text of 1 MB.")
@click.option("--rounds", default=5, show_default=True, help="Interleaved runs of --cost.")
@click.option("--write", is_flag=True, help="Put the tables into docs/facts.md.")
def main(
    gold: Path | None,
    errors: bool,
    sentences: bool,
    cross: bool,
    cost: bool,
    rounds: int,
    write: bool,
) -> None:
    """Score what is read of the notices of GOLD, by default those of ../shared/facts."""
    path = gold or fact_scores.GOLD
    if not path.is_file() or not fact_scores.SCORER.is_file():
        raise click.UsageError(fact_scores.MISSING)
    blocks = {}
    if cross:
        blocks["cross"] = _made(cross_table(path), "--cross")
    if cost:
        blocks["cost"] = _made(cost_tables(path, rounds), "--cost")
    if sentences:
        blocks["sentences"] = _made(_table(_sentences(), errors), "--sentences")
    if not blocks:
        notices = fact_scores.load(path)
        scores = fact_scores.score(notices, map(fact_scores.predict, notices))
        blocks["scores"] = _made(_table(scores, errors))
    click.echo("\n\n".join(blocks.values()))
    if write:
        report.write_blocks(blocks, DOCUMENT)


def _table(scores: Scores, errors: bool) -> str:
    """Return the table of scores, and print what is wrong where that is asked for."""
    if errors:
        click.echo("\n".join([*scores.errors, ""]))
    return report.table(_HEAD, list(fact_scores.table(scores)))


def _sentences() -> Scores:
    if corpus := find_corpus():
        return score_sentences(corpus)
    raise click.UsageError(MISSING)


def cross_table(path: Path) -> str:
    """Return the scores on all notices, with all words and with those of the other half only."""
    notices = fact_scores.load(path)
    whole = fact_scores.score(notices, map(fact_scores.predict, notices))
    read = [notice for half in (0, 1) for notice in read_with_words_of(path, half)]
    cut = {row[0]: row[1:3] for row in fact_scores.table(fact_scores.score(notices, read))}
    rows = [[*row[:3], *cut[row[0]]] for row in fact_scores.table(whole)]
    used, known = (f"{count:,}" for count in count_words(notices))
    said = f"Of {known} words one half of the notices uses {used}, the mean of both."
    return f"{report.table(_CROSS_HEAD, rows)}\n\n{said}"


def cost_tables(path: Path, rounds: int) -> str:
    """Return what a notice costs, and how that grows with the length of a text."""
    corpus = find_corpus()
    notices, pages = fact_cost.joined(fact_scores.load(path)), fact_cost.cut(corpus)
    kinds = {"notices of the gold, joined": notices} | ({"pages, cut": pages} if pages else {})
    costs, reading = fact_cost.measure(kinds, corpus, rounds)
    head = [f"{fact_cost.LENGTH:,} characters of", "texts", "µs, median", "µs, p99"]
    rows = [
        [kind, str(cost.notices), f"{cost.median:,.0f}", f"{cost.p99:,.0f}"]
        + ([f"{cost.median / reading:.2f}"] if corpus else [])
        for kind, cost in costs.items()
    ]
    if corpus:
        head.append(f"× reading a page ({reading:,.0f} µs)")
    lengths = ["µs for 1,000 characters of", *(f"{length:,}" for length in fact_cost.lengths())]
    grown = []
    for name, series in fact_cost.growth([*notices, *pages]):
        cells = [f"{micros:,.0f}" for micros in series]
        grown.append([name, *cells, *["gave up"] * (len(lengths) - 1 - len(cells))])
    return f"{report.table(head, rows)}\n\n{report.table(lengths, grown)}"


def _made(block: str, *options: str) -> str:
    return f"{block}\n\n{report.when(' '.join([_COMMAND, *options]))}"


if __name__ == "__main__":
    main()
