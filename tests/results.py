"""A short way to write down what a page came to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cqcrawler.models import (
    Excluded,
    Failed,
    Gone,
    Listing,
    PageKind,
    PageResult,
    PageState,
    ReadListing,
    ReadNotice,
    Rejected,
    Unchanged,
    Visit,
)

AT = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)
_WITH_ERROR = {PageState.GONE: Gone, PageState.FAILED: Failed, PageState.EXCLUDED: Excluded}


def page_result(
    url: str,
    portal: str = "p",
    kind: PageKind = PageKind.NOTICE,
    state: PageState = PageState.DONE,
    fetched_at: datetime = AT,
    *,
    error: str = "",
    **fields: Any,
) -> PageResult:
    """Return what the fields say: an article makes it a notice, a reason a reject, and so on."""
    own = ("article", "listing", "candidates", "reason", "detail", "transient")
    own += ("titled_otherwise", "cut", "elsewhere")
    outcome = {name: fields.pop(name) for name in own if name in fields}
    visit = Visit(url, portal, kind, fetched_at, **fields)
    if state in _WITH_ERROR:
        return _WITH_ERROR[state](visit, error, **outcome)
    if state is PageState.REJECTED:
        outcome.setdefault("reason", "not a notice")
    if "candidates" in outcome and "article" not in outcome:
        outcome.setdefault("listing", Listing(url))
    made = (("article", ReadNotice), ("listing", ReadListing), ("reason", Rejected))
    came_to = next((make for name, make in made if name in outcome), Unchanged)
    return came_to(visit, **outcome)
