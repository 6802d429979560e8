"""A notice of the bundled portal, as a reader should have it in the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Investment:
    """An amount that a notice states, in the words of `cqcrawler.facts.model`.

    `unit` is an ISO currency code; amounts whose `role` is total or single count no yuan twice.
    """

    value: float
    unit: str
    role: str
    basis: str
    scope: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What one page says, before any template prints it.

    `levels` are the parts of the stated region, none where the page states no region.
    `province`, `city` and `district` are what region and headline tag resolve to on a portal
    whose home is 重庆. `industries`, `stage` and `investments` are what title and text state, by
    the names of `cqcrawler.facts`. `paragraphs` are the clean body; pages print them with repeats.
    """

    number: int
    kind: str
    section_line: str
    title: str
    headline_tag: str | None
    levels: tuple[str, ...]
    province: str
    city: str | None
    district: str | None
    published: date
    event: date
    industry: str
    industries: tuple[str, ...]
    stage: str | None
    investments: tuple[Investment, ...]
    tags: tuple[str, ...]
    source: str
    paragraphs: tuple[str, ...]
    attachments: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """The title without its tag."""
        return self.title.removeprefix(f"【{self.headline_tag}】")
