"""The running site against its own description: whatever that allows is answered, and as it says,
and whatever it does not allow is refused."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings

from cqcrawler.site.api.openapi import document

# A schema cannot say which names an archive has, and which days people write how; others are
# refused with the nearest. Cursors are of one order, and followed in test_api.py.
DAYS = "[12][0-9]{3}|2025-07|2025H1|7d|昨天"
HELD = {
    "region": "重庆|510100",
    "place": "渝北区|四川",
    "portal": "chongqing",
    "tag": "制造业",
    "section": "招商动态|policy",
    "industry": "生物医药",
    "source": "渝北招商",
    "min": r"[0-9]{1,9}(\.[0-9]{1,9})?([eE]\+?[0-9]{1,2})?|10亿",
    **dict.fromkeys(("since", "until", "event_since", "event_until"), DAYS),
    "cursor": "",
}


def narrowed(described: dict[str, Any]) -> dict[str, Any]:
    """Return a description in which parameters have the values that there are."""
    found = deepcopy(described)
    for path in found["paths"].values():
        for parameter in path["get"]["parameters"]:
            if parameter["name"] in HELD:
                parameter["schema"]["pattern"] = f"^({HELD[parameter['name']]}|)$"
    return found


schema = schemathesis.openapi.from_dict(narrowed(document()))


@schema.parametrize()
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
def test_the_site_is_as_it_is_described(case: Any, address: str) -> None:
    case.call_and_validate(base_url=address)
