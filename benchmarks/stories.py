"""Do stories and projects stay right, quick and in flat memory in a large archive?

`python -m benchmarks.stories FILE` saves invented notices as a crawl does: new ones of nine frames,
copies and cuts of whatever was saved before (however long ago), and later stages of undertakings.
It prints, every tenth of the way, the CPU that finding stories and projects took a notice beside
that of the whole save, and the memory of the process; at its end how many pairs were told right.
"""

from __future__ import annotations

import resource
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from random import Random
from time import process_time
from typing import Any
from unittest.mock import patch

import click

from benchmarks.retold import FRAMES, Retold, cut, edited, followed, invented, rounded
from cqcrawler import __version__
from cqcrawler.archive import Archive
from cqcrawler.archive.articles import statements
from cqcrawler.models import Article, PageKind, ReadNotice, Visit

_AT = datetime(2026, 7, 7, 8, 0, tzinfo=UTC)
_FIRST_DAY = date(2019, 1, 1)
_DAYS = 2700
_COPIES, _FOLLOWED = 0.25, 0.1


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--notices", default=100_000, show_default=True, help="How many to save.")
def main(file: Path, notices: int) -> None:
    """Save invented notices into an archive at FILE, and tell what stories and projects cost."""
    if file.exists():
        raise click.UsageError(f"{file} exists already: name another file")
    click.echo(f"{'notices':>9} {'relate ms':>10} {'save ms':>8} {'memory MiB':>11}")
    truth: list[str] = []
    for line in _filled(file, notices, truth):
        click.echo(line)
    with closing(sqlite3.connect(file)) as db:
        click.echo(_pairs(db, truth))
        click.echo(_sizes(db))


def _filled(file: Path, notices: int, truth: list[str]) -> Iterator[str]:
    spent = {"relate": 0.0, "save": 0.0}
    relate = statements.relate

    def timed(*args: Any) -> None:
        begun = process_time()
        relate(*args)
        spent["relate"] += process_time() - begun

    step = max(notices // 10, 1)
    with Archive(file) as archive, patch.object(statements, "relate", timed):
        run_id = archive.runs.begin("invented", scope="full", version=__version__, at=_AT)
        for number, notice in enumerate(_notices(notices), start=1):
            truth.append(notice.story)
            begun = process_time()
            archive.save(_page(number, notice, notices), run_id)
            spent["save"] += process_time() - begun
            if number % step == 0:
                costs = (f"{spent[name] / step * 1e3:10.2f}" for name in ("relate", "save"))
                yield f"{number:9} {' '.join(costs)} {_memory():11}"
                spent = dict.fromkeys(spent, 0.0)


def _notices(count: int) -> Iterator[Retold]:
    """Yield notices; a copy is of any one before, which is made again from its seed."""
    random, frames, made = Random("stories"), list(FRAMES), 0
    while made < count:
        seed = random.randrange(made + 1)
        if made and random.random() < _COPIES:
            yield _copied(random, _original(seed, frames))
        elif random.random() < _FOLLOWED:
            for notice in followed(Random(f"followed {made}"))[: count - made]:
                yield notice
                made += 1
            continue
        else:
            yield _original(made, frames)
        made += 1


def _original(seed: int, frames: list[str]) -> Retold:
    made = invented(Random(seed), frames[seed % len(frames)])
    # The same words are the same story, from whatever seed.
    words = blake2b(f"{made.title}\n{made.body}".encode(), digest_size=8)
    return replace(made, story=words.hexdigest())


def _copied(random: Random, notice: Retold) -> Retold:
    way = random.randrange(4)
    if way == 0:
        return notice
    if way == 1:
        return cut(random, notice)
    return edited(random, rounded(notice) if way == 2 else notice, random.choice((0.1, 0.2, 0.3)))


def _page(number: int, notice: Retold, of: int) -> ReadNotice:
    url = f"http://invented.example/{number}"
    day = _FIRST_DAY + timedelta(days=number * _DAYS // of)
    article = Article(
        url, title=notice.title, published=f"{day}", paragraphs=tuple(notice.body.split("\n"))
    )
    return ReadNotice(Visit(url, "invented", PageKind.NOTICE, _AT, status=200), article)


def _memory() -> int:
    """Return what the process has in memory now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() >> 20


def _pairs(db: sqlite3.Connection, truth: list[str]) -> str:
    """Return how many pairs of notices of one story were told to be that."""
    told = [story for (story,) in db.execute("SELECT story_id FROM articles ORDER BY id")]
    both = _count_pairs(zip(told, truth, strict=True))
    precision, recall = both / max(_count_pairs(told), 1), both / max(_count_pairs(truth), 1)
    return f"pairs of one story: precision {precision:.4f}, recall {recall:.4f}"


def _count_pairs(groups: Iterable[object]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def _sizes(db: sqlite3.Connection) -> str:
    names = ("stories", "story_bands", "projects", "project_keys", "possible_same")
    counts = (
        f"{name} {db.execute(f'SELECT count(*) FROM {name}').fetchone()[0]}" for name in names
    )
    return f"rows: {', '.join(counts)}"


if __name__ == "__main__":
    main()
