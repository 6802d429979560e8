"""How long the pages of the site take on an archive, asked one after another over loopback.

python -m benchmarks.synthetic /tmp/synthetic.db
python -m benchmarks.site /tmp/synthetic.db
"""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import click
import httpx

_PAGES = {
    "home": "/",
    "search, everything": "/search",
    "search, common word": "/search?q=项目",
    "search, rare words": "/search?q=生物医药+标准厂房",
    "search, one character": "/search?q=区",
    "search, title hits first": "/search?q=招商&rank=1",
    "search in a province": "/search?q=项目&region=四川",
    "search, last page": "/search?q=项目&page=50",
    "what is new": "/new",
    "article": "/articles/{id}",
    "what changed": "/articles/{id}/changes",
    "dashboard": "/dashboard",
    "dashboard of a province": "/dashboard?region=重庆",
    "dashboard of five years": "/dashboard?since=2020-01-01&until=2024-12-31",
    "dashboard of a common tag": "/dashboard?tag=制造业",
    "dashboard of a word": "/dashboard?q=生物医药",
    "dashboard, two provinces": "/dashboard?place=重庆&vs=四川",
    "dashboard of notices": "/dashboard?unit=notices",
    "projects": "/projects",
    "projects, newest of a province": "/projects?place=四川&sort=newest",
    "project": "/projects/{id}",
    "rows of a sum": "/facts",
    "rows of a month": "/facts?month=2025-03",
    "all that is new": "/new?days=all&change=archived",
    "saved questions": "/questions",
    "all tables": "/archive",
    "table": "/archive/articles",
    "table, searched": "/archive/articles?_search=生物医药",
}
_ROUNDS = 20


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def main(archive: Path) -> None:
    """Print the first answer of each page, and median and p95 of those after it, in ms."""
    command = [sys.executable, "-m", "cqcrawler", "site", "--port", "0", "--archive", str(archive)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        address = process.stderr.readline().split("served on ")[1].split()[0].rstrip("/")
        try:
            with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
                _measure(client)
        finally:
            process.terminate()


def _measure(client: httpx.Client) -> None:
    # The first request of all also loads the templates.
    client.get("/articles/0")
    click.echo(f"on {socket.gethostname()}\n\n| page | first | median | p95 |")
    click.echo("| --- | --: | --: | --: |")
    for name, path in _PAGES.items():
        times = [_time(client, path.format(id=number + 100)) for number in range(_ROUNDS + 1)]
        first, *rest = times
        p95 = sorted(rest)[int(len(rest) * 0.95) - 1]
        click.echo(f"| {name} | {first:.0f} | {median(rest):.0f} | {p95:.0f} |")


def _time(client: httpx.Client, path: str) -> float:
    start = perf_counter()
    client.get(path).raise_for_status()
    return 1000 * (perf_counter() - start)


if __name__ == "__main__":
    main()
