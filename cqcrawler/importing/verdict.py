"""How an import of one portal's pages ended, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cqcrawler.models import Outcome
from cqcrawler.run.tally import Tally

# A few rows of a portal may lead to what is no notice, as a crawl has it.
_FEW = 3


def judge(
    tally: Tally, *, error: str, interrupted: bool, missing: Sequence[str], refused: int, held: int
) -> tuple[Outcome, str]:
    """Return the outcome of an import with its causes; `refused` counts the pages that could not
    be read, `held` those that the archive had already, `missing` are the pages that listings name
    and that were not among the others."""
    if error:
        return Outcome.FAILED, error
    if interrupted:
        return Outcome.INTERRUPTED, "stopped by a signal"
    rejected = tally.counts["rejected"] + tally.counts["listed_gone"]
    lost = rejected >= _FEW and rejected > tally.notices + held
    if missing:
        outcome = Outcome.INCOMPLETE
    elif refused or lost or tally.counts["cut_short"]:
        outcome = Outcome.PARTIAL
    else:
        outcome = Outcome.OK
    return outcome, "; ".join(_causes(tally, missing, refused))


def _causes(tally: Tally, missing: Sequence[str], refused: int) -> Iterator[str]:
    if missing:
        yield (
            f"{len(missing)} pages that the listings name are not among those imported, such as "
            f"{missing[0]}: the next crawl asks for them"
        )
    if refused:
        yield f"{refused} pages could not be read"
    if gone := tally.counts["listed_gone"]:
        yield f"{gone} listed pages were gone, such as {tally.samples['listed_gone']}"
    if rejected := tally.counts["rejected"]:
        yield f"{rejected} listed pages are no notices, such as {tally.samples['rejected']}"
