"""What we read in sentences of the corpus's pages that are annotated by hand.

`tests/facts/CORPUS.md` says how: the sentences are offsets into the pages, which are read whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path

from benchmarks.corpus import ROOT, GoldPage, load
from benchmarks.fact_scores import Notice, Scores, score_numbers
from cqcrawler import Facts, read_facts
from cqcrawler.facts.model import Field

SENTENCES = ROOT / "tests" / "facts" / "corpus_sentences.jsonl"


def score_sentences(corpus: Path) -> Scores:
    """Score the numbers of the sentences; subjects are not annotated, so not scored."""
    scores = Scores()
    for gold, prediction in _pairs(corpus):
        score_numbers(scores, gold, prediction)
    scores.shares.pop("subject", None)
    scores.errors = [line for line in scores.errors if not line.startswith("subject")]
    return scores


def _pairs(corpus: Path) -> Iterator[tuple[Notice, Notice]]:
    @cache
    def pages(part: str) -> dict[str, GoldPage]:
        return {page.id: page for page in load(corpus, part)}

    @cache
    def facts(page: GoldPage) -> Facts:
        return read_facts(page.title, page.body, published=page.date)

    for row in map(json.loads, SENTENCES.read_text(encoding="utf-8").splitlines()):
        page = pages(row["part"])[row["page"]]
        start, stop = row["start"], row["stop"]
        sentence = page.body[start:stop]
        gold = [_fact(fact, sentence) for fact in row["facts"]]
        ours = [
            asdict(fact)
            for fact in facts(page).numbers
            if fact.field is Field.BODY and start <= fact.start < stop
        ]
        yield {"id": f"{page.id} {start}", "facts": gold}, {"facts": ours}


def _fact(annotated: Notice, sentence: str) -> Notice:
    words = sentence[annotated["start"] : annotated["stop"]]
    return {**annotated, "text": words, "sentence": sentence, "subject": ""}
