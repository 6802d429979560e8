"""What a notice states, read in one call: what the package offers as `read_facts`."""

from __future__ import annotations

import re
from datetime import date, datetime

from cqcrawler.facts.actors import read_actors
from cqcrawler.facts.dates_ahead import read_dates_ahead
from cqcrawler.facts.events import is_stale, read_event
from cqcrawler.facts.industries import read_industries
from cqcrawler.facts.model import Facts
from cqcrawler.facts.numbers import read_numbers
from cqcrawler.facts.places_named import read_places
from cqcrawler.facts.stages import read_stage

# Half a character, as broken JSON has it, is in no text that can be encoded.
_UNPAIRED = re.compile("[\ud800-\udfff]")


def read_facts(
    title: str, body: str, *, published: str | date | None = None, region: str = ""
) -> Facts:
    """Read what a notice states: numbers, the event, industries, names, places and the stage.

    `published` (an ISO date such as `2025-07-07`, or a `datetime.date`) is the day that dates
    without a year are meant as of; `region` is the place that the notice states for itself, which
    is no place that it names. Pure: the same texts always give the same facts, with spans into
    them as they are given. Raises ValueError for a `published` that is no date, and TypeError for a
    title, body or region that is no str.
    """
    for name, text in (("title", title), ("body", body), ("region", region or "")):
        if not isinstance(text, str):
            raise TypeError(f"{name} is {type(text).__name__}: give a str, empty if there is none")
    title, body = _UNPAIRED.sub("\ufffd", title), _UNPAIRED.sub("\ufffd", body)
    day = _day(published)
    numbers = read_numbers(title, body)
    event = read_event(title, body, day)
    return Facts(
        numbers=numbers.facts,
        other_numbers=numbers.others,
        event=event,
        stale=is_stale(event, day),
        dates_ahead=read_dates_ahead(title, body, day),
        industries=read_industries(title, body, numbers.facts),
        actors=read_actors(title, body),
        places=read_places(title, body, region),
        stage=read_stage(title, body),
    )


def _day(published: str | date | None) -> date | None:
    if isinstance(published, datetime):
        return published.date()
    if published is None or isinstance(published, date):
        return published
    try:
        return date.fromisoformat(published)
    except (TypeError, ValueError):
        raise ValueError(
            f"published is {published!r}: give an ISO date such as '2025-07-07', "
            "a datetime.date, or None"
        ) from None
