"""The amounts that sums are made of, one by one, so that every sum can open its rows.

All that notices tell is read once; what of it counts (`articles.once`) is found, narrowed and added
up here: over all notices these are the rows of the view `investments`.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar

from cqcrawler.archive.articles.once import FROM, KEYS, once

Key = TypeVar("Key")

# What has no place, month or industry is asked for by this.
NONE = "-"
_MUNICIPALITIES = ("11", "12", "31", "50")


class Money(StrEnum):
    """The same money at two times, which are never added up: planned, agreed, by contract; or
    paid in, spent."""

    PROMISED = "promised"
    REALISED = "realised"


class Amount(NamedTuple):
    """An amount that a notice tells. `code` is that of the region that its notice states, `month`
    that of the event or else of publication; both, and `published`, are empty where nothing says.
    `leader`, `project` and `at` are as `articles.once.Told` has them."""

    fact_id: int
    article_id: int
    value: float
    unit: str
    money: Money
    code: str
    month: str
    published: str
    industries: Sequence[str]
    leader: int
    project: int
    at: str

    @property
    def realised(self) -> bool:
        return self.money is Money.REALISED


@dataclass(frozen=True, slots=True)
class Cut:
    """Which amounts a sum is of. What is empty is any; `NONE` is what has none.

    `at` is the beginning of a region's code, `month` a period as of `in_period`.
    """

    money: Money = Money.PROMISED
    unit: str = "CNY"
    at: str = ""
    month: str = ""
    industry: str = ""

    def of(self, amounts: Iterable[Amount]) -> list[Amount]:
        """Return those of the amounts that it means."""
        return [
            amount
            for amount in amounts
            if amount.money is self.money and amount.unit == self.unit and self._is_of(amount)
        ]

    def _is_of(self, amount: Amount) -> bool:
        return (
            (not self.at or (amount.code or NONE).startswith(self.at))
            and (not self.month or in_period(amount.month or NONE, self.month))
            and (not self.industry or self.industry in (amount.industries or (NONE,)))
        )


@dataclass(frozen=True, slots=True)
class Sum:
    """What amounts come to, and how many notices they are of."""

    value: float
    notices: int


@dataclass(frozen=True, slots=True)
class Sums:
    """The money that notices tell of, in yuan: promised (planned, agreed, by contract), and
    realised (paid in, spent), the same money at two times.

    `notices` is how many of them it is from. What several notices tell of one project, and copies
    tell again, is counted once.
    """

    notices: int
    promised: float
    realised: float


def read(db: sqlite3.Connection, ids: Collection[int] | None = None) -> tuple[Amount, ...]:
    """Return every amount that sums may be made of, of these articles (None: all)."""
    among = "" if ids is None else "AND facts.article_id IN (SELECT value FROM json_each(?))"
    parameters = [] if ids is None else [json.dumps([*ids])]
    rows = db.execute(f"{_AMOUNTS} {among}", parameters).fetchall()
    named = _industries(db, {article_id for _, article_id, *_ in rows})
    kinds = (Money.PROMISED, Money.REALISED)
    return tuple(
        Amount(
            fact_id,
            article_id,
            value,
            unit,
            kinds[realised],
            code,
            month,
            published,
            named.get(article_id, ()),
            *keys,
        )
        for fact_id, article_id, value, unit, realised, code, month, published, *keys in rows
    )


def total(amounts: Sequence[Amount]) -> Sum:
    """Return what amounts of one unit come to."""
    values = sum(amount.value for amount in amounts)
    return Sum(values, len({amount.article_id for amount in amounts}))


def sums(amounts: Iterable[Amount], ids: Collection[int] | None) -> Sums:
    """Return what of these amounts counts for articles (None: all), added up."""
    counted = once(amounts, ids)
    each = [Cut(money).of(counted) for money in (Money.PROMISED, Money.REALISED)]
    articles = {amount.article_id for found in each for amount in found}
    promised, realised = (total(found).value for found in each)
    return Sums(len(articles), promised, realised)


def in_period(month: str, period: str) -> bool:
    """Whether a month (2025-07) is in a year, is that month, or is none after it (..2025-07)."""
    if period.startswith(".."):
        return NONE < month <= period[2:]
    return month.startswith(period)


def by_month(amounts: Iterable[Amount]) -> dict[str, float]:
    """Return the sums of each month (2025-07); what is of none is left out."""
    return _added((amount.month, amount.value) for amount in amounts if amount.month)


def by_industry(amounts: Iterable[Amount]) -> dict[str, float]:
    """Return the sums by industry, the largest first: of a notice that names several, in each of
    them, so that they do not add up."""
    return _largest_first(
        (name, amount.value) for amount in amounts for name in amount.industries or (NONE,)
    )


def by_place(amounts: Iterable[Amount], part: Callable[[str], str]) -> dict[str, float]:
    """Return the sums by the parts of codes that `part` gives (`parts`), the largest first."""
    return _largest_first((part(amount.code) or NONE, amount.value) for amount in amounts)


def other_currencies(amounts: Iterable[Amount]) -> list[tuple[str, Money, float]]:
    """Return the sums in other currencies than yuan, each by itself, by currency and money."""
    sums = _added(
        ((amount.unit, amount.money), amount.value) for amount in amounts if amount.unit != "CNY"
    )
    return [(unit, money, value) for (unit, money), value in sorted(sums.items())]


def parts(inside: str) -> Callable[[str], str]:
    """Return what gives the part of a code that a place inside another is told by.

    `inside` is the code of that other, or nothing for the whole country: then provinces are told
    apart, inside one its cities, else districts. What lies outside is told by its province.
    """
    prefix = inside.removesuffix("00").removesuffix("00")
    digits = 4 if len(prefix) == 2 and prefix not in _MUNICIPALITIES else 6

    def part(code: str) -> str:
        return code[:digits] if prefix and code.startswith(prefix) else code[:2]

    return part


def largest(
    amounts: Iterable[Amount], newest: bool, before: tuple[float | str, int] | None, most: int
) -> list[Amount]:
    """Return `most` amounts by size, or by the day of publication, that come after one of them.

    `before` are what that one is sorted by and its `fact_id`.
    """
    key = _by_day if newest else _by_size
    rest = (amount for amount in amounts if before is None or key(amount) < before)
    return sorted(rest, key=key, reverse=True)[:most]


def _by_day(amount: Amount) -> tuple[float | str, int]:
    return amount.published, amount.fact_id


def _by_size(amount: Amount) -> tuple[float | str, int]:
    return amount.value, amount.fact_id


def _industries(db: sqlite3.Connection, ids: Collection[int]) -> dict[int, Sequence[str]]:
    named: defaultdict[int, list[str]] = defaultdict(list)
    for article_id, name in db.execute(_INDUSTRIES, [json.dumps([*ids])]):
        if name not in named[article_id]:
            named[article_id].append(name)
    return dict(named)


def _added(pairs: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    sums: defaultdict[Key, float] = defaultdict(float)
    for key, value in pairs:
        sums[key] += value
    return dict(sums)


def _largest_first(pairs: Iterator[tuple[str, float]]) -> dict[str, float]:
    return dict(sorted(_added(pairs).items(), key=lambda pair: (-pair[1], pair[0])))


_AMOUNTS = f"""
SELECT facts.id, facts.article_id, value, unit, basis IN ('paid_in', 'spent'),
    coalesce((SELECT region_code FROM articles AS counted INDEXED BY articles_counted
        WHERE counted.id = facts.article_id), ''),
    coalesce(substr(coalesce(event_from, published), 1, 7), ''), coalesce(published, ''), {KEYS}
{FROM}"""
_INDUSTRIES = """
SELECT article_id, name FROM json_each(?) AS found
CROSS JOIN article_industries ON article_id = found.value ORDER BY article_id, position
"""
