"""A whole search, as it is kept and as addresses have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Self

from cqcrawler.archive.search.filters import Filters
from cqcrawler.archive.search.search import Order
from cqcrawler.exceptions import QueryError

# What a filter is called where it is typed, if not by its own name.
_TYPED = {"min_amount": "min"}
FILTER_NAMES: Mapping[str, str] = {
    one.name: _TYPED.get(one.name, one.name) for one in fields(Filters)
}


@dataclass(frozen=True, slots=True)
class Search:
    """Terms, filters and order, as a person types them.

    Relative days (7d, 昨天) stay as typed, so that a search that is kept means another day's.
    """

    terms: str = ""
    filters: Filters = field(default_factory=Filters)
    order: Order = Order.NEWEST
    substring: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing in particular."""
        return not self.terms.strip() and self.filters == Filters()

    def pairs(self) -> dict[str, str]:
        """Return it as names and values without what is as usual; `of` reads them."""
        filters = {typed: getattr(self.filters, name) or "" for name, typed in FILTER_NAMES.items()}
        order = "" if self.order is Order.NEWEST else self.order.value
        pairs = {"q": self.terms, **filters, "sort": order, "substring": "1" * self.substring}
        return {name: value for name, value in pairs.items() if value}

    @classmethod
    def of(cls, pairs: Mapping[str, str]) -> Self:
        """Return the search that `pairs` gives, of which it leaves alone what has other names.

        Raises QueryError for an order that there is not.
        """
        filters = Filters(
            **{name: pairs.get(typed) or None for name, typed in FILTER_NAMES.items()}
        )
        order = pairs.get("sort") or Order.NEWEST.value
        if order not in set(Order):
            raise QueryError(f"no order {order!r}: it is one of {', '.join(Order)}")
        return cls(pairs.get("q", ""), filters, Order(order), pairs.get("substring") == "1")
