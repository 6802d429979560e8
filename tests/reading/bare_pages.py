"""Pages without much of a head, for titles that only their place tells."""

from __future__ import annotations

SITE, COLUMN = "石门县招商服务中心", "园区动态"
TEXT = (
    "<p>石门县上半年新签约项目三十一个，其中装备制造项目十二个，计划总投资九十六亿元。</p>"
    "<p>县里为每个项目配备专员，从签约到开工平均用时不到五个月，比去年缩短三分之一。</p>"
)
LABELS = "<p>2023-08-14 09:26</p>"
MENU = (
    f"<div><a href=/>首页</a><a href=/1>招商政策</a><a href=/2>{COLUMN}</a>"
    "<a href=/3>办事指南</a></div>"
)
FOOT = f"<div><a href=/map>网站地图</a></div><div>版权所有：{SITE}</div>"


def page(main: str, title_tag: str = "", menu: str = MENU) -> str:
    head = f"<head><meta charset=utf-8><title>{title_tag}</title></head>"
    return f"<html>{head}<body>{menu}{main}{FOOT}</body></html>"


def notice(title: str, labels: str = LABELS, text: str = TEXT) -> str:
    return f"<div class=a><div>{title}</div><div>{labels}</div><div>{text}</div></div>"
