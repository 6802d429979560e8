"""What dashboards measure, and how its numbers look."""

from __future__ import annotations

from enum import StrEnum

from cqcrawler.archive.answers.money import Money
from cqcrawler.site.languages import say

_YI = 1e8


class Measure(StrEnum):
    """Notices, or money at one of its two times in yuan."""

    PROMISED = "promised"
    REALISED = "realised"
    NOTICES = "notices"

    @property
    def money(self) -> Money | None:
        """The money that it is, if it is any."""
        return None if self is Measure.NOTICES else Money(self.value)

    @property
    def name_said(self) -> str:
        """What it is, in the reader's language."""
        words = {
            Measure.PROMISED: say("measure.promised"),
            Measure.REALISED: say("measure.realised"),
            Measure.NOTICES: say("measure.notices"),
        }
        return words[self]

    @property
    def unit(self) -> str:
        """Its unit, in the reader's language."""
        return say("measure.count") if self is Measure.NOTICES else say("measure.yi")

    def show(self, value: float) -> str:
        """Return a number of it without its unit."""
        return f"{value:,.0f}" if self is Measure.NOTICES else yi(value)


def yi(value: float) -> str:
    """Return yuan in 亿, with as many places as tell something."""
    amount = value / _YI
    places = 0 if amount >= 1000 else 1 if amount >= 10 else 2
    text = f"{amount:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if text != "0" or not value else "<0.01"
