"""Scores our reading on real pages with other bodies and other surroundings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import deepcopy
from random import Random
from statistics import fmean

import click
from rich.progress import track

from benchmarks.corpus import MISSING, PARTS, ROOT, GoldPage, find_corpus, load
from benchmarks.scoring import PageScore, score_page
from benchmarks.transplants import CHANGES, Site, open_site, page_bytes
from cqcrawler import read_article

OUT = ROOT / "benchmarks" / "out" / "transplants"
_POOR = 0.9


@click.command()
@click.option("--kind", "part", default="", help="Only the kinds that contain this.")
@click.option("--seed", default=1, show_default=True, help="Another seed draws other pairs.")
@click.option("--worst", default=20, show_default=True, help="How many of the worst to list.")
@click.option("--keep", is_flag=True, help="Save the worst pages, their gold and what was read.")
def main(part: str, seed: int, worst: int, keep: bool) -> None:
    """Put texts and furniture into the corpus's pages; print scores by kind, and the worst."""
    pages = _pages()
    sites = [site for page in pages if (site := open_site(page))]
    kinds = [kind for kind in CHANGES if part in kind]
    scores: dict[str, list[PageScore]] = defaultdict(list)
    poorest: list[tuple[float, str, str, tuple[bytes, str, str]]] = []
    for kind, site in track([(k, s) for k in kinds for s in sites], "reading"):
        if not (made := _changed(kind, site, pages, seed)):
            continue
        gold, page = made
        article = read_article(page, gold.url)
        read = {"title": article.title, "date": article.published, "body": article.body}
        score = score_page(gold, read)
        for label in kind.split(" in "):
            scores[label].append(score)
        poorest.append((score.f1, kind, gold.id, (page, gold.body, article.body)))
        poorest = sorted(poorest, key=lambda pair: pair[:3])[:worst]
    click.echo(f"{len(sites)} of {len(pages)} pages, {len(kinds)} kinds")
    click.echo("\n".join(_table(scores)))
    for f1, kind, name, texts in poorest:
        click.echo(f"{f1:.3f} {kind}: {name}")
        if keep:
            _save(f"{kind}-{name}".replace(" ", "-"), *texts)


def _pages() -> list[GoldPage]:
    if corpus := find_corpus():
        return [page for part in PARTS for page in load(corpus, part)]
    raise click.UsageError(MISSING)


def _changed(
    kind: str, site: Site, pages: Sequence[GoldPage], seed: int
) -> tuple[GoldPage, bytes] | None:
    """Return what is right for the changed page, and the page, or None for an unfit one."""
    root = deepcopy(site.root)
    path = site.root.getroottree().getpath(site.body)
    copy = Site(site.page, root, root.getroottree().xpath(path)[0])
    others = [page for page in pages if page.id != site.page.id]
    gold = CHANGES[kind](copy, Random(f"{seed} {kind} {site.page.id}"), others)
    return (gold, page_bytes(copy)) if gold else None


def _table(scores: dict[str, list[PageScore]]) -> Iterator[str]:
    yield f"{'kind':20} {'text':>6} {'poor':>5} {'title':>6} {'date':>6}"
    for kind, pages in scores.items():
        dates = [page.date for page in pages if page.date is not None]
        yield (
            f"{kind:20} {fmean(page.f1 for page in pages):6.3f}"
            f" {sum(page.f1 < _POOR for page in pages):5}"
            f" {fmean(page.title for page in pages):6.3f} {fmean(dates):6.3f}"
        )


def _save(name: str, page: bytes, gold: str, read: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{name}.html").write_bytes(page)
    (OUT / f"{name}.gold.txt").write_text(gold, encoding="utf-8")
    (OUT / f"{name}.read.txt").write_text(read, encoding="utf-8")


if __name__ == "__main__":
    main()
