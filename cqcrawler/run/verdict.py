"""How a run ended, and why: the one place that decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cqcrawler.models import Outcome
from cqcrawler.reading.addresses import postback_number
from cqcrawler.run.patience import GivenUp
from cqcrawler.run.scope import Scope
from cqcrawler.run.selections import Selections
from cqcrawler.run.tally import BLOCKED, ROBOTS, Tally
from cqcrawler.run.usual import SIGNS, Usual

# Scrapy's reasons for closing a spider.
FINISHED = "finished"
_STOPPED = {
    "shutdown": (Outcome.INTERRUPTED, "stopped by a signal"),
    "closespider_timeout": (Outcome.TIMED_OUT, "the deadline passed (deadline_minutes)"),
}
# Fewer rejects or rows without a notice than this say nothing about a portal.
_FEW = 3
# Rows that lead to no notice; a portal may have some.
_LOST = {
    "rows_gone": "listed pages are gone",
    "rows_excluded": "listed pages must not be asked for",
    "rejected": "listed pages are no notices",
    "row_lists": "listed pages are lists in place of notices",
    "elsewhere": "rows lead to another site or to a file",
}
# What no portal does when it is well.
_WRONG = {
    "strange": "pages show another page's text under the address of their row",
    "cut_short": "pages broke off in the middle of a text that is known",
    "unreadable": "known notices could not be read as such; they stay as they are",
    "gone_together": "notices went together; the next run withdraws those that stay away",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a run with its cause.

    `complete` says whether all listings were read to their end and showed as many rows as they
    declare; None where the run was not to read them all.
    """

    outcome: Outcome
    reason: str
    complete: bool | None


@dataclass(frozen=True, slots=True)
class End:
    """What ended a run: Scrapy's reason for closing the spider, our own error if there was one,
    a site that was given up, the most pages that a run may fetch, or a disk that is `full`.

    `unread` has the first pages of the listings that were not to be read to their end; a
    `resumed` sweep leaves out what an earlier run has read of them.
    """

    finish: str = FINISHED
    error: str = ""
    given_up: GivenUp | None = None
    exhausted: bool = False
    full: bool = False
    unread: frozenset[str] = frozenset()
    resumed: bool = False


def judge(
    tally: Tally,
    scope: Scope,
    end: End,
    *,
    history: bool,
    known: bool = True,
    usual: Usual | None = None,
) -> Verdict:
    """Return the verdict on a run.

    `history` is whether an earlier one of the portal was good, `usual` what those were like;
    `known` whether an earlier one read any notice.
    """
    whole = not (scope.narrowed or end.resumed)
    outcome, reason = (
        _our_failure(end.error)
        or _no_space(full=end.full)
        or _stop(end.finish)
        or _given_up(end.given_up, tally)
        or _exhausted(exhausted=end.exhausted)
        or _starts(tally)
        or _blocked(tally)
        or _selections(tally, scope, known=known)
        or _redesign(tally, scope, usual or Usual(), known=known)
        or _listings(tally)
        or _nothing(tally, known=known)
        or _ends(tally, scope, end)
        or _rows(tally)
        or _pages(tally)
        or _success(tally, history)
    )
    read = outcome in (Outcome.OK, Outcome.QUIET, Outcome.PARTIAL)
    complete = read if whole and not end.unread else None
    return Verdict(outcome, reason, complete)


_Cause = tuple[Outcome, str] | None


def _our_failure(error: str) -> _Cause:
    return (Outcome.FAILED, error) if error else None


def _no_space(*, full: bool) -> _Cause:
    if not full:
        return None
    return Outcome.FAILED, "too little room on the disk is left (CQCRAWLER_LEAST_FREE_MB)"


def _stop(finish: str) -> _Cause:
    if finish == FINISHED:
        return None
    return _STOPPED.get(finish, (Outcome.INCOMPLETE, f"stopped: {finish}"))


def _given_up(given_up: GivenUp | None, tally: Tally) -> _Cause:
    if given_up is None:
        return None
    if given_up.refused:
        return Outcome.BLOCKED, given_up.reason
    # A site that died under way has answered: the run stopped before the end.
    outcome = Outcome.INCOMPLETE if tally.counts["read"] else Outcome.UNREACHABLE
    return outcome, given_up.reason


def _exhausted(*, exhausted: bool) -> _Cause:
    if not exhausted:
        return None
    return Outcome.INCOMPLETE, "there are more pages than a run may fetch (max_pages)"


def _starts(tally: Tally) -> _Cause:
    if tally.starts_answered or not tally.bad_starts:
        return None
    if ROBOTS in tally.bad_starts.values():
        return Outcome.BLOCKED, f"the start page is {ROBOTS}"
    return Outcome.UNREACHABLE, _first(tally.bad_starts)


def _blocked(tally: Tally) -> _Cause:
    # One notice behind a login is a failed page; a listing, or most pages, are a closed door.
    listings = {**tally.bad_starts, **tally.bad_listings}
    for url, error in listings.items():
        if error.startswith(BLOCKED):
            return Outcome.BLOCKED, f"{url}: {error.removeprefix(BLOCKED)}"
    if 2 * len(tally.blocked) >= tally.pages > 0:
        return Outcome.BLOCKED, tally.blocked[0]
    return None


def _selections(tally: Tally, scope: Scope, *, known: bool) -> _Cause:
    # Whoever wrote a selector has seen it match, so this holds for a first run, too.
    if tally.selections is None:
        return None
    problem = tally.selections.problem(scope) or _dead_links(tally, tally.selections, known=known)
    return (Outcome.REDESIGNED, problem) if problem else None


def _dead_links(tally: Tally, selections: Selections, *, known: bool) -> str:
    """Name the link of a list of JSON if nothing came of any row; a known portal may have a few
    such rows, and robots.txt may forbid what is right."""
    lost = _lost_rows(tally) - tally.counts["rows_excluded"]
    if not selections.link or tally.rows_read or lost < (_FEW if known else 1):
        return ""
    return f"{selections.link} leads to no notice: {_lost(tally)}"


def _redesign(tally: Tally, scope: Scope, usual: Usual, *, known: bool) -> _Cause:
    counts, misread = tally.counts, tally.counts["misread"]
    oddities = ((sign, usual.oddity(counts, sign)) for sign in SIGNS)
    outcome = Outcome.REDESIGNED if known else Outcome.INCOMPLETE
    if counts["read"] and not counts["rows"] and not tally.notices:
        why = _unread(tally)
        said = f"; {why}" if why else _such_as(_sample(tally))
        cause = f"no listing and no notice could be read{said}"
    elif tally.emptied:
        cause = f"{tally.emptied[0]}: has no rows any more"
    elif scope.whole and usual.lacks_rows(counts):
        cause = (
            f"{counts['rows']} rows in {counts['lists']} pages of listings, where one had "
            f"{usual.rows:g}{_such_as(min(tally.starts, default=''))}"
        )
    elif misread >= _FEW and misread > tally.notices:
        cause = f"{misread} of the listed pages do not read as notices{_such_as(_sample(tally))}"
        outcome = Outcome.REDESIGNED if known else Outcome.PARTIAL
    elif odd := next(((sign, text) for sign, text in oddities if text), None):
        cause = f"{odd[1]}{_such_as(tally.samples.get(odd[0], ''))}"
    else:
        return None
    return outcome, cause


def _unread(tally: Tally) -> str:
    """Say why nothing could be read, as far as one page tells."""
    pages = tally.bad_starts or tally.bad_listings
    return _first(pages) if pages else next(tally.listings.stuck(()), "")


def _sample(tally: Tally) -> str:
    return tally.samples.get("misread") or min(tally.starts, default="")


def _such_as(url: str) -> str:
    return f", such as {url}" if url else ""


def _listings(tally: Tally) -> _Cause:
    for urls in (tally.bad_starts, tally.bad_listings):
        if urls:
            return Outcome.INCOMPLETE, _first(urls)
    problem = next(tally.listings.lacks(), None)
    return (Outcome.INCOMPLETE, problem) if problem else None


def _nothing(tally: Tally, *, known: bool) -> _Cause:
    """Tell a first run without a listing, and rows that all lead to nothing, or all new ones; a
    known portal may have a few."""
    counts = tally.counts
    listed = counts["lists"] or counts["rows"] or not tally.expects_lists
    if counts["read"] and not (listed or known):
        return Outcome.INCOMPLETE, f"no page lists notices{_such_as(min(tally.starts, default=''))}"
    lost, read = _lost_rows(tally), tally.rows_read
    if counts["fresh_gone"] >= _FEW and not counts["new"]:
        lost, read = counts["fresh_gone"], 0
    if read or lost < (_FEW if known else 1):
        return None
    why = _wrong(tally) or _lost(tally)
    return Outcome.PARTIAL, f"nothing that is listed could be read: {why}"


def _ends(tally: Tally, scope: Scope, end: End) -> _Cause:
    """Tell listings that were not seen to their ends."""
    listings, problem = tally.listings, None
    if scope.max_pages is None:
        problem = next(listings.stuck(end.unread), None)
    problem = problem or next(listings.without_rows(tally.starts), None)
    if not problem and not (scope.narrowed or end.resumed):
        problem = next(listings.shortfalls(end.unread), None)
    return (Outcome.INCOMPLETE, problem) if problem else None


def _rows(tally: Tally) -> _Cause:
    """Tell rows that were there to be read and were not."""
    if wrong := _wrong(tally):
        return Outcome.PARTIAL, wrong
    lost = _lost_rows(tally)
    if lost >= _FEW and lost > tally.rows_read:
        return Outcome.PARTIAL, f"{_lost(tally)}; {tally.rows_read} others could be read"
    return None


def _wrong(tally: Tally) -> str:
    return next(_counted(tally, _WRONG), "")


def _lost_rows(tally: Tally) -> int:
    return sum(tally.counts[name] for name in _LOST)


def _lost(tally: Tally) -> str:
    return "; ".join(_counted(tally, _LOST))


def _counted(tally: Tally, meanings: dict[str, str]) -> Iterator[str]:
    for name, meaning in meanings.items():
        if count := tally.counts[name]:
            yield f"{count} {meaning}{_such_as(tally.samples.get(name, ''))}"


def _pages(tally: Tally) -> _Cause:
    failures, files = tally.failed + tally.blocked, tally.lost_files
    causes = [f"{len(failures)} pages failed, such as {failures[0]}"] if failures else []
    if files:
        causes.append(f"{len(files)} files of notices could not be had, such as {files[0]}")
    return (Outcome.PARTIAL, "; ".join(causes)) if causes else None


def _success(tally: Tally, history: bool) -> tuple[Outcome, str]:
    counts = tally.counts
    news = counts["new"] + counts["changed"] + counts["withdrawn"]
    back = counts["returned"]
    notes = [f"{back} withdrawn notices are back"] if back else []
    notes += [tally.selections.note()] if tally.selections else []
    quiet = history and not (news or back)
    if quiet:
        notes.append("nothing new")
    outcome = Outcome.QUIET if quiet else Outcome.OK
    return outcome, "; ".join(filter(None, (*notes, _lost(tally))))


def _first(errors: dict[str, str]) -> str:
    url, error = next(iter(errors.items()))
    behind = "" if postback_number(url) is None else ", and only it leads to the pages behind it"
    return f"{url}: {error}{behind}"
