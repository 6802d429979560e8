"""Search beside a trigram index and LIKE: time to the first results, what they find, their size."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import click
from rich.progress import track

from benchmarks.report import table
from cqcrawler import Archive

_LIMIT = 20
_WORD = re.compile("[一-鿿]{1,4}")
_RUN = re.compile("[一-鿿]{12,}")
# The share of notices that have the word: upper bounds, the first of which is a count.
_BANDS = ((10, "in 10 notices at most"), (0.01, "up to 1 %"), (0.1, "up to 10 %"), (1.0, "more"))


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids that one engine gave for one word, newest first, and the seconds it took."""

    ids: list[int]
    seconds: float


Engine = Callable[[str], list[int]]


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--words", default=40, show_default=True, help="Words of each frequency and length.")
@click.option("--seed", default=1, show_default=True, help="Chooses the words.")
def main(archive: Path, words: int, seed: int) -> None:
    """Search ARCHIVE for words of every frequency, in turn with its peers on the same notices.

    `python -m benchmarks.synthetic` makes an archive of any size.
    """
    with (
        TemporaryDirectory() as folder,
        Archive(archive, must_exist=True) as ours,
        closing(_open(archive)) as conn,
    ):
        trigram_size = _build_trigrams(conn, Path(folder) / "trigrams.db")
        chosen = _choose(conn, words, random.Random(seed))
        chosen |= {"phrases of 5 to 12 characters": _phrases(conn, words, random.Random(seed))}
        engines: dict[str, Engine] = {
            "cqcrawler search": lambda word: [hit.id for hit in ours.search(word, limit=_LIMIT)],
            "trigram index": lambda word: _ids(conn, _TRIGRAM, f'"{word}"'),
            "LIKE": lambda word: _ids(conn, _LIKE, f"%{word}%"),
        }
        for band, sample in ((band, sample) for band, sample in chosen.items() if len(sample) > 1):
            answers: dict[str, list[Answer]] = {name: [] for name in engines}
            for word in track(sample, band, transient=True):
                for name, engine in engines.items():
                    answers[name].append(_time(engine, word))
            click.echo(f"\n{band}: {len(sample)} words\n\n{_table(answers)}")
        click.echo(f"\n{_sizes(conn, trigram_size)}")


def _open(archive: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True)


_TRIGRAM = f"""SELECT id FROM articles WHERE id IN (
    SELECT rowid FROM peer.trigrams WHERE trigrams MATCH ?)
ORDER BY published DESC, id DESC LIMIT {_LIMIT}"""

_LIKE = f"""SELECT id FROM articles INDEXED BY articles_newest
WHERE title || '\n' || body LIKE ? ORDER BY published DESC, id DESC LIMIT {_LIMIT}"""


def _build_trigrams(conn: sqlite3.Connection, path: Path) -> int:
    """Index the notices as FTS5's own trigrams in a file beside, and return its bytes."""
    conn.execute("ATTACH ? AS peer", [str(path)])
    conn.execute(
        "CREATE VIRTUAL TABLE peer.trigrams USING fts5(text, content='', tokenize='trigram')"
    )
    conn.execute(
        "INSERT INTO peer.trigrams (rowid, text) SELECT id, title || '\n' || body FROM articles"
    )
    conn.commit()
    return _blocks(conn, "peer.trigrams")


def _blocks(conn: sqlite3.Connection, index: str) -> int:
    (size,) = conn.execute(f"SELECT sum(length(block)) FROM {index}_data").fetchone()
    return int(size)


def _choose(conn: sqlite3.Connection, words: int, rnd: random.Random) -> dict[str, list[str]]:
    """Return words of one to four characters by how many notices have them."""
    conn.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, articles_fts, row)")
    (notices,) = conn.execute("SELECT count(*) FROM articles").fetchone()
    found: dict[tuple[str, int], list[str]] = {}
    for term, count in conn.execute("SELECT term, doc FROM temp.terms"):
        if _WORD.fullmatch(term):
            found.setdefault((_band(count, notices), len(term)), []).append(term)
    return {
        label: [
            word
            for length in (1, 2, 3, 4)
            for word in _sample(rnd, found.get((label, length), []), words)
        ]
        for _, label in _BANDS
    }


def _phrases(conn: sqlite3.Connection, count: int, rnd: random.Random) -> list[str]:
    """Return pieces of texts that were chosen by chance."""
    (last,) = conn.execute("SELECT max(id) FROM articles").fetchone()
    phrases = []
    for number in rnd.sample(range(1, last + 1), min(last, 4 * count)):
        row = conn.execute("SELECT body FROM articles WHERE id = ?", [number]).fetchone()
        if runs := _RUN.findall(row[0] if row else ""):
            run, length = rnd.choice(runs), rnd.randint(5, 12)
            start = rnd.randint(0, len(run) - length)
            phrases.append(run[start : start + length])
    return phrases[: 4 * count]


def _sample(rnd: random.Random, words: Sequence[str], most: int) -> list[str]:
    return rnd.sample(words, min(most, len(words)))


def _band(count: int, notices: int) -> str:
    first, *shares = _BANDS
    if count <= first[0]:
        return first[1]
    return next(label for share, label in shares if count <= share * notices)


def _ids(conn: sqlite3.Connection, sql: str, parameter: str) -> list[int]:
    return [row[0] for row in conn.execute(sql, [parameter])]


def _time(engine: Engine, word: str) -> Answer:
    start = perf_counter()
    ids = engine(word)
    return Answer(ids, perf_counter() - start)


def _table(answers: dict[str, list[Answer]]) -> str:
    truth = answers["LIKE"]
    head = ["", "right first 20", "p50 ms", "p95 ms", "× of ours, p95"]
    ours = _p95(next(iter(answers.values())))
    return table(
        head,
        [
            [
                name,
                f"{_agreement(given, truth):.2f}",
                f"{1000 * median(answer.seconds for answer in given):.1f}",
                f"{1000 * _p95(given):.1f}",
                f"{_p95(given) / ours:.1f}",
            ]
            for name, given in answers.items()
        ],
    )


def _agreement(given: Sequence[Answer], truth: Sequence[Answer]) -> float:
    equal = sum(one.ids == other.ids for one, other in zip(given, truth, strict=True))
    return equal / len(truth)


def _p95(answers: Sequence[Answer]) -> float:
    return quantiles([answer.seconds for answer in answers], n=20, method="inclusive")[-1]


def _sizes(conn: sqlite3.Connection, trigrams: int) -> str:
    (text,) = conn.execute(
        "SELECT sum(length(CAST(title AS BLOB)) + length(CAST(body AS BLOB))) FROM articles"
    ).fetchone()
    sizes = {"cqcrawler search": _blocks(conn, "articles_fts"), "trigram index": trigrams}
    return table(
        ["", "index / text"], [[name, f"{size / text:.2f}"] for name, size in sizes.items()]
    )


if __name__ == "__main__":
    main()
