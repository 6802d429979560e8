"""Reads damaged and hostile pages in bulk, and measures how time grows with size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time

import click
from hypothesis import HealthCheck, Phase, given, settings
from rich.progress import track

from benchmarks.corpus import PARTS, ROOT, find_corpus, load
from benchmarks.growth import SHAPES, measure
from benchmarks.mutations import CLOSING, SEEDS, known_losses, mutated
from benchmarks.soup import tag_soup
from cqcrawler import read_article

FAILED = ROOT / "benchmarks" / "out" / "failed"


@click.group()
def main() -> None:
    """Read damaged and hostile pages."""


@main.command()
@click.option("--count", default=10_000, show_default=True, help="How many pages.")
@click.option("--seed", default=1, show_default=True, help="Another seed makes other pages.")
def pages(count: int, seed: int) -> None:
    """Read COUNT pages; exit 1 if one raised, or lost text without a warning."""
    problems: Counter[str] = Counter()
    slowest = (0.0, "")
    for name, page, must_hold in track(list_of_pages(count, seed), total=count):
        start = process_time()
        if problem := problem_with(page, must_hold):
            problems[problem] += 1
            keep(problem, page)
        slowest = max(slowest, (process_time() - start, name))
    click.echo(f"{count} pages, {problems.total()} problems")
    click.echo(f"slowest: {slowest[0]:.2f} s of CPU, {slowest[1]}")
    for problem, times in problems.most_common():
        click.echo(f"  {times} times {problem}")
    raise SystemExit(bool(problems))


@main.command()
@click.option("--largest", default=20, show_default=True, help="Size of the largest page in MiB.")
@click.argument("shapes", nargs=-1, type=click.Choice(list(SHAPES)))
def growth(largest: int, shapes: tuple[str, ...]) -> None:
    """Read pages of doubling size; print the CPU seconds of each and the last ratio.

    Two is linear; less, that only the beginning of the page was read, which says so in a warning.
    Bare parsing is timed beside it, as some shapes are slow there already. A series ends early
    where a page took too long to double its size again.
    """
    for name in shapes or SHAPES:
        ours, parse = measure(SHAPES[name], largest)
        click.echo(f"{name:16} reading {_row(ours)}\n{'':16} parsing {_row(parse)}")


def list_of_pages(count: int, seed: int) -> Iterator[tuple[str, bytes, str]]:
    """Yield name, page and the text it must not lose silently (empty for random damage)."""
    losses = list(known_losses())[:count]
    made_up = (count - len(losses)) // 5
    yield from ((loss.name, loss.page, CLOSING) for loss in losses)
    yield from (("made up", page, "") for page in _made_up(made_up))
    rest = mutated([*SEEDS, *real_pages()], count - len(losses) - made_up, Random(seed))
    yield from ((name, page, "") for name, page in rest)


def real_pages() -> Iterator[bytes]:
    if corpus := find_corpus():
        for part in PARTS:
            yield from (page.path.read_bytes() for page in load(corpus, part))


def problem_with(page: bytes, must_hold: str) -> str | None:
    """Read `page` and say what went wrong, or None."""
    try:
        article = read_article(page)
    except Exception as error:  # any at all is what we look for
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        return f"{type(error).__name__} at {where}"
    if must_hold not in article.body and not article.warnings:
        return "lost text without a warning"
    return None


def keep(problem: str, page: bytes) -> None:
    """Save the first page of each problem for a closer look."""
    FAILED.mkdir(parents=True, exist_ok=True)
    path = FAILED / f"{problem.replace(' ', '-').replace(':', '-')}.html"
    if not path.exists():
        path.write_bytes(page)


def _made_up(count: int) -> list[bytes]:
    found: list[bytes] = []
    if not count:
        return found

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(tag_soup)
    def collect(soup: str) -> None:
        found.append(soup.encode("utf-8", "surrogatepass"))

    collect()
    return (found * 2)[:count]


def _row(seconds: list[float]) -> str:
    ratio = f"x{seconds[-1] / seconds[-2]:.1f}" if len(seconds) > 1 else ""
    return " ".join(f"{second:8.2f}" for second in seconds) + f"  {ratio}"


if __name__ == "__main__":
    main()
