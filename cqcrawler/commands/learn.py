"""`cqcrawler portals learn`: lines that a portal prints on its notices, proposed for its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import click

from cqcrawler import portals
from cqcrawler.archive import Archive, Filters
from cqcrawler.commands.common import archive_option, json_option
from cqcrawler.commands.output import print_json, print_table, tell
from cqcrawler.exceptions import PortalError, UsageError
from cqcrawler.learn import FEWEST_NOTICES, MOST_NOTICES, Kind, Notice, Shared, learn
from cqcrawler.portals.additions import Addition, add_boilerplate
from cqcrawler.portals.own_lines import LINE, TITLE_END
from cqcrawler.text.own_lines import NO_LINES, OwnLines

_HEADINGS = ("portal", "", "notices", "share", "examples", "why", "line")
_MOST_PERHAPS = 20


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What the notices of a portal share, of so many that were looked at."""

    portal: str
    notices: int
    lines: Sequence[Shared]

    @property
    def proposed(self) -> list[Shared]:
        return [line for line in self.lines if line.kind is Kind.PROPOSED]


@click.command()
@click.argument("name", required=False)
@click.option(
    "--write", is_flag=True, help="Add what is proposed to the portal's file in your own folder."
)
@archive_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, name: str | None, write: bool, archive_path: Path, as_json: bool
) -> None:
    """Propose lines that a portal prints on every notice.

    Told by its newest 3,000 notices in the archive: a hotline, a slogan, a statement that most of
    them have, in all sections, above or below their text. What many share and what may belong to
    them, such as who signs, stands below as `perhaps`, and is never written. Lines in the portal's
    file are left out of its texts from the next run on; reextract applies them to what is archived.

    \b
    Examples:
      cqcrawler portals learn
      cqcrawler portals learn chongqing --write
      cqcrawler reextract --portal chongqing --dry-run
    """
    with Archive(archive_path, must_exist=True) as archive:
        names = [name] if name else archive.runs.portals()
        found = [_learn(archive, each) for each in names]
    if as_json:
        print_json([_row(each) for each in found])
    else:
        _print(found)
    if write:
        ctx.exit(max(map(_write, found), default=0))


def _learn(archive: Archive, name: str) -> _Learnt:
    notices = list(islice(_notices(archive, name), MOST_NOTICES))
    return _Learnt(name, len(notices), learn(notices, _known(name)))


def _notices(archive: Archive, name: str) -> Iterator[Notice]:
    for article in archive.articles(Filters(portal=name)):
        lines = tuple(article.body.split("\n"))
        yield Notice(article.id, article.section or "", article.title, lines)


def _known(name: str) -> OwnLines:
    return portals.load(name).own_lines if name in portals.portal_files() else NO_LINES


def _row(learnt: _Learnt) -> dict[str, object]:
    lines = [{**asdict(line), "share": round(line.share, 3)} for line in learnt.lines]
    return {"portal": learnt.portal, "notices": learnt.notices, "lines": lines}


def _print(found: Sequence[_Learnt]) -> None:
    if any(each.lines for each in found):
        print_table(
            _HEADINGS, (_cells(each.portal, line) for each in found for line in _shown(each))
        )
    if not found:
        tell("no portal has been read yet")
    for each in found:
        if more := len(each.lines) - len(list(_shown(each))):
            tell(f"{each.portal}: {more} more that many notices share: --json has them")
        if each.notices < FEWEST_NOTICES:
            tell(f"{each.portal}: {each.notices} notices, which are too few to tell")
        elif not each.proposed:
            tell(f"{each.portal}: nothing to propose by {each.notices} notices")


def _shown(learnt: _Learnt) -> Iterator[Shared]:
    yield from learnt.proposed
    others = (line for line in learnt.lines if line.kind is Kind.PERHAPS)
    yield from islice(others, _MOST_PERHAPS)


def _cells(portal: str, line: Shared) -> tuple[object, ...]:
    examples = " ".join(map(str, line.examples))
    text = f"…{line.text}" if line.title_end else line.text
    return portal, line.kind, line.notices, f"{line.share:.0%}", examples, line.why, text


def _write(learnt: _Learnt) -> int:
    """Add what is proposed for a portal to its file, or say why not; returns the exit code."""
    if not learnt.proposed:
        return 0
    try:
        path = add_boilerplate(learnt.portal, [_addition(line) for line in learnt.proposed])
    except (UsageError, PortalError) as error:
        tell(f"cqcrawler: {error}")
        return error.exit_code
    tell(f"written: {path}")
    tell(f"cqcrawler reextract --portal {learnt.portal} --dry-run shows what that changes")
    return 0


def _addition(line: Shared) -> Addition:
    reason = f"{line.notices} of {line.of} notices, {line.why}, by portals learn on {date.today()}"
    return Addition(TITLE_END if line.title_end else LINE, line.text, reason)
