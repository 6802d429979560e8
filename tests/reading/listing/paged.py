"""A listing of five notices with whatever pager: what tests of pagers read."""

from __future__ import annotations

from cqcrawler.models import Listing, Page
from cqcrawler.reading.listing.listing import extract_listing
from cqcrawler.reading.page.document import open_page

HOST = "http://cq.example.cn"
ROWS = "".join(
    f"<li><a href='/info/detail/{number}.html'>重庆招商动态第{number}则</a> 2025-07-01</li>"
    for number in range(1, 6)
)


def listing(pager: str, here: str = "/list/", head: str = "", rows: int = 5) -> Listing:
    markup = (
        f"<html><head>{head}</head><body><p><a href='/'>首页</a> <a href='/park/'>园区</a></p>"
        f"<ul>{ROWS}</ul>{pager}</body></html>"
    )
    found = extract_listing(open_page(Page(HOST + here, markup)))
    assert len(found.rows) == rows
    return found


def next_urls(pager: str, here: str = "/list/", head: str = "") -> list[str]:
    return [url.removeprefix(HOST) for url in listing(pager, here, head).next_urls]
