"""`cqcrawler show`: one article, with where everything in it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cqcrawler.archive import Archive
from cqcrawler.archive.articles.stored import StoredArticle, Version
from cqcrawler.commands.common import archive_option, json_option
from cqcrawler.commands.output import (
    beijing_time,
    in_words,
    label,
    one_line,
    print_json,
    say,
    word,
)
from cqcrawler.exceptions import UsageError
from cqcrawler.models import RemovedParagraph

if TYPE_CHECKING:
    from cqcrawler.archive.articles.citation import Citation
    from cqcrawler.archive.articles.column import Stretch
    from cqcrawler.archive.articles.files import AttachedFile
    from cqcrawler.archive.articles.stated import StoredFact

# No id of SQLite has more digits.
_ID = re.compile(r"[0-9]{1,18}")
_NAME_WIDTH = 12


@click.command()
@click.argument("article", metavar="ID")
@click.option(
    "--removed",
    "with_removed",
    is_flag=True,
    help="Show in its place what is not in the body, and the rule that left it out.",
)
@click.option("--all", "with_links", is_flag=True, help="With --removed: long runs of links, too.")
@click.option("--versions", "with_versions", is_flag=True, help="Show every version of it.")
@click.option(
    "--diff",
    type=(click.IntRange(min=1), click.IntRange(min=1)),
    metavar="A B",
    help="Show what was edited between two versions, and no more.",
)
@click.option("--cite", is_flag=True, help="Print a line to cite it by (GB/T 7714), and no more.")
@click.option("--raw", is_flag=True, help="Print the page as the portal sent it, and no more.")
@click.option(
    "--version", type=click.IntRange(min=1), metavar="N", help="With --raw: that of version N."
)
@click.option(
    "--file",
    "number",
    type=click.IntRange(min=1),
    metavar="N",
    help="Print the Nth of its files as it was fetched, and no more.",
)
@archive_option
@json_option
def command(
    article: str,
    with_removed: bool,
    with_links: bool,
    with_versions: bool,
    diff: tuple[int, int] | None,
    cite: bool,
    raw: bool,
    version: int | None,
    number: int | None,
    archive_path: Path,
    as_json: bool,
) -> None:
    """Show one article; ID is its number or its address.

    With --removed, lines between the title and the end of the text's column that are not in the
    body stand in their places, as `- [rule] line`. Of more than five links only the first is
    shown, and how many there are; --all and --json have them all. Of its files stands there which
    were fetched, or why not; --file prints one.

    \b
    Examples:
      cqcrawler show 12
      cqcrawler show http://chongqing.010b.com/info/detail/9132.html --removed
      cqcrawler show 12 --diff 1 2
      cqcrawler show 12 --cite
      cqcrawler show 12 --raw > page.html
      cqcrawler show 12 --file 1 > plan.pdf
    """
    if version is not None and not raw:
        raise UsageError("--version says whose raw page: add --raw")
    if with_links and not with_removed:
        raise UsageError("--all is about what --removed shows: add --removed")
    if sum(map(bool, (raw, cite, diff, number))) > 1 or ((raw or number) and as_json):
        raise UsageError("--raw, --file, --cite and --diff each print one thing: give one of them")
    with Archive(archive_path, must_exist=True) as archive:
        found = find_article(archive, article)
        if raw or number:
            from cqcrawler.commands.kept import print_kept

            print_kept(archive, found, version or found.version, number)
            return
        if diff:
            from cqcrawler.commands.difference import print_difference

            print_difference(*_two_versions(archive, found, *diff), as_json=as_json)
            return
        if cite:
            from cqcrawler.portals import title_of

            _print_citation(archive.citation(found.id, title_of(found.portal)), as_json)
            return
        removed = archive.removed(found.id) if with_removed else None
        versions = archive.versions(found.id) if with_versions else None
        files = archive.files(found.id) if found.attachments else []
        imported = archive.runs.imported(found.id, found.version)
    if as_json:
        origin = imported and {"run_id": imported[0], "files": imported[1]}
        extra = {"removed": removed, "versions": versions, "imported": origin, "files": files}
        print_json(asdict(found) | {name: rows for name, rows in extra.items() if rows is not None})
        return
    _print_head(found, in_words("from {1} (run {0})".format(*imported)) if imported else "")
    if removed is None:
        _print_body(found.body)
    else:
        _print_column(found.body, removed, with_links=with_links)
    _print_lists(found, files)
    if versions is not None:
        _print_versions(versions)


def find_article(archive: Archive, typed: str) -> StoredArticle:
    """Return the article with a typed number or address; UsageError where there is none."""
    article = archive.article(int(typed) if _ID.fullmatch(typed) else _address(typed))
    if article is None:
        raise UsageError(
            f"no article {typed} in {archive.path}: cqcrawler search shows the numbers of articles"
        )
    return article


def _address(typed: str) -> str:
    from cqcrawler.portals import address_of

    return address_of(typed)


def _two_versions(
    archive: Archive, article: StoredArticle, old: int, new: int
) -> tuple[Version, Version]:
    versions = {version.version: version for version in archive.versions(article.id)}
    for number in (old, new):
        if number not in versions:
            have = ", ".join(map(str, versions))
            raise UsageError(f"article {article.id} has no version {number}: it has {have}")
    return versions[old], versions[new]


def _print_citation(citation: Citation, as_json: bool) -> None:
    if as_json:
        print_json({"line": citation.line} | asdict(citation))
    else:
        click.echo(one_line(citation.line))


def _print_head(article: StoredArticle, imported: str) -> None:
    click.echo(click.style(one_line(article.title), bold=True))
    for name, value in (_facts(article) | {"imported": imported}).items():
        if value:
            click.echo(label(name, _NAME_WIDTH) + one_line(value))
    for number, fact in enumerate(article.facts):
        name = label("" if number else "facts", _NAME_WIDTH)
        click.echo(name + one_line(_fact_line(fact)))


def _print_body(body: str) -> None:
    for paragraph in body.split("\n"):
        click.echo(f"\n{one_line(paragraph)}")


def _print_column(body: str, removed: Sequence[RemovedParagraph], *, with_links: bool) -> None:
    """Print the body, and in their places the lines left out of it."""
    from cqcrawler.archive.articles.column import stretches

    below_left_out = False
    for stretch in stretches(body, removed):
        if stretch.rule is None:
            _print_body("\n".join(stretch.lines))
        else:
            if not below_left_out:
                click.echo()
            for line in _left_out(stretch, with_links=with_links):
                click.echo(
                    click.style(f"  - [{one_line(in_words(stretch.rule))}] {line}", dim=True)
                )
        below_left_out = stretch.rule is not None


def _left_out(stretch: Stretch, *, with_links: bool) -> Iterable[str]:
    if with_links or not stretch.is_long_list:
        return map(one_line, stretch.lines)
    more = len(stretch.lines) - 1
    return one_line(stretch.lines[0]), in_words(f"… and {more} more (--all shows them)")


def _print_lists(article: StoredArticle, files: Sequence[AttachedFile]) -> None:
    _print_list("related", (_columns(r.published, r.title, r.url) for r in article.related))
    _print_list("attachments", map(_file_line, files))
    _print_list("provenance", _provenance(article))
    _print_list("warnings", map(in_words, article.warnings))


def _facts(article: StoredArticle) -> dict[str, str | None]:
    changed = f", changed {beijing_time(article.changed_at)}" if article.changed_at else ""
    return {
        "withdrawn": beijing_time(article.withdrawn_at),
        "region": article.region,
        "place": _place(article),
        "published": article.published,
        "source": article.source,
        "author": article.author,
        "stage": article.stage,
        "event": _event(article),
        "industries": " ".join(article.industries),
        "mentions": " ".join(article.places),
        "ahead": "; ".join(f"{word(date.kind)} {date.day}" for date in article.dates_ahead),
        "section": _columns(article.section, word(article.section_kind or "", "section_kind")),
        "tags": " ".join(article.tags),
        "portal": article.portal,
        "url": article.url,
        "seen": in_words(f"{article.first_seen} to {article.last_seen}"),
        "version": in_words(f"{article.version}{changed}"),
    }


def _place(article: StoredArticle) -> str:
    names = (article.province, article.city, article.district, article.zone, article.region_code)
    return _columns(*names)


def _event(article: StoredArticle) -> str:
    days = " to ".join(dict.fromkeys(filter(None, (article.event_from, article.event_to))))
    stale = word("stale") if days and article.stale else None
    return _columns(article.event_text, in_words(days), stale)


def _fact_line(fact: StoredFact) -> str:
    """Return the words of a fact, and what it is of; of one that a person corrected, which the
    words do not say, its value, too."""
    codes = filter(None, (fact.kind, fact.role, fact.basis, fact.scope))
    said = ", ".join(word(code, "fact") for code in codes)
    return _columns(fact.text, said, fact.subject, _corrected(fact))


def _corrected(fact: StoredFact) -> str:
    if fact.correction_id is None:
        return ""
    ends = (fact.value,) if fact.value_max is None else (fact.value, fact.value_max)
    value = " to ".join(f"{end:,.15g}" for end in ends)
    return in_words(f"({value} {fact.unit}, correction {fact.correction_id})")


def _file_line(file: AttachedFile) -> str:
    """Return a file as its notice offers it, and what became of it where it was asked for."""
    held = f"{file.size:,} bytes, sha256 {(file.sha256 or '')[:16]}" if file.is_held else ""
    became = ", ".join(in_words(each) for each in (file.state, held, file.error) if each)
    return _columns(file.kind, file.name, file.url, became and f"({became})")


def _provenance(article: StoredArticle) -> Iterable[str]:
    for name, evidence in article.provenance.items():
        found = in_words(f"{evidence.origin} ({evidence.confidence}): {evidence.text}")
        yield label(name, _NAME_WIDTH) + found


def _print_versions(versions: Sequence[Version]) -> None:
    lines = (
        _columns(f"{v.version:>3}", beijing_time(v.captured_at), v.published, v.title, v.region)
        for v in versions
    )
    _print_list("versions", lines)


def _print_list(heading: str, lines: Iterable[str]) -> None:
    """Print lines under a heading, nothing if there are none."""
    for number, line in enumerate(lines):
        if not number:
            click.echo()
            say(heading, bold=True)
        click.echo(f"  {one_line(line)}")


def _columns(*values: str | None) -> str:
    return "  ".join(filter(None, values))
