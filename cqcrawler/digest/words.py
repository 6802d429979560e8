"""What a digest calls things that the archive has in another form."""

from __future__ import annotations

from cqcrawler.messages import CHINESE, translate_word
from cqcrawler.text.typed_amounts import shown_amount

NOT_SAID = "未注明"
_CURRENCIES = {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元"}


def money(value: float, unit: str) -> str:
    """Return an amount as notices print it: 12亿元, 3000万美元."""
    return shown_amount(value).removesuffix("元") + _CURRENCIES.get(unit, f" {unit}")


def state_name(state: str) -> str:
    """Return what the state of a portal is called, or itself."""
    return translate_word(state, "outcome", CHINESE)
