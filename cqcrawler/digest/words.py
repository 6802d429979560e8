"""What a digest calls things that the archive has in another form."""

from __future__ import annotations

from cqcrawler.text.typed_amounts import shown_amount

NOT_SAID = "未注明"
_CURRENCIES = {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元"}
_STATES = {
    "partial": "部分失败",
    "incomplete": "不完整",
    "redesigned": "页面改版",
    "blocked": "被拦截",
    "unreachable": "无法访问",
    "timed_out": "超时",
    "interrupted": "中断",
    "failed": "程序出错",
    "overdue": "逾期未抓",
    "silent": "久无更新",
}


def money(value: float, unit: str) -> str:
    """Return an amount as notices print it: 12亿元, 3000万美元."""
    return shown_amount(value).removesuffix("元") + _CURRENCIES.get(unit, f" {unit}")


def state_name(state: str) -> str:
    """Return what a state that is not well is called, or itself."""
    return _STATES.get(state, state)
