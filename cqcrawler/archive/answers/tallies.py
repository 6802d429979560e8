"""How many notices there are by month, place, industry, stage, and by whom they are from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cqcrawler.archive.search.facets import Facet, Facets, Ids, Value


@dataclass(frozen=True, slots=True)
class Tally:
    """Notices counted in every way that a dashboard shows; `stages` by month."""

    notices: int
    months: Mapping[str, int]
    codes: Mapping[str, int]
    industries: Mapping[str, int]
    stages: Mapping[str, Mapping[str, int]]
    sections: Sequence[Value]
    sources: Sequence[Value]
    portals: Sequence[Value]
    tags: Sequence[Value]

    def places(self, part: Callable[[str], str]) -> dict[str, int]:
        """Return the notices by parts of the codes of their regions, most first."""
        counts: Counter[str] = Counter()
        for code, count in self.codes.items():
            counts[part(code)] += count
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def tally(facets: Facets, ids: Ids) -> Tally:
    """Count articles in every way."""
    stages: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (stage, month), number in facets.count_stages(ids).items():
        stages[stage][month] = number
    return Tally(
        notices=facets.articles if ids is None else len(ids),
        months=facets.count_all(Facet.MONTH, ids),
        codes=facets.count_regions(ids),
        industries=facets.count_all(Facet.INDUSTRY, ids),
        stages=dict(stages),
        sections=facets.count(Facet.SECTION, ids),
        sources=facets.count(Facet.SOURCE, ids),
        portals=facets.count(Facet.PORTAL, ids),
        tags=facets.count(Facet.TAG, ids),
    )
