"""The sections of the portal, each with markup of its own making."""

from __future__ import annotations

from cqcrawler.demo.section import Section
from cqcrawler.demo.sections import (
    breaks,
    cards,
    divs,
    official,
    plain,
    spans,
    standing,
    tables,
)

SECTIONS: tuple[Section, ...] = (
    divs.SECTION,
    tables.SECTION,
    breaks.SECTION,
    spans.SECTION,
    official.SECTION,
    cards.SECTION,
    plain.SECTION,
    standing.LAND,
    standing.SPACE,
    standing.FLOW,
    standing.COMPANY,
    standing.SERVICE,
)


def section_of(kind: str) -> Section:
    """Return the section that prints notices of this kind."""
    return next(section for section in SECTIONS if kind in section.kinds)
