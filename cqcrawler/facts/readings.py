"""What a number was read as, and what the words around it say of amounts and counts alike."""

from __future__ import annotations

import re
from typing import NamedTuple

from cqcrawler.facts.context import context_of
from cqcrawler.facts.mentions import Measure, Mention
from cqcrawler.facts.model import Basis, Kind
from cqcrawler.facts.sentences import PARTS, start_behind
from cqcrawler.facts.vocabulary import any_of

# What is counted one by one.
THINGS = (Kind.PROJECTS, Kind.COMPANIES)
# What makes of a size behind a number the class of things: 5000万元以上的工业企业.
OF_CLASS = re.compile(any_of("beside", "sized"))
_GROWS = re.compile(any_of("beside", "grows"))
_GROWS_FROM = re.compile(
    r"(?:[从由比较]|原来的?|原本的?|原先的?|过去|起初|最初|当初)[^,;。]{0,24}$"
)
_FROM = 40
# 说实话，其中有2个又退了: what may stand before the words that open a list.
_LEAD_IN = 5
_GRANT = 2


class Reading(NamedTuple):
    """What a number is: a fact of a kind, or, for a reason, none.

    `head` is where the words begin that say so.
    """

    kind: Kind | None
    basis: Basis | None
    reason: str
    head: int


class Above(NamedTuple):
    """What was read last in the sentences before: of an amount, and of things counted."""

    amount: Reading | None = None
    counted: Reading | None = None

    def below(self, mention: Mention, reading: Reading) -> Above:
        """Return the same for what stands below one more number."""
        if mention.measure is Measure.MONEY:
            return self._replace(amount=reading)
        if reading.kind in THINGS:
            return self._replace(counted=reading)
        return self


def refused(reason: str, mention: Mention) -> Reading:
    """Return that a number is no fact, and why; an empty reason is one that nobody asks for."""
    return Reading(None, None, reason, mention.start)


def opens_with_list(plain: str, mention: Mention) -> bool:
    """Whether the sentence of a number begins with 其中 or the like."""
    opened = context_of(plain).last_span("opens_list", 0, mention.start)
    return opened is not None and opened[0] <= _LEAD_IN


def is_starting_point(plain: str, mention: Mention) -> bool:
    """产值由95亿元增至310亿元: the figure that a change starts from."""
    if not _GROWS.match(plain, mention.stop):
        return False
    return _GROWS_FROM.search(plain, max(mention.start - _FROM, 0), mention.start) is not None


def in_policy(plain: str, mention: Mention) -> str:
    """What a policy gives to whoever meets its conditions: the conditions and the gift."""
    if plain.startswith("的,", mention.stop):
        return "condition"
    clause = start_behind(PARTS, plain, mention.start)
    if plain[clause] in "对凡" and OF_CLASS.match(plain, mention.stop):
        return "condition"  # 对投资超亿元的项目实行专班服务.
    context = context_of(plain)
    grant = context.first("grants")
    is_for = plain.startswith("对") or context.has("conditions", 0, grant + _GRANT)
    if grant < 0 or not is_for:
        return ""
    return "subsidy" if mention.start >= grant else "condition"


def expectation(plain: str, mention: Mention) -> Basis:
    """Whether a figure is expected or actual, by the last word before it that tells."""
    context = context_of(plain)
    if plain[start_behind(PARTS, plain, mention.start)] in "较比":
        return Basis.ACTUAL
    expected = context.last("expected", mention.start)
    is_expected = expected >= 0 and expected > context.last("actual", mention.start)
    return Basis.EXPECTED if is_expected else Basis.ACTUAL
