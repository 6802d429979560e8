"""Which amounts of a choice of notices make up a sum, so that no yuan is counted twice.

Of a story one notice counts, of what a project was promised the first notice, of what was spent on
it the last. Over all notices these are the rows of the view `investments`; of a choice they are
told among its own, so that a copy counts where what it is a copy of was not chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from cqcrawler.archive.file.views import COUNTABLE


class Told(Protocol):
    """An amount that a notice tells: `leader` is the notice that its story is told by, `project`
    what it is money of (0 for nothing that is known), and `at` when that was told."""

    @property
    def article_id(self) -> int: ...
    @property
    def realised(self) -> bool: ...
    @property
    def leader(self) -> int: ...
    @property
    def project(self) -> int: ...
    @property
    def at(self) -> str: ...


Amount = TypeVar("Amount", bound=Told)

# What a select of amounts has for `leader`, `project` and `at`, and what it is from. Few notices
# lead no story, and only their rows are looked up.
KEYS = """iif(+facts.article_id IN (SELECT leader FROM stories), facts.article_id,
        (SELECT leader FROM stories JOIN articles AS copy ON copy.story_id = stories.id
        WHERE copy.id = facts.article_id)),
    coalesce(money.project_id, 0), coalesce(money.at, '')"""
FROM = f"""FROM facts_current AS facts
JOIN articles INDEXED BY articles_of_sums ON articles.id = facts.article_id
LEFT JOIN project_amounts AS money
    ON (money.article_id, money.field, money.start) = (facts.article_id, facts.field, facts.start)
WHERE {COUNTABLE}"""


def once(amounts: Iterable[Amount], ids: Collection[int] | None) -> list[Amount]:
    """Return those of the amounts that count for these articles (None: all)."""
    among = [one for one in amounts if ids is None or one.article_id in ids]
    tells = dict[int, int]()
    for one in among:
        if one.article_id == one.leader or (ids is not None and one.leader not in ids):
            tells[one.leader] = min(one.article_id, tells.get(one.leader, one.article_id))
    led = [one for one in among if tells.get(one.leader) == one.article_id]
    decisive = dict[tuple[int, bool], tuple[str, int]]()
    for one in led:
        key, told = (one.project, one.realised), (one.at, one.article_id)
        pick = max if one.realised else min
        decisive[key] = pick(told, decisive.get(key, told))
    return [
        one
        for one in led
        if not one.project or decisive[one.project, one.realised][1] == one.article_id
    ]
