"""The publication date: the one that a reader sees, checked against what the page claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cqcrawler.reading.found import Found, found
from cqcrawler.reading.labels import Label
from cqcrawler.reading.layout import Layout
from cqcrawler.text.dates import find_dates, parse_date

_BEIJING = ZoneInfo("Asia/Shanghai")
# Labels that date the document rather than its publication here, and those that date a change.
_OF_DOCUMENT = frozenset("发文日期 发文时间 印发日期 成文日期".split())
_OF_CHANGE = re.compile("更新|修改|推荐|编辑于")
# The dates in the addresses of TRS (t20250707_1.html), Hanweb (/art/2025/7/7/art_1_2.html),
# UCAP and news systems (/2025-07/07/content_1.htm). An address alone is dated by its creation.
_URL_DATE = re.compile(
    r"/(?:[a-z]{0,3}((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.])"
    r"|((?:19|20)\d\d)[-/]?(\d{1,2})[-/](\d{1,2})(?=/))"
)
_SIGNATURE_LINES = 3


def find_published(
    layout: Layout, url: str, fetched_at: datetime | None
) -> tuple[Found | None, list[str]]:
    """Return the publication date (ISO) with its evidence, and warnings.

    A date that a reader sees near the title outranks what the head of the page claims: PubDate
    tags are rewritten when a site moves. Dates in the text itself are never taken, but for one
    that signs it and only where nothing else dates the page. Dates after `fetched_at` are
    refused; relative ones need it.
    """
    warnings: list[str] = []
    latest = (fetched_at.astimezone(_BEIJING).date() + timedelta(1)) if fetched_at else None
    candidates = []
    for candidate in _candidates(layout, url, fetched_at):
        if latest and date.fromisoformat(candidate.value) > latest:
            warnings.append(f"the date {candidate.value} ({candidate.evidence.origin}) is to come")
        else:
            candidates.append(candidate)
    if not candidates:
        return None, warnings
    best = max(candidates, key=lambda candidate: candidate.evidence.confidence)
    warnings += _disagreements(best, candidates)
    return best, warnings


def _disagreements(best: Found, candidates: Iterable[Found]) -> Iterator[str]:
    for candidate in candidates:
        if candidate.evidence.origin.startswith("meta") and candidate.value != best.value:
            yield f"{candidate.evidence.origin} says {candidate.value}, the page {best.value}"
            return


def _candidates(layout: Layout, url: str, base: datetime | None) -> Iterator[Found]:
    for label in layout.labelled("published"):
        if reading := parse_date(label.value, base):
            confidence = _label_confidence(layout, label)
            yield found(reading.date.isoformat(), f"label {label.name}", label.value, confidence)
    yield from _dates_of_bylines(layout)
    for rank, (name, content) in enumerate(layout.metadata.values.get("published", ())):
        if reading := parse_date(content, base):
            yield found(reading.date.isoformat(), f"meta {name}", content, 0.9 - 0.01 * rank)
    if url_date := _date_of_url(url):
        yield found(url_date, "url", url, 0.6)
    yield from _signature(layout)


def _label_confidence(layout: Layout, label: Label) -> float:
    confidence = 0.85 if label.name in _OF_DOCUMENT else 0.98
    if _OF_CHANGE.search(label.name):
        confidence -= 0.02
    if label.block >= layout.foot.start:
        confidence -= 0.2
    elif layout.headline and label.block < layout.headline.start:
        confidence -= 0.03
    return confidence


def _dates_of_bylines(layout: Layout) -> Iterator[Found]:
    """Dates without a label in the lines round the title."""
    title = layout.headline.start if layout.headline else layout.head.start
    for i in layout.bylines:
        if i not in layout.head:
            continue
        text = layout.texts[i]
        for reading in find_dates(text)[:1]:
            confidence = 0.95 if i >= title else 0.8
            if _OF_CHANGE.search(text):
                confidence -= 0.02
            yield found(reading.date.isoformat(), "near title", text, confidence)


def _date_of_url(url: str) -> str | None:
    match = _URL_DATE.search(url)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _signature(layout: Layout) -> Iterator[Found]:
    """A date that stands alone in one of the last lines signs the notice."""
    lines = [layout.texts[i] for i in layout.body]
    for text in reversed(lines[-_SIGNATURE_LINES:]):
        reading = parse_date(text) if len(text) <= 16 else None
        if reading:
            yield found(reading.date.isoformat(), "signature", text, 0.5)
