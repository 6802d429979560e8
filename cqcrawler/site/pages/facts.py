"""The rows behind a sum: every amount with the sentence that states it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from datasette.utils.asgi import Response

from cqcrawler.archive import Archive
from cqcrawler.archive.answers import money
from cqcrawler.archive.answers.money import NONE, Amount, Cut, Money, Sum
from cqcrawler.archive.articles.once import once
from cqcrawler.archive.articles.stated import SourcedFact
from cqcrawler.archive.search.asked import Search
from cqcrawler.exceptions import QueryError
from cqcrawler.site import counts
from cqcrawler.site.languages import say
from cqcrawler.site.measures import yi
from cqcrawler.site.pages import narrowing
from cqcrawler.site.pages.common import fill, region_name
from cqcrawler.site.pages.narrowing import Chip, address, typed

_PER_PAGE = 50
# What is asked of the amounts themselves, beside the search that their notices are found by.
_OF_AMOUNTS = ("money", "unit", "at", "month", "naming")
_MONTH = re.compile(r"\d{4}(-\d\d)?|\.\.\d{4}-\d\d|-", re.ASCII)
_CODE = re.compile(r"\d{2,6}|-", re.ASCII)
_UNIT = re.compile(r"[A-Z]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of the rows of a sum; `after` is where the next begins."""

    sum: Sum
    count: int
    complete: bool
    facts: tuple[SourcedFact, ...]
    after: str
    others: tuple[tuple[str, Money, float], ...]


async def page(datasette: Any, request: Any) -> Response:
    """Answer /facts."""
    search = narrowing.read(request)
    extra = {name: typed(request, name) for name in _OF_AMOUNTS}
    newest = typed(request, "sort") == "newest"
    if newest:
        extra["sort"] = "newest"
    after, rows, problem = typed(request, "after"), None, ""
    cut = Cut()
    try:
        cut = _cut(extra)
        place = narrowing.cursor(after, numeric=not newest)
        amounts = await counts.amounts(datasette.desk)
        rows = await datasette.desk.recall(
            ("facts", search, cut, newest, after),
            lambda archive: _read(archive, amounts, search, cut, newest, place),
        )
    except QueryError as error:
        problem = str(error)
    return await fill(
        datasette,
        request,
        "cq_facts.html",
        search=search,
        cut=cut,
        rows=rows,
        problem=problem,
        places=narrowing.candidates(search, "/facts", extra),
        chips=[*narrowing.chips("/facts", search, extra), *_own_chips(search, extra)],
        newest=newest,
        first_page=address("/facts", search, extra) if after else "",
        next_page=address("/facts", search, {**extra, "after": rows.after})
        if rows and rows.after
        else "",
        with_order=lambda order: address("/facts", search, {**extra, "sort": order}),
        with_money=lambda kind: address("/facts", search, {**extra, "money": kind}),
        with_unit=lambda unit, kind: address(
            "/facts", search, {**extra, "unit": unit, "money": kind}
        ),
        take=address("/search.csv", search, {"table": "facts"}),
        # The download has no months or places of its own.
        takes_more=any(extra[name] for name in ("at", "month", "naming")),
        yi=yi,
        around=around,
    )


def around(fact: SourcedFact) -> tuple[str, str, str]:
    """Return the sentence of a fact before, in and after the words that state it."""
    before, words, after = fact.sentence.partition(fact.text)
    return (before, words, after) if words else (fact.sentence, "", "")


def _cut(extra: dict[str, str]) -> Cut:
    """Return which amounts an address asks for. Raises QueryError for what makes no sense."""
    kind = extra["money"] or Money.PROMISED
    checks = ((_CODE, extra["at"]), (_MONTH, extra["month"]), (_UNIT, extra["unit"] or "CNY"))
    if kind not in set(Money) or any(text and not form.fullmatch(text) for form, text in checks):
        raise QueryError(say("facts.no_such_rows"))
    unit = extra["unit"] or "CNY"
    return Cut(Money(kind), unit, extra["at"], extra["month"], extra["naming"])


def _read(
    archive: Archive,
    amounts: Sequence[Amount],
    search: Search,
    cut: Cut,
    newest: bool,
    after: tuple[float | str, int] | None,
) -> Rows:
    among = archive.answers.among(search)
    counted = once(amounts, among.ids)
    chosen = cut.of(counted)
    shown = money.largest(chosen, newest, after, _PER_PAGE + 1)
    facts = archive.answers.facts([amount.fact_id for amount in shown[:_PER_PAGE]])
    end = shown[_PER_PAGE - 1] if len(shown) > _PER_PAGE else None
    place = (end.published if newest else end.value, end.fact_id) if end else None
    return Rows(
        money.total(chosen),
        len(chosen),
        among.complete,
        tuple(facts),
        narrowing.cursor_text(place) if place else "",
        tuple(money.other_currencies(counted)),
    )


def _own_chips(search: Search, extra: dict[str, str]) -> list[Chip]:
    labels = {
        "at": say("narrow.at"),
        "month": say("narrow.month"),
        "naming": say("filter.industry"),
        "unit": say("narrow.currency"),
    }
    return [
        Chip(label, _said(name, extra[name]), address("/facts", search, {**extra, name: ""}))
        for name, label in labels.items()
        if extra[name]
    ]


def _said(name: str, value: str) -> str:
    if value == NONE:
        return say("narrow.none")
    return region_name(value.ljust(6, "0")) if name == "at" else value.replace("..", "≤ ")
