"""Amounts of money as a person types or wants to read them: 10亿, 5000万, 1.2e9."""

from __future__ import annotations

import re
from math import prod

_UNITS = {"十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_AMOUNT = re.compile(
    r"((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE]\+?\d{1,2})?)?([十百千万亿]{0,3})元?", re.ASCII
)
# As notices print them, where a word may stand before the unit: 1200余亿元, 3个多亿.
_PRINTED = re.compile(
    r"(\d[\d,]{0,20}(?:\.\d{1,9})?)(?:[余多]|个多?)?([十百千万亿]{0,3})|(?<![一二三四五六七八九两几数])()([十百千万亿]{1,3})",
    re.ASCII,
)
_NARROW = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９．，"}


def parse_amount(text: str) -> float:
    """Return a typed amount in yuan: a number, a unit (百亿), or both.

    Raises ValueError for anything else.
    """
    match = _AMOUNT.fullmatch("".join(text.translate(_NARROW).split()))
    if match is None or not (match[1] or match[2]):
        raise ValueError(f"{text!r} is no amount: write it like 10亿, 5000万 or 1.2e9")
    number = float(match[1].replace(",", "")) if match[1] else 1.0
    return number * prod(_UNITS[unit] for unit in match[2])


def amount_in(text: str) -> float | None:
    """Return the first amount in a text such as `超百亿元` or `1200余亿元`, None without any.

    Chinese numerals (三千) are not read.
    """
    match = _PRINTED.search(text.translate(_NARROW))
    try:
        return parse_amount("".join(filter(None, match.groups()))) if match else None
    except ValueError:  # 1,2,3亿 is anything.
        return None


def shown_amount(yuan: float) -> str:
    """Return an amount as notices print it: 12亿元, 5000万元, 300元."""
    for unit, worth in (("亿", 1e8), ("万", 1e4)):
        if yuan >= worth:
            return f"{_plain(yuan / worth)}{unit}元"
    return f"{_plain(yuan)}元"


def _plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
