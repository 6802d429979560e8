"""The date printed beside a row of a listing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from cqcrawler.text.dates import find_dates, parse_date
from cqcrawler.text.words import any_word

# A piece of text that holds a date or a part of one, and nothing else but its label.
_DATE_PIECE = re.compile(
    rf"[\[(（【〔\s]*(?:(?:{any_word('publish', 'record')}|公告)?{any_word('date_noun')}\s*[:：]?)?"
    r"[\s\d年月日号/.:：T-]{3,30}[\])）】〕\s]*"
)
_NUMBER = re.compile(r"\d+")
# Labels of dates: those of publication go first, those of what the notice announces do not count.
_PUBLICATION = re.compile(f"{any_word('publish', 'record', 'date_noun')}|date|time", re.IGNORECASE)
_EVENT = re.compile(any_word("announced", "today"))
_ENDS_AS_LABEL = re.compile(rf"(?:[:：]|{any_word('date_noun')})\s*$")
_LONGEST_DATE_TEXT = 40
_PUBLICATION_LABEL = re.compile(
    rf"{any_word('publish')}{any_word('date_noun')}?\s*[:：]\s*(.{{6,25}})"
)
# Dates cut up for design: a large day over a small year and month, and the like.
_SPLIT_DATES = (
    re.compile(r"(?<!\d)(?P<d>\d{1,2})日?\s+(?P<y>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})日?\s+(?P<m>\d{1,2})月\s+(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})日?\s+(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)年?\s+(?P<m>\d{1,2})\s*[-/.月\s]\s*(?P<d>\d{1,2})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})月?\s+(?P<d>\d{1,2})(?!\d)"),
)
_MAY_DATE = re.compile("[\\d年天刚]")
_SPLIT_PARTS = re.compile(r"[\d年月日/.\s-]{1,12}")


def is_date_piece(text: str) -> bool:
    """Whether `text` is a date or a part of one with nothing else but its label."""
    return bool(_DATE_PIECE.fullmatch(text)) and len(_NUMBER.findall(text)) > 1


def printed_date(texts: Iterable[str], base: datetime | None) -> str | None:
    """Return the date (ISO) that the texts of a row print for it, or None.

    `base` is the moment that relative dates and dates without a year are relative to.
    """
    texts = [text for text in texts if text]
    if not any(map(_MAY_DATE.search, texts)):
        return None
    ranked = sorted(_candidates(texts), key=lambda found: found[0])
    if ranked:
        return ranked[0][1]
    return _split_date(texts) or _short_date(texts, base)


def _candidates(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield dates with a rank: 0 labelled as publication, 1 a text of its own, 2 within one."""
    label = ""
    for text in texts:
        if len(text) > _LONGEST_DATE_TEXT:
            if labelled := _PUBLICATION_LABEL.search(text):
                yield from ((0, found.date.isoformat()) for found in find_dates(labelled[1]))
        else:
            for found in find_dates(text):
                before = text[: found.start] or label
                if not _EVENT.search(before):
                    rank = 0 if _PUBLICATION.search(before) else 1 if is_date_piece(text) else 2
                    yield rank, found.date.isoformat()
        label = text if _ENDS_AS_LABEL.search(text) else ""


def _split_date(texts: Sequence[str]) -> str | None:
    parts = " ".join(text.strip("[]()（）【】") for text in texts if _SPLIT_PARTS.fullmatch(text))
    for pattern in _SPLIT_DATES:
        if found := pattern.search(parts):
            reading = parse_date("{y}-{m}-{d}".format(**found.groupdict()))
            return reading.date.isoformat() if reading else None
    return None


def _short_date(texts: Sequence[str], base: datetime | None) -> str | None:
    """Read `07-09` or `3小时前`, which mean a date only against a base."""
    if base is None:
        return None
    for text in texts:
        if len(text) <= 12 and (reading := parse_date(text.strip("[]()（）【】"), base)):
            return reading.date.isoformat()
    return None
