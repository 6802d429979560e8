"""`cqcrawler extract`: read saved pages without an archive."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import click

from cqcrawler import read_article, read_facts
from cqcrawler.commands.common import quiet_option
from cqcrawler.commands.output import on_terminal, progress, tell, to_json
from cqcrawler.models import Article
from cqcrawler.reading.page.decoding import Decoded, decode

_STDIN = "-"
_FIELDS = (
    *("url", "title", "region", "region_code", "province", "city", "district", "zone"),
    *("published", "source", "author", "section", "tags", "body", "related", "attachments"),
)
_MARKUP = re.compile("<[a-zA-Z!/?]")
# Bytes; text without markup that is longer is no notice.
_LONGEST_TEXT = 1_000_000


@click.command()
@click.argument("files", metavar="FILE_OR_-...", nargs=-1, required=True)
@click.option("--url", default="", help="The address of the page, which its links are relative to.")
@click.option("--why", is_flag=True, help="Add the numbers that are no facts, and why.")
@quiet_option
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], url: str, why: bool, quiet: bool) -> None:
    """Read saved pages and print each as one line of JSON.

    A file may hold HTML in any encoding, or plain text with a paragraph a line, of 1 MB at most;
    `-` is standard input. A file that cannot be read or holds no article has no line, but is named
    on standard error; the others are read all the same, and the exit code is 1.

    \b
    Examples:
      cqcrawler extract page.html --url http://chongqing.010b.com/info/detail/9132.html
      cqcrawler extract pages/*.html > articles.jsonl
    """
    failed = False
    # On a terminal, the lines themselves show how far it is.
    for file in progress(files, "Reading", show=not quiet and not on_terminal()):
        try:
            body = _load(file)
        except OSError as error:
            failed = True
            tell(f"cqcrawler: {file}: {error.strerror}")
            continue
        article = _read(body, url)
        if article.title or article.body or article.attachments:
            click.echo(to_json(_record(file, article, why=why)))
        else:
            failed = True
            tell(f"cqcrawler: {file}: no article found: {_why_none(body, article)}")
    ctx.exit(1 if failed else 0)


def _load(file: str) -> bytes:
    if file == _STDIN:
        return sys.stdin.buffer.read()
    return Path(file).read_bytes()


def _read(body: bytes, url: str) -> Article:
    if len(body) <= _LONGEST_TEXT:
        decoded = decode(body)
        if not _MARKUP.search(decoded.text):
            return _read_text(decoded, url)
    return read_article(body, url)


def _why_none(body: bytes, article: Article) -> str:
    why = article.warnings[0]
    if why == "no title found" and len(body) > _LONGEST_TEXT and b"<" not in body:
        return f"text without markup of more than {_LONGEST_TEXT:,} bytes is no notice: split it"
    return why


def _read_text(decoded: Decoded, url: str) -> Article:
    lines = (line for line in decoded.text.splitlines() if line.strip())
    article = read_article("".join(f"<p>{escape(line)}</p>" for line in lines), url)
    return replace(article, warnings=(*decoded.warnings, *article.warnings))


def _record(file: str, article: Article, *, why: bool) -> dict[str, Any]:
    return {
        "file": file,
        **{name: getattr(article, name) for name in _FIELDS},
        **_stated(article, why=why),
        "provenance": dict(article.provenance),
        "warnings": article.warnings,
    }


def _stated(article: Article, *, why: bool) -> dict[str, Any]:
    facts = read_facts(
        article.title, article.body, published=article.published, region=article.region or ""
    )
    event = facts.event
    stated = {
        "facts": facts.numbers,
        "event_from": event.first if event else None,
        "event_to": event.last if event else None,
        "event_text": event.text if event else None,
        "stale": facts.stale,
        "industries": _once(industry.name for industry in facts.industries),
        "actors": [{"kind": actor.kind, "name": actor.name} for actor in facts.actors],
        "places": _once(place.name for place in facts.places),
        "stage": facts.stage,
    }
    return stated | ({"other_numbers": facts.other_numbers} if why else {})


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
