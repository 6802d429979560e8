"""`cqcrawler correct`: what a person says of facts and stories."""

from __future__ import annotations

import getpass
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cqcrawler.archive import Archive
from cqcrawler.archive.articles.stated import StoredFact
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.commands.common import Command, archive_option, json_option
from cqcrawler.commands.facts_typed import check_fact, fact_of, parse_changes
from cqcrawler.commands.output import one_line, print_json, print_table, tell
from cqcrawler.exceptions import UsageError

if TYPE_CHECKING:
    from cqcrawler.archive.articles.corrections import (
        FactCorrection,
        Said,
        StoryCorrection,
    )

# Corrections of stories are counted apart from those of facts.
_NUMBER = re.compile(r"(s?)([0-9]{1,18})", re.ASCII)

_words_options = (
    click.option("--kind", metavar="KIND", help="Of several facts with these words, which."),
    click.option(
        "--field",
        "field_name",
        type=click.Choice(["title", "body"]),
        help="Where the words are meant that stand in both.",
    ),
    click.option(
        "--nth",
        type=click.IntRange(min=1),
        metavar="N",
        help="Which of several with these words, from 1, in the order of the text.",
    ),
)
_said_options = (
    click.option("--reason", default="", metavar="TEXT", help="Why."),
    click.option("--by", default="", metavar="NAME", help="Who says so; by default, you."),
)


def _with(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.group()
def command() -> None:
    """Correct what was read of facts and stories, by their words.

    A correction holds for a notice's address and for words in it, so that it outlives another
    reading of the notice. Where its words are gone, it is listed as orphaned and changes nothing.

    \b
    Examples:
      cqcrawler correct reject 12 超百亿元 --reason 注册资本
      cqcrawler correct set 12 60亿元 role=part basis=agreed
      cqcrawler correct add 12 三千人 kind=jobs value=3000
      cqcrawler correct list
    """


@command.command("list")
@click.option("--orphaned", is_flag=True, help="Only those whose words are gone.")
@archive_option
@json_option
def list_corrections(orphaned: bool, archive_path: Path, as_json: bool) -> None:
    """List the corrections, and which of them are orphaned."""
    with Archive(archive_path, must_exist=True) as archive:
        facts = [c for c in archive.corrections.facts() if c.orphaned or not orphaned]
        stories = [] if orphaned else archive.corrections.stories()
    if as_json:
        print_json({"facts": list(map(asdict, facts)), "stories": list(map(asdict, stories))})
        return
    rows = [*map(_fact_row, facts), *map(_story_row, stories)]
    if rows:
        print_table(("number", "does", "notice", "what", "by", "reason"), rows)
    else:
        tell("there are no orphaned corrections" if orphaned else "there are no corrections")


@command.command()
@click.argument("article", metavar="ID")
@click.argument("words", metavar="WORDS")
@_with(*_words_options, *_said_options, archive_option)
def reject(
    article: str,
    words: str,
    kind: str | None,
    field_name: str | None,
    nth: int | None,
    reason: str,
    by: str,
    archive_path: Path,
) -> None:
    """Say that WORDS of article ID state no fact. ID is its number or its address."""
    with Archive(archive_path, must_exist=True) as archive:
        found = _article(archive, article)
        fact = _fact(found, words, kind, field_name, nth)
        number = archive.corrections.reject(found, fact, _said(by, reason))
    _tell_done(number, "reject", fact.kind, fact.text)


@command.command("set")
@click.argument("article", metavar="ID")
@click.argument("words", metavar="WORDS")
@click.argument("changes", metavar="NAME=VALUE...", nargs=-1, required=True)
@_with(*_words_options, *_said_options, archive_option)
def set_fact(
    article: str,
    words: str,
    changes: tuple[str, ...],
    kind: str | None,
    field_name: str | None,
    nth: int | None,
    reason: str,
    by: str,
    archive_path: Path,
) -> None:
    """Say what the fact in WORDS of article ID is otherwise.

    NAME is kind, value, value_max, unit, qualifier, role, basis, scope or subject; VALUE may be
    12亿, and empty where there is none.
    """
    parsed = parse_changes(changes)
    with Archive(archive_path, must_exist=True) as archive:
        found = _article(archive, article)
        fact = _fact(found, words, kind, field_name, nth)
        check_fact(asdict(fact) | parsed)
        number = archive.corrections.set(found, fact, parsed, _said(by, reason))
    _tell_done(number, "set", fact.kind, fact.text)


@command.command()
@click.argument("article", metavar="ID")
@click.argument("words", metavar="WORDS")
@click.argument("values", metavar="NAME=VALUE...", nargs=-1)
@_with(*_words_options[1:], *_said_options, archive_option)
def add(
    article: str,
    words: str,
    values: tuple[str, ...],
    field_name: str | None,
    nth: int | None,
    reason: str,
    by: str,
    archive_path: Path,
) -> None:
    """Say that WORDS of article ID state a fact that was not read.

    WORDS stand in the title or body as they are given. NAME is as with `set`; the kind is
    investment unless it is given, and a value is read from the words where they have one.
    """
    _check_words(words)
    fact = fact_of(words, parse_changes(values))
    with Archive(archive_path, must_exist=True) as archive:
        from cqcrawler.archive.articles.corrected import Anchor

        found = _article(archive, article)
        place = field_name or ("body" if words in found.body else "title")
        times = (found.body if place == "body" else found.title).count(words)
        if times > 1 and nth is None:
            raise UsageError(f"{words!r} stands {times} times in the {place}: say which by --nth")
        anchor = Anchor(place, words, nth or 1)
        number = archive.corrections.add(found, anchor, fact, _said(by, reason))
    _tell_done(number, "add", fact["kind"], words)


def _relate(action: str, one: str, other: str, archive_path: Path, said: Said) -> None:
    with Archive(archive_path, must_exist=True) as archive:
        both = (_article(archive, one), _article(archive, other))
        number = archive.corrections.relate(action, *both, said)
    tell(f"s{number}: {action} {both[0].id} {both[1].id}")


@command.command()
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@_with(*_said_options, archive_option)
def join(one: str, other: str, reason: str, by: str, archive_path: Path) -> None:
    """Say that two notices tell the same story."""
    _relate("join", one, other, archive_path, _said(by, reason))


@command.command()
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@_with(*_said_options, archive_option)
def part(one: str, other: str, reason: str, by: str, archive_path: Path) -> None:
    """Say that two notices do not tell the same story."""
    _relate("part", one, other, archive_path, _said(by, reason))


@command.command()
@click.argument("number", metavar="NUMBER")
@archive_option
def undo(number: str, archive_path: Path) -> None:
    """Take a correction back; NUMBER is what `correct list` calls it."""
    match = _NUMBER.fullmatch(number)
    with Archive(archive_path, must_exist=True) as archive:
        corrections = archive.corrections
        take_back = corrections.undo_story if match and match[1] else corrections.undo_fact
        if match is None or not take_back(int(match[2])):
            raise UsageError(f"no correction {number}: cqcrawler correct list shows their numbers")
    tell(f"{number} is undone")


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@archive_option
def export(file: Path, archive_path: Path) -> None:
    """Write the corrected notices to FILE, as annotated gold in JSON lines.

    A notice has the facts that stand after all corrections, and what was rejected of it under
    not_facts.
    """
    from cqcrawler.archive.file.files import replacing

    if file.suffix.lower() != ".jsonl":
        raise UsageError(f"gold is in JSON lines: end {file.name} in .jsonl")
    with Archive(archive_path, must_exist=True) as archive:
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in archive.corrections.gold()]
    try:
        with replacing(file) as partial:
            partial.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror or error}") from error
    tell(f"{len(lines)} notices written to {file}")


def _article(archive: Archive, typed: str) -> StoredArticle:
    from cqcrawler.commands.show import find_article

    return find_article(archive, typed)


def _said(by: str, reason: str) -> Said:
    from cqcrawler.archive.articles.corrections import Said

    return Said(by or _user(), datetime.now(UTC), reason)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # Whoever has no name on this machine.
        return ""


def _check_words(words: str) -> None:
    if not words.strip():
        raise UsageError("no words are given: give some as they are printed, such as 12亿元")


def _fact(
    article: StoredArticle, words: str, kind: str | None, field: str | None, nth: int | None
) -> StoredFact:
    """Return the one fact of an article that stands in these words, or holds them."""
    _check_words(words)
    wanted = [
        fact for fact in article.facts if kind in (None, fact.kind) and field in (None, fact.field)
    ]
    meant = [fact for fact in wanted if fact.text == words] or [
        f for f in wanted if words in f.text
    ]
    if nth is not None and 0 < len(meant) < nth:
        raise UsageError(f"--nth {nth}: of {words!r} article {article.id} has {len(meant)} only")
    if nth is not None:
        meant = meant[nth - 1 : nth]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        as_asked = "".join(
            f" with --{name} {value}" for name, value in (("kind", kind), ("field", field)) if value
        )
        have = ", ".join(f"{fact.text} ({fact.kind})" for fact in article.facts) or "none"
        raise UsageError(
            f"article {article.id} states no fact as {words!r}{as_asked}: it has {have}"
        )
    several = ", ".join(f"{fact.kind} in the {fact.field}: …{_tail(fact)}" for fact in meant)
    which = "--kind, --field or --nth"
    raise UsageError(f"several facts are {words!r} ({several}): say which by {which}")


def _tail(fact: StoredFact) -> str:
    end = fact.sentence.find(fact.text) + len(fact.text)
    return fact.sentence[max(0, end - 20) : end]


def _tell_done(number: int, action: str, kind: str, words: str) -> None:
    tell(f"{number}: {action} {kind} {one_line(words)}")


def _fact_row(correction: FactCorrection) -> Sequence[str]:
    notice = correction.url if correction.article_id is None else str(correction.article_id)
    nth = f" ({correction.ordinal})" if correction.ordinal > 1 else ""
    what = f"{correction.kind} {correction.text}{nth} {_shown(correction.changes)}".rstrip()
    does = f"{correction.action}{' (orphaned)' if correction.orphaned else ''}"
    return (str(correction.id), does, notice, what, correction.by, correction.reason)


def _shown(changes: Mapping[str, Any]) -> str:
    return " ".join(f"{name}={'' if value is None else value}" for name, value in changes.items())


def _story_row(correction: StoryCorrection) -> Sequence[str]:
    return (
        *(f"s{correction.id}", correction.action, correction.url, correction.other_url),
        *(correction.by, correction.reason),
    )
