"""Reading again by today's rules: WARC -> the functions of the crawl -> the archive.

Facts are read from the text that is stored, which takes no raw pages.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any, Protocol, TypeVar

from cqcrawler import portals
from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.articles import statements
from cqcrawler.archive.articles.readings import BATCH, Difference, Reading
from cqcrawler.archive.articles.restatements import Due
from cqcrawler.exceptions import RecordError
from cqcrawler.facts.model import Facts
from cqcrawler.models import Article, Excluded, Failed, Gone, PageResult, ReadNotice, Rejected
from cqcrawler.portals import Portal
from cqcrawler.run.reader import notice_page, read_again, reader_version

# Of one field at one portal: enough to see what a changed rule does.
_MOST_EXAMPLES = 3

Given = TypeVar("Given")
Got = TypeVar("Got")


class Show(Protocol):
    """Wraps the batches, of which there are `count`, to show how far it is."""

    def __call__(self, batches: Iterable[Given], count: int) -> Iterable[Given]: ...


def _unseen(batches: Iterable[Given], count: int) -> Iterable[Given]:
    return batches


@dataclass(frozen=True, slots=True)
class Reread:
    """What a raw page came to: an article, or why there is none."""

    article: Article | None = None
    problem: str = ""
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A field that reads otherwise than before."""

    portal: str
    field: str
    article_id: int
    version: int
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Problem:
    """A version that could not be read again, and stays as it was."""

    article_id: int
    version: int
    url: str
    reason: str


@dataclass(kw_only=True)
class _Done:
    """`changed` counts what reads otherwise, `fields` the fields that do, by portal."""

    dry_run: bool
    changed: int = 0
    fields: dict[str, dict[str, int]] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def note_differences(self, reading: Reading | Due, differences: Sequence[Difference]) -> None:
        """Take note of what another reading of a version differs in."""
        self.changed += bool(differences)
        for one in differences:
            counts = self.fields.setdefault(reading.portal, {})
            counts[one.field] = counts.get(one.field, 0) + 1
            if counts[one.field] <= _MOST_EXAMPLES:
                key = (reading.article_id, reading.version)
                self.examples.append(Example(reading.portal, one.field, *key, one.old, one.new))

    def note_problem(self, reading: Reading | Due, reason: str) -> None:
        """Take note of a version that could not be read again."""
        key = (reading.article_id, reading.version, reading.url)
        self.problems.append(Problem(*key, reason))


@dataclass(kw_only=True)
class Reextracted(_Done):
    """What reading raw pages again came to.

    `versions` counts what was looked at, `offline` what lies in files that were moved away.
    """

    reader_version: str
    versions: int = 0
    offline: int = 0


@dataclass(kw_only=True)
class Restated(_Done):
    """What reading facts again came to; `notices` counts those that other rules had read."""

    facts_version: str
    notices: int = 0


def reextract(
    archive: Archive,
    filters: Filters,
    *,
    workers: int = 1,
    dry_run: bool = False,
    show: Show = _unseen,
) -> Reextracted:
    """Read every version of the articles meant by `filters` again and put that in its place.

    Neither `version` nor any time changes, and what cannot be read stays as it is. Small
    transactions follow one another, so that of a run which is killed a part is done. A
    `dry_run` writes nothing. What comes of it does not depend on the number of `workers`.
    """
    done = Reextracted(reader_version=reader_version(), dry_run=dry_run)
    count = -(-archive.readings.count(filters) // BATCH)
    away = frozenset(archive.upkeep.offline())
    known = _portals(archive)
    versions = {name: reader_version(portal) for name, portal in known.items()}
    read_one = partial(_read, archive.path.parent, known, away)
    with _reader(read_one, workers) as read:
        for batch in show(archive.readings.batches(filters), count):
            rereads = list(zip(batch, read(batch), strict=True))
            done.versions += len(batch)
            for reading, reread in rereads:
                done.offline += reread.offline
                if reread.problem:
                    done.note_problem(reading, reread.problem)
            again = [(reading, new.article) for reading, new in rereads if new.article]
            _settle(archive, done, again, versions)
    if not dry_run:
        archive.index_all()
    return done


def restate(
    archive: Archive,
    filters: Filters,
    *,
    workers: int = 1,
    dry_run: bool = False,
    show: Show = _unseen,
) -> Restated:
    """Read the facts of the articles meant by `filters` again, where other rules had read them.

    They are read from the stored text, without raw pages. As with `reextract`, a part is done of
    a run that is killed, with which the next one does not begin again.
    """
    done = Restated(facts_version=statements.today(), dry_run=dry_run)
    held = archive.restatements
    count = -(-held.count(filters) // BATCH)
    with _reader(_read_facts, workers) as read:
        for batch in show(held.batches(filters), count):
            done.notices += len(batch)
            rereads = list(zip(batch, read(batch), strict=True))
            for due, facts in rereads:
                if isinstance(facts, str):
                    done.note_problem(due, facts)
            again = [(due, facts) for due, facts in rereads if isinstance(facts, Facts)]
            settle = [held.differences(*pair) for pair in again] if dry_run else held.replace(again)
            for (due, _), differences in zip(again, settle, strict=True):
                done.note_differences(due, differences)
    return done


def _read_facts(due: Due) -> Facts | str:
    """Return what an article states, or why that cannot be read."""
    try:
        return statements.read(due.columns)
    except Exception as error:  # The others can be read all the same.
        return f"its facts cannot be read: {type(error).__name__}: {error}"


def _settle(
    archive: Archive,
    done: Reextracted,
    readings: Sequence[tuple[Reading, Article]],
    versions: Mapping[str, str],
) -> None:
    if done.dry_run:
        found = [archive.readings.differences(*reading) for reading in readings]
    else:
        found = archive.readings.replace(readings, versions)
    for (reading, _), differences in zip(readings, found, strict=True):
        done.note_differences(reading, differences)


@contextmanager
def _reader(
    read: Callable[[Given], Got], workers: int
) -> Iterator[Callable[[Sequence[Given]], Iterable[Got]]]:
    """Give a function that reads all of a batch, in its order."""
    if workers == 1:
        yield lambda batch: map(read, batch)
        return
    # Forked processes would share the connection to the archive.
    with ProcessPoolExecutor(workers, get_context("spawn"), _follow_parent) as pool:
        share = -(-BATCH // workers)
        yield lambda batch: pool.map(read, batch, chunksize=share)


def _follow_parent() -> None:
    """Leave Ctrl-C to the process that started this one, but do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    # A worker whose parent was killed would wait for its next page for ever.
    parent.join()
    os._exit(1)


def _read(
    folder: Path, known: Mapping[str, Portal], away: frozenset[str], reading: Reading
) -> Reread:
    if reading.record is None:
        return Reread(problem="its raw page was not kept")
    if reading.record.file in away:
        return Reread(offline=True)
    page = notice_page(reading.url, reading.listed, reading.titled, reading.sections)
    try:
        result = read_again(folder, reading.record, page, known[reading.portal])
    except RecordError as error:
        return Reread(problem=str(error))
    except Exception as error:  # The others can be read all the same.
        return Reread(problem=f"cannot be read: {type(error).__name__}: {error}")
    if not isinstance(result, ReadNotice):
        return Reread(problem=f"no longer reads as a notice: {_why(result)}")
    # A read-only view of a mapping does not travel between processes.
    article = result.article
    return Reread(replace(article, provenance=dict(article.provenance), items={}))


def _why(result: PageResult) -> str:
    match result:
        case Rejected(reason=reason):
            return reason
        case Gone(error=error) | Failed(error=error) | Excluded(error=error):
            return error
    return f"a {result.visit.kind}"


def _portals(archive: Archive) -> dict[str, Portal]:
    """Return the portals of an archive by name: from their files, or as they were read last."""
    files = portals.portal_files()
    return {
        name: portals.load(name) if name in files else Portal(name, name, (), platform, region)
        for name, platform, region in archive.readings.portals()
    }
