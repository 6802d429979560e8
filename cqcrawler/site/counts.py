"""What pages count by, read from the whole archive and kept: every one narrows it for itself.

While a crawl writes it may be some minutes old.
"""

from __future__ import annotations

from collections.abc import Sequence

from cqcrawler.archive.answers.money import Amount
from cqcrawler.archive.search.facets import Facets
from cqcrawler.site.desk import Desk


async def amounts(desk: Desk) -> Sequence[Amount]:
    """Return every amount that sums are made of."""
    return await desk.recall_late("amounts", lambda archive: archive.answers.amounts())


async def facets(desk: Desk) -> Facets:
    """Return what articles are counted by."""
    return await desk.recall_late("facets", lambda archive: archive.facets())
